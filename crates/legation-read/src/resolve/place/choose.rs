//! Names that can mean a place -> the one place meant.

use rustc_hash::FxHashMap;

use super::{Place, PlaceId, Places};
use crate::data::Data;
use crate::data::reference::WordUse;
use crate::data::registers::{Candidate, Form, PlaceKind, Registers, StateId, Target};
use crate::mention::{Mention, Mentions};
use crate::parse::{NameKind, Parsed, SentenceView, Upos};
use crate::resolve::survey::{Survey, exists, is_foreign_name, state_of};

/// A part of a state is meant rather than a village of its name, and less often than a larger town.
const REGION: f64 = 4.5;

/// What a place is and whose is said in no more words than this before its name.
const FAR: usize = 6;

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
        last: None,
    };
    let list = &mentions.mentions;
    for (index, mention) in list.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| list.get(before));
        finder.take(mention, before, list.get(index + 1));
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
    /// The place before, and the state that the words around it said it is in.
    last: Option<Last>,
}

/// The place named last.
#[derive(Clone, Copy, Debug)]
struct Last {
    sentence: usize,
    end: usize,
    beside: Option<StateId>,
}

impl Finder<'_> {
    fn take(&mut self, mention: &Mention, before: Option<&Mention>, next: Option<&Mention>) {
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
        let beside = next
            .filter(|next| self.follows_closely(mention, next))
            .and_then(|next| self.only_state(next, &options))
            .or_else(|| before.and_then(|before| self.state_before(mention, before)))
            .or_else(|| self.listed_with(mention));
        self.last = Some(Last { sentence: mention.sentence, end: words.end, beside });
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

    /// "Paris, Texas", "Mailuki in northern Kenya", "the Puno region of Peru": the next name is right behind a comma, or
    /// behind "in" or "of" with nothing between but what kind of place it is.
    fn follows_closely(&self, mention: &Mention, next: &Mention) -> bool {
        if next.sentence != mention.sentence || next.words.start <= mention.words.end {
            return false;
        }
        let view = self.parsed.sentence(mention.sentence);
        if view.word(mention.words.end) == "," {
            return next.words.start == mention.words.end + 1;
        }
        let is_kind = |word: &usize| self.has_use(view, *word, WordUse::Settlement);
        let kinds = (mention.words.end..next.words.start).take_while(is_kind).count();
        let joint = mention.words.end + kinds;
        let passes = |word: usize| {
            [WordUse::Direction, WordUse::Article].iter().any(|wanted| self.has_use(view, word, *wanted))
        };
        let joins = view.word(joint) == "in" || kinds > 0 && view.word(joint) == "of";
        joint < next.words.start && joins && (joint + 1..next.words.start).all(passes)
    }

    fn has_use(&self, view: SentenceView<'_>, word: usize, wanted: WordUse) -> bool {
        self.data.reference.has_use(&view.word(word).to_lowercase(), wanted)
    }

    /// "the Mexican holiday resort of Acapulco", "the German island Rügen": what kind of place it is, and whose.
    fn state_before(&self, mention: &Mention, before: &Mention) -> Option<StateId> {
        let start = mention.parts.name.as_ref()?.start;
        let from = before.parts.name.as_ref()?.end;
        if before.sentence != mention.sentence || start <= from || start > from + FAR {
            return None;
        }
        let view = self.parsed.sentence(mention.sentence);
        let last = (from..start)
            .rev()
            .find(|word| view.word(*word) != "of" && !self.has_use(view, *word, WordUse::Article))?;
        let describes = |word: usize| {
            matches!(view.tree.upos(word), Upos::Noun | Upos::Adj | Upos::Part) || view.word(word) == "'s"
        };
        if !self.has_use(view, last, WordUse::Settlement) || !(from..last).all(describes) {
            return None;
        }
        let mut states = before.parts.candidates.iter().filter_map(|candidate| match candidate.target {
            Target::State(state) => Some(state),
            _ => None,
        });
        states.next().filter(|first| states.all(|state| state == *first))
    }

    /// The state of the place before, where both are named in one breath: "the Zimbabwean provinces of Manicaland and
    /// Midlands".
    fn listed_with(&self, mention: &Mention) -> Option<StateId> {
        let last = self.last.filter(|last| last.sentence == mention.sentence)?;
        let start = mention.parts.name.as_ref()?.start;
        let view = self.parsed.sentence(mention.sentence);
        let joins = |word: usize| matches!(view.word(word), "," | "and");
        let joined = last.end < start && start <= last.end + 2 && (last.end..start).all(joins);
        last.beside.filter(|_| joined)
    }

    /// The one state to which everything belongs that a name can mean: one where the place beside it can lie, then of
    /// states, parts of states and towns the first kind that there is.
    fn only_state(&self, mention: &Mention, beside: &[&Candidate]) -> Option<StateId> {
        let registers = &self.data.registers;
        let mut best: Option<(u32, Option<StateId>)> = None;
        for candidate in mention.parts.candidates.iter().filter(|candidate| names_place(candidate)) {
            let Some(state) = state_of(candidate.target, registers) else { continue };
            let fits = beside.iter().any(|beside| state_of(beside.target, registers) == Some(state));
            let weight = match candidate.target {
                Target::State(_) | Target::Former(_) => 2,
                Target::Place(place) if registers[place].kind == PlaceKind::Region => 1,
                Target::Town(town) if registers.gazetteer.town(town).is_some_and(|town| town.is_region) => 1,
                _ => 0,
            };
            let weight = weight + 3 * u32::from(fits);
            best = match best {
                Some((known, _)) if known > weight => best,
                Some((known, of)) if known == weight => Some((known, of.filter(|of| *of == state))),
                _ => Some((weight, Some(state))),
            };
        }
        best.and_then(|(_, state)| state)
    }

    /// A town of a state that is called like something better known elsewhere: "San Jose, California".
    fn namesake(&self, written: &str, options: &[&Candidate], beside: StateId) -> Option<Target> {
        let registers = &self.data.registers;
        let is_beside = |target: Target| state_of(target, registers) == Some(beside);
        if options.is_empty() || options.iter().any(|option| is_beside(option.target)) {
            return None;
        }
        let words = registers.index.scan(written);
        let found =
            registers.gazetteer.longest(written, &words, 0).filter(|found| found.words == words.len());
        found?.towns.into_iter().map(Target::Town).find(|target| is_beside(*target))
    }

    fn choose(&mut self, written: &str, options: &[&Candidate], beside: Option<StateId>) -> Option<Target> {
        if let Some(target) = beside.and_then(|beside| self.namesake(written, options, beside)) {
            self.chosen.insert(written.to_owned(), target);
            return Some(target);
        }
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
        let day = self.parsed.document.published;
        let is_gone =
            |state| !exists(state, day, registers) || day.is_none() && matches!(target, Target::Former(_));
        let gone = state.is_some_and(is_gone);
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
        let country = beside.map(|state| self.data.registers[state].key.to_string());
        if let Some(place) = self.known.get(&key) {
            let known = &mut self.places.list[place.0 as usize].country;
            *known = known.take().or(country);
            return *place;
        }
        let place = self.places.push(Place {
            name: written.to_owned(),
            country,
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
