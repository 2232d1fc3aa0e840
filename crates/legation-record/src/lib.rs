//! The record: readings of many reports, kept in one SQLite file and compared. It knows no language; it never parses text.
//!
//! Three layers: a **report** as read, a **claim** (an event as one report tells it, in somebody's voice), and the
//! **event** behind claims. What a reading says is never changed; what people decide lies over it.

mod error;

mod schema;

mod record;

mod days;
mod hash;

pub mod intake;

pub mod copies;

mod memory;
pub mod merge;

mod ledger;

mod derive;

pub mod ask;

pub mod correct;

pub mod snapshot;
pub mod verify;

pub use derive::BATCH;
pub use error::RecordError;
pub use intake::{Changes, Given, Incoming, Kept, Known, Made, Outcome, Run, Tally};
pub use record::Record;
