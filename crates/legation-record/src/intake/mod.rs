//! How a reading gets into the record: once, whole, and never changed again.

mod again;
mod rows;

use std::io::{Read as _, Write as _};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use jiff::{Timestamp, civil::Date};
use legation_read::Reading;
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

pub use again::{Changes, Kept, Tally};
pub(crate) use again::{changed_bodies, has_its_text};

use crate::{
    Record,
    derive::{self, Touched},
    error::{Kind, RecordError},
    memory::Memory,
};

/// What readings are made with; hashes are hexadecimal SHA-256.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Version of the program.
    pub legation: String,
    /// Hash of registers, codebook and rules.
    pub data: String,
    /// Hash of the model files.
    pub models: String,
}

/// What was known of a report from outside when it was read; it is read again with the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Day of publication.
    pub published: Option<Date>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
}

/// One input that was read, or could not be.
#[derive(Debug)]
pub struct Incoming<'a> {
    /// What makes it the same report when it comes again: its address, else the path of its file.
    pub key: &'a str,
    /// Whose it is in the coverage ledger: the outlet, else the host of its address, else its folder.
    pub source: &'a str,
    /// The bytes as they came.
    pub bytes: &'a [u8],
    /// What was known from outside.
    pub given: &'a Given,
    /// The reading, or why there is none.
    pub read: Result<&'a Reading, &'a str>,
}

/// What became of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new report, with its number.
    Kept(i64),
    /// A known report with a new text: kept as its next version, with a number of its own.
    Changed(i64),
    /// Known with this very text: nothing was done.
    Same(i64),
    /// Noted as failed in the coverage ledger.
    Failed,
}

impl Outcome {
    /// The report that was added.
    fn added(&self) -> Option<i64> {
        match self {
            Outcome::Kept(report) | Outcome::Changed(report) => Some(*report),
            Outcome::Same(_) | Outcome::Failed => None,
        }
    }
}

/// What is known of an input before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// No report of this key.
    New,
    /// A report of this key with another text.
    Changed,
    /// This very text.
    Same(i64),
}

/// A call of `keep` or `reread` that is going on.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    pub(crate) id: i64,
    pub(crate) made: i64,
}

impl Record {
    /// Whether a report of this key, with bytes of this hash (hexadecimal SHA-256), is kept already.
    ///
    /// # Errors
    /// Those of the store.
    pub fn known(&self, key: &str, sha256: &str) -> Result<Known, RecordError> {
        known(&self.connection, key, sha256)
    }

    /// Begins a run of a command over inputs.
    ///
    /// # Errors
    /// Those of the store.
    pub fn begin(&mut self, command: &str, made: &Made, at: Timestamp) -> Result<Run, RecordError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let made = rows::made(&transaction, made)?;
        transaction.execute(
            "INSERT INTO run (command, started, made) VALUES (?, ?, ?)",
            params![command, at.to_string(), made],
        )?;
        let id = transaction.last_insert_rowid();
        transaction.commit()?;
        Ok(Run { id, made })
    }

    /// Notes that a run came to its end.
    ///
    /// # Errors
    /// Those of the store.
    pub fn end(&mut self, run: Run, at: Timestamp) -> Result<(), RecordError> {
        self.connection.execute("UPDATE run SET ended = ? WHERE id = ?", params![at.to_string(), run.id])?;
        Ok(())
    }

    /// Keeps a batch of inputs, all or none: when it returns, they are on the disk, merged with what was there.
    ///
    /// # Errors
    /// Those of the store: a full disk, another writer that does not finish, a damaged file.
    pub fn keep(
        &mut self,
        run: Run,
        batch: &[Incoming<'_>],
        at: Timestamp,
    ) -> Result<Vec<Outcome>, RecordError> {
        // Left empty where this fails: what it held is no longer what the store has.
        let mut memory = std::mem::take(&mut self.memory);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        memory.wake(&transaction)?;
        let mut outcomes = Vec::with_capacity(batch.len());
        let mut touched = Touched::default();
        for incoming in batch {
            outcomes.push(keep_one(&transaction, run, incoming, at, &mut touched)?);
        }
        let reports: Vec<i64> = outcomes.iter().filter_map(Outcome::added).collect();
        if outcomes.iter().any(|outcome| matches!(outcome, Outcome::Changed(_))) {
            // It holds claims of the old texts.
            memory = Memory::default();
        }
        derive::update(&transaction, &mut memory, &reports, &reports, &touched)?;
        memory.settle(&transaction)?;
        transaction.commit()?;
        self.memory = memory;
        Ok(outcomes)
    }
}

fn known(connection: &Connection, key: &str, sha256: &str) -> Result<Known, RecordError> {
    let mut query =
        connection.prepare_cached("SELECT id, sha256 FROM report WHERE key = ? AND is_latest LIMIT 1")?;
    let found: Option<(i64, String)> =
        query.query_row([key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(match found {
        None => Known::New,
        Some((id, kept)) if kept == sha256 => Known::Same(id),
        Some(_) => Known::Changed,
    })
}

fn keep_one(
    transaction: &Transaction<'_>,
    run: Run,
    incoming: &Incoming<'_>,
    at: Timestamp,
    touched: &mut Touched,
) -> Result<Outcome, RecordError> {
    let reading = match incoming.read {
        Ok(reading) => reading,
        Err(message) => {
            if !is_noted(transaction, incoming.key, message)? {
                let day = incoming.given.published.map(|day| day.to_string());
                note(transaction, run, incoming, day.as_deref(), "failed", None, Some(message))?;
            }
            return Ok(Outcome::Failed);
        }
    };
    let known = known(transaction, incoming.key, &reading.document.sha256)?;
    if let Known::Same(id) = known {
        return Ok(Outcome::Same(id));
    }
    if known == Known::Changed {
        rows::retire_report(transaction, incoming.key, touched)?;
    }
    let report = rows::report(transaction, run, incoming, reading, at)?;
    rows::reading(transaction, run, report, reading)?;
    let outcome = match known {
        _ if reading.segments.sentences.is_empty() => "empty",
        Known::Changed => "changed",
        _ => "kept",
    };
    let day = reading.document.published.map(|day| day.to_string());
    note(transaction, run, incoming, day.as_deref(), outcome, Some(report), None)?;
    Ok(if known == Known::Changed { Outcome::Changed(report) } else { Outcome::Kept(report) })
}

/// Whether the coverage ledger has this very fault of an input as the last thing that became of it.
fn is_noted(transaction: &Transaction<'_>, key: &str, message: &str) -> Result<bool, RecordError> {
    let mut query = transaction.prepare_cached(
        "SELECT message, (SELECT coalesce(max(run), 0) FROM report WHERE key = intake.key) > run
        FROM intake WHERE key = ? AND outcome = 'failed' ORDER BY id DESC LIMIT 1",
    )?;
    let last: Option<(Option<String>, bool)> =
        query.query_row([key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(last.is_some_and(|(last, was_kept_since)| !was_kept_since && last.as_deref() == Some(message)))
}

/// Writes a line of the coverage ledger.
fn note(
    transaction: &Transaction<'_>,
    run: Run,
    incoming: &Incoming<'_>,
    day: Option<&str>,
    outcome: &str,
    report: Option<i64>,
    message: Option<&str>,
) -> Result<(), RecordError> {
    transaction
        .prepare_cached(
            "INSERT INTO intake (run, key, source, day, outcome, report, message) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![run.id, incoming.key, incoming.source, day, outcome, report, message])?;
    Ok(())
}

/// Packs the bytes of a page.
fn packed(bytes: &[u8]) -> Result<Vec<u8>, RecordError> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    let done = encoder.write_all(bytes).and_then(|()| encoder.finish());
    done.map_err(|error| RecordError::new(Kind::Store, format!("cannot pack a page: {error}")))
}

/// The bytes of a page that was packed.
pub(crate) fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, RecordError> {
    let mut page = Vec::new();
    let done = DeflateDecoder::new(bytes).read_to_end(&mut page);
    done.map_err(|error| RecordError::new(Kind::Damaged, format!("a page cannot be unpacked: {error}")))?;
    Ok(page)
}
