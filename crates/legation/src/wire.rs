//! `legation.reading/1`: a reading as JSON, spans counted in Unicode code points.

use legation_read::{
    CodePoints, Problem, Reading, Span,
    code::{
        event::{Event, Quantity, When},
        expectation::{Expectation, Position},
        relation::Relation,
        statement::{About, Statement},
    },
    data::speech::Towards,
    resolve::{
        actor::{Actor, ActorId},
        date::{Anchor, Date},
        place::Place,
    },
};
use serde_json::{Map, Value, json};

/// Name of the JSON contract.
pub const SCHEMA: &str = "legation.reading/1";

fn span(points: &CodePoints, span: Span) -> Value {
    json!({"start": points.at(span.start), "end": points.at(span.end)})
}

fn spans(points: &CodePoints, spans: &[Span]) -> Value {
    spans.iter().map(|&item| span(points, item)).collect()
}

fn maybe(points: &CodePoints, item: Option<Span>) -> Value {
    item.map_or(Value::Null, |item| span(points, item))
}

fn id(letter: char, number: u32) -> Value {
    Value::String(format!("{letter}{}", number + 1))
}

fn actor_ids(ids: &[ActorId]) -> Value {
    ids.iter().map(|actor_id| id('a', actor_id.0)).collect()
}

fn actor_id(actor: Option<ActorId>) -> Value {
    actor.map_or(Value::Null, |actor| id('a', actor.0))
}

/// Hashes that name what a reading was made with.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// SHA-256 of registers, codebook and rules.
    pub data: String,
    /// SHA-256 of the model files.
    pub models: String,
}

/// The reading as one JSON object, fields in the order of the contract.
#[must_use]
pub fn reading(reading: &Reading, made: &Made) -> Value {
    let document = &reading.document;
    let points = CodePoints::new(&document.text);
    let sentences: Vec<Value> =
        reading.segments.sentences.iter().map(|sentence| span(&points, sentence.span)).collect();
    json!({
        "schema": SCHEMA,
        "legation": env!("CARGO_PKG_VERSION"),
        "data": made.data,
        "models": made.models,
        "document": {
            "id": document.id,
            "title": document.title,
            "outlet": document.outlet,
            "byline": document.byline,
            "published": document.published.map(|day| day.to_string()),
            "language": document.language,
            "url": document.url,
            "sha256": document.sha256,
        },
        "text": document.text,
        "sentences": sentences,
        "actors": numbered(&reading.actors, |number, item| actor(&points, number, item)),
        "places": numbered(&reading.places, |number, item| place(&points, number, item)),
        "dates": numbered(&reading.dates, |number, item| date(&document.text, &points, number, item)),
        "events": numbered(&reading.events, |number, item| {
            let topics = if item.kind == "CONSULT" { reading.topics_of_sentence(item.sentence) } else { Vec::new() };
            with_quantities(with_topics(event(&points, number, item), &topics), &points, item)
        }),
        "statements": numbered(&reading.statements, |number, item| {
            with_topics(statement(&points, number, item), &reading.topics_of_statement(item))
        }),
        "expectations": numbered(&reading.expectations, |number, item| {
            with_topics(expectation(&points, number, item), &reading.topics_of_sentence(item.sentence))
        }),
        "relations": numbered(&reading.relations, |number, item| relation(&points, number, item)),
        "problems": reading.problems.iter().map(|item| problem(&points, item)).collect::<Value>(),
    })
}

fn numbered<T>(items: &[T], mut write: impl FnMut(u32, &T) -> Value) -> Value {
    (0_u32..).zip(items).map(|(number, item)| write(number, item)).collect()
}

/// Adds what an object is about, as its last field.
fn with_topics(mut object: Value, topics: &[&str]) -> Value {
    if let Some(fields) = object.as_object_mut() {
        fields.insert("topics".to_owned(), json!(topics));
    }
    object
}

/// Adds how many an event tells of, as its last field.
fn with_quantities(mut object: Value, points: &CodePoints, event: &Event) -> Value {
    if let Some(fields) = object.as_object_mut() {
        let quantities = event.quantities.iter().map(|item| quantity(points, item)).collect();
        fields.insert("quantities".to_owned(), quantities);
    }
    object
}

fn quantity(points: &CodePoints, quantity: &Quantity) -> Value {
    json!({
        "value": quantity.value.map(number),
        "least": quantity.least.map(number),
        "most": quantity.most.map(number),
        "what": quantity.what,
        "of": quantity.of,
        "span": span(points, quantity.span),
    })
}

/// A whole number without a point.
fn number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        #[allow(clippy::cast_possible_truncation)] // whole, and far inside the range
        return json!(number as i64);
    }
    json!(number)
}

fn actor(points: &CodePoints, number: u32, actor: &Actor) -> Value {
    json!({
        "id": id('a', number),
        "name": actor.name,
        "kind": actor.kind.as_str(),
        "country": actor.country,
        "code": actor.code,
        "sector": actor.sector,
        "role": actor.role,
        "register": actor.register,
        "mentions": spans(points, &actor.mentions),
    })
}

fn place(points: &CodePoints, number: u32, place: &Place) -> Value {
    json!({
        "id": id('p', number),
        "name": place.name,
        "country": place.country,
        "lat": place.latitude,
        "lon": place.longitude,
        "geonames": place.geonames,
        "mentions": spans(points, &place.mentions),
    })
}

fn date(text: &str, points: &CodePoints, number: u32, date: &Date) -> Value {
    let anchor = match date.anchor {
        Anchor::Absolute => json!("absolute"),
        Anchor::Published => json!("published"),
        Anchor::Date(other) => id('d', other.0),
        Anchor::Missing => Value::Null,
    };
    json!({
        "id": id('d', number),
        "start": points.at(date.span.start),
        "end": points.at(date.span.end),
        "text": date.span.of(text),
        "type": date.kind.as_str(),
        "value": date.value,
        "first": date.first.map(|day| day.to_string()),
        "last": date.last.map(|day| day.to_string()),
        "precision": date.precision,
        "modifier": date.modifier,
        "anchor": anchor,
        "alternative": date.alternative,
    })
}

fn when(when: &When) -> Value {
    json!({
        "value": when.value,
        "first": when.first.map(|day| day.to_string()),
        "last": when.last.map(|day| day.to_string()),
        "from": when.from.map(|date| id('d', date.0)),
    })
}

fn event(points: &CodePoints, number: u32, event: &Event) -> Value {
    let claims: Vec<Value> = event
        .claims
        .iter()
        .map(|claim| {
            json!({
                "by": actor_id(claim.by),
                "via": actor_ids(&claim.via),
                "stance": claim.stance,
                "statement": claim.statement.map(|statement| id('s', statement.0)),
            })
        })
        .collect();
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("id", id('e', number));
    put("type", json!(event.kind));
    put("mode", json!(event.mode));
    put("contexts", json!(event.contexts));
    put("quad", json!(event.quad));
    put("cameo", json!(event.cameo));
    put("intensity", json!(event.intensity));
    put("actors", actor_ids(&event.actors));
    put("recipients", actor_ids(&event.recipients));
    put("reciprocal", json!(event.reciprocal));
    put("date", event.date.as_ref().map_or(Value::Null, when));
    put("place", event.place.map_or(Value::Null, |place| id('p', place.0)));
    put("status", json!(event.status.as_str()));
    put("claims", Value::Array(claims));
    put("sentence", json!(event.sentence));
    put("trigger", span(points, event.trigger));
    put("rule", json!(event.rule));
    put("confidence", json!(event.confidence));
    put("same_as", event.same_as.map_or(Value::Null, |other| id('e', other.0)));
    Value::Object(fields)
}

fn statement(points: &CodePoints, number: u32, statement: &Statement) -> Value {
    json!({
        "id": id('s', number),
        "speaker": actor_id(statement.speaker),
        "speaker_text": statement.speaker_text,
        "speaker_span": maybe(points, statement.speaker_span),
        "cue": maybe(points, statement.cue),
        "content": spans(points, &statement.content),
        "kind": statement.kind.as_str(),
        "stance": statement.stance,
        "act": if statement.is_attitude() { "attitude" } else { "speech" },
        "addressee": actor_id(statement.addressee),
        "via": actor_ids(&statement.via),
        "date": statement.date.map(|date| id('d', date.0)),
        "about": statement.about.iter().map(about).collect::<Vec<_>>(),
        "sentence": statement.sentence,
    })
}

fn about(about: &About) -> Value {
    json!({"actor": id('a', about.actor.0), "towards": about.towards.map(Towards::as_str)})
}

fn expectation(points: &CodePoints, number: u32, expectation: &Expectation) -> Value {
    json!({
        "id": id('x', number),
        "what": expectation.what,
        "who": actor_ids(&expectation.who),
        "where": expectation.place.map(|place| id('p', place.0)),
        "when": expectation.when.as_ref().map_or(Value::Null, when),
        "occasion": expectation.occasion,
        "status": expectation.status,
        "positions": expectation.positions.iter().map(|item| position(points, item)).collect::<Value>(),
        "events": expectation.events.iter().map(|event| id('e', event.0)).collect::<Value>(),
    })
}

fn position(points: &CodePoints, position: &Position) -> Value {
    json!({
        "party": actor_id(position.party),
        "party_text": position.party_text,
        "position": position.position,
        "sentence": position.sentence,
        "span": span(points, position.span),
    })
}

fn relation(points: &CodePoints, number: u32, relation: &Relation) -> Value {
    json!({
        "id": id('r', number),
        "kind": relation.kind,
        "from": actor_id(relation.from),
        "to": actor_id(relation.to),
        "what": relation.what,
        "value": relation.value,
        "since": relation.since,
        "sentence": relation.sentence,
        "parties": actor_ids(&relation.parties),
        "value_text": relation.value_text,
        "rank": relation.rank,
        "until": relation.until,
        "span": span(points, relation.span),
    })
}

fn problem(points: &CodePoints, problem: &Problem) -> Value {
    json!({"span": maybe(points, problem.span), "code": problem.code, "message": problem.message})
}
