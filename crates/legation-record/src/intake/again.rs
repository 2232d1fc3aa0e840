//! Kept reports read again, with newer data or models: old readings stay beside the new ones.

use std::collections::BTreeMap;

use jiff::civil::Date;
use legation_read::Reading;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, TransactionBehavior, params};

use super::{Given, Run, rows, unpacked};
use crate::{
    Record, correct,
    derive::{self, Touched},
    error::{Kind, RecordError},
    hash,
    memory::Memory,
};

/// A kept report as it was read: everything needed to read it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub report: i64,
    /// Its key.
    pub key: String,
    /// Name of the document.
    pub document: String,
    /// The bytes as they came.
    pub bytes: Vec<u8>,
    /// What was known from outside.
    pub given: Given,
}

/// How the claims of two readings compare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// In both, saying the same; rule and confidence may differ.
    pub same: usize,
    /// Only in the new reading.
    pub came: usize,
    /// Only in the old reading.
    pub went: usize,
    /// In both, with other sides, dates, status or voice.
    pub changed: usize,
}

/// Tallies by type of event, sorted.
pub type Changes = BTreeMap<String, Tally>;

impl Record {
    /// The reports, in the order they were kept, whose live reading was not made as this run makes readings; with `all`,
    /// those that this run has not read.
    ///
    /// # Errors
    /// Those of the store.
    pub fn outdated(&self, run: Run, all: bool) -> Result<Vec<i64>, RecordError> {
        let mut query = self.connection.prepare(
            "SELECT report FROM reading WHERE is_live AND (made <> ?1 OR (?2 AND run <> ?3)) ORDER BY report",
        )?;
        let rows = query.query_map(params![run.made, all, run.id], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A report as it was read.
    ///
    /// # Errors
    /// Those of the store, or if its bytes are damaged.
    pub fn kept(&self, report: i64) -> Result<Kept, RecordError> {
        kept(&self.connection, report)
    }

    /// Puts new readings of kept reports in the place of the live ones, all or none; says how their claims compare.
    /// A report that another program has retired meanwhile is passed over.
    ///
    /// # Errors
    /// Those of the store.
    pub fn keep_again(&mut self, run: Run, batch: &[(i64, &Reading)]) -> Result<Changes, RecordError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (mut changes, mut touched) = (Changes::new(), Touched::default());
        let (mut reports, mut new_texts) = (Vec::with_capacity(batch.len()), Vec::new());
        let mut has_stand_ins = false;
        for &(report, reading) in batch {
            let Some(old) = live(&transaction, report)? else { continue };
            let has_new_text = old.text != reading.document.text;
            // Copies are looked for by day.
            let is_filed_anew = has_new_text || old.published != reading.document.published;
            has_stand_ins |= old.is_stand_in;
            derive::retire(&transaction, report, is_filed_anew, &mut touched)?;
            rows::retire_reading(&transaction, report)?;
            rows::redescribe(&transaction, report, reading)?;
            let new = rows::reading(&transaction, run, report, reading)?;
            compare(&transaction, old.id, new, has_new_text, &mut changes)?;
            reports.push(report);
            if is_filed_anew {
                new_texts.push(report);
            }
        }
        if has_stand_ins {
            // What people said of lost claims is found again by their words.
            correct::rebuild(&transaction)?;
        }
        derive::update(&transaction, &mut Memory::default(), &new_texts, &reports, &touched)?;
        transaction.commit()?;
        Ok(changes)
    }
}

fn kept(connection: &Connection, report: i64) -> Result<Kept, RecordError> {
    let mut query = connection.prepare_cached(
        "SELECT key, document, given, bytes, sha256,
            (SELECT text || coalesce(tail, '') FROM body WHERE body.report = report.id ORDER BY body.id LIMIT 1)
        FROM report WHERE id = ?",
    )?;
    let (mut kept, given, packed, sha256) = query.query_row([report], |row| {
        let text: Option<String> = row.get(5)?;
        let bytes = text.unwrap_or_default().into_bytes();
        let kept = Kept { report, key: row.get(0)?, document: row.get(1)?, bytes, given: Given::default() };
        Ok((kept, row.get::<_, String>(2)?, row.get::<_, Option<Vec<u8>>>(3)?, row.get::<_, String>(4)?))
    })?;
    let damaged = |what: &str| RecordError::new(Kind::Damaged, format!("{}: {what}", kept.key));
    let given = serde_json::from_str(&given).map_err(|error| damaged(&error.to_string()))?;
    if let Some(packed) = packed {
        kept.bytes = unpacked(&packed)?;
    }
    if hash::sha256(&kept.bytes) != sha256 {
        return Err(damaged("the text in the record is not the one that was kept"));
    }
    Ok(Kept { given, ..kept })
}

/// Whether the text of a report is the one that was kept.
pub(crate) fn has_its_text(connection: &Connection, report: i64) -> Result<bool, RecordError> {
    match kept(connection, report) {
        Ok(_) => Ok(true),
        Err(error) if error.is_damage() => Ok(false),
        Err(error) => Err(error),
    }
}

/// Keys of reports with a text that is not the one that was read, and the numbers of such texts.
pub(crate) fn changed_bodies(connection: &Connection) -> Result<Vec<(String, i64)>, RecordError> {
    let mut query = connection
        .prepare("SELECT key, body.id, body.sha256, text FROM body JOIN report ON report.id = body.report")?;
    let mut rows = query.query([])?;
    let mut changed = Vec::new();
    while let Some(row) = rows.next()? {
        // A text that is no text any more is told by its type.
        let is_whole = row.get::<_, String>(3).is_ok_and(|text| {
            row.get::<_, String>(2).is_ok_and(|sha256| hash::sha256(text.as_bytes()) == sha256)
        });
        if !is_whole {
            changed.push((row.get(0)?, row.get(1)?));
        }
    }
    Ok(changed)
}

/// The live reading of a report.
struct Live {
    id: i64,
    text: String,
    published: Option<Date>,
    /// Whether it only stands in for one that was lost with a damaged record.
    is_stand_in: bool,
}

fn live(transaction: &Transaction<'_>, report: i64) -> Result<Option<Live>, RecordError> {
    let mut query = transaction.prepare_cached(
        "SELECT reading.id, body.text, report.published, made.data = '' FROM reading
            JOIN body ON body.id = reading.body JOIN made ON made.id = reading.made
            JOIN report ON report.id = reading.report
        WHERE reading.report = ? AND reading.is_live",
    )?;
    let live = |row: &Row<'_>| {
        let published = row.get::<_, Option<String>>(2)?.and_then(|day| day.parse().ok());
        Ok(Live { id: row.get(0)?, text: row.get(1)?, published, is_stand_in: row.get(3)? })
    };
    Ok(query.query_row([report], live).optional()?)
}

/// Tells the claims of two readings of one report apart.
fn compare(
    connection: &Connection,
    old: i64,
    new: i64,
    has_new_text: bool,
    changes: &mut Changes,
) -> Result<(), RecordError> {
    let mut before = claims(connection, old, has_new_text)?;
    for (claim, says) in claims(connection, new, has_new_text)? {
        let tally = changes.entry(claim.0.clone()).or_default();
        match before.remove(&claim) {
            None => tally.came += 1,
            Some(said) if said == says => tally.same += 1,
            Some(_) => tally.changed += 1,
        }
    }
    for (kind, ..) in before.into_keys() {
        changes.entry(kind).or_default().went += 1;
    }
    Ok(())
}

/// What makes a claim the same one in another reading: its type, the place of its trigger or, in another text, the
/// trigger's words, and which one of those it is.
type Identity = (String, String, usize);

/// The claims of a reading with what they say.
fn claims(
    connection: &Connection,
    reading: i64,
    by_words: bool,
) -> Result<BTreeMap<Identity, String>, RecordError> {
    let mut query = connection.prepare_cached(
        "SELECT type, CASE ?2 WHEN 0 THEN start || '-' || \"end\" ELSE words END,
            json_array(mode, contexts, quad, cameo, intensity, is_reciprocal, value, first, last, place, status, quantities,
                (SELECT json_group_array(json_array(side, actor)) FROM
                    (SELECT side, actor FROM claim_party WHERE claim = claim.id ORDER BY side, position)),
                (SELECT json_group_array(json_array(actor, stance)) FROM
                    (SELECT actor, stance FROM voice LEFT JOIN reading_actor
                        ON reading_actor.reading = claim.reading AND reading_actor.number = voice.by
                    WHERE voice.claim = claim.id ORDER BY voice.position)))
        FROM claim WHERE reading = ?1 ORDER BY number",
    )?;
    let rows = query.query_map(params![reading, by_words], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
    })?;
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut claims = BTreeMap::new();
    for row in rows {
        let (kind, place, says) = row?;
        let count = seen.entry((kind.clone(), place.clone())).or_default();
        claims.insert((kind, place, *count), says);
        *count += 1;
    }
    Ok(claims)
}
