//! Arguments that several questions share.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::cli::day;

/// Which record.
#[derive(Args, Debug)]
pub struct RecordArgument {
    /// The record
    #[arg(long, value_name = "FILE", env = "LEGATION_RECORD", default_value = "legation.db")]
    pub record: PathBuf,
}

/// How a list is printed.
#[derive(Args, Debug)]
pub struct Printing {
    /// How to print
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    /// Rows at most; without it, 50 in tables for people and all in the other formats
    #[arg(long, value_name = "N")]
    pub limit: Option<NonZeroUsize>,
    /// Rows to leave out at the beginning
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
}

/// Formats of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Tables for people
    Text,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
}

/// Formats of what is no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
}

/// Days.
#[derive(Args, Clone, Copy, Debug)]
pub struct Days {
    /// First day (2025-04-02)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<Date>,
    /// Last day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<Date>,
}

/// Whether an event happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EventStatus {
    /// Done
    Happened,
    /// Going on
    Ongoing,
    /// Announced, scheduled, intended
    Planned,
    /// Only if something else
    Conditional,
    /// Said by the text not to have happened
    Negated,
    /// Somebody says that it did not happen
    Denied,
    /// Called off
    Cancelled,
}

/// What became of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlanStatus {
    /// A party announced it
    Announced,
    /// A party confirmed it
    Confirmed,
    /// A party has not confirmed it
    Unconfirmed,
    /// A party denied it
    Denied,
    /// Put off
    Postponed,
    /// Called off
    Cancelled,
    /// It took place
    Held,
    /// Its day has passed, and no report tells what became of it
    Overdue,
}
