//! `legation statements`: who said what.

use super::{filter, open, printing::list, who};
use crate::{ask_cli::StatementsArguments, exit::Failure};

/// Lists the statements asked for.
///
/// # Errors
/// If there is no record, a name is not known, or the output cannot be written.
pub(super) fn run(arguments: &StatementsArguments) -> Result<u8, Failure> {
    let record = open(&arguments.record)?;
    let mut filter = filter(&record, arguments.days, arguments.source.as_ref())?;
    filter.speaker = who(&record, arguments.speaker.as_ref())?;
    filter.about = who(&record, arguments.about.as_ref())?;
    filter.stances = arguments.stance.iter().map(|stance| stance.trim().to_lowercase()).collect();
    filter.copies = arguments.copies;
    filter.newest = arguments.newest;
    let statements = record.statements(&filter)?;
    list(&arguments.printing, "statements", statements.len(), |number| record.statement(statements[number]))
}
