//! What is so every year: "the monsoon lasts from June to August" in a text that tells how things are.

use super::{Found, pieces::Piece};
use crate::{
    data::calendar::{Means, class::Class},
    parse::{Deprel, Parsed, SentenceView, Tense, Tree, Upos, VerbForm},
};

/// Finite verbs that a text must have before its tenses tell what it is.
const ENOUGH: usize = 20;

/// Steps up the tree before giving up, so that the work for a date is bounded.
const REACH: usize = 12;

/// Whether a document tells how things are, not what happened: most finite verbs are in the present, and it counts
/// hardly a day from its own.
pub(super) fn is_guide(parsed: Parsed<'_>, found: &[Found<'_>]) -> bool {
    let mut months = false;
    let mut near = 0;
    for sentence in found {
        for one in &sentence.matches {
            let has = |class| one.captures.nth(class, 0).is_some();
            let means = sentence.calendar.rules[one.rule].means;
            months |=
                means == Means::Calendar && (has(Class::Month) || has(Class::May) || has(Class::Season));
            near += usize::from(has(Class::Deictic) || means == Means::Shifted || means == Means::Unit);
        }
    }
    if !months {
        return false;
    }
    let (mut present, mut past) = (0, 0);
    for view in parsed.sentences() {
        for word in 0..view.len() {
            match finite(view.tree, word) {
                Some(Tense::Pres) => present += 1,
                Some(Tense::Past) => past += 1,
                _ => {}
            }
        }
    }
    present >= ENOUGH && present >= past * 2 && near * 8 <= present
}

fn finite(tree: &Tree, word: usize) -> Option<Tense> {
    let feats = tree.feats(word);
    if feats.verb_form == Some(VerbForm::Fin) { feats.tense } else { None }
}

/// Whether the words at a date are of what is, or may be, at any time: "is driest in May", "you should come in May"; a
/// clause without a verb counts too.
pub(super) fn is_general(view: SentenceView<'_>, pieces: &[Piece], word: usize) -> bool {
    let tree = view.tree;
    for above in tree.ancestors(word).take(REACH) {
        if let Some(present) = by_helper(tree, above) {
            return present;
        }
        if let Some(tense) = finite(tree, above) {
            return tense == Tense::Pres && !is_schedule(view, pieces, above);
        }
    }
    true
}

/// Whether a season is said to be so or so, whatever the text: "Winter is the low season", "summer can be hot".
pub(super) fn is_subject(view: SentenceView<'_>, word: usize) -> bool {
    let tree = view.tree;
    let top = if tree.deprel(word) == Deprel::Conj { tree.head(word) } else { Some(word) };
    let clause = top.filter(|&top| tree.deprel(top).is_subject()).and_then(|top| tree.head(top));
    clause.is_some_and(|clause| tree.upos(clause) != Upos::Verb && by_helper(tree, clause) == Some(true))
}

/// Whether the helpers of a clause put it in the present; `None` where they do not tell.
fn by_helper(tree: &Tree, clause: usize) -> Option<bool> {
    let helps = |child: &usize| matches!(tree.deprel(*child).base(), Deprel::Aux | Deprel::Cop);
    tree.children(clause).take(REACH).filter(helps).find_map(|helper| {
        let modal = matches!(tree.lemma(helper), "can" | "should" | "may" | "must");
        let lasting = !matches!(tree.lemma(helper), "will" | "have");
        if modal { Some(true) } else { finite(tree, helper).map(|tense| tense == Tense::Pres && lasting) }
    })
}

/// "The talks resume in May" is of one May only.
fn is_schedule(view: SentenceView<'_>, pieces: &[Piece], verb: usize) -> bool {
    let start = view.span(verb).start;
    let piece = pieces.partition_point(|piece| piece.start < start);
    pieces.get(piece).is_some_and(|piece| piece.start == start && piece.is(Class::Schedule))
}
