//! Which way a date without year or a weekday points: by the verb that governs it.

use super::{context::Direction, pieces::Piece};
use crate::{
    Span,
    data::calendar::class::Class,
    mention::Mentions,
    parse::{Deprel, SentenceView, Tense, Tree, Upos, VerbForm},
};

/// Steps up the tree and words looked at before giving up, so that the work for a date is bounded.
const REACH: usize = 24;

/// The direction at the pieces from `start` to `end`.
pub(super) fn direction(
    view: SentenceView<'_>,
    mentions: &Mentions,
    pieces: &[Piece],
    start: usize,
    end: usize,
) -> Direction {
    // "the vote due on Monday", "a hearing scheduled for May 3"
    let planned = |at: usize| pieces[at].is(Class::Future) && !pieces[at].is(Class::Preposition);
    if start > 1 && pieces[start - 1].is(Class::Preposition) && planned(start - 2) {
        return Direction::Future;
    }
    let word = view.word_at(pieces[start].start);
    let by_tree = word.map_or(Direction::Unknown, |word| by_tree(view, mentions, pieces, word));
    if by_tree == Direction::Unknown { by_words(view.text, pieces, start, end) } else { by_tree }
}

fn by_tree(view: SentenceView<'_>, mentions: &Mentions, pieces: &[Piece], word: usize) -> Direction {
    let tree = view.tree;
    if is_for(view, word) {
        return Direction::Future;
    }
    let quotation = quotation_of(mentions, view.span(word));
    let mut nearest = true;
    for above in tree.ancestors(word).take(REACH) {
        let start = view.span(above).start;
        let piece = pieces.partition_point(|piece| piece.start < start);
        let is = |class| pieces.get(piece).is_some_and(|piece| piece.start == start && piece.is(class));
        // "the vote due on Monday"
        if tree.upos(above) == Upos::Adj && is(Class::Future) {
            return Direction::Future;
        }
        // "he was in office until May"
        let copula = tree.child(above, Deprel::Cop);
        let governs = (matches!(tree.upos(above), Upos::Verb | Upos::Aux) || copula.is_some())
            && quotation_of(mentions, view.span(above)) == quotation
            && !opens_after(tree, above, word)
            && !is_caused(view, above);
        if !governs {
            continue;
        }
        if is(Class::Future) || (is(Class::PutOff) && is_moved_to(view, word)) {
            return Direction::Future;
        }
        let helped_by = |lemmas: &[&str]| {
            tree.children(above).take(REACH).any(|child| {
                matches!(tree.deprel(child).base(), Deprel::Aux) && lemmas.contains(&tree.lemma(child))
            })
        };
        if helped_by(&["will", "would", "shall", "'ll", "may", "might", "could", "should", "can", "must"]) {
            return Direction::Future;
        }
        // "which is to be held on Monday", "has put off the trip until June"
        let to_come = tree.child(above, Deprel::Mark).is_some_and(|mark| view.word(mark) == "to")
            && !helped_by(&["have"]);
        if to_come || (is_until(view, word) && helped_by(&["have"])) {
            return Direction::Future;
        }
        let feats = tree.feats(copula.unwrap_or(above));
        match (feats.verb_form, feats.tense) {
            (Some(VerbForm::Inf), _) => return Direction::Future,
            (Some(VerbForm::Fin), Some(Tense::Past)) => return Direction::Past,
            (Some(VerbForm::Part), Some(Tense::Past)) if helped_by(&["have"]) || was(tree, above) => {
                return Direction::Past;
            }
            // "the deal reached on Monday"
            (Some(VerbForm::Part), Some(Tense::Past)) if tree.deprel(above) == Deprel::Acl => {
                return Direction::Past;
            }
            // "he travels to Oslo on Monday"
            (Some(VerbForm::Fin), Some(Tense::Pres))
                if nearest && is(Class::Schedule) && is_bare(tree, above) =>
            {
                return Direction::Future;
            }
            (Some(VerbForm::Fin), _) => return Direction::Unknown,
            _ => {}
        }
        nearest = false;
    }
    Direction::Unknown
}

/// The quotation that words lie in: what is quoted has a tense of its own.
pub(super) fn quotation_of(mentions: &Mentions, span: Span) -> Option<usize> {
    let after = mentions.quotations.partition_point(|quotation| quotation.span.start <= span.start);
    after.checked_sub(1).filter(|at| mentions.quotations[*at].span.contains(span))
}

/// Whether the clause of a verb opens only behind a word: "signed on Thursday | that would restart exports".
fn opens_after(tree: &Tree, verb: usize, word: usize) -> bool {
    verb > word
        && tree.children(verb).take(REACH).any(|child| {
            let relative = tree.upos(child) == Upos::Pron
                && ["that", "which", "who", "whom"].contains(&tree.lemma(child));
            child > word && child < verb && (relative || tree.deprel(child).base() == Deprel::Mark)
        })
}

/// "let the visitor fly home": a bare infinitive tells no time, the verb above it does.
fn is_caused(view: SentenceView<'_>, verb: usize) -> bool {
    let tree = view.tree;
    tree.feats(verb).verb_form == Some(VerbForm::Inf)
        && matches!(tree.deprel(verb).base(), Deprel::Xcomp | Deprel::Ccomp)
        && !tree.children(verb).take(REACH).any(|child| {
            matches!(tree.deprel(child).base(), Deprel::Aux | Deprel::Mark) || view.word(child) == "to"
        })
}

/// "called an election for Sunday".
fn is_for(view: SentenceView<'_>, word: usize) -> bool {
    case_of(view, word).is_some_and(|case| case == "for")
}

/// The preposition before a date, which may hang on its day or on its month.
fn case_of<'a>(view: SentenceView<'a>, word: usize) -> Option<&'a str> {
    let tree = view.tree;
    let case = |word: usize| tree.child(word, Deprel::Case).map(|case| view.word(case));
    let whole = || tree.head(word).filter(|&head| matches!(tree.upos(head), Upos::Propn | Upos::Num));
    case(word).or_else(|| case(whole()?))
}

/// "was adjourned until June", "was moved to Friday".
fn is_moved_to(view: SentenceView<'_>, word: usize) -> bool {
    case_of(view, word).is_some_and(|case| matches!(case, "until" | "till" | "to" | "through"))
}

/// "until June".
fn is_until(view: SentenceView<'_>, word: usize) -> bool {
    case_of(view, word).is_some_and(|case| matches!(case, "until" | "till"))
}

/// Whether a verb stands without auxiliary and is no copula's predicate: "travels", not "has travelled".
fn is_bare(tree: &Tree, verb: usize) -> bool {
    tree.upos(verb) == Upos::Verb
        && !tree
            .children(verb)
            .take(REACH)
            .any(|child| matches!(tree.deprel(child).base(), Deprel::Aux | Deprel::Ccomp))
}

/// Whether a participle stands with "was" or "were".
fn was(tree: &Tree, verb: usize) -> bool {
    let mut helpers =
        tree.children(verb).take(REACH).filter(|child| tree.deprel(*child).base() == Deprel::Aux);
    helpers.any(|child| tree.feats(child).tense == Some(Tense::Past))
}

/// The nearest telling word of the clause, to the left first.
fn by_words(text: &str, pieces: &[Piece], start: usize, end: usize) -> Direction {
    let ends = |piece: &Piece| {
        matches!(text.get(piece.start as usize..piece.end as usize), Some("." | ";" | ":" | "?" | "!"))
    };
    let tell = |piece: &Piece| {
        if piece.is(Class::Future) {
            Some(Direction::Future)
        } else if piece.is(Class::Past) || is_past_form(text, piece) {
            Some(Direction::Past)
        } else {
            None
        }
    };
    let left = pieces[..start].iter().rev().take(REACH).take_while(|piece| !ends(piece)).find_map(tell);
    let right = || pieces[end..].iter().take(REACH).take_while(|piece| !ends(piece)).find_map(tell);
    left.or_else(right).unwrap_or(Direction::Unknown)
}

fn is_past_form(text: &str, piece: &Piece) -> bool {
    let word = text.get(piece.start as usize..piece.end as usize).unwrap_or("");
    piece.is(Class::Lower) && word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed")
}
