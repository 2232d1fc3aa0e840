//! Words, tags and trees in the terms of a Universal Dependencies treebank.

use std::io::{self, Write};

use legation::conllu;
use legation_read::CodePoints;
use legation_read::{
    Reader,
    parse::Tree,
    segment::{self, Token},
    source,
};
use serde_json::{Value, json};

use crate::input;

/// Prints the sentences and words of a raw text.
pub(crate) fn predict(reader: &Reader, line: &Value) -> Value {
    let reading = input::read(reader, line, "date");
    let text = &reading.document.text;
    let points = CodePoints::new(text);
    let sentences: Vec<Value> = reading
        .segments
        .sentences
        .iter()
        .zip(&reading.trees)
        .map(|(sentence, tree)| {
            let tokens = reading.segments.of(sentence);
            let words: Vec<Value> = tokens
                .iter()
                .enumerate()
                .map(|(index, token)| word(text, &points, tree, index, *token))
                .collect();
            json!({"words": words})
        })
        .collect();
    json!({"id": line["id"], "sentences": sentences})
}

/// Prints the words of each block of a raw text, each with its start, its end, and whether a sentence ends there.
pub(crate) fn rules(reader: &Reader, line: &Value) -> Value {
    let document = source::verbatim(input::text(line, "id"), input::text(line, "text"), None);
    let segments = segment::segment_by_rules(&document, reader.data());
    let points = CodePoints::new(&document.text);
    let mut blocks = vec![Vec::new(); document.blocks.len()];
    for sentence in &segments.sentences {
        for token in segments.of(sentence) {
            let last = token.span.end == sentence.span.end;
            let word = json!([points.at(token.span.start), points.at(token.span.end), last]);
            blocks[sentence.block as usize].push(word);
        }
    }
    blocks.retain(|words| !words.is_empty());
    json!({"id": line["id"], "blocks": blocks})
}

fn word(text: &str, points: &CodePoints, tree: &Tree, index: usize, token: Token) -> Value {
    json!({
        "form": token.span.of(text),
        "start": points.at(token.span.start),
        "end": points.at(token.span.end),
        "upos": tree.upos(index).as_str(),
        "lemma": tree.lemma(index),
        "head": tree.head(index).map_or(0, |head| head + 1),
        "deprel": tree.deprel(index).as_str(),
        "feats": conllu::feats(tree.feats(index)),
    })
}

/// Parses the words of a CoNLL-U file and prints the file again with our tags and trees.
///
/// # Errors
/// Those of writing.
pub(crate) fn predict_on_gold(reader: &Reader, gold: &str, out: &mut impl Write) -> io::Result<()> {
    for block in gold.split("\n\n") {
        let rows: Vec<Vec<&str>> = block
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
            .collect();
        let words: Vec<&str> =
            rows.iter().filter(|row| is_word(row)).filter_map(|row| row.get(1).copied()).collect();
        if words.is_empty() {
            continue;
        }
        let tree = reader.parser().parse(&words);
        for comment in block.lines().filter(|line| line.starts_with('#')) {
            writeln!(out, "{comment}")?;
        }
        let mut index = 0;
        for row in &rows {
            if is_word(row) {
                let misc = row.get(9).copied().unwrap_or("_");
                writeln!(out, "{}", conllu::row(&tree, index, words[index], misc))?;
                index += 1;
            } else if row.first().is_some_and(|number| number.contains('-')) {
                writeln!(out, "{}", row.join("\t"))?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A row of a syntactic word: not a multi-word token's ("1-2"), not an empty node's ("1.1").
fn is_word(row: &[&str]) -> bool {
    row.len() >= 8 && row[0].bytes().all(|byte| byte.is_ascii_digit())
}
