//! The command line, in one place: help, completions and the manual page all come from here.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{ArgAction, Args, Command, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

use crate::ask_cli::AskCommand;
use crate::layers_cli::LayersCommand;

const EXIT_CODES: &str = "\
Exit codes:
  0  all was read and written
  1  some inputs could not be read; the others were
  2  the command line is wrong, or there was nothing to read
  3  data files are wrong
  4  the output or the record could not be written
  5  the record cannot be used: there is none, it is damaged, busy, or of a newer legation
  70 a fault of the program itself
  130 stopped by Ctrl-C; what was kept before is in the record";

const EXAMPLES: &str = "\
Examples:
  legation read report.txt
  legation read --format jsonl reports/ > readings.jsonl
  legation read --format ics reports/ > planned.ics
  curl -s https://example.org/news.html | legation read - --published 2025-04-02";

const KEEP_EXAMPLES: &str = "\
Examples:
  legation keep reports/
  legation keep reports/ --record crisis.db --outlet \"Harbour Post\"

What is kept already is not read again; a report that changed is kept as a new version beside the old one. A run that was
stopped goes on where it was when it is called again; Ctrl-C stops it cleanly, a second Ctrl-C at once. Inputs that cannot
be read are noted in the record's coverage ledger, and tried again by every call.";

const REREAD_EXAMPLES: &str = "\
Examples:
  legation reread
  legation reread --record crisis.db --data mine/

Read again is what was read with other data, models or another version of the program; the texts are in the record, their
files are not needed. Old readings stay in the record. A run that was stopped goes on where it was when it is called again.";

const VERIFY_EXAMPLES: &str = "\
Examples:
  legation verify --record crisis.db
  legation verify --record crisis.db --output saved.db && legation reread --record saved.db

Exits with 0 if all is whole, with 5 if something is damaged. Reports whose text is whole but not what was read in them are
saved with their text; legation reread reads them again.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  legation explain report.txt --sentence 3
  echo \"Kenya recalled its envoy from Norway.\" | legation explain -

Told of each sentence: its tree; each event with its frame, where that frame looked for actor and recipient and
what stood there; frames that fired and made no event, and why; frames that nearly fired, and what they missed.";

const FIND_EXAMPLES: &str = "\
Examples:
  legation actors find Lavrov --on 2025-04-02
  legation actors find \"Russian leader\" --on 1998-05-01
  legation actors find \"the Blue House\"

Exits with 1 if nobody is meant.";

const IMPORT_EXAMPLES: &str = "\
Examples:
  legation actors import --from petrarch Phoenix.Countries.actors.txt --output mine/
  legation actors import --from wikidata results.json --output mine/ && legation read report.txt --data mine/

A query for Wikidata (https://query.wikidata.org); one row a term of office:
  SELECT ?person ?personLabel ?positionLabel ?countryCode ?start ?end WHERE {
    VALUES ?position { wd:Q191954 }
    ?person p:P39 ?held. ?held ps:P39 ?position. ?position wdt:P1001 ?country. ?country wdt:P298 ?countryCode.
    OPTIONAL { ?held pq:P580 ?start } OPTIONAL { ?held pq:P582 ?end }
    SERVICE wikibase:label { bd:serviceParam wikibase:language \"en\". }
  }";

/// Read diplomatic and political news into a record that can be checked
///
/// Who did or said what to whom, when, where, and according to whom; what is planned, and who confirms or denies it.
#[derive(Debug, Parser)]
#[command(
    name = "legation",
    after_help = EXIT_CODES,
    disable_version_flag = true,
    arg_required_else_help = true,
    subcommand_required = false,
    max_term_width = 100
)]
pub struct Cli {
    /// Print the version with the hashes of data and models
    #[arg(short = 'V', long, action = ArgAction::SetTrue)]
    pub version: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<CliCommand>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum CliCommand {
    /// Read reports and print what is in them
    Read(ReadArguments),
    /// Read reports and keep what is in them in a record
    Keep(KeepArguments),
    /// Questions that a record answers
    #[command(flatten)]
    Ask(AskCommand),
    /// What lies over readings
    #[command(flatten)]
    Layers(LayersCommand),
    /// Read kept reports again, with newer data or models
    Reread(RereadArguments),
    /// Check a record for damage, and save what can still be read
    Verify(VerifyArguments),
    /// Say why events were read in a report, and which were nearly read
    Explain(ExplainArguments),
    /// Check data files: the shipped ones, or your own
    Check(CheckArguments),
    /// Ask who is meant by a name, and take over what others know of actors
    #[command(subcommand)]
    Actors(ActorsCommand),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page (troff)
    Man,
}

/// Read reports and print what is in them.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ReadArguments {
    /// Files, folders (walked in sorted order: .txt .text .html .htm .xhtml), or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Day of publication (2025-04-02), over what the report itself says
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub published: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Your own data files, laid over the shipped ones
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Threads; the output is the same with any number
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Write here instead of to standard output; the file appears whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Read reports and keep what is in them in a record.
#[derive(Args, Debug)]
#[command(after_help = KEEP_EXAMPLES)]
pub struct KeepArguments {
    /// Files, folders (walked in sorted order: .txt .text .html .htm .xhtml), or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The record; made if there is none
    #[arg(long, value_name = "FILE", env = "LEGATION_RECORD", default_value = "legation.db")]
    pub record: PathBuf,
    /// Day of publication (2025-04-02), over what the reports themselves say
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub published: Option<Date>,
    /// Outlet of the reports, over what they themselves say
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Your own data files, laid over the shipped ones
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Threads; the record is the same with any number
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Print a line of JSON for each report once it is on the disk: its key, what became of it, its number
    #[arg(long)]
    pub acknowledge: bool,
    /// Show no progress and no summary; faults are told all the same
    #[arg(long, short)]
    pub quiet: bool,
    /// Seconds to wait for another program that writes to the record
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    pub wait: u16,
}

/// Read kept reports again, with newer data or models.
#[derive(Args, Debug)]
#[command(after_help = REREAD_EXAMPLES)]
pub struct RereadArguments {
    /// The record
    #[arg(long, value_name = "FILE", env = "LEGATION_RECORD", default_value = "legation.db")]
    pub record: PathBuf,
    /// Read all again, whatever they were read with
    #[arg(long)]
    pub all: bool,
    /// Your own data files, laid over the shipped ones
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Threads; the record is the same with any number
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Show no progress and no summary; faults are told all the same
    #[arg(long, short)]
    pub quiet: bool,
    /// Seconds to wait for another program that writes to the record
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    pub wait: u16,
}

/// Check a record for damage, and save what can still be read.
#[derive(Args, Debug)]
#[command(after_help = VERIFY_EXAMPLES)]
pub struct VerifyArguments {
    /// The record
    #[arg(long, value_name = "FILE", env = "LEGATION_RECORD", default_value = "legation.db")]
    pub record: PathBuf,
    /// Write what can be read into this new record
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Say why events were read in a report, and which were nearly read.
#[derive(Args, Debug)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub struct ExplainArguments {
    /// A file, or - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Only this sentence, counted from 1; else all with a word that some frame knows
    #[arg(long, value_name = "N")]
    pub sentence: Option<NonZeroUsize>,
    /// Day of publication (2025-04-02), over what the report itself says
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub published: Option<Date>,
    /// Your own data files, laid over the shipped ones
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// How readings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables for people
    Text,
    /// One JSON array of readings (legation.reading/1)
    Json,
    /// One reading a line (legation.reading/1)
    Jsonl,
    /// Words, tags and trees (CoNLL-U)
    Conllu,
    /// What is planned for a known day or month, as one calendar (RFC 5545)
    Ics,
}

/// Check data files: the shipped ones, or your own laid over them.
#[derive(Args, Debug)]
pub struct CheckArguments {
    /// Folder with data files of your own, in the layout of data/
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// What to do with actors.
#[derive(Debug, Subcommand)]
pub enum ActorsCommand {
    /// Say step by step who is meant by a name on a day
    Find(FindArguments),
    /// Make data files of a dictionary of actors, or of query results
    Import(ImportArguments),
}

/// Say step by step who is meant by a name on a day.
#[derive(Args, Debug)]
#[command(after_help = FIND_EXAMPLES)]
pub struct FindArguments {
    /// A name, with or without title, or a description
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The day of the report (2025-04-02)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Date>,
    /// Your own data files, laid over the shipped ones
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// Make data files of a dictionary of actors, or of query results.
#[derive(Args, Debug)]
#[command(after_help = IMPORT_EXAMPLES)]
pub struct ImportArguments {
    /// The file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What kind of file it is
    #[arg(long, value_enum)]
    pub from: ImportFormat,
    /// Write the data files below this folder, for --data; without it, only report
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Take also what the shipped data have otherwise
    #[arg(long)]
    pub replace: bool,
    /// Report every entry that was not taken, not only a few of each kind
    #[arg(long)]
    pub all: bool,
}

/// Kinds of files that actors can be taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportFormat {
    /// A PETRARCH or TABARI dictionary of actors or of agents
    Petrarch,
    /// Results of a Wikidata query, as SPARQL JSON or CSV
    Wikidata,
}

/// The command line as clap knows it, for completions, the manual page and the reference.
#[must_use]
pub fn command() -> Command {
    Cli::command()
}

/// A day of the years 1 to 9999.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    let date: Date = text.parse().map_err(|_| "not a day; write it as 2025-04-02".to_owned())?;
    if date.year() < 1 { Err("only the years 1 to 9999 are known".to_owned()) } else { Ok(date) }
}

#[cfg(test)]
mod tests {
    use super::{command, day};

    #[test]
    fn the_definition_holds_together() {
        command().debug_assert();
    }

    #[test]
    fn days_are_days() {
        assert!(day("2025-04-02").is_ok());
        assert!(day("9999-12-31").is_ok());
        for wrong in ["2025-13-01", "yesterday", "02.04.2025", "-0004-01-01", ""] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }
}
