//! The meeting ledger: what is planned, and what each report said of it.

use jiff::civil::Date;
use rusqlite::{OptionalExtension as _, Row, params_from_iter, types::Value};
use serde::Serialize;

use super::{
    absent,
    claims::party,
    filter::{Conditions, Filter},
    id::{Id, IdKind},
    passage::{Passage, PlaceRow},
    who::Party,
};
use crate::{Record, error::RecordError};

/// Statuses after which nothing is waited for.
const SETTLED: &str = "('held', 'cancelled', 'denied', 'postponed')";

/// A planned thing, with what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanRow {
    /// P and its number.
    pub id: Id,
    /// visit, meeting, summit ...
    pub what: String,
    /// Who takes part.
    pub who: Vec<Party>,
    /// Where.
    pub place: Option<PlaceRow>,
    /// TIMEX3 value of when.
    pub value: Option<String>,
    /// First day.
    pub day: Option<String>,
    /// Last day.
    pub last: Option<String>,
    /// On what occasion.
    pub occasion: Option<String>,
    /// announced, confirmed, unconfirmed, denied, postponed, cancelled, held.
    pub status: String,
    /// Whether its last day has passed and no report told that it was held, called off, denied or put off.
    pub overdue: bool,
    /// Independent reports: copies of one text count once.
    pub origins: i64,
    /// Reports.
    pub reports: i64,
    /// The event that tells that it was held.
    pub event: Option<Id>,
    /// What each report said, in the order of publication.
    pub history: Vec<Told>,
}

/// What one report said of a planned thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// X and its number.
    pub id: Id,
    /// The planned thing.
    pub plan: Option<Id>,
    /// The report.
    pub report: Id,
    /// Its source.
    pub source: String,
    /// Its title.
    pub title: Option<String>,
    /// Its day of publication.
    pub published: Option<String>,
    /// What is planned.
    pub what: String,
    /// TIMEX3 value of when.
    pub value: Option<String>,
    /// The status it gives.
    pub status: String,
    /// What each party says.
    pub positions: Vec<Position>,
    /// Its sentences, with the words of the positions.
    pub passages: Vec<Passage>,
}

/// What a party says of what is to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Who.
    pub party: String,
    /// announces, expects, confirms, has not confirmed, denies, postpones, cancels, declines.
    pub position: String,
}

const QUERY: &str = "SELECT id, what, value, first, last, occasion, status, origins, reports, event, place
    FROM plan WHERE id = ?";

impl Record {
    /// The day of the newest report.
    ///
    /// # Errors
    /// Those of the store.
    pub fn newest_day(&self) -> Result<Option<Date>, RecordError> {
        let query = "SELECT max(published) FROM report WHERE is_latest";
        let day: Option<String> = self.connection.query_row(query, [], |row| row.get(0))?;
        Ok(day.and_then(|day| day.parse().ok()))
    }

    /// Numbers of the planned things asked for, by day, those without one last. `actor` takes part; `on` is the day on
    /// which it is asked whether something is `overdue`.
    ///
    /// # Errors
    /// Those of the store.
    pub fn plans(&self, filter: &Filter, on: Option<Date>) -> Result<Vec<i64>, RecordError> {
        let mut conditions = Conditions::default();
        conditions.days("first", filter.from, filter.to);
        conditions.any("what", &filter.types);
        let (overdue, statuses): (Vec<String>, Vec<String>) =
            filter.statuses.iter().cloned().partition(|status| status == "overdue");
        match (overdue.is_empty(), on) {
            (true, _) => conditions.any("status", &statuses),
            (false, on) => {
                let marks = vec!["?"; statuses.len()].join(", ");
                let clause = format!(
                    "(status IN ({marks}) OR (status NOT IN {SETTLED} AND event IS NULL AND last < ?))"
                );
                let on = on.map(|on| Value::Text(on.to_string())).unwrap_or(Value::Null);
                conditions.add(clause, statuses.into_iter().map(Value::Text).chain([on]));
            }
        }
        if let Some(who) = &filter.actor {
            let clause = format!("id IN (SELECT plan FROM plan_party WHERE actor IN {})", who.sql());
            conditions.add(clause, who.values());
        }
        if let Some(source) = &filter.source {
            conditions.add(
                "EXISTS (SELECT 1 FROM expectation JOIN report ON report.id = expectation.report
                    WHERE expectation.plan = plan.id AND expectation.is_live AND report.source = ?)",
                [Value::Text(source.clone())],
            );
        }
        let query =
            format!("SELECT id FROM plan WHERE {} ORDER BY first IS NULL, first, id", conditions.sql());
        let mut statement = self.connection.prepare(&query)?;
        let found = statement.query_map(params_from_iter(conditions.values()), |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// A planned thing by its number, judged on a day.
    ///
    /// # Errors
    /// If there is none of this number, and those of the store.
    pub fn plan(&self, number: i64, on: Option<Date>) -> Result<PlanRow, RecordError> {
        let found = self.connection.prepare_cached(QUERY)?.query_row([number], plan).optional()?;
        let Some((mut plan, place)) = found else { return Err(absent(Id::new(IdKind::Plan, number))) };
        plan.place = self.place(place)?;
        plan.who = self.plan_parties(number)?;
        plan.overdue = on.is_some_and(|on| plan.is_overdue(on));
        let query = "SELECT expectation.id FROM expectation JOIN report ON report.id = expectation.report
            WHERE plan = ? AND is_live ORDER BY published IS NULL, published, expectation.id";
        for expectation in self.numbers(query, number)? {
            plan.history.push(self.expectation(expectation)?);
        }
        Ok(plan)
    }

    /// What one report says of a planned thing, by the number of that.
    ///
    /// # Errors
    /// If there is none of this number, and those of the store.
    pub fn expectation(&self, number: i64) -> Result<Told, RecordError> {
        let query =
            "SELECT expectation.id, plan, expectation.report, source, title, published, what, value, status,
                reading, sentence
            FROM expectation JOIN report ON report.id = expectation.report WHERE expectation.id = ?";
        let found = self.connection.prepare_cached(query)?.query_row([number], told).optional()?;
        let Some((mut told, reading, sentence)) = found else {
            return Err(absent(Id::new(IdKind::Expectation, number)));
        };
        let query = "SELECT coalesce(actor.name, party_text), position, start, \"end\"
            FROM position LEFT JOIN actor ON actor.id = party WHERE expectation = ? ORDER BY number";
        let mut statement = self.connection.prepare_cached(query)?;
        let positions = statement
            .query_map([number], |row| {
                let position = Position { party: row.get(0)?, position: row.get(1)? };
                Ok((position, (row.get(2)?, row.get(3)?, "position")))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        let marks: Vec<_> = positions.iter().map(|(_, mark)| *mark).collect();
        told.positions = positions.into_iter().map(|(position, _)| position).collect();
        let text = self.text(reading)?;
        told.passages = text.passages(&marks);
        if !told.passages.iter().any(|passage| passage.sentence == sentence + 1) {
            told.passages.push(text.passage(sentence, &marks));
            told.passages.sort_by_key(|passage| passage.sentence);
        }
        Ok(told)
    }

    /// Numbers of what a report's newest reading says is to come, in the order of its text.
    ///
    /// # Errors
    /// Those of the store.
    pub fn expectations_of_report(&self, report: i64) -> Result<Vec<i64>, RecordError> {
        let query = "SELECT id FROM expectation
            WHERE reading = (SELECT max(id) FROM reading WHERE report = ?) ORDER BY sentence, number";
        self.numbers(query, report)
    }

    fn plan_parties(&self, plan: i64) -> Result<Vec<Party>, RecordError> {
        let query = "SELECT name, country, code, kind, register, NULL
            FROM plan_party JOIN actor ON actor.id = actor WHERE plan = ? ORDER BY position";
        let mut statement = self.connection.prepare_cached(query)?;
        let parties = statement.query_map([plan], party)?;
        Ok(parties.collect::<Result<_, _>>()?)
    }
}

impl PlanRow {
    fn is_overdue(&self, on: Date) -> bool {
        let is_settled = SETTLED.contains(&format!("'{}'", self.status)) || self.event.is_some();
        let last: Option<Date> = self.last.as_deref().and_then(|last| last.parse().ok());
        !is_settled && last.is_some_and(|last| last < on)
    }

    /// The statuses that reports gave it one after another, each with the first day it was told.
    #[must_use]
    pub fn course(&self) -> Vec<(&str, Option<&str>)> {
        let mut course: Vec<(&str, Option<&str>)> = Vec::new();
        for told in &self.history {
            if course.last().is_none_or(|(status, _)| *status != told.status) {
                course.push((&told.status, told.published.as_deref()));
            }
        }
        course
    }
}

fn plan(row: &Row<'_>) -> rusqlite::Result<(PlanRow, Option<i64>)> {
    let plan = PlanRow {
        id: Id::new(IdKind::Plan, row.get(0)?),
        what: row.get(1)?,
        who: Vec::new(),
        place: None,
        value: row.get(2)?,
        day: row.get(3)?,
        last: row.get(4)?,
        occasion: row.get(5)?,
        status: row.get(6)?,
        overdue: false,
        origins: row.get(7)?,
        reports: row.get(8)?,
        event: row.get::<_, Option<i64>>(9)?.map(|event| Id::new(IdKind::Event, event)),
        history: Vec::new(),
    };
    Ok((plan, row.get(10)?))
}

fn told(row: &Row<'_>) -> rusqlite::Result<(Told, i64, usize)> {
    let told = Told {
        id: Id::new(IdKind::Expectation, row.get(0)?),
        plan: row.get::<_, Option<i64>>(1)?.map(|plan| Id::new(IdKind::Plan, plan)),
        report: Id::new(IdKind::Report, row.get(2)?),
        source: row.get(3)?,
        title: row.get(4)?,
        published: row.get(5)?,
        what: row.get(6)?,
        value: row.get(7)?,
        status: row.get(8)?,
        positions: Vec::new(),
        passages: Vec::new(),
    };
    Ok((told, row.get(9)?, row.get(10)?))
}
