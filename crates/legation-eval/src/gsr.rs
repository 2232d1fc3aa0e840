//! Events of single sentences.

use legation::wire::CodePoints;
use legation_read::{
    Reader, Reading, Span,
    code::event::{Event, Status, as_reported},
    resolve::actor::{Actor, ActorId},
};
use serde_json::{Value, json};

use crate::input;

/// Prints the events of a sentence with the mentions of their actors.
pub(crate) fn predict(reader: &Reader, line: &Value) -> Value {
    let reading = input::read(reader, line, "date");
    let points = CodePoints::new(&reading.document.text);
    let mut told = std::collections::BTreeSet::new();
    let events: Vec<Value> = reading
        .events
        .iter()
        .filter(|event| event.status != Status::Denied)
        .map(|event| (as_reported(&event.kind, &event.quad, event.status), event))
        .filter(|(root, event)| told.insert((*root, event.actors.clone(), event.recipients.clone())))
        .map(|(root, event)| {
            json!({
                "root": root,
                "source": actors(&reading, &points, event, &event.actors),
                "target": actors(&reading, &points, event, &event.recipients),
            })
        })
        .collect();
    let mentions: Vec<Value> = reading
        .actors
        .iter()
        .flat_map(|actor| actor.mentions.iter().map(move |span| (actor, *span)))
        .map(|(actor, span)| {
            let (start, end) = (points.at(span.start), points.at(span.end));
            let mut told = told_actor(actor, span.of(&reading.document.text));
            told["start"] = start.into();
            told["end"] = end.into();
            told
        })
        .collect();
    json!({"id": line["id"], "events": events, "mentions": mentions})
}

/// An actor as the sets name it: bodies and those who speak for them are `IGO`.
fn told_actor(actor: &Actor, text: &str) -> Value {
    let is_body = actor.country.is_none() && actor.code.is_some();
    let country = match actor.sector.as_deref() {
        _ if is_body => Some("IGO"),
        Some("NGO") if actor.country.is_none() => Some("NGO"),
        _ => actor.country.as_deref(),
    };
    json!({"text": text, "country": country, "code": actor.code, "sector": actor.sector, "register": actor.register})
}

fn actors(reading: &Reading, points: &CodePoints, event: &Event, ids: &[ActorId]) -> Vec<Value> {
    let actor = |id: &ActorId| {
        let actor = reading.actors.get(id.0 as usize)?;
        let span = nearest(&actor.mentions, event.trigger);
        let text = span.map_or(actor.name.as_str(), |span| span.of(&reading.document.text));
        let mut told = told_actor(actor, text);
        told["start"] = span.map(|span| points.at(span.start)).into();
        told["end"] = span.map(|span| points.at(span.end)).into();
        Some(told)
    };
    ids.iter().filter_map(actor).collect()
}

fn nearest(mentions: &[Span], trigger: Span) -> Option<Span> {
    mentions.iter().copied().min_by_key(|mention| mention.start.abs_diff(trigger.start))
}
