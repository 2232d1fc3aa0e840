//! What a record says, compact enough to be frozen, and by names that hold in any record with the same reports.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::{
    correct::{Correction, Named},
    error::RecordError,
    hash,
};

/// What a record says at one time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Likeness from which on claims were merged.
    pub threshold: f64,
    /// What readings were made with: program, data, models.
    pub made: Vec<[String; 3]>,
    /// Reports by key: hash of the text, and which of `made` its reading was made with.
    pub reports: BTreeMap<String, (String, usize)>,
    /// Events by number.
    pub events: Vec<EventState>,
    /// Corrections in order.
    pub corrections: Vec<CorrectionState>,
}

/// An event at one time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventState {
    /// Its number.
    pub event: i64,
    /// What a change is told of: names and values, in the order in which they are told.
    pub fields: Vec<(String, String)>,
    /// Its claims, as labels, with the key of the report of each.
    pub claims: Vec<(i64, String)>,
}

/// A correction at one time.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CorrectionState {
    /// Its number.
    pub correction: i64,
    /// accept, reject, edit, merge, split, undo.
    pub kind: String,
    /// Who decided.
    pub author: String,
    /// Why.
    pub reason: String,
    /// Labels of the claims that it names.
    pub claims: Vec<i64>,
}

impl EventState {
    /// The value of a field; empty where it has none.
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

impl State {
    pub(super) fn of(connection: &Connection) -> Result<State, RecordError> {
        let mut state = State { threshold: crate::merge::threshold(connection)?, ..State::default() };
        state.read_reports(connection)?;
        let mut claims = claims(connection)?;
        let mut events = events(connection)?;
        for event in &mut events {
            event.claims = claims.remove(&event.event).unwrap_or_default();
        }
        state.events = events;
        let mut query =
            connection.prepare("SELECT id, kind, author, reason, body FROM correction ORDER BY id")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            state.corrections.push(CorrectionState {
                correction: row.get(0)?,
                kind: row.get(1)?,
                author: row.get(2)?,
                reason: row.get(3)?,
                claims: Correction::named(&row.get::<_, String>(4)?)?.iter().map(label).collect(),
            });
        }
        Ok(state)
    }

    fn read_reports(&mut self, connection: &Connection) -> Result<(), RecordError> {
        let mut query = connection.prepare(
            "SELECT key, sha256, legation, data, models FROM report
                JOIN reading ON reading.report = report.id AND reading.is_live
                JOIN made ON made.id = reading.made
            WHERE is_latest ORDER BY key",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let made: [String; 3] = [row.get(2)?, row.get(3)?, row.get(4)?];
            let known = self.made.iter().position(|known| *known == made);
            let known = known.unwrap_or(self.made.len());
            if known == self.made.len() {
                self.made.push(made);
            }
            self.reports.insert(row.get(0)?, (row.get(1)?, known));
        }
        Ok(())
    }
}

/// The same for the same claim in every record.
fn label(named: &Named) -> i64 {
    hash::of(named.label().as_bytes()).cast_signed()
}

/// The live claims of all events, as labels with the keys of their reports.
fn claims(connection: &Connection) -> Result<BTreeMap<i64, Vec<(i64, String)>>, RecordError> {
    let mut query = connection.prepare(
        "SELECT claim.event, report.key, founder.id, origin.key, origin.sha256, founder.type, founder.words,
            founder.start
        FROM claim JOIN report ON report.id = claim.report JOIN claim AS founder ON founder.id = claim.founder
            JOIN report AS origin ON origin.id = founder.report
        WHERE claim.is_live AND claim.event IS NOT NULL ORDER BY claim.event, claim.founder",
    )?;
    let mut rows = query.query([])?;
    let mut claims: BTreeMap<i64, Vec<(i64, String)>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let named = Named {
            founder: row.get(2)?,
            report: row.get(3)?,
            sha256: row.get(4)?,
            r#type: row.get(5)?,
            words: row.get(6)?,
            start: row.get(7)?,
        };
        claims.entry(row.get(0)?).or_default().push((label(&named), row.get(1)?));
    }
    Ok(claims)
}

/// Names of the fields, in the order of the columns.
const FIELDS: [&str; 14] = [
    "date",
    "type",
    "mode",
    "actors",
    "recipients",
    "reciprocal",
    "place",
    "status",
    "verdict",
    "confidence",
    "origins",
    "reports",
    "claims",
    "contradictions",
];

fn events(connection: &Connection) -> Result<Vec<EventState>, RecordError> {
    let side = |side: u8| {
        format!(
            "(SELECT group_concat(name, '; ') FROM (SELECT actor.name FROM event_party AS party
                JOIN actor ON actor.id = party.actor WHERE party.event = event.id AND party.side = {side}
                ORDER BY party.position))"
        )
    };
    let query = format!(
        "SELECT id, coalesce(value, first), type, mode, {}, {}, CASE is_reciprocal WHEN 1 THEN 'yes' END,
            (SELECT name FROM place WHERE place.id = event.place), status, verdict, confidence, origins, reports,
            claims, contradictions
        FROM event ORDER BY id",
        side(0),
        side(1)
    );
    let mut query = connection.prepare(&query)?;
    let mut rows = query.query([])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        let mut event = EventState { event: row.get(0)?, ..EventState::default() };
        for (column, name) in FIELDS.iter().enumerate() {
            let value: rusqlite::types::Value = row.get(column + 1)?;
            let value = match value {
                rusqlite::types::Value::Text(text) => text,
                rusqlite::types::Value::Integer(number) => number.to_string(),
                rusqlite::types::Value::Real(number) => number.to_string(),
                _ => continue,
            };
            event.fields.push(((*name).to_owned(), value));
        }
        events.push(event);
    }
    Ok(events)
}
