//! Why an event was read, or not: the frames of each word of a sentence, what they asked for, and where their arguments
//! were looked for.

use super::{
    candidate::{Candidate, Finder},
    status,
    syntax::Syntax,
};
use crate::{
    data::{
        Data,
        frames::{ClauseNeed, Frame, Needs, Slot, Trigger},
    },
    parse::Parsed,
};

/// What the frames say of one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The word, counted from 0 in its sentence.
    pub word: usize,
    /// Frames that fired, the one that asks for most first.
    pub fired: Vec<Fired>,
    /// Frames that missed one or two of their conditions, those that missed least first.
    pub nearly: Vec<Nearly>,
}

/// A frame that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// `consult/meet`.
    pub rule: String,
    /// Where the actor was looked for, best first, with the words found there.
    pub actors: Vec<Place>,
    /// Where the recipient was looked for, best first, with the words found there.
    pub recipients: Vec<Place>,
    /// Why no event came of it as far as the tree can tell; whether its actors are known is told by the reading.
    pub objections: Vec<String>,
}

/// A place in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// `subject`, `object`, a preposition ...
    pub name: String,
    /// The words that stand there; empty if there is none.
    pub words: Vec<usize>,
}

/// A frame that nearly fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearly {
    /// `consult/meet`.
    pub rule: String,
    /// The trigger as the frame's file has it: `hold talk with`.
    pub trigger: String,
    /// What it asked for in vain.
    pub missing: Vec<String>,
}

/// How many frames that nearly fired are told of a word.
const NEARLY: usize = 4;

/// The words of a sentence that some frame knows, with the frames that fired and those that nearly did.
///
/// # Panics
/// If there is no such sentence.
#[must_use]
pub fn explain(parsed: Parsed<'_>, data: &Data, sentence: usize) -> Vec<Explained> {
    let syntax = Syntax { view: parsed.sentence(sentence), frames: &data.frames };
    let finder = Finder { syntax, frames: &data.frames };
    let kept = finder.find();
    let inner = finder.inner(&kept);
    let judge = status::Judge::new(syntax, &inner);
    let teller = Teller { finder: &finder, judge: &judge, kept: &kept };
    let words = (0..syntax.view.len()).map(|word| teller.word(word));
    words.filter(|told| !told.fired.is_empty() || !told.nearly.is_empty()).collect()
}

struct Teller<'a> {
    finder: &'a Finder<'a>,
    judge: &'a status::Judge<'a>,
    kept: &'a [Candidate],
}

impl Teller<'_> {
    fn word(&self, word: usize) -> Explained {
        let fired: Vec<Fired> =
            self.finder.all_at(word, 0).iter().map(|candidate| self.fired(candidate)).collect();
        let nearly = self.nearly(word, &fired);
        Explained { word, fired, nearly }
    }

    fn fired(&self, candidate: &Candidate) -> Fired {
        let frame = self.finder.frames.get(candidate.frame);
        let (actor, recipient) = frame.places(candidate.nominal);
        Fired {
            rule: frame.id.clone(),
            actors: self.places(actor, candidate),
            recipients: self.places(recipient, candidate),
            objections: self.objections(candidate, frame),
        }
    }

    fn places(&self, slots: &[Slot], candidate: &Candidate) -> Vec<Place> {
        let place = |slot: &Slot| Place { name: slot.to_string(), words: self.finder.slot(slot, candidate) };
        slots.iter().map(place).collect()
    }

    /// Why the tree alone keeps a frame that fired from making an event.
    fn objections(&self, candidate: &Candidate, frame: &Frame) -> Vec<String> {
        let mut objections = Vec::new();
        let view = self.finder.syntax.view;
        let taken = self.kept.iter().find(|other| other.used.contains(&candidate.word));
        if let Some(other) = taken {
            let rule = &self.finder.frames.get(other.frame).id;
            objections.push(format!("the word is part of “{}” ({rule})", view.word(other.word)));
        }
        if !self.finder.may_hold(candidate) {
            objections.push(format!("needs {}", needs(frame.needs)));
        }
        if taken.is_none() && super::build::effect(self.judge, candidate, frame).is_none() {
            objections.push("what stands above it makes it no event of its own".to_owned());
        }
        objections
    }

    fn nearly(&self, word: usize, fired: &[Fired]) -> Vec<Nearly> {
        let syntax = &self.finder.syntax;
        let (triggers, nominal) = self.finder.triggers(word);
        let objects = if nominal { Vec::new() } else { syntax.objects(word) };
        let mut found: Vec<Nearly> = triggers
            .iter()
            .filter(|trigger| {
                fired.iter().all(|fired| fired.rule != self.finder.frames.get(trigger.frame).id)
            })
            .map(|trigger| self.missing(trigger, (word, &objects), nominal))
            .filter(|near| matches!(near.missing.len(), 1 | 2))
            .collect();
        found.sort_by(|one, other| (one.missing.len(), &one.rule).cmp(&(other.missing.len(), &other.rule)));
        found.dedup_by(|one, other| one.rule == other.rule);
        found.truncate(NEARLY);
        found
    }

    /// The conditions of a trigger and its frame that the sentence does not meet.
    fn missing(&self, trigger: &Trigger, (word, objects): (usize, &[usize]), nominal: bool) -> Nearly {
        let (finder, syntax) = (self.finder, &self.finder.syntax);
        let frame = finder.frames.get(trigger.frame);
        let object = finder.wanted_object(trigger, frame, objects);
        let mut missing = Vec::new();
        if nominal {
            if finder.modifier(trigger, word).is_none() {
                missing.push(format!("“{}” before it", text(trigger.object.as_deref())));
            }
        } else {
            if finder.particle(trigger, word).is_none() {
                missing.push(format!("the particle “{}”", text(trigger.particle.as_deref())));
            }
            let wanted = trigger.object.as_deref();
            if wanted.is_some_and(|wanted| !object.is_some_and(|object| syntax.is_lemma(object, wanted))) {
                missing.push(format!("the object “{}”", text(wanted)));
            } else if finder.object_conditions(frame, (trigger, word), object, &mut Vec::new()).is_none() {
                missing.push("an object that its lists let pass".to_owned());
            }
        }
        if let Some((preposition, noun)) = &trigger.phrase {
            let mut anchors = vec![word];
            anchors.extend(object);
            anchors.extend(finder.support(word).filter(|_| nominal));
            if finder.wanted_phrase(&anchors, word, (preposition, noun.as_deref())).is_none() {
                let noun = noun.as_deref().map_or(String::new(), |noun| format!(" {noun}"));
                missing.push(format!("a phrase with “{preposition}{noun}”"));
            }
        }
        if frame.negated && !syntax.is_refused(word) {
            missing.push("a refusal (“will not”)".to_owned());
        }
        if finder.clause_condition(frame, word).is_none() {
            missing.push(if frame.modal.is_empty() {
                clause(frame.clause).to_owned()
            } else {
                format!("a clause with “{}”", frame.modal.join("” or “"))
            });
        }
        if finder.near_conditions(frame, word).is_none() {
            missing.push("a word of its “near” list, and none of its “not_near” list".to_owned());
        }
        Nearly { rule: frame.id.clone(), trigger: trigger.written(syntax.lemma(word), nominal), missing }
    }
}

fn text(word: Option<&str>) -> &str {
    word.unwrap_or_default()
}

fn needs(needs: Needs) -> &'static str {
    match needs {
        Needs::Either => "an actor or a recipient",
        Needs::Actor => "an actor",
        Needs::Recipient => "a recipient",
        Needs::Both => "an actor and a recipient",
        Needs::Political => "an actor in politics, or both sides",
    }
}

fn clause(need: ClauseNeed) -> &'static str {
    match need {
        ClauseNeed::Required => "a clause below it",
        ClauseNeed::Infinitive => "a clause with “to” below it",
        ClauseNeed::Any | ClauseNeed::None => "no clause below it",
    }
}
