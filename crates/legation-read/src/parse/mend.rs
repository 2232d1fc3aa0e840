//! Slips of the parser that grammar alone gives away, mended before a tree is made.

use super::parser::Decided;
use super::tree::{Deprel, Upos};

/// How far apart the words of a slip stand, at most, so that the work for a word is bounded.
const REACH: usize = 24;

/// Mends a sentence whose heads are a tree; they stay one.
pub(super) fn mend(words: &mut [Decided]) {
    for word in 0..words.len() {
        if is_bare_object(words, word) {
            words[word].deprel = Deprel::Obj;
        }
        let dative = dative(words, word);
        let Some(verb) = dative.or_else(|| stray_subject(words, word)) else { continue };
        if !stands_clear(words, verb, word) {
            continue;
        }
        words[word].head = Some(verb);
        if dative.is_some() {
            words[word].deprel = Deprel::Iobj;
        }
    }
}

/// Whether `other` is certainly not below `word`, so that it may become its head.
fn stands_clear(words: &[Decided], other: usize, word: usize) -> bool {
    let mut above = Some(other);
    for _ in 0..REACH {
        match above {
            None => return true,
            Some(one) if one == word => return false,
            Some(one) => above = words[one].head,
        }
    }
    false
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

/// "Putin has called off a visit": what follows a particle with an article and no preposition is the object.
fn is_bare_object(words: &[Decided], word: usize) -> bool {
    let one = &words[word];
    let Some(verb) = one.head.filter(|&verb| verb < word && word - verb <= REACH) else { return false };
    if one.deprel != Deprel::Obl || one.upos != Upos::Noun {
        return false;
    }
    let Some(article) = (verb + 2..word).find(|&other| words[other].head == Some(word)) else { return false };
    let particle = &words[article - 1];
    let after = word..words.len().min(word + REACH);
    words[article].deprel == Deprel::Det
        && particle.head == Some(verb)
        && particle.deprel == Deprel::CompoundPrt
        && !(verb..word)
            .chain(after)
            .any(|other| words[other].head == Some(verb) && words[other].deprel == Deprel::Obj)
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
    fn what_follows_a_particle_is_the_object() {
        // called off a visit
        let mut sentence = words(&[
            (Upos::Verb, None, Deprel::Root),
            (Upos::Adp, Some(0), Deprel::CompoundPrt),
            (Upos::Det, Some(3), Deprel::Det),
            (Upos::Noun, Some(0), Deprel::Obl),
        ]);
        mend(&mut sentence);
        assert_eq!(sentence[3].deprel, Deprel::Obj);
        // called off this morning the visit
        sentence.push(Decided { deprel: Deprel::Obj, ..sentence[3] });
        sentence[3].deprel = Deprel::Obl;
        mend(&mut sentence);
        assert_eq!(sentence[3].deprel, Deprel::Obl);
    }

    #[test]
    fn a_tree_stays_a_tree() {
        // the auxiliary's verb hangs below the stray subject itself
        let mut sentence = words(&[
            (Upos::Propn, Some(1), Deprel::Nsubj),
            (Upos::Verb, None, Deprel::Root),
            (Upos::Propn, Some(1), Deprel::Nsubj),
            (Upos::Aux, Some(4), Deprel::Aux),
            (Upos::Verb, Some(2), Deprel::AclRelcl),
        ]);
        mend(&mut sentence);
        assert_eq!(sentence[2].head, Some(1));

        let mut seed = 1_u64;
        let mut below = |limit: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap_or(0) % limit
        };
        let labels =
            [Deprel::Nsubj, Deprel::Aux, Deprel::Compound, Deprel::Obj, Deprel::Det, Deprel::AclRelcl];
        for _ in 0..20_000 {
            let length = 3 + below(8);
            let mut order: Vec<usize> = (0..length).collect();
            for place in (1..length).rev() {
                order.swap(place, below(place + 1));
            }
            let mut sentence = words(&vec![(Upos::Propn, None, Deprel::Root); length]);
            for place in 1..length {
                sentence[order[place]].head = Some(order[below(place)]);
                sentence[order[place]].deprel = labels[below(labels.len())];
            }
            mend(&mut sentence);
            for word in 0..length {
                let climb = std::iter::successors(Some(word), |&one| sentence[one].head);
                assert!(climb.take(length + 1).count() <= length, "a cycle");
            }
        }
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
