//! Noun phrases: "the Russian leader", "his Armenian counterpart", "both sides", "police", "the junta in Niamey".

use super::cast::{Cast, Entity, Key, Whole};
use super::describe::{Description, head_noun, title_case};
use super::{Actor, ActorId, ActorKind};
use crate::data::agents::{Agent, AgentKind};
use crate::data::reference::WordUse;
use crate::data::registers::{Held, Office, Owner, PersonId, RoleId, StateId};
use crate::mention::{Mention, MentionKind};
use crate::parse::{Deprel, Upos};

/// An antecedent by its noun is looked for in so many sentences.
const MEMORY: usize = 12;

/// How much more often a state is named than another that is named nearer, to be one of two who are meant.
const FAR_MORE: u32 = 2;

/// One of its kind ("the bloc", "the rebels") is looked for in so many sentences.
const KIND_MEMORY: usize = 5;

impl Cast<'_> {
    /// Whom a noun phrase stands for.
    pub(super) fn nominal(&mut self, mention: &Mention) -> Vec<ActorId> {
        let Some((_, id)) = &mention.parts.noun else { return Vec::new() };
        let data = self.data;
        let agent = &data.agents[*id];
        let description = self.describe(mention);
        if let Some(id) = self.apposed_to(mention, agent, &description) {
            let is_new = self.get(id).country.is_none() && self.get(id).code.is_none();
            let description = if is_new { self.with_owner(mention, &[], &description) } else { description };
            self.add_title(id, &description);
            return vec![id];
        }
        if let Some(named) = self.apposed_names(mention) {
            return named;
        }
        if let Some(id) = self.apposed_body(mention, agent, &description) {
            return vec![id];
        }
        if self.is_predicate(mention, &description) {
            return Vec::new();
        }
        if let Some(several) = self.of_several(mention, agent, &description) {
            return several;
        }
        let two = description.two || description.three;
        match agent.kind {
            AgentKind::Pair => self.parties(mention, true, 2),
            AgentKind::State => self.states_meant(mention, agent, &description),
            AgentKind::Other => self.other_state(mention, &description),
            AgentKind::Counterpart if !agent.many => {
                self.counterpart(mention, &description).into_iter().collect()
            }
            AgentKind::People | AgentKind::Leader | AgentKind::Counterpart
                if agent.many && two && self.points_back(&description) =>
            {
                let count = if description.three { 3 } else { 2 };
                let mut found = self.same_office(mention, agent, count);
                if found.is_empty() {
                    found = self.parties(mention, true, count);
                }
                if found.is_empty() {
                    found = self.holders_of_both(mention, agent, count);
                }
                if found.is_empty() { vec![self.part(mention, agent, &description)] } else { found }
            }
            AgentKind::Body if agent.many && two && self.points_back(&description) => {
                self.both_institutions(mention, agent, &description)
            }
            AgentKind::Person | AgentKind::Leader if !agent.many => {
                self.office_holder(mention, agent, &description)
            }
            AgentKind::Address | AgentKind::Amount => Vec::new(),
            _ => self.institution(mention, agent, &description),
        }
    }

    /// "both presidents": whoever holds the office in each of the two states in question.
    fn holders_of_both(&mut self, mention: &Mention, agent: &Agent, count: usize) -> Vec<ActorId> {
        if agent.roles.is_empty() && agent.kind != AgentKind::Leader {
            return Vec::new();
        }
        let states: Vec<StateId> =
            self.parties(mention, false, count).iter().filter_map(|id| self.state_of(*id)).collect();
        let roles: Vec<RoleId> = agent.roles.iter().map(|(role, _)| *role).collect();
        let persons: Vec<PersonId> = states
            .iter()
            .filter_map(|&state| {
                let owner = Some(Owner::State(state));
                let of_state = Description { owner, roles: roles.clone(), ..Description::default() };
                self.holder(agent, &of_state, owner)
            })
            .collect();
        if persons.len() < count {
            return Vec::new();
        }
        let of_register = |person| self.registered(person, "", &Description::default());
        persons.into_iter().map(of_register).collect()
    }

    /// "officials from the two countries", "the ministers, Kasit Piromya and Hor Namhong": taken after those they belong
    /// to, or whose names follow.
    pub(super) fn belongs_to_several(&self, mention: &Mention, mentions: &[Mention]) -> bool {
        let many = |other: &Mention| {
            let noun = other.parts.noun.as_ref().map(|(_, id)| &self.data.agents[*id]);
            noun.is_some_and(|agent| agent.many && matches!(agent.kind, AgentKind::State | AgentKind::Pair))
        };
        let tree = self.parsed.sentence(mention.sentence).tree;
        // "ministers of the alliance", "ministers of the Union"
        let body = |other: &Mention| {
            let noun = other.parts.noun.as_ref().map(|(_, id)| &self.data.agents[*id]);
            let short = other.kind == MentionKind::Name && other.words.len() == 1;
            let called = short && other.parts.candidates.is_empty();
            (called || noun.is_some_and(|agent| agent.kind == AgentKind::Body && !agent.many))
                && tree.children_by(other.head, Deprel::Case).any(|case| tree.lemma(case) == "of")
        };
        mention.kind == MentionKind::Nominal
            && (!self.names_behind(mention).is_empty()
                || self.body_behind(mention).is_some()
                || mentions.iter().any(|other| {
                    other.head > mention.head
                        && tree.head(other.head) == Some(mention.head)
                        && tree.deprel(other.head).base() == Deprel::Nmod
                        && (many(other) || body(other))
                }))
    }

    /// "as a member", "is a member": what somebody is, not somebody else.
    fn is_predicate(&self, mention: &Mention, description: &Description) -> bool {
        let tree = self.parsed.sentence(mention.sentence).tree;
        let is_said = tree.child(mention.head, Deprel::Cop).is_some();
        let as_what = tree.children_by(mention.head, Deprel::Case).any(|case| tree.lemma(case) == "as");
        description.indefinite && !description.definite && (is_said || as_what)
    }

    /// "the two", "both", not "two Russian".
    fn points_back(&self, description: &Description) -> bool {
        description.definite && description.owner.is_none()
    }

    /// "Vladimir Putin, the Russian president, ...": the person whose name is right before the comma.
    fn apposed_to(&self, mention: &Mention, agent: &Agent, description: &Description) -> Option<ActorId> {
        if agent.many || !matches!(agent.kind, AgentKind::Person | AgentKind::Leader) {
            return None;
        }
        let view = self.parsed.sentence(mention.sentence);
        let comma =
            mention.words.start.checked_sub(1).filter(|&comma| comma > 0 && view.word(comma) == ",")?;
        let before = self.mentions_in(mention.sentence).iter().find(|other| {
            other.kind == MentionKind::Name && other.words.end == comma && Cast::is_person(other)
        })?;
        let end = mention.parts.complement.as_ref().map_or(mention.words.end, |complement| complement.end);
        let closed = end >= view.len() || view.tree.upos(end) == Upos::Punct || view.word(end) == "who";
        let by_tree = view.tree.deprel(mention.head) == Deprel::Appos;
        let &[id] = self.actors.at(mention.sentence, before.head) else { return None };
        let entity = self.entity(id);
        let compatible =
            description.state().is_none_or(|state| entity.state.is_none_or(|known| known == state));
        (self.get(id).kind == ActorKind::Person && compatible && (closed || by_tree)).then_some(id)
    }

    /// "A splinter group, the Free Highlanders, ...": the body whose name stands between commas behind the noun, which
    /// is of the country that the noun's words say.
    fn apposed_body(
        &mut self,
        mention: &Mention,
        agent: &Agent,
        description: &Description,
    ) -> Option<ActorId> {
        let name = self.body_behind(mention)?;
        let &[id] = self.actors.at(mention.sentence, name.head) else { return None };
        let known = self.get(id);
        let unsettled = known.country.is_none() && known.code.is_none() && known.register.is_none();
        if !matches!(known.kind, ActorKind::Organisation | ActorKind::Group) {
            return None;
        }
        let public = matches!(&*agent.sector, "" | "REB" | "PTY" | "OPP");
        let of_report = self.survey.dominant().filter(|_| public);
        let owner = description.owner.or(of_report.map(Owner::State)).filter(|_| unsettled);
        let codes = owner.map(|owner| self.codes(owner));
        let actor = &mut self.actors.list[id.0 as usize];
        if let Some((country, code)) = codes {
            (actor.country, actor.code) = (country, code);
            self.entities[id.0 as usize].state = description.state().or(of_report);
        }
        if actor.sector.is_none() {
            actor.sector.clone_from(&description.sector);
        }
        Some(id)
    }

    /// The name, no person's, between two commas behind a noun for a body.
    pub(super) fn body_behind(&self, mention: &Mention) -> Option<&Mention> {
        let (_, id) = mention.parts.noun.as_ref()?;
        let agent = &self.data.agents[*id];
        let view = self.parsed.sentence(mention.sentence);
        let comma = mention.words.end;
        if agent.many || agent.kind != AgentKind::Body || comma + 2 >= view.len() || view.word(comma) != "," {
            return None;
        }
        let article = usize::from(view.word(comma + 1).eq_ignore_ascii_case("the"));
        let starts = |other: &&Mention| {
            other.kind == MentionKind::Name
                && other.words.start == comma + 1 + article
                && !other.parts.nested
                && !Cast::is_person(other)
        };
        let name = self.mentions_in(mention.sentence).iter().find(starts)?;
        let end = name.words.end;
        let listed = end + 1 < view.len() && matches!(view.word(end + 1), "and" | "or");
        (end < view.len() && matches!(view.word(end), "," | "." | ";" | ")") && !listed).then_some(name)
    }

    /// "the country", "both sides", "the U.S. side", "the two neighbours".
    fn states_meant(&mut self, mention: &Mention, agent: &Agent, description: &Description) -> Vec<ActorId> {
        if let (Some(state), false) = (description.state(), agent.many) {
            return vec![self.state(state)];
        }
        if agent.many {
            let count = if description.three { 3 } else { 2 };
            let asked = description.two
                || description.three
                || description.definite && agent.kind == AgentKind::State;
            return if asked && description.owner.is_none() {
                self.parties(mention, false, count)
            } else {
                Vec::new()
            };
        }
        if !description.definite {
            return Vec::new();
        }
        // "the kingdom" is one of the kingdoms of the report, if it has any.
        let is_called = |state: &StateId| {
            let mut words = self.data.registers[*state].official.split(' ');
            words.any(|word| word.eq_ignore_ascii_case(&agent.noun))
        };
        let called: Vec<StateId> = self.survey.ranked().iter().copied().filter(is_called).collect();
        let own = self.entering(mention);
        if own.is_some() {
            let entered = self.survey.ranked().iter().copied().find(|state| Some(*state) != own);
            return entered.map(|state| self.state(state)).into_iter().collect();
        }
        let found = self
            .recent(mention.sentence, 2)
            .filter(|turn| turn.ids.len() == 1)
            .filter(|turn| matches!(self.get(turn.ids[0]).kind, ActorKind::State | ActorKind::Government))
            .filter(|turn| !self.is_venue(turn))
            .filter_map(|turn| self.state_of(turn.ids[0]))
            .find(|state| called.is_empty() || called.contains(state))
            .or(called.first().copied());
        found.map(|state| self.state(state)).into_iter().collect()
    }

    /// "Kenyan troops crossed into the country": whose country it is not.
    fn entering(&self, mention: &Mention) -> Option<StateId> {
        let tree = self.parsed.sentence(mention.sentence).tree;
        let into = tree.children_by(mention.head, Deprel::Case).any(|case| tree.lemma(case) == "into");
        let subject = self.subject_beside(mention, true).filter(|_| into)?;
        subject.first().and_then(|&id| self.state_of(id))
    }

    /// "its neighbour": the state last named, other than its own.
    fn other_state(&mut self, mention: &Mention, description: &Description) -> Vec<ActorId> {
        if !description.definite {
            return Vec::new();
        }
        let here = self.recent(mention.sentence, 0).filter(|turn| turn.subject).map(|turn| turn.ids[0]);
        let own = description.state().or_else(|| here.into_iter().find_map(|id| self.state_of(id)));
        let turns = self.recent(mention.sentence, 4).flat_map(|turn| turn.ids.iter());
        let acts = |id: &&ActorId| !matches!(self.get(**id).kind, ActorKind::Outlet | ActorKind::Unknown);
        let mut named = turns.filter(acts).filter_map(|id| self.state_of(*id));
        let found: Option<StateId> = named.find(|state| Some(*state) != own);
        drop(named);
        found.map(|state| self.state(state)).into_iter().collect()
    }

    /// Two (or three) who were last named together, or one after the other: persons, or states and other parties.
    pub(super) fn parties(&mut self, mention: &Mention, persons: bool, count: usize) -> Vec<ActorId> {
        let subject = self.subject_beside(mention, false);
        let excluded: Vec<ActorId> = subject.into_iter().flatten().collect();
        let excluded_states: Vec<StateId> = excluded.iter().filter_map(|id| self.state_of(*id)).collect();
        let mut people: Vec<ActorId> = Vec::new();
        let mut states: Vec<StateId> = Vec::new();
        // Hamas is a side by itself, not the state it lives in.
        let mut groups: Vec<(StateId, ActorId)> = Vec::new();
        let mut together: Option<Vec<ActorId>> = None;
        for turn in self.recent(mention.sentence, 4) {
            let is_party = |id: &ActorId| {
                let kind = self.get(*id).kind;
                if persons {
                    kind == ActorKind::Person
                } else {
                    !matches!(kind, ActorKind::People | ActorKind::Outlet | ActorKind::Unknown)
                }
            };
            let fits =
                turn.ids.len() == count && turn.ids.iter().all(|id| is_party(id) && !excluded.contains(id));
            if fits && (persons || turn.ids.iter().all(|id| self.get(*id).kind != ActorKind::Person)) {
                together = Some(turn.ids.clone());
                break;
            }
            for &id in &turn.ids {
                let state = self.state_of(id);
                if persons {
                    let other_state =
                        people.iter().all(|other| self.state_of(*other) != state || state.is_none());
                    if is_party(&id) && !excluded.contains(&id) && !people.contains(&id) && other_state {
                        people.push(id);
                    }
                } else if let Some(state) = state
                    && !states.contains(&state)
                    && !excluded_states.contains(&state)
                    && self.get(id).kind != ActorKind::Outlet
                {
                    states.push(state);
                    if self.get(id).kind == ActorKind::Group && self.get(id).register.is_some() {
                        groups.push((state, id));
                    }
                }
            }
            if people.len() >= count {
                break;
            }
        }
        if let Some(together) = together {
            return together;
        }
        if persons {
            people.truncate(count);
            people.reverse();
            return if people.len() == count { people } else { Vec::new() };
        }
        let most_named = self.survey.ranked().iter().filter(|state| !excluded_states.contains(state));
        let missing: Vec<StateId> = most_named.filter(|state| !states.contains(state)).copied().collect();
        if !states.is_empty() && !excluded.is_empty() && states.len() < count {
            states.extend(missing.into_iter().take(count - states.len()));
        }
        // Of more than so many the nearest, but for those whom the report tells far more of.
        for further in count..states.len() {
            let least = (0..count).rev().min_by_key(|&near| self.survey.count(states[near]));
            let (Some(least), more) = (least, self.survey.count(states[further])) else { break };
            if more >= self.survey.count(states[least]) + FAR_MORE {
                states.remove(least);
                states.insert(count - 1, states[further - 1]);
            }
        }
        states.truncate(count);
        states.reverse();
        if states.len() == count {
            let group = |state: StateId| groups.iter().find(|(of, _)| *of == state).map(|(_, id)| *id);
            states.into_iter().map(|state| group(state).unwrap_or_else(|| self.state(state))).collect()
        } else {
            Vec::new()
        }
    }

    /// The subject of the clause in which a mention is something else: it is not among "both countries" that it urges.
    pub(super) fn subject_beside(&self, mention: &Mention, oblique: bool) -> Option<Vec<ActorId>> {
        let view = self.parsed.sentence(mention.sentence);
        if super::cast::is_subject(view, mention.head) {
            return None;
        }
        let verb = view.tree.ancestors(mention.head).find(|&word| view.tree.upos(word) == Upos::Verb)?;
        let subject = view.tree.children(verb).find(|&child| view.tree.deprel(child).is_subject())?;
        let base = view.tree.deprel(mention.head).base();
        let object = matches!(base, Deprel::Obj | Deprel::Iobj) || oblique && base == Deprel::Obl;
        let ids = self.actors.at(mention.sentence, subject);
        (object && !ids.is_empty()).then(|| ids.to_vec())
    }

    /// "his Azerbaijani counterpart": who holds there the office that he holds here.
    fn counterpart(&mut self, mention: &Mention, description: &Description) -> Option<ActorId> {
        let here = description.whose.or_else(|| self.last_person(mention.sentence));
        let roles = here.map(|id| self.entity(id).roles.clone()).unwrap_or_default();
        let own = here.and_then(|id| self.state_of(id));
        let Some(owner) = description.owner.filter(|_| description.state() != own) else {
            return self.other_person(mention, own?);
        };
        let day = self.day;
        let found = roles.iter().find_map(|role| {
            let mut holders =
                self.data.registers.holders(owner, *role, day?).filter(|(_, held)| *held == Held::Yes);
            let person = holders.next()?.0.person;
            holders.all(|(office, _)| office.person == person).then_some(person)
        });
        if let Some(person) = found {
            return Some(self.registered(person, "", &Description::default()));
        }
        let role = here.and_then(|id| self.get(id).role.clone());
        let sector = here.and_then(|id| self.get(id).sector.clone());
        let (country, code) = self.codes(owner);
        let name = self.noun_phrase(mention);
        let state = description.state();
        Some(self.actor(Key::Part(Some(whole_of(owner)), "counterpart".to_owned()), || {
            let kind = ActorKind::Person;
            let actor =
                Actor { name, kind, country, code, sector, role, register: None, mentions: Vec::new() };
            (actor, Entity { state, roles, ..Entity::default() })
        }))
    }

    /// "his host": the person of another state who was named last.
    fn other_person(&self, mention: &Mention, own: StateId) -> Option<ActorId> {
        let turns = self.recent(mention.sentence, 4).filter(|turn| turn.ids.len() == 1);
        let is_other = |id: &ActorId| {
            self.get(*id).kind == ActorKind::Person
                && self.get(*id).country.is_some()
                && self.state_of(*id).is_some_and(|state| state != own)
        };
        turns.map(|turn| turn.ids[0]).find(is_other)
    }

    fn last_person(&self, sentence: usize) -> Option<ActorId> {
        self.recent(sentence, 1)
            .filter(|turn| turn.ids.len() == 1 && turn.subject)
            .map(|turn| turn.ids[0])
            .find(|id| self.get(*id).kind == ActorKind::Person)
    }

    /// One person by an office or another noun.
    fn office_holder(&mut self, mention: &Mention, agent: &Agent, description: &Description) -> Vec<ActorId> {
        let fresh = description.indefinite && !description.definite || description.former;
        if fresh {
            return vec![self.part(mention, agent, description)];
        }
        if let Some(person) = self.holder(agent, description, description.owner) {
            return vec![self.registered(person, "", description)];
        }
        if let Some(id) = self.named_by_noun(mention, agent, description) {
            return vec![id];
        }
        if description.owner.is_none() && description.definite && !agent.roles.is_empty() {
            let context = self.context(mention, true);
            // Now that the state is known, so is what its title means: "the secretary of state".
            let fits = |states: &[StateId]| {
                states.is_empty() || context.is_some_and(|state| states.contains(&state))
            };
            let roles =
                agent.roles.iter().filter(|(_, states)| fits(states)).map(|(role, _)| *role).collect();
            let description = &Description { roles, ..description.clone() };
            if let Some(person) = self.holder(agent, description, context.map(Owner::State)) {
                return vec![self.registered(person, "", description)];
            }
        }
        vec![self.part(mention, agent, description)]
    }

    /// Who holds the office that the noun names, where one person at a time does.
    pub(super) fn holder(
        &self,
        agent: &Agent,
        description: &Description,
        owner: Option<Owner>,
    ) -> Option<PersonId> {
        let (owner, day) = (owner?, self.day?);
        let of_group = description
            .whose
            .is_some_and(|id| !matches!(self.get(id).kind, ActorKind::Person | ActorKind::State));
        if of_group {
            return None;
        }
        let registers = &self.data.registers;
        if let (AgentKind::Leader, Owner::State(state)) = (agent.kind, owner) {
            return registers.leader(state, day);
        }
        if let Owner::Body(_) = owner {
            return self.head_of_body(agent, owner, day);
        }
        let single = description.roles.iter().filter(|role| self.data.agents.is_single(**role));
        for role in single {
            let mut holders = registers.holders(owner, *role, day).filter(|(_, held)| *held == Held::Yes);
            if let Some((office, _)) = holders.next() {
                let one = holders.all(|(other, _)| other.person == office.person);
                return one.then_some(office.person);
            }
        }
        None
    }

    /// "the European Commission president": the one holder of an office of a body whose title has the noun.
    fn head_of_body(&self, agent: &Agent, of: Owner, day: jiff::civil::Date) -> Option<PersonId> {
        let registers = &self.data.registers;
        let holds =
            |office: &&Office| office.period.on(day) == Held::Yes && has_noun(&office.title, &agent.noun);
        let mut holders = registers.offices_in(of).filter(holds).map(|office| office.person);
        let person = holders.next()?;
        holders.all(|other| other == person).then_some(person)
    }

    /// "the president", "the spokeswoman": who was called so before.
    fn named_by_noun(&self, mention: &Mention, agent: &Agent, description: &Description) -> Option<ActorId> {
        let noun = head_noun(&agent.noun);
        let same_owner = |entity: &Entity| match description.owner {
            Some(Owner::State(state)) => entity.state == Some(state),
            Some(Owner::Body(body)) => entity.body == Some(body),
            None => true,
        };
        self.recent(mention.sentence, MEMORY).filter(|turn| turn.ids.len() == 1).map(|turn| turn.ids[0]).find(
            |id| {
                let entity = self.entity(*id);
                let same_place = same_owner(entity);
                // "The health minister" is not the prime minister.
                let role = self.get(*id).role.as_deref().map(str::to_lowercase);
                let other = agent.noun.contains(' ')
                    && role.is_some_and(|role| role.contains(noun) && !role.contains(&*agent.noun));
                let same_noun = !other && entity.nouns.iter().any(|known| known == noun)
                    || description
                        .roles
                        .iter()
                        .any(|role| self.data.agents.is_single(*role) && entity.roles.contains(role));
                let same_gender =
                    agent.gender.is_none() || entity.gender.is_none() || agent.gender == entity.gender;
                self.get(*id).kind == ActorKind::Person && same_place && same_noun && same_gender
            },
        )
    }

    /// "both parliaments": the parliament of each of the two states.
    fn both_institutions(
        &mut self,
        mention: &Mention,
        agent: &Agent,
        description: &Description,
    ) -> Vec<ActorId> {
        let parties = self.parties(mention, false, if description.three { 3 } else { 2 });
        let mut found = Vec::new();
        for party in parties {
            match self.state_of(party) {
                Some(state) => {
                    let own = Description { owner: Some(Owner::State(state)), ..description.clone() };
                    found.push(self.part(mention, agent, &own));
                }
                None => found.push(party),
            }
        }
        found
    }

    /// An institution or people: those named by the same noun before, or those of the state in question.
    fn institution(&mut self, mention: &Mention, agent: &Agent, description: &Description) -> Vec<ActorId> {
        if description.owner.is_none()
            && description.whose.is_none()
            && description.definite
            && let Some(id) = self.same_kind_before(mention, agent)
        {
            return vec![id];
        }
        vec![self.part(mention, agent, description)]
    }

    /// "the ministry", "the group", "the bloc": what was so called, or is of that kind.
    pub(super) fn same_kind_before(&self, mention: &Mention, agent: &Agent) -> Option<ActorId> {
        let noun = head_noun(&agent.noun);
        let singular = noun.strip_suffix('s').unwrap_or(noun);
        // "the agency" is the International Atomic Energy Agency, "the army" no resistance army.
        let in_name = |id: ActorId| {
            let Some(body) = self.entity(id).body.filter(|_| agent.kind == AgentKind::Body) else {
                return false;
            };
            let row = &self.data.registers[body];
            let is_called = |name: &str| name.split([' ', '-']).any(|word| word.eq_ignore_ascii_case(noun));
            is_called(&row.name) || row.names.iter().any(|name| is_called(name))
        };
        let by_noun = self
            .recent(mention.sentence, MEMORY)
            .filter(|turn| turn.ids.len() == 1)
            .map(|turn| turn.ids[0])
            .find(|id| {
                let entity = self.entity(*id);
                self.get(*id).kind != ActorKind::Person
                    && (in_name(*id) || entity.nouns.iter().any(|known| known == noun || known == singular))
            });
        by_noun.or_else(|| {
            let wanted = |id: &ActorId| {
                let actor = self.get(*id);
                match (&*agent.sector, agent.kind) {
                    // "The alliance" is no bank or agency; "the judges" are those of a court named before.
                    ("IGO", AgentKind::Body) => self.is_body_of_kind(*id, &["organisation", "group"]),
                    ("JUD", _) => self.is_body_of_kind(*id, &["court"]),
                    ("", AgentKind::Body) => matches!(actor.kind, ActorKind::Organisation | ActorKind::Group),
                    ("REB" | "PTY" | "MED" | "BUS", _) => {
                        actor.sector.as_deref() == Some(&*agent.sector)
                            && matches!(
                                actor.kind,
                                ActorKind::Group | ActorKind::Organisation | ActorKind::Outlet
                            )
                    }
                    _ => false,
                }
            };
            self.recent(mention.sentence, KIND_MEMORY)
                .filter(|turn| turn.ids.len() == 1)
                .map(|turn| turn.ids[0])
                .find(wanted)
        })
    }

    /// Whether somebody is a body of one of these kinds.
    fn is_body_of_kind(&self, id: ActorId, kinds: &[&str]) -> bool {
        let body = self.entity(id).body.filter(|_| self.get(id).kind == ActorKind::Organisation);
        body.is_some_and(|body| kinds.contains(&&*self.data.registers[body].kind))
    }

    /// An actor known by a noun and what it belongs to.
    pub(super) fn part(&mut self, mention: &Mention, agent: &Agent, description: &Description) -> ActorId {
        let of_text = description.owner;
        let context = if of_text.is_none() && description.whose.is_none() {
            self.guess(mention, agent, description).map(Owner::State)
        } else {
            None
        };
        let owner = of_text.or(context);
        let whose = description.whose.filter(|id| {
            !matches!(self.get(*id).kind, ActorKind::Person | ActorKind::State | ActorKind::People)
        });
        let whole = whose.map(Whole::Actor).or(owner.map(whole_of));
        let fresh = description.indefinite && !description.definite;
        let key = if fresh || whole.is_none() && !description.definite {
            Key::Once(mention.sentence, mention.words.end)
        } else {
            Key::Part(whole, agent.noun.to_string())
        };
        if let Some(id) = self.known(&key) {
            return id;
        }
        let name = self.part_name(mention, agent, context);
        let (country, code) = owner.map_or((None, None), |owner| self.codes(owner));
        let of_body = matches!(owner, Some(Owner::Body(_))) && description.sector.as_deref() == Some("GOV");
        let sector = if of_body { Some("IGO".to_owned()) } else { description.sector.clone() };
        let state = if let Some(Owner::State(state)) = owner { Some(state) } else { None };
        let body = if let Some(Owner::Body(body)) = owner { Some(body) } else { None };
        let kind = kind_of(agent, sector.as_deref(), state.is_some());
        let role = (kind == ActorKind::Person).then(|| title_case(&agent.noun));
        let noun = head_noun(&agent.noun).to_owned();
        let (roles, gender, many) = (description.roles.clone(), agent.gender, agent.many);
        self.actor(key, || {
            let actor =
                Actor { name, kind, country, code, sector, role, register: None, mentions: Vec::new() };
            // A body's official is not the body.
            let body = body.filter(|_| kind != ActorKind::Organisation);
            (actor, Entity { state, body, gender, many, roles, nouns: vec![noun] })
        })
    }

    /// The phrase without its article.
    fn noun_phrase(&self, mention: &Mention) -> String {
        let view = self.parsed.sentence(mention.sentence);
        let mut words = mention.words.clone();
        while words.len() > 1
            && self.data.reference.has_use(&view.word(words.start).to_lowercase(), WordUse::Article)
        {
            words.start += 1;
        }
        view.span_of(words).of(self.parsed.text()).to_owned()
    }

    /// "Indian army" for "the army", where India is in question.
    fn part_name(&self, mention: &Mention, agent: &Agent, context: Option<Owner>) -> String {
        let Some(Owner::State(state)) = context else { return self.noun_phrase(mention) };
        match self.data.registers[state].adjectives.first() {
            Some(adjective) => format!("{adjective} {}", agent.noun),
            None => self.noun_phrase(mention),
        }
    }
}

/// Whether a title begins with a noun, be it with a hyphen or a blank: "Secretary-General", "President of the Commission".
fn has_noun(title: &str, noun: &str) -> bool {
    let title = title.to_lowercase().replace('-', " ");
    title.strip_prefix(&noun.replace('-', " ")).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn whole_of(owner: Owner) -> Whole {
    match owner {
        Owner::State(state) => Whole::State(state),
        Owner::Body(body) => Whole::Body(body),
    }
}

/// What kind of actor a noun makes, given its sector.
fn kind_of(agent: &Agent, sector: Option<&str>, of_state: bool) -> ActorKind {
    match agent.kind {
        AgentKind::Person | AgentKind::Leader | AgentKind::Counterpart if !agent.many => ActorKind::Person,
        AgentKind::Body => match sector {
            Some("GOV" | "MIL" | "COP" | "SPY" | "JUD" | "LEG") if of_state => ActorKind::Government,
            Some("GOV" | "MIL" | "COP" | "SPY" | "LEG") => ActorKind::Government,
            Some("REB" | "PTY" | "OPP" | "CRM") => ActorKind::Group,
            Some("MED") => ActorKind::Outlet,
            _ => ActorKind::Organisation,
        },
        _ => ActorKind::People,
    }
}
