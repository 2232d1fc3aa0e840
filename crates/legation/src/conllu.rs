//! Trees as CoNLL-U, the format the field's tools read.

use std::fmt::Write as _;

use legation_read::{
    Reading,
    parse::{Feats, Tree},
};

/// The features as CoNLL-U writes them: sorted by name, `_` for none.
#[must_use]
pub fn feats(feats: Feats) -> String {
    let pairs = [
        ("Mood", feats.mood.map(|value| value.as_str())),
        ("Number", feats.number.map(|value| value.as_str())),
        ("Person", feats.person.map(|value| value.as_str())),
        ("Polarity", feats.negative.then_some("Neg")),
        ("Poss", feats.possessive.then_some("Yes")),
        ("Tense", feats.tense.map(|value| value.as_str())),
        ("VerbForm", feats.verb_form.map(|value| value.as_str())),
        ("Voice", feats.passive.then_some("Pass")),
    ];
    let written: Vec<String> =
        pairs.iter().filter_map(|(name, value)| value.map(|value| format!("{name}={value}"))).collect();
    if written.is_empty() { "_".to_owned() } else { written.join("|") }
}

/// One word's row; `word` counts from 0.
#[must_use]
pub fn row(tree: &Tree, word: usize, form: &str, misc: &str) -> String {
    let head = tree.head(word).map_or(0, |head| head + 1);
    format!(
        "{}\t{form}\t{}\t{}\t_\t{}\t{head}\t{}\t_\t{misc}",
        word + 1,
        tree.lemma(word),
        tree.upos(word).as_str(),
        feats(tree.feats(word)),
        tree.deprel(word).as_str(),
    )
}

/// A whole reading: one block a sentence, multi-word tokens as ranges, `SpaceAfter=No` where no blank follows.
#[must_use]
pub fn reading(reading: &Reading) -> String {
    let text = &reading.document.text;
    let mut out = format!("# newdoc id = {}\n", reading.document.id);
    for (number, (sentence, tree)) in reading.segments.sentences.iter().zip(&reading.trees).enumerate() {
        let written = sentence.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "# sent_id = {}-{}\n# text = {written}", reading.document.id, number + 1);
        let tokens = reading.segments.of(sentence);
        for (index, token) in tokens.iter().enumerate() {
            if !token.joined {
                let parts = tokens[index + 1..].iter().take_while(|next| next.joined).count();
                if parts > 0 {
                    let whole = token.span.cover(tokens[index + parts].span);
                    let misc = space_after(text, whole.end);
                    let range = format!("{}-{}", index + 1, index + 1 + parts);
                    let _ = writeln!(out, "{range}\t{}\t_\t_\t_\t_\t_\t_\t_\t{misc}", whole.of(text));
                }
            }
            let in_range = token.joined || tokens.get(index + 1).is_some_and(|next| next.joined);
            let misc = if in_range { "_" } else { space_after(text, token.span.end) };
            let _ = writeln!(out, "{}", row(tree, index, token.span.of(text), misc));
        }
        out.push('\n');
    }
    out
}

fn space_after(text: &str, end: u32) -> &'static str {
    let next = text.get(end as usize..).and_then(|rest| rest.chars().next());
    if next.is_some_and(|character| !character.is_whitespace()) { "SpaceAfter=No" } else { "_" }
}
