//! What looks like a date to the eye and is none by the tree: verbs, persons, names of papers, numbers of things.

use super::pieces::Piece;
use crate::{
    data::calendar::class::Class,
    parse::{Deprel, NameKind, Number, SentenceView, Upos},
};

/// Takes the calendar from all of these.
pub(super) fn clear(view: SentenceView<'_>, pieces: &mut [Piece]) {
    verbs(view, pieces);
    persons(view, pieces);
    titles(view, pieces);
    counts(view, pieces);
}

/// Takes the calendar from words that the tagger knows to be verbs: "may", "march", "sat".
fn verbs(view: SentenceView<'_>, pieces: &mut [Piece]) {
    const VERBLIKE: u64 = Class::May.bit() | Class::Spring.bit() | Class::Wkd.bit() | Class::Mon.bit();
    for piece in pieces.iter_mut().filter(|piece| piece.mask & VERBLIKE != 0) {
        let upos = view.word_at(piece.start).map(|word| view.tree.upos(word));
        if matches!(upos, Some(Upos::Verb | Upos::Aux)) {
            piece.mask = Class::Lower.bit();
        }
    }
    // "expected to last two days"
    let shifts = pieces.iter_mut().filter(|piece| piece.is(Class::Shift) && piece.word != 0);
    for piece in shifts {
        let word = view.word_at(piece.start);
        if word.is_some_and(|word| view.tree.upos(word) == Upos::Verb && view.tree.lemma(word) == "last") {
            (piece.mask, piece.word) = (Class::Lower.bit(), 0);
        }
    }
}

/// Takes the calendar from the names of persons: "April Glaspie", unless a day or year follows.
fn persons(view: SentenceView<'_>, pieces: &mut [Piece]) {
    const NAMES: u64 =
        Class::Month.bit() | Class::May.bit() | Class::Mon.bit() | Class::Weekday.bit() | Class::Wkd.bit();
    for name in
        view.tree.names.iter().filter(|name| name.kind == NameKind::Per && name.words.end <= view.len())
    {
        let span = view.span_of(name.words.clone());
        let first = pieces.partition_point(|piece| piece.start < span.start);
        for at in first..pieces.len() {
            if pieces[at].end > span.end {
                break;
            }
            let dated = pieces.get(at + 1).is_some_and(|next| next.is(Class::Day) || next.is(Class::Year));
            // One word alone is taken for a person's name too easily, but for those that are verbs as well.
            let sure = name.words.len() > 1 || pieces[at].is(Class::May);
            if pieces[at].mask & NAMES != 0 && sure && !dated {
                pieces[at].mask = Class::Capital.bit();
            }
        }
    }
}

/// Takes it from names that begin like a day: "The Evening Standard", "Friday Osunor led the strike".
fn titles(view: SentenceView<'_>, pieces: &mut [Piece]) {
    const DAYS: u64 = Class::Month.bit() | Class::Weekday.bit() | Class::Part.bit();
    for at in 0..pieces.len().saturating_sub(1) {
        let (piece, next) = (&pieces[at], &pieces[at + 1]);
        let known = next.mask & !(Class::Capital.bit() | Class::Lower.bit()) != 0;
        if piece.mask & DAYS == 0 || !(piece.capital && next.capital) || known || next.start != piece.end + 1
        {
            continue;
        }
        let article = at > 0
            && matches!(
                &view.text[pieces[at - 1].start as usize..pieces[at - 1].end as usize],
                "the" | "The"
            );
        if article || begins_person(view, piece.start) {
            pieces[at].mask = Class::Capital.bit();
        }
    }
}

/// Whether the word at the head of a sentence and the one after it are its subject: no preposition, and a verb follows.
fn begins_person(view: SentenceView<'_>, start: u32) -> bool {
    let tree = view.tree;
    let Some(word) = view.word_at(start).filter(|&word| word == 0 && view.len() > 2) else { return false };
    let subject = |word: usize| {
        tree.deprel(word).is_subject() || matches!(tree.deprel(word), Deprel::Compound | Deprel::Flat)
    };
    tree.upos(1) == Upos::Propn && subject(word) && matches!(tree.upos(2), Upos::Verb | Upos::Aux)
}

/// Takes the year from numbers of things, "1995 households", and from what is glued to a word, "windows1998".
fn counts(view: SentenceView<'_>, pieces: &mut [Piece]) {
    const YEARS: u64 = Class::Year.bit() | Class::Modern.bit();
    const DATING: [&str; 9] = ["by", "in", "of", "since", "until", "during", "before", "after", "from"];
    for at in 0..pieces.len() {
        if pieces[at].mask & YEARS == 0 {
            continue;
        }
        let before = |at: usize| &view.text[pieces[at - 1].start as usize..pieces[at - 1].end as usize];
        let glued = at > 0
            && pieces[at - 1].end == pieces[at].start
            && pieces[at - 1].end - pieces[at - 1].start > 2
            && before(at).chars().all(char::is_alphabetic);
        let dating = at > 0 && DATING.contains(&before(at).to_lowercase().as_str());
        let counted = !dating && view.word_at(pieces[at].start).is_some_and(|word| is_count(view, word));
        if glued || counted {
            pieces[at].mask &= !YEARS;
        }
    }
}

/// A number before a plural noun without "the": "2030 cubic metres", not "the 2008 elections".
fn is_count(view: SentenceView<'_>, word: usize) -> bool {
    let tree = view.tree;
    let head = tree.head(word).filter(|&head| head > word && tree.deprel(word) == Deprel::Nummod);
    head.is_some_and(|head| {
        let plural = tree.upos(head) == Upos::Noun && tree.feats(head).number == Some(Number::Plur);
        let definite =
            tree.children(head).any(|child| matches!(tree.deprel(child), Deprel::Det | Deprel::NmodPoss));
        plural && !definite
    })
}
