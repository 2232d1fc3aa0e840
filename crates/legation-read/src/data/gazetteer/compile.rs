//! The table of the gazetteer -> bytes that are searched where they lie; `build.rs` does it for the shipped one.
//!
//! Layout, all numbers little-endian: counts of names and of places (two `u32`); names as hash (`u64`) and place
//! (`u32`), sorted; places of [`PLACE`] bytes; texts, each behind a byte with its length.

use super::fold::{fold, for_each_word};

/// Bytes of the two counts.
pub(super) const HEADER: usize = 8;
/// Bytes of a name: hash and place.
pub(super) const NAME: usize = 12;
/// Bytes of a place: latitude, longitude (`f32`, not a number if not known), population, GeoNames number (0 if none),
/// country (3 letters), kind (`c` or `r`), where its name stands among the texts.
pub(super) const PLACE: usize = 24;

/// The first line of the table.
pub(super) const COLUMNS: &str = "key\tkind\tcountry\tname\tnames\tlatitude\tlongitude\tpopulation";

/// The hash of no word.
pub(super) const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of some words and one more, folded (FNV-1a).
pub(super) fn hash_on(hash: u64, folded: &str) -> u64 {
    folded
        .bytes()
        .chain([b' '])
        .fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Compiles a table.
///
/// # Errors
/// The line, from 1, and what is wrong with it.
pub(super) fn compile(table: &str) -> Result<Vec<u8>, (usize, String)> {
    let mut names: Vec<(u64, u32)> = Vec::new();
    let mut places: Vec<u8> = Vec::new();
    let mut texts: Vec<u8> = Vec::new();
    let mut last = "";
    let mut count: u32 = 0;
    for (line, number) in table.lines().zip(1..) {
        if number == 1 {
            if line != COLUMNS {
                return Err((1, format!("the columns are: {COLUMNS}")));
            }
            continue;
        }
        let wrong = |message: &str| (number, message.to_owned());
        let cells: Vec<&str> = line.split('\t').collect();
        let &[key, kind, country, name, variants, latitude, longitude, population] = &cells[..] else {
            return Err((number, format!("{} cells where 8 are wanted", cells.len())));
        };
        if key <= last {
            return Err(wrong("rows are sorted by key, and no key comes twice"));
        }
        last = key;
        let kind = match kind {
            "city" => b'c',
            "region" => b'r',
            _ => return Err(wrong("the kind is city or region")),
        };
        if country.len() != 3 || name.is_empty() || name.len() > 255 {
            return Err(wrong("a country of three letters and a name are wanted"));
        }
        let degrees = |cell: &str| match cell {
            "" => Some(f32::NAN),
            _ => cell.parse::<f32>().ok().filter(|degrees| degrees.abs() <= 180.0),
        };
        let (Some(latitude), Some(longitude)) = (degrees(latitude), degrees(longitude)) else {
            return Err(wrong("latitude and longitude are degrees"));
        };
        let population: u32 = match population {
            "" => 0,
            _ => population.parse().map_err(|_| wrong("the population is a count"))?,
        };
        for part in [latitude.to_le_bytes(), longitude.to_le_bytes(), population.to_le_bytes()] {
            places.extend(part);
        }
        places.extend(key.parse::<u32>().unwrap_or(0).to_le_bytes());
        places.extend(country.bytes());
        places.push(kind);
        places.extend(u32::try_from(texts.len()).unwrap_or(u32::MAX).to_le_bytes());
        texts.push(u8::try_from(name.len()).unwrap_or(u8::MAX));
        texts.extend(name.bytes());
        for name in std::iter::once(name).chain(variants.split("; ").filter(|name| !name.is_empty())) {
            names.push((hash_of(name), count));
        }
        count += 1;
    }
    names.sort_unstable();
    names.dedup();
    let mut bytes = Vec::with_capacity(HEADER + names.len() * NAME + places.len() + texts.len());
    bytes.extend(u32::try_from(names.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend(count.to_le_bytes());
    for (hash, place) in names {
        bytes.extend(hash.to_le_bytes());
        bytes.extend(place.to_le_bytes());
    }
    bytes.extend(places);
    bytes.extend(texts);
    Ok(bytes)
}

fn hash_of(name: &str) -> u64 {
    let mut folded = String::new();
    let mut hash = SEED;
    for_each_word(name, |start, end, _| {
        fold(&name[start..end], &mut folded);
        hash = hash_on(hash, &folded);
    });
    hash
}
