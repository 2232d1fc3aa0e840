//! Words that say of an event below them whether it happened: "plans to", "failed to", "called off", "threat of".

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::data::{DataError, DataFile, toml_file};

/// What a word does to the event in its object or complement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Nothing.
    #[default]
    Keep,
    /// It is going on.
    Ongoing,
    /// It is announced, ordered or decided: done where words do it ("announced sanctions"), else to come ("announced a visit").
    Announced,
    /// It is to come.
    Planned,
    /// It may come.
    Conditional,
    /// It did not happen.
    Negated,
    /// It was called off.
    Cancelled,
    /// Somebody says that it did not happen.
    Denied,
    /// It is no event of its own.
    Drop,
}

impl Effect {
    pub(super) const NAMES: &'static str =
        "keep, ongoing, announced, planned, conditional, negated, cancelled, denied or drop";

    pub(super) fn from_name(name: &str) -> Option<Effect> {
        Some(match name {
            "keep" => Effect::Keep,
            "ongoing" => Effect::Ongoing,
            "announced" => Effect::Announced,
            "planned" => Effect::Planned,
            "conditional" => Effect::Conditional,
            "negated" => Effect::Negated,
            "cancelled" => Effect::Cancelled,
            "denied" => Effect::Denied,
            "drop" => Effect::Drop,
            _ => return None,
        })
    }
}

/// The words of one effect.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Words {
    verbs: Vec<String>,
    /// Verbs that bear on a clause, not on an object: "moved to end".
    clauses: Vec<String>,
    /// Verbs with the preposition that leads to the event: "file for".
    phrases: Vec<String>,
    nouns: Vec<String>,
    adjectives: Vec<String>,
    prepositions: Vec<String>,
}

/// `frames/operators.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    ongoing: Words,
    announced: Words,
    planned: Words,
    conditional: Words,
    negated: Words,
    cancelled: Words,
    denied: Words,
    drop: Words,
    /// Verbs that only carry a noun: "hold talks", "launch an attack"; their subject is the noun's actor.
    support: Words,
    /// Verbs whose subject undergoes the noun that is their object: "suffer an attack".
    undergo: Words,
    /// Verbs by whose subject the noun happens: "talks took place", "an attack began".
    occur: Words,
    /// Verbs with an object whose subject, not object, acts in the clause below: "promised Iran to stop".
    subject_control: Words,
    /// Nouns that stand for a share of what follows them: "part of its aid".
    share: Words,
    /// Verbs that give something a name: "what it called a provocation".
    naming: Words,
    /// Nouns for what is done beside the actor: "with Norway's help".
    help: Words,
    /// Nouns that say that somebody is paid back: "in return".
    repay: Words,
    /// Nouns that only measure out or wrap what follows them: "a wave of arrests", "a state of emergency".
    container: Words,
    /// Nouns of what is said or written: who issues one speaks in it.
    document: Words,
    /// Verbs that put an event off: planned where they say until when, else called off.
    postpone: Words,
    /// Nouns of what has been said or settled before anybody announces or rejects it: "rejected the demand".
    said: Words,
    /// Nouns of the end of fighting, which is asked of those who fight: "called for a ceasefire".
    truce: Words,
    /// Nouns of what two sides have settled before anybody announces or approves it: "approved the deal".
    settled: Words,
    /// Verbs to whose object or subject nothing happens but what they say, so that it is there already: "will ease tensions".
    presuppose: Words,
    /// Verbs that bring about the clause below them, so that it happened if they did: "forced them to leave".
    imply: Words,
    /// Verbs of going up, down and on: an infinitive below them tells what came of it ("fell to end the day at").
    outcome: Words,
    answer: Words,
    /// Words that tell one from the rest, so that it did what the infinitive says: "the first to sign".
    single: Words,
    /// Verbs of what is done by saying it: "would like to thank".
    perform: Words,
    /// Words whose clause somebody only expects, hopes or tries for.
    guess: Words,
    /// Prepositions that lead from an operator to the event that it bears on: "plans for talks".
    complement: Words,
    /// Prepositions that do so after nouns alone: "a ban on flights".
    topic: Words,
}

/// The operator words, by part of speech.
#[derive(Debug, Default)]
pub struct Operators {
    verbs: FxHashMap<String, Effect>,
    nouns: FxHashMap<String, Effect>,
    adjectives: FxHashMap<String, Effect>,
    support: FxHashSet<String>,
    undergo: FxHashSet<String>,
    occur: FxHashSet<String>,
    subject_control: FxHashSet<String>,
    share: FxHashSet<String>,
    naming: FxHashSet<String>,
    help: FxHashSet<String>,
    repay: FxHashSet<String>,
    container: FxHashSet<String>,
    document: FxHashSet<String>,
    truce: FxHashSet<String>,
    said: FxHashSet<String>,
    settled: FxHashSet<String>,
    presuppose: FxHashSet<String>,
    imply: FxHashSet<String>,
    outcome: FxHashSet<String>,
    answer: FxHashSet<String>,
    single: FxHashSet<String>,
    perform: FxHashSet<String>,
    address: FxHashSet<String>,
    guess: FxHashSet<String>,
    complement: FxHashSet<String>,
    topic: FxHashSet<String>,
    clauses: FxHashMap<String, Effect>,
    postpone: FxHashSet<String>,
    /// By verb: a preposition, and the effect on what follows it.
    phrases: FxHashMap<String, Vec<(String, Effect)>>,
}

impl Operators {
    pub(super) fn load(file: &DataFile, errors: &mut Vec<DataError>) -> Operators {
        let source: File = match toml_file::parse(file) {
            Ok(source) => source,
            Err(error) => {
                errors.push(error);
                return Operators::default();
            }
        };
        let mut operators = Operators {
            support: source.support.verbs.into_iter().collect(),
            undergo: source.undergo.verbs.into_iter().collect(),
            occur: source.occur.verbs.into_iter().collect(),
            subject_control: source.subject_control.verbs.into_iter().collect(),
            share: source.share.nouns.into_iter().collect(),
            naming: source.naming.verbs.into_iter().collect(),
            help: source.help.nouns.into_iter().collect(),
            repay: source.repay.nouns.into_iter().collect(),
            container: source.container.nouns.into_iter().collect(),
            document: source.document.nouns.into_iter().collect(),
            truce: source.truce.nouns.into_iter().collect(),
            postpone: source.postpone.verbs.into_iter().collect(),
            said: source.said.nouns.into_iter().collect(),
            settled: source.settled.nouns.into_iter().collect(),
            presuppose: source.presuppose.verbs.into_iter().collect(),
            imply: source.imply.verbs.into_iter().collect(),
            outcome: source.outcome.verbs.into_iter().collect(),
            answer: source.answer.verbs.into_iter().collect(),
            perform: source.perform.verbs.into_iter().collect(),
            address: source.perform.clauses.into_iter().collect(),
            single: source.single.adjectives.into_iter().chain(source.single.nouns).collect(),
            guess: [source.guess.verbs, source.guess.nouns, source.guess.adjectives]
                .into_iter()
                .flatten()
                .collect(),
            complement: source.complement.prepositions.into_iter().collect(),
            topic: source.topic.prepositions.into_iter().collect(),
            ..Operators::default()
        };
        for (effect, words) in [
            (Effect::Ongoing, source.ongoing),
            (Effect::Announced, source.announced),
            (Effect::Planned, source.planned),
            (Effect::Conditional, source.conditional),
            (Effect::Negated, source.negated),
            (Effect::Cancelled, source.cancelled),
            (Effect::Denied, source.denied),
            (Effect::Drop, source.drop),
        ] {
            operators.verbs.extend(words.verbs.into_iter().map(|word| (word, effect)));
            operators.nouns.extend(words.nouns.into_iter().map(|word| (word, effect)));
            operators.adjectives.extend(words.adjectives.into_iter().map(|word| (word, effect)));
            operators.clauses.extend(words.clauses.into_iter().map(|word| (word, effect)));
            for phrase in &words.phrases {
                let Some((verb, preposition)) = phrase.rsplit_once(' ') else { continue };
                operators.phrases.entry(verb.to_owned()).or_default().push((preposition.to_owned(), effect));
            }
        }
        operators
    }

    /// The single words among its verbs, in no order.
    #[allow(clippy::iter_over_hash_type)] // the caller sorts
    pub(super) fn all_verbs(&self) -> impl Iterator<Item = String> + '_ {
        let sets = [&self.support, &self.undergo, &self.occur];
        let words = self.verbs.keys().chain(sets.into_iter().flatten());
        words.filter(|word| !word.contains(' ')).cloned()
    }

    /// What a verb (with its particle: "call off") does to what stands below it.
    #[must_use]
    pub fn verb(&self, lemma: &str) -> Effect {
        self.verbs.get(lemma).copied().unwrap_or_default()
    }

    /// What a noun does to what stands below it.
    #[must_use]
    pub fn noun(&self, lemma: &str) -> Effect {
        self.nouns.get(lemma).copied().unwrap_or_default()
    }

    /// What an adjective does to its noun or clause.
    #[must_use]
    pub fn adjective(&self, lemma: &str) -> Effect {
        self.adjectives.get(lemma).copied().unwrap_or_default()
    }

    /// Whether the verb only carries its object: "hold", "launch", "carry out".
    #[must_use]
    pub fn is_support(&self, lemma: &str) -> bool {
        self.support.contains(lemma)
    }

    /// Whether the verb's subject undergoes its object: "suffer".
    #[must_use]
    pub fn is_undergo(&self, lemma: &str) -> bool {
        self.undergo.contains(lemma)
    }

    /// Whether the verb says that its subject takes place: "begin", "take place".
    #[must_use]
    pub fn is_occur(&self, lemma: &str) -> bool {
        self.occur.contains(lemma)
    }

    /// Whether the subject acts in the clause below though there is an object: "promise".
    #[must_use]
    pub fn is_subject_control(&self, lemma: &str) -> bool {
        self.subject_control.contains(lemma)
    }

    /// Whether the verb gives something a name: "what it called a provocation".
    #[must_use]
    pub fn is_naming(&self, lemma: &str) -> bool {
        self.naming.contains(lemma)
    }

    /// Whether the noun names what is done beside the actor: "with Norway's help".
    #[must_use]
    pub fn is_help(&self, lemma: &str) -> bool {
        self.help.contains(lemma)
    }

    /// Whether the noun says behind "in" that somebody is paid back: "in return".
    #[must_use]
    pub fn is_return(&self, lemma: &str) -> bool {
        self.repay.contains(lemma)
    }

    /// Whether the noun is a share of what follows it: "part of its aid".
    #[must_use]
    pub fn is_share(&self, lemma: &str) -> bool {
        self.share.contains(lemma)
    }

    /// Whether the noun only measures out or wraps what follows it: "a wave of arrests".
    #[must_use]
    pub fn is_container(&self, lemma: &str) -> bool {
        self.container.contains(lemma) || self.share.contains(lemma)
    }

    /// Whether the noun names the end of fighting: "ceasefire".
    #[must_use]
    pub fn is_truce(&self, lemma: &str) -> bool {
        self.truce.contains(lemma)
    }

    /// Whether the noun names what is said or written: "declaration".
    #[must_use]
    pub fn is_document(&self, lemma: &str) -> bool {
        self.document.contains(lemma)
    }

    /// What a verb does to the clause below it, but not to an object: "moved to end".
    #[must_use]
    pub fn clause(&self, lemma: &str) -> Effect {
        self.clauses.get(lemma).copied().unwrap_or_default()
    }

    /// Whether the verb puts an event off.
    #[must_use]
    pub fn is_postponing(&self, lemma: &str) -> bool {
        self.postpone.contains(lemma)
    }

    /// What a verb does to the noun after this preposition: "file for".
    #[must_use]
    pub fn phrase(&self, verb: &str, preposition: &str) -> Effect {
        let known = self.phrases.get(verb).into_iter().flatten();
        known.filter(|(known, _)| known == preposition).map(|&(_, effect)| effect).max().unwrap_or_default()
    }

    /// Whether the noun names what has been said before anybody rejects or announces it: "demand".
    #[must_use]
    pub fn is_said(&self, lemma: &str) -> bool {
        self.said.contains(lemma)
    }

    /// Whether the noun names what has been settled before anybody announces or approves it: "deal".
    #[must_use]
    pub fn is_settled(&self, lemma: &str) -> bool {
        self.settled.contains(lemma)
    }

    /// Whether what the verb is said of is there already: "ease tensions".
    #[must_use]
    pub fn is_presupposing(&self, lemma: &str) -> bool {
        self.presuppose.contains(lemma)
    }

    /// Whether the verb brings about the clause below it: "force".
    #[must_use]
    pub fn is_implying(&self, lemma: &str) -> bool {
        self.imply.contains(lemma)
    }

    /// Whether what stands behind its "to" is another's deed: "responded to the arrest".
    #[must_use]
    pub fn is_answer(&self, lemma: &str) -> bool {
        self.answer.contains(lemma)
    }

    /// Whether an infinitive below the verb tells what came of it: "fell to end the day".
    #[must_use]
    pub fn is_outcome(&self, lemma: &str) -> bool {
        self.outcome.contains(lemma)
    }

    /// Whether the word tells one from the rest: "first".
    #[must_use]
    pub fn is_singling(&self, lemma: &str) -> bool {
        self.single.contains(lemma)
    }

    /// Whether one turns to somebody by the verb, to say what stands below it: "write".
    #[must_use]
    pub fn is_address(&self, lemma: &str) -> bool {
        self.address.contains(lemma)
    }

    /// Whether the verb is done by saying it: "thank".
    #[must_use]
    pub fn is_performed(&self, lemma: &str) -> bool {
        self.perform.contains(lemma)
    }

    /// Whether what stands below the word is only expected, hoped or tried for.
    #[must_use]
    pub fn is_guess(&self, lemma: &str) -> bool {
        self.guess.contains(lemma)
    }

    /// Whether the preposition leads from a noun that is an operator to its event: "plans for", "a ban on".
    #[must_use]
    pub fn is_topic(&self, preposition: &str) -> bool {
        self.topic.contains(preposition) || self.is_complement(preposition)
    }

    /// Whether the preposition leads from any operator to its event: "called for".
    #[must_use]
    pub fn is_complement(&self, preposition: &str) -> bool {
        self.complement.contains(preposition)
    }
}
