//! `legation keep`: reports in, a record of them on the disk.

mod batches;
mod writing;

use std::io::{self, Write as _};
use std::path::Path;

use jiff::Timestamp;
use legation_record::{Given, Made, Record};

use super::reading;
use crate::{
    cli::KeepArguments,
    exit::{self, Failure},
    inputs::{self, Source},
    interrupt::Interrupt,
    output,
    overlap::overlapped,
    progress,
};
use batches::{Batches, Item};
use writing::{Counts, Writing};

/// Reads everything the arguments name and keeps it.
///
/// # Errors
/// If there is nothing to read, the data are wrong, or the record cannot be used or written.
pub(crate) fn run(arguments: &KeepArguments) -> Result<u8, Failure> {
    let found = inputs::find(&arguments.paths);
    for failure in &found.failures {
        output::complain(failure);
    }
    let sources = without_record(found.sources, &arguments.record);
    if sources.is_empty() {
        return Ok(exit::USAGE);
    }
    let (reader, made) = super::reader(arguments.data.as_deref())?;
    let made = Made { legation: env!("CARGO_PKG_VERSION").to_owned(), data: made.data, models: made.models };
    let pool = reading::threads(arguments.jobs)?;
    let mut record = Record::open_waiting(&arguments.record, super::patience(arguments.wait))?;
    record.set_states(&super::states(&reader))?;
    let lookup = Record::open_to_read(&arguments.record)?;
    let given = Given { published: arguments.published, outlet: arguments.outlet.clone(), url: None };
    let run = record.begin("keep", &made, Timestamp::now())?;
    let bar = progress::bar(if arguments.quiet { 0 } else { sources.len() });
    let interrupt = Interrupt::listen();
    let mut batches = Batches::new(&sources, &lookup, &pool);
    let counts = Counts { failed: found.failures.len(), ..Counts::default() };
    let acknowledges = arguments.acknowledge;
    let mut writing = Writing { record: &mut record, run, given: &given, bar: &bar, acknowledges, counts };
    overlapped(
        || {
            if interrupt.is_asked() {
                return Ok(None);
            }
            let batch = batches.next()?;
            Ok(batch.map(|batch| reading::all(&pool, batch, |item: Item<'_>| item.read(&reader, &given))))
        },
        |batch| writing.write(&batch),
    )?;
    let counts = writing.counts;
    bar.finish_and_clear();
    let is_done = counts.sum() >= sources.len() + found.failures.len();
    if is_done {
        record.end(run, Timestamp::now())?;
    }
    if !arguments.quiet {
        say(&counts, sources.len() + found.failures.len(), &arguments.record);
    }
    Ok(match () {
        () if !is_done => exit::INTERRUPTED,
        () if counts.failed > 0 => exit::SOME_FAILED,
        () => exit::SUCCESS,
    })
}

/// The sources but the record itself, which may lie in a folder of reports.
fn without_record(mut sources: Vec<Source>, record: &Path) -> Vec<Source> {
    let Ok(record) = record.canonicalize() else {
        return sources;
    };
    let beside = ["", "-wal", "-shm", "-journal"].map(|ending| {
        let mut name = record.clone().into_os_string();
        name.push(ending);
        std::path::PathBuf::from(name)
    });
    sources.retain(|source| {
        let is_record = beside.iter().any(|file| source.is(file));
        if is_record {
            output::complain(format!("{}: left out, since it is the record itself", source.name()));
        }
        !is_record
    });
    sources
}

fn say(counts: &Counts, inputs: usize, record: &Path) {
    let Counts { kept, empty, changed, same, failed } = counts;
    let mut line = format!("{kept} kept");
    if *empty > 0 {
        line.push_str(&format!(" ({empty} of them empty)"));
    }
    line.push_str(&format!(", {changed} changed, {same} known already, {failed} failed"));
    if counts.sum() < inputs {
        let left = inputs - counts.sum();
        line.push_str(&format!("; stopped with {left} to go, call it again to go on"));
    }
    // A summary that cannot be written changes nothing about what was kept.
    let _ = writeln!(io::stderr(), "{}: {line}", record.display());
}
