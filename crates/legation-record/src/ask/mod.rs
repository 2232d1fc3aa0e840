//! What is in a record: questions with their answers as typed rows.
//!
//! A question first finds the numbers of all rows that it asks for, in order; a page of them is then read row by row.

mod actor;
mod claims;
mod coverage;
mod dyad;
mod events;
mod filter;
mod id;
mod passage;
mod plans;
mod reports;
mod search;
mod sql;
mod statements;
mod states;
mod who;

pub use actor::{ActorAnswer, ActorRow, Partner, Role};
pub use claims::{ClaimRow, QuantityRow, Voice};
pub use coverage::{CoverageDay, CoverageSource};
pub use dyad::{DyadAnswer, DyadMonth};
pub use events::{Contradiction, EventRow};
pub use filter::Filter;
pub use id::{Id, IdKind};
pub use passage::{Mark, Passage, PlaceRow};
pub use plans::{PlanRow, Position, Told};
pub use reports::{ReportAnswer, ReportRow, Resting};
pub use search::{Hit, Search};
pub use sql::{Cell, EachRow, SqlLimits, Table};
pub use statements::{About, StatementRow};
pub use states::StateCodes;
pub use who::{Party, Who};

use crate::error::RecordError;

/// What there is no row for.
fn absent(id: Id) -> RecordError {
    RecordError::refused(format!("{id}: not in the record"))
}

/// A JSON list as it lies in the record.
fn list<T: serde::de::DeserializeOwned>(text: &str) -> Vec<T> {
    serde_json::from_str(text).unwrap_or_default()
}

/// The name of a quad class.
fn quad(number: i64) -> &'static str {
    match number {
        1 => "verbal-cooperation",
        2 => "material-cooperation",
        3 => "verbal-conflict",
        _ => "material-conflict",
    }
}
