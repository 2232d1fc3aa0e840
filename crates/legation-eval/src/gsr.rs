//! Events of single sentences.

use legation::wire::CodePoints;
use legation_read::{
    Reader, Reading, Span,
    code::event::{Event, Status, as_reported},
    resolve::actor::{ActorId, ActorKind},
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
    json!({"id": line["id"], "events": events})
}

fn actors(reading: &Reading, points: &CodePoints, event: &Event, ids: &[ActorId]) -> Vec<Value> {
    let actor = |id: &ActorId| {
        let actor = reading.actors.get(id.0 as usize)?;
        let span = nearest(&actor.mentions, event.trigger);
        let country = match actor.kind {
            ActorKind::Organisation if actor.country.is_none() => Some("IGO"),
            _ => actor.country.as_deref(),
        };
        let text = span.map_or(actor.name.as_str(), |span| span.of(&reading.document.text));
        Some(json!({
            "text": text,
            "start": span.map(|span| points.at(span.start)),
            "end": span.map(|span| points.at(span.end)),
            "country": country,
        }))
    };
    ids.iter().filter_map(actor).collect()
}

fn nearest(mentions: &[Span], trigger: Span) -> Option<Span> {
    mentions.iter().copied().min_by_key(|mention| mention.start.abs_diff(trigger.start))
}
