//! Time, certainty and polarity of given event mentions.

use legation_read::{Reader, code::event::Status};
use serde_json::{Value, json};

use crate::input;

/// Judges each given event by the coded event whose trigger overlaps it; others count as plain facts.
pub(crate) fn predict(reader: &Reader, line: &Value) -> Value {
    let reading = input::read(reader, line, "dct");
    let text = &reading.document.text;
    let given = line["events"].as_array().map_or(&[][..], Vec::as_slice);
    let events: Vec<Value> = given
        .iter()
        .map(|mention| {
            let span = input::span(text, mention);
            let coded =
                reading.events.iter().find(|event| span.is_some_and(|span| span.overlaps(event.trigger)));
            let (time, certainty, polarity) =
                attributes(coded.map_or(Status::Happened, |event| event.status));
            json!({"eid": mention["eid"], "time": time, "certainty": certainty, "polarity": polarity})
        })
        .collect();
    json!({"id": line["id"], "events": events})
}

/// MEANTIME's three attributes for one of our statuses.
fn attributes(status: Status) -> (&'static str, &'static str, &'static str) {
    match status {
        Status::Happened | Status::Ongoing => ("NON_FUTURE", "CERTAIN", "POS"),
        Status::Planned => ("FUTURE", "CERTAIN", "POS"),
        Status::Conditional => ("FUTURE", "POSSIBLE", "POS"),
        Status::Negated | Status::Denied | Status::Cancelled => ("NON_FUTURE", "CERTAIN", "NEG"),
    }
}
