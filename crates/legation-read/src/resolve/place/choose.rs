//! Names that can mean a place -> the one place meant.

use rustc_hash::FxHashMap;

use super::{Place, PlaceId, Places};
use crate::data::Data;
use crate::data::reference::WordUse;
use crate::data::registers::{Candidate, Form, PlaceKind, Registers, StateId, Target};
use crate::mention::{Mention, Mentions};
use crate::parse::{NameKind, Parsed};
use crate::resolve::survey::{Survey, exists, is_foreign_name, state_of};

/// A part of a state is meant rather than a village of its name, and less often than a larger town.
const REGION: f64 = 4.5;

/// What makes two mentions the same place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Known(Target),
    Unknown(String),
}

/// Finds the places of a document.
pub(super) fn resolve(parsed: Parsed<'_>, mentions: &Mentions, data: &Data) -> Places {
    let survey = Survey::new(mentions, parsed.document.published, data);
    let mut finder = Finder {
        parsed,
        data,
        survey,
        places: Places::default(),
        known: FxHashMap::default(),
        chosen: FxHashMap::default(),
    };
    let list = &mentions.mentions;
    for (index, mention) in list.iter().enumerate() {
        finder.take(mention, list.get(index + 1));
    }
    finder.places
}

struct Finder<'a> {
    parsed: Parsed<'a>,
    data: &'a Data,
    survey: Survey,
    places: Places,
    known: FxHashMap<Key, PlaceId>,
    /// A name once decided stays decided in the document.
    chosen: FxHashMap<String, Target>,
}

impl Finder<'_> {
    fn take(&mut self, mention: &Mention, next: Option<&Mention>) {
        let Some(words) = mention.parts.name.clone() else { return };
        if is_foreign_name(mention) {
            return;
        }
        let options: Vec<&Candidate> =
            mention.parts.candidates.iter().filter(|candidate| names_place(candidate)).collect();
        let view = self.parsed.sentence(mention.sentence);
        let span = view.span_of(words.clone());
        let written = span.of(self.parsed.text());
        let is_person = mention.parts.name_kind == Some(NameKind::Per)
            && !options.iter().any(|option| matches!(option.target, Target::State(_) | Target::Capital(_)));
        if is_person {
            return;
        }
        let beside =
            next.filter(|next| self.follows_closely(mention, next)).and_then(|next| self.only_state(next));
        let place = match self.choose(written, &options, beside) {
            Some(target) => self.known_place(target, written),
            None if options.is_empty() && mention.parts.candidates.is_empty() => {
                if mention.parts.name_kind != Some(NameKind::Loc) {
                    return;
                }
                self.unknown_place(written, beside)
            }
            None => return,
        };
        self.places.list[place.0 as usize].mentions.push(span);
        for word in words {
            self.places.set(mention.sentence, word, place);
        }
    }

    /// "Paris, Texas", "Mailuki in northern Kenya": the next name is right behind a comma or "in".
    fn follows_closely(&self, mention: &Mention, next: &Mention) -> bool {
        if next.sentence != mention.sentence || next.words.start <= mention.words.end {
            return false;
        }
        let view = self.parsed.sentence(mention.sentence);
        let has = |word: usize, wanted| self.data.reference.has_use(&view.word(word).to_lowercase(), wanted);
        let passes = |word: usize| has(word, WordUse::Direction) || has(word, WordUse::Article);
        match view.word(mention.words.end) {
            "," => next.words.start == mention.words.end + 1,
            "in" => (mention.words.end + 1..next.words.start).all(passes),
            _ => false,
        }
    }

    /// The one state to which everything belongs that a name can mean.
    fn only_state(&self, mention: &Mention) -> Option<StateId> {
        let registers = &self.data.registers;
        let mut best: Option<(u32, StateId)> = None;
        for candidate in mention.parts.candidates.iter().filter(|candidate| names_place(candidate)) {
            let Some(state) = state_of(candidate.target, registers) else { continue };
            let weight = match candidate.target {
                Target::State(_) | Target::Former(_) => 2,
                Target::Place(place) if registers[place].kind == PlaceKind::Region => 1,
                Target::Town(town) if registers.gazetteer.town(town).is_some_and(|town| town.is_region) => 1,
                _ => 0,
            };
            if best.is_none_or(|(known, _)| weight > known) {
                best = Some((weight, state));
            }
        }
        best.map(|(_, state)| state)
    }

    fn choose(&mut self, written: &str, options: &[&Candidate], beside: Option<StateId>) -> Option<Target> {
        if beside.is_none()
            && let Some(target) = self.chosen.get(written)
        {
            return Some(*target);
        }
        let mut best: Option<(f64, Target)> = None;
        for option in options {
            let score = self.score(option.target, beside);
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, option.target));
            }
        }
        let (_, target) = best?;
        self.chosen.insert(written.to_owned(), target);
        Some(target)
    }

    /// How likely a candidate is; a factor of ten in population counts one, as does being named twice in the document.
    fn score(&self, target: Target, beside: Option<StateId>) -> f64 {
        let registers = &self.data.registers;
        let state = state_of(target, registers);
        let near = f64::from(u8::from(state.is_some() && state == beside));
        let named = state.map_or(0.0, |state| f64::from(self.survey.count(state)));
        let plain = match target {
            Target::State(_) => 9.0,
            Target::Former(_) => 8.0,
            Target::Capital(_) => 7.5,
            Target::Place(place) => match registers[place].kind {
                PlaceKind::Continent | PlaceKind::Water => 7.0,
                PlaceKind::Region => 6.5,
                PlaceKind::Land => 6.0,
                PlaceKind::City => f64::from(registers[place].population.max(1)).log10(),
            },
            Target::Town(town) => registers.gazetteer.town(town).map_or(0.0, |town| {
                if town.is_region { REGION } else { f64::from(town.population.max(1)).log10() }
            }),
            _ => 0.0,
        };
        let gone = state.is_some_and(|state| !exists(state, self.parsed.document.published, registers));
        plain - 5.0 * f64::from(u8::from(gone)) + 20.0 * near + 1.5 * (1.0 + named).log2()
    }

    fn known_place(&mut self, target: Target, written: &str) -> PlaceId {
        if let Some(place) = self.known.get(&Key::Known(target)) {
            return *place;
        }
        let place = self.places.push(describe(target, &self.data.registers, written));
        self.known.insert(Key::Known(target), place);
        place
    }

    fn unknown_place(&mut self, written: &str, beside: Option<StateId>) -> PlaceId {
        let key = Key::Unknown(written.to_owned());
        if let Some(place) = self.known.get(&key) {
            return *place;
        }
        let place = self.places.push(Place {
            name: written.to_owned(),
            country: beside.map(|state| self.data.registers[state].key.to_string()),
            latitude: None,
            longitude: None,
            geonames: None,
            mentions: Vec::new(),
        });
        self.known.insert(key, place);
        place
    }
}

/// Whether a candidate is a place by a name of its own, not by an adjective.
fn names_place(candidate: &Candidate) -> bool {
    matches!(candidate.form, Form::Name | Form::Abbreviation)
        && matches!(
            candidate.target,
            Target::State(_) | Target::Former(_) | Target::Capital(_) | Target::Place(_) | Target::Town(_)
        )
}

fn describe(target: Target, registers: &Registers, written: &str) -> Place {
    let country = state_of(target, registers).map(|state| registers[state].key.to_string());
    let (name, coordinates, geonames) = match target {
        Target::State(state) => (&*registers[state].name, None, None),
        Target::Former(former) => (&*registers[former].name, None, None),
        Target::Capital(capital) => {
            let capital = &registers[capital];
            (&*capital.name, capital.coordinates, capital.geonames)
        }
        Target::Place(place) => {
            let place = &registers[place];
            (&*place.name, place.coordinates, place.geonames())
        }
        Target::Town(town) => match registers.gazetteer.town(town) {
            Some(town) => (town.name, town.coordinates, town.geonames),
            None => (written, None, None),
        },
        _ => (written, None, None),
    };
    Place {
        name: name.to_owned(),
        country,
        latitude: coordinates.map(|(latitude, _)| round(latitude)),
        longitude: coordinates.map(|(_, longitude)| round(longitude)),
        geonames,
        mentions: Vec::new(),
    }
}

/// Degrees as the register writes them, to five decimal places.
fn round(degrees: f32) -> f64 {
    (f64::from(degrees) * 1e5).round() / 1e5
}
