//! Questions that a record answers: one command a file.

mod actor;
mod calendar;
mod dyad;
mod events;
pub(super) mod printing;
mod report;
mod rows;
mod search;
mod show;
mod sources;
mod sql;
mod statements;
pub(super) mod words;

use clap::ValueEnum;
use legation_record::{
    Record,
    ask::{Filter, Who},
};

use crate::{
    ask_cli::{AskCommand, Days, RecordArgument},
    exit::Failure,
    output,
};

/// Answers a question and returns the exit code.
///
/// # Errors
/// If there is no record, it cannot be used, or the question cannot be answered.
pub(super) fn run(command: &AskCommand) -> Result<u8, Failure> {
    match command {
        AskCommand::Events(arguments) => events::run(arguments),
        AskCommand::Statements(arguments) => statements::run(arguments),
        AskCommand::Calendar(arguments) => calendar::run(arguments),
        AskCommand::Actor(arguments) => actor::run(arguments),
        AskCommand::Dyad(arguments) => dyad::run(arguments),
        AskCommand::Report(arguments) => report::run(arguments),
        AskCommand::Sources(arguments) => sources::run(arguments),
        AskCommand::Search(arguments) => search::run(arguments),
        AskCommand::Show(arguments) => show::run(arguments),
        AskCommand::Sql(arguments) => sql::run(arguments),
    }
}

fn open(argument: &RecordArgument) -> Result<Record, Failure> {
    Ok(Record::open_to_read(&argument.record)?)
}

/// A filter by days and source, for more to be added.
fn filter(record: &Record, days: Days, source: Option<&String>) -> Result<Filter, Failure> {
    if let (Some(from), Some(to)) = (days.from, days.to)
        && from > to
    {
        return Err(Failure::new(crate::exit::USAGE, format!("--from {from} is after --to {to}")));
    }
    let source = source.map(|source| record.source(source)).transpose()?;
    Ok(Filter { from: days.from, to: days.to, source, ..Filter::default() })
}

/// Who is meant, with a word to people where a state's name may have been meant for all its actors.
fn who(record: &Record, name: Option<&String>) -> Result<Option<Who>, Failure> {
    let Some(name) = name else { return Ok(None) };
    let who = record.who(name)?;
    if matches!(who, Who::Actors(_))
        && let Ok(code) = record.code_of(name)
    {
        output::note(format!("{name} is the state or body alone; {code} takes all its actors"));
    }
    Ok(Some(who))
}

/// The names of chosen values, as they are written on the command line and in the record.
pub(super) fn names<T: ValueEnum>(values: &[T]) -> Vec<String> {
    values
        .iter()
        .filter_map(|value| value.to_possible_value())
        .map(|value| value.get_name().to_owned())
        .collect()
}
