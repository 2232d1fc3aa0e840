//! Attributions of an article: source, cue and content.

use legation_read::CodePoints;
use legation_read::{Reader, Span, code::statement::Statement};
use serde_json::{Value, json};

use crate::input;

/// Prints an article's statements as attributions; the corpus is flat, so that a statement inside another is left out,
/// and a quotation that goes on without a cue is a piece of the statement which it goes on with.
pub(crate) fn predict(reader: &Reader, line: &Value) -> Value {
    let reading = input::read(reader, line, "date");
    let points = CodePoints::new(&reading.document.text);
    let pair = |span: &Span| json!([points.at(span.start), points.at(span.end)]);
    let mut contents: Vec<Vec<Span>> =
        reading.statements.iter().map(|statement| statement.content.clone()).collect();
    for (index, statement) in reading.statements.iter().enumerate() {
        if let Some(other) = statement.continues {
            let pieces = std::mem::take(&mut contents[index]);
            contents[other.0 as usize].extend(pieces);
        }
    }
    let attributions: Vec<Value> = reading
        .statements
        .iter()
        .zip(&contents)
        .filter(|(statement, content)| !content.is_empty() && !is_nested(statement, &reading.statements))
        .map(|(statement, content)| {
            json!({
                "content": content.iter().map(pair).collect::<Vec<_>>(),
                "cue": statement.cue.iter().map(pair).collect::<Vec<_>>(),
                "source": statement.speaker_span.iter().map(pair).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({"id": line["id"], "attributions": attributions})
}

/// Whether the statement's cue stands in what another statement says.
fn is_nested(statement: &Statement, statements: &[Statement]) -> bool {
    let Some(cue) = statement.cue else { return false };
    statements.iter().any(|other| {
        let own = other.cue.is_some_and(|other| other == cue);
        !own && other.content.iter().any(|piece| piece.contains(cue))
    })
}
