//! What the event model sees, for `train/events/`: one line an input line, with each word that may name what a marked
//! source does to a marked target.

use legation_read::{
    Reader,
    code::event::{by_frames, seen_between},
    parse::Parsed,
};
use serde_json::{Value, json};

use crate::input;

/// Prints the features of the words; `trigger` says which of them the input marks, in any of its `triggers`.
pub(crate) fn dump(reader: &Reader, line: &Value) -> Value {
    let reading = input::read(reader, line, "date");
    let text = &reading.document.text;
    let (source, target) = (input::span(text, &line["source"]), input::span(text, &line["target"]));
    let parsed = Parsed { document: &reading.document, segments: &reading.segments, trees: &reading.trees };
    let triggers: Vec<_> = line["triggers"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|marked| input::span(text, marked))
        .collect();
    let sentence = source.or(target).and_then(|span| parsed.sentence_at(span.start)).unwrap_or(0);
    let words: Vec<Value> = seen_between(parsed, (reader.data(), reader.parser()), source, target)
        .into_iter()
        .map(|(word, seen)| {
            let view = parsed.sentence(sentence);
            let marked = triggers.iter().any(|marked| marked.overlaps(view.span(word)));
            json!({
                "word": view.word(word), "at": word, "trigger": marked,
                "buckets": seen.buckets, "plain": seen.plain, "rows": seen.rows,
            })
        })
        .collect();
    let frames = by_frames(parsed, reader.data(), source, target);
    let (root, confidence) = frames.map_or((None, 0.0), |root| (Some(root.kind), root.confidence));
    json!({"id": line["id"], "words": words, "root": root, "confidence": confidence})
}
