//! Stories told by several reports each, kept in one record: copies found, events merged as an analyst would.
//!
//! The figures printed: copies by pairs of reports (precision, recall, F1); events by B-cubed (Bagga and Baldwin 1998) over
//! the mentions that were read, and over all mentions of the gold, where one that was not read stands alone.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking and prints its figures, its helpers too"
)]

#[path = "stories/layers.rs"]
mod layers;
#[path = "stories/score.rs"]
mod score;
#[path = "stories/story.rs"]
mod story;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use legation_read::Reading;
use legation_record::{Made, Record};

use score::{bcubed, copies};
use story::{Mention, Story};
use support::Printed;

fn stories() -> Vec<Story> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    files
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            Story::parse(&name, &fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// The reports of all stories, in the order of publication.
fn printed(stories: &[Story]) -> Vec<Printed<'_>> {
    let mut reports: Vec<_> = stories.iter().flat_map(|story| &story.reports).collect();
    reports.sort_by_key(|report| (report.published, report.key.clone()));
    let mut printed = Vec::with_capacity(reports.len());
    for report in reports {
        printed.push(Printed {
            key: &report.key,
            outlet: &report.outlet,
            published: report.published,
            text: &report.text,
        });
    }
    printed
}

/// All stories in one record.
fn kept(stories: &[Story]) -> Record {
    let mut record = Record::in_memory().unwrap();
    for batch in printed(stories).chunks(16) {
        support::keep(&mut record, batch);
    }
    record
}

#[test]
fn copies_and_events_are_those_of_the_gold() {
    let stories = stories();
    let mut record = kept(&stories);
    let reports: usize = stories.iter().map(|story| story.reports.len()).sum();
    println!("{} stories, {reports} reports", stories.len());
    let copies = copies(&stories, &record);
    println!("copies: {copies}");
    let mentions: Vec<Mention> = stories.iter().flat_map(|story| story.mentions(&record)).collect();
    let found: Vec<Mention> = mentions.iter().filter(|mention| mention.event.is_some()).cloned().collect();
    let (read, all) = (bcubed(&found), bcubed(&mentions));
    println!("mentions read: {} of {}", found.len(), mentions.len());
    println!("events over mentions read: {read}");
    println!("events over all mentions: {all}");
    if std::env::var_os("LEGATION_ERRORS").is_some() {
        score::print_errors(&record, &mentions);
    }
    let (plans, contradictions) =
        (layers::plans(&stories, &mut record), layers::contradictions(&stories, &mut record));
    println!("plans: {plans:?}");
    println!("contradictions: {contradictions:?}");
    assert!(found.len() * 100 >= mentions.len() * 45, "{} of {} mentions read", found.len(), mentions.len());
    assert!(copies.f1() >= 0.95, "copies: {copies}");
    assert!(read.f1() >= 0.85, "events: {read}");
}

/// Reads texts that are kept once more, in one batch.
fn keep_again(record: &mut Record, printed: &[(i64, &Printed<'_>)]) {
    let made = Made { legation: "test".to_owned(), data: "again".to_owned(), models: String::new() };
    let run = record.begin("reread", &made, Timestamp::UNIX_EPOCH).unwrap();
    let readings: Vec<(i64, Reading)> =
        printed.iter().map(|(report, printed)| (*report, support::read(printed))).collect();
    let batch: Vec<(i64, &Reading)> = readings.iter().map(|(report, reading)| (*report, reading)).collect();
    record.keep_again(run, &batch).unwrap();
    record.end(run, Timestamp::UNIX_EPOCH).unwrap();
}

/// The places of the claims of each event, as sets.
fn events(record: &mut Record) -> BTreeSet<String> {
    let query =
        "SELECT group_concat(place, ' ') FROM (SELECT event, key || ' ' || start || ' ' || type AS place
            FROM claim JOIN report ON report.id = claim.report WHERE claim.is_live ORDER BY place)
        GROUP BY event";
    layers::rows(record, query).into_iter().map(|mut row| row.swap_remove(0)).collect()
}

#[test]
fn reading_the_same_again_moves_hardly_a_claim() {
    let stories = stories();
    let mut record = kept(&stories);
    let before = events(&mut record);
    let printed = printed(&stories);
    let numbered: Vec<(i64, &Printed<'_>)> = (1..).zip(&printed).collect();
    for batch in numbered.chunks(3).rev() {
        keep_again(&mut record, batch);
    }
    let after = events(&mut record);
    let gone: Vec<&String> = before.difference(&after).collect();
    // Where two stories of one week have the same parties, which claims meet first decides.
    assert!(gone.len() * 100 <= before.len(), "{} of {} events changed: {gone:#?}", gone.len(), before.len());
}
