//! `legation correct`: what people say is right.

use std::fmt::Write as _;

use jiff::Timestamp;
use legation_record::{
    Record,
    ask::{Id, IdKind},
    correct::{Correction, Decision, Edit},
};

use crate::{
    commands::{
        ask::{
            names,
            printing::{csv, print_json},
        },
        load, print,
    },
    exit::{self, Failure},
    layers_cli::{CorrectCommand, DiffFormat, EditArguments, ListArguments, Reasoned},
    output,
};

/// Notes a correction and applies it, or lists all.
///
/// # Errors
/// If there is no record, no such event, claim or correction, a value is none of the codebook, or nothing can be written.
pub(super) fn run(command: &CorrectCommand) -> Result<u8, Failure> {
    let event = |text: &str| super::number(text, IdKind::Event);
    match command {
        CorrectCommand::Accept(one) => decide(&one.reasoned, |_| Ok(Decision::Accept(event(&one.event)?))),
        CorrectCommand::Reject(one) => decide(&one.reasoned, |_| Ok(Decision::Reject(event(&one.event)?))),
        CorrectCommand::Edit(arguments) => decide(&arguments.reasoned, |record| {
            let number = event(&arguments.event)?;
            Ok(Decision::Edit(number, Box::new(edit(record, number, arguments)?)))
        }),
        CorrectCommand::Merge(arguments) => decide(&arguments.reasoned, |_| {
            Ok(Decision::Merge(arguments.events.iter().map(|text| event(text)).collect::<Result<_, _>>()?))
        }),
        CorrectCommand::Split(arguments) => decide(&arguments.reasoned, |_| {
            let claims = arguments.claims.iter().map(|text| super::number(text, IdKind::Claim));
            Ok(Decision::Split(event(&arguments.event)?, claims.collect::<Result<_, _>>()?))
        }),
        CorrectCommand::Undo(arguments) => {
            decide(&arguments.reasoned, |_| Ok(Decision::Undo(arguments.correction)))
        }
        CorrectCommand::List(arguments) => list(arguments),
    }
}

fn decide(
    reasoned: &Reasoned,
    decision: impl FnOnce(&Record) -> Result<Decision, Failure>,
) -> Result<u8, Failure> {
    let author = super::author(reasoned.author.as_ref())?;
    let mut record = super::open_to_write(&reasoned.record)?;
    let decision = decision(&record)?;
    let corrected = record.correct(&decision, &author, &reasoned.reason, Timestamp::now())?;
    let events: Vec<String> =
        corrected.events.iter().map(|&event| Id::new(IdKind::Event, event).to_string()).collect();
    print(&format!("correction {} ({}): {}\n", corrected.correction, decision.kind(), events.join(" ")))
}

/// The new values, those of the codebook with all that follows from them.
fn edit(record: &Record, event: i64, arguments: &EditArguments) -> Result<Edit, Failure> {
    let mut edit = Edit::default();
    if arguments.kind.is_some() || arguments.mode.is_some() {
        let old = record.event(event)?;
        code(&mut edit, &old.r#type, arguments)?;
    }
    edit.status = names(arguments.status.as_slice()).into_iter().next();
    if let Some((first, last)) = arguments.date {
        edit.value = Some(if first == last { first.to_string() } else { format!("{first}/{last}") });
        (edit.first, edit.last) = (Some(first.to_string()), Some(last.to_string()));
    }
    edit.place = arguments.place.as_ref().map(|place| record.place_key(place)).transpose()?;
    let parties = |given: &[String]| -> Result<_, Failure> {
        let keys = given.iter().map(|name| record.party_key(name)).collect::<Result<Vec<_>, _>>()?;
        Ok((!keys.is_empty()).then_some(keys))
    };
    edit.actors = parties(&arguments.actor)?;
    edit.recipients = parties(&arguments.recipient)?;
    Ok(edit)
}

/// Type and mode, with the codes that the codebook gives them.
fn code(edit: &mut Edit, old: &str, arguments: &EditArguments) -> Result<(), Failure> {
    let data = load(None)?.map_err(|errors| crate::commands::data_failure(&errors, None))?;
    let wanted = arguments.kind.as_deref().unwrap_or(old).trim().to_uppercase();
    let hint = "docs/codebook.md tells what each means";
    let Some(entry) = data.codebook.get(&wanted) else {
        let known: Vec<&str> = data.codebook.types().map(|entry| entry.kind.as_str()).collect();
        let message = format!("{wanted}: no type of event; the types are {}", known.join(", "));
        return Err(Failure::new(exit::USAGE, message).hint(hint));
    };
    let mode = arguments.mode.as_deref().map(str::trim).filter(|mode| *mode != "none");
    if let Some(mode) = mode.filter(|mode| entry.mode(mode).is_none()) {
        let message = format!("{mode}: no mode of {wanted}; its modes are {}", entry.mode_names());
        return Err(Failure::new(exit::USAGE, message).hint(hint));
    }
    edit.r#type = Some(entry.kind.clone());
    edit.mode = Some(mode.unwrap_or_default().to_owned());
    edit.quad = ["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]
        .iter()
        .zip(1..)
        .find(|(name, _)| **name == entry.quad)
        .map(|(_, number)| number);
    edit.cameo = Some(entry.cameo_of(mode));
    edit.intensity = Some(entry.intensity_of(mode));
    Ok(())
}

fn list(arguments: &ListArguments) -> Result<u8, Failure> {
    let corrections = super::open(&arguments.record)?.corrections()?;
    match arguments.format {
        DiffFormat::Json => print_json(&corrections),
        DiffFormat::Csv => {
            let heads = [
                "correction",
                "kind",
                "at",
                "author",
                "reason",
                "values",
                "holds",
                "undoes",
                "events",
                "dangling",
            ];
            let mut out = csv(&heads)?;
            for one in &corrections {
                out.push_str(&csv(&cells(one))?);
            }
            print(&out)
        }
        DiffFormat::Text => {
            let mut out = String::new();
            for one in &corrections {
                told(&mut out, one);
            }
            output::note(format!("corrections: {}", corrections.len()));
            print(&out)
        }
    }
}

fn events(correction: &Correction) -> String {
    correction.events.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn cells(one: &Correction) -> Vec<String> {
    vec![
        one.correction.to_string(),
        one.kind.clone(),
        one.at.clone(),
        one.author.clone(),
        one.reason.clone(),
        one.values.clone(),
        one.holds.to_string(),
        one.undoes.map(|undoes| undoes.to_string()).unwrap_or_default(),
        events(one),
        one.dangling.join("; "),
    ]
}

/// A correction in a few lines.
pub(super) fn told(out: &mut String, one: &Correction) {
    let undone = if one.holds { "" } else { " [undone]" };
    let what = match one.undoes {
        Some(undoes) => format!("undo of {undoes}"),
        None if one.values.is_empty() => one.kind.clone(),
        None => format!("{}: {}", one.kind, one.values),
    };
    let day = one.at.get(..10).unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}  {day}  {}  {what}{undone}  {}", one.correction, one.author, events(one));
    let _ = writeln!(out, "    {}", one.reason);
    if one.dangling.len() == one.claims {
        let _ = writeln!(out, "    dangling: none of its claims is in a newest reading any more");
    }
    for claim in &one.dangling {
        let _ = writeln!(out, "    no longer there: {claim}");
    }
}
