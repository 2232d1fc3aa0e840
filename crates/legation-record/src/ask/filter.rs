//! What is asked for: conditions, put together into one query.

use jiff::civil::Date;
use rusqlite::types::Value;

use super::who::Who;

/// Conditions on the rows of an answer; an empty one asks for all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Types: any of them.
    pub types: Vec<String>,
    /// Statuses: any of them.
    pub statuses: Vec<String>,
    /// Stances: any of them.
    pub stances: Vec<String>,
    /// Who does it; of what is mutual, one of the parties.
    pub actor: Option<Who>,
    /// Whom it is done to; of what is mutual, another of the parties.
    pub recipient: Option<Who>,
    /// Who says it.
    pub speaker: Option<Who>,
    /// Who is named in what is said.
    pub about: Option<Who>,
    /// Source of the reports, as in the coverage ledger.
    pub source: Option<String>,
    /// Independent reports at least.
    pub origins: Option<i64>,
    /// Confidence at least, 0 to 1.
    pub confidence: Option<f64>,
    /// Also what somebody rejected.
    pub rejected: bool,
    /// Also what stands in copies of other reports.
    pub copies: bool,
    /// The newest first.
    pub newest: bool,
}

impl Filter {
    /// The order by day, rows without one last.
    pub(super) fn order(&self, day: &str, id: &str) -> String {
        let way = if self.newest { " DESC" } else { "" };
        format!("{day} IS NULL, {day}{way}, {id}{way}")
    }
}

/// Conditions of a query with their values.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    clauses: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// Adds a condition that has as many `?` as there are values.
    pub(super) fn add(&mut self, clause: impl Into<String>, values: impl IntoIterator<Item = Value>) {
        self.clauses.push(clause.into());
        self.values.extend(values);
    }

    /// Adds that an expression is one of the values; nothing where there are none.
    pub(super) fn any(&mut self, expression: &str, values: &[String]) {
        if values.is_empty() {
            return;
        }
        let marks = vec!["?"; values.len()].join(", ");
        self.add(format!("{expression} IN ({marks})"), values.iter().cloned().map(Value::Text));
    }

    /// Adds that a day lies within the bounds, where they are given.
    pub(super) fn days(&mut self, expression: &str, from: Option<Date>, to: Option<Date>) {
        if let Some(from) = from {
            self.add(format!("{expression} >= ?"), [Value::Text(from.to_string())]);
        }
        if let Some(to) = to {
            self.add(format!("{expression} <= ?"), [Value::Text(to.to_string())]);
        }
    }

    /// The conditions, for after WHERE.
    pub(super) fn sql(&self) -> String {
        if self.clauses.is_empty() { "1".to_owned() } else { self.clauses.join(" AND ") }
    }

    /// The values, in the order of their marks.
    pub(super) fn values(&self) -> &[Value] {
        &self.values
    }
}
