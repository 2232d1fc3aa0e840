//! Noun phrases that are said: "condemned the coup as illegal", "called for calm", "called the vote a farce".

use super::{content::piece, cue::Cue, extent::cut, line::Line};
use crate::{
    Span,
    data::speech::Takes,
    parse::{Deprel, Upos},
};

/// "condemned the coup as illegal", "called the vote “unfair”".
pub(super) fn object(line: &Line<'_>, cue: &Cue<'_>, takes: Takes) -> Option<Vec<Span>> {
    let document = takes.document && by_document(line, cue);
    if !(takes.object || takes.complement || document) {
        return None;
    }
    let tree = line.view.tree;
    if line.is_passive(cue.head) {
        return None;
    }
    let (mut start, mut end, mut called) = (line.len(), 0, false);
    let below =
        cue.words.clone().flat_map(|word| tree.children(word)).filter(|child| !cue.words.contains(child));
    for child in below {
        let after = child >= cue.words.end;
        let to =
            takes.complement && tree.child(child, Deprel::Case).is_some_and(|case| line.lower(case) == "to");
        let complement = after && (is_complement(line, child) || (to && end > 0));
        let object = after && matches!(tree.deprel(child), Deprel::Obj | Deprel::Xcomp | Deprel::Ccomp)
            || (after && takes.complement && tree.deprel(child) == Deprel::Iobj)
            || (after && is_particles_own(line, cue, child));
        let quoted_too = tree.deprel(child) == Deprel::Conj && line.quotation(child).is_some();
        if object || complement || (quoted_too && end > 0) {
            let extent = tree.extent(child);
            // "calls it a farce": two objects
            called |= object && takes.complement && end > 0 && tree.deprel(child) == Deprel::Obj;
            start = start.min(if after { extent.start.max(cue.words.end) } else { extent.start });
            if after || end == 0 {
                end = end.max(extent.end);
            }
            let renamed = (child + 1..extent.end).any(|word| matches!(line.lower(word), "a" | "an"))
                || (object && is_called(line, child));
            called |= complement || tree.deprel(child) == Deprel::Xcomp || (object && renamed);
        }
    }
    if start >= end {
        return None;
    }
    if cue.words.len() > 1 && takes.object {
        end = to_do(line, cue, end);
    }
    if called && !takes.object {
        end = with_adverb(line, cue, end);
    }
    let quoted = (start..end).any(|word| line.quotation(word).is_some());
    if takes.complement && !takes.object && !called && !quoted {
        return None;
    }
    let end = next_verb(
        line,
        start,
        cut(line, cue, start, conditioned(line, cue, with_phrases(line, cue, document, end))),
    );
    piece(line, start..end).map(|piece| vec![piece])
}

/// "called it a step forward": an adverb that the tree hangs on the verb belongs to what somebody is called.
fn with_adverb(line: &Line<'_>, cue: &Cue<'_>, end: usize) -> usize {
    let tree = line.view.tree;
    let adverb = tree.children_by(cue.head, Deprel::Advmod).any(|child| child == end);
    if adverb { end + 1 } else { end }
}

/// "took issue with the figures", "planned on leaving": what the last particle of a cue stands before.
fn is_particles_own(line: &Line<'_>, cue: &Cue<'_>, child: usize) -> bool {
    let tree = line.view.tree;
    let marked = || tree.children(child).any(|mark| cue.words.contains(&mark));
    match tree.deprel(child) {
        Deprel::Obl => cue.words.len() > 1,
        Deprel::Nmod | Deprel::Advcl | Deprel::Acl => cue.words.len() > 1 && marked(),
        _ => false,
    }
}

/// "the poll shows": a document is the subject.
fn by_document(line: &Line<'_>, cue: &Cue<'_>) -> bool {
    let tree = line.view.tree;
    let subject = tree.child(cue.head, Deprel::Nsubj);
    let showing = || tree.head(cue.head).filter(|_| tree.deprel(cue.head) == Deprel::Acl);
    subject
        .or_else(showing)
        .is_some_and(|subject| line.speech.is_document(&tree.lemma(subject).to_lowercase()))
}

/// "promised elections within a month", "the poll shows Lopez in the lead": a phrase that goes on with the thing said.
fn with_phrases(line: &Line<'_>, cue: &Cue<'_>, document: bool, mut end: usize) -> usize {
    const INNER: &[&str] =
        &["across", "against", "along", "among", "between", "inside", "near", "outside", "under", "within"];
    let tree = line.view.tree;
    for child in tree.children_by(cue.head, Deprel::Obl) {
        let case = tree.child(child, Deprel::Case);
        let inner = case.is_some_and(|case| document || INNER.contains(&line.lower(case)));
        let extent = tree.extent(child);
        if inner && extent.start == end {
            end = extent.end;
        }
    }
    end
}

/// "warned of a war if the dam was built": the condition belongs to what is said.
fn conditioned(line: &Line<'_>, cue: &Cue<'_>, end: usize) -> usize {
    let tree = line.view.tree;
    let condition = matches!(line.lower_at(end), "if" | "unless").then(|| {
        tree.children_by(cue.head, Deprel::Advcl)
            .map(|child| tree.extent(child))
            .find(|clause| clause.start == end)
    });
    condition.flatten().map_or(end, |clause| clause.end)
}

/// "called for teachers to wear badges": what the object is to do.
fn to_do(line: &Line<'_>, cue: &Cue<'_>, end: usize) -> usize {
    let tree = line.view.tree;
    let verb = tree.children(cue.head).find(|&child| {
        child > end && line.lower_at(end) == "to" && tree.extent(child).start == end && !line.is_punct(child)
    });
    verb.map_or(end, |verb| tree.extent(verb).end)
}

/// "called the charges unproven": an adjective or a participle right after the noun.
fn is_called(line: &Line<'_>, noun: usize) -> bool {
    let tree = line.view.tree;
    tree.children(noun).any(|child| {
        child == noun + 1
            && matches!(tree.deprel(child), Deprel::Amod | Deprel::Acl)
            && !line.is_gerund(child)
    })
}

/// "praised the pact, called it fair and left": a noun phrase ends where the speaker's next verb follows a comma.
fn next_verb(line: &Line<'_>, start: usize, end: usize) -> usize {
    let tree = line.view.tree;
    let begins = |&word: &usize| {
        line.view.word(word) == ";" && line.quotation(word).is_none()
            || line.view.word(word - 1) == "," && matches!(line.lower(word), "which" | "who" | "whose")
            || line.is_break(word - 1)
                && line.cues.contains(&word)
                && line.quotation(word).is_none()
                && tree.upos(word) == Upos::Verb
                && !line.is_gerund(word)
    };
    (start + 1..end).find(begins).unwrap_or(end)
}

/// "called the vote a farce" where the tree has no object: what follows, if it names a thing and what it is called.
pub(super) fn named_by_order(line: &Line<'_>, cue: &Cue<'_>, takes: Takes) -> Option<Vec<Span>> {
    let tree = line.view.tree;
    let start = cue.words.end;
    if !takes.complement || start >= line.len() || line.is_passive(cue.head) {
        return None;
    }
    let end = (start..line.len())
        .find(|&word| line.is_break(word) || line.view.word(word) == ".")
        .unwrap_or(line.len());
    let end = cut(line, cue, start, end);
    let thing = matches!(tree.upos(start), Upos::Det | Upos::Pron | Upos::Propn);
    let renamed = (start + 2..end).any(|word| matches!(line.lower(word), "a" | "an" | "as"));
    (thing && renamed).then(|| piece(line, start..end).into_iter().collect())
}

/// "as illegal", "of shelling the bridge", "for the fire".
pub(super) fn is_complement(line: &Line<'_>, word: usize) -> bool {
    let tree = line.view.tree;
    let introduced = tree.children(word).any(|child| {
        matches!(tree.deprel(child), Deprel::Case | Deprel::Mark)
            && child < word
            && matches!(line.lower(child), "as" | "of" | "for" | "over" | "about" | "against")
    });
    introduced
        && matches!(
            tree.deprel(word),
            Deprel::Obl | Deprel::Advcl | Deprel::Xcomp | Deprel::Ccomp | Deprel::Nmod
        )
}
