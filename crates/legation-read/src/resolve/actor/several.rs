//! One noun for those of several states: "the foreign ministers of France and Poland", "Chinese and Indian troops",
//! "their armies", "both presidents".

use super::ActorId;
use super::cast::Cast;
use super::describe::Description;
use crate::Span;
use crate::data::agents::{Agent, AgentKind};
use crate::data::registers::{Form, Owner, StateId, Target};
use crate::mention::{Mention, MentionKind};
use crate::parse::Deprel;
use crate::resolve::survey::state_of;

/// Two who hold the same office are looked for in so many sentences.
const MEMORY: usize = 12;

impl Cast<'_> {
    /// Those of each state that a plural noun belongs to, where it belongs to more than one.
    pub(super) fn of_several(
        &mut self,
        mention: &Mention,
        agent: &Agent,
        description: &Description,
    ) -> Option<Vec<ActorId>> {
        if !agent.many || !matches!(agent.kind, AgentKind::People | AgentKind::Body | AgentKind::Leader) {
            return None;
        }
        let ways = [
            self.owners_behind(mention),
            self.named_behind(mention),
            self.owners_before(mention),
            self.attributes(mention),
        ];
        let states = ways.into_iter().find(|states| states.len() > 1)?;
        let each = states.into_iter().map(|state| {
            let owner = Some(Owner::State(state));
            let own = Description { owner, whose: None, ..description.clone() };
            match self.holder(agent, &own, owner) {
                Some(person) => self.registered(person, "", &own),
                None => self.part_of(state, mention, agent, &own),
            }
        });
        Some(each.collect())
    }

    /// Those of one of the states, by a name of their own: "Chinese troops".
    fn part_of(&mut self, state: StateId, mention: &Mention, agent: &Agent, own: &Description) -> ActorId {
        let id = self.part(mention, agent, &Description { indefinite: false, definite: true, ..own.clone() });
        let adjective = self.data.registers[state].adjectives.first();
        let actor = &mut self.actors.list[id.0 as usize];
        if let Some(adjective) = adjective.filter(|_| actor.mentions.is_empty()) {
            actor.name = format!("{adjective} {}", agent.noun);
        }
        id
    }

    /// The states that a noun behind a noun stands for: "of both countries".
    fn owners_behind(&self, mention: &Mention) -> Vec<StateId> {
        let tree = self.parsed.sentence(mention.sentence).tree;
        let behind = tree.children_by(mention.head, Deprel::Nmod).filter(|&child| child > mention.head);
        let ids = behind.flat_map(|child| self.actors.at(mention.sentence, child));
        let states = ids.filter(|id| self.get(**id).kind == super::ActorKind::State);
        distinct(states.filter_map(|id| self.state_of(*id)))
    }

    /// "of France, Germany and Poland", whose turn is still to come.
    fn named_behind(&self, mention: &Mention) -> Vec<StateId> {
        let tree = self.parsed.sentence(mention.sentence).tree;
        let owning = |child: &usize| {
            let cases = tree.children_by(*child, Deprel::Case);
            *child > mention.head && cases.into_iter().any(|case| matches!(tree.lemma(case), "of" | "from"))
        };
        let Some(first) = tree.children_by(mention.head, Deprel::Nmod).find(owning) else {
            return Vec::new();
        };
        let names = [first].into_iter().chain(tree.children_by(first, Deprel::Conj));
        distinct(names.filter_map(|word| self.state_named(mention.sentence, word)))
    }

    /// The state that a name with this head means, where it can mean no other.
    fn state_named(&self, sentence: usize, head: usize) -> Option<StateId> {
        let named = self
            .mentions_in(sentence)
            .iter()
            .find(|other| other.kind == MentionKind::Name && other.head == head && !other.parts.nested)?;
        let place = self.places.at(sentence, named.words.end - 1);
        if let Some(country) = place.and_then(|place| self.places.get(place).country.as_deref()) {
            return self.data.registers.state(country);
        }
        let mut states = named.parts.candidates.iter().filter_map(|candidate| match candidate.target {
            target @ (Target::State(_) | Target::Former(_) | Target::Capital(_)) => {
                state_of(target, &self.data.registers)
            }
            _ => None,
        });
        states.next()
    }

    /// "their armies", "the two countries' armies": the possessor stands for several.
    fn owners_before(&self, mention: &Mention) -> Vec<StateId> {
        let noun = mention.parts.noun.as_ref().map_or(mention.words.end, |(words, _)| words.start);
        let several = (mention.words.start..noun)
            .map(|word| self.actors.at(mention.sentence, word))
            .find(|ids| ids.len() > 1)
            .unwrap_or_default();
        distinct(several.iter().filter_map(|id| self.state_of(*id)))
    }

    /// "Chinese and Indian troops": adjectives of states in a row before the noun.
    fn attributes(&self, mention: &Mention) -> Vec<StateId> {
        let state = |other: &&Mention| {
            let mut states = other.parts.candidates.iter().filter_map(|candidate| match candidate.target {
                target @ (Target::State(_) | Target::Former(_)) => state_of(target, &self.data.registers),
                _ => None,
            });
            states.next()
        };
        distinct(self.adjectives(mention).iter().rev().filter_map(state))
    }

    /// Of "Chinese and Indian troops" the words for each: the whole for the Chinese, "Indian troops" for the others.
    pub(super) fn spans_of_several(&self, mention: &Mention, count: usize) -> Vec<Span> {
        if count < 2 || mention.kind != MentionKind::Nominal {
            return Vec::new();
        }
        let view = self.parsed.sentence(mention.sentence);
        let adjectives = self.adjectives(mention);
        let spans = adjectives.iter().rev().map(|first| view.span_of(first.words.start..mention.words.end));
        if adjectives.len() == count { spans.collect() } else { Vec::new() }
    }

    /// The adjectives of states joined by "and" with which a phrase begins, the last first; none if there is but one.
    fn adjectives(&self, mention: &Mention) -> Vec<&Mention> {
        let view = self.parsed.sentence(mention.sentence);
        let list = self.mentions_in(mention.sentence);
        let adjective = |other: &&Mention| {
            other.kind == MentionKind::Name
                && !other.parts.nested
                && other.parts.candidates.iter().any(|candidate| {
                    matches!(candidate.target, Target::State(_) | Target::Former(_))
                        && (candidate.form == Form::Adjective || view.tree.deprel(other.head) == Deprel::Amod)
                })
        };
        let starts = |at: usize| list.iter().filter(adjective).find(|other| other.words.start == at);
        let ends = |at: usize| list.iter().filter(adjective).find(|other| other.words.end == at);
        let mut at = mention.words.start;
        let Some(last) = starts(at) else { return Vec::new() };
        let mut found = vec![last];
        while let Some(before) = at.checked_sub(1).filter(|&before| matches!(view.word(before), "and" | ","))
        {
            let comma = before.checked_sub(1).filter(|&comma| view.word(comma) == ",").unwrap_or(before);
            let Some(other) = ends(comma).or_else(|| ends(before)) else { break };
            found.push(other);
            at = other.words.start;
        }
        let joined = (at..mention.words.start).any(|word| view.word(word) == "and");
        if joined { found } else { Vec::new() }
    }

    /// "The foreign ministers, Kasit Piromya and Hor Namhong,": those whose names stand behind the noun.
    pub(super) fn apposed_names(&self, mention: &Mention) -> Option<Vec<ActorId>> {
        let mut named: Vec<ActorId> = Vec::new();
        for name in self.names_behind(mention) {
            let &[id] = self.actors.at(mention.sentence, name.head) else { continue };
            if !named.contains(&id) {
                named.push(id);
            }
        }
        (named.len() > 1).then_some(named)
    }

    /// The names of persons between two commas behind a plural, joined by "and".
    pub(super) fn names_behind(&self, mention: &Mention) -> Vec<&Mention> {
        let view = self.parsed.sentence(mention.sentence);
        let is = |at: usize, word: &str| at < view.len() && view.word(at) == word;
        let is_many = mention.parts.noun.as_ref().is_some_and(|(_, id)| self.data.agents[*id].many);
        let mut names: Vec<&Mention> = Vec::new();
        let (mut at, mut joined) = (mention.words.end, false);
        while is_many && (is(at, ",") || !names.is_empty() && is(at, "and")) {
            let and = is(at, "and") || is(at + 1, "and");
            let start = at + 1 + usize::from(is(at + 1, "and"));
            let list = self.mentions_in(mention.sentence);
            let name = list.iter().find(|other| other.words.start == start && Cast::is_person(other));
            let Some(name) = name else { break };
            joined |= and;
            at = name.words.end;
            names.push(name);
        }
        if joined && is(at, ",") { names } else { Vec::new() }
    }

    /// "both presidents", "the two ministers": who last held an office of that name, the subject beside them left out.
    pub(super) fn same_office(&self, mention: &Mention, agent: &Agent, count: usize) -> Vec<ActorId> {
        let excluded = self.subject_beside(mention, true).unwrap_or_default();
        let mut found: Vec<ActorId> = Vec::new();
        for turn in self.recent(mention.sentence, MEMORY) {
            let &[id] = &turn.ids[..] else { continue };
            let holds =
                self.entity(id).roles.iter().any(|role| agent.roles.iter().any(|(known, _)| known == role));
            if holds && !excluded.contains(&id) && !found.contains(&id) {
                found.push(id);
            }
            if found.len() == count {
                found.reverse();
                return found;
            }
        }
        Vec::new()
    }
}

/// Each state once, in order.
fn distinct(states: impl Iterator<Item = StateId>) -> Vec<StateId> {
    let mut found: Vec<StateId> = Vec::new();
    for state in states {
        if !found.contains(&state) {
            found.push(state);
        }
    }
    found
}
