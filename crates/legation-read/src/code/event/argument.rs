//! Where an event's arguments may stand in the tree: the words in each place that a frame asks for.

use super::candidate::{Candidate, Finder};
use crate::{
    data::frames::Slot,
    parse::{Deprel, Upos},
};

/// How many words a complement is searched through, and how many of them are asked.
const DEEPEST: usize = 40;
const MOST: usize = 12;

/// Prepositions of phrases that tell whom an event is about.
const ABOUT: &[&str] = &[
    "of", "for", "to", "with", "by", "against", "on", "from", "in", "at", "over", "into", "between", "near",
    "about",
];

impl Finder<'_> {
    pub(super) fn with_arguments(&self, mut candidate: Candidate) -> Candidate {
        let frame = self.frames.get(candidate.frame);
        let (actor, recipient) = frame.places(candidate.nominal);
        candidate.actors = self.groups(actor, &candidate);
        candidate.recipients = self.groups(recipient, &candidate);
        candidate.is_directed =
            !candidate.recipients.is_empty() || self.syntax.clause(candidate.word).is_some();
        candidate
    }

    /// The words in these places, those that belong together in one group.
    fn groups(&self, slots: &[Slot], candidate: &Candidate) -> Vec<Vec<usize>> {
        let mut groups = Vec::new();
        let mut last = Vec::new();
        for slot in slots {
            let words = self.slot(slot, candidate);
            if *slot == Slot::Complement {
                groups.extend(self.reached(candidate));
            }
            // "dispatched inspectors to Iran" is done to Iran.
            let bare = |word: &usize| candidate.used.contains(word) && !self.is_of_name(*word);
            if *slot == Slot::Object && words.iter().any(bare) {
                last.push(words);
                continue;
            }
            match slot {
                Slot::Complement | Slot::Purpose | Slot::Doer | Slot::Preposition(_) => {
                    groups.extend(words.into_iter().map(|word| vec![word]));
                }
                _ if !words.is_empty() => groups.push(words),
                _ => {}
            }
            let issuer = if *slot == Slot::Subject { self.issuer(candidate) } else { None };
            groups.extend(issuer.map(|word| vec![word]));
        }
        groups.append(&mut last);
        groups
    }

    /// "The party issued a declaration demanding": who issued a document speaks in it.
    fn issuer(&self, candidate: &Candidate) -> Option<usize> {
        let syntax = &self.syntax;
        let document = syntax.subject(candidate.word).filter(|_| !candidate.nominal)?;
        let issued = syntax.deprel(document) == Deprel::Obj
            && self.frames.operators.is_document(syntax.lemma(document));
        issued.then(|| syntax.head(document).and_then(|verb| syntax.subject(verb))).flatten()
    }

    /// The words that stand in a place of the tree; of a complement all that may be meant, best first.
    pub(super) fn slot(&self, slot: &Slot, candidate: &Candidate) -> Vec<usize> {
        let syntax = &self.syntax;
        let word = candidate.word;
        let found = match slot {
            Slot::Subject if candidate.nominal => self.subject_of_noun(candidate),
            Slot::Subject => syntax.subject(word).or_else(|| self.copular_subject(word)),
            Slot::Object if candidate.nominal => self.object_of_noun(candidate),
            Slot::Object => syntax.object(word),
            Slot::Indirect => candidate.anchors.iter().find_map(|&anchor| syntax.child(anchor, Deprel::Iobj)),
            Slot::Possessor => candidate.anchors.iter().rev().find_map(|&anchor| syntax.possessor(anchor)),
            Slot::Attribute => return self.attributes(candidate),
            Slot::Complement => return self.complements(candidate),
            Slot::Purpose => return self.purposes(candidate),
            Slot::ClauseSubject => {
                let clause = syntax.clause(word).or_else(|| self.clause_of_noun(candidate));
                clause
                    .and_then(|clause| {
                        syntax.subject_in_name(clause).or_else(|| syntax.surface_subject(clause))
                    })
                    .filter(|&subject| Some(subject) != syntax.subject(word))
            }
            Slot::Condition => syntax.condition(word),
            Slot::Doer => return self.doers(candidate),
            Slot::Preposition(preposition) => return self.phrases(candidate, preposition),
        };
        found.into_iter().collect()
    }

    /// "insisted on its demand that Chad leave": the clause of a noun for what the verb does.
    fn clause_of_noun(&self, candidate: &Candidate) -> Option<usize> {
        let kind = &self.frames.get(candidate.frame).kind;
        let names_it = |&noun: &usize| {
            let triggers = self.noun_triggers(self.syntax.lemma(noun));
            noun != candidate.word
                && triggers.iter().any(|trigger| self.frames.get(trigger.frame).kind == *kind)
        };
        let clauses =
            candidate.anchors.iter().copied().filter(names_it).filter_map(|noun| self.syntax.clause(noun));
        clauses.into_iter().find(|&clause| self.syntax.case(clause) == Some("that"))
    }

    fn copular_subject(&self, word: usize) -> Option<usize> {
        (self.syntax.upos(word) == Upos::Adj).then(|| self.syntax.surface_subject(word)).flatten()
    }

    /// All phrases with a preposition: in "extend the curfew in Abidjan in response" the first is not the one.
    fn phrases(&self, candidate: &Candidate, preposition: &str) -> Vec<usize> {
        let syntax = &self.syntax;
        let anchors = candidate.anchors.iter();
        let mut found: Vec<usize> = anchors.flat_map(|&anchor| syntax.phrases(anchor, preposition)).collect();
        if found.is_empty() {
            found.extend(self.phrase_inside(candidate, preposition));
        }
        if found.is_empty() && !candidate.nominal {
            let particle = syntax.child(candidate.word, Deprel::CompoundPrt);
            let taken = particle.filter(|&particle| syntax.lemma(particle) == preposition);
            let object = taken.and_then(|_| syntax.object(candidate.word));
            found.extend(object.filter(|found| !candidate.used.contains(found)));
        }
        found
    }

    /// Who is to do what the object names: "demanded the withdrawal of Syrian troops".
    fn doers(&self, candidate: &Candidate) -> Vec<usize> {
        let nouns =
            candidate.anchors.iter().copied().filter(|&anchor| self.syntax.upos(anchor) == Upos::Noun);
        let mut found = Vec::new();
        for noun in nouns.filter(|&noun| noun != candidate.word && !candidate.used.contains(&noun)) {
            let Some(trigger) = self.noun_triggers(self.syntax.lemma(noun)).first() else { continue };
            let slots = &self.frames.get(trigger.frame).noun_actor;
            let inner = Candidate::of_noun(noun, trigger.frame);
            let slots = slots.iter().filter(|slot| !matches!(slot, Slot::Doer));
            found.extend(slots.flat_map(|slot| self.slot(slot, &inner)));
        }
        found
    }

    /// "trade and investment with Canada", "part of an aid programme for Nepal", "tariffs of its own on steel": the phrase
    /// hangs on a conjunct, or one phrase further down.
    fn phrase_inside(&self, candidate: &Candidate, preposition: &str) -> Option<usize> {
        let syntax = &self.syntax;
        let nouns = candidate.anchors.iter().copied().filter(|&anchor| syntax.is_nominal(anchor));
        nouns.into_iter().find_map(|noun| {
            let inner = syntax.children(noun).filter(|&child| {
                matches!(syntax.deprel(child), Deprel::Conj | Deprel::Nmod | Deprel::Compound | Deprel::Appos)
                    && !syntax.is_verbal(child)
            });
            inner.into_iter().find_map(|child| syntax.phrase(child, preposition))
        })
    }

    /// Who carries out what a noun names: the subject of its support verb.
    fn subject_of_noun(&self, candidate: &Candidate) -> Option<usize> {
        let Some(support) = candidate.support else { return self.subject_in_state(candidate.word) };
        let undergone = self.frames.operators.is_undergo(&self.syntax.verb_name(support));
        if undergone {
            None
        } else {
            self.syntax.subject(support).filter(|&subject| subject != candidate.word)
        }
    }

    /// "The doctors are on strike", "the two are in talks".
    fn subject_in_state(&self, noun: usize) -> Option<usize> {
        let syntax = &self.syntax;
        let is_state = matches!(syntax.case(noun), Some("on" | "in" | "at"));
        let copula = syntax.child(noun, Deprel::Cop).filter(|_| is_state)?;
        syntax.surface_subject(noun).filter(|&subject| subject < copula)
    }

    /// "Clashes broke out between": the verb that only says that it took place.
    pub(super) fn occurrence(&self, noun: usize) -> Option<usize> {
        let syntax = &self.syntax;
        let verb = syntax.head(noun).filter(|_| syntax.deprel(noun) == Deprel::Nsubj)?;
        (syntax.is_verbal(verb) && self.frames.operators.is_occur(&syntax.verb_name(verb))).then_some(verb)
    }

    /// Who undergoes what a noun names: "the arrest of", "Navalny's arrest by", "suffered an attack".
    fn object_of_noun(&self, candidate: &Candidate) -> Option<usize> {
        let syntax = &self.syntax;
        let support =
            candidate.support.filter(|&verb| self.frames.operators.is_undergo(&syntax.verb_name(verb)));
        syntax.phrase(candidate.word, "of").or_else(|| syntax.subject(support?)).or_else(|| {
            let by = syntax.phrase(candidate.word, "by").is_some();
            by.then(|| syntax.possessor(candidate.word)).flatten()
        })
    }

    /// "Russian", "U.S.-Russia": names before a noun.
    fn attributes(&self, candidate: &Candidate) -> Vec<usize> {
        let syntax = &self.syntax;
        let is_name = |word: usize| syntax.view.word(word).starts_with(char::is_uppercase);
        let before = |&child: &usize| {
            matches!(
                syntax.deprel(child),
                Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::Nmod | Deprel::Dep
            ) && is_name(child)
                && syntax.case(child).is_none()
        };
        // "Syrian shelling of Jordanian villages": those of the villages did not shell.
        let own = candidate.anchors.iter().filter(|&&anchor| !candidate.nominal || anchor == candidate.word);
        own.flat_map(|&anchor| syntax.children(anchor).filter(before)).collect()
    }

    /// Whom the object or complement may be about, best first: "threatened to bomb Iran", "agreed to a truce with Hamas".
    fn complements(&self, candidate: &Candidate) -> Vec<usize> {
        const WAYS: [&str; 12] =
            ["against", "to", "on", "with", "from", "of", "by", "for", "into", "at", "in", "between"];
        let syntax = &self.syntax;
        let mut tops: Vec<usize> = Vec::new();
        tops.extend(syntax.clause(candidate.word));
        tops.extend(candidate.anchors.iter().skip(1));
        tops.extend(
            ["to", "for", "on", "of", "over", "in"].iter().find_map(|way| syntax.phrase(candidate.word, way)),
        );
        let is_named = |&word: &usize| {
            let owned = syntax.child(word, Deprel::NmodPoss).is_some();
            self.is_capital(word) || self.is_of_name(word) && !owned && !self.is_happening(word)
        };
        let mut found: Vec<usize> = Vec::new();
        for top in tops {
            let object = syntax.is_verbal(top).then(|| syntax.object(top)).flatten();
            let clause = syntax.clause(top);
            let inner = clause.and_then(|clause| syntax.clause(clause));
            let below = [clause, inner].map(|clause| clause.and_then(|clause| syntax.object(clause)));
            let noun = Some(top).filter(|&top| syntax.is_nominal(top));
            let objects = [object, noun, below[0], below[1]];
            found.extend(objects.into_iter().flatten().filter(is_named));
            let deeper = [object, Some(top), below[0], clause, below[1], inner];
            let phrases = deeper.into_iter().flatten().flat_map(|top| {
                let held = self.is_gathering(top);
                let ways = WAYS.iter().filter(move |way| !(held && matches!(**way, "in" | "at")));
                ways.filter_map(move |way| syntax.phrase(top, way))
            });
            found.extend(phrases);
            found.extend(object.into_iter().chain(syntax.possessor(top)));
            if found.len() > MOST {
                break;
            }
        }
        let inner = syntax.children(candidate.word).filter(|&child| {
            child > candidate.word
                && (syntax.deprel(child) != Deprel::Advcl || syntax.is_infinitive(child))
                && self.leads_deeper(child)
        });
        found.extend(self.deep(inner.collect()));
        found.truncate(2 * MOST);
        found
    }

    fn is_capital(&self, word: usize) -> bool {
        self.syntax.view.word(word).starts_with(char::is_uppercase)
    }

    /// "NATO troops", "Ghana's demand": whether a name stands before a noun.
    fn is_of_name(&self, word: usize) -> bool {
        let before = |&child: &usize| {
            child < word
                && matches!(self.syntax.deprel(child), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss)
        };
        self.syntax.children(word).filter(before).any(|child| self.is_capital(child))
    }

    /// "warned that banning Russian oil could hit China": both whom the deed is aimed at and whom it hits.
    fn reached(&self, candidate: &Candidate) -> Option<Vec<usize>> {
        let syntax = &self.syntax;
        let clause = syntax.clause(candidate.word)?;
        let deed = syntax.child_of(clause, Deprel::Csubj)?;
        let mut words = self.deep(vec![deed]);
        words.extend(syntax.object(clause));
        Some(words)
    }

    /// Whom an aim is about: "marched to demand reforms by the president", "a rally calling for".
    fn purposes(&self, candidate: &Candidate) -> Vec<usize> {
        let syntax = &self.syntax;
        let tops = candidate.anchors.iter().flat_map(|&anchor| syntax.children(anchor)).filter(|&child| {
            let aim = syntax.is_infinitive(child) || syntax.is_gerund(child) && syntax.case(child).is_none();
            aim && matches!(syntax.deprel(child), Deprel::Advcl | Deprel::Acl | Deprel::Xcomp)
        });
        self.deep(tops.collect())
    }

    /// The nouns below these words, in objects, phrases and further clauses, the nearest first.
    fn deep(&self, tops: Vec<usize>) -> Vec<usize> {
        let syntax = &self.syntax;
        let mut words = tops;
        let mut next = 0;
        while let Some(&word) = words.get(next).filter(|_| next < DEEPEST) {
            words.extend(syntax.children(word).filter(|&child| self.leads_deeper(child)));
            next += 1;
        }
        words.retain(|&word| syntax.is_nominal(word) && !syntax.is_time(word));
        words.truncate(MOST);
        words
    }

    /// "talks in Rome" tells where they are held, not whom they concern, as "a curfew in Rome" does.
    fn is_gathering(&self, noun: usize) -> bool {
        const GATHERINGS: &[&str] = &["CONSULT", "AGREE", "COOPERATE", "SUPPORT"];
        let first =
            self.noun_triggers(self.syntax.lemma(noun)).first().filter(|_| self.syntax.is_nominal(noun));
        first.is_some_and(|trigger| GATHERINGS.contains(&&*self.frames.get(trigger.frame).kind))
    }

    /// A noun that frames know.
    fn is_happening(&self, noun: usize) -> bool {
        self.syntax.is_nominal(noun) && !self.noun_triggers(self.syntax.lemma(noun)).is_empty()
    }

    /// Whether somebody whom an event is about may stand there: not when or why it was.
    fn leads_deeper(&self, word: usize) -> bool {
        let syntax = &self.syntax;
        match syntax.deprel(word).base() {
            Deprel::Obj | Deprel::Iobj | Deprel::Xcomp | Deprel::Ccomp | Deprel::NmodPoss => true,
            Deprel::Obl | Deprel::Nmod => {
                let where_held = matches!(syntax.case(word), Some("in" | "at"))
                    && syntax.head(word).is_some_and(|noun| self.is_gathering(noun));
                syntax.case(word).is_none_or(|case| ABOUT.contains(&case))
                    && !syntax.is_time(word)
                    && !where_held
            }
            Deprel::Acl | Deprel::Advcl => {
                syntax.is_infinitive(word) || syntax.is_gerund(word) || syntax.is_past_participle(word)
            }
            _ => false,
        }
    }
}
