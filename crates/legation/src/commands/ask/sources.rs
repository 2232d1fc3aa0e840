//! `legation sources`: what was read of each source, and what was not.

use super::{filter, open, printing::list};
use crate::{ask_cli::SourcesArguments, exit::Failure};

/// Lists the sources, or their days.
///
/// # Errors
/// If there is no record, the source is not known, or the output cannot be written.
pub(super) fn run(arguments: &SourcesArguments) -> Result<u8, Failure> {
    let record = open(&arguments.record)?;
    let filter = filter(&record, arguments.days, arguments.source.as_ref())?;
    let source = filter.source.as_deref();
    if arguments.by_day {
        let days = record.coverage_days(source, filter.from, filter.to)?;
        return list(&arguments.printing, "days", days.len(), |number| Ok(days[number].clone()));
    }
    let sources = record.coverage(source, filter.from, filter.to)?;
    list(&arguments.printing, "sources", sources.len(), |number| Ok(sources[number].clone()))
}
