//! What the words of a mention tell of whoever is meant: the state or body, the sector, the office.

use super::cast::Cast;
use super::{ActorId, ActorKind};
use crate::data::agents::AgentKind;
use crate::data::reference::{PronounUse, WordUse};
use crate::data::registers::{Candidate, Owner, RoleId, StateId, Target};
use crate::mention::{Mention, MentionKind};
use crate::resolve::survey::state_of;

/// What is told.
#[derive(Clone, Debug, Default)]
pub(super) struct Description {
    /// The state or body that the words name.
    pub(super) owner: Option<Owner>,
    /// The person, group or institution that the words name: "Trump's envoy", "Hamas official".
    pub(super) whose: Option<ActorId>,
    /// PLOVER sector.
    pub(super) sector: Option<String>,
    /// The noun or title, in small letters.
    pub(super) title: Option<String>,
    /// Roles that the noun stands for in that state.
    pub(super) roles: Vec<RoleId>,
    /// Gender, where the noun tells.
    pub(super) gender: Option<char>,
    /// Whether the office is no longer held.
    pub(super) former: bool,
    /// "the", "this", "his", or a possessor.
    pub(super) definite: bool,
    /// "a", "an", a number.
    pub(super) indefinite: bool,
    /// "two", "both".
    pub(super) two: bool,
    /// "three"
    pub(super) three: bool,
}

impl Description {
    /// The state, where it is one.
    pub(super) fn state(&self) -> Option<StateId> {
        match self.owner {
            Some(Owner::State(state)) => Some(state),
            _ => None,
        }
    }
}

impl Cast<'_> {
    /// Reads the words of a mention around its noun or name.
    pub(super) fn describe(&self, mention: &Mention) -> Description {
        let mut description = Description::default();
        let parts = &mention.parts;
        let first =
            parts.noun.as_ref().map(|(words, _)| words.start).or(parts.name.as_ref().map(|name| name.start));
        let left = mention.words.start..first.unwrap_or(mention.words.start);
        let mut inner_sector = None;
        self.read_left(mention, left, &mut description, &mut inner_sector);
        if description.owner.is_none() && parts.noun.is_some() {
            description.owner = self.realm(mention).or_else(|| self.of_person(mention));
        }
        if let Some(complement) = &parts.complement {
            let borrows = parts.noun.as_ref().is_some_and(|(_, id)| self.data.agents[*id].borrows);
            let found = &mut description;
            self.read_complement(mention.sentence, complement.clone(), borrows, found, &mut inner_sector);
        }
        if let Some((words, id)) = &parts.noun {
            let agent = &self.data.agents[*id];
            let own = Some(agent.sector.to_string()).filter(|sector| !sector.is_empty());
            description.sector = if agent.borrows { inner_sector.or(own) } else { own.or(inner_sector) };
            description.gender = agent.gender;
            if agent.kind != AgentKind::Address {
                description.title = Some(self.full_title(mention, words.start, &agent.noun));
            }
            let state = description.state();
            let fits = |states: &Vec<StateId>| {
                states.is_empty() || state.is_some_and(|state| states.contains(&state))
            };
            description.roles =
                agent.roles.iter().filter(|(_, states)| fits(states)).map(|(role, _)| *role).collect();
            if description.former && description.sector.as_deref() == Some("GOV") {
                description.sector = Some("ELI".to_owned());
            }
        }
        description
    }

    /// "fisheries minister": the noun with the capitalised words before it that name nobody.
    fn full_title(&self, mention: &Mention, noun: usize, text: &str) -> String {
        let view = self.parsed.sentence(mention.sentence);
        let belongs = |word: usize| {
            view.word(word).chars().next().is_some_and(char::is_uppercase)
                && self.actors.at(mention.sentence, word).is_empty()
                && self.places.at(mention.sentence, word).is_none()
                && !self.data.reference.has_use(&view.word(word).to_lowercase(), WordUse::Article)
                && !self.data.reference.has_use(&view.word(word).to_lowercase(), WordUse::Former)
        };
        let mut start = noun;
        while start > mention.words.start && mention.parts.name.is_some() && belongs(start - 1) {
            start -= 1;
        }
        if start == noun || !belongs(noun) {
            return text.to_owned();
        }
        format!("{} {text}", view.span_of(start..noun).of(self.parsed.text()).to_lowercase())
    }

    /// "of Morocco" behind "King Hassan".
    fn realm(&self, mention: &Mention) -> Option<Owner> {
        let view = self.parsed.sentence(mention.sentence);
        let of = mention.words.end;
        if mention.parts.name.is_none() || of + 1 >= view.len() || view.word(of) != "of" {
            return None;
        }
        self.place_owner(mention.sentence, of + 1)
    }

    /// "The office of Ashraf Ghani", "an aide to President Ruto": the state of the one whose name follows.
    fn of_person(&self, mention: &Mention) -> Option<Owner> {
        let view = self.parsed.sentence(mention.sentence);
        let at = mention.words.end;
        let (_, id) = mention.parts.noun.as_ref().filter(|_| at < view.len())?;
        let agent = &self.data.agents[*id];
        let owning = match view.word(at) {
            "of" => agent.kind == AgentKind::Body || agent.borrows,
            "to" | "for" => agent.borrows,
            _ => false,
        };
        let list = self.mentions_in(mention.sentence);
        let behind = list.iter().find(|other| other.words.start == at + 1)?;
        match behind.kind {
            MentionKind::Name if owning => self.state_of_all(&behind.parts.candidates),
            // "ministers of the Union"
            MentionKind::Nominal if view.word(at) == "of" => self.body_at(mention.sentence, behind.head),
            _ => None,
        }
    }

    /// The state of all whom a person's name may mean.
    fn state_of_all(&self, candidates: &[Candidate]) -> Option<Owner> {
        let registers = &self.data.registers;
        let mut states = candidates.iter().map(|candidate| match candidate.target {
            Target::Person(person) => registers.state(registers[person].country()),
            _ => None,
        });
        let first = states.next()??;
        states.all(|state| state == Some(first)).then_some(Owner::State(first))
    }

    /// Words left of the noun: modifiers that are actors or places themselves, nouns with a sector, articles.
    fn read_left(
        &self,
        mention: &Mention,
        left: std::ops::Range<usize>,
        description: &mut Description,
        inner_sector: &mut Option<String>,
    ) {
        let view = self.parsed.sentence(mention.sentence);
        let reference = &self.data.reference;
        let lower: Vec<String> = left.clone().map(|word| view.word(word).to_lowercase()).collect();
        let is_person = mention.parts.noun.as_ref().is_some_and(|(_, id)| {
            matches!(self.data.agents[*id].kind, AgentKind::Person | AgentKind::Leader)
        });
        for (word, text) in left.clone().zip(&lower) {
            let has = |wanted| reference.has_use(text, wanted);
            description.former |= has(WordUse::Former);
            description.two |= has(WordUse::Two);
            description.three |= has(WordUse::Three);
            let pronoun = reference.pronoun(text).filter(|pronoun| pronoun.role == PronounUse::Possessive);
            let possessive = pronoun.is_some() || text == "'s" || text == "’s";
            description.definite |=
                has(WordUse::Definite) || has(WordUse::Two) && text.as_str() == "both" || possessive;
            let numeral = view.tree.upos(word) == crate::parse::Upos::Num;
            description.indefinite |= has(WordUse::Article) && !has(WordUse::Definite) || numeral;
            let ethnic = word > 0 && reference.has_use(&view.word(word - 1).to_lowercase(), WordUse::Ethnic);
            if ethnic || self.is_backer(view.len(), word, mention) {
                continue;
            }
            for &id in self.actors.at(mention.sentence, word) {
                self.read_modifier(id, text, is_person, description, inner_sector);
            }
            if description.owner.is_none() {
                description.owner = self.place_owner(mention.sentence, word);
            }
        }
        for at in 0..lower.len() {
            if let Some((_, id)) = self.data.agents.longest(&lower, at) {
                let agent = &self.data.agents[id];
                if !agent.sector.is_empty() && agent.kind != AgentKind::Address && !agent.borrows {
                    *inner_sector = Some(agent.sector.to_string());
                }
            }
        }
    }

    /// "Iran-backed", "anti-American": the state named is not the one that the phrase belongs to.
    fn is_backer(&self, len: usize, word: usize, mention: &Mention) -> bool {
        let view = self.parsed.sentence(mention.sentence);
        let has = |word: usize, wanted| self.data.reference.has_use(&view.word(word).to_lowercase(), wanted);
        let prefixed = |word: usize| {
            let prefix = view.word(word).split_once('-').map(|(prefix, _)| prefix.to_lowercase());
            prefix.is_some_and(|prefix| self.data.reference.has_use(&prefix, WordUse::Leaning))
        };
        let leans =
            prefixed(word) || word > 1 && view.word(word - 1) == "-" && has(word - 2, WordUse::Leaning);
        leans || word + 2 < len && view.word(word + 1) == "-" && has(word + 2, WordUse::Backed)
    }

    /// The first modifier says whose, but "his Azerbaijani counterpart" is Azerbaijan's.
    fn read_modifier(
        &self,
        id: ActorId,
        text: &str,
        is_person: bool,
        description: &mut Description,
        inner_sector: &mut Option<String>,
    ) {
        let entity = self.entity(id);
        let actor = self.get(id);
        let is_adjective = actor.kind == ActorKind::State && !actor.name.eq_ignore_ascii_case(text);
        let own = entity.body.map(Owner::Body).or(entity.state.map(Owner::State));
        // "Osama bin Laden's al-Qaeda network" is where al-Qaeda is, even if that is nowhere.
        let is_group = matches!(actor.kind, ActorKind::Group | ActorKind::Organisation | ActorKind::Outlet)
            && actor.sector.as_deref() != Some("CVL");
        if is_group && actor.register.is_some() && (own.is_some() || !is_person) {
            description.owner = own;
        } else if description.owner.is_none() || is_adjective {
            description.owner = own.or(description.owner);
        }
        if actor.kind != ActorKind::State {
            description.whose = Some(id);
            // "African leaders" are no civilians.
            let is_region = actor.kind == ActorKind::Group && own.is_none();
            if actor.kind != ActorKind::Person && !is_region {
                inner_sector.clone_from(&actor.sector);
            }
        }
    }

    fn place_owner(&self, sentence: usize, word: usize) -> Option<Owner> {
        let place = self.places.at(sentence, word)?;
        let country = self.places.get(place).country.as_deref()?;
        self.data.registers.state(country).map(Owner::State)
    }

    /// The body that a noun already taken stands for: "of the alliance".
    fn body_at(&self, sentence: usize, word: usize) -> Option<Owner> {
        let ids = self.actors.at(sentence, word);
        ids.iter().find_map(|&id| self.entity(id).body).map(Owner::Body)
    }

    /// "of Ukraine", "in Niamey", "of the European Commission".
    fn read_complement(
        &self,
        sentence: usize,
        complement: std::ops::Range<usize>,
        borrows: bool,
        description: &mut Description,
        inner_sector: &mut Option<String>,
    ) {
        let view = self.parsed.sentence(sentence);
        let preposition = view.word(complement.start).to_lowercase();
        // "a spokesman for Gazprom" is Gazprom's, "the envoy for Syria" is not Syria's.
        let owning =
            self.data.reference.has_use(&preposition, WordUse::Owning) || borrows && preposition == "for";
        if !owning {
            return;
        }
        let named = self.mentions_in(sentence).iter().find(|mention| {
            mention.kind == MentionKind::Name
                && complement.start < mention.words.start
                && mention.words.end <= complement.end
        });
        let Some(named) = named else {
            if description.owner.is_none() && preposition == "of" {
                description.owner = complement.skip(1).find_map(|word| self.body_at(sentence, word));
            }
            return;
        };
        description.definite |= view.word(complement.start).eq_ignore_ascii_case("of");
        let owner = self.place_owner(sentence, named.words.end - 1);
        let candidates = &named.parts.candidates;
        let registers = &self.data.registers;
        let by_name = candidates.iter().find_map(|candidate| match candidate.target {
            Target::Body(body) => Some(Owner::Body(body)),
            target => state_of(target, registers).map(Owner::State),
        });
        let by_name = by_name.or_else(|| self.state_of_all(candidates));
        let by_name =
            by_name.or_else(|| self.body_at(sentence, named.head).filter(|_| candidates.is_empty()));
        if description.owner.is_none() {
            description.owner = owner.or(by_name);
        }
        let group = candidates.iter().find_map(|candidate| match candidate.target {
            Target::Group(group) => Some(&registers[group]),
            _ => None,
        });
        if let Some(group) = group {
            *inner_sector = Some(group.sector.to_string()).filter(|sector| !sector.is_empty());
        }
    }

    /// The mentions of a sentence.
    pub(super) fn mentions_in(&self, sentence: usize) -> &[Mention] {
        let list = &self.mentions.mentions;
        let start = list.partition_point(|mention| mention.sentence < sentence);
        let end = list.partition_point(|mention| mention.sentence <= sentence);
        &list[start..end]
    }
}

/// "secretary" of "secretary of state", "minister" of "foreign minister".
pub(super) fn head_noun(title: &str) -> &str {
    let first = title.split(" of ").next().unwrap_or(title);
    first.rsplit(' ').next().unwrap_or(first)
}

/// "foreign minister" as a role is written: "Foreign Minister".
pub(super) fn title_case(title: &str) -> String {
    let small = |word: &str| matches!(word, "of" | "the" | "and" | "for" | "to");
    let words = title.split(' ').map(|word| {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if !small(word) => first.to_uppercase().collect::<String>() + letters.as_str(),
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
