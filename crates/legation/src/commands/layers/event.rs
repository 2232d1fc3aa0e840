//! `legation event`: an event with all that stands behind it, and why it is one.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::Style;
use legation_record::{
    Record,
    ask::{ClaimRow, Contradiction, EventRow, Id, IdKind},
    correct::Correction,
    merge::Why,
};
use serde::Serialize;

use crate::{
    ask_cli::ShowFormat,
    commands::{
        ask::{printing::print_json, words},
        print,
    },
    exit::Failure,
    layers_cli::EventArguments,
};

/// An event with what stands behind it.
#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    event: EventRow,
    told: Vec<ClaimRow>,
    disagreements: Vec<Contradiction>,
    /// Reports of the claims by the origin that they have in common.
    copies: BTreeMap<String, Vec<Id>>,
    corrections: Vec<Correction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    why: Vec<Why>,
}

/// Tells of an event.
///
/// # Errors
/// If there is no record, or no such event in it.
pub(super) fn run(arguments: &EventArguments) -> Result<u8, Failure> {
    let number = super::number(&arguments.event, IdKind::Event)?;
    let record = super::open(&arguments.record)?;
    let whole = whole(&record, number, arguments.why)?;
    match arguments.format {
        ShowFormat::Json => print_json(&whole),
        ShowFormat::Text => print(&text(&whole)),
    }
}

fn whole(record: &Record, number: i64, with_why: bool) -> Result<Whole, Failure> {
    let event = record.event(number)?;
    let number = event.id.number;
    let told = record.claims_of_event(number)?;
    let told = told.into_iter().map(|claim| record.claim(claim)).collect::<Result<Vec<_>, _>>()?;
    let mut copies: BTreeMap<String, Vec<Id>> = BTreeMap::new();
    for (report, origin) in record.origins_of_event(number)? {
        let origin = Id::new(IdKind::Report, origin).to_string();
        copies.entry(origin).or_default().push(Id::new(IdKind::Report, report));
    }
    copies.retain(|_, reports| reports.len() > 1);
    Ok(Whole {
        disagreements: record.contradictions(number)?,
        corrections: record.corrections_of(number)?,
        threshold: with_why.then(|| record.merge_threshold()).transpose()?,
        why: if with_why { record.why(number)? } else { Vec::new() },
        copies,
        told,
        event,
    })
}

fn text(whole: &Whole) -> String {
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let event = &whole.event;
    let mode = event.mode.as_ref().map(|mode| format!(" {mode}")).unwrap_or_default();
    let who = words::sides(&event.actors, &event.recipients, event.reciprocal);
    let mut out = format!("{bold}{}  {}{mode}: {who}{bold:#}\n", event.id, event.r#type);
    let day = event.value.as_deref().or(event.day.as_deref()).unwrap_or("no day known");
    let place = words::place(event.place.as_ref());
    let verdict = event.verdict.as_ref().map(|verdict| format!(" [{verdict}]")).unwrap_or_default();
    let parts = [day, &place, &event.status];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "  {}{verdict}", parts.join(" · "));
    let behind = format!(
        "{} claims in {} reports of {} origins, confidence {:.2}",
        event.claims, event.reports, event.origins, event.confidence
    );
    let _ = writeln!(out, "  {dim}{behind}{dim:#}");
    for (origin, reports) in &whole.copies {
        let copies: Vec<String> = reports.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "  copies of one text (origin {origin}): {}", copies.join(" "));
    }
    for one in &whole.disagreements {
        let _ = writeln!(out, "  {} and {} disagree on the {}: {}", one.a, one.b, one.kind, one.detail);
    }
    if let Some(threshold) = whole.threshold {
        let _ = writeln!(out, "  claims are merged from a likeness of {threshold} on");
    }
    for claim in &whole.told {
        out.push('\n');
        told(&mut out, claim);
        if let Some(why) = whole.why.iter().find(|why| why.claim == claim.id.number) {
            out.push_str(&because(why));
        }
    }
    if !whole.corrections.is_empty() {
        let _ = writeln!(out, "\n{bold}Corrections{bold:#}");
        for one in &whole.corrections {
            super::correct::told(&mut out, one);
        }
    }
    out
}

fn told(out: &mut String, claim: &ClaimRow) {
    let dim = Style::new().dimmed();
    let voices: Vec<String> = claim
        .voices
        .iter()
        .map(|voice| format!("{} {}", voice.by.as_deref().unwrap_or("somebody"), voice.stance))
        .collect();
    let says = if voices.is_empty() { "in its own voice".to_owned() } else { voices.join("; ") };
    let day = claim.published.as_deref().unwrap_or("no date");
    let (report, source, status) = (claim.report, &claim.source, &claim.status);
    let _ = writeln!(out, "{}  {report}  {source}, {day}, {says}: {status}", claim.id);
    let passage = &claim.passage;
    let _ = writeln!(out, "    {dim}sentence {}:{dim:#} {}", passage.sentence, words::styled(passage));
}

/// Why a claim is of the event.
fn because(why: &Why) -> String {
    let mut parts = Vec::new();
    if let Some(correction) = why.correction {
        parts.push(format!("put there by correction {correction}"));
    }
    match (why.like, why.likeness) {
        (Some(like), Some(likeness)) => {
            let how = match (why.is_same, why.is_copy) {
                (true, _) => ", which its report tells as the same event",
                (_, true) => ", in a copy of the same text",
                _ => "",
            };
            parts.push(format!(
                "most like C{like}{how}: {:.2} (parties {:.2}, dates {:.2}, place {:.2}, deed {:.2}, wording {:.2})",
                likeness.score,
                likeness.parties,
                likeness.dates,
                likeness.place,
                likeness.deed,
                likeness.wording
            ));
        }
        (Some(like), None) => parts.push(format!("its words are those of C{like}")),
        (None, _) if parts.is_empty() => parts.push("the first that tells of it".to_owned()),
        (None, _) => {}
    }
    format!("    why: {}\n", parts.join("; "))
}
