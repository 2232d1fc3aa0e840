//! A record in memory, filled with texts.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

use std::sync::LazyLock;

use jiff::{Timestamp, civil::Date};
use legation_read::{Input, Reader, Reading};
use legation_record::{Given, Incoming, Made, Outcome, Record};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::shipped().unwrap());

/// A text with where it was printed.
pub(crate) struct Printed<'a> {
    pub(crate) key: &'a str,
    pub(crate) outlet: &'a str,
    pub(crate) published: Date,
    pub(crate) text: &'a str,
}

/// Keeps texts in one batch.
pub(crate) fn keep(record: &mut Record, printed: &[Printed<'_>]) -> Vec<Outcome> {
    let made = Made { legation: "test".to_owned(), data: String::new(), models: String::new() };
    let at = Timestamp::UNIX_EPOCH;
    let run = record.begin("keep", &made, at).unwrap();
    let given: Vec<Given> = printed
        .iter()
        .map(|printed| Given {
            published: Some(printed.published),
            outlet: Some(printed.outlet.to_owned()),
            url: None,
        })
        .collect();
    let readings: Vec<Reading> = printed.iter().map(read).collect();
    let incoming: Vec<Incoming<'_>> = (printed.iter().zip(&given).zip(&readings))
        .map(|((printed, given), reading)| Incoming {
            key: printed.key,
            source: printed.outlet,
            bytes: printed.text.as_bytes(),
            given,
            read: Ok(reading),
        })
        .collect();
    let outcomes = record.keep(run, &incoming, at).unwrap();
    record.end(run, at).unwrap();
    outcomes
}

/// What is read in a text.
pub(crate) fn read(printed: &Printed<'_>) -> Reading {
    READER.read(&Input {
        published: Some(printed.published),
        outlet: Some(printed.outlet),
        ..Input::new(printed.key, printed.text.as_bytes())
    })
}
