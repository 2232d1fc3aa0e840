//! `legation sql`: one query, read and never write.

use std::io::Read as _;
use std::time::Duration;

use comfy_table::Cell;
use legation_record::ask::{Cell as Value, SqlLimits};
use serde_json::Map;

use super::{
    open,
    printing::{csv, json},
};
use crate::{
    ask_cli::{ListFormat, SqlArguments},
    exit::{self, Failure},
    output::{self, Sink},
    people::table,
};

/// Rows of a table for people where nothing else is asked for.
const PAGE: usize = 200;

/// Seconds that a query may take at most: a year.
const LONGEST: f64 = 31_536_000.0;

/// Runs a query and prints what comes of it.
///
/// # Errors
/// If there is no record, the query is wrong or would write, or the output cannot be written.
pub(super) fn run(arguments: &SqlArguments) -> Result<u8, Failure> {
    let query = query(arguments)?;
    if !(arguments.seconds > 0.0 && arguments.seconds <= LONGEST) {
        return Err(Failure::new(exit::USAGE, "--seconds is a number above 0"));
    }
    let mut record = open(&arguments.record)?;
    let is_text = arguments.format == ListFormat::Text;
    let limits = SqlLimits {
        rows: arguments.limit.map(usize::from).or(is_text.then_some(PAGE)),
        time: Duration::from_secs_f64(arguments.seconds),
    };
    let mut sink = Sink::open(None)?;
    let mut people: Vec<Vec<Cell>> = Vec::new();
    let mut count = 0;
    let mut each = |columns: &[String], cells: &[Value]| -> Result<(), Failure> {
        let first = count == 0;
        count += 1;
        match arguments.format {
            ListFormat::Text => people.push(cells.iter().map(|cell| Cell::new(cell.text())).collect()),
            ListFormat::Csv => {
                if first {
                    sink.put(&csv(columns)?)?;
                }
                let cells: Vec<String> = cells.iter().map(Value::text).collect();
                sink.put(&csv(&cells)?)?;
            }
            ListFormat::Jsonl => sink.put(&format!("{}\n", object(columns, cells)?))?,
            ListFormat::Json => {
                sink.put(if first { "[\n" } else { ",\n" })?;
                sink.put(&object(columns, cells)?)?;
            }
        }
        Ok(())
    };
    let hinted = |failure: Failure| {
        if failure.code() == exit::USAGE {
            failure.hint("the views and their columns: docs/record.md")
        } else {
            failure
        }
    };
    let answer = record.sql(&query, limits, &mut each).map_err(hinted)?;
    match arguments.format {
        ListFormat::Text => {
            let columns: Vec<&str> = answer.columns.iter().map(String::as_str).collect();
            sink.put(&table::table(&columns, people, output::width(None)))?;
        }
        ListFormat::Csv if count == 0 => sink.put(&csv(&answer.columns)?)?,
        ListFormat::Json => sink.put(if count == 0 { "[]\n" } else { "\n]\n" })?,
        ListFormat::Csv | ListFormat::Jsonl => {}
    }
    sink.finish()?;
    output::note(match (answer.is_cut, answer.rows) {
        (true, rows) => format!("the first {rows} rows; there are more (--limit N)"),
        (false, rows) => format!("rows: {rows}"),
    });
    Ok(exit::SUCCESS)
}

fn query(arguments: &SqlArguments) -> Result<String, Failure> {
    if arguments.query != "-" {
        return Ok(arguments.query.clone());
    }
    let mut query = String::new();
    std::io::stdin()
        .lock()
        .read_to_string(&mut query)
        .map_err(|error| Failure::new(exit::USAGE, format!("standard input: {error}")))?;
    Ok(query)
}

/// A row as an object, with the columns in their order.
fn object(columns: &[String], cells: &[Value]) -> Result<String, Failure> {
    let mut object = Map::new();
    for (column, cell) in columns.iter().zip(cells) {
        // Two columns of one name would lose one of them.
        let mut name = column.clone();
        while object.contains_key(&name) {
            name.push('_');
        }
        object.insert(name, serde_json::to_value(cell).unwrap_or_default());
    }
    json(&object)
}
