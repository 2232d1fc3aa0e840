//! Names of a text.

use legation_read::CodePoints;
use legation_read::Reader;
use serde_json::{Value, json};

use crate::input;

/// Prints the parser's names.
pub(crate) fn predict(reader: &Reader, line: &Value) -> Value {
    let reading = input::read(reader, line, "date");
    let points = CodePoints::new(&reading.document.text);
    let mut entities = Vec::new();
    for (sentence, tree) in reading.segments.sentences.iter().zip(&reading.trees) {
        let tokens = reading.segments.of(sentence);
        for name in &tree.names {
            let span = tokens[name.words.start].span.cover(tokens[name.words.end - 1].span);
            entities.push(json!({
                "start": points.at(span.start),
                "end": points.at(span.end),
                "type": name.kind.as_str(),
            }));
        }
    }
    json!({"id": line["id"], "entities": entities})
}
