//! What passes between two countries or bodies, month by month.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use rusqlite::{params, params_from_iter};
use serde::Serialize;

use crate::{Record, error::RecordError, record::count};

/// What counts: it happened or goes on, its day is known to the month, and nobody rejected it.
const COUNTS: &str = "event.status IN ('happened', 'ongoing') AND event.verdict IS NOT 'rejected'
    AND julianday(event.last) - julianday(event.first) <= 30";

/// Months of a pair, and the events between the two.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DyadAnswer {
    /// Code of one.
    pub one: String,
    /// Code of the other.
    pub other: String,
    /// Every month from the first to the last asked for, else of the events; both directions.
    pub months: Vec<DyadMonth>,
    /// Numbers of all events between the two, of any status, by day, those without one last.
    #[serde(skip)]
    pub events: Vec<i64>,
}

/// One direction of a pair in one month. A month without reports has been read by nobody: its zeros say nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DyadMonth {
    /// `2025-04`.
    pub month: String,
    /// Who does it.
    pub source: String,
    /// To whom.
    pub target: String,
    /// Events of quad class 1.
    pub verbal_cooperation: i64,
    /// Of 2.
    pub material_cooperation: i64,
    /// Of 3.
    pub verbal_conflict: i64,
    /// Of 4.
    pub material_conflict: i64,
    /// All of them.
    pub n: i64,
    /// Sum of their intensities on Goldstein's scale.
    pub goldstein_sum: f64,
    /// Their mean; none where there are no events.
    pub goldstein_mean: Option<f64>,
    /// Reports of the record that were published in the month.
    pub articles_read: i64,
    /// The same, copies counted once.
    pub origins_read: i64,
}

impl DyadMonth {
    /// Whether anything was read in this month, so that its zeros mean something.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.articles_read > 0 || self.n > 0
    }
}

impl Record {
    /// What passes between two countries or bodies, by their codes.
    ///
    /// # Errors
    /// If both are the same, and those of the store.
    pub fn dyad(
        &self,
        one: &str,
        other: &str,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<DyadAnswer, RecordError> {
        if one == other {
            return Err(RecordError::refused(format!("{one}: a pair has two sides")));
        }
        let events = self.dyad_events(one, other, from, to)?;
        let mut months = BTreeMap::new();
        for (side, (source, target)) in [(one, other), (other, one)].into_iter().enumerate() {
            for month in self.direction(source, target, from, to)? {
                months.insert((month.month.clone(), side), month);
            }
        }
        let keys: Vec<&String> = months.keys().map(|(month, _)| month).collect();
        let first = from.map(month).or_else(|| keys.first().map(ToString::to_string));
        let last = to.map(month).or_else(|| keys.last().map(ToString::to_string));
        let all = first.zip(last).map(|(first, last)| between(&first, &last)).unwrap_or_default();
        let read = self.articles(all.first(), all.last())?;
        let mut answer =
            DyadAnswer { one: one.to_owned(), other: other.to_owned(), months: Vec::new(), events };
        for month in all {
            for (side, (source, target)) in [(one, other), (other, one)].into_iter().enumerate() {
                let empty = DyadMonth {
                    month: month.clone(),
                    source: source.to_owned(),
                    target: target.to_owned(),
                    ..DyadMonth::default()
                };
                let mut row = months.remove(&(month.clone(), side)).unwrap_or(empty);
                (row.articles_read, row.origins_read) = read.get(&month).copied().unwrap_or_default();
                answer.months.push(row);
            }
        }
        Ok(answer)
    }

    fn dyad_events(
        &self,
        one: &str,
        other: &str,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<Vec<i64>, RecordError> {
        let mut statement = self.connection.prepare_cached(EVENTS)?;
        let (from, to) = bounds(from, to);
        let found = statement.query_map(params![one, other, from, to], |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    fn direction(
        &self,
        source: &str,
        target: &str,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<Vec<DyadMonth>, RecordError> {
        let mut statement = self.connection.prepare_cached(&months())?;
        let (from, to) = bounds(from, to);
        let found = statement.query_map(params![source, target, from, to], |row| {
            Ok(DyadMonth {
                month: row.get(0)?,
                source: source.to_owned(),
                target: target.to_owned(),
                verbal_cooperation: row.get(1)?,
                material_cooperation: row.get(2)?,
                verbal_conflict: row.get(3)?,
                material_conflict: row.get(4)?,
                n: row.get(5)?,
                goldstein_sum: row.get(6)?,
                goldstein_mean: row.get(7)?,
                ..DyadMonth::default()
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Reports, and independent ones, by the month of publication.
    fn articles(
        &self,
        first: Option<&String>,
        last: Option<&String>,
    ) -> Result<BTreeMap<String, (i64, i64)>, RecordError> {
        let (Some(first), Some(last)) = (first, last) else { return Ok(BTreeMap::new()) };
        let mut statement = self.connection.prepare_cached(ARTICLES)?;
        let mut rows = statement.query([format!("{first}-01"), format!("{last}-31")])?;
        let mut origins: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let day = row.get_ref(0)?.as_str().unwrap_or_default();
            let month = day.get(..7).unwrap_or(day);
            if let Some(origins) = origins.get_mut(month) {
                origins.push(row.get(1)?);
            } else {
                origins.insert(month.to_owned(), vec![row.get(1)?]);
            }
        }
        let counts = |mut origins: Vec<i64>| {
            let articles = count(origins.len());
            origins.sort_unstable();
            origins.dedup();
            (articles, count(origins.len()))
        };
        Ok(origins.into_iter().map(|(month, origins)| (month, counts(origins))).collect())
    }

    /// How the store goes about the queries of `dyad`, for seeing that none goes through a whole table.
    ///
    /// # Errors
    /// Those of the store.
    pub fn dyad_plan(&self) -> Result<Vec<String>, RecordError> {
        let mut lines = Vec::new();
        for (query, marks) in [(EVENTS.to_owned(), 4), (months(), 4), (ARTICLES.to_owned(), 2)] {
            let mut statement = self.connection.prepare(&format!("EXPLAIN QUERY PLAN {query}"))?;
            let mut rows = statement.query(params_from_iter(vec!["1"; marks]))?;
            while let Some(row) = rows.next()? {
                lines.push(row.get(3)?);
            }
        }
        Ok(lines)
    }
}

const EVENTS: &str = "SELECT event FROM (
        SELECT day, event FROM event_dyad WHERE source = ?1 AND target = ?2 AND day BETWEEN ?3 AND ?4
        UNION SELECT day, event FROM event_dyad WHERE source = ?2 AND target = ?1 AND day BETWEEN ?3 AND ?4
    ) JOIN event ON event.id = event WHERE event.verdict IS NOT 'rejected' ORDER BY day = '', day, event";

/// By month they are put together here: the store would sort all of them again.
const ARTICLES: &str = "SELECT published, origin FROM report WHERE published BETWEEN ? AND ? AND is_latest";

fn months() -> String {
    format!(
        "SELECT substr(day, 1, 7) AS month, sum(quad = 1), sum(quad = 2), sum(quad = 3), sum(quad = 4), count(*),
            sum(intensity), avg(intensity)
        FROM event_dyad JOIN event ON event.id = event_dyad.event
        WHERE source = ? AND target = ? AND day BETWEEN ? AND ? AND {COUNTS} GROUP BY month ORDER BY month"
    )
}

fn bounds(from: Option<Date>, to: Option<Date>) -> (String, String) {
    let day = |day: Option<Date>, open: &str| day.map_or_else(|| open.to_owned(), |day| day.to_string());
    (day(from, ""), day(to, "9999-12-31"))
}

/// `2025-04`.
fn month(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}

/// Every month from the first to the last.
fn between(first: &str, last: &str) -> Vec<String> {
    let day = |month: &str| format!("{month}-01").parse::<Date>();
    let (Ok(first), Ok(last)) = (day(first), day(last)) else { return Vec::new() };
    let mut months = Vec::new();
    let mut day = first;
    while day <= last {
        months.push(month(day));
        let Ok(next) = day.checked_add(1.month()) else { break };
        day = next;
    }
    months
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn months_follow_each_other() {
        assert_eq!(between("2024-11", "2025-02"), ["2024-11", "2024-12", "2025-01", "2025-02"]);
        assert!(between("2025-02", "2024-11").is_empty());
        assert!(between("x", "2024-11").is_empty());
    }
}
