//! Words in, frames that fire on them out, with the words that stand in their arguments' places; nobody is resolved yet.

use super::syntax::Syntax;
use crate::{
    data::frames::{ClauseNeed, Effect, Frame, Frames, Needs, Trigger},
    parse::{Deprel, NameKind, Upos},
};

/// A frame that fires on a word.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The trigger's first word, or the noun itself.
    pub(super) word: usize,
    /// Index of the frame.
    pub(super) frame: u32,
    /// Words on which the event's phrases may hang: the trigger, its object, its support verb.
    pub(super) anchors: Vec<usize>,
    /// The verb that carries a noun: "held talks".
    pub(super) support: Option<usize>,
    /// Where the actor may be, best first; the words of a group belong together.
    pub(super) actors: Vec<Vec<usize>>,
    /// Where the recipient may be.
    pub(super) recipients: Vec<Vec<usize>>,
    /// Words that the frame has used up: the object of "sign agreement".
    pub(super) used: Vec<usize>,
    /// How much weighs what the frame asked for in vain; 0 unless nearly fitting frames were asked for.
    pub(super) missed: usize,
    /// How much the frame asked for: the more, the surer.
    pub(super) weight: usize,
    /// Whether the trigger is a noun.
    pub(super) nominal: bool,
    /// Whether a recipient's place is filled, by whomever, or a clause hangs on the trigger.
    pub(super) is_directed: bool,
    /// Other frames that fire on the word, for where nobody is known in this one's places.
    pub(super) others: Vec<Candidate>,
}

impl Candidate {
    /// A bare noun, by itself.
    pub(super) fn of_noun(word: usize, frame: u32) -> Candidate {
        Candidate {
            word,
            frame,
            anchors: vec![word],
            support: None,
            actors: Vec::new(),
            recipients: Vec::new(),
            used: Vec::new(),
            missed: 0,
            weight: 0,
            nominal: true,
            is_directed: false,
            others: Vec::new(),
        }
    }
}

/// What it costs a frame to miss a word of its trigger, an object of its list, a sign nearby.
const MISSED_WORD: usize = 24;
const MISSED_OBJECT: usize = 14;
const MISSED_SIGN: usize = 8;

/// How many frames of one word are tried.
const TRIED: usize = 3;

/// Finds the frames of a sentence's words.
pub(super) struct Finder<'a> {
    pub(super) syntax: Syntax<'a>,
    pub(super) frames: &'a Frames,
}

impl Finder<'_> {
    /// At most one candidate a word, in the order of the words.
    pub(super) fn find(&self) -> Vec<Candidate> {
        let mut candidates: Vec<Candidate> = Vec::new();
        for word in 0..self.syntax.view.len() {
            if let Some(candidate) = self.at(word) {
                candidates.push(candidate);
            }
        }
        let used: Vec<usize> = candidates
            .iter()
            .filter(|candidate| self.may_hold(candidate))
            .flat_map(|candidate| candidate.used.iter().copied())
            .collect();
        candidates.retain(|candidate| !used.contains(&candidate.word));
        candidates
    }

    /// Whether the places that a frame needs are filled at all: "the visit was called off" leaves the visit to its own frame.
    pub(super) fn may_hold(&self, candidate: &Candidate) -> bool {
        match self.frames.get(candidate.frame).needs {
            Needs::Either => true,
            Needs::Actor => !candidate.actors.is_empty(),
            Needs::Political if !candidate.nominal => !candidate.actors.is_empty(),
            Needs::Recipient => !candidate.recipients.is_empty(),
            Needs::Both | Needs::Political if !candidate.nominal && candidate.weight >= 8 => {
                !candidate.actors.is_empty()
            }
            Needs::Both | Needs::Political => {
                !candidate.actors.is_empty() && !candidate.recipients.is_empty()
            }
        }
    }

    /// What each word does to an event in its object or complement.
    pub(super) fn inner(&self, candidates: &[Candidate]) -> Vec<Effect> {
        let mut inner = vec![Effect::Keep; self.syntax.view.len()];
        for candidate in candidates.iter().filter(|candidate| self.may_hold(candidate)) {
            inner[candidate.word] = self.frames.get(candidate.frame).inner;
        }
        inner
    }

    /// Whether a sport, a beast or the weather acts: "the goalkeeper attacked", "beat Ghana in the semi-final".
    fn is_everyday(&self, candidate: &Candidate) -> bool {
        let syntax = &self.syntax;
        let acts =
            |&word: &usize| syntax.is_nominal(word) && syntax.is_in(word, &self.frames.everyday_actors);
        let scene = |&word: &usize| {
            syntax.upos(word) == Upos::Noun
                && syntax.deprel(word) != Deprel::Compound
                && syntax.is_in(word, &self.frames.everyday_scenes)
        };
        candidate.actors.iter().flatten().any(acts)
            || syntax.view.tree.subtree(candidate.word).iter().any(scene)
    }

    fn at(&self, word: usize) -> Option<Candidate> {
        let mut fired = self.all_at(word, 0).into_iter().take(TRIED);
        let mut best = fired.next().filter(|best| !self.is_everyday(best))?;
        best.others = fired.collect();
        Some(best)
    }

    /// The frames of a word that miss at most `slack` of their conditions, those that ask for most first.
    pub(super) fn all_at(&self, word: usize, slack: usize) -> Vec<Candidate> {
        let syntax = &self.syntax;
        let (triggers, nominal) = self.triggers(word);
        // Light verbs have a hundred triggers: most ask for an object that is not there.
        let objects = if nominal { Vec::new() } else { syntax.objects(word) };
        let has_object = |trigger: &&Trigger| {
            let wanted = trigger.object.as_ref().filter(|_| !nominal);
            wanted.is_none_or(|wanted| objects.iter().any(|&object| syntax.is_lemma(object, wanted)))
        };
        let mut fired: Vec<Candidate> = triggers
            .iter()
            .filter(has_object)
            .filter_map(|trigger| self.fire(trigger, (word, &objects), nominal, slack))
            .collect();
        fired.sort_by_key(|candidate| (candidate.missed, std::cmp::Reverse(candidate.weight)));
        fired.dedup_by_key(|candidate| candidate.frame);
        fired.into_iter().map(|candidate| self.with_arguments(candidate)).collect()
    }

    /// The triggers that begin with a word, and whether they are nouns.
    pub(super) fn triggers(&self, word: usize) -> (&[Trigger], bool) {
        let syntax = &self.syntax;
        let lemma = syntax.lemma(word);
        if let Some(joined) = syntax.joined(word) {
            let found = match syntax.upos(word) {
                Upos::Verb => (self.frames.of_verb(&joined), false),
                _ => (self.noun_triggers(&joined), true),
            };
            if !found.0.is_empty() {
                return found;
            }
        }
        match syntax.upos(word) {
            Upos::Verb => (self.frames.of_verb(lemma), false),
            Upos::Noun => (self.noun_triggers(lemma), true),
            Upos::Propn if !syntax.is_time(word) => (self.frames.of_noun(&lemma.to_lowercase()), true),
            Upos::Adj if syntax.deprel(word) != Deprel::Amod => (self.frames.of_adjective(lemma), false),
            _ => (&[], false),
        }
    }

    /// A plural that the tagger left as it is ("talks") counts as the singular.
    pub(super) fn noun_triggers(&self, lemma: &str) -> &[Trigger] {
        match self.frames.of_noun(lemma) {
            [] => lemma.strip_suffix('s').map_or(&[], |lemma| self.frames.of_noun(lemma)),
            triggers => triggers,
        }
    }

    /// The frame's candidate if its trigger's words and conditions are met, but for `slack` of them.
    fn fire(
        &self,
        trigger: &Trigger,
        (word, objects): (usize, &[usize]),
        nominal: bool,
        slack: usize,
    ) -> Option<Candidate> {
        let frame = self.frames.get(trigger.frame);
        let names_noun =
            trigger.object.is_some() || trigger.phrase.as_ref().is_some_and(|phrase| phrase.1.is_some());
        let mut weight = trigger.weight() * 4 + usize::from(names_noun);
        let mut used = Vec::new();
        let mut anchors = vec![word];
        let (mut unmet, mut missed) = (0, 0);
        let mut ask = |met: Option<usize>, cost: usize| {
            if met.is_none() {
                unmet += 1;
                missed += cost;
            }
            (unmet <= slack).then(|| met.unwrap_or(0))
        };
        if nominal {
            ask(self.modifier(trigger, word).map(|()| 0), MISSED_WORD)?;
        } else {
            ask(self.particle(trigger, word).map(|()| 0), MISSED_WORD)?;
            let behind = self.behind_particle(trigger, word);
            let objects = if behind.is_empty() { objects } else { &behind };
            let object = self.wanted_object(trigger, frame, objects);
            used.extend(object.filter(|_| trigger.object.is_some()));
            let objects_met = self.object_conditions(frame, (trigger, word), object, &mut used);
            weight += ask(objects_met, MISSED_OBJECT)?;
            anchors.extend(object);
            anchors.extend(objects.first().copied().filter(|&first| Some(first) != object));
        }
        let support = if nominal { self.support(word).or_else(|| self.occasion(frame, word)) } else { None };
        anchors.extend(support.or_else(|| self.occurrence(word).filter(|_| nominal)));
        if let Some((preposition, noun)) = &trigger.phrase {
            let phrase = self.wanted_phrase(&anchors, word, (preposition, noun.as_deref()));
            if noun.is_some() {
                phrase?;
            }
            ask(phrase, MISSED_WORD)?;
            used.extend(phrase.filter(|_| noun.is_some()));
            anchors.extend(phrase);
        }
        if frame.negated && !self.syntax.is_refused(word) {
            return None;
        }
        weight += usize::from(frame.negated) * 8;
        let clause_met = self.clause_condition(frame, word);
        // Without its "must", "said that" asks nobody for anything.
        if clause_met.is_none() && !frame.modal.is_empty() {
            return None;
        }
        weight += ask(clause_met, MISSED_SIGN)?;
        let near_met = self.near_conditions(frame, word);
        // What is said tells what saying it does: "says that Chad is behind it".
        if near_met.is_none() && frame.clause == ClauseNeed::Required {
            return None;
        }
        weight += ask(near_met, MISSED_SIGN)?;
        Some(Candidate {
            word,
            frame: trigger.frame,
            anchors,
            support,
            actors: Vec::new(),
            recipients: Vec::new(),
            used,
            weight,
            missed,
            nominal,
            is_directed: false,
            others: Vec::new(),
        })
    }

    /// "air strike": the word before the noun.
    pub(super) fn modifier(&self, trigger: &Trigger, noun: usize) -> Option<()> {
        let Some(wanted) = &trigger.object else { return Some(()) };
        let syntax = &self.syntax;
        let stands = syntax.children(noun).any(|child| {
            matches!(syntax.deprel(child), Deprel::Compound | Deprel::Amod | Deprel::Nmod)
                && syntax.lemma(child).eq_ignore_ascii_case(wanted)
        });
        stands.then_some(())
    }

    pub(super) fn particle(&self, trigger: &Trigger, verb: usize) -> Option<()> {
        let syntax = &self.syntax;
        let Some(wanted) = &trigger.particle else { return Some(()) };
        let stands = syntax.children(verb).any(|child| {
            syntax.lemma(child) == wanted.as_ref()
                && child > verb
                && matches!(
                    syntax.deprel(child),
                    Deprel::CompoundPrt | Deprel::Advmod | Deprel::Obl | Deprel::Xcomp | Deprel::Dep
                )
        });
        let adjacent = verb + 1 < syntax.view.len() && syntax.lemma(verb + 1) == wanted.as_ref();
        // "pulled its soldiers out of the town": the particle taken for the phrase's preposition.
        let of_phrase = || {
            let phrases = syntax
                .children(verb)
                .chain(syntax.object(verb).into_iter().flat_map(|object| syntax.children(object)));
            phrases.into_iter().any(|phrase| phrase > verb && syntax.case(phrase) == Some(wanted.as_ref()))
        };
        let splits = matches!(wanted.as_ref(), "out" | "away" | "off" | "back" | "up" | "down");
        (stands || adjacent || splits && of_phrase()).then_some(())
    }

    /// "flew in doctors and tents": the objects where the parser took the particle for their preposition.
    fn behind_particle(&self, trigger: &Trigger, verb: usize) -> Vec<usize> {
        let syntax = &self.syntax;
        let next = verb + 1;
        let particle = trigger.particle.as_deref().filter(|_| next < syntax.view.len());
        if particle.is_none_or(|particle| syntax.lemma(next) != particle)
            || syntax.child(verb, Deprel::Obj).is_some()
        {
            return Vec::new();
        }
        let taken =
            syntax.head(next).filter(|&noun| noun > next && syntax.is_nominal(noun) && !syntax.is_time(noun));
        taken.map_or_else(Vec::new, |noun| syntax.view.tree.conjuncts(noun))
    }

    /// Of a verb's objects the one that the trigger, or else its frame, asks for; the first if it asks for none.
    pub(super) fn wanted_object(&self, trigger: &Trigger, frame: &Frame, objects: &[usize]) -> Option<usize> {
        let mut fitting = objects.iter().copied();
        match &trigger.object {
            Some(wanted) => fitting.find(|&object| self.syntax.is_lemma(object, wanted)),
            None if frame.objects.is_empty() => fitting.next(),
            None => {
                fitting.find(|&object| self.syntax.is_in(object, &frame.objects)).or(objects.first().copied())
            }
        }
    }

    /// The frame's lists for the object; `None` if they are not met. A trigger that names its object needs no list, and
    /// one that ends in a preposition may have what the list asks for behind that: "reneged on the deal".
    pub(super) fn object_conditions(
        &self,
        frame: &Frame,
        (trigger, word): (&Trigger, usize),
        object: Option<usize>,
        used: &mut Vec<usize>,
    ) -> Option<usize> {
        let is_in =
            |object: Option<usize>, list: &[String]| object.is_some_and(|object| self.fits(object, list));
        let forbidden = is_in(object, &frame.not_objects) || frame.bare && object.is_some();
        if trigger.object.is_none() && forbidden {
            return None;
        }
        if frame.objects.is_empty() || trigger.object.is_some() {
            return Some(0);
        }
        let behind = || match &trigger.phrase {
            Some((preposition, None)) => self.trigger_phrase(&[word], word, preposition),
            _ => None,
        };
        let listed = object.filter(|_| is_in(object, &frame.objects)).or_else(|| {
            let behind = behind();
            behind.filter(|_| is_in(behind, &frame.objects))
        })?;
        used.push(listed);
        Some(4)
    }

    /// Whether a list has an object's lemma, or has `PERSON` or `PLACE` and the object is the name of one.
    fn fits(&self, object: usize, list: &[String]) -> bool {
        let has = |word: &str| list.binary_search_by(|other| other.as_str().cmp(word)).is_ok();
        let named = |word: &str, kind: NameKind| has(word) && self.syntax.is_name_of(object, kind);
        self.syntax.is_in(object, list) || named("PERSON", NameKind::Per) || named("PLACE", NameKind::Loc)
    }

    /// The phrase that a trigger asks for, also where the parser took its preposition for a particle.
    fn trigger_phrase(&self, anchors: &[usize], word: usize, preposition: &str) -> Option<usize> {
        let syntax = &self.syntax;
        syntax.phrase_of(anchors, preposition).or_else(|| {
            let particle = syntax.child(word, Deprel::CompoundPrt)?;
            (syntax.lemma(particle) == preposition).then(|| syntax.object(word)).flatten()
        })
    }

    /// The phrase that a trigger asks for, with the noun it names if it names one.
    pub(super) fn wanted_phrase(
        &self,
        anchors: &[usize],
        word: usize,
        (preposition, noun): (&str, Option<&str>),
    ) -> Option<usize> {
        match noun {
            Some(noun) => self.named_phrase(anchors, preposition, noun),
            None => self.trigger_phrase(anchors, word, preposition),
        }
    }

    /// "to court", whatever name the parser gave it, also where another phrase with the preposition stands before it.
    fn named_phrase(&self, anchors: &[usize], preposition: &str, noun: &str) -> Option<usize> {
        let syntax = &self.syntax;
        let named = |&child: &usize| {
            syntax.is_lemma(child, noun)
                && syntax.children(child).any(|case| {
                    matches!(syntax.deprel(case), Deprel::Case | Deprel::Mark)
                        && syntax.lemma(case) == preposition
                })
        };
        anchors.iter().find_map(|&anchor| syntax.children(anchor).find(named))
    }

    pub(super) fn clause_condition(&self, frame: &Frame, word: usize) -> Option<usize> {
        if !frame.modal.is_empty() {
            let bound = |clause: usize| self.is_bound(clause, &frame.modal);
            return self.syntax.clauses(word).any(bound).then_some(4);
        }
        match frame.clause {
            ClauseNeed::Any => Some(0),
            ClauseNeed::Required => self.syntax.clause(word).map(|_| 2),
            ClauseNeed::Infinitive => {
                let of_another =
                    |&clause: &usize| self.syntax.is_infinitive(clause) && self.is_of_another(word, clause);
                self.syntax.clauses(word).any(|clause| of_another(&clause)).then_some(2)
            }
            ClauseNeed::None => self.syntax.clause(word).is_none().then_some(1),
        }
    }

    /// Whether somebody else than the verb's subject acts in its infinitive: "wants Chad to leave", not "wants to leave".
    fn is_of_another(&self, word: usize, clause: usize) -> bool {
        let syntax = &self.syntax;
        let own = syntax.children(clause).any(|child| syntax.deprel(child).is_subject());
        own || syntax.object(word).is_some()
            || syntax.is_passive(word)
            || syntax.child(word, Deprel::Iobj).is_some()
    }

    /// Whether a clause has one of these as its auxiliary, or is governed by one: "must leave", "has to leave".
    fn is_bound(&self, clause: usize, modal: &[String]) -> bool {
        let syntax = &self.syntax;
        // As auxiliary "have" is but the perfect.
        let auxiliary = |&child: &usize| {
            syntax.deprel(child) == Deprel::Aux && syntax.lemma(child) != "have" && syntax.is_in(child, modal)
        };
        let governs = syntax.is_in(clause, modal)
            && syntax.children(clause).any(|child| syntax.deprel(child) == Deprel::Xcomp);
        governs || syntax.children(clause).any(|child| auxiliary(&child))
    }

    pub(super) fn near_conditions(&self, frame: &Frame, word: usize) -> Option<usize> {
        if frame.near.is_empty() && frame.not_near.is_empty() {
            return Some(0);
        }
        let mut below = self.syntax.view.tree.subtree(word);
        below.extend(self.syntax.surface_subject(word));
        let has = |list: &[String]| below.iter().any(|&word| self.syntax.is_in(word, list));
        if has(&frame.not_near) || (!frame.near.is_empty() && !has(&frame.near)) {
            return None;
        }
        Some(if frame.near.is_empty() { 0 } else { 3 })
    }

    /// The support verb that carries a noun: "held talks", "talks were held", "talks held in Rome", "took part in talks".
    pub(super) fn support(&self, noun: usize) -> Option<usize> {
        let syntax = &self.syntax;
        let operators = &self.frames.operators;
        let carries = |verb: &usize| {
            let name = syntax.verb_name(*verb);
            syntax.is_verbal(*verb) && (operators.is_support(&name) || operators.is_undergo(&name))
        };
        let above = syntax.head(noun).filter(|_| {
            matches!(syntax.deprel(noun), Deprel::Obj | Deprel::NsubjPass)
                || (syntax.deprel(noun) == Deprel::Obl
                    && matches!(
                        syntax.case(noun),
                        Some("in" | "on" | "to" | "with" | "from" | "at" | "for" | "under" | "into")
                    ))
        });
        // "on a visit to Warsaw, he said": who says it is there.
        let aside = above.filter(|_| {
            syntax.case(noun) == Some("on")
                && syntax.lemma(noun) != "day"
                && syntax.children(noun).any(|child| {
                    syntax.deprel(child) == Deprel::Det && matches!(syntax.lemma(child), "a" | "an")
                })
        });
        let others =
            |verb: &usize| syntax.case(noun) == Some("to") && operators.is_answer(&syntax.verb_name(*verb));
        above
            .filter(|verb| carries(verb) && !others(verb))
            .or(aside.filter(|&verb| syntax.is_verbal(verb)))
            .or_else(|| {
                syntax
                    .children(noun)
                    .filter(|&child| matches!(syntax.deprel(child), Deprel::Acl | Deprel::AclRelcl))
                    .find(carries)
            })
    }

    /// "said after a visit to Lima": who the clause is about did what dates it, in frames that say so.
    fn occasion(&self, frame: &Frame, noun: usize) -> Option<usize> {
        let syntax = &self.syntax;
        // "after nine months of talks"
        let length = syntax.head(noun).filter(|&length| {
            syntax.is_time(length) && syntax.case(noun) == Some("of") && syntax.deprel(noun) == Deprel::Nmod
        });
        let top = length.unwrap_or(noun);
        let dates = frame.occasion
            && matches!(syntax.case(top), Some("after" | "during" | "before" | "following" | "ahead" | "at"))
            && matches!(syntax.deprel(top), Deprel::Obl | Deprel::Nmod)
            && syntax.children(top).all(|child| {
                syntax.deprel(child) != Deprel::Det || matches!(syntax.lemma(child), "a" | "an")
            });
        let mut above = syntax.head(top).filter(|_| dates)?;
        if !syntax.is_verbal(above) {
            above = syntax.head(above)?;
        }
        syntax.is_verbal(above).then_some(above)
    }
}
