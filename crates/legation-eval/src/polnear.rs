//! Attributions of an article: source, cue and content.

use legation::wire::CodePoints;
use legation_read::{Reader, Span};
use serde_json::{Value, json};

use crate::input;

/// Prints an article's statements as attributions.
pub(crate) fn predict(reader: &Reader, line: &Value) -> Value {
    let reading = input::read(reader, line, "date");
    let points = CodePoints::new(&reading.document.text);
    let pair = |span: &Span| json!([points.at(span.start), points.at(span.end)]);
    let attributions: Vec<Value> = reading
        .statements
        .iter()
        .map(|statement| {
            json!({
                "content": statement.content.iter().map(pair).collect::<Vec<_>>(),
                "cue": statement.cue.iter().map(pair).collect::<Vec<_>>(),
                "source": statement.speaker_span.iter().map(pair).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({"id": line["id"], "attributions": attributions})
}
