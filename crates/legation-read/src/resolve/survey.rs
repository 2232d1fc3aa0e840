//! Which states a document is about, counted before anything is resolved: what is ambiguous is decided by it.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::data::Data;
use crate::data::registers::{Form, Held, Owner, Registers, StateId, Target};
use crate::mention::{Mention, Mentions};
use crate::parse::NameKind;

/// How often a document names each state, by names that can mean no other.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    counts: FxHashMap<StateId, u32>,
    /// States from the most to the least often named; of several the first named first.
    ranked: Vec<StateId>,
}

impl Survey {
    /// Counts the states of a document.
    pub(crate) fn new(mentions: &Mentions, day: Option<Date>, data: &Data) -> Survey {
        let mut survey = Survey::default();
        let mut order: Vec<StateId> = Vec::new();
        let of_body = |target| matches!(target, Target::Metonym(metonym) if matches!(data.registers[metonym].owner, Owner::Body(_)));
        for mention in &mentions.mentions {
            if mention.parts.candidates.iter().any(|candidate| of_body(candidate.target)) {
                continue;
            }
            let mut states: Vec<StateId> = mention
                .parts
                .candidates
                .iter()
                .filter(|candidate| candidate.form != Form::Family)
                .filter_map(|candidate| state_of(candidate.target, &data.registers))
                .filter(|state| exists(*state, day, &data.registers))
                .collect();
            states.sort_unstable();
            states.dedup();
            let [state] = states[..] else { continue };
            let count = survey.counts.entry(state).or_default();
            *count += 1;
            if *count == 1 {
                order.push(state);
            }
        }
        order.sort_by_key(|state| std::cmp::Reverse(survey.count(*state)));
        survey.ranked = order;
        survey
    }

    /// How often a state is named.
    pub(crate) fn count(&self, state: StateId) -> u32 {
        self.counts.get(&state).copied().unwrap_or(0)
    }

    /// The state named most often.
    pub(crate) fn main(&self) -> Option<StateId> {
        self.ranked.first().copied()
    }

    /// The state named three times or more, and more than all others together: whom a report is about.
    pub(crate) fn dominant(&self) -> Option<StateId> {
        let main = self.main().filter(|main| self.count(*main) > 2)?;
        let all: u32 = self.ranked.iter().map(|state| self.count(*state)).sum();
        (2 * self.count(main) > all).then_some(main)
    }

    /// States from the most to the least often named.
    pub(crate) fn ranked(&self) -> &[StateId] {
        &self.ranked
    }
}

/// Whether a state existed on a day; without a day, whether it does.
pub(crate) fn exists(state: StateId, day: Option<Date>, registers: &Registers) -> bool {
    let period = registers[state].period;
    day.map_or(period.to.is_none() && !period.ended, |day| period.on(day) > Held::No)
}

/// The state that something named belongs to.
pub(crate) fn state_of(target: Target, registers: &Registers) -> Option<StateId> {
    match target {
        Target::State(state) => Some(state),
        Target::Former(former) => Some(registers[former].state),
        Target::Capital(capital) => Some(registers[capital].state),
        Target::Metonym(metonym) => match registers[metonym].owner {
            Owner::State(state) => Some(state),
            Owner::Body(_) => None,
        },
        Target::Person(person) => registers.state(registers[person].country()),
        Target::Group(group) => registers[group].country,
        Target::Place(place) => registers[place].country,
        Target::Town(town) => registers.state(registers.gazetteer.town(town)?.country),
        Target::Body(_) | Target::Title(_) => None,
    }
}

/// Whether a mention is (part of) a name that the parser takes for a person's or an organisation's and the registers
/// do not know: no place is meant by it.
pub(crate) fn is_foreign_name(mention: &Mention) -> bool {
    mention.parts.nested || mention.parts.name_kind == Some(NameKind::Per) && mention.parts.noun.is_some()
}
