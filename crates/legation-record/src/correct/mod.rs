//! What people decide about events: layers over readings, each with author, time and reason, never changed; undone by a
//! later line.

mod body;
mod resolve;
mod said;

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use self::body::Body;
use crate::{Record, error::RecordError, ledger, memory::Memory, merge};

pub(crate) use self::body::Named;
pub use self::body::{Edit, PartyKey};
pub(crate) use self::resolve::{active, rebuild};
pub use self::said::Correction;

/// What is decided, by numbers of events and claims as they are now.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// The event is right as it stands.
    Accept(i64),
    /// There was no such event; it stays in the tables with that verdict.
    Reject(i64),
    /// The event is other than it was read.
    Edit(i64, Box<Edit>),
    /// These events are one.
    Merge(Vec<i64>),
    /// These claims are not of this event.
    Split(i64, Vec<i64>),
    /// A correction is taken back.
    Undo(i64),
}

impl Decision {
    /// As corrections are called in tables and on the command line.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Decision::Accept(_) => "accept",
            Decision::Reject(_) => "reject",
            Decision::Edit(..) => "edit",
            Decision::Merge(_) => "merge",
            Decision::Split(..) => "split",
            Decision::Undo(_) => "undo",
        }
    }
}

/// What a correction did.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Corrected {
    /// Its number.
    pub correction: i64,
    /// Events that it is about, as they are numbered now.
    pub events: Vec<i64>,
}

impl Record {
    /// Notes a decision with its author and reason, and applies it at once.
    ///
    /// # Errors
    /// If there is no such event, claim or correction, author or reason are empty, or nothing would change; those of
    /// the store.
    pub fn correct(
        &mut self,
        decision: &Decision,
        author: &str,
        reason: &str,
        at: Timestamp,
    ) -> Result<Corrected, RecordError> {
        for (what, text) in [("an author", author), ("a reason", reason)] {
            if text.trim().is_empty() {
                return Err(RecordError::refused(format!("a correction needs {what}")));
            }
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (body, undoes) = body(&transaction, decision)?;
        let text = serde_json::to_string(&body)
            .map_err(|error| RecordError::refused(format!("the correction cannot be written: {error}")))?;
        transaction.execute(
            "INSERT INTO correction (kind, author, at, reason, body, undoes) VALUES (?, ?, ?, ?, ?, ?)",
            params![decision.kind(), author.trim(), at.to_string(), reason.trim(), text, undoes],
        )?;
        let correction = transaction.last_insert_rowid();
        rebuild(&transaction)?;
        let events = apply(&transaction, &body)?;
        transaction.commit()?;
        Ok(Corrected { correction, events })
    }
}

/// What a decision is about, in words that outlive numbers, and the correction that it undoes.
fn body(transaction: &Transaction<'_>, decision: &Decision) -> Result<(Body, Option<i64>), RecordError> {
    let body = match decision {
        Decision::Accept(event) | Decision::Reject(event) => Body::of(members(transaction, *event)?),
        Decision::Edit(event, edit) => {
            if edit.is_empty() {
                return Err(RecordError::refused("an edit needs a field to change"));
            }
            Body { edit: Some((**edit).clone()), ..Body::of(members(transaction, *event)?) }
        }
        Decision::Merge(events) => merged(transaction, events)?,
        Decision::Split(event, claims) => split(transaction, *event, claims)?,
        Decision::Undo(correction) => return Ok((undone(transaction, *correction)?, Some(*correction))),
    };
    Ok((body, None))
}

/// The claims of an event, by its number or an earlier one.
fn members(connection: &Connection, event: i64) -> Result<Vec<Named>, RecordError> {
    let event = current(connection, event)?;
    let mut query =
        connection.prepare_cached("SELECT id FROM claim WHERE event = ? AND is_live ORDER BY founder")?;
    let claims: Vec<i64> = query.query_map([event], |row| row.get(0))?.collect::<Result<_, _>>()?;
    claims.into_iter().map(|claim| Named::of(connection, claim)).collect()
}

/// The number that an event has now.
fn current(connection: &Connection, event: i64) -> Result<i64, RecordError> {
    let mut query = connection.prepare_cached(
        "SELECT id FROM event WHERE id = ?1 UNION ALL SELECT event FROM event_alias WHERE old = ?1 LIMIT 1",
    )?;
    let found = query.query_row([event], |row| row.get(0)).optional()?;
    found.ok_or_else(|| RecordError::refused(format!("E{event}: not in the record")))
}

fn merged(connection: &Connection, events: &[i64]) -> Result<Body, RecordError> {
    let now: BTreeSet<i64> =
        events.iter().map(|&event| current(connection, event)).collect::<Result<_, _>>()?;
    let mut now = now.into_iter();
    let (Some(first), Some(second)) = (now.next(), now.next()) else {
        return Err(RecordError::refused("to merge takes two events that are not one already"));
    };
    let mut body = Body::of(members(connection, first)?);
    for event in std::iter::once(second).chain(now) {
        body.moved.extend(members(connection, event)?);
    }
    Ok(body)
}

fn split(connection: &Connection, event: i64, claims: &[i64]) -> Result<Body, RecordError> {
    let all = members(connection, event)?;
    let mut leaving = BTreeSet::new();
    for &claim in claims {
        let query = "SELECT founder FROM claim WHERE id = ?";
        let founder = connection.query_row(query, [claim], |row| row.get(0)).optional()?;
        let found = all.iter().find(|named| Some(named.founder) == founder);
        let Some(found) = found else {
            return Err(RecordError::refused(format!("C{claim} is no claim of E{event}")));
        };
        leaving.insert(found.founder);
    }
    let (moved, stay): (Vec<Named>, Vec<Named>) =
        all.into_iter().partition(|named| leaving.contains(&named.founder));
    if moved.is_empty() || stay.is_empty() {
        return Err(RecordError::refused("to split takes some claims of an event, but not all of them"));
    }
    Ok(Body { moved, ..Body::of(stay) })
}

/// The body of the correction that is undone, so that what it was about is worked out again.
fn undone(connection: &Connection, correction: i64) -> Result<Body, RecordError> {
    let mut at = correction;
    let text = loop {
        let query = "SELECT body, undoes FROM correction WHERE id = ?";
        let found: Option<(String, Option<i64>)> =
            connection.query_row(query, [at], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        match found {
            None => return Err(RecordError::refused(format!("there is no correction {at}"))),
            Some((_, Some(earlier))) => at = earlier,
            Some((body, None)) => break body,
        }
    };
    if !active(connection)?.contains(&correction) {
        return Err(RecordError::refused(format!(
            "correction {correction} is undone already; undo what undid it to have it back"
        )));
    }
    Body::read(&text)
}

/// Works out again the events that a correction is about; returns their numbers.
fn apply(transaction: &Transaction<'_>, body: &Body) -> Result<Vec<i64>, RecordError> {
    let live = |named: &[Named]| -> Result<Vec<(i64, Option<i64>)>, RecordError> {
        let mut query =
            transaction.prepare_cached("SELECT id, event FROM claim WHERE founder = ? AND is_live")?;
        let mut found = Vec::new();
        for named in named {
            let Some(founder) = resolve::founder(transaction, named)? else { continue };
            found.extend(query.query_row([founder], |row| Ok((row.get(0)?, row.get(1)?))).optional()?);
        }
        Ok(found)
    };
    let (stay, moved) = (live(&body.claims)?, live(&body.moved)?);
    let touched: BTreeSet<i64> = stay.iter().chain(&moved).filter_map(|&(_, event)| event).collect();
    let mut fresh = Vec::with_capacity(moved.len());
    for &(claim, _) in &moved {
        transaction.prepare_cached("UPDATE claim SET event = NULL WHERE id = ?")?.execute([claim])?;
        fresh.push(claim);
    }
    fresh.sort_unstable();
    let mut memory = Memory::default();
    let changed = merge::note(transaction, &mut memory, &fresh, &touched)?;
    ledger::note(transaction, &mut memory, &[], &BTreeSet::new(), &changed)?;
    let mut query = transaction.prepare_cached("SELECT event FROM claim WHERE id = ?")?;
    let mut events = BTreeSet::new();
    for (claim, _) in stay.into_iter().chain(moved) {
        events.extend(query.query_row([claim], |row| row.get::<_, Option<i64>>(0))?);
    }
    Ok(events.into_iter().collect())
}
