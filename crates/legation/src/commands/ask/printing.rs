//! Lists in every format, a page at a time.

use comfy_table::Cell;
use legation_record::RecordError;
use serde::Serialize;

use crate::{
    ask_cli::{ListFormat, Printing},
    exit::{self, Failure},
    output::{self, Sink},
    people::table,
};

/// Rows of a table for people where nothing else is asked for.
const PAGE: usize = 50;

/// A row that can be printed in every format.
pub(super) trait Row: Serialize {
    /// Names of its cells in a file of comma-separated values.
    const COLUMNS: &'static [&'static str];
    /// Names of its cells in a table for people.
    const HEADS: &'static [&'static str];
    /// For a file of comma-separated values.
    fn cells(&self) -> Vec<String>;
    /// For people.
    fn people(&self) -> Vec<Cell>;
}

/// Prints the page asked for of `total` rows, each of which `row` makes; `noun` is what they are ("events").
pub(super) fn list<T: Row>(
    printing: &Printing,
    noun: &str,
    total: usize,
    mut row: impl FnMut(usize) -> Result<T, RecordError>,
) -> Result<u8, Failure> {
    let limit = printing.limit.map(usize::from);
    let limit = limit.or((printing.format == ListFormat::Text).then_some(PAGE));
    let first = printing.offset.min(total);
    let end = limit.map_or(total, |limit| first.saturating_add(limit).min(total));
    let mut sink = Sink::open(None)?;
    match printing.format {
        ListFormat::Text => {
            let rows =
                (first..end).map(|number| Ok(row(number)?.people())).collect::<Result<Vec<_>, Failure>>()?;
            if !rows.is_empty() {
                sink.put(&table::table(T::HEADS, rows, output::width(None)))?;
            }
        }
        ListFormat::Json => {
            sink.put("[")?;
            for number in first..end {
                sink.put(if number == first { "\n" } else { ",\n" })?;
                sink.put(&json(&row(number)?)?)?;
            }
            sink.put("\n]\n")?;
        }
        ListFormat::Jsonl => {
            for number in first..end {
                sink.put(&format!("{}\n", json(&row(number)?)?))?;
            }
        }
        ListFormat::Csv => {
            sink.put(&csv(T::COLUMNS)?)?;
            for number in first..end {
                sink.put(&csv(&row(number)?.cells())?)?;
            }
        }
    }
    sink.finish()?;
    say(noun, total, first, end);
    Ok(exit::SUCCESS)
}

/// Tells how many rows there are in all.
fn say(noun: &str, total: usize, first: usize, end: usize) {
    let line = match total {
        0 => format!("no {noun} match"),
        _ if first >= total => format!("{noun}: {total} in all, none from --offset {first} on"),
        _ if end < total => {
            format!("{noun} {} to {end} of {total}; --offset {end} goes on from there", first + 1)
        }
        _ if first > 0 => format!("{noun} {} to {end} of {total}", first + 1),
        _ => format!("{noun}: {total}"),
    };
    output::note(line);
}

/// One line of JSON.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, Failure> {
    serde_json::to_string(value)
        .map_err(|error| Failure::new(exit::INTERNAL, format!("cannot print: {error}")))
}

/// One line of comma-separated values.
pub(in crate::commands) fn csv<T: AsRef<[u8]>>(cells: &[T]) -> Result<String, Failure> {
    let failure =
        |error: &dyn std::fmt::Display| Failure::new(exit::INTERNAL, format!("cannot print: {error}"));
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(cells).map_err(|error| failure(&error))?;
    let bytes = writer.into_inner().map_err(|error| failure(&error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Prints one thing as JSON, laid out.
pub(in crate::commands) fn print_json<T: Serialize>(value: &T) -> Result<u8, Failure> {
    let text = serde_json::to_string_pretty(value);
    let text = text.map_err(|error| Failure::new(exit::INTERNAL, format!("cannot print: {error}")))?;
    crate::commands::print(&format!("{text}\n"))
}
