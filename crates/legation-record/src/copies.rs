//! Which reports are one text with small changes: syndicated copies count as one origin.
//!
//! MinHash over word shingles with banding (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets,
//! chapter 3) finds candidates; the shingles themselves decide.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension as _, Transaction, params};

use crate::{error::RecordError, hash};

/// Words in a shingle.
const SHINGLE: usize = 4;
/// Bands of a sketch; texts that share one are compared.
const BANDS: usize = 24;
/// Hashes in a band: two texts that share half of their shingles meet in some band with a probability of 0.96.
const ROWS: usize = 3;
/// Shingles below which a text is too short to be known again.
const LEAST: usize = 12;
/// Texts are copies from this Jaccard likeness on ...
const JACCARD: f64 = 0.5;
/// ... or when this share of the shorter one stands in the longer.
const CONTAINMENT: f64 = 0.7;
/// Days between a text and its copies; standing texts that come again with other facts are no copies.
const DAYS: i64 = 10;
/// Candidates compared for one report: those that share most bands.
const CANDIDATES: usize = 12;
/// Reports of one band and time looked at: of a text that everybody prints, a few are enough.
const CROWD: i64 = 200;
/// Days whose reports are filed together.
const PERIOD: i64 = 32;

/// How much two texts have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// Shingles of both, of those of either.
    pub jaccard: f64,
    /// Shingles of both, of those of the shorter.
    pub containment: f64,
}

impl Likeness {
    /// Of two texts; `None` where one is too short to tell.
    #[must_use]
    pub fn of(a: &str, b: &str) -> Option<Likeness> {
        likeness(&shingles(a), &shingles(b))
    }

    /// Whether one is a copy of the other.
    #[must_use]
    pub fn is_copy(self) -> bool {
        self.jaccard >= JACCARD || self.containment >= CONTAINMENT
    }
}

fn likeness(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> Option<Likeness> {
    let shorter = a.len().min(b.len());
    if shorter < LEAST {
        return None;
    }
    let common = ratio(a.intersection(b).count(), 1);
    let union = ratio(a.len() + b.len(), 1) - common;
    Some(Likeness { jaccard: common / union, containment: common / ratio(shorter, 1) })
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    number(part) / number(whole.max(1))
}

/// Hashes of every run of four words.
fn shingles(text: &str) -> BTreeSet<u64> {
    let words: Vec<u64> = hash::words(text).map(|word| hash::of(word.as_bytes())).collect();
    let joined = |run: &[u64]| run.iter().fold(0, |sum, &word| hash::mix(sum ^ word));
    words.windows(SHINGLE).map(joined).collect()
}

/// The least hash of all shingles under each of the sketch's hash functions.
fn sketch(shingles: &BTreeSet<u64>) -> Vec<u64> {
    let least = |seed: u64| shingles.iter().map(|&shingle| hash::mix(shingle ^ hash::mix(seed))).min();
    (0..(BANDS * ROWS) as u64).map(|seed| least(seed).unwrap_or(u64::MAX)).collect()
}

/// One hash a band.
fn bands(sketch: &[u64]) -> Vec<u64> {
    let band =
        |(number, rows): (usize, &[u64])| rows.iter().fold(number as u64, |sum, &row| hash::mix(sum ^ row));
    sketch.chunks(ROWS).enumerate().map(band).collect()
}

/// Finds what new reports are copies of, and gives them the origin of those; returns all origins that became one.
pub(crate) fn note(transaction: &Transaction<'_>, reports: &[i64]) -> Result<BTreeSet<i64>, RecordError> {
    let mut joined = BTreeSet::new();
    for &report in reports {
        let Some(text) = text(transaction, report)? else { continue };
        let shingles = shingles(&text);
        if shingles.len() < LEAST {
            continue;
        }
        let bands = bands(&sketch(&shingles));
        let day = day(transaction, report)?;
        let mut origins = BTreeSet::from([origin(transaction, report)?]);
        for other in candidates(transaction, report, day, &bands)? {
            let Some(other_text) = self::text(transaction, other)? else { continue };
            let Some(likeness) = likeness(&shingles, &self::shingles(&other_text)) else { continue };
            if likeness.is_copy() {
                origins.insert(origin(transaction, other)?);
                transaction
                    .prepare_cached(
                        "INSERT INTO copy (report, of, jaccard, containment) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![report, other, likeness.jaccard, likeness.containment])?;
            }
        }
        join(transaction, &origins)?;
        if origins.len() > 1 {
            joined.extend(origins);
        }
        let mut insert = transaction
            .prepare_cached("INSERT INTO band (hash, day, report) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")?;
        for band in bands {
            insert.execute(params![hash::filed(day / PERIOD, band), day, report])?;
        }
    }
    Ok(joined)
}

/// Forgets what a report looks like: a newer text of it comes.
pub(crate) fn forget(transaction: &Transaction<'_>, report: i64) -> Result<(), RecordError> {
    let Some(text) = text(transaction, report)? else { return Ok(()) };
    let mut delete =
        transaction.prepare_cached("DELETE FROM band WHERE hash = ? AND day = ? AND report = ?")?;
    let day = day(transaction, report)?;
    for band in bands(&sketch(&shingles(&text))) {
        delete.execute(params![hash::filed(day / PERIOD, band), day, report])?;
    }
    Ok(())
}

/// Makes one origin of several: that of the earliest report.
fn join(transaction: &Transaction<'_>, origins: &BTreeSet<i64>) -> Result<(), RecordError> {
    let mut origins = origins.iter();
    let Some(first) = origins.next() else { return Ok(()) };
    let mut update = transaction.prepare_cached("UPDATE report SET origin = ? WHERE origin = ?")?;
    for other in origins {
        update.execute(params![first, other])?;
    }
    Ok(())
}

fn origin(transaction: &Transaction<'_>, report: i64) -> Result<i64, RecordError> {
    let mut query = transaction.prepare_cached("SELECT origin FROM report WHERE id = ?")?;
    Ok(query.query_row([report], |row| row.get(0))?)
}

/// The text of the live reading.
fn text(transaction: &Transaction<'_>, report: i64) -> Result<Option<String>, RecordError> {
    let mut query = transaction.prepare_cached("SELECT text FROM searched WHERE id = ?")?;
    Ok(query.query_row([report], |row| row.get(0)).optional()?)
}

/// Julian day on which a report was published; 0 if that is unknown.
fn day(transaction: &Transaction<'_>, report: i64) -> Result<i64, RecordError> {
    let mut query = transaction.prepare_cached(
        "SELECT coalesce(CAST(julianday(published) + 0.5 AS INTEGER), 0) FROM report WHERE id = ?",
    )?;
    Ok(query.query_row([report], |row| row.get(0))?)
}

/// The reports that share most bands, published about the same time; the earlier first among equals.
fn candidates(
    transaction: &Transaction<'_>,
    report: i64,
    day: i64,
    bands: &[u64],
) -> Result<Vec<i64>, RecordError> {
    let mut shared: BTreeMap<i64, u32> = BTreeMap::new();
    let mut query = transaction.prepare_cached(
        "SELECT report FROM band WHERE hash = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day, report LIMIT ?4",
    )?;
    // A report of unknown day may be a copy of any, and any of it.
    let ranges = if day == 0 {
        vec![(periods(transaction)?, 0, i64::MAX)]
    } else {
        let (first, last) = (day - DAYS, day + DAYS);
        vec![((first / PERIOD..=last / PERIOD).collect(), first, last), (vec![0], 0, 0)]
    };
    for &band in bands {
        for (periods, first, last) in &ranges {
            let mut room = CROWD;
            for &period in periods {
                let fields = params![hash::filed(period, band), first, last, room];
                for other in query.query_map(fields, |row| row.get::<_, i64>(0))? {
                    *shared.entry(other?).or_default() += 1;
                    room -= 1;
                }
            }
        }
    }
    shared.remove(&report);
    let mut candidates: Vec<(i64, u32)> = shared.into_iter().collect();
    candidates.sort_by_key(|&(other, count)| (u32::MAX - count, other));
    Ok(candidates.into_iter().map(|(other, _)| other).take(CANDIDATES).collect())
}

/// The periods of all reports, earliest first.
fn periods(transaction: &Transaction<'_>) -> Result<Vec<i64>, RecordError> {
    let mut next =
        transaction.prepare_cached("SELECT hash FROM band WHERE hash >= ? ORDER BY hash LIMIT 1")?;
    let mut periods: Vec<i64> = Vec::new();
    let mut from = 0;
    while let Some(hash) = next.query_row([from], |row| row.get::<_, i64>(0)).optional()? {
        let period = hash::period(hash);
        periods.push(period);
        from = hash::filed(period + 1, 0);
    }
    Ok(periods)
}

#[cfg(test)]
mod tests {
    use super::{Likeness, bands, shingles, sketch};

    const WIRE: &str = "The foreign ministers of Kenya and Norway met in Oslo on Monday to discuss fishing rights. \
        They agreed to set up a joint commission, which will report by the end of the year. \
        Neither side took questions after the talks, which lasted for three hours.";

    #[test]
    fn a_cut_and_edited_copy_is_one_and_a_retelling_is_not() {
        let copy = "OSLO (Meridian Wire) - The foreign ministers of Kenya and Norway met in Oslo on Monday to discuss \
            fishing rights. They agreed to set up a joint commission, which will report by the end of the year.";
        assert!(Likeness::of(WIRE, copy).unwrap().is_copy());
        let retold = "Norway and Kenya will settle their quarrel over fish in a commission, their foreign ministers \
            said in Oslo after a long meeting on Monday that left journalists with no chance to ask anything.";
        assert!(!Likeness::of(WIRE, retold).unwrap().is_copy());
        assert_eq!(Likeness::of(WIRE, "Too short to tell."), None);
    }

    #[test]
    fn copies_share_a_band() {
        let copy = WIRE.replace("Monday", "Mon.").replace("joint commission", "Joint Commission");
        let (a, b) = (bands(&sketch(&shingles(WIRE))), bands(&sketch(&shingles(&copy))));
        assert!(a.iter().zip(&b).any(|(a, b)| a == b));
    }
}
