//! The cue at the end of its sentence: "The road is closed, an aide who knows it said", "..., said Ana Lopez of Lund".

use super::speaker::Speaker;
use super::{content, cue::Cue, line::Line};
use crate::{
    Span,
    data::speech::Takes,
    parse::{Deprel, Upos},
};

/// Words between the comma and the end of the sentence, at most.
const LONGEST: usize = 40;

/// The sentence before a closing "..., Z said", whatever the tree makes of it.
pub(super) fn content(line: &Line<'_>, cue: &Cue<'_>, takes: Takes) -> Option<Vec<Span>> {
    if !takes.clause || cue.words.len() > 1 || line.is_gerund(cue.head) {
        return None;
    }
    let comma = comma(line, cue.head)?;
    content::piece(line, 0..comma).map(|piece| vec![piece])
}

/// Whoever stands between the comma and the verb, where the verb closes its sentence.
pub(super) fn speaker(line: &Line<'_>, verb: usize) -> Option<Speaker> {
    let comma = comma(line, verb)?;
    let tree = line.view.tree;
    let words = line.trimmed(comma + 1..verb);
    let nominal = |word: usize| matches!(tree.upos(word), Upos::Noun | Upos::Propn | Upos::Pron);
    let describes = |word: usize| {
        matches!(
            tree.deprel(word),
            Deprel::Compound | Deprel::NmodPoss | Deprel::NmodDesc | Deprel::Flat | Deprel::Amod
        )
    };
    let plain = |word: usize| nominal(word) && !describes(word);
    let head =
        words.clone().find(|&word| plain(word)).or_else(|| words.clone().find(|&word| nominal(word)))?;
    Some(Speaker { head, words })
}

/// The comma before a subject and a verb that close a sentence.
pub(super) fn comma(line: &Line<'_>, verb: usize) -> Option<usize> {
    let tree = line.view.tree;
    if !line.is_tagged() || !is_last(line, verb) {
        return None;
    }
    let comma = (verb.saturating_sub(LONGEST)..verb).rev().find(|&word| line.is_break(word))?;
    if line.view.word(comma) != "," || line.quotation(comma).is_some() || comma < 2 {
        return None;
    }
    let between = comma + 1..verb;
    let inverted = between.is_empty();
    let named = matches!(
        tree.upos(comma + 1),
        Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det | Upos::Adj | Upos::Num
    );
    let clause = between.clone().any(|word| {
        matches!(tree.upos(word), Upos::Sconj | Upos::Cconj)
            || matches!(tree.upos(word), Upos::Verb) && !is_modifier(line, word)
            || matches!(line.lower(word), "who" | "which")
    });
    let subordinate = matches!(
        line.lower(0),
        "when"
            | "if"
            | "as"
            | "after"
            | "before"
            | "while"
            | "since"
            | "although"
            | "though"
            | "because"
            | "asked"
    );
    let finite = (0..comma).any(|word| {
        line.quotation(word).is_none()
            && matches!(tree.upos(word), Upos::Verb | Upos::Aux)
            && (tree.feats(word).tense.is_some() || tree.upos(word) == Upos::Aux)
    });
    (!inverted && named && !clause && !subordinate && finite).then_some(comma)
}

fn is_modifier(line: &Line<'_>, word: usize) -> bool {
    matches!(line.view.tree.deprel(word), Deprel::Amod | Deprel::Acl | Deprel::Compound)
}

/// Whether only an addressee, a place or a time follows the verb in its clause.
fn is_last(line: &Line<'_>, verb: usize) -> bool {
    let tree = line.view.tree;
    for word in verb + 1..line.len() {
        if line.is_break(word) || matches!(line.view.word(word), "." | "?" | "!") {
            break;
        }
        if matches!(line.lower(word), "as" | "when" | "after" | "while" | "before" | "during") {
            break;
        }
        if line.lower(word) == "that" || line.quotation(word).is_some() {
            return false;
        }
        if matches!(tree.upos(word), Upos::Verb | Upos::Aux) && !is_modifier(line, word) {
            return false;
        }
    }
    true
}
