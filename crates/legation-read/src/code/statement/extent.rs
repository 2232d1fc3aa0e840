//! How far what is said reaches: to the speaker's next verb, another speaker, or another source.

use super::{cue::Cue, line::Line};
use crate::parse::{Deprel, Upos, VerbForm};

/// A clause reaches over what the tree hangs on the speech verb to its right.
pub(super) fn extended(line: &Line<'_>, verb: usize, mut end: usize) -> usize {
    let tree = line.view.tree;
    for child in tree.children(verb) {
        let belongs = matches!(
            tree.deprel(child),
            Deprel::Obl
                | Deprel::OblUnmarked
                | Deprel::Advmod
                | Deprel::Obj
                | Deprel::Xcomp
                | Deprel::Ccomp
                | Deprel::Advcl
        );
        if child >= end && belongs && !(tree.deprel(child) == Deprel::Advcl && line.is_gerund(child)) {
            end = tree.extent(child).end.max(end);
        }
    }
    end
}

/// Ends a clause where the speaker's next verb or another source begins.
pub(super) fn cut(line: &Line<'_>, cue: &Cue<'_>, start: usize, end: usize) -> usize {
    let tree = line.view.tree;
    let mut end = end;
    for child in tree.children_by(cue.head, Deprel::Conj) {
        let joined = tree.child(child, Deprel::Cc).is_some() || line.cues.contains(&child);
        if child > start && child < end && joined && line.quotation(child).is_none() {
            end = end.min(tree.extent(child).start.max(start + 1));
        }
    }
    for word in start + 1..end {
        let another =
            || begins_other(line, word) || ends_with_other(line, word) || begins_past(line, word, start);
        if line.quotation(word).is_none() && another() {
            return word;
        }
    }
    // "X, the envoy said, the agency reported": the last speaker is no part of what the first says
    let closing = line.cues.iter().filter(|&&other| other > start && other != cue.head);
    let closing = closing.filter_map(|&other| super::postposed::comma(line, other));
    end = closing.filter(|&comma| comma > start).min().map_or(end, |comma| end.min(comma));
    subordinate_end(line, cue, start, end)
}

/// "said he would order a review and warned of spies": no past goes on with what would be; it is the speaker's next verb.
fn begins_past(line: &Line<'_>, word: usize, start: usize) -> bool {
    let tree = line.view.tree;
    let modal = |child: usize| {
        tree.deprel(child) == Deprel::Aux
            && matches!(line.lower(child), "will" | "would" | "could" | "should" | "can" | "may" | "might")
    };
    let next = (word + 1..line.len().min(word + 3)).find(|&next| tree.upos(next) == Upos::Verb);
    matches!(line.lower(word), "and" | "but")
        && next.is_some_and(|verb| {
            let feats = tree.feats(verb);
            let past = feats.verb_form == Some(VerbForm::Fin) && feats.tense.is_some();
            let bare = tree.children(verb).all(|child| {
                !tree.deprel(child).is_subject()
                    && !matches!(tree.deprel(child), Deprel::Aux | Deprel::AuxPass)
            });
            let head = tree.head(verb).filter(|&head| tree.deprel(verb) == Deprel::Conj && head >= start);
            past && bare && head.is_some_and(|head| tree.children(head).any(modal))
        })
}

/// "The envoy said the pact was fair; the mayor said it was not": what follows the semicolon is another's.
fn ends_with_other(line: &Line<'_>, word: usize) -> bool {
    let tree = line.view.tree;
    let spoken = |cue: &usize| {
        let cue = *cue;
        cue > word
            && tree.upos(cue) == Upos::Verb
            && tree.children(cue).any(|child| {
                tree.deprel(child).is_subject() && child > word && tree.upos(child) != Upos::Pron
            })
    };
    line.view.word(word) == ";" && line.cues.iter().any(spoken)
}

/// Whether another source or the speaker's next verb begins here.
fn begins_other(line: &Line<'_>, word: usize) -> bool {
    let next = line.lower_at(word + 1);
    let is_cue = |word: usize| line.cues.contains(&word);
    if line.is_break(word - 1) {
        let source = line.lower(word) == "according" && next == "to";
        let as_told = line.lower(word) == "as" && matches!(next, "reported" | "quoted" | "stated");
        let conceded = matches!(line.lower(word), "though" | "although") && concedes(line, word);
        return source || as_told || conceded || (is_cue(word) && line.is_gerund(word));
    }
    // "and warned that", "but cautioned that"
    if !matches!(line.lower(word), "and" | "but") {
        return false;
    }
    let verb = if is_cue(word + 1) { word + 1 } else { word + 2 };
    let quoted = line.quotation(verb + 1).is_some() || line.quotation(verb + 2).is_some();
    is_cue(verb) && line.view.tree.upos(verb) == Upos::Verb && (line.lower_at(verb + 1) == "that" || quoted)
}

/// ", though she noted that B": somebody speaks right after the word.
fn concedes(line: &Line<'_>, word: usize) -> bool {
    let tree = line.view.tree;
    let verb = (word + 1..line.len().min(word + 5)).find(|&next| line.cues.contains(&next));
    verb.is_some_and(|verb| {
        tree.upos(verb) == Upos::Verb && tree.children(verb).any(|child| tree.deprel(child).is_subject())
    })
}

/// "While X said that A, B did not": what X said ends at the comma.
fn subordinate_end(line: &Line<'_>, cue: &Cue<'_>, start: usize, end: usize) -> usize {
    let opened = matches!(
        line.lower(0),
        "while" | "although" | "though" | "whereas" | "after" | "as" | "when" | "since"
    );
    let after = matches!(line.lower(0), "after" | "as" | "when" | "since");
    if !opened || cue.head > 14 || (after && line.view.tree.root() == cue.head) {
        return end;
    }
    let comma = (start + 1..end).find(|&word| line.view.word(word) == "," && line.quotation(word).is_none());
    comma.filter(|&comma| (comma..end).any(|word| line.view.tree.upos(word) == Upos::Verb)).unwrap_or(end)
}
