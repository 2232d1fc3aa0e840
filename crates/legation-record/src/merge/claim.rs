//! What merging looks at in a claim.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::{Connection, params};

use crate::error::RecordError;

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Party {
    pub(crate) actor: i64,
    /// The country or body; none for people that no state is known of.
    pub(crate) code: Option<String>,
    pub(crate) name: String,
}

/// A claim with all that tells it from others.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) id: i64,
    pub(crate) founder: i64,
    pub(crate) report: i64,
    pub(crate) origin: i64,
    /// Whether other reports have its report's origin.
    pub(crate) has_copies: bool,
    pub(crate) event: Option<i64>,
    pub(crate) number: i64,
    pub(crate) same_as: Option<i64>,
    pub(crate) kind: String,
    pub(crate) mode: Option<String>,
    pub(crate) status: String,
    pub(crate) is_reciprocal: bool,
    pub(crate) value: Option<String>,
    pub(crate) first: Option<Date>,
    pub(crate) last: Option<Date>,
    /// Whether the text itself gives the date.
    pub(crate) is_dated: bool,
    pub(crate) published: Option<Date>,
    pub(crate) place: Option<Place>,
    pub(crate) words: String,
    pub(crate) wording: Vec<u32>,
    pub(crate) quantities: String,
    pub(crate) confidence: f64,
    pub(crate) sides: [Vec<Party>; 2],
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) country: Option<String>,
}

impl Claim {
    /// Reads a claim from the record.
    pub(crate) fn load(connection: &Connection, id: i64) -> Result<Claim, RecordError> {
        let mut query = connection.prepare_cached(
            "SELECT claim.founder, claim.report, report.origin, claim.event, claim.number, claim.same_as, claim.type,
                claim.mode, claim.status, claim.is_reciprocal, claim.value, claim.first, claim.last,
                claim.date_from IS NOT NULL, report.published, claim.place, place.name, place.country, claim.words,
                claim.wording, claim.quantities, claim.confidence,
                (SELECT count(*) FROM report AS copy WHERE copy.origin = report.origin) > 1
            FROM claim JOIN report ON report.id = claim.report LEFT JOIN place ON place.id = claim.place
            WHERE claim.id = ?",
        )?;
        let mut claim = query.query_row([id], |row| {
            let day = |index: usize| -> rusqlite::Result<Option<Date>> {
                Ok(row.get::<_, Option<String>>(index)?.and_then(|text| text.parse().ok()))
            };
            let place = match row.get::<_, Option<i64>>(15)? {
                Some(id) => Some(Place { id, name: row.get(16)?, country: row.get(17)? }),
                None => None,
            };
            let wording: Vec<u8> = row.get(19)?;
            let word = |bytes: &[u8]| bytes.iter().rev().fold(0, |sum, &byte| (sum << 8) | u32::from(byte));
            Ok(Claim {
                id,
                founder: row.get(0)?,
                report: row.get(1)?,
                origin: row.get(2)?,
                event: row.get(3)?,
                number: row.get(4)?,
                same_as: row.get(5)?,
                kind: row.get(6)?,
                mode: row.get(7)?,
                status: row.get(8)?,
                is_reciprocal: row.get(9)?,
                value: row.get(10)?,
                first: day(11)?,
                last: day(12)?,
                is_dated: row.get(13)?,
                published: day(14)?,
                place,
                words: row.get::<_, String>(18)?.to_lowercase(),
                wording: wording.chunks_exact(4).map(word).collect(),
                quantities: row.get(20)?,
                confidence: row.get(21)?,
                has_copies: row.get(22)?,
                sides: [Vec::new(), Vec::new()],
            })
        })?;
        let mut query = connection.prepare_cached(
            "SELECT claim_party.side, actor.id, coalesce(actor.code, actor.country), actor.name
            FROM claim_party JOIN actor ON actor.id = claim_party.actor WHERE claim = ? ORDER BY side, position",
        )?;
        let mut rows = query.query(params![id])?;
        while let Some(row) = rows.next()? {
            let party = Party { actor: row.get(1)?, code: row.get(2)?, name: row.get(3)? };
            claim.sides[usize::from(row.get::<_, i64>(0)? != 0)].push(party);
        }
        Ok(claim)
    }

    /// Whether it is told as something that took place or goes on.
    pub(crate) fn took_place(&self) -> bool {
        matches!(self.status.as_str(), "happened" | "ongoing")
    }

    /// Whether it is told as something still to come.
    pub(crate) fn is_to_come(&self) -> bool {
        matches!(self.status.as_str(), "planned" | "conditional" | "cancelled")
    }

    /// Whether a place is told as who takes part: a state, not the spot where it happened.
    pub(crate) fn has_party(&self, place: &Place) -> bool {
        self.sides.iter().flatten().any(|party| party.name == place.name)
    }

    /// Countries and bodies of both sides.
    pub(crate) fn codes(&self) -> BTreeSet<&str> {
        self.sides.iter().flatten().filter_map(|party| party.code.as_deref()).collect()
    }
}
