//! One actor, or all of a country or body: who, in which offices, in what events.

use rusqlite::{ToSql, params_from_iter, types::Value};
use serde::Serialize;

use super::{filter::Filter, who::Who};
use crate::{Record, error::RecordError};

/// Actors, offices and partners that are told at most.
const MOST: i64 = 25;

/// What is known of one actor or of all of a country or body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActorAnswer {
    /// How many actors are meant.
    pub count: i64,
    /// Those in most reports.
    pub actors: Vec<ActorRow>,
    /// Offices and roles as reports give them, those in most reports first.
    pub roles: Vec<Role>,
    /// Numbers of the events as actor, the newest first.
    #[serde(skip)]
    pub as_actor: Vec<i64>,
    /// Numbers of the events as recipient, the newest first.
    #[serde(skip)]
    pub as_recipient: Vec<i64>,
    /// Numbers of the statements made, the newest first.
    #[serde(skip)]
    pub statements: Vec<i64>,
    /// Countries and bodies on the other side of events.
    pub partners: Vec<Partner>,
}

/// An actor, and how often it is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActorRow {
    /// Its name.
    pub name: String,
    /// person, state, government, organisation, group, outlet, people, unknown.
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// The country, or the body's short name.
    pub code: Option<String>,
    /// Key in the register.
    pub register: Option<String>,
    /// Newest reports that name it.
    pub reports: i64,
    /// Day of the first of these.
    pub first: Option<String>,
    /// Day of the last of these.
    pub last: Option<String>,
}

/// An office or role, as reports give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Role {
    /// Whose.
    pub name: String,
    /// The office.
    pub role: String,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Day of the first report.
    pub first: Option<String>,
    /// Day of the last report.
    pub last: Option<String>,
    /// Newest reports.
    pub reports: i64,
}

/// A country or body on the other side of events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Partner {
    /// Its code.
    pub code: String,
    /// Events in which it is acted upon.
    pub to: i64,
    /// Events in which it acts.
    pub from: i64,
}

impl Record {
    /// What is known of an actor, a country or a body; `filter` bounds the days.
    ///
    /// # Errors
    /// Those of the store.
    pub fn actor(&self, who: &Who, filter: &Filter) -> Result<ActorAnswer, RecordError> {
        let with = |change: fn(&mut Filter, Who)| {
            let mut filter = Filter { newest: true, ..filter.clone() };
            change(&mut filter, who.clone());
            filter
        };
        let count = format!("SELECT count(*) FROM actor WHERE id IN {}", who.sql());
        Ok(ActorAnswer {
            count: self.connection.query_row(&count, params_from_iter(who.values()), |row| row.get(0))?,
            actors: self.actor_rows(who)?,
            roles: self.roles(who)?,
            as_actor: self.events(&with(|filter, who| filter.actor = Some(who)))?,
            as_recipient: self.events(&with(|filter, who| filter.recipient = Some(who)))?,
            statements: self.statements(&with(|filter, who| filter.speaker = Some(who)))?,
            partners: self.partners(who, filter)?,
        })
    }

    fn actor_rows(&self, who: &Who) -> Result<Vec<ActorRow>, RecordError> {
        let query = format!(
            "SELECT actor.name, actor.kind, actor.country, actor.code, actor.register,
                count(DISTINCT reading.report) AS reports, min(published), max(published)
            FROM actor JOIN reading_actor ON reading_actor.actor = actor.id
                JOIN reading ON reading.id = reading_actor.reading AND reading.is_live
                JOIN report ON report.id = reading.report
            WHERE actor.id IN {} GROUP BY actor.id ORDER BY reports DESC, actor.name, actor.id LIMIT {MOST}",
            who.sql()
        );
        let mut statement = self.connection.prepare(&query)?;
        let rows = statement.query_map(params_from_iter(who.values()), |row| {
            Ok(ActorRow {
                name: row.get(0)?,
                kind: row.get(1)?,
                country: row.get(2)?,
                code: row.get(3)?,
                register: row.get(4)?,
                reports: row.get(5)?,
                first: row.get(6)?,
                last: row.get(7)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn roles(&self, who: &Who) -> Result<Vec<Role>, RecordError> {
        let query = format!(
            "SELECT actor.name, role, sector, min(published), max(published),
                count(DISTINCT reading.report) AS reports
            FROM actor JOIN reading_actor ON reading_actor.actor = actor.id
                JOIN reading ON reading.id = reading_actor.reading AND reading.is_live
                JOIN report ON report.id = reading.report
            WHERE actor.id IN {} AND role IS NOT NULL
            GROUP BY actor.id, role, sector ORDER BY reports DESC, min(published), actor.name, role LIMIT {MOST}",
            who.sql()
        );
        let mut statement = self.connection.prepare(&query)?;
        let rows = statement.query_map(params_from_iter(who.values()), |row| {
            Ok(Role {
                name: row.get(0)?,
                role: row.get(1)?,
                sector: row.get(2)?,
                first: row.get(3)?,
                last: row.get(4)?,
                reports: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Codes of whoever stands on the other side of events that are not rejected, those of most events first.
    fn partners(&self, who: &Who, filter: &Filter) -> Result<Vec<Partner>, RecordError> {
        let query = format!(
            "SELECT code, count(DISTINCT CASE WHEN way = 0 THEN event END) AS did,
                count(DISTINCT CASE WHEN way = 1 THEN event END) AS was
            FROM (
                SELECT one.event AS event, other.code AS code, 0 AS way
                FROM event_party AS one JOIN event ON event.id = one.event
                    JOIN event_party AS party ON party.event = one.event
                        AND (party.side, party.position) <> (one.side, one.position)
                    JOIN actor AS other ON other.id = party.actor
                WHERE one.actor IN {who} AND (event.is_reciprocal OR (one.side = 0 AND party.side = 1))
                    AND event.verdict IS NOT 'rejected' AND coalesce(event.first, '') BETWEEN ? AND ?
                UNION ALL
                SELECT one.event, other.code, 1
                FROM event_party AS one JOIN event ON event.id = one.event
                    JOIN event_party AS party ON party.event = one.event
                        AND (party.side, party.position) <> (one.side, one.position)
                    JOIN actor AS other ON other.id = party.actor
                WHERE one.actor IN {who} AND (event.is_reciprocal OR (one.side = 1 AND party.side = 0))
                    AND event.verdict IS NOT 'rejected' AND coalesce(event.first, '') BETWEEN ? AND ?
            )
            WHERE code IS NOT NULL AND code NOT IN (SELECT coalesce(code, '') FROM actor WHERE id IN {who})
            GROUP BY code ORDER BY did + was DESC, code LIMIT {MOST}",
            who = who.sql()
        );
        let from = filter.from.map_or_else(String::new, |day| day.to_string());
        let to = filter.to.map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string());
        let days = [Value::Text(from), Value::Text(to)];
        let half: Vec<Value> = who.values().into_iter().chain(days).collect();
        let values: Vec<Value> = half.iter().chain(&half).cloned().chain(who.values()).collect();
        let values = values.iter().map(|value| value as &dyn ToSql);
        let mut statement = self.connection.prepare(&query)?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            Ok(Partner { code: row.get(0)?, to: row.get(1)?, from: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
