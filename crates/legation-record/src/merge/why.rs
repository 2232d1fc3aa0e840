//! Why claims are, or are not, of one event.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior};
use serde::Serialize;

use super::{
    claim::Claim,
    likeness::{Conflict, Likeness},
};
use crate::{Record, error::RecordError, ledger, memory::Memory};

/// Why one claim is of its event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Why {
    /// The claim.
    pub claim: i64,
    /// Number of its report.
    pub report: i64,
    /// The claim of the event that it is most like; `None` for the first, and where people put it there.
    pub like: Option<i64>,
    /// How much.
    pub likeness: Option<Likeness>,
    /// Whether its own reading took it for one event with that claim.
    pub is_same: bool,
    /// Whether the two stand in copies of one text.
    pub is_copy: bool,
    /// The correction that put it there.
    pub correction: Option<i64>,
}

impl Record {
    /// How much two claims look like one event, or what rules it out.
    ///
    /// # Errors
    /// If there is no such claim; those of the store.
    pub fn likeness(&self, a: i64, b: i64) -> Result<Result<Likeness, Conflict>, RecordError> {
        Ok(Likeness::of(&Claim::load(&self.connection, a)?, &Claim::load(&self.connection, b)?))
    }

    /// For each claim of an event, in order, which earlier one it is most like and how much.
    ///
    /// # Errors
    /// If there is no such event; those of the store.
    pub fn why(&self, event: i64) -> Result<Vec<Why>, RecordError> {
        let mut query =
            self.connection.prepare_cached("SELECT id FROM claim WHERE event = ? AND is_live ORDER BY id")?;
        let ids: Vec<i64> = query.query_map([event], |row| row.get(0))?.collect::<Result<_, _>>()?;
        if ids.is_empty() {
            return Err(RecordError::refused(format!("there is no event E{event}")));
        }
        let claims: Vec<Claim> =
            ids.iter().map(|&id| Claim::load(&self.connection, id)).collect::<Result<_, _>>()?;
        claims.iter().enumerate().map(|(index, claim)| self.why_claim(claim, &claims[..index])).collect()
    }

    fn why_claim(&self, claim: &Claim, earlier: &[Claim]) -> Result<Why, RecordError> {
        let mut tie = self.connection.prepare_cached(
            "SELECT correction FROM tie WHERE (a = ?1 OR b = ?1) AND is_together ORDER BY correction LIMIT 1",
        )?;
        let correction = tie.query_row([claim.founder], |row| row.get(0)).optional()?;
        let liked = earlier.iter().filter_map(|other| Some((other, Likeness::of(claim, other).ok()?)));
        let best = liked.max_by(|a, b| a.1.score.total_cmp(&b.1.score).then(b.0.id.cmp(&a.0.id)));
        let same =
            earlier.iter().find(|other| other.report == claim.report && claim.same_as == Some(other.number));
        let like = same.or(best.map(|(other, _)| other));
        Ok(Why {
            claim: claim.id,
            report: claim.report,
            like: like.map(|other| other.id),
            likeness: like.and_then(|other| Likeness::of(claim, other).ok()),
            is_same: same.is_some(),
            is_copy: like.is_some_and(|other| other.origin == claim.origin && other.report != claim.report),
            correction,
        })
    }

    /// The likeness from which on claims are merged, 0 to 1.
    ///
    /// # Errors
    /// Those of the store.
    pub fn merge_threshold(&self) -> Result<f64, RecordError> {
        super::threshold(&self.connection)
    }

    /// Sets the likeness from which on claims are merged, and merges all claims anew; returns events before and after.
    ///
    /// Corrections hold; events keep the numbers of their earliest claims.
    ///
    /// # Errors
    /// If the likeness is not between 0 and 1; those of the store.
    pub fn regroup(&mut self, threshold: f64, at: Timestamp) -> Result<(usize, usize), RecordError> {
        if !(0.0..=1.0).contains(&threshold) {
            return Err(RecordError::refused(format!("a likeness lies between 0 and 1, not at {threshold}")));
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let before = numbers(&transaction, "SELECT id FROM event ORDER BY id")?;
        let set = "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)";
        transaction.execute(set, ["merge-threshold", &threshold.to_string()])?;
        transaction.execute(set, ["merged", &at.to_string()])?;
        transaction.execute_batch(
            "DELETE FROM block; DELETE FROM event; DELETE FROM event_party; DELETE FROM event_dyad;
            DELETE FROM contradiction; UPDATE claim SET event = NULL WHERE is_live;",
        )?;
        let claims = numbers(&transaction, "SELECT id FROM claim WHERE is_live ORDER BY id")?;
        let mut memory = Memory::default();
        for batch in claims.chunks(1000) {
            super::note(&transaction, &mut memory, batch, &BTreeSet::new())?;
        }
        ledger::rewrite(&transaction, &mut memory)?;
        let after = numbers(&transaction, "SELECT id FROM event ORDER BY id")?;
        for &gone in before.iter().filter(|event| after.binary_search(event).is_err()) {
            super::summary::lead(&transaction, gone, None)?;
        }
        transaction.commit()?;
        Ok((before.len(), after.len()))
    }
}

fn numbers(transaction: &Transaction<'_>, query: &str) -> Result<Vec<i64>, RecordError> {
    let mut query = transaction.prepare(query)?;
    let numbers = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(numbers)
}
