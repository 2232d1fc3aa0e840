//! Events of single sentences.

use legation_read::CodePoints;
use legation_read::{
    Reader, Reading, Span,
    code::event::{Event, Status, as_reported},
    parse::Deprel,
    resolve::actor::{Actor, ActorId},
};
use serde_json::{Value, json};

use crate::input;

/// Prints the events that a sentence is about, with the mentions of their actors: the gold records code one event a
/// sentence, seldom two, so that background told in passing is left out where something stands above it.
pub(crate) fn predict(reader: &Reader, line: &Value) -> Value {
    let reading = input::read(reader, line, "date");
    let points = CodePoints::new(&reading.document.text);
    let mut told: Vec<(&str, Event)> = Vec::new();
    let live = reading.events.iter().filter(|event| event.status != Status::Denied);
    let live: Vec<(&Event, usize)> = live.map(|event| (event, depth(&reading, event))).collect();
    for &(event, depth) in &live {
        if live.iter().any(|(other, above)| other.sentence == event.sentence && *above < depth) {
            continue;
        }
        let root = as_reported(&event.kind, &event.quad, event.status);
        match told.iter_mut().find(|(other, earlier)| *other == root && is_one(earlier, event)) {
            Some((_, earlier)) => join(earlier, event),
            None => told.push((root, event.clone())),
        }
    }
    let events: Vec<Value> = told
        .iter()
        .map(|(root, event)| {
            json!({
                "root": root,
                "rule": event.rule,
                "trigger": event.trigger.of(&reading.document.text),
                "status": event.status.as_str(),
                "source": actors(&reading, &points, event, (&event.actors, &event.actor_words)),
                "target": actors(&reading, &points, event, (&event.recipients, &event.recipient_words)),
            })
        })
        .collect();
    json!({"id": line["id"], "events": events, "mentions": mentions(&reading, &points)})
}

/// All mentions of actors, whether an event has them or not.
fn mentions(reading: &Reading, points: &CodePoints) -> Vec<Value> {
    let all = reading.actors.iter().flat_map(|actor| actor.mentions.iter().map(move |span| (actor, *span)));
    all.map(|(actor, span)| told_actor(actor, span.of(&reading.document.text), Some(span), points)).collect()
}

/// An actor as the sets name it, where it stands: bodies and those who speak for them are `IGO`.
fn told_actor(actor: &Actor, text: &str, span: Option<Span>, points: &CodePoints) -> Value {
    let is_body = actor.country.is_none() && actor.code.is_some();
    let country = match actor.sector.as_deref() {
        _ if is_body => Some("IGO"),
        Some("NGO") if actor.country.is_none() => Some("NGO"),
        _ => actor.country.as_deref(),
    };
    json!({
        "text": text,
        "start": span.map(|span| points.at(span.start)),
        "end": span.map(|span| points.at(span.end)),
        "country": country,
        "code": actor.code,
        "sector": actor.sector,
        "register": actor.register,
    })
}

/// How far in the background an event stands: one for each clause or phrase that modifies something, one if nobody is
/// known to have done it.
fn depth(reading: &Reading, event: &Event) -> usize {
    let Some(sentence) = reading.segments.sentences.get(event.sentence) else { return 0 };
    let (tokens, tree) = (reading.segments.of(sentence), &reading.trees[event.sentence]);
    let Some(word) = tokens.iter().position(|token| token.span == event.trigger) else { return 0 };
    let modifies = |&word: &usize| {
        matches!(
            tree.deprel(word).base(),
            Deprel::Acl | Deprel::Advcl | Deprel::Nmod | Deprel::Obl | Deprel::Appos | Deprel::Compound
        )
    };
    let steps = std::iter::once(word).chain(tree.ancestors(word)).filter(modifies).count();
    steps + usize::from(event.actors.is_empty())
}

/// Whether two events of one type in a sentence are told of the same people: neither side differs where both know it.
fn is_one(earlier: &Event, event: &Event) -> bool {
    let meet = |one: &[ActorId], other: &[ActorId]| {
        one.is_empty() || other.is_empty() || one.iter().any(|actor| other.contains(actor))
    };
    earlier.sentence == event.sentence
        && meet(&earlier.actors, &event.actors)
        && meet(&earlier.recipients, &event.recipients)
}

fn join(earlier: &mut Event, event: &Event) {
    if earlier.recipients.is_empty() {
        earlier.recipients.clone_from(&event.recipients);
        earlier.recipient_words.clone_from(&event.recipient_words);
    }
    if earlier.actors.is_empty() {
        earlier.actors.clone_from(&event.actors);
        earlier.actor_words.clone_from(&event.actor_words);
    }
}

/// Where an actor is named: by the phrase that it was read from ("visited Cairo" makes Egypt the recipient), else by the
/// mention nearest to the trigger that is no pronoun.
fn actors(
    reading: &Reading,
    points: &CodePoints,
    event: &Event,
    (ids, words): (&[ActorId], &[Span]),
) -> Vec<Value> {
    let text = &reading.document.text;
    let actor = |(index, id): (usize, &ActorId)| {
        let actor = reading.actors.get(id.0 as usize)?;
        let read_from = words.get(index).filter(|word| !is_pronoun(text, word)).copied();
        let phrase = read_from.map(|word| phrase(reading, event.sentence, word));
        let named = phrase.map(|phrase| {
            let around =
                actor.mentions.iter().find(|mention| mention.contains(phrase) || phrase.contains(**mention));
            around.map_or(phrase, |mention| phrase.cover(*mention))
        });
        let span =
            named.or_else(|| nearest(text, &actor.mentions, event.trigger)).or(words.get(index).copied());
        Some(told_actor(actor, span.map_or(actor.name.as_str(), |span| span.of(text)), span, points))
    };
    ids.iter().enumerate().filter_map(actor).collect()
}

/// The noun phrase headed by a word, with what it is of or in, without relative clauses and coordinates.
fn phrase(reading: &Reading, sentence: usize, word: Span) -> Span {
    let Some(place) = reading.segments.sentences.get(sentence) else { return word };
    let (tokens, tree) = (reading.segments.of(place), &reading.trees[sentence]);
    let Some(head) = tokens.iter().position(|token| token.span == word) else { return word };
    let belongs = |child: usize| match tree.deprel(child) {
        Deprel::Det | Deprel::Amod | Deprel::Compound | Deprel::Nummod | Deprel::Flat | Deprel::NmodPoss => {
            true
        }
        Deprel::Nmod => {
            let mut cases = tree.children(child).filter(|&case| tree.deprel(case) == Deprel::Case);
            cases.any(|case| PART.contains(&tree.lemma(case)))
        }
        _ => false,
    };
    let mut words = vec![head];
    let mut next = 0;
    while let Some(&word) = words.get(next) {
        words.extend(tree.children(word).filter(|&child| belongs(child)));
        next += 1;
    }
    words.iter().fold(word, |span, &word| span.cover(tokens[word].span))
}

/// Prepositions of what a phrase names as a part of it.
const PART: &[&str] = &["of", "in", "from", "at", "throughout"];

fn is_pronoun(text: &str, span: &Span) -> bool {
    PRONOUNS.contains(&span.of(text).to_lowercase().as_str())
}

fn nearest(text: &str, mentions: &[Span], trigger: Span) -> Option<Span> {
    mentions
        .iter()
        .copied()
        .min_by_key(|mention| (is_pronoun(text, mention), mention.start.abs_diff(trigger.start)))
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
