//! `legation read`: reports in, readings out, in the order of the input whatever the number of threads.

use std::panic::{AssertUnwindSafe, catch_unwind};

use legation_read::{Input, Reader, Reading, source};
use rayon::prelude::*;

use crate::{
    calendar,
    cli::{Format, ReadArguments},
    conllu,
    exit::{self, Failure},
    inputs::{self, Source},
    output::{self, Sink},
    people, progress,
    wire::{self, Made},
};

/// Documents read side by side before they are written: enough to keep threads busy, few enough to hold in memory.
const BATCH: usize = 64;

/// Reads everything the arguments name and prints it.
///
/// # Errors
/// If there is nothing to read, the data are wrong, or the output cannot be written.
pub(crate) fn run(arguments: &ReadArguments) -> Result<u8, Failure> {
    let found = inputs::find(&arguments.paths);
    for failure in &found.failures {
        output::complain(failure);
    }
    if found.sources.is_empty() {
        return Ok(exit::USAGE);
    }
    let (reader, made) = super::reader(arguments.data.as_deref())?;
    let threads = arguments.jobs.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool =
        pool.map_err(|error| Failure::new(exit::INTERNAL, format!("cannot start threads: {error}")))?;
    let printer = Printer { arguments, made: &made, width: output::width(arguments.output.as_deref()) };
    let mut sink = Sink::open(arguments.output.as_deref())?;
    let progress = progress::bar(found.sources.len());
    let mut failed = !found.failures.is_empty();
    let mut written = 0;
    sink.put(printer.head())?;
    for batch in found.sources.chunks(BATCH) {
        let readings: Vec<Result<String, String>> =
            pool.install(|| batch.par_iter().map(|source| printer.read(&reader, source)).collect());
        for reading in readings {
            match reading {
                Ok(text) => {
                    sink.put(printer.separator(written))?;
                    sink.put(&text)?;
                    written += 1;
                }
                Err(message) => {
                    failed = true;
                    progress.suspend(|| output::complain(message));
                }
            }
            progress.inc(1);
        }
    }
    progress.finish_and_clear();
    sink.put(printer.foot())?;
    sink.finish()?;
    Ok(if failed { exit::SOME_FAILED } else { exit::SUCCESS })
}

/// Turns sources into printed readings.
struct Printer<'a> {
    arguments: &'a ReadArguments,
    made: &'a Made,
    width: usize,
}

impl Printer<'_> {
    fn read(&self, reader: &Reader, source: &Source) -> Result<String, String> {
        let bytes = source.bytes(source::MAX_BYTES).map_err(|error| format!("{}: {error}", source.name()))?;
        let input = Input { published: self.arguments.published, ..Input::new(&source.id, &bytes) };
        // One bad document never stops a batch, not even one that finds a fault in the program.
        let reading = catch_unwind(AssertUnwindSafe(|| reader.read(&input)));
        let reading = reading.map_err(|_| {
            format!("{}: a fault in legation itself; please report it with this document", source.name())
        })?;
        Ok(self.print(&reading))
    }

    fn print(&self, reading: &Reading) -> String {
        match self.arguments.format {
            Format::Text => people::text(reading, self.width),
            Format::Json => format!("{:#}", wire::reading(reading, self.made)),
            Format::Jsonl => format!("{}\n", wire::reading(reading, self.made)),
            Format::Conllu => conllu::reading(reading),
            Format::Ics => calendar::entries(reading),
        }
    }

    fn head(&self) -> &'static str {
        match self.arguments.format {
            Format::Json => "[\n",
            Format::Ics => calendar::HEAD,
            _ => "",
        }
    }

    fn separator(&self, written: usize) -> &'static str {
        match self.arguments.format {
            Format::Json if written > 0 => ",\n",
            Format::Text if written > 0 => "\n",
            _ => "",
        }
    }

    fn foot(&self) -> &'static str {
        match self.arguments.format {
            Format::Json => "\n]\n",
            Format::Ics => calendar::FOOT,
            _ => "",
        }
    }
}
