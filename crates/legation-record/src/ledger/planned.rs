//! What one report says is to come, and how much two of them look alike.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::Connection;

use crate::{days, error::RecordError, hash};

/// Kinds of plans that are told by each other's names: a visit is a meeting, talks are a summit.
const MEETINGS: [&str; 8] = ["visit", "meeting", "summit", "talks", "call", "conference", "trip", "session"];
/// Likeness from which on two mentions are of one thing.
const THRESHOLD: f64 = 0.55;
/// Days between reports of one thing whose day nobody knows.
const APART: i64 = 60;

/// Whether it is some kind of meeting.
pub(super) fn is_meeting(what: &str) -> bool {
    MEETINGS.contains(&what)
}

/// One expectation.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(super) id: i64,
    pub(super) founder: i64,
    pub(super) reading: i64,
    pub(super) report: i64,
    pub(crate) origin: i64,
    pub(crate) plan: Option<i64>,
    pub(super) what: String,
    pub(super) place: Option<i64>,
    country: Option<String>,
    pub(super) value: Option<String>,
    pub(super) first: Option<Date>,
    pub(super) last: Option<Date>,
    pub(super) occasion: Option<String>,
    pub(super) status: String,
    pub(super) published: Option<Date>,
    pub(super) events: Vec<i64>,
    pub(super) actors: Vec<i64>,
    /// Countries and bodies of those who take part, and the country that is to be visited.
    pub(super) codes: BTreeSet<String>,
    is_meeting: bool,
    /// First and last day, counted from 1970; the last is the first where none is given.
    days: Option<(i64, i64)>,
    /// Day of publication, counted from 1970.
    told: Option<i64>,
}

impl Planned {
    pub(crate) fn load(connection: &Connection, id: i64) -> Result<Planned, RecordError> {
        let mut query = connection.prepare_cached(
            "SELECT founder, expectation.reading, expectation.report, report.origin, plan, what, expectation.place,
                place.country, value, first, last, occasion, status, report.published, events
            FROM expectation JOIN report ON report.id = expectation.report
                LEFT JOIN place ON place.id = expectation.place
            WHERE expectation.id = ?",
        )?;
        let mut planned = query.query_row([id], |row| {
            let day = |index: usize| -> rusqlite::Result<Option<Date>> {
                Ok(row.get::<_, Option<String>>(index)?.and_then(|text| text.parse().ok()))
            };
            let (what, first, last, published) = (row.get::<_, String>(5)?, day(9)?, day(10)?, day(13)?);
            Ok(Planned {
                id,
                founder: row.get(0)?,
                reading: row.get(1)?,
                report: row.get(2)?,
                origin: row.get(3)?,
                plan: row.get(4)?,
                is_meeting: is_meeting(&what),
                what,
                place: row.get(6)?,
                country: row.get(7)?,
                value: row.get(8)?,
                first,
                last,
                days: first.map(|first| (days::number(first), days::number(last.unwrap_or(first)))),
                occasion: row.get(11)?,
                status: row.get(12)?,
                published,
                told: published.map(days::number),
                events: serde_json::from_str(&row.get::<_, String>(14)?).unwrap_or_default(),
                actors: Vec::new(),
                codes: BTreeSet::new(),
            })
        })?;
        let mut query = connection.prepare_cached(
            "SELECT actor.id, coalesce(actor.code, actor.country) FROM expectation_party
                JOIN actor ON actor.id = expectation_party.actor WHERE expectation = ? ORDER BY position",
        )?;
        let mut rows = query.query([id])?;
        while let Some(row) = rows.next()? {
            planned.actors.push(row.get(0)?);
            planned.codes.extend(row.get::<_, Option<String>>(1)?);
        }
        // Who is to visit a country is to meet it.
        if planned.is_meeting {
            planned.codes.extend(planned.country.clone());
        }
        Ok(planned)
    }

    /// Where it is filed: by kind and every country or body that takes part, else every actor, else the place.
    pub(super) fn hashes(&self) -> Vec<i64> {
        let kind = if self.is_meeting { "meeting" } else { &self.what };
        let mut keys: Vec<String> = self.codes.iter().cloned().collect();
        if keys.is_empty() {
            keys.extend(self.actors.iter().map(|actor| format!("#{actor}")));
            keys.extend(self.place.iter().map(|place| format!("@{place}")));
        }
        keys.iter().map(|key| hash::of(format!("{kind} {key}").as_bytes()).cast_signed()).collect()
    }

    /// From the threshold to 1, or `None` where it is something else.
    pub(super) fn likeness(&self, other: &Planned) -> Option<f64> {
        if self.is_ruled_out_by(other) {
            return None;
        }
        let kind = if self.what == other.what { 1.0 } else { 0.6 };
        let parties = self.parties(other);
        let when = self.when(other)?;
        let place = match (self.place, other.place) {
            (Some(one), Some(other)) if one == other => 1.0,
            (Some(_), Some(_)) if self.country == other.country => 0.7,
            (Some(_), Some(_)) => 0.1,
            _ => 0.5,
        };
        let likeness = 0.2 * kind + 0.4 * parties + 0.25 * when + 0.15 * place;
        (likeness >= THRESHOLD).then_some(likeness)
    }

    /// Whether the two cannot be one thing: other kinds, nobody in common, other times.
    pub(super) fn is_ruled_out_by(&self, other: &Planned) -> bool {
        // Times first, as they are the fastest to compare.
        self.when(other).is_none()
            || self.what != other.what && !(self.is_meeting && other.is_meeting)
            || !self.codes.is_empty() && !other.codes.is_empty() && self.codes.is_disjoint(&other.codes)
    }

    fn parties(&self, other: &Planned) -> f64 {
        if self.codes.is_empty() || other.codes.is_empty() {
            let shared = self.actors.iter().any(|actor| other.actors.contains(actor));
            return if shared { 0.9 } else { 0.4 };
        }
        let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let common = number(self.codes.intersection(&other.codes).count());
        let union = number(self.codes.union(&other.codes).count());
        let persons = self.actors.iter().any(|actor| other.actors.contains(actor));
        let smaller = number(self.codes.len().min(other.codes.len()));
        let countries = f64::midpoint(common / smaller, common / union);
        if persons { countries.max(0.8) } else { countries }
    }

    fn when(&self, other: &Planned) -> Option<f64> {
        let (Some((first, last)), Some((other_first, other_last))) = (self.days, other.days) else {
            // A day on one side alone: the other report must be of those weeks.
            let near = match (self.told, other.told) {
                (Some(one), Some(other)) => (one - other).abs() <= APART,
                _ => true,
            };
            return near.then_some(0.5);
        };
        let overlap = first <= other_last && other_first <= last;
        if overlap {
            return Some(if first == other_first && last == other_last { 1.0 } else { 0.8 });
        }
        let near = first <= other_last + 1 && other_first <= last + 1;
        // Put off: the newer report gives another time for it.
        let moved = [self, other].iter().any(|planned| planned.status == "postponed");
        if near {
            Some(0.6)
        } else if moved && (first - other_first).abs() <= 2 * APART {
            Some(0.4)
        } else {
            None
        }
    }
}
