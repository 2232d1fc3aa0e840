//! What a speaker does who only "says" or "calls", from what is said: "called it reckless" criticises.

use super::{cue::Cue, cue::CueKind, line::Line};
use crate::{
    Span,
    data::speech::Speech,
    parse::{Deprel, Tree},
};

/// The stance of a judgement, if the content is one: the complement of "call", or a clause of the kind "it was reckless".
pub(super) fn stance<'a>(
    line: &Line<'_>,
    cue: &Cue<'_>,
    pieces: &[Span],
    speech: &'a Speech,
) -> Option<&'a str> {
    let CueKind::Verb(verb) = cue.kind else { return None };
    let judged = |word: usize| speech.judgement(line.lower(word));
    let denied = |word: usize| is_denied(line.view.tree, word, |word| line.lower(word));
    if verb.takes.complement {
        let view = line.view;
        let within = |word: &usize| pieces.iter().any(|piece| piece.contains(view.span(*word)));
        return (cue.words.end..line.len()).filter(within).filter(|&word| !denied(word)).find_map(judged);
    }
    let tree = line.view.tree;
    let beside = tree
        .head(cue.head)
        .filter(|&clause| tree.deprel(cue.head) == Deprel::Parataxis && line.quotation(clause).is_none());
    let clause = beside.into_iter().chain(tree.children(cue.head)).find(|&child| {
        (Some(child) == beside || matches!(tree.deprel(child), Deprel::Ccomp | Deprel::Parataxis))
            && tree.child(child, Deprel::Cop).is_some()
    })?;
    let before =
        tree.children(clause).filter(|&child| matches!(tree.deprel(child), Deprel::Amod | Deprel::Advmod));
    if denied(clause) {
        return None;
    }
    let beside = tree.children_by(clause, Deprel::Conj).filter(|&other| !denied(other));
    judged(clause).or_else(|| before.into_iter().chain(beside).find_map(judged))
}

/// "not reckless", "no longer useful", "neither wise nor fair"; `form` gives a word as it is to be compared.
pub(super) fn is_denied<'a>(tree: &Tree, word: usize, form: impl Fn(usize) -> &'a str) -> bool {
    let negative =
        |word: usize| matches!(form(word), "not" | "n't" | "n’t" | "never" | "nor" | "neither" | "no");
    tree.children(word).any(negative) || (word.saturating_sub(2)..word).any(negative)
}
