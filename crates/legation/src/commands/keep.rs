//! `legation keep`: reports in, a record of them on the disk.

use std::io::{self, IsTerminal, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;
use legation_read::{Input, Reader, Reading, source};
use legation_record::{Given, Incoming, Known, Made, Outcome, Record};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::{
    cli::KeepArguments,
    exit::{self, Failure},
    inputs::{self, Source},
    output,
};

/// Documents read side by side before they are kept, in one transaction.
const BATCH: usize = 64;

/// An input, read.
struct Read {
    key: String,
    source: String,
    bytes: Vec<u8>,
    reading: Result<Reading, String>,
}

/// Counts of what became of the inputs.
#[derive(Default)]
struct Counts {
    kept: usize,
    changed: usize,
    same: usize,
    failed: usize,
}

/// Reads everything the arguments name and keeps it.
///
/// # Errors
/// If there is nothing to read, the data are wrong, or the record cannot be used or written.
pub(crate) fn run(arguments: &KeepArguments) -> Result<u8, Failure> {
    let found = inputs::find(&arguments.paths);
    for failure in &found.failures {
        output::complain(failure);
    }
    if found.sources.is_empty() {
        return Ok(exit::USAGE);
    }
    let (reader, made) = super::reader(arguments.data.as_deref())?;
    let made = Made { legation: env!("CARGO_PKG_VERSION").to_owned(), data: made.data, models: made.models };
    let threads = arguments.jobs.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool =
        pool.map_err(|error| Failure::new(exit::INTERNAL, format!("cannot start threads: {error}")))?;
    let mut record = Record::open(&arguments.record)?;
    record.set_states(&super::states(&reader))?;
    let given = Given { published: arguments.published, outlet: arguments.outlet.clone(), url: None };
    let run = record.begin("keep", &made, Timestamp::now())?;
    let progress = progress(&found.sources);
    let mut counts = Counts { failed: found.failures.len(), ..Counts::default() };
    for batch in found.sources.chunks(BATCH) {
        let mut fresh = Vec::with_capacity(batch.len());
        for source in batch {
            match bytes(&record, source) {
                Ok(Some((key, bytes))) => fresh.push((source, key, Ok(bytes))),
                Ok(None) => counts.same += 1,
                Err(Trouble::Source(message)) => {
                    let key = source.key().unwrap_or_else(|| source.name());
                    fresh.push((source, key, Err(message)));
                }
                Err(Trouble::Record(failure)) => return Err(failure),
            }
        }
        let read: Vec<Read> = pool.install(|| {
            fresh
                .into_par_iter()
                .map(|(source, key, bytes)| read(&reader, &given, source, key, bytes))
                .collect()
        });
        let incoming: Vec<Incoming<'_>> = read
            .iter()
            .map(|read| Incoming {
                key: &read.key,
                source: &read.source,
                bytes: &read.bytes,
                given: &given,
                read: read.reading.as_ref().map_err(String::as_str),
            })
            .collect();
        let outcomes = record.keep(run, &incoming, Timestamp::now())?;
        for (outcome, read) in outcomes.iter().zip(&read) {
            match outcome {
                Outcome::Kept(_) => counts.kept += 1,
                Outcome::Changed(_) => counts.changed += 1,
                Outcome::Same(_) => counts.same += 1,
                Outcome::Failed => {
                    counts.failed += 1;
                    if let Err(message) = &read.reading {
                        progress.suspend(|| output::complain(message));
                    }
                }
            }
        }
        progress.inc(batch.len() as u64);
    }
    progress.finish_and_clear();
    record.end(run, Timestamp::now())?;
    say(&counts, arguments);
    Ok(if counts.failed > 0 { exit::SOME_FAILED } else { exit::SUCCESS })
}

/// Why there are no bytes.
enum Trouble {
    Source(String),
    Record(Failure),
}

/// The bytes of a source with its key, unless they are kept already.
fn bytes(record: &Record, source: &Source) -> Result<Option<(String, Vec<u8>)>, Trouble> {
    let bytes = source
        .bytes(source::MAX_BYTES)
        .map_err(|error| Trouble::Source(format!("{}: {error}", source.name())))?;
    let hash = hexadecimal(&Sha256::digest(&bytes));
    let key = source.key().unwrap_or_else(|| format!("stdin:{hash}"));
    match record.known(&key, &hash) {
        Ok(Known::Same(_)) => Ok(None),
        Ok(_) => Ok(Some((key, bytes))),
        Err(error) => Err(Trouble::Record(error.into())),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(
    reader: &Reader,
    given: &Given,
    source: &Source,
    key: String,
    bytes: Result<Vec<u8>, String>,
) -> Read {
    let folder = || source.folder().unwrap_or_else(|| "standard input".to_owned());
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(message) => {
            let source = given.outlet.clone().unwrap_or_else(folder);
            return Read { key, source, bytes: Vec::new(), reading: Err(message) };
        }
    };
    let input = Input {
        published: given.published,
        outlet: given.outlet.as_deref(),
        ..Input::new(&source.id, &bytes)
    };
    let reading = catch_unwind(AssertUnwindSafe(|| reader.read(&input)));
    let reading = reading.map_err(|_| {
        format!("{}: a fault in legation itself; please report it with this document", source.name())
    });
    let outlet = reading.as_ref().ok().and_then(|reading| reading.document.outlet.clone());
    let source = outlet.or_else(|| given.outlet.clone()).unwrap_or_else(folder);
    Read { key, source, bytes, reading }
}

fn say(counts: &Counts, arguments: &KeepArguments) {
    let Counts { kept, changed, same, failed } = counts;
    let line = format!("{kept} kept, {changed} changed, {same} known already, {failed} failed");
    // A summary that cannot be written changes nothing about what was kept.
    let _ = writeln!(io::stderr(), "{}: {line}", arguments.record.display());
}

/// A bar on a terminal when there is more than one document, nothing otherwise.
fn progress(sources: &[Source]) -> ProgressBar {
    if sources.len() < 2 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let length = u64::try_from(sources.len()).unwrap_or(u64::MAX);
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} reports, {eta} left");
    style.map_or(bar.clone(), |style| bar.with_style(style))
}
