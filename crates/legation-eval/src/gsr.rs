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
                "rule": event.rule,
                "trigger": event.trigger.of(&reading.document.text),
                "status": event.status.as_str(),
                "source": actors(&reading, &points, event, (&event.actors, event.argument_words.first().copied())),
                "target": actors(&reading, &points, event, (&event.recipients, event.argument_words.last().copied())),
            })
        })
        .collect();
    json!({"id": line["id"], "events": events})
}

/// Where an actor is named: by the mention nearest to the trigger that is no pronoun, else by the word it was read from
/// ("visited Cairo" makes Egypt the recipient).
fn actors(
    reading: &Reading,
    points: &CodePoints,
    event: &Event,
    (ids, read_from): (&[ActorId], Option<Span>),
) -> Vec<Value> {
    let text = &reading.document.text;
    let actor = |id: &ActorId| {
        let actor = reading.actors.get(id.0 as usize)?;
        let span = nearest(text, &actor.mentions, event.trigger).or(read_from);
        let country = match actor.kind {
            ActorKind::Organisation if actor.country.is_none() => Some("IGO"),
            _ => actor.country.as_deref(),
        };
        Some(json!({
            "text": span.map_or(actor.name.as_str(), |span| span.of(text)),
            "start": span.map(|span| points.at(span.start)),
            "end": span.map(|span| points.at(span.end)),
            "country": country,
        }))
    };
    ids.iter().filter_map(actor).collect()
}

fn nearest(text: &str, mentions: &[Span], trigger: Span) -> Option<Span> {
    let is_pronoun = |mention: &Span| PRONOUNS.contains(&mention.of(text).to_lowercase().as_str());
    mentions
        .iter()
        .copied()
        .min_by_key(|mention| (is_pronoun(mention), mention.start.abs_diff(trigger.start)))
}

const PRONOUNS: &[&str] = &[
    "he",
    "she",
    "it",
    "they",
    "him",
    "her",
    "them",
    "his",
    "hers",
    "its",
    "their",
    "theirs",
    "himself",
    "herself",
    "itself",
    "themselves",
    "who",
    "which",
    "that",
    "whom",
    "whose",
    "we",
    "us",
    "our",
    "i",
    "my",
];
