//! `legation show`: anything by its number, down to the words it rests on.

use std::fmt::Write as _;

use anstyle::Style;
use legation_record::{
    Record,
    ask::{ClaimRow, Contradiction, EventRow, Id, IdKind, Passage, PlanRow, QuantityRow, StatementRow, Told},
};
use serde::Serialize;

use super::{
    open,
    printing::print_json,
    report, rows,
    words::{self, names},
};
use crate::{
    ask_cli::{ShowArguments, ShowFormat},
    commands::print,
    exit::Failure,
};

/// Shows the thing of a number.
///
/// # Errors
/// If there is no record, no such thing in it, or the output cannot be written.
pub(super) fn run(arguments: &ShowArguments) -> Result<u8, Failure> {
    let id: Id = arguments.id.parse()?;
    let record = open(&arguments.record)?;
    let is_json = arguments.format == ShowFormat::Json;
    let on = arguments.on.map_or_else(|| record.newest_day(), |on| Ok(Some(on)))?;
    match id.kind {
        IdKind::Report => report::show(&record, id.number, is_json),
        IdKind::Claim => {
            let claim = record.claim(id.number)?;
            if is_json { print_json(&claim) } else { print(&one_claim(&claim)) }
        }
        IdKind::Event => {
            let whole = whole_event(&record, id.number)?;
            if is_json { print_json(&whole) } else { print(&event(&whole)) }
        }
        IdKind::Statement => {
            let row = record.statement(id.number)?;
            if is_json { print_json(&row) } else { print(&statement(&row)) }
        }
        IdKind::Expectation => {
            let row = record.expectation(id.number)?;
            if is_json { print_json(&row) } else { print(&expectation(&row)) }
        }
        IdKind::Plan => {
            let row = record.plan(id.number, on)?;
            if is_json { print_json(&row) } else { print(&plan(&row)) }
        }
    }
}

/// An event with its claims.
#[derive(Serialize)]
struct WholeEvent {
    #[serde(flatten)]
    event: EventRow,
    told: Vec<ClaimRow>,
    disagreements: Vec<Contradiction>,
}

fn whole_event(record: &Record, number: i64) -> Result<WholeEvent, Failure> {
    let event = record.event(number)?;
    let number = event.id.number;
    let told = record.claims_of_event(number)?;
    let told = told.into_iter().map(|claim| record.claim(claim)).collect::<Result<Vec<_>, _>>()?;
    Ok(WholeEvent { disagreements: record.contradictions(number)?, told, event })
}

/// A line of a heading and its text; nothing where there is no text.
fn line(out: &mut String, name: &str, text: &str) {
    if !text.is_empty() {
        let dim = Style::new().dimmed();
        let _ = writeln!(out, "  {dim}{name:<13}{dim:#} {text}");
    }
}

fn title(out: &mut String, id: Id, text: &str) {
    let bold = Style::new().bold();
    let _ = writeln!(out, "{bold}{id}  {text}{bold:#}");
}

/// Where words stand, and the words.
pub(super) fn quoted(out: &mut String, passages: &[Passage]) {
    for passage in passages {
        let dim = Style::new().dimmed();
        let (report, sentence) = (passage.report, passage.sentence);
        let _ = writeln!(out, "    {dim}{report}, sentence {sentence}:{dim:#} {}", words::styled(passage));
    }
}

fn when(value: Option<&String>, first: Option<&String>, last: Option<&String>) -> String {
    match (value, first, last) {
        (None, None, None) => "no day known".to_owned(),
        (Some(value), Some(first), Some(last)) if first == last && value == first => value.clone(),
        (value, first, last) => {
            let open = |day: Option<&String>| day.map_or("?", String::as_str).to_owned();
            format!("{} ({} to {})", value.map_or("", String::as_str), open(first), open(last))
        }
    }
}

/// "3 claims in 2 reports, 1 of them independent".
fn behind(claims: Option<i64>, reports: i64, origins: i64) -> String {
    let claims = claims.map(|claims| format!("{} in ", words::counted(claims, "claim"))).unwrap_or_default();
    format!("{claims}{}, {origins} of them independent", words::counted(reports, "report"))
}

fn type_and_mode(kind: &str, mode: Option<&String>) -> String {
    mode.map_or_else(|| kind.to_owned(), |mode| format!("{kind} {mode}"))
}

fn event(whole: &WholeEvent) -> String {
    let event = &whole.event;
    let mut out = String::new();
    let who = words::sides(&event.actors, &event.recipients, event.reciprocal);
    title(&mut out, event.id, &format!("{}: {who}", type_and_mode(&event.r#type, event.mode.as_ref())));
    line(&mut out, "when", &when(event.value.as_ref(), event.day.as_ref(), event.last.as_ref()));
    line(&mut out, "where", &words::place(event.place.as_ref()));
    line(&mut out, "status", &event.status);
    line(&mut out, "contexts", &event.contexts.join(", "));
    let codes = format!("{}, CAMEO {}, intensity {:+.1}", event.quad, event.cameo.join(" "), event.intensity);
    line(&mut out, "codes", &codes);
    line(&mut out, "confidence", &format!("{:.2}", event.confidence));
    let behind = behind(Some(event.claims), event.reports, event.origins);
    line(&mut out, "rests on", &behind);
    line(&mut out, "verdict", event.verdict.as_deref().unwrap_or_default());
    for one in &whole.disagreements {
        line(&mut out, "disagree", &format!("{} and {} on the {}: {}", one.a, one.b, one.kind, one.detail));
    }
    for claim in &whole.told {
        out.push('\n');
        told_claim(&mut out, claim);
    }
    out
}

/// A claim below its event.
fn told_claim(out: &mut String, claim: &ClaimRow) {
    let day = claim.published.as_deref().unwrap_or("no date");
    let voices: Vec<String> = claim.voices.iter().map(voice).collect();
    let says = if voices.is_empty() { "in its own voice".to_owned() } else { voices.join("; ") };
    let _ = writeln!(out, "  {}  {day}  {}, {says}: {}", claim.id, claim.source, claim.status);
    quoted(out, std::slice::from_ref(&claim.passage));
}

fn voice(voice: &legation_record::ask::Voice) -> String {
    let by = voice.by.as_deref().unwrap_or("somebody");
    let via = if voice.via.is_empty() { String::new() } else { format!(" via {}", voice.via.join(", ")) };
    format!("{by} {}{via}", voice.stance)
}

fn one_claim(claim: &ClaimRow) -> String {
    let mut out = String::new();
    let who = words::sides(&claim.actors, &claim.recipients, claim.reciprocal);
    title(&mut out, claim.id, &format!("{}: {who}", type_and_mode(&claim.r#type, claim.mode.as_ref())));
    if !claim.live {
        line(&mut out, "note", "of an earlier reading or text; a newer one has taken its place");
    }
    line(&mut out, "event", &claim.event.map(|event| event.to_string()).unwrap_or_default());
    report_line(&mut out, claim.report, &claim.source, claim.published.as_ref(), claim.title.as_ref());
    line(&mut out, "when", &when(claim.value.as_ref(), claim.day.as_ref(), claim.last.as_ref()));
    line(&mut out, "where", &words::place(claim.place.as_ref()));
    line(&mut out, "status", &claim.status);
    let voices: Vec<String> = claim.voices.iter().map(voice).collect();
    line(&mut out, "according to", if voices.is_empty() { "the outlet itself" } else { "" });
    for voice in voices {
        line(&mut out, "according to", &voice);
    }
    for quantity in &claim.quantities {
        line(&mut out, "how many", &how_many(quantity));
    }
    line(&mut out, "contexts", &claim.contexts.join(", "));
    let codes = format!("{}, CAMEO {}, intensity {:+.1}", claim.quad, claim.cameo.join(" "), claim.intensity);
    line(&mut out, "codes", &codes);
    line(&mut out, "rule", &format!("{}, confidence {:.2}", claim.rule, claim.confidence));
    quoted(&mut out, std::slice::from_ref(&claim.passage));
    out
}

/// "12 to 15 soldiers, killed".
fn how_many(quantity: &QuantityRow) -> String {
    let number = match (quantity.value, quantity.least, quantity.most) {
        (Some(value), _, _) => value.to_string(),
        (None, Some(least), Some(most)) => format!("{least} to {most}"),
        (None, Some(least), None) => format!("at least {least}"),
        (None, None, Some(most)) => format!("at most {most}"),
        (None, None, None) => "a number not given".to_owned(),
    };
    let of = quantity.of.as_deref().map(|of| format!(" {of}")).unwrap_or_default();
    format!("{number}{of}, {}", quantity.what)
}

fn report_line(out: &mut String, id: Id, source: &str, published: Option<&String>, title: Option<&String>) {
    let day = published.map_or("no date", String::as_str);
    let title = title.map(|title| format!(": {title}")).unwrap_or_default();
    line(out, "report", &format!("{id}, {source}, {day}{title}"));
}

fn statement(statement: &StatementRow) -> String {
    let mut out = String::new();
    title(&mut out, statement.id, &format!("{}: {}", rows::speaker(statement), statement.stance));
    if !statement.live {
        line(&mut out, "note", "of an earlier reading or text; a newer one has taken its place");
    }
    let (published, title) = (statement.published.as_ref(), statement.title.as_ref());
    report_line(&mut out, statement.report, &statement.source, published, title);
    line(&mut out, "carried by", &format!("{} with this text", words::counted(statement.reports, "report")));
    line(&mut out, "said on", statement.day.as_deref().unwrap_or_default());
    line(&mut out, "speaker", &statement.speaker_text);
    line(&mut out, "kind", &format!("{} {}", statement.kind, statement.act));
    for about in &statement.about {
        line(&mut out, "about", &format!("{}: {}", about.name, about.towards.as_deref().unwrap_or("mixed")));
    }
    line(&mut out, "topics", &statement.topics.join(", "));
    quoted(&mut out, &statement.passages);
    out
}

fn positions(told: &Told) -> String {
    let positions: Vec<String> =
        told.positions.iter().map(|told| format!("{} {}", told.party, told.position)).collect();
    positions.join("; ")
}

fn expectation(told: &Told) -> String {
    let mut out = String::new();
    title(&mut out, told.id, &told.what);
    line(&mut out, "plan", &told.plan.map(|plan| plan.to_string()).unwrap_or_default());
    report_line(&mut out, told.report, &told.source, told.published.as_ref(), told.title.as_ref());
    line(&mut out, "when", told.value.as_deref().unwrap_or("no day known"));
    line(&mut out, "status", &told.status);
    line(&mut out, "positions", &positions(told));
    quoted(&mut out, &told.passages);
    out
}

fn plan(plan: &PlanRow) -> String {
    let mut out = String::new();
    title(&mut out, plan.id, &format!("{}: {}", plan.what, names(&plan.who, ", ")));
    line(&mut out, "when", &when(plan.value.as_ref(), plan.day.as_ref(), plan.last.as_ref()));
    line(&mut out, "where", &words::place(plan.place.as_ref()));
    line(&mut out, "occasion", plan.occasion.as_deref().unwrap_or_default());
    let late =
        if plan.overdue { ", overdue: its day has passed and no report tells what became of it" } else { "" };
    line(&mut out, "status", &format!("{}{late}", plan.status));
    line(&mut out, "held as", &plan.event.map(|event| event.to_string()).unwrap_or_default());
    line(&mut out, "rests on", &behind(None, plan.reports, plan.origins));
    for told in &plan.history {
        let day = told.published.as_deref().unwrap_or("no date");
        let said = positions(told);
        let said = if said.is_empty() { String::new() } else { format!(" ({said})") };
        let _ = writeln!(out, "\n  {}  {day}  {}: {}{said}", told.id, told.source, told.status);
        quoted(&mut out, &told.passages);
    }
    out
}
