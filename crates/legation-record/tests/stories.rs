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

#[path = "stories/score.rs"]
mod score;
#[path = "stories/story.rs"]
mod story;
mod support;

use std::fs;
use std::path::Path;

use legation_record::Record;

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

/// All stories in one record, in the order of publication.
fn kept(stories: &[Story]) -> Record {
    let mut record = Record::in_memory().unwrap();
    let mut reports: Vec<_> = stories.iter().flat_map(|story| &story.reports).collect();
    reports.sort_by_key(|report| (report.published, report.key.clone()));
    for batch in reports.chunks(16) {
        let printed: Vec<Printed<'_>> = batch
            .iter()
            .map(|report| Printed {
                key: &report.key,
                outlet: &report.outlet,
                published: report.published,
                text: &report.text,
            })
            .collect();
        support::keep(&mut record, &printed);
    }
    record
}

#[test]
fn copies_and_events_are_those_of_the_gold() {
    let stories = stories();
    let record = kept(&stories);
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
    assert!(found.len() * 100 >= mentions.len() * 45, "{} of {} mentions read", found.len(), mentions.len());
    assert!(copies.f1() >= 0.95, "copies: {copies}");
    assert!(read.f1() >= 0.85, "events: {read}");
}
