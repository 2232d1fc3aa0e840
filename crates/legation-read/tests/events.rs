//! The shipped event model: that it is the one on its card, and what it says of sentences written for this project.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

use std::fs;
use std::path::PathBuf;

use legation_read::{
    Reader, Span,
    code::event::{between, model_hash},
    parse::Parsed,
    source,
};

#[test]
fn the_card_names_the_weights() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../models/events-1/card.toml");
    let card: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
    assert_eq!(card["sha256"].as_str(), Some(model_hash().as_str()));
}

/// The type between the words marked as `{source}` and `[target]`, with its rule.
fn asked(reader: &Reader, marked: &str) -> (String, String) {
    let text: String = marked.chars().filter(|character| !"{}[]".contains(*character)).collect();
    let span = |words: &str| {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let part = |open: char, close: char| marked.split(open).nth(1).unwrap().split(close).next().unwrap();
    let (from, to) = (span(part('{', '}')), span(part('[', ']')));
    let reading = reader.read_document(source::verbatim("test", &text, None));
    let parsed = Parsed { document: &reading.document, segments: &reading.segments, trees: &reading.trees };
    let root = between(parsed, (reader.data(), reader.parser()), Some(from), Some(to)).unwrap();
    assert!((0.0..=1.0).contains(&root.confidence), "{}", root.confidence);
    (root.kind, root.rule)
}

#[test]
fn plain_cases_are_clear() {
    let reader = Reader::shipped().unwrap();
    for (marked, kind) in [
        ("{Norway} condemned [Belarus] for the arrests.", "ACCUSE"),
        ("{Kenya} met [Uganda] in Kisumu.", "CONSULT"),
        ("{Rebels} shelled [Goma].", "ASSAULT"),
        ("{The police} arrested [nine students].", "COERCE"),
        ("{Japan} rejected [Seoul]'s proposal.", "REJECT"),
    ] {
        assert_eq!(asked(&reader, marked).0, kind, "{marked}");
    }
}

#[test]
fn words_that_no_frame_knows_are_the_models() {
    let reader = Reader::shipped().unwrap();
    let named = asked(&reader, "{Ghana} zorbled [Togo].");
    assert!(named.1.contains('/'), "{}", named.1);
}
