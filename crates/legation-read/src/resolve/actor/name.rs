//! Names: whom the registers know by them, as of the document's date, and who is known from the text alone.

use super::alike::is_alike;
use super::cast::{Cast, Entity, Key, Whole};
use super::describe::{Description, head_noun, title_case};
use super::{Actor, ActorId, ActorKind};
use crate::data::Data;
use crate::data::agents::AgentKind;
use crate::data::reference::WordUse;
use crate::data::registers::{
    Candidate, Form, GroupId, GroupKind, Held, MetonymId, Office, Owner, PersonId, StateId, Target,
};
use crate::mention::Mention;
use crate::parse::{Deprel, NameKind, Upos};

/// Rebels are of where they fight, which was said so many sentences before at most.
const REBELLION: usize = 4;

impl<'a> Cast<'a> {
    /// Whom a name stands for; nobody where it names a place only.
    pub(super) fn name(&mut self, mention: &Mention) -> Vec<ActorId> {
        let parts = &mention.parts;
        if parts.nested {
            return Vec::new();
        }
        let Some(words) = parts.name.clone() else { return Vec::new() };
        let written = self.parsed.sentence(mention.sentence).span_of(words).of(self.parsed.text()).to_owned();
        let description = self.describe(mention);
        let people: Vec<Candidate> = parts
            .candidates
            .iter()
            .filter(|candidate| matches!(candidate.target, Target::Person(_)))
            .copied()
            .collect();
        let others = parts.candidates.len() > people.len();
        let titled = parts.noun.is_some();
        let is_person =
            titled || !people.is_empty() && !others || parts.name_kind == Some(NameKind::Per) && !others;
        let found = if is_person || parts.name_kind == Some(NameKind::Per) && !people.is_empty() {
            self.person(mention, &written, &people, &description)
        } else {
            self.thing(mention, &written)
        };
        if let Some(id) = found {
            self.note_acronym(mention, id);
        }
        found.into_iter().collect()
    }

    /// "Shanghai Cooperation Organisation (SCO)": what stands in the brackets is another name from now on.
    pub(super) fn note_acronym(&mut self, mention: &Mention, id: ActorId) {
        let view = self.parsed.sentence(mention.sentence);
        let at = mention.words.end;
        if at + 2 < view.len() && view.word(at) == "(" && view.word(at + 2) == ")" {
            let acronym = view.word(at + 1);
            if acronym.len() > 1 && acronym.bytes().all(|byte| byte.is_ascii_uppercase()) {
                self.aliases.insert(acronym.to_owned(), id);
            }
        }
    }

    /// A state, government, body, group or an organisation known from the text alone.
    fn thing(&mut self, mention: &Mention, written: &str) -> Option<ActorId> {
        if let Some(id) = self.aliases.get(written) {
            return Some(*id);
        }
        let candidates = mention.parts.candidates.clone();
        if let Some(candidate) = candidates.iter().find(|candidate| is_state(candidate)) {
            return self.state_name(mention, *candidate, &candidates);
        }
        if let Some(body) = candidates.iter().find_map(|candidate| match candidate.target {
            Target::Body(body) => Some(body),
            _ => None,
        }) {
            return Some(self.body(body));
        }
        if let Some(id) = self.seat(mention, &candidates) {
            return id;
        }
        let groups = candidates.iter().filter_map(|candidate| match candidate.target {
            Target::Group(group) => Some(group),
            _ => None,
        });
        let most = groups.max_by_key(|&group| {
            let count = self.data.registers[group].country.map_or(0, |state| self.survey.count(state));
            (count, std::cmp::Reverse(group))
        });
        if let Some(group) = most {
            return Some(self.people_abroad(mention, group).unwrap_or_else(|| self.group(group)));
        }
        if let Some(id) = self.called_by_noun(mention) {
            return Some(id);
        }
        if candidates.is_empty() && mention.parts.name_kind == Some(NameKind::Org) {
            return Some(self.unknown_organisation(mention, written));
        }
        None
    }

    /// "The Union", "the Department": a body named before, by the noun of its name alone.
    fn called_by_noun(&self, mention: &Mention) -> Option<ActorId> {
        let view = self.parsed.sentence(mention.sentence);
        let &[noun] = &mention.parts.name.clone()?.collect::<Vec<_>>()[..] else { return None };
        let article = noun.checked_sub(1).filter(|&word| view.word(word).eq_ignore_ascii_case("the"));
        article.filter(|_| mention.parts.candidates.is_empty())?;
        let lower = [view.word(noun).to_lowercase()];
        let (_, id) = self.data.agents.longest(&lower, 0)?;
        let agent = &self.data.agents[id];
        if agent.kind == AgentKind::Body { self.same_kind_before(mention, agent) } else { None }
    }

    /// A state by its name, adjective or demonym; "Georgia" and its like by what the document is about.
    fn state_name(&mut self, mention: &Mention, candidate: Candidate, all: &[Candidate]) -> Option<ActorId> {
        let state = self.state_meant(candidate)?;
        let view = self.parsed.sentence(mention.sentence);
        if let Some(place) = self.places.at(mention.sentence, mention.words.end - 1) {
            let meant = &self.places.get(place).country;
            if meant.as_deref() != Some(&*self.data.registers[state].key) && candidate.form == Form::Name {
                return None;
            }
        }
        let is_people = all.iter().any(|other| matches!(other.form, Form::Demonym | Form::Demonyms));
        let never_attribute = all.iter().all(|other| matches!(other.form, Form::Demonym | Form::Demonyms));
        if mention.words.start > 0 {
            let before = view.word(mention.words.start - 1).to_lowercase();
            if is_people && self.data.reference.has_use(&before, WordUse::Ethnic) {
                return Some(self.minority(mention, state));
            }
        }
        let many = all.iter().any(|other| other.form == Form::Demonyms);
        let head = mention.words.end - 1;
        let before_noun =
            head + 1 < view.len() && matches!(view.tree.upos(head + 1), Upos::Noun | Upos::Propn | Upos::Adj);
        let modifies = before_noun
            || matches!(view.tree.deprel(head).base(), Deprel::Amod | Deprel::Compound | Deprel::Conj)
                && !super::cast::is_subject(view, head);
        let names_people = never_attribute || !modifies && view.tree.head(head) != Some(head + 1);
        if is_people && names_people {
            return Some(self.people_of(state, mention, many));
        }
        Some(self.state(state))
    }

    /// "ethnic Albanians in Serbia": people of the country they live in.
    fn minority(&mut self, mention: &Mention, origin: StateId) -> ActorId {
        let home = self.scene(mention, 0).filter(|home| *home != origin);
        let country = home.map(|state| self.data.registers[state].key.to_string());
        let name = mention.span.of(self.parsed.text());
        let name = format!("ethnic {name}");
        self.actor(Key::Part(home.map(Whole::State), name.to_lowercase()), || {
            let actor = Actor {
                name,
                kind: ActorKind::People,
                code: country.clone(),
                country,
                sector: Some("CVL".to_owned()),
                role: None,
                register: None,
                mentions: Vec::new(),
            };
            (actor, Entity { state: home, many: true, ..Entity::default() })
        })
    }

    fn state_meant(&self, candidate: Candidate) -> Option<StateId> {
        match candidate.target {
            Target::State(state) => Some(state),
            Target::Former(former) => Some(self.data.registers[former].state),
            _ => None,
        }
    }

    /// "Russians", "the Americans".
    fn people_of(&mut self, state: StateId, mention: &Mention, many: bool) -> ActorId {
        let key = self.data.registers[state].key.to_string();
        let name = mention.span.of(self.parsed.text()).to_owned();
        let noun = if many { "people" } else { "national" };
        self.actor(Key::Part(Some(Whole::State(state)), noun.to_owned()), || {
            let actor = Actor {
                name,
                kind: ActorKind::People,
                country: Some(key.clone()),
                code: Some(key),
                sector: Some("CVL".to_owned()),
                role: None,
                register: None,
                mentions: Vec::new(),
            };
            (actor, Entity { state: Some(state), many, ..Entity::default() })
        })
    }

    /// A capital that stands for its government, or a metonym; `Some(None)`: it is meant as a place.
    fn seat(&mut self, mention: &Mention, candidates: &[Candidate]) -> Option<Option<ActorId>> {
        let registers = &self.data.registers;
        let in_force =
            |period: crate::data::registers::Period| self.day.is_none_or(|day| period.on(day) > Held::No);
        let metonym = candidates
            .iter()
            .filter_map(|candidate| match candidate.target {
                Target::Metonym(metonym) if in_force(registers[metonym].period) => Some(metonym),
                _ => None,
            })
            .max_by_key(|&metonym| (self.owner_count(registers[metonym].owner), std::cmp::Reverse(metonym)));
        let capital = candidates.iter().find_map(|candidate| match candidate.target {
            Target::Capital(capital) => Some(capital),
            _ => None,
        });
        let is_place = capital.is_some() && self.is_meant_as_place(mention.sentence, mention.head);
        // "Brussels" is the European Union's, except where a report is about Belgium.
        let metonym = metonym.filter(|&metonym| match (registers[metonym].owner, capital) {
            (Owner::Body(_), Some(capital)) => self.survey.count(registers[capital].state) < 2,
            _ => true,
        });
        match (metonym, capital) {
            _ if is_place => Some(None),
            (Some(metonym), _) => Some(Some(self.metonym(metonym))),
            (None, Some(capital)) => {
                let state = registers[capital].state;
                let elsewhere =
                    self.places.at(mention.sentence, mention.words.end - 1).is_some_and(|place| {
                        self.places.get(place).country.as_deref() != Some(&*registers[state].key)
                    });
                Some((!elsewhere).then(|| self.state(state)))
            }
            (None, None) => None,
        }
    }

    fn owner_count(&self, owner: Owner) -> u32 {
        match owner {
            Owner::State(state) => self.survey.count(state),
            Owner::Body(_) => 1,
        }
    }

    fn metonym(&mut self, metonym: MetonymId) -> ActorId {
        let row = &self.data.registers[metonym];
        let whole = match row.owner {
            Owner::State(state) => Whole::State(state),
            Owner::Body(body) if &*row.institution == "body" => return self.body(body),
            Owner::Body(body) => Whole::Body(body),
        };
        let (country, code) = self.codes(row.owner);
        let state = if let Owner::State(state) = row.owner { Some(state) } else { None };
        self.actor(Key::Part(Some(whole), row.institution.to_string()), || {
            let kind = if state.is_some() { ActorKind::Government } else { ActorKind::Organisation };
            let actor = Actor {
                name: row.name.to_string(),
                kind,
                country,
                code,
                sector: Some(row.sector.to_string()).filter(|sector| !sector.is_empty()),
                role: None,
                register: None,
                mentions: Vec::new(),
            };
            // "Department of Foreign Affairs" is the department from then on.
            let nouns = vec![row.institution.to_string(), head_noun(&row.name).to_lowercase()];
            (actor, Entity { state, nouns, ..Entity::default() })
        })
    }

    /// Country and code of a state or body; an organ goes by the code of its body ("the European Commission" is EU).
    pub(super) fn codes(&self, owner: Owner) -> (Option<String>, Option<String>) {
        match owner {
            Owner::State(state) => {
                let key = self.data.registers[state].key.to_string();
                (Some(key.clone()), Some(key))
            }
            Owner::Body(body) => (None, Some(self.data.registers.code_of(body).to_owned())),
        }
    }

    fn group(&mut self, group: GroupId) -> ActorId {
        let row = &self.data.registers[group];
        let country = row.country.map(|state| self.data.registers[state].key.to_string());
        self.actor(Key::Group(group), || {
            let kind = match row.kind {
                GroupKind::Outlet => ActorKind::Outlet,
                GroupKind::Company => ActorKind::Organisation,
                _ => ActorKind::Group,
            };
            let actor = Actor {
                name: row.name.to_string(),
                kind,
                code: country.clone(),
                country,
                sector: Some(row.sector.to_string()).filter(|sector| !sector.is_empty()),
                role: None,
                register: Some(row.key.to_string()),
                mentions: Vec::new(),
            };
            (actor, Entity { state: row.country, ..Entity::default() })
        })
    }

    /// "Iraqi Kurds": those of a people without a state of its own who are of the state named before them.
    fn people_abroad(&mut self, mention: &Mention, group: GroupId) -> Option<ActorId> {
        let row = &self.data.registers[group];
        if row.country.is_some() || row.kind != GroupKind::People {
            return None;
        }
        let before =
            self.mentions_in(mention.sentence).iter().find(|other| other.words.end == mention.words.start)?;
        let adjective = before.parts.candidates.iter().find(|candidate| candidate.form == Form::Adjective)?;
        let state = self.state_meant(*adjective)?;
        let key = self.data.registers[state].key.to_string();
        let adjective = self.data.registers[state].adjectives.first().cloned().unwrap_or_default();
        let name = format!("{adjective} {}", row.name);
        let sector = Some(row.sector.to_string()).filter(|sector| !sector.is_empty());
        Some(self.actor(Key::Part(Some(Whole::State(state)), name.to_lowercase()), || {
            let actor = Actor {
                name,
                kind: ActorKind::People,
                country: Some(key.clone()),
                code: Some(key),
                sector,
                role: None,
                register: None,
                mentions: Vec::new(),
            };
            (actor, Entity { state: Some(state), many: true, ..Entity::default() })
        }))
    }

    /// "Bank of China": an organisation with the state in its name.
    fn unknown_organisation(&mut self, mention: &Mention, written: &str) -> ActorId {
        let description = self.describe(mention);
        let inner = self.state_in_name(mention);
        let state = inner.or(description.state());
        let noun = self.noun_in_name(mention);
        let key = state.map(|state| self.data.registers[state].key.to_string());
        self.actor(Key::Named(written.to_lowercase()), || {
            let sector = noun.as_ref().map(|(_, sector)| sector.clone()).filter(|sector| !sector.is_empty());
            let actor = Actor {
                name: written.to_owned(),
                kind: ActorKind::Organisation,
                code: key.clone(),
                country: key,
                sector,
                role: None,
                register: None,
                mentions: Vec::new(),
            };
            let nouns = noun.into_iter().map(|(noun, _)| noun).collect();
            (actor, Entity { state, nouns, ..Entity::default() })
        })
    }

    fn state_in_name(&self, mention: &Mention) -> Option<StateId> {
        let words = &mention.words;
        self.mentions_in(mention.sentence)
            .iter()
            .filter(|inner| {
                inner.parts.nested && words.start <= inner.words.start && inner.words.end <= words.end
            })
            .flat_map(|inner| &inner.parts.candidates)
            .filter(|candidate| {
                matches!(
                    candidate.target,
                    Target::State(_)
                        | Target::Former(_)
                        | Target::Capital(_)
                        | Target::Place(_)
                        | Target::Town(_)
                )
            })
            .find_map(|candidate| crate::resolve::survey::state_of(candidate.target, &self.data.registers))
    }

    /// The noun that a name ends with, and its sector: "Commission" of "Kenya Anti-Corruption Commission".
    fn noun_in_name(&self, mention: &Mention) -> Option<(String, String)> {
        let view = self.parsed.sentence(mention.sentence);
        let lower: Vec<String> = mention.words.clone().map(|word| view.word(word).to_lowercase()).collect();
        (0..lower.len()).find_map(|at| {
            let (_, id) = self.data.agents.longest(&lower, at)?;
            let agent = &self.data.agents[id];
            let sector = if agent.borrows { String::new() } else { agent.sector.to_string() };
            (agent.kind == AgentKind::Body).then(|| (lower[at].clone(), sector))
        })
    }

    /// A person: from the registers, from earlier in the text, or new.
    fn person(
        &mut self,
        mention: &Mention,
        written: &str,
        candidates: &[Candidate],
        description: &Description,
    ) -> Option<ActorId> {
        if let Some(person) = self.known_person(written, candidates, description) {
            return Some(self.registered(person, written, description));
        }
        let description = &self.with_owner(mention, candidates, description);
        let last = written.rsplit(' ').next().unwrap_or(written).to_lowercase();
        if let Some(id) = self.by_name_word.get(&last).copied()
            && (!written.contains(' ') || same_initial(&self.get(id).name, written))
        {
            self.add_title(id, description);
            return Some(id);
        }
        let only_word = !written.contains(' ');
        let view = self.parsed.sentence(mention.sentence);
        if only_word && mention.parts.noun.is_none() && view.tree.deprel(mention.head) == Deprel::Amod {
            return None;
        }
        if only_word && let Some(full) = self.named_later.get(&last).cloned() {
            return Some(self.unknown_person(&full, description));
        }
        if only_word && mention.parts.noun.is_none() && mention.parts.name_kind != Some(NameKind::Per) {
            return None;
        }
        Some(self.unknown_person(written, description))
    }

    /// A description with the state of a person in office whom no register knows: reports name the nationality of
    /// office holders except where it is the state in question.
    pub(super) fn with_owner(
        &self,
        mention: &Mention,
        candidates: &[Candidate],
        description: &Description,
    ) -> Description {
        let owner = description
            .owner
            .or_else(|| {
                self.common_state(
                    candidates,
                    description,
                    mention.parts.name.as_ref().is_some_and(|name| name.len() == 1),
                )
            })
            .or_else(|| {
                let public = matches!(
                    description.sector.as_deref(),
                    Some("GOV" | "MIL" | "LEG" | "JUD" | "COP" | "ELI" | "OPP" | "PTY" | "SPY" | "REB")
                );
                let rebel = description.sector.as_deref() == Some("REB");
                let scene = if rebel { self.scene(mention, REBELLION) } else { None };
                let found = || scene.or_else(|| self.context(mention, true)).map(Owner::State);
                if public { found() } else { None }
            });
        Description { owner, ..description.clone() }
    }

    /// The one state of all who could be meant: "President Bush", or a surname alone, is an American whichever he is.
    fn common_state(
        &self,
        candidates: &[Candidate],
        description: &Description,
        alone: bool,
    ) -> Option<Owner> {
        let registers = &self.data.registers;
        let held = |person: PersonId| {
            alone && description.roles.is_empty()
                || registers.offices_of(person).iter().any(|office| description.roles.contains(&office.role))
        };
        let mut states = candidates.iter().filter_map(|candidate| match candidate.target {
            Target::Person(person) if held(person) => registers.state(registers[person].country()),
            _ => None,
        });
        let first = states.next()?;
        states.all(|state| state == first).then_some(Owner::State(first))
    }

    /// The one person of the registers who can be meant.
    fn known_person(
        &self,
        written: &str,
        candidates: &[Candidate],
        description: &Description,
    ) -> Option<PersonId> {
        let registers = &self.data.registers;
        let person_of = |candidate: &Candidate| match candidate.target {
            Target::Person(person) => Some(person),
            _ => None,
        };
        let full: Vec<PersonId> = candidates
            .iter()
            .filter(|candidate| candidate.form != Form::Family)
            .filter_map(person_of)
            .collect();
        let fits = |person: &PersonId| self.fits(*person, description);
        match full[..] {
            [person] if fits(&person) => return Some(person),
            [person] => return self.by_office(written, description).or(Some(person)),
            [_, ..] => return self.best(full.into_iter().filter(fits)),
            [] => {}
        }
        if let Some(person) = self.by_office(written, description) {
            return Some(person);
        }
        let family: Vec<PersonId> = candidates.iter().filter_map(person_of).filter(fits).collect();
        if written.contains(' ') {
            let words = written.split(' ').count();
            let alike = family.into_iter().filter(|person| {
                words > 1
                    && same_initial(&registers[*person].name, written)
                    && self.day.is_none_or(|day| registers.offices_on(*person, day).next().is_some())
            });
            return only(alike);
        }
        let word = written.to_lowercase();
        let on_stage = self.by_name_word.get(&word).and_then(|id| self.get(*id).register.as_deref());
        if let Some(person) = on_stage.and_then(|key| registers.person(key)).filter(fits) {
            return Some(person);
        }
        if self.by_name_word.contains_key(&word) {
            return None;
        }
        if let Some(person) = self.introduced.get(&word).filter(|person| fits(person)) {
            return Some(*person);
        }
        self.best(family.into_iter())
    }

    /// The holder of the one office that the words name with its state ("the Ukrainian president, Petro Porochenko"),
    /// if the name is that holder's, spelt in another way or longer.
    fn by_office(&self, written: &str, description: &Description) -> Option<PersonId> {
        let (owner, day) = (description.owner?, self.day?);
        let registers = &self.data.registers;
        let single = description.roles.iter().filter(|role| self.data.agents.is_single(**role));
        let holders = single.flat_map(|role| registers.holders(owner, *role, day));
        let alike = holders.map(|(office, _)| office.person).filter(|person| {
            let row = &registers[*person];
            let names = row.names.iter().chain(&row.family).chain([&row.name]);
            is_alike(written, names.map(|name| &**name))
        });
        only(alike)
    }

    /// Whether a person can have the nationality and, if it names one, the office of a description.
    fn fits(&self, person: PersonId, description: &Description) -> bool {
        let registers = &self.data.registers;
        let Some(owner) = description.owner else { return true };
        let of = |office: &Office| office.of == owner;
        match owner {
            Owner::State(state) => {
                *registers[person].country() == *registers[state].key
                    || registers.offices_of(person).iter().any(of)
            }
            Owner::Body(_) => true,
        }
    }

    /// Of several persons the one with an office that day; of several such, the one whose state the document is about.
    fn best(&self, people: impl Iterator<Item = PersonId>) -> Option<PersonId> {
        let registers = &self.data.registers;
        let mut ranked: Vec<((bool, u32), PersonId)> = people
            .map(|person| {
                let held = self
                    .day
                    .is_none_or(|day| registers.offices_on(person, day).any(|(_, held)| held == Held::Yes));
                let state = registers.state(registers[person].country());
                ((held, state.map_or(0, |state| self.survey.count(state))), person)
            })
            .collect();
        ranked.sort_by_key(|(rank, person)| (std::cmp::Reverse(*rank), *person));
        ranked.dedup_by_key(|(_, person)| *person);
        match ranked[..] {
            [((held, count), person)] => (held || count > 0).then_some(person),
            [(first, person), (second, _), ..] => (first.0 && first > second).then_some(person),
            [] => None,
        }
    }

    /// A person of the registers in the office of the day.
    pub(super) fn registered(
        &mut self,
        person: PersonId,
        written: &str,
        description: &Description,
    ) -> ActorId {
        let registers = &self.data.registers;
        let row = &registers[person];
        let office = self.office(person, description);
        let owner = office.map(|office| office.of);
        let home = registers.state(row.country());
        let (country, code) = match owner {
            Some(owner) => self.codes(owner),
            None => home.map_or((None, None), |state| self.codes(Owner::State(state))),
        };
        let role = office.map(|office| office.title.to_string());
        let sector = match office {
            Some(office) => Some(registers[office.role].sector.to_string()),
            None if self.is_former(person) => Some("ELI".to_owned()),
            None => description.sector.clone(),
        };
        let id = self.actor(Key::Person(person), || {
            let actor = Actor {
                name: row.name.to_string(),
                kind: ActorKind::Person,
                country,
                code,
                sector: sector.filter(|sector| !sector.is_empty()),
                role,
                register: Some(row.key.to_string()),
                mentions: Vec::new(),
            };
            let roles = office.map(|office| office.role).into_iter().collect();
            let body = if let Some(Owner::Body(body)) = owner { Some(body) } else { None };
            (actor, Entity { state: home, body, gender: row.gender, roles, ..Entity::default() })
        });
        for family in &row.family {
            self.by_name_word.insert(family.to_lowercase(), id);
        }
        self.note_name(id, written);
        self.add_title(id, description);
        id
    }

    /// Whether a person held offices before the document's day, and holds none on it.
    fn is_former(&self, person: PersonId) -> bool {
        let Some(day) = self.day else { return false };
        let offices = self.data.registers.offices_of(person);
        offices.iter().any(|office| office.period.to.is_some_and(|to| to.last < day))
    }

    /// The office a person is to be known by: the one the text names, else the highest of the day.
    fn office(&self, person: PersonId, description: &Description) -> Option<&'a Office> {
        let data: &'a Data = self.data;
        let registers = &data.registers;
        let rank = |office: &Office| {
            let leads = match office.of {
                Owner::State(state) => registers[state].leader == Some(office.role),
                Owner::Body(_) => false,
            };
            let named = description.roles.contains(&office.role);
            (named, leads, self.data.agents.is_single(office.role))
        };
        let of_day: Vec<&'a Office> = match self.day {
            Some(day) => {
                let sure: Vec<&'a Office> = registers
                    .offices_on(person, day)
                    .filter(|(_, held)| *held == Held::Yes)
                    .map(|(office, _)| office)
                    .collect();
                if sure.is_empty() {
                    registers.offices_on(person, day).map(|(office, _)| office).collect()
                } else {
                    sure
                }
            }
            None => registers.offices_of(person).iter().collect(),
        };
        // Of several the one held longest; without a date the latest.
        let begun = |office: &Office| office.period.from.map(|from| from.first);
        let most = of_day.iter().map(|office| rank(office)).max()?;
        let highest = of_day.into_iter().filter(|office| rank(office) == most);
        if self.day.is_some() {
            highest.min_by_key(|office| begun(office))
        } else {
            highest.max_by_key(|office| begun(office))
        }
    }

    /// Remembers the words of a full name, for surnames later.
    fn note_name(&mut self, id: ActorId, written: &str) {
        let words: Vec<&str> = written.split(' ').collect();
        if words.len() > 1 {
            for word in words {
                if word.chars().next().is_some_and(char::is_uppercase) {
                    self.by_name_word.insert(word.to_lowercase(), id);
                }
            }
        }
    }

    fn unknown_person(&mut self, written: &str, description: &Description) -> ActorId {
        let owner = description.owner;
        let (country, code) = owner.map_or((None, None), |owner| self.codes(owner));
        let role = description.title.as_deref().map(title_case);
        let sector = description.sector.clone();
        let gender = description.gender;
        let id = self.actor(Key::Named(written.to_lowercase()), || {
            let actor = Actor {
                name: written.to_owned(),
                kind: ActorKind::Person,
                country,
                code,
                sector,
                role,
                register: None,
                mentions: Vec::new(),
            };
            let mut entity = Entity { gender, ..Entity::default() };
            match owner {
                Some(Owner::State(state)) => entity.state = Some(state),
                Some(Owner::Body(body)) => entity.body = Some(body),
                None => {}
            }
            (actor, entity)
        });
        self.note_name(id, written);
        self.add_title(id, description);
        id
    }

    /// What a later title or an apposition tells of a person, where nothing was known.
    pub(super) fn add_title(&mut self, id: ActorId, description: &Description) {
        let codes = description.owner.map(|owner| self.codes(owner));
        let actor = &mut self.actors.list[id.0 as usize];
        let entity = &mut self.entities[id.0 as usize];
        // "Thabo Mbeki, the African Union's mediator": out of office at home, one acts for the body.
        if let (Some(_), Some(Owner::Body(body))) = (&actor.register, description.owner)
            && actor.sector.as_deref() == Some("ELI")
            && let Some((country, code)) = codes.clone()
        {
            (actor.country, actor.code) = (country, code);
            actor.sector = Some("IGO".to_owned());
            actor.role = description.title.as_deref().map(title_case);
            entity.body = Some(body);
        }
        if actor.register.is_none() {
            // An office tells more than a rank.
            if entity.roles.is_empty() && !description.roles.is_empty() {
                actor.role = None;
                actor.sector = description.sector.clone().or(actor.sector.take());
            }
            if let (None, None, Some((country, code))) = (&actor.country, &actor.code, codes) {
                actor.country = country;
                actor.code = code;
                entity.state = entity.state.or(description.state());
            }
            if actor.sector.is_none() {
                actor.sector.clone_from(&description.sector);
            }
            if actor.role.is_none() {
                actor.role = description.title.as_deref().map(title_case);
            }
        }
        entity.gender = entity.gender.or(description.gender);
        entity.roles.extend(
            description.roles.iter().filter(|role| !entity.roles.contains(role)).copied().collect::<Vec<_>>(),
        );
        if let Some(noun) = description.title.as_deref().map(head_noun)
            && !entity.nouns.iter().any(|known| known == noun)
        {
            entity.nouns.push(noun.to_owned());
        }
    }
}

fn is_state(candidate: &Candidate) -> bool {
    matches!(candidate.target, Target::State(_) | Target::Former(_))
}

/// The only item, if there is one and no second.
fn only(mut people: impl Iterator<Item = PersonId>) -> Option<PersonId> {
    let first = people.next()?;
    people.all(|other| other == first).then_some(first)
}

/// "Sergei Lavrov" and "S. Lavrov": the given names begin alike.
fn same_initial(left: &str, right: &str) -> bool {
    let initial = |name: &str| name.chars().next().map(|letter| letter.to_lowercase().next());
    initial(left).is_some() && initial(left) == initial(right)
}
