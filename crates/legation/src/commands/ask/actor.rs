//! `legation actor`: who somebody is, in which offices, in what events.

use std::fmt::Write as _;

use anstyle::Style;
use comfy_table::Cell;
use legation_record::{
    Record,
    ask::{ActorAnswer, EventRow, StatementRow},
};
use serde::Serialize;

use super::{
    filter, open,
    printing::{Row as _, print_json},
    who,
    words::or_empty,
};
use crate::{
    ask_cli::{ActorArguments, ShowFormat},
    commands::print,
    exit::Failure,
    output,
    people::table,
};

/// The whole answer, with the newest rows of each list.
#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    answer: ActorAnswer,
    events_as_actor: Newest<EventRow>,
    events_as_recipient: Newest<EventRow>,
    statements: Newest<StatementRow>,
}

/// The newest rows of a list, and how many there are in all.
#[derive(Serialize)]
struct Newest<T> {
    total: usize,
    newest: Vec<T>,
}

/// Tells of an actor, or of all of a country or body.
///
/// # Errors
/// If there is no record, nobody of this name in it, or the output cannot be written.
pub(super) fn run(arguments: &ActorArguments) -> Result<u8, Failure> {
    let record = open(&arguments.record)?;
    let filter = filter(&record, arguments.days, None)?;
    let Some(who) = who(&record, Some(&arguments.name))? else { return Ok(crate::exit::USAGE) };
    let answer = record.actor(&who, &filter)?;
    let most = usize::from(arguments.limit);
    let whole = Whole {
        events_as_actor: newest(&answer.as_actor, most, |event| record.event(event))?,
        events_as_recipient: newest(&answer.as_recipient, most, |event| record.event(event))?,
        statements: newest(&answer.statements, most, |statement| record.statement(statement))?,
        answer,
    };
    match arguments.format {
        ShowFormat::Json => print_json(&whole),
        ShowFormat::Text => print(&text(&record, &arguments.name, &whole, output::width(None))?),
    }
}

/// The first of the rows.
fn newest<T>(
    numbers: &[i64],
    most: usize,
    row: impl Fn(i64) -> Result<T, legation_record::RecordError>,
) -> Result<Newest<T>, Failure> {
    let newest = numbers.iter().take(most).map(|number| row(*number)).collect::<Result<_, _>>()?;
    Ok(Newest { total: numbers.len(), newest })
}

fn text(record: &Record, name: &str, whole: &Whole, width: usize) -> Result<String, Failure> {
    let answer = &whole.answer;
    let bold = Style::new().bold();
    let mut out = String::new();
    let named = record.code_of(name).ok().and_then(|code| {
        let state = record.states().ok()?.into_iter().find(|state| state.iso == code)?;
        Some(format!("{} ({code})", state.name))
    });
    let heading = match answer.actors.as_slice() {
        [one] if answer.count == 1 => one.name.clone(),
        _ => named.unwrap_or_else(|| name.to_owned()),
    };
    let _ = writeln!(out, "{bold}{heading}{bold:#}");
    let rows = answer.actors.iter().map(|actor| {
        vec![
            Cell::new(&actor.name),
            Cell::new(&actor.kind),
            Cell::new(or_empty(actor.code.as_ref().or(actor.country.as_ref()))),
            Cell::new(or_empty(actor.register.as_ref())),
            Cell::new(or_empty(actor.first.as_ref())),
            Cell::new(or_empty(actor.last.as_ref())),
            Cell::new(actor.reports),
        ]
    });
    let of = if answer.count > 1 { format!("Actors, {} in all", answer.count) } else { "Actor".to_owned() };
    let heads = ["name", "kind", "of", "register", "first named", "last named", "reports"];
    table::section(&mut out, &of, &heads, rows.collect(), width);
    let rows = answer.roles.iter().map(|role| {
        vec![
            Cell::new(&role.name),
            Cell::new(&role.role),
            Cell::new(or_empty(role.sector.as_ref())),
            Cell::new(or_empty(role.first.as_ref())),
            Cell::new(or_empty(role.last.as_ref())),
            Cell::new(role.reports),
        ]
    });
    let heads = ["name", "office", "sector", "first report", "last report", "reports"];
    table::section(&mut out, "Offices and roles, as reported", &heads, rows.collect(), width);
    let rows = answer.partners.iter();
    let rows = rows.map(|one| vec![Cell::new(&one.code), Cell::new(one.to), Cell::new(one.from)]);
    let heads = ["with", "events towards", "events from"];
    table::section(&mut out, "Partners", &heads, rows.collect(), width);
    for (heading, events) in
        [("Events as actor", &whole.events_as_actor), ("Events as recipient", &whole.events_as_recipient)]
    {
        let rows = events.newest.iter().map(EventRow::people).collect();
        table::section(&mut out, &counted(heading, events), EventRow::HEADS, rows, width);
    }
    let rows = whole.statements.newest.iter().map(StatementRow::people).collect();
    table::section(&mut out, &counted("Statements", &whole.statements), StatementRow::HEADS, rows, width);
    Ok(out)
}

fn counted<T>(heading: &str, newest: &Newest<T>) -> String {
    match newest.newest.len() {
        shown if shown < newest.total => format!("{heading} (the newest {shown} of {})", newest.total),
        shown => format!("{heading} ({shown})"),
    }
}
