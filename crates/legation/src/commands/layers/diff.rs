//! `legation diff`: which events differ between two versions, and why.

use std::fmt::Write as _;
use std::path::Path;

use anstyle::Style;
use legation_record::{
    Record,
    snapshot::{Change, ChangeKind, Diff, State},
};

use crate::{
    ask_cli::RecordArgument,
    commands::{
        ask::printing::{csv, print_json},
        print,
    },
    exit::{self, Failure},
    layers_cli::{DiffArguments, DiffFormat},
};

/// Tells what differs.
///
/// # Errors
/// If there is no such version, or it cannot be read.
pub(super) fn run(arguments: &DiffArguments) -> Result<u8, Failure> {
    let before = state(&arguments.before, &arguments.record)?;
    let after = state(&arguments.after, &arguments.record)?;
    print_diff(&Diff::of(&before, &after), arguments.format)
}

/// What a record said in a version: a frozen one, a file, or now.
fn state(version: &str, record: &RecordArgument) -> Result<State, Failure> {
    if version == "now" {
        return Ok(super::open(record)?.state()?);
    }
    let is_file = Path::new(version).is_file();
    let found = match (is_file, record.record.exists()) {
        (true, false) => None,
        _ => super::open(record)?.frozen(version)?,
    };
    match found {
        Some(state) => Ok(state),
        None if is_file => Ok(Record::open_to_read(Path::new(version))?.state()?),
        None => {
            let message = format!("{version}: neither a frozen version nor a record");
            Err(Failure::new(exit::USAGE, message).hint("legation snapshot --list names the frozen versions"))
        }
    }
}

/// Prints what differs.
///
/// # Errors
/// If it cannot be written.
pub(super) fn print_diff(diff: &Diff, format: DiffFormat) -> Result<u8, Failure> {
    match format {
        DiffFormat::Text => print(&text(diff)),
        DiffFormat::Json => print_json(diff),
        DiffFormat::Csv => {
            let mut out = csv(&["change", "event", "was", "what", "field", "before", "after", "why"])?;
            for change in &diff.changes {
                out.push_str(&rows(change)?);
            }
            print(&out)
        }
    }
}

/// One row a field; of what came or went, one row.
fn rows(change: &Change) -> Result<String, Failure> {
    let why = change.why.join("; ");
    let was = change.was.as_deref().unwrap_or_default();
    let mut out = String::new();
    let mut row = |field: &str, before: &str, after: &str| -> Result<(), Failure> {
        let what = &change.what;
        out.push_str(&csv(&[word(change.change), &change.event, was, what, field, before, after, &why])?);
        Ok(())
    };
    if change.change != ChangeKind::Changed || change.fields.is_empty() {
        row("", "", "")?;
    } else {
        for field in &change.fields {
            row(&field.field, &field.before, &field.after)?;
        }
    }
    Ok(out)
}

fn word(change: ChangeKind) -> &'static str {
    match change {
        ChangeKind::Came => "came",
        ChangeKind::Went => "went",
        ChangeKind::Changed => "changed",
    }
}

fn text(diff: &Diff) -> String {
    let mut out = String::new();
    let count = |wanted: ChangeKind| diff.changes.iter().filter(|change| change.change == wanted).count();
    let (came, went, changed) =
        (count(ChangeKind::Came), count(ChangeKind::Went), count(ChangeKind::Changed));
    // Writing to a string cannot fail.
    let _ = writeln!(out, "events: {came} came, {went} went, {changed} changed, {} are the same", diff.same);
    let Diff { reports_came, reports_went, reports_changed, reports_reread, .. } = diff;
    let _ = writeln!(
        out,
        "reports: {reports_came} came, {reports_went} went, {reports_changed} changed, {reports_reread} read again \
         with other data, models or program"
    );
    if let Some((before, after)) = &diff.threshold {
        let _ = writeln!(out, "merging threshold: {before} → {after}");
    }
    for correction in &diff.corrections {
        let _ = writeln!(out, "{correction}");
    }
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    for change in &diff.changes {
        let was = change.was.as_ref().map(|was| format!(" (was {was})")).unwrap_or_default();
        let sign = match change.change {
            ChangeKind::Came => '+',
            ChangeKind::Went => '-',
            ChangeKind::Changed => '~',
        };
        let _ = writeln!(out, "\n{sign} {bold}{}{was}  {}{bold:#}", change.event, change.what);
        if change.change == ChangeKind::Changed {
            for field in &change.fields {
                let or = |value: &str| if value.is_empty() { "none".to_owned() } else { value.to_owned() };
                let _ = writeln!(out, "    {}: {} → {}", field.field, or(&field.before), or(&field.after));
            }
        }
        for why in &change.why {
            let _ = writeln!(out, "    {dim}because:{dim:#} {why}");
        }
    }
    out
}
