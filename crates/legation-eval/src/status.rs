//! Time, certainty and polarity of given event mentions.

use legation_read::{
    Reader,
    code::event::{Status, status_at},
    parse::Parsed,
};
use serde_json::{Value, json};

use crate::input;

/// Judges each given event by its own words and those above it in the tree.
pub(crate) fn predict(reader: &Reader, line: &Value) -> Value {
    let reading = input::read(reader, line, "dct");
    let text = &reading.document.text;
    let parsed = Parsed { document: &reading.document, segments: &reading.segments, trees: &reading.trees };
    let given = line["events"].as_array().map_or(&[][..], Vec::as_slice);
    let events: Vec<Value> = given
        .iter()
        .map(|mention| {
            let span = input::span(text, mention);
            let status = span.map_or(Status::Happened, |span| status_at(parsed, reader.data(), span));
            let (time, certainty, polarity) = attributes(status);
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
