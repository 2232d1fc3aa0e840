//! Corrections told: who decided what, when and why, and whether it still applies.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension as _;
use serde::Serialize;

use super::{
    body::Body,
    resolve::{active, founder},
};
use crate::{
    Record,
    ask::{Id, IdKind},
    error::RecordError,
};

/// A correction, with what became of what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// Its number.
    pub correction: i64,
    /// accept, reject, edit, merge, split, undo.
    pub kind: String,
    /// Who decided.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
    /// Why.
    pub reason: String,
    /// Whether it holds: nobody has undone it.
    pub holds: bool,
    /// The correction that it undoes.
    pub undoes: Option<i64>,
    /// New values, in words.
    pub values: String,
    /// The events in which its claims are now.
    pub events: Vec<Id>,
    /// Claims that it names and that no newest reading has any more: report and words.
    pub dangling: Vec<String>,
    /// How many claims it names.
    pub claims: usize,
}

impl Record {
    /// All corrections, in the order in which they were made.
    ///
    /// # Errors
    /// Those of the store.
    pub fn corrections(&self) -> Result<Vec<Correction>, RecordError> {
        let holding = active(&self.connection)?;
        let mut query = self
            .connection
            .prepare("SELECT id, kind, author, at, reason, body, undoes FROM correction ORDER BY id")?;
        let mut rows = query.query([])?;
        let mut corrections = Vec::new();
        while let Some(row) = rows.next()? {
            let body = Body::read(&row.get::<_, String>(5)?)?;
            let correction: i64 = row.get(0)?;
            let mut told = Correction {
                correction,
                kind: row.get(1)?,
                author: row.get(2)?,
                at: row.get(3)?,
                reason: row.get(4)?,
                holds: holding.contains(&correction),
                undoes: row.get(6)?,
                values: body.edit.as_ref().map(super::Edit::told).unwrap_or_default(),
                events: Vec::new(),
                dangling: Vec::new(),
                claims: body.all().count(),
            };
            self.place_claims(&body, &mut told)?;
            corrections.push(told);
        }
        Ok(corrections)
    }

    /// The corrections whose claims are of an event now, in the order in which they were made.
    ///
    /// # Errors
    /// Those of the store.
    pub fn corrections_of(&self, event: i64) -> Result<Vec<Correction>, RecordError> {
        let event = Id::new(IdKind::Event, event);
        Ok(self.corrections()?.into_iter().filter(|told| told.events.contains(&event)).collect())
    }

    /// The reports that tell of an event, with the report that each is a copy of, itself if none.
    ///
    /// # Errors
    /// Those of the store.
    pub fn origins_of_event(&self, event: i64) -> Result<Vec<(i64, i64)>, RecordError> {
        let mut query = self.connection.prepare_cached(
            "SELECT DISTINCT report.id, report.origin FROM claim JOIN report ON report.id = claim.report
            WHERE claim.event = ? AND claim.is_live ORDER BY report.id",
        )?;
        let rows = query.query_map([event], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Says where the claims that a correction names are now.
    fn place_claims(&self, body: &Body, told: &mut Correction) -> Result<(), RecordError> {
        let mut query =
            self.connection.prepare_cached("SELECT event FROM claim WHERE founder = ? AND is_live")?;
        let mut events = BTreeSet::new();
        for named in body.all() {
            let founder = founder(&self.connection, named)?;
            let live = match founder {
                Some(founder) => query.query_row([founder], |row| row.get::<_, Option<i64>>(0)).optional()?,
                None => None,
            };
            match live {
                Some(event) => events.extend(event),
                None => told.dangling.push(format!("{}: “{}” ({})", named.report, named.words, named.r#type)),
            }
        }
        told.events = events.into_iter().map(|event| Id::new(IdKind::Event, event)).collect();
        Ok(())
    }

    /// The actor meant by a name, a register's key or a code, as a correction names it.
    ///
    /// # Errors
    /// If nobody in the record is meant, or several are; those of the store.
    pub fn party_key(&self, name: &str) -> Result<super::PartyKey, RecordError> {
        let name = name.trim();
        let query = "SELECT key, name, coalesce(country, '') FROM actor
            WHERE key IN (?1, 'register:' || ?1) OR name = ?1 COLLATE NOCASE
                OR (code = ?1 COLLATE NOCASE AND (kind = 'state' OR code IS NOT country))
            ORDER BY CASE WHEN key = ?1 THEN 0 WHEN key = 'register:' || ?1 THEN 1 WHEN register IS NOT NULL THEN 2 ELSE 3 END,
                id";
        let found = self.choices(query, name)?;
        self.chosen(name, "nobody of this name or code", &found)
    }

    /// The place of a name, as a correction names it; "Geneva, CHE" where several countries have one.
    ///
    /// # Errors
    /// If no place in the record is meant, or several are; those of the store.
    pub fn place_key(&self, name: &str) -> Result<super::PartyKey, RecordError> {
        let query = "SELECT key, name, coalesce(country, '') FROM place
            WHERE key = ?1 OR name = ?1 COLLATE NOCASE OR name || ', ' || country = ?1 COLLATE NOCASE
            ORDER BY key <> ?1, id";
        let found = self.choices(query, name.trim())?;
        self.chosen(name, "no place of this name", &found)
    }

    fn choices(&self, query: &str, name: &str) -> Result<Vec<(String, String, String)>, RecordError> {
        let mut query = self.connection.prepare_cached(query)?;
        let rows = query.query_map([name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn chosen(
        &self,
        name: &str,
        nothing: &str,
        found: &[(String, String, String)],
    ) -> Result<super::PartyKey, RecordError> {
        let known = |key: &str| key.starts_with("register:") || key == name;
        let exact: Vec<_> = found.iter().filter(|(key, ..)| known(key)).collect();
        match (found, exact.as_slice()) {
            ([(key, name, _)], _) | (_, [(key, name, _)]) => {
                Ok(super::PartyKey { key: key.clone(), name: name.clone() })
            }
            ([], _) => Err(RecordError::refused(format!("{name}: {nothing} is in the record"))),
            _ => {
                let all: Vec<String> =
                    found.iter().map(|(key, name, country)| format!("{name} {country} ({key})")).collect();
                Err(RecordError::refused(format!("{name}: which of {}? write the key", all.join(", "))))
            }
        }
    }
}

impl Correction {
    /// The claims that the body of a correction names.
    pub(crate) fn named(body: &str) -> Result<Vec<super::Named>, RecordError> {
        Ok(Body::read(body)?.all().cloned().collect())
    }
}
