//! Slips of the parser that grammar alone gives away, mended before a tree is made.

use super::parser::Decided;
use super::tree::{Deprel, Upos};

/// How far apart the words of a slip stand, at most, so that the work for a word is bounded.
const REACH: usize = 24;

/// Mends a sentence.
pub(super) fn mend(words: &mut [Decided]) {
    for word in 0..words.len() {
        if let Some(verb) = dative(words, word) {
            words[word].head = Some(verb);
            words[word].deprel = Deprel::Iobj;
        } else if let Some(verb) = stray_subject(words, word) {
            words[word].head = Some(verb);
        }
    }
}

/// "Give Ukraine ten tanks": a name before a noun's numeral or article is no part of that noun, but to whom it goes.
fn dative(words: &[Decided], word: usize) -> Option<usize> {
    let one = &words[word];
    let noun = one.head.filter(|&head| head > word && head - word <= REACH)?;
    let verb = words[noun].head.filter(|&verb| verb < word)?;
    let named =
        one.upos == Upos::Propn && one.deprel == Deprel::Compound && words[noun].deprel == Deprel::Obj;
    let opens =
        |other: &Decided| other.head == Some(noun) && matches!(other.deprel, Deprel::Nummod | Deprel::Det);
    (named && words[word + 1..noun].iter().any(opens)).then_some(verb)
}

/// "... that Xi would attend, Beijing has not confirmed it": a second subject, behind its verb and right before the
/// auxiliary of a verb without one, is that verb's.
fn stray_subject(words: &[Decided], word: usize) -> Option<usize> {
    let one = &words[word];
    let wrong =
        one.head.filter(|&head| one.deprel == Deprel::Nsubj && head < word && word - head <= REACH)?;
    let auxiliary = words.get(word + 1).filter(|next| next.deprel.base() == Deprel::Aux)?;
    let verb = auxiliary.head.filter(|&verb| verb > word && verb != wrong && verb - word <= REACH)?;
    let subjects = |verb: usize, except: usize| {
        let near = verb.saturating_sub(REACH)..words.len().min(verb + REACH);
        near.filter(|&other| {
            other != except && words[other].head == Some(verb) && words[other].deprel.is_subject()
        })
        .count()
    };
    (subjects(wrong, word) > 0 && subjects(verb, word) == 0).then_some(verb)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Feats;

    fn words(words: &[(Upos, Option<usize>, Deprel)]) -> Vec<Decided> {
        let decided = |&(upos, head, deprel)| Decided { upos, feats: Feats::default(), head, deprel };
        words.iter().map(decided).collect()
    }

    #[test]
    fn a_name_before_a_numeral_is_the_dative() {
        // give Ukraine ten tanks
        let mut sentence = words(&[
            (Upos::Verb, None, Deprel::Root),
            (Upos::Propn, Some(3), Deprel::Compound),
            (Upos::Num, Some(3), Deprel::Nummod),
            (Upos::Noun, Some(0), Deprel::Obj),
        ]);
        mend(&mut sentence);
        assert_eq!((sentence[1].head, sentence[1].deprel), (Some(0), Deprel::Iobj));
        // give ten Leopard tanks
        let mut sentence = words(&[
            (Upos::Verb, None, Deprel::Root),
            (Upos::Num, Some(3), Deprel::Nummod),
            (Upos::Propn, Some(3), Deprel::Compound),
            (Upos::Noun, Some(0), Deprel::Obj),
        ]);
        mend(&mut sentence);
        assert_eq!(sentence[2].deprel, Deprel::Compound);
    }

    #[test]
    fn a_second_subject_goes_to_the_verb_that_has_none() {
        // Xi would attend, Beijing has confirmed
        let mut sentence = words(&[
            (Upos::Propn, Some(2), Deprel::Nsubj),
            (Upos::Aux, Some(2), Deprel::Aux),
            (Upos::Verb, None, Deprel::Root),
            (Upos::Punct, Some(2), Deprel::Punct),
            (Upos::Propn, Some(2), Deprel::Nsubj),
            (Upos::Aux, Some(6), Deprel::Aux),
            (Upos::Verb, Some(2), Deprel::Ccomp),
        ]);
        mend(&mut sentence);
        assert_eq!(sentence[4].head, Some(6));
        assert_eq!(sentence[0].head, Some(2));
    }
}
