//! The gazetteer: cities, regions, seas, straits, disputed features.

use super::StateId;
use super::links::{Links, parse_coordinates, parse_count};
use super::table::{Faults, Layout};
use crate::data::DataFile;

pub(super) const PLACES: Layout<9> = Layout {
    path: "registers/places/places.tsv",
    columns: ["key", "kind", "country", "name", "names", "latitude", "longitude", "population", "source"],
    key: 1,
};

/// Kinds of place.
const KINDS: [(&str, PlaceKind); 9] = [
    ("city", PlaceKind::City),
    ("region", PlaceKind::Region),
    ("continent", PlaceKind::Continent),
    ("sea", PlaceKind::Water),
    ("strait", PlaceKind::Water),
    ("river", PlaceKind::Water),
    ("island", PlaceKind::Land),
    ("mountain", PlaceKind::Land),
    ("feature", PlaceKind::Land),
];

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// A populated place.
    City,
    /// A province, a historical or disputed region, a part of a continent.
    Region,
    /// A continent or a world region.
    Continent,
    /// A sea, strait, canal, lake or river.
    Water,
    /// An island, mountain, peninsula or another feature.
    Land,
}

/// A place with a name.
#[derive(Clone, Debug)]
pub struct Place {
    /// GeoNames number, or a word of this register's own.
    pub key: Box<str>,
    /// What kind.
    pub kind: PlaceKind,
    /// Country; `None` where several share or dispute it.
    pub country: Option<StateId>,
    /// Usual name.
    pub name: Box<str>,
    /// Variants.
    pub names: Vec<Box<str>>,
    /// Latitude and longitude in degrees; of a middle point for areas.
    pub coordinates: Option<(f32, f32)>,
    /// Inhabitants; 0 where it does not apply or is not known.
    pub population: u32,
}

impl Place {
    /// GeoNames number.
    #[must_use]
    pub fn geonames(&self) -> Option<u32> {
        self.key.parse().ok()
    }
}

/// Reads the places.
pub(super) fn read_places(files: &[DataFile], links: &Links, faults: &mut Faults) -> Vec<Place> {
    let mut places = Vec::new();
    for row in &PLACES.read(files, faults) {
        let [key, kind, country, name, names, latitude, longitude, population, source] = row.cells;
        links.check_sources(&PLACES, row, source, faults);
        let kind = KINDS.iter().find(|(word, _)| *word == kind).map(|(_, kind)| *kind).unwrap_or_else(|| {
            let words: Vec<_> = KINDS.iter().map(|(word, _)| *word).collect();
            PLACES.fault(
                row,
                faults,
                format!("unknown kind \"{kind}\""),
                format!("one of: {}", words.join(" ")),
            );
            PlaceKind::Land
        });
        if name.is_empty() {
            PLACES.fault(row, faults, "empty \"name\"", "every place has a name");
        }
        if !population.is_empty() && parse_count(population).is_none() {
            PLACES.fault(
                row,
                faults,
                format!("\"{population}\" is not a count"),
                "whole inhabitants, or empty",
            );
        }
        places.push(Place {
            key: key.into(),
            kind,
            country: links.optional_state(&PLACES, row, country, faults),
            name: name.into(),
            names: PLACES.list(row, names, faults),
            coordinates: parse_coordinates(&PLACES, row, latitude, longitude, faults),
            population: parse_count(population).unwrap_or(0),
        });
    }
    places
}
