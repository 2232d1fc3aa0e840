//! The coverage ledger: what was read of each source, and what was not.

use jiff::civil::Date;
use rusqlite::{params_from_iter, types::Value};
use serde::Serialize;

use super::filter::Conditions;
use crate::{Record, error::RecordError};

/// What is known of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CoverageSource {
    /// The source.
    pub source: String,
    /// Day of its first report.
    pub first: Option<String>,
    /// Day of its last report.
    pub last: Option<String>,
    /// Reports.
    pub reports: i64,
    /// Of these, copies of others.
    pub copies: i64,
    /// Of these, those without any sentence.
    pub empty: i64,
    /// Of these, those without a day.
    pub undated: i64,
    /// Inputs that could not be read.
    pub failed: i64,
    /// Days from the first to the last with a report.
    pub days_read: i64,
    /// Days from the first to the last without one.
    pub days_silent: i64,
}

/// What is known of one source on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CoverageDay {
    /// The source.
    pub source: String,
    /// The day; none for reports and failures whose day is not known.
    pub day: Option<String>,
    /// Reports.
    pub reports: i64,
    /// Of these, copies of others.
    pub copies: i64,
    /// Of these, those without any sentence.
    pub empty: i64,
    /// Inputs that could not be read.
    pub failed: i64,
    /// read; failed where nothing could be read; silent where there was nothing to read.
    pub state: String,
}

impl Record {
    /// The coverage of every source, by name.
    ///
    /// # Errors
    /// Those of the store.
    pub fn coverage(
        &self,
        source: Option<&str>,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<Vec<CoverageSource>, RecordError> {
        let conditions = conditions(source, from, to);
        let query = format!(
            "SELECT source, min(day) FILTER (WHERE reports > 0), max(day) FILTER (WHERE reports > 0), sum(reports),
                sum(copies), sum(empty), sum(CASE WHEN day IS NULL THEN reports ELSE 0 END), sum(failed),
                sum(day IS NOT NULL AND reports > 0), sum(day IS NOT NULL AND reports = 0)
            FROM v_coverage WHERE {} GROUP BY source ORDER BY source",
            conditions.sql()
        );
        let mut statement = self.connection.prepare(&query)?;
        let rows = statement.query_map(params_from_iter(conditions.values()), |row| {
            Ok(CoverageSource {
                source: row.get(0)?,
                first: row.get(1)?,
                last: row.get(2)?,
                reports: row.get(3)?,
                copies: row.get(4)?,
                empty: row.get(5)?,
                undated: row.get(6)?,
                failed: row.get(7)?,
                days_read: row.get(8)?,
                days_silent: row.get(9)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The coverage of every source on every day from its first report to its last.
    ///
    /// # Errors
    /// Those of the store.
    pub fn coverage_days(
        &self,
        source: Option<&str>,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<Vec<CoverageDay>, RecordError> {
        let conditions = conditions(source, from, to);
        let query = format!(
            "SELECT source, day, reports, copies, empty, failed, state FROM v_coverage WHERE {}
            ORDER BY source, day IS NULL, day",
            conditions.sql()
        );
        let mut statement = self.connection.prepare(&query)?;
        let rows = statement.query_map(params_from_iter(conditions.values()), |row| {
            Ok(CoverageDay {
                source: row.get(0)?,
                day: row.get(1)?,
                reports: row.get(2)?,
                copies: row.get(3)?,
                empty: row.get(4)?,
                failed: row.get(5)?,
                state: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn conditions(source: Option<&str>, from: Option<Date>, to: Option<Date>) -> Conditions {
    let mut conditions = Conditions::default();
    conditions.days("day", from, to);
    if let Some(source) = source {
        conditions.add("source = ?", [Value::Text(source.to_owned())]);
    }
    conditions
}
