//! The command line of what lies over readings: events with their reasons, corrections, frozen versions.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use crate::ask_cli::{EventStatus, RecordArgument, ShowFormat};
use crate::cli::day;

const CORRECT_EXAMPLES: &str = "\
Examples:
  legation correct reject E7 --reason \"a film plot, told as news\"
  legation correct edit E7 --status denied --reason \"the ministry took it back on 3 April\"
  legation correct merge E7 E9 --reason \"one meeting, two spellings of the town\"
  legation correct split E7 C3 C4 --reason \"those tell of the visit a year before\"
  legation correct undo 12 --reason \"see the second communique\"

A correction is a line that is never changed, with its author and reason; what was read stays as it was read. Corrections
hold when reports are read again, and when claims are merged at another likeness.";

const DIFF_EXAMPLES: &str = "\
Examples:
  legation snapshot 2025-1 && legation keep reports/ && legation diff 2025-1 now
  legation diff 2025-1 2025-2 --format csv > changes.csv
  legation diff old.db new.db

A version is the name of a frozen one, a record's file, or now.";

/// What lies over readings.
#[derive(Debug, Subcommand)]
pub enum LayersCommand {
    /// Tell of an event: its claims, contradictions, copies and corrections, and why they are one event
    Event(EventArguments),
    /// Merge all claims anew at another likeness
    Regroup(RegroupArguments),
    /// Say what is right: with an author and a reason, over what was read
    #[command(subcommand, after_help = CORRECT_EXAMPLES)]
    Correct(CorrectCommand),
    /// Freeze the record as it is, to be cited and compared
    Snapshot(SnapshotArguments),
    /// Tell which events differ between two versions of a record, and why
    Diff(DiffArguments),
}

/// Tell of an event.
#[derive(Args, Debug)]
pub struct EventArguments {
    /// Its number: E7
    #[arg(value_name = "EVENT")]
    pub event: String,
    /// Say why each claim is of it: the claim that it is most like, and how
    #[arg(long)]
    pub why: bool,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
    /// How to print
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
}

/// Merge all claims anew at another likeness.
#[derive(Args, Debug)]
pub struct RegroupArguments {
    /// Likeness from which on claims are one event, 0 to 1; a higher one makes more and smaller events
    #[arg(long, value_name = "LIKENESS")]
    pub threshold: f64,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
    /// How to print what changed
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
}

/// Say what is right.
#[derive(Debug, Subcommand)]
pub enum CorrectCommand {
    /// The event is right as it stands
    Accept(OneEvent),
    /// There was no such event
    Reject(OneEvent),
    /// The event is other than it was read; only what is given changes
    Edit(EditArguments),
    /// These events are one
    Merge(MergeArguments),
    /// These claims are not of this event; they leave it and do not come back by themselves
    Split(SplitArguments),
    /// Take a correction back
    Undo(UndoArguments),
    /// List all corrections, and what they no longer apply to
    List(ListArguments),
}

/// Who says so, and why.
#[derive(Args, Debug)]
pub struct Reasoned {
    /// Why; it is kept, cited and never changed
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Who says so; without it, the name that git knows, else that of the user
    #[arg(long, value_name = "NAME", env = "LEGATION_AUTHOR")]
    pub author: Option<String>,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
}

/// An event to judge.
#[derive(Args, Debug)]
pub struct OneEvent {
    /// Its number: E7
    #[arg(value_name = "EVENT")]
    pub event: String,
    /// Who and why
    #[command(flatten)]
    pub reasoned: Reasoned,
}

/// An event and its new values.
#[derive(Args, Debug)]
pub struct EditArguments {
    /// Its number: E7
    #[arg(value_name = "EVENT")]
    pub event: String,
    /// PLOVER type; the mode goes with the old one, unless --mode gives another
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    /// Mode, or none
    #[arg(long, value_name = "MODE")]
    pub mode: Option<String>,
    /// Status
    #[arg(long, value_enum)]
    pub status: Option<EventStatus>,
    /// Day, or first and last day: 2025-04-02..2025-04-05
    #[arg(long, value_name = "DATE", value_parser = days)]
    pub date: Option<(Date, Date)>,
    /// Place that the record knows; "Geneva, CHE" where several countries have one
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// Who does it, in place of all that were read; several times for several
    #[arg(long, value_name = "WHO")]
    pub actor: Vec<String>,
    /// To whom, in place of all that were read; several times for several
    #[arg(long, value_name = "WHO")]
    pub recipient: Vec<String>,
    /// Who and why
    #[command(flatten)]
    pub reasoned: Reasoned,
}

/// Events that are one.
#[derive(Args, Debug)]
pub struct MergeArguments {
    /// Their numbers: E7 E9
    #[arg(value_name = "EVENT", num_args = 2.., required = true)]
    pub events: Vec<String>,
    /// Who and why
    #[command(flatten)]
    pub reasoned: Reasoned,
}

/// Claims that are not of an event.
#[derive(Args, Debug)]
pub struct SplitArguments {
    /// The event: E7
    #[arg(value_name = "EVENT")]
    pub event: String,
    /// The claims that leave: C3 C4
    #[arg(value_name = "CLAIM", required = true)]
    pub claims: Vec<String>,
    /// Who and why
    #[command(flatten)]
    pub reasoned: Reasoned,
}

/// A correction to take back.
#[derive(Args, Debug)]
pub struct UndoArguments {
    /// Its number
    #[arg(value_name = "CORRECTION")]
    pub correction: i64,
    /// Who and why
    #[command(flatten)]
    pub reasoned: Reasoned,
}

/// How to list corrections.
#[derive(Args, Debug)]
pub struct ListArguments {
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
    /// How to print
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
}

/// Freeze the record as it is.
#[derive(Args, Debug)]
pub struct SnapshotArguments {
    /// Name of the version
    #[arg(value_name = "NAME", required_unless_present = "list")]
    pub name: Option<String>,
    /// Write CITATION.cff and citation.bib into this folder
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Title of the record in the citation
    #[arg(long, value_name = "TEXT", default_value = "A record of diplomatic and political events")]
    pub title: String,
    /// Author of the record in the citation; without it, the name that git knows, else that of the user
    #[arg(long, value_name = "NAME", env = "LEGATION_AUTHOR")]
    pub author: Option<String>,
    /// List the frozen versions
    #[arg(long, conflicts_with_all = ["name", "output"])]
    pub list: bool,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
    /// How to print
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
}

/// Tell what differs between two versions.
#[derive(Args, Debug)]
#[command(after_help = DIFF_EXAMPLES)]
pub struct DiffArguments {
    /// The earlier version
    #[arg(value_name = "BEFORE")]
    pub before: String,
    /// The later version
    #[arg(value_name = "AFTER", default_value = "now")]
    pub after: String,
    /// Which record
    #[command(flatten)]
    pub record: RecordArgument,
    /// How to print
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
}

/// Formats of differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum DiffFormat {
    /// For people
    Text,
    /// JSON
    Json,
    /// Comma-separated values with a header
    Csv,
}

/// A day, or two with dots between them.
fn days(text: &str) -> Result<(Date, Date), String> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let (first, last) = (day(first)?, day(last)?);
    if first > last { Err("the last day is before the first".to_owned()) } else { Ok((first, last)) }
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn a_day_or_several() {
        assert!(days("2025-04-02").is_ok_and(|(first, last)| first == last));
        assert!(days("2025-04-02..2025-04-05").is_ok_and(|(first, last)| first < last));
        assert!(days("2025-04-05..2025-04-02").is_err());
        assert!(days("April").is_err());
    }
}
