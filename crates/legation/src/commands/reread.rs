//! `legation reread`: kept reports read again with newer data or models; the old readings stay.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{self, Write as _};

use jiff::Timestamp;
use legation_read::{Input, Reader, Reading};
use legation_record::{BATCH, Changes, Kept, Made, Record};

use super::reading;
use crate::{
    cli::RereadArguments,
    exit::{self, Failure},
    interrupt::Interrupt,
    output::{self, Sink},
    overlap::overlapped,
    progress,
};

/// Bytes after which a batch is closed all the same.
const BYTES: usize = 8 << 20;

/// Counts of what became of the reports.
#[derive(Default)]
struct Counts {
    read: usize,
    failed: usize,
    changes: Changes,
}

/// Reads again what was read with other data, models or another version of the program.
///
/// # Errors
/// If the record is not there or cannot be used or written, or the data are wrong.
pub(crate) fn run(arguments: &RereadArguments) -> Result<u8, Failure> {
    let mut record = Record::open_existing(&arguments.record, super::patience(arguments.wait))?;
    let lookup = Record::open_to_read(&arguments.record)?;
    let (reader, made) = super::reader(arguments.data.as_deref())?;
    let made = Made { legation: env!("CARGO_PKG_VERSION").to_owned(), data: made.data, models: made.models };
    let pool = reading::threads(arguments.jobs)?;
    let run = record.begin("reread", &made, Timestamp::now())?;
    let mut left: VecDeque<i64> = lookup.outdated(run, arguments.all)?.into();
    let reports = left.len();
    let bar = progress::bar(if arguments.quiet { 0 } else { reports });
    let interrupt = Interrupt::listen();
    let mut counts = Counts::default();
    overlapped(
        || {
            if interrupt.is_asked() {
                return Ok(None);
            }
            let batch = load(&lookup, &mut left)?;
            let is_end = batch.is_empty();
            Ok((!is_end).then(|| reading::all(&pool, batch, |kept| read(&reader, kept))))
        },
        |batch: Vec<(i64, Result<Reading, String>)>| {
            let readings: Vec<(i64, &Reading)> =
                batch.iter().filter_map(|(report, read)| Some((*report, read.as_ref().ok()?))).collect();
            add(&mut counts.changes, record.keep_again(run, &readings)?);
            counts.read += readings.len();
            counts.failed += batch.len() - readings.len();
            for fault in batch.iter().filter_map(|(_, read)| read.as_ref().err()) {
                bar.suspend(|| output::complain(fault));
            }
            bar.inc(batch.len() as u64);
            Ok(())
        },
    )?;
    bar.finish_and_clear();
    let is_done = counts.read + counts.failed >= reports;
    if is_done {
        record.end(run, Timestamp::now())?;
    }
    say(&counts, reports, arguments)?;
    Ok(match () {
        () if !is_done => exit::INTERRUPTED,
        () if counts.failed > 0 => exit::SOME_FAILED,
        () => exit::SUCCESS,
    })
}

/// The next reports, taken out of the record.
fn load(lookup: &Record, left: &mut VecDeque<i64>) -> Result<Vec<Kept>, Failure> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH && bytes < BYTES {
        let Some(report) = left.pop_front() else { break };
        let kept = lookup.kept(report)?;
        bytes += kept.bytes.len();
        batch.push(kept);
    }
    Ok(batch)
}

fn read(reader: &Reader, kept: Kept) -> (i64, Result<Reading, String>) {
    let Kept { report, key, document, bytes, given } = kept;
    let input = Input {
        published: given.published,
        outlet: given.outlet.as_deref(),
        url: given.url.as_deref(),
        ..Input::new(&document, &bytes)
    };
    (report, reading::one(reader, &input).map_err(|message| format!("{key}: {message}")))
}

fn add(sum: &mut Changes, changes: Changes) {
    for (kind, tally) in changes {
        let all = sum.entry(kind).or_default();
        all.same += tally.same;
        all.came += tally.came;
        all.went += tally.went;
        all.changed += tally.changed;
    }
}

/// Tells what changed: a table on standard output, a line for people on standard error.
fn say(counts: &Counts, reports: usize, arguments: &RereadArguments) -> Result<(), Failure> {
    if arguments.quiet {
        return Ok(());
    }
    let Counts { read, failed, changes } = counts;
    let mut line = format!("{read} read again, {failed} failed");
    let left = reports - read - failed;
    if left > 0 {
        let _ = write!(line, "; stopped with {left} to go, call it again to go on");
    }
    // A summary that cannot be written changes nothing about what was kept.
    let _ = writeln!(io::stderr(), "{}: {line}", arguments.record.display());
    if changes.is_empty() {
        return Ok(());
    }
    let mut table =
        format!("{:12} {:>9} {:>9} {:>9} {:>9}\n", "claims", "as before", "changed", "came", "went");
    for (kind, tally) in changes {
        let (same, changed, came, went) = (tally.same, tally.changed, tally.came, tally.went);
        let _ = writeln!(table, "{kind:12} {same:9} {changed:9} {came:9} {went:9}");
    }
    let mut sink = Sink::open(None)?;
    sink.put(&table)?;
    sink.finish()
}
