//! Frozen versions of a record, and what differs between two of them.

mod diff;
mod dump;
mod state;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use crate::{
    Record,
    error::{Kind, RecordError},
};

pub use diff::{Change, ChangeKind, Diff, FieldChange};
pub use state::{EventState, State};

/// How much is in a frozen version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Reports, newest texts.
    pub reports: i64,
    /// Independent ones among them.
    pub origins: i64,
    /// Claims.
    pub claims: i64,
    /// Events, rejected ones too.
    pub events: i64,
    /// Events that somebody rejected.
    pub rejected: i64,
    /// Corrections, undone ones too.
    pub corrections: i64,
}

/// A frozen version: its name, what it is made of, and the hash that a citation gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// Name.
    pub name: String,
    /// When it was frozen, RFC 3339.
    pub at: String,
    /// SHA-256 over the content, hexadecimal.
    pub hash: String,
    /// How much is in it.
    pub counts: Counts,
    /// What the readings were made with: program, data, models.
    pub made: Vec<[String; 3]>,
}

/// What lies in `snapshot.body`.
#[derive(Serialize, Deserialize)]
struct Kept {
    counts: Counts,
    state: State,
}

impl Record {
    /// The hash over the content as it is now (docs/record.md says what is in it), and how much there is.
    ///
    /// # Errors
    /// Those of the store.
    pub fn content(&self) -> Result<(String, Counts), RecordError> {
        Ok((dump::hash(&self.connection)?, counts(self)?))
    }

    /// Freezes the record as it is now under a name.
    ///
    /// # Errors
    /// If there is a version of this name, or the name is empty; those of the store.
    pub fn freeze(&mut self, name: &str, at: Timestamp) -> Result<Snapshot, RecordError> {
        let name = name.trim();
        if name.is_empty() || name == "now" {
            return Err(RecordError::refused("a frozen version needs a name of its own"));
        }
        // Nobody may write between the hash and the list of events.
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let known = "SELECT 1 FROM snapshot WHERE name = ?";
        if transaction.query_row(known, [name], |_| Ok(())).optional()?.is_some() {
            return Err(RecordError::refused(format!("there is a frozen version {name} already")));
        }
        let hash = dump::hash(&transaction)?;
        let kept = Kept { counts: dump::counts(&transaction)?, state: State::of(&transaction)? };
        let body = serde_json::to_string(&kept)
            .map_err(|error| RecordError::refused(format!("the version cannot be written: {error}")))?;
        let insert = "INSERT INTO snapshot (name, at, hash, body) VALUES (?, ?, ?, ?)";
        transaction.execute(insert, params![name, at.to_string(), hash, body])?;
        transaction.commit()?;
        let made = kept.state.made;
        Ok(Snapshot { name: name.to_owned(), at: at.to_string(), hash, counts: kept.counts, made })
    }

    /// The frozen versions, in the order in which they were made.
    ///
    /// # Errors
    /// Those of the store.
    pub fn snapshots(&self) -> Result<Vec<Snapshot>, RecordError> {
        let mut query = self.connection.prepare(
            "SELECT name, at, hash, json_extract(body, '$.counts'), json_extract(body, '$.state.made')
            FROM snapshot ORDER BY id",
        )?;
        let mut rows = query.query([])?;
        let mut snapshots = Vec::new();
        while let Some(row) = rows.next()? {
            let damaged = |error: serde_json::Error| {
                RecordError::new(Kind::Damaged, format!("a frozen version cannot be read: {error}"))
            };
            snapshots.push(Snapshot {
                name: row.get(0)?,
                at: row.get(1)?,
                hash: row.get(2)?,
                counts: serde_json::from_str(&row.get::<_, String>(3)?).map_err(damaged)?,
                made: serde_json::from_str(&row.get::<_, String>(4)?).map_err(damaged)?,
            });
        }
        Ok(snapshots)
    }

    /// The record as it is now, for comparing.
    ///
    /// # Errors
    /// Those of the store.
    pub fn state(&self) -> Result<State, RecordError> {
        State::of(&self.connection)
    }

    /// The record as it was frozen under a name; `None` where there is no such version.
    ///
    /// # Errors
    /// Those of the store, or if what was frozen cannot be read.
    pub fn frozen(&self, name: &str) -> Result<Option<State>, RecordError> {
        let query = "SELECT body FROM snapshot WHERE name = ?";
        let body: Option<String> = self.connection.query_row(query, [name], |row| row.get(0)).optional()?;
        let Some(body) = body else { return Ok(None) };
        let kept: Kept = serde_json::from_str(&body).map_err(|error| {
            RecordError::new(Kind::Damaged, format!("the frozen version {name} cannot be read: {error}"))
        })?;
        Ok(Some(kept.state))
    }
}

fn counts(record: &Record) -> Result<Counts, RecordError> {
    dump::counts(&record.connection)
}
