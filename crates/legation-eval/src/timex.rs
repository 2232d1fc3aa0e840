//! Time expressions of a text.

use legation::wire::CodePoints;
use legation_read::Reader;
use serde_json::{Value, json};

use crate::input;

/// Prints the time expressions of a text whose creation time is given.
pub(crate) fn predict(reader: &Reader, line: &Value) -> Value {
    let reading = input::read(reader, line, "dct");
    let points = CodePoints::new(&reading.document.text);
    let timexes: Vec<Value> = reading
        .dates
        .iter()
        .map(|date| {
            json!({
                "start": points.at(date.span.start),
                "end": points.at(date.span.end),
                "type": date.kind.as_str(),
                "value": date.value,
            })
        })
        .collect();
    json!({"id": line["id"], "timexes": timexes})
}
