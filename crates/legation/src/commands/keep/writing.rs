//! What was read goes into the record, a batch at a time.

use std::io::{self, Write as _};

use indicatif::ProgressBar;
use jiff::Timestamp;
use legation_read::Reading;
use legation_record::{Given, Incoming, Outcome, Record, Run};
use serde_json::json;

use crate::{exit::Failure, output};

/// An input that has been dealt with.
pub(super) struct Finished {
    pub(super) key: String,
    /// Its name in messages.
    pub(super) name: String,
    /// Whose it is in the coverage ledger.
    pub(super) source: String,
    pub(super) bytes: Vec<u8>,
    pub(super) what: What,
}

/// What came of an input.
pub(super) enum What {
    /// Kept already, under this number: there was nothing to read.
    Known(i64),
    Reading(Box<Reading>),
    Fault(String),
}

/// Counts of what became of the inputs.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) kept: usize,
    /// Those of the kept and changed without a sentence.
    pub(super) empty: usize,
    pub(super) changed: usize,
    pub(super) same: usize,
    pub(super) failed: usize,
}

impl Counts {
    pub(super) fn sum(&self) -> usize {
        self.kept + self.changed + self.same + self.failed
    }
}

/// Writes batches.
pub(super) struct Writing<'a> {
    pub(super) record: &'a mut Record,
    pub(super) run: Run,
    pub(super) given: &'a Given,
    pub(super) bar: &'a ProgressBar,
    /// Whether each input is acknowledged on standard output once it is on the disk.
    pub(super) acknowledges: bool,
    pub(super) counts: Counts,
}

impl Writing<'_> {
    /// Keeps a batch: when it returns, the batch is on the disk.
    ///
    /// # Errors
    /// Those of the record.
    pub(super) fn write(&mut self, batch: &[Finished]) -> Result<(), Failure> {
        let new: Vec<Incoming<'_>> = batch.iter().filter_map(|item| incoming(item, self.given)).collect();
        let outcomes =
            if new.is_empty() { Vec::new() } else { self.record.keep(self.run, &new, Timestamp::now())? };
        let mut outcomes = outcomes.into_iter();
        let mut lines = String::new();
        for item in batch {
            let outcome = match item.what {
                What::Known(id) => Outcome::Same(id),
                // There are as many outcomes as inputs.
                What::Reading(_) | What::Fault(_) => outcomes.next().unwrap_or(Outcome::Failed),
            };
            self.count(item, &outcome);
            if self.acknowledges {
                lines.push_str(&acknowledgement(&item.key, &outcome));
            }
        }
        self.bar.inc(batch.len() as u64);
        self.acknowledge(&lines);
        Ok(())
    }

    fn count(&mut self, item: &Finished, outcome: &Outcome) {
        match outcome {
            Outcome::Kept(_) => self.counts.kept += 1,
            Outcome::Changed(_) => self.counts.changed += 1,
            Outcome::Same(_) => self.counts.same += 1,
            Outcome::Failed => self.counts.failed += 1,
        }
        match &item.what {
            What::Fault(message) => {
                self.bar.suspend(|| output::complain(format!("{}: {message}", item.name)));
            }
            What::Reading(reading) if !matches!(outcome, Outcome::Same(_)) => {
                self.counts.empty += usize::from(reading.segments.sentences.is_empty());
            }
            What::Reading(_) | What::Known(_) => {}
        }
    }

    /// Says what is on the disk; whoever stops listening does not stop the keeping.
    fn acknowledge(&mut self, lines: &str) {
        let mut out = io::stdout().lock();
        let said = out.write_all(lines.as_bytes()).and_then(|()| out.flush());
        self.acknowledges &= said.is_ok();
    }
}

fn incoming<'a>(item: &'a Finished, given: &'a Given) -> Option<Incoming<'a>> {
    let read = match &item.what {
        What::Known(_) => return None,
        What::Reading(reading) => Ok(&**reading),
        What::Fault(message) => Err(message.as_str()),
    };
    Some(Incoming { key: &item.key, source: &item.source, bytes: &item.bytes, given, read })
}

/// One line of JSON: the key, what became of it, its number in the record.
fn acknowledgement(key: &str, outcome: &Outcome) -> String {
    let (outcome, report) = match outcome {
        Outcome::Kept(id) => ("kept", Some(id)),
        Outcome::Changed(id) => ("changed", Some(id)),
        Outcome::Same(id) => ("known", Some(id)),
        Outcome::Failed => ("failed", None),
    };
    format!("{}\n", json!({"key": key, "outcome": outcome, "report": report}))
}
