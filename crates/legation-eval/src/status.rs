//! Time, certainty and polarity of given event mentions.

use legation_read::{
    Reader,
    code::event::{Outlook, outlook_at},
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
            let outlook = span.map_or_else(Outlook::default, |span| outlook_at(parsed, reader.data(), span));
            let time = if outlook.to_come { "FUTURE" } else { "NON_FUTURE" };
            let certainty = if outlook.open { "POSSIBLE" } else { "CERTAIN" };
            let polarity = if outlook.negated { "NEG" } else { "POS" };
            json!({"eid": mention["eid"], "time": time, "certainty": certainty, "polarity": polarity})
        })
        .collect();
    json!({"id": line["id"], "events": events})
}
