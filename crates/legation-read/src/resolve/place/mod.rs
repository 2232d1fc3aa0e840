//! Where: places as meant, with country and coordinates.

mod choose;

use std::collections::BTreeMap;

use crate::{Span, data::Data, mention::Mentions, parse::Parsed};

/// Number of a place in its document, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// A place that a document names.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Name in the register, else as written.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Where the document names it, in order.
    pub mentions: Vec<Span>,
}

/// The places of a document and the words that name them.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// In the order of first mention.
    pub list: Vec<Place>,
    at: BTreeMap<(usize, usize), PlaceId>,
}

impl Places {
    /// The place that the phrase headed by this word names (also where the word acts: "Moscow said").
    #[must_use]
    pub fn at(&self, sentence: usize, word: usize) -> Option<PlaceId> {
        self.at.get(&(sentence, word)).copied()
    }

    /// The place of this number.
    ///
    /// # Panics
    /// If the number is of another document.
    #[must_use]
    pub fn get(&self, id: PlaceId) -> &Place {
        &self.list[id.0 as usize]
    }

    /// Adds a place and returns its number.
    pub fn push(&mut self, place: Place) -> PlaceId {
        let id = PlaceId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(place);
        id
    }

    /// Says that the phrase headed by `word` names this place.
    pub fn set(&mut self, sentence: usize, word: usize, place: PlaceId) {
        self.at.insert((sentence, word), place);
    }
}

/// Finds the places of a document.
///
/// Ambiguous names are decided by what stands beside them ("Paris, Texas"), by the states that the document is about,
/// by kind and by population.
#[must_use]
pub fn resolve(parsed: Parsed<'_>, mentions: &Mentions, data: &Data) -> Places {
    choose::resolve(parsed, mentions, data)
}
