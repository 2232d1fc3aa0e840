//! What is said where a verb of speech stands in the passive: "the coup was condemned by Paris", "he is said to have
//! left", "the pact was called a farce by the mayor".

use super::{content, cue::Cue, extent, line::Line, object, speaker};
use crate::{
    Span,
    data::speech::Takes,
    parse::{Deprel, Upos},
};

/// The subject and what is said of it: an infinitive, or what it is called.
pub(super) fn content(line: &Line<'_>, cue: &Cue<'_>, takes: Takes) -> Option<Vec<Span>> {
    let tree = line.view.tree;
    let agent = speaker::of_passive(line, cue.head);
    let subject = tree.child(cue.head, Deprel::NsubjPass).filter(|&subject| subject < cue.head)?;
    let raised = if takes.clause && !takes.addressee && !takes.order { infinitive(line, cue) } else { None };
    let called = if takes.complement { complement(line, cue) } else { None };
    let charged = if takes.object { charge(line, cue) } else { None };
    let said_of = raised.or(called).or(charged);
    if said_of.is_none() && (agent.is_none() || !(takes.object || takes.complement)) {
        return None;
    }
    let mut pieces: Vec<Span> = Vec::new();
    pieces.extend(content::piece(line, tree.extent(subject)));
    let after = said_of.map(|head| {
        let extent = tree.extent(head);
        let by = agent.map_or(extent.end, |agent| agent.words.start.saturating_sub(1));
        let end = if by > head { by.min(extent.end) } else { extent.end };
        extent.start.max(cue.words.end)..end
    });
    pieces.extend(
        after.and_then(|words| {
            content::piece(line, words.start..extent::cut(line, cue, words.start, words.end))
        }),
    );
    Some(pieces)
}

/// "to have left" of "is said to have left".
fn infinitive(line: &Line<'_>, cue: &Cue<'_>) -> Option<usize> {
    let tree = line.view.tree;
    tree.children_by(cue.head, Deprel::Xcomp).find(|&child| {
        child > cue.head && tree.child(child, Deprel::Mark).is_some_and(|mark| line.lower(mark) == "to")
    })
}

/// "of hiding it" of "was accused of hiding it".
fn charge(line: &Line<'_>, cue: &Cue<'_>) -> Option<usize> {
    let mut children = line.view.tree.children(cue.head);
    children.find(|&child| child >= cue.words.end && object::is_complement(line, child))
}

/// "a farce" of "was called a farce", "as a friend" of "was described as a friend".
fn complement(line: &Line<'_>, cue: &Cue<'_>) -> Option<usize> {
    let tree = line.view.tree;
    tree.children(cue.head).find(|&child| {
        let marked = || tree.children(child).any(|mark| mark < child && line.lower(mark) == "as");
        let nominal = matches!(tree.upos(child), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Verb);
        child >= cue.words.end
            && nominal
            && match tree.deprel(child) {
                Deprel::Xcomp => true,
                Deprel::Obl | Deprel::Advcl | Deprel::Ccomp => marked(),
                _ => false,
            }
    })
}
