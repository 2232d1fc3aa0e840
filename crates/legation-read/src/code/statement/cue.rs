//! Finds the words that say that something is said.

use std::ops::Range;

use super::line::Line;
use crate::{
    data::speech::{ATTITUDES, Speech, SpeechRole, SpeechVerb, SpeechWord},
    parse::{Deprel, Upos},
};

/// What kind of word a cue is.
#[derive(Clone, Copy, Debug)]
pub(super) enum CueKind<'d> {
    Verb(&'d SpeechVerb),
    Word(&'d SpeechWord),
}

/// A cue where it stands.
#[derive(Clone, Debug)]
pub(super) struct Cue<'d> {
    /// Its words.
    pub(super) words: Range<usize>,
    /// The verb or noun itself; the first word of a phrase.
    pub(super) head: usize,
    pub(super) kind: CueKind<'d>,
}

impl Cue<'_> {
    pub(super) fn stance(&self) -> &str {
        match self.kind {
            CueKind::Verb(verb) => &verb.stance,
            CueKind::Word(word) => &word.stance,
        }
    }
}

/// The cues of a sentence outside quotation marks, in order.
pub(super) fn cues<'d>(line: &Line<'_>, speech: &'d Speech) -> Vec<Cue<'d>> {
    let mut cues = Vec::new();
    let mut word = 0;
    while word < line.len() {
        let cue = if line.quotation(word).is_some() { None } else { cue_at(line, word, speech) };
        word = cue.as_ref().map_or(word + 1, |cue| cue.words.end);
        cues.extend(cue);
    }
    cues
}

fn cue_at<'d>(line: &Line<'_>, word: usize, speech: &'d Speech) -> Option<Cue<'d>> {
    let form = line.lower(word);
    let origin = speech.words(form).find(|entry| entry.role == SpeechRole::Origin);
    if let Some(origin) = origin.filter(|_| is_inserted(line, word)) {
        return Some(Cue { words: word..word + 1, head: word, kind: CueKind::Word(origin) });
    }
    let adjective = speech.words(form).find(|entry| entry.role == SpeechRole::Adjective);
    if let Some(adjective) = adjective.filter(|entry| is_adjective_here(line, word, entry)) {
        return Some(Cue { words: word..word + 1, head: word, kind: CueKind::Word(adjective) });
    }
    if is_verb_here(line, word) {
        let verbs = speech.verbs(form).filter(|verb| !verb.takes.would || is_wish(line, word));
        let verb = verbs.filter_map(|verb| particles(line, word, verb).map(|end| (verb, end))).next();
        if let Some((verb, end)) = verb {
            return Some(Cue { words: word..end, head: word, kind: CueKind::Verb(verb) });
        }
    }
    let found = speech.words(form).find(|entry| match entry.role {
        SpeechRole::Noun => is_noun_here(line, word, entry),
        SpeechRole::Origin | SpeechRole::Adjective | SpeechRole::Channel => false,
        _ => follows(line, word + 1, &entry.words[1..]),
    })?;
    Some(Cue { words: word..word + found.words.len(), head: word, kind: CueKind::Word(found) })
}

/// "X said, citing Y, that Z": the source of what the subject says.
fn is_inserted(line: &Line<'_>, word: usize) -> bool {
    let end = line.len().min(word + 14);
    word > 0
        && line.is_break(word - 1)
        && (word + 2..end).any(|at| line.lower(at) == "that" && line.is_break(at - 1))
}

/// "would like to go", "likes the plan"; not "likes to go", which tells what somebody does.
fn is_wish(line: &Line<'_>, verb: usize) -> bool {
    let tree = line.view.tree;
    tree.child(verb, Deprel::Xcomp).is_none() || line.is_under_would(verb)
}

/// Where a verb and its particles end, one adverb or day between them aside: "called Friday for"; a topic may come
/// after whoever is addressed, and is no part of the cue: "asked her about".
fn particles(line: &Line<'_>, word: usize, verb: &SpeechVerb) -> Option<usize> {
    let count = verb.particles.len();
    if follows(line, word + 1, &verb.particles) {
        return Some(word + 1 + count);
    }
    let between = count > 0 && word + 2 < line.len() && is_adverbial(line, word + 1);
    if between && follows(line, word + 2, &verb.particles) {
        return Some(word + 2 + count);
    }
    (verb.takes.addressee && topic(line, word, &verb.particles).is_some()).then_some(word + 1)
}

/// What somebody is asked or told about: the phrase with the verb's particle after the addressee.
pub(super) fn topic(line: &Line<'_>, verb: usize, particles: &[Box<str>]) -> Option<usize> {
    let tree = line.view.tree;
    let [particle] = particles else { return None };
    let object = tree.children(verb).find(|&child| matches!(tree.deprel(child), Deprel::Obj | Deprel::Iobj));
    let object = object.filter(|&object| object > verb);
    if object.is_none() && !line.is_passive(verb) {
        return None;
    }
    let marked =
        |child: usize| tree.children(child).any(|case| case < child && line.lower(case) == &**particle);
    let beside = tree.children(verb).find(|&child| {
        let oblique = matches!(tree.deprel(child), Deprel::Obl | Deprel::Advcl);
        child > object.unwrap_or(verb) && oblique && marked(child)
    });
    // "asked the envoy about the raid", where the tree hangs the phrase on the envoy
    let below =
        || tree.children_by(object?, Deprel::Nmod).find(|&child| marked(child) && &**particle == "about");
    beside.or_else(below)
}

/// A lone adverb, or a day without a preposition.
fn is_adverbial(line: &Line<'_>, word: usize) -> bool {
    let tree = line.view.tree;
    tree.upos(word) == Upos::Adv || tree.deprel(word) == Deprel::OblUnmarked
}

/// Whether the words stand here one after the other; "oneself" is any reflexive pronoun.
pub(super) fn follows(line: &Line<'_>, from: usize, words: &[Box<str>]) -> bool {
    words.iter().enumerate().all(|(offset, word)| {
        let here = line.lower_at(from + offset);
        here == &**word || &**word == "oneself" && (here.ends_with("self") || here == "themselves")
    })
}

/// A verb that heads a clause, rather than "the reported attack" or "a said debt".
fn is_verb_here(line: &Line<'_>, word: usize) -> bool {
    let tree = line.view.tree;
    match tree.upos(word) {
        Upos::X => true,
        Upos::Verb => {
            !matches!(tree.deprel(word), Deprel::Amod | Deprel::Compound | Deprel::Case | Deprel::Aux)
        }
        // A quotation and one of these words are speech even where the tagger saw a noun.
        _ => {
            let span = line.view.span(word);
            let common =
                matches!(line.lower(word), "said" | "says" | "told" | "added" | "asked" | "wrote" | "warned");
            let last = word + 2 >= line.len();
            let quoted = (word.saturating_sub(8)..word).any(|before| line.quotation(before).is_some());
            let touches =
                line.quotation_before(span.start).is_some() || line.quotation_after(span.end).is_some();
            common && (touches || (last && word > 2)) || (last && quoted && line.lower(word).ends_with("ed"))
        }
    }
}

/// A noun of speech counts where what it takes follows: a clause with "that", else an infinitive or its preposition.
fn is_noun_here(line: &Line<'_>, word: usize, entry: &SpeechWord) -> bool {
    matches!(line.view.tree.upos(word), Upos::Noun | Upos::X)
        && (argument(line, word + 1, entry, true)
            || predicate(line, word).is_some_and(|start| argument(line, start, entry, true)))
}

/// A noun of words rather than of an attitude or a danger: "calls for", not "hopes for" or "the threat of".
pub(super) fn is_of_words(entry: &SpeechWord) -> bool {
    !ATTITUDES.contains(&&*entry.stance) && &*entry.stance != "threatens"
}

/// "made no mention of": nothing is said.
pub(super) fn is_none_said(line: &Line<'_>, cue: &Cue<'_>, entry: &SpeechWord) -> bool {
    let none = line.view.tree.child(cue.head, Deprel::Det).is_some_and(|none| line.lower(none) == "no");
    none && is_of_words(entry)
}

/// "the envoy's fear is that ...", "her aim was to ...": where what the noun says begins, after the form of "be".
pub(super) fn predicate(line: &Line<'_>, noun: usize) -> Option<usize> {
    let tree = line.view.tree;
    let clause = tree.head(noun).filter(|&clause| clause > noun && tree.deprel(noun).is_subject())?;
    let be = tree.children(clause).find(|&child| child > noun && tree.lemma(child) == "be")?;
    let start = if line.lower_at(be + 1) == "," { be + 2 } else { be + 1 };
    matches!(line.lower_at(start), "that" | "to").then_some(start)
}

/// An adjective that is said of somebody, before what it takes: "is sure that", not "a sure sign".
fn is_adjective_here(line: &Line<'_>, word: usize, entry: &SpeechWord) -> bool {
    let tree = line.view.tree;
    let said_of = tree.children(word).any(|child| {
        matches!(tree.deprel(child), Deprel::Cop | Deprel::AuxPass)
            || tree.deprel(child).is_subject() && child < word
    });
    let adjective = matches!(tree.upos(word), Upos::Adj | Upos::Verb);
    let dependent = matches!(tree.deprel(word), Deprel::Xcomp | Deprel::Conj | Deprel::Advcl | Deprel::Acl);
    adjective && (said_of || dependent) && argument(line, word + 1, entry, !said_of)
}

/// Whether what a noun or an adjective takes begins at a word; `marked` asks for the "that" of a clause.
fn argument(line: &Line<'_>, word: usize, entry: &SpeechWord, marked: bool) -> bool {
    let tree = line.view.tree;
    let next = line.lower_at(word);
    let clause = entry.takes.clause
        && (matches!(next, "that")
            || !marked
                && tree.children(word - 1).any(|child| child > word && tree.deprel(child) == Deprel::Ccomp));
    let infinitive = entry.takes.infinitive
        && next == "to"
        && (word + 1..line.len().min(word + 3)).any(|verb| matches!(tree.upos(verb), Upos::Verb | Upos::Aux));
    let preposition = || entry.takes.prepositions.iter().any(|preposition| &**preposition == next);
    clause || infinitive || (!next.is_empty() && preposition())
}

/// Whether the verb is negated, or only possible: "did not say", "has yet to confirm".
pub(super) fn is_negated(line: &Line<'_>, verb: usize) -> bool {
    let tree = line.view.tree;
    let negative =
        |word: usize| matches!(line.lower(word), "not" | "n't" | "n’t" | "never" | "neither" | "nor");
    let yet_to = verb >= 2 && line.lower(verb - 1) == "to" && line.lower(verb - 2) == "yet";
    let denied = tree.children(verb).any(|child| negative(child) && child < verb);
    let denies = |word: usize| match tree.deprel(word) {
        Deprel::Det => matches!(line.lower(word), "no" | "neither"),
        Deprel::CcPreconj => line.lower(word) == "neither",
        _ => false,
    };
    let nobody = tree.children(verb).any(|child| {
        tree.deprel(child).is_subject()
            && (matches!(line.lower(child), "nobody" | "none" | "neither")
                || tree.children(child).any(denies))
    });
    yet_to || denied || nobody || (verb >= 1 && negative(verb - 1))
}
