//! `legation dyad`: what passes between two countries or bodies.

use legation_record::ask::{DyadAnswer, EventRow};
use serde::Serialize;

use super::{
    filter, open,
    printing::{Row, list, print_json},
};
use crate::{
    ask_cli::{DyadArguments, ListFormat},
    exit::Failure,
    output::{self, Sink},
    people::table,
};

/// Both parts of the answer.
#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    months: DyadAnswer,
    events: Vec<EventRow>,
}

/// Prints the months of a pair, or its events.
///
/// # Errors
/// If there is no record, one of the two is not known, or the output cannot be written.
pub(super) fn run(arguments: &DyadArguments) -> Result<u8, Failure> {
    let record = open(&arguments.record)?;
    let days = filter(&record, arguments.days, None)?;
    let (one, other) = (record.code_of(&arguments.one)?, record.code_of(&arguments.other)?);
    let answer = record.dyad(&one, &other, days.from, days.to)?;
    let printing = &arguments.printing;
    let events = &answer.events;
    if arguments.events {
        return list(printing, "events", events.len(), |number| record.event(events[number]));
    }
    match printing.format {
        ListFormat::Text => {
            if !answer.months.is_empty() {
                let mut sink = Sink::open(None)?;
                // Over a range that was asked for, a gap is an answer; else it would only be noise.
                let is_asked = days.from.is_some() && days.to.is_some();
                let months = answer.months.iter().filter(|month| is_asked || month.is_read());
                let rows: Vec<_> = months.map(Row::people).collect();
                if rows.len() < answer.months.len() {
                    let left = (answer.months.len() - rows.len()) / 2;
                    output::note(format!("months of which nothing was read, left out: {left}"));
                }
                let heads = legation_record::ask::DyadMonth::HEADS;
                sink.put(&table::table(heads, rows, output::width(None)))?;
                if !events.is_empty() {
                    sink.put("\n")?;
                }
                sink.finish()?;
            }
            list(printing, "events", events.len(), |number| record.event(events[number]))
        }
        ListFormat::Json => {
            let rows = events.iter().map(|event| record.event(*event)).collect::<Result<Vec<_>, _>>()?;
            print_json(&Whole { events: rows, months: answer })
        }
        ListFormat::Jsonl | ListFormat::Csv => {
            let months = &answer.months;
            list(printing, "rows", months.len(), |number| Ok(months[number].clone()))
        }
    }
}
