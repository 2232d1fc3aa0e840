//! What a speaker does who only "says" or "calls", from what is said: "called it reckless" criticises.

use super::{cue::Cue, cue::CueKind, line::Line};
use crate::{Span, data::speech::Speech, parse::Deprel};

/// The stance of a judgement, if the content is one: the complement of "call", or a clause of the kind "it was reckless".
pub(super) fn stance<'a>(
    line: &Line<'_>,
    cue: &Cue<'_>,
    pieces: &[Span],
    speech: &'a Speech,
) -> Option<&'a str> {
    let CueKind::Verb(verb) = cue.kind else { return None };
    let judged = |word: usize| speech.judgement(line.lower(word));
    if verb.takes.complement {
        let view = line.view;
        let within = |word: &usize| pieces.iter().any(|piece| piece.contains(view.span(*word)));
        return (cue.words.end..line.len())
            .filter(within)
            .filter(|&word| !is_denied(line, word))
            .find_map(judged);
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
    if is_denied(line, clause) {
        return None;
    }
    let beside = tree.children_by(clause, Deprel::Conj).filter(|&other| !is_denied(line, other));
    judged(clause).or_else(|| before.into_iter().chain(beside).find_map(judged))
}

/// "not reckless", "no longer useful", "neither wise nor fair".
fn is_denied(line: &Line<'_>, word: usize) -> bool {
    let negative =
        |word: usize| matches!(line.lower(word), "not" | "n't" | "n’t" | "never" | "nor" | "neither" | "no");
    let before = (word.saturating_sub(2)..word).any(negative);
    line.view.tree.children(word).any(negative) || before
}
