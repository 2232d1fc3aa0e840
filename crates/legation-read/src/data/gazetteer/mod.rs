//! Towns above 15,000 people and the parts of states: too many to be read at every start, so they are compiled when
//! the program is built and searched where they lie. What the registers know by a name comes before what this does.

mod compile;

use std::ops::Range;

use compile::{HEADER, NAME, PLACE, SEED, hash_on};

use super::fold;
use super::registers::Word;
use super::{DataError, DataFile};

/// The user's own table, laid beside the shipped one.
const PATH: &str = "gazetteer/places.tsv";

/// The shipped places, compiled.
static SHIPPED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

/// No name of the gazetteer has more words than this that anybody would write.
const LONGEST: usize = 6;

/// Inhabitants of a town that is known all over the world.
const LARGE: u32 = 250_000;

/// Number of a place in the gazetteer; the user's own come behind the shipped ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TownId(pub u32);

/// A town, or a part of a state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Town<'a> {
    /// Usual name.
    pub name: &'a str,
    /// ISO 3166-1 alpha-3.
    pub country: &'a str,
    /// Latitude and longitude in degrees.
    pub coordinates: Option<(f32, f32)>,
    /// Inhabitants; 0 where not known.
    pub population: u32,
    /// GeoNames number.
    pub geonames: Option<u32>,
    /// A part of a state rather than a town.
    pub is_region: bool,
}

/// Names -> towns and regions.
#[derive(Debug, Default)]
pub struct Gazetteer {
    shipped: Compiled<&'static [u8]>,
    own: Compiled<Vec<u8>>,
}

/// One compiled table.
#[derive(Debug, Default)]
struct Compiled<B> {
    bytes: B,
}

/// A name of the gazetteer in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// How many words it has.
    pub words: usize,
    /// What it can mean, by number.
    pub towns: Vec<TownId>,
}

impl Gazetteer {
    /// The shipped gazetteer with the user's own table, if there is one among the files.
    pub(super) fn load(files: &[DataFile], errors: &mut Vec<DataError>) -> Gazetteer {
        let mut own = Vec::new();
        for file in files.iter().filter(|file| file.path == PATH) {
            match compile::compile(&file.text) {
                Ok(bytes) => own = bytes,
                Err((line, message)) => {
                    errors.push(DataError { file: PATH.to_owned(), line, message, hint: String::new() });
                }
            }
        }
        Gazetteer { shipped: Compiled { bytes: SHIPPED }, own: Compiled { bytes: own } }
    }

    /// The compiled bytes of the shipped table, for the hash of all data.
    pub(super) fn shipped_bytes() -> &'static [u8] {
        SHIPPED
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shipped.places() + self.own.places()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All places.
    pub fn towns(&self) -> impl Iterator<Item = Town<'_>> {
        (0..).take(self.len()).filter_map(|number| self.town(TownId(number)))
    }

    /// The place of a number.
    #[must_use]
    pub fn town(&self, id: TownId) -> Option<Town<'_>> {
        let number = id.0 as usize;
        match number.checked_sub(self.shipped.places()) {
            None => self.shipped.town(number),
            Some(own) => self.own.town(own),
        }
    }

    /// Whether one of some towns is so large that its name alone brings it to mind.
    #[must_use]
    pub fn is_large(&self, towns: &[TownId]) -> bool {
        towns.iter().filter_map(|id| self.town(*id)).any(|town| town.population >= LARGE)
    }

    /// The longest name that begins with the word at a position of a text cut by
    /// [`NameIndex::scan`](super::registers::NameIndex::scan).
    #[must_use]
    pub fn longest(&self, text: &str, words: &[Word], at: usize) -> Option<Found> {
        let mut folded = String::new();
        let mut hash = SEED;
        let mut best = None;
        for (word, count) in words.iter().skip(at).zip(1..=LONGEST) {
            if count > 1 && !word.runs_on() {
                break;
            }
            fold::fold(&text[word.start..word.end], &mut folded);
            hash = hash_on(hash, &folded);
            let shipped = self.shipped.named(hash).map(TownId);
            let behind = u32::try_from(self.shipped.places()).unwrap_or(u32::MAX);
            let own = self.own.named(hash).map(|number| TownId(behind.saturating_add(number)));
            let towns: Vec<TownId> = shipped.chain(own).collect();
            if !towns.is_empty() {
                best = Some(Found { words: count, towns });
            }
        }
        best
    }
}

impl<B: AsRef<[u8]>> Compiled<B> {
    fn number(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.as_ref().get(at..at + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }

    fn names(&self) -> usize {
        self.number(0).map_or(0, |count| count as usize)
    }

    fn places(&self) -> usize {
        self.number(4).map_or(0, |count| count as usize)
    }

    /// Hash and place of a name.
    fn name(&self, index: usize) -> Option<(u64, u32)> {
        let at = HEADER + index * NAME;
        let hash = self.bytes.as_ref().get(at..at + 8)?;
        Some((u64::from_le_bytes(hash.try_into().ok()?), self.number(at + 8)?))
    }

    /// The places of a name.
    fn named(&self, hash: u64) -> impl Iterator<Item = u32> {
        let before = |index: usize| self.name(index).is_some_and(|(known, _)| known < hash);
        let first = partition_point(0..self.names(), before);
        (first..self.names())
            .map_while(move |index| self.name(index).filter(|(known, _)| *known == hash))
            .map(|(_, place)| place)
    }

    fn town(&self, number: usize) -> Option<Town<'_>> {
        let bytes = self.bytes.as_ref();
        let places = HEADER + self.names() * NAME;
        let at = places + number * PLACE;
        let degrees = |at: usize| self.number(at).map(f32::from_bits);
        let (latitude, longitude) = (degrees(at)?, degrees(at + 4)?);
        let geonames = self.number(at + 12)?;
        let text = places + self.places() * PLACE + self.number(at + 20)? as usize;
        let length = usize::from(*bytes.get(text)?);
        Some(Town {
            name: std::str::from_utf8(bytes.get(text + 1..text + 1 + length)?).ok()?,
            country: std::str::from_utf8(bytes.get(at + 16..at + 19)?).ok()?,
            coordinates: (!latitude.is_nan() && !longitude.is_nan()).then_some((latitude, longitude)),
            population: self.number(at + 8)?,
            geonames: (geonames > 0).then_some(geonames),
            is_region: bytes.get(at + 19) == Some(&b'r'),
        })
    }
}

/// The first index of a range for which something no longer holds.
fn partition_point(range: Range<usize>, holds: impl Fn(usize) -> bool) -> usize {
    let (mut from, mut to) = (range.start, range.end);
    while from < to {
        let middle = from + (to - from) / 2;
        if holds(middle) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    from
}

#[cfg(test)]
mod tests {
    use super::super::registers::NameIndex;
    use super::*;

    fn gazetteer(table: &str) -> Result<Gazetteer, Vec<DataError>> {
        let text = format!("{}\n{table}", compile::COLUMNS);
        let file = DataFile { path: PATH.into(), text: text.into() };
        let mut errors = Vec::new();
        let gazetteer = Gazetteer::load(&[file], &mut errors);
        if errors.is_empty() { Ok(gazetteer) } else { Err(errors) }
    }

    fn named<'g>(gazetteer: &'g Gazetteer, name: &str) -> Vec<Town<'g>> {
        let words = NameIndex::default().scan(name);
        let found = gazetteer.longest(name, &words, 0);
        let towns = found.filter(|found| found.words == words.len()).map(|found| found.towns);
        towns.unwrap_or_default().into_iter().filter_map(|id| gazetteer.town(id)).collect()
    }

    #[test]
    fn shipped_towns_are_found_by_folded_names() {
        let gazetteer = gazetteer("").unwrap_or_default();
        assert!(gazetteer.len() > 30_000, "{}", gazetteer.len());
        let towns = named(&gazetteer, "TORUN");
        assert!(towns.iter().any(|town| town.country == "POL" && town.name == "Toruń"), "{towns:?}");
        assert!(named(&gazetteer, "Atlantis Under The Sea").is_empty());
    }

    #[test]
    fn a_users_own_places_are_found_beside_the_shipped_ones() {
        let gazetteer = gazetteer("9999999\tcity\tPOL\tNowhere Mill\tNowhere\t50.5\t20\t3\nPL-X\tregion\tPOL\tNowhereshire\t\t\t\t\n").unwrap_or_default();
        let town = named(&gazetteer, "Nowhere");
        assert_eq!(town[0].coordinates, Some((50.5, 20.0)));
        assert_eq!((town[0].geonames, town[0].population, town[0].is_region), (Some(9_999_999), 3, false));
        let region = named(&gazetteer, "nowhereshire");
        assert_eq!((region[0].coordinates, region[0].geonames, region[0].is_region), (None, None, true));
    }

    #[test]
    fn faults_are_told_by_line() {
        for (table, line) in [
            ("x\n", 2),
            ("a\tcity\tPOL\tA\t\t1\t1\t\na\tcity\tPOL\tB\t\t1\t1\t\n", 3),
            ("a\tvillage\tPOL\tA\t\t1\t1\t\n", 2),
            ("a\tcity\tPOL\tA\t\t190\t1\t\n", 2),
        ] {
            let errors = gazetteer(table).err().unwrap_or_default();
            assert_eq!(errors.iter().map(|error| error.line).collect::<Vec<_>>(), [line], "{table:?}");
        }
    }
}
