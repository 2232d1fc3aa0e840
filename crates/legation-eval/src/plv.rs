//! The PLOVER root of what a marked source does to a marked target.

use legation_read::{Reader, code::event::between, parse::Parsed};
use serde_json::{Value, json};

use crate::input;

/// Names the root that joins the two marked actors.
pub(crate) fn predict(reader: &Reader, line: &Value) -> Value {
    let reading = input::read(reader, line, "date");
    let text = &reading.document.text;
    let (source, target) = (input::span(text, &line["source"]), input::span(text, &line["target"]));
    let parsed = Parsed { document: &reading.document, segments: &reading.segments, trees: &reading.trees };
    let root = between(parsed, (reader.data(), reader.parser()), source, target);
    json!({"id": line["id"], "root": root.as_ref().map(|root| &root.kind), "rule": root.as_ref().map(|root| &root.rule), "confidence": root.as_ref().map(|root| root.confidence)})
}
