//! Slips of the parser that grammar alone gives away, mended before a tree is made.

use super::parser::Decided;
use super::tree::{Deprel, Tense, Upos, VerbForm};

/// How far apart the words of a slip stand, at most, so that the work for a word is bounded.
const REACH: usize = 24;

/// Mends a sentence whose heads are a tree; they stay one.
pub(super) fn mend(words: &mut [Decided]) {
    for word in 0..words.len() {
        if is_bare_object(words, word) {
            words[word].deprel = Deprel::Obj;
        }
        if let Some(above) = fronted(words, word) {
            let verbal = words[above].upos == Upos::Verb;
            words[word].head = Some(above);
            words[word].deprel = if verbal { Deprel::Obl } else { Deprel::Nmod };
        }
        if let Some((clause, verb)) = described(words, word) {
            (words[word].head, words[word].deprel) = (Some(verb), Deprel::Obl);
            (words[clause].head, words[clause].deprel) = (Some(word), Deprel::Acl);
        }
        let dative = dative(words, word);
        let told = told_deed(words, word);
        let Some(verb) = dative.or_else(|| stray_subject(words, word)).or(told) else { continue };
        if !stands_clear(words, verb, word) {
            continue;
        }
        words[word].head = Some(verb);
        if told.is_some() {
            words[word].feats.verb_form = words[verb].feats.verb_form;
            words[word].feats.passive = false;
        }
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

/// "sent to Cairo with a letter": a phrase before the preposition of another noun is no part of that noun's; gives what
/// that noun hangs on.
fn fronted(words: &[Decided], word: usize) -> Option<usize> {
    let one = &words[word];
    let noun = one.head.filter(|&noun| noun > word && noun - word <= REACH)?;
    if one.deprel != Deprel::Nmod || words[noun].deprel.base() != Deprel::Obl {
        return None;
    }
    let is_case = |other: usize, of: usize| {
        words[other].head == Some(of) && words[other].deprel == Deprel::Case && words[other].upos == Upos::Adp
    };
    let own = (word.saturating_sub(REACH)..word).any(|other| is_case(other, word));
    let between = (word + 1..noun).any(|other| is_case(other, noun));
    words[noun].head.filter(|&above| own && between && above < word)
}

/// "gave asylum to officers holed up in a villa": a noun with a preposition is no subject, but what the participle behind
/// it describes; gives the participle and the verb above.
fn described(words: &[Decided], word: usize) -> Option<(usize, usize)> {
    let one = &words[word];
    let clause = one.head.filter(|&clause| clause > word && clause - word <= REACH)?;
    if one.deprel != Deprel::Nsubj || words[clause].deprel != Deprel::Advcl {
        return None;
    }
    let verb = words[clause].head.filter(|&verb| verb < word && words[verb].upos == Upos::Verb)?;
    let case =
        |other: &Decided| other.head == Some(word) && other.deprel == Deprel::Case && other.upos == Upos::Adp;
    let participle = words[clause].feats.verb_form == Some(VerbForm::Part);
    let has_case = words[word.saturating_sub(REACH)..word].iter().any(case);
    (participle && has_case).then_some((clause, verb))
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

/// "said that tourists must wait, and suspended flights", "gave him a day to leave and recalled", "rejected what he called
/// a slur and left": a verb in the past goes on with the verb in the past above, not with the infinitive or the
/// name-giving between them.
fn told_deed(words: &[Decided], word: usize) -> Option<usize> {
    let one = &words[word];
    let beside = one.head.filter(|&head| head < word && word - head <= REACH)?;
    let is_past = one.upos == Upos::Verb && one.feats.tense == Some(Tense::Past);
    // "must wait, and suspended flights": with an object behind it a participle is no passive.
    let after = word..words.len().min(word + REACH);
    let has_object =
        after.into_iter().any(|other| words[other].head == Some(word) && words[other].deprel == Deprel::Obj);
    if one.deprel != Deprel::Conj || !is_past || one.feats.passive && !has_object {
        return None;
    }
    let has = |deprel: Deprel| {
        let near = beside.saturating_sub(REACH)..word;
        near.into_iter().any(|other| words[other].head == Some(beside) && words[other].deprel == deprel)
    };
    let between = &words[beside];
    let infinitive = between.feats.verb_form == Some(VerbForm::Inf) && between.upos == Upos::Verb;
    let above = between.head.filter(|&head| head < beside)?;
    let told = match between.deprel {
        Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl if infinitive => above,
        Deprel::Acl if infinitive => words[above].head.filter(|&verb| verb < above)?,
        Deprel::AclRelcl if words[above].upos == Upos::Pron && has(Deprel::Nsubj) && has(Deprel::Obj) => {
            words[above].head.filter(|&verb| words[above].deprel == Deprel::Obj && verb < above)?
        }
        _ => return None,
    };
    let above = words[told].feats;
    let alike =
        above.verb_form == one.feats.verb_form || has_object && above.verb_form == Some(VerbForm::Fin);
    (above.tense == one.feats.tense && words[told].upos == Upos::Verb && alike).then_some(told)
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
    fn a_phrase_before_a_preposition_is_the_verbs() {
        // sent to Cairo with letter
        let mut sentence = words(&[
            (Upos::Verb, None, Deprel::Root),
            (Upos::Adp, Some(2), Deprel::Case),
            (Upos::Propn, Some(4), Deprel::Nmod),
            (Upos::Adp, Some(4), Deprel::Case),
            (Upos::Noun, Some(0), Deprel::Obl),
        ]);
        mend(&mut sentence);
        assert_eq!((sentence[2].head, sentence[2].deprel), (Some(0), Deprel::Obl));
    }

    #[test]
    fn a_noun_with_a_preposition_is_no_subject() {
        // gave asylum to officers holed
        let mut sentence = words(&[
            (Upos::Verb, None, Deprel::Root),
            (Upos::Noun, Some(0), Deprel::Obj),
            (Upos::Adp, Some(3), Deprel::Case),
            (Upos::Noun, Some(4), Deprel::Nsubj),
            (Upos::Verb, Some(0), Deprel::Advcl),
        ]);
        sentence[4].feats.verb_form = Some(VerbForm::Part);
        mend(&mut sentence);
        assert_eq!((sentence[3].head, sentence[3].deprel), (Some(0), Deprel::Obl));
        assert_eq!((sentence[4].head, sentence[4].deprel), (Some(3), Deprel::Acl));
    }

    #[test]
    fn a_past_deed_goes_on_with_the_past_verb() {
        let past = Feats { tense: Some(Tense::Past), verb_form: Some(VerbForm::Fin), ..Feats::default() };
        let infinitive = Feats { verb_form: Some(VerbForm::Inf), ..Feats::default() };
        // said they must wait and suspended flights
        let mut sentence = words(&[
            (Upos::Verb, None, Deprel::Root),
            (Upos::Pron, Some(3), Deprel::Nsubj),
            (Upos::Aux, Some(3), Deprel::Aux),
            (Upos::Verb, Some(0), Deprel::Ccomp),
            (Upos::Cconj, Some(5), Deprel::Cc),
            (Upos::Verb, Some(3), Deprel::Conj),
            (Upos::Noun, Some(5), Deprel::Obj),
        ]);
        (sentence[0].feats, sentence[3].feats, sentence[5].feats) = (past, infinitive, past);
        mend(&mut sentence);
        assert_eq!(sentence[5].head, Some(0));
        // said they must wait and suspend flights
        (sentence[5].head, sentence[5].feats) = (Some(3), infinitive);
        mend(&mut sentence);
        assert_eq!(sentence[5].head, Some(3));
        // rejected what he called a slur and left
        let mut sentence = words(&[
            (Upos::Verb, None, Deprel::Root),
            (Upos::Pron, Some(0), Deprel::Obj),
            (Upos::Pron, Some(3), Deprel::Nsubj),
            (Upos::Verb, Some(1), Deprel::AclRelcl),
            (Upos::Noun, Some(3), Deprel::Obj),
            (Upos::Verb, Some(3), Deprel::Conj),
        ]);
        (sentence[0].feats, sentence[3].feats, sentence[5].feats) = (past, past, past);
        mend(&mut sentence);
        assert_eq!(sentence[5].head, Some(0));
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
