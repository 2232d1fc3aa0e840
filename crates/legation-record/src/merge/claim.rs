//! What merging looks at in a claim.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::{Connection, params};
use serde::Deserialize;

use super::block::window;
use crate::{days, error::RecordError, hash};

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
    pub(crate) quantities: Vec<Quantity>,
    pub(crate) confidence: f64,
    pub(crate) sides: [Vec<Party>; 2],
    /// Who is on each side, and on both together.
    pub(super) known: [Known; 3],
    /// The days in which it may lie, counted from 1970: first and last.
    pub(super) days: Option<(i64, i64)>,
}

/// Who is on a side; each list sorted, each item once.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) is_empty: bool,
    pub(super) actors: Vec<i64>,
    pub(super) codes: Vec<String>,
    /// The longer words of the names, in small letters.
    pub(super) words: Vec<String>,
}

impl Known {
    fn of(parties: &[&Party]) -> Known {
        let sorted = |words: BTreeSet<String>| words.into_iter().collect();
        let words = parties.iter().flat_map(|party| hash::words(&party.name));
        Known {
            is_empty: parties.is_empty(),
            actors: parties.iter().map(|party| party.actor).collect::<BTreeSet<_>>().into_iter().collect(),
            codes: sorted(parties.iter().filter_map(|party| party.code.clone()).collect()),
            words: sorted(words.filter(|word| word.chars().count() > 3).collect()),
        }
    }
}

/// A number as a reading gives it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Quantity {
    pub(crate) least: Option<f64>,
    pub(crate) most: Option<f64>,
    pub(crate) what: String,
    pub(crate) of: Option<String>,
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
                EXISTS (SELECT 1 FROM report AS copy WHERE copy.origin = report.origin AND copy.id <> report.id)
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
                quantities: serde_json::from_str(&row.get::<_, String>(20)?).unwrap_or_default(),
                confidence: row.get(21)?,
                has_copies: row.get(22)?,
                sides: [Vec::new(), Vec::new()],
                known: Default::default(),
                days: None,
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
        let both: Vec<&Party> = claim.sides.iter().flatten().collect();
        let (actors, recipients) = both.split_at(claim.sides[0].len());
        claim.known = [Known::of(actors), Known::of(recipients), Known::of(&both)];
        claim.days = window(&claim).map(|(first, last)| (days::number(first), days::number(last)));
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
