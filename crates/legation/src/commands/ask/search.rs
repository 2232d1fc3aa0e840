//! `legation search`: words in titles and texts.

use super::{filter, open, printing::list};
use crate::{ask_cli::SearchArguments, exit::Failure, output};

/// Lists the reports that have the words, the best first.
///
/// # Errors
/// If there is no record, the question cannot be understood, or the output cannot be written.
pub(super) fn run(arguments: &SearchArguments) -> Result<u8, Failure> {
    let record = open(&arguments.record)?;
    let filter = filter(&record, arguments.days, arguments.source.as_ref())?;
    let search = record.search(&arguments.words.join(" "), &filter)?;
    let total = search.hits.len();
    if search.reports > total {
        output::note(format!("{} reports have the words, with {total} different texts", search.reports));
    }
    list(&arguments.printing, "texts", total, |number| record.hit(&search, search.hits[number]))
}
