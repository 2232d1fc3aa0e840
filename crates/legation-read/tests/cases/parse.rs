//! Tags, lemmas, trees and names, of words that are given.

use legation_read::parse::Tree;

use crate::support::{Case, check_folder, reader};

/// The text is one sentence a line, its words parted by blanks. `arcs`: `RELATION(HEAD, WORD)`. `lemmas`: `WORD LEMMA`.
/// `verbs`: a verb's word, tense, mood and form, and `passive`, as far as they are known. `names`: `KIND NAME`.
fn render(case: &Case, name: &str) -> Option<String> {
    let text = std::str::from_utf8(&case.bytes).ok()?;
    let mut lines = Vec::new();
    for sentence in text.lines() {
        let words: Vec<&str> = sentence.split(' ').collect();
        let tree = reader().parser().parse(&words);
        match name {
            "names" => lines.extend(
                tree.names
                    .iter()
                    .map(|name| format!("{} {}", name.kind.as_str(), words[name.words.clone()].join(" "))),
            ),
            "arcs" => lines.extend((0..words.len()).map(|word| arc(&tree, &words, word))),
            "lemmas" => {
                lines.extend(
                    words.iter().enumerate().map(|(word, form)| format!("{form} {}", tree.lemma(word))),
                );
            }
            "verbs" => lines.extend((0..words.len()).filter_map(|word| verb(&tree, &words, word))),
            _ => return None,
        }
    }
    Some(lines.join("\n"))
}

fn arc(tree: &Tree, words: &[&str], word: usize) -> String {
    let head = tree.head(word).map_or("ROOT", |head| words[head]);
    format!("{}({head}, {})", tree.deprel(word).as_str(), words[word])
}

fn verb(tree: &Tree, words: &[&str], word: usize) -> Option<String> {
    let feats = tree.feats(word);
    let known = [
        Some(words[word]),
        feats.tense.map(|tense| tense.as_str()),
        feats.mood.map(|mood| mood.as_str()),
        Some(feats.verb_form?.as_str()),
        feats.passive.then_some("passive"),
    ];
    Some(known.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

#[test]
fn parse_reads_its_cases() {
    check_folder("parse", render);
}
