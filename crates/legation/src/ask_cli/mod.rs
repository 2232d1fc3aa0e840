//! The command line of the questions that a record answers.

mod shared;

use std::num::NonZeroUsize;

use clap::{Args, Subcommand};
use jiff::civil::Date;

pub use shared::{Days, EventStatus, ListFormat, PlanStatus, Printing, RecordArgument, ShowFormat};

use crate::cli::day;

const EVENTS_EXAMPLES: &str = "\
Examples:
  legation events --actor CHN --recipient RUS --from 2025-01-01
  legation events --type CONSULT,AGREE --status planned
  legation events --origins 2 --format csv > events.csv

An event has the number of independent reports behind it (origins: copies of one text count once) and of all reports.
What each claim says and in which words: legation show E7.";

const WHO: &str = "A name as the tables print it, a register's key (CHN/wang-yi), a country's code (CHN: all its \
                   actors) or a body's (NATO)";

const STATEMENTS_EXAMPLES: &str = "\
Examples:
  legation statements --speaker \"Wang Yi\" --stance denies
  legation statements --speaker RUS --about USA --from 2025-03-01

Statements that stand only in copies of other reports are left out, unless --copies or --source asks for them.";

const CALENDAR_EXAMPLES: &str = "\
Examples:
  legation calendar --from 2025-05-01
  legation calendar --status overdue
  legation calendar --actor RUS --ics > planned.ics

overdue: the last day has passed before --on, and no report told that it was held, called off, denied or put off.";

const DYAD_EXAMPLES: &str = "\
Examples:
  legation dyad CHN RUS --from 2025-01-01 --to 2025-12-31
  legation dyad China Russia --format csv > months.csv
  legation dyad CHN RUS --events

Counted are events that happened or go on, whose day is known to the month, and that nobody rejected. A month of which
no report was read has no figures: its zeros would say nothing.";

const SEARCH_EXAMPLES: &str = "\
Examples:
  legation search gas contract
  legation search '\"security guarantees\" OR ceasefire*' --from 2025-03-01
  legation search pipeline -- -oil

All words must be there; \"words in this order\"; begin*; this OR that; -without.";

const SQL_EXAMPLES: &str = "\
Examples:
  legation sql \"SELECT day, type, actors, recipients FROM v_events WHERE origins > 1\"
  legation sql - --format csv < query.sql > answer.csv

The views and their columns: docs/record.md. Nothing is written, whatever is asked.";

/// Questions that a record answers.
#[derive(Debug, Subcommand)]
pub enum AskCommand {
    /// List events, with the reports behind them
    Events(EventsArguments),
    /// List who said what
    Statements(StatementsArguments),
    /// List what is planned, and what became of it
    Calendar(CalendarArguments),
    /// Tell of an actor: offices as reported, events, statements, partners
    Actor(ActorArguments),
    /// Count what passes between two countries or bodies, month by month
    Dyad(DyadArguments),
    /// Tell what was read in a report
    Report(ReportArguments),
    /// Tell what was read of each source, and what was not
    Sources(SourcesArguments),
    /// Find words in titles and texts
    Search(SearchArguments),
    /// Show anything by its number, down to the words it rests on
    Show(ShowArguments),
    /// Ask in SQL
    Sql(SqlArguments),
}

/// List events, with the reports behind them.
#[derive(Args, Debug)]
#[command(after_help = EVENTS_EXAMPLES)]
pub struct EventsArguments {
    /// Days: the first day of the event
    #[command(flatten)]
    pub days: Days,
    /// PLOVER types: any of them
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    pub types: Vec<String>,
    /// Statuses: any of them
    #[arg(long, value_enum, value_delimiter = ',')]
    pub status: Vec<EventStatus>,
    /// Who does it; of what is mutual, one of the parties
    #[arg(long, value_name = "WHO", long_help = WHO)]
    pub actor: Option<String>,
    /// To whom; of what is mutual, another of the parties
    #[arg(long, value_name = "WHO")]
    pub recipient: Option<String>,
    /// Told by a report of this source
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    /// Independent reports at least
    #[arg(long, value_name = "N")]
    pub origins: Option<u32>,
    /// Confidence at least, 0 to 1
    #[arg(long, value_name = "P")]
    pub confidence: Option<f64>,
    /// Also events that somebody rejected
    #[arg(long)]
    pub rejected: bool,
    /// The newest first
    #[arg(long)]
    pub newest: bool,
    /// How to print
    #[command(flatten)]
    pub printing: Printing,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
}

/// List who said what.
#[derive(Args, Debug)]
#[command(after_help = STATEMENTS_EXAMPLES)]
pub struct StatementsArguments {
    /// Days: of the statement, else of its report
    #[command(flatten)]
    pub days: Days,
    /// Who says it
    #[arg(long, value_name = "WHO", long_help = WHO)]
    pub speaker: Option<String>,
    /// Who is named in it
    #[arg(long, value_name = "WHO")]
    pub about: Option<String>,
    /// Stances: says, denies, warns, demands ...; any of them
    #[arg(long, value_delimiter = ',')]
    pub stance: Vec<String>,
    /// In reports of this source
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    /// Also statements in copies of other reports
    #[arg(long)]
    pub copies: bool,
    /// The newest first
    #[arg(long)]
    pub newest: bool,
    /// How to print
    #[command(flatten)]
    pub printing: Printing,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
}

/// List what is planned, and what became of it.
#[derive(Args, Debug)]
#[command(after_help = CALENDAR_EXAMPLES)]
pub struct CalendarArguments {
    /// Days: the first day planned
    #[command(flatten)]
    pub days: Days,
    /// visit, meeting, summit, call, exercise, vote ...: any of them
    #[arg(long = "type", value_name = "WHAT", value_delimiter = ',')]
    pub types: Vec<String>,
    /// Statuses: any of them
    #[arg(long, value_enum, value_delimiter = ',')]
    pub status: Vec<PlanStatus>,
    /// Who takes part
    #[arg(long, value_name = "WHO", long_help = WHO)]
    pub actor: Option<String>,
    /// Told by a report of this source
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    /// The day that overdue is judged on; without it, that of the newest report
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Date>,
    /// Also what each report said, and when
    #[arg(long)]
    pub history: bool,
    /// As a calendar (RFC 5545); what has no day is left out
    #[arg(long, conflicts_with_all = ["format", "history", "limit", "offset"])]
    pub ics: bool,
    /// How to print
    #[command(flatten)]
    pub printing: Printing,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
}

/// Tell of an actor: offices as reported, events, statements, partners.
#[derive(Args, Debug)]
pub struct ActorArguments {
    /// A name, a register's key (CHN/wang-yi), a country's code (CHN: all its actors) or a body's (NATO)
    #[arg(value_name = "WHO")]
    pub name: String,
    /// Days of events and statements
    #[command(flatten)]
    pub days: Days,
    /// Rows of each table at most
    #[arg(long, value_name = "N", default_value = "10")]
    pub limit: NonZeroUsize,
    /// How to print
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
}

/// Count what passes between two countries or bodies, month by month.
#[derive(Args, Debug)]
#[command(after_help = DYAD_EXAMPLES)]
pub struct DyadArguments {
    /// A country or body: its code or name
    #[arg(value_name = "ONE")]
    pub one: String,
    /// Another
    #[arg(value_name = "OTHER")]
    pub other: String,
    /// Days of the events
    #[command(flatten)]
    pub days: Days,
    /// List the events between the two instead, of any status
    #[arg(long)]
    pub events: bool,
    /// How to print
    #[command(flatten)]
    pub printing: Printing,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
}

/// Tell what was read in a report.
#[derive(Args, Debug)]
pub struct ReportArguments {
    /// Its number: R12
    #[arg(value_name = "ID")]
    pub id: String,
    /// How to print
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
}

/// Tell what was read of each source, and what was not.
#[derive(Args, Debug)]
pub struct SourcesArguments {
    /// Days of publication
    #[command(flatten)]
    pub days: Days,
    /// Only this source
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    /// One row a day: read, empty, failed, or silent (no report between the source's first and last)
    #[arg(long = "days")]
    pub by_day: bool,
    /// How to print
    #[command(flatten)]
    pub printing: Printing,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
}

/// Find words in titles and texts.
#[derive(Args, Debug)]
#[command(after_help = SEARCH_EXAMPLES)]
pub struct SearchArguments {
    /// Words, "phrases", begin*, this OR that, -without
    #[arg(required = true, value_name = "WORDS")]
    pub words: Vec<String>,
    /// Days of publication
    #[command(flatten)]
    pub days: Days,
    /// In reports of this source
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    /// How to print
    #[command(flatten)]
    pub printing: Printing,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
}

/// Show anything by its number, down to the words it rests on.
#[derive(Args, Debug)]
pub struct ShowArguments {
    /// R12 (report), C3 (claim), E7 (event), S5 (statement), X2 (expectation) or P4 (plan)
    #[arg(value_name = "ID")]
    pub id: String,
    /// The day that a plan is judged on; without it, that of the newest report
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
}

/// Ask in SQL.
#[derive(Args, Debug)]
#[command(after_help = SQL_EXAMPLES)]
pub struct SqlArguments {
    /// One query, or - for standard input
    #[arg(value_name = "QUERY")]
    pub query: String,
    /// Seconds at most
    #[arg(long, value_name = "N", default_value_t = 60.0)]
    pub seconds: f64,
    /// How to print
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    /// Rows at most; without it, 200 in tables for people and all in the other formats
    #[arg(long, value_name = "N")]
    pub limit: Option<NonZeroUsize>,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
}
