//! `legation report`: what was read in a report; and its text with what rests on each sentence.

use std::fmt::Write as _;

use anstyle::Style;
use comfy_table::Cell;
use legation_record::{
    Record,
    ask::{ClaimRow, Id, IdKind, ReportAnswer, ReportRow, Resting, StatementRow, Told},
};
use serde::Serialize;

use super::{
    open,
    printing::{Row as _, print_json},
    rows, words,
};
use crate::{
    ask_cli::{ReportArguments, ShowFormat},
    commands::print,
    exit::Failure,
    output,
    people::table,
};

/// Everything that was read in a report.
#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    answer: ReportAnswer,
    claims: Vec<ClaimRow>,
    statements: Vec<StatementRow>,
    expectations: Vec<Told>,
}

/// Tells what was read in a report.
///
/// # Errors
/// If there is no record, no such report in it, or the output cannot be written.
pub(super) fn run(arguments: &ReportArguments) -> Result<u8, Failure> {
    let number = match arguments.id.parse::<i64>() {
        Ok(number) => number,
        Err(_) => match arguments.id.parse::<Id>()? {
            Id { kind: IdKind::Report, number } => number,
            id => {
                let message = format!("{id}: not a report");
                return Err(Failure::new(crate::exit::USAGE, message).hint(format!("legation show {id}")));
            }
        },
    };
    let record = open(&arguments.record)?;
    let whole = whole(&record, number)?;
    match arguments.format {
        ShowFormat::Json => print_json(&whole),
        ShowFormat::Text => print(&text(&whole, output::width(None))),
    }
}

fn whole(record: &Record, number: i64) -> Result<Whole, Failure> {
    let answer = record.report_answer(number)?;
    let claims = answer.claims.iter().map(|claim| record.claim(*claim)).collect::<Result<_, _>>()?;
    let statements = answer.statements.iter().map(|statement| record.statement(*statement));
    let statements = statements.collect::<Result<_, _>>()?;
    let expectations = answer.expectations.iter().map(|expectation| record.expectation(*expectation));
    let expectations = expectations.collect::<Result<_, _>>()?;
    Ok(Whole { answer, claims, statements, expectations })
}

/// The head of a report: what it is, and how it lies in the record.
fn head(report: &ReportRow) -> String {
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let title = report.title.as_deref().unwrap_or(&report.key);
    let day = report.published.clone().unwrap_or_else(|| "no date".to_owned());
    let known = [Some(report.source.clone()), report.byline.clone(), Some(day), report.language.clone()];
    let known: Vec<String> = known.into_iter().flatten().collect();
    let mut out = format!("{bold}{}  {title}{bold:#}\n{dim}{}{dim:#}\n", report.id, known.join(" · "));
    let place = report.url.as_deref().unwrap_or(&report.key);
    let _ = writeln!(out, "{dim}{place}{dim:#}");
    if !report.latest {
        let _ = writeln!(out, "version {}, not the newest", report.version);
    }
    if report.origin != report.id {
        let _ = writeln!(out, "a copy of {}", report.origin);
    }
    out
}

fn text(whole: &Whole, width: usize) -> String {
    let answer = &whole.answer;
    let mut out = head(&answer.report);
    let ids = |ids: &[Id]| ids.iter().map(Id::to_string).collect::<Vec<_>>().join(", ");
    if answer.versions.len() > 1 {
        let _ = writeln!(out, "versions: {}", ids(&answer.versions));
    }
    if !answer.same_text.is_empty() {
        let _ = writeln!(out, "the same text: {}", ids(&answer.same_text));
    }
    let claims: Vec<Vec<Cell>> = whole.claims.iter().map(claim).collect();
    let heads = ["id", "event", "day", "type", "who", "status", "words"];
    table::section(&mut out, &format!("Claims ({})", claims.len()), &heads, claims, width);
    let statements: Vec<Vec<Cell>> = whole.statements.iter().map(StatementRow::people).collect();
    let heading = format!("Statements ({})", statements.len());
    table::section(&mut out, &heading, StatementRow::HEADS, statements, width);
    let expectations: Vec<Vec<Cell>> = whole.expectations.iter().map(expectation).collect();
    let heads = ["id", "plan", "when", "what", "status", "positions", "words"];
    table::section(&mut out, &format!("Expectations ({})", expectations.len()), &heads, expectations, width);
    let problems: Vec<Vec<Cell>> =
        answer.problems.iter().map(|(code, message)| vec![Cell::new(code), Cell::new(message)]).collect();
    table::section(
        &mut out,
        &format!("Problems ({})", problems.len()),
        &["code", "message"],
        problems,
        width,
    );
    out
}

fn claim(claim: &ClaimRow) -> Vec<Cell> {
    let voices: Vec<&str> = claim.voices.iter().filter_map(|voice| voice.by.as_deref()).collect();
    let says =
        if voices.is_empty() { String::new() } else { format!("\naccording to {}", voices.join(", ")) };
    vec![
        Cell::new(claim.id),
        Cell::new(claim.event.map(|event| event.to_string()).unwrap_or_default()),
        Cell::new(words::day(claim.value.as_ref())),
        rows::kind(&claim.r#type, claim.mode.as_ref(), claim.quad),
        Cell::new(words::sides(&claim.actors, &claim.recipients, claim.reciprocal)),
        rows::status(&claim.status),
        Cell::new(format!("{}{says}", words::short(&claim.passage))),
    ]
}

fn expectation(told: &Told) -> Vec<Cell> {
    let positions = told.positions.iter();
    let positions: Vec<String> = positions.map(|told| format!("{} {}", told.party, told.position)).collect();
    vec![
        Cell::new(told.id),
        Cell::new(told.plan.map(|plan| plan.to_string()).unwrap_or_default()),
        Cell::new(words::day(told.value.as_ref())),
        Cell::new(&told.what),
        rows::status(&told.status),
        Cell::new(positions.join("\n")),
        Cell::new(told.passages.first().map(words::short).unwrap_or_default()),
    ]
}

/// A report with its sentences.
#[derive(Serialize)]
struct Sentences {
    #[serde(flatten)]
    report: ReportRow,
    sentences: Vec<Resting>,
}

/// Shows the text of a report, sentence by sentence, with what rests on each.
///
/// # Errors
/// If there is no such report, or the output cannot be written.
pub(super) fn show(record: &Record, number: i64, is_json: bool) -> Result<u8, Failure> {
    let shown = Sentences { report: record.report(number)?, sentences: record.resting(number)? };
    if is_json {
        return print_json(&shown);
    }
    let mut out = head(&shown.report);
    let dim = Style::new().dimmed();
    for sentence in &shown.sentences {
        let ids: Vec<String> = sentence.ids.iter().map(Id::to_string).collect();
        let _ = writeln!(
            out,
            "\n{dim}{:>3}{dim:#} {}",
            sentence.passage.sentence,
            words::styled(&sentence.passage)
        );
        if !ids.is_empty() {
            let _ = writeln!(out, "    {dim}{}{dim:#}", ids.join(" "));
        }
    }
    print(&out)
}
