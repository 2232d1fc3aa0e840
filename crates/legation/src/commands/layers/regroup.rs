//! `legation regroup`: claims merged anew at another likeness.

use jiff::Timestamp;
use legation_record::snapshot::Diff;

use crate::{exit::Failure, layers_cli::RegroupArguments, output};

/// Merges all claims anew and tells what changed.
///
/// # Errors
/// If there is no record, it cannot be written, or the likeness is none.
pub(super) fn run(arguments: &RegroupArguments) -> Result<u8, Failure> {
    let mut record = super::open_to_write(&arguments.record)?;
    let before = record.state()?;
    let (earlier, later) = record.regroup(arguments.threshold, Timestamp::now())?;
    let diff = Diff::of(&before, &record.state()?);
    output::note(format!("events: {earlier} before, {later} at a likeness of {}", arguments.threshold));
    super::diff::print_diff(&diff, arguments.format)
}
