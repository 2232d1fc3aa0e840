//! Bad input gets a clear error or a named problem, and never stops the rest of the batch.

use std::fs;
use std::time::{Duration, Instant};

use super::{REPORT, code, folder, legation, legation_with_input, problems, readings, stderr, stdout};

/// Generous for a debug build on a slow machine, far below what anything but linear time would take.
const PATIENCE: Duration = Duration::from_secs(300);

fn read(input: &[u8]) -> serde_json::Value {
    let start = Instant::now();
    let output = legation_with_input(&["read", "-", "--format", "jsonl"], input);
    assert!(start.elapsed() < PATIENCE, "took {:?}", start.elapsed());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    readings(&output).remove(0)
}

#[test]
fn one_bad_document_does_not_stop_the_batch() {
    let folder = folder("batch");
    fs::write(folder.join("a.txt"), b"").unwrap();
    fs::write(folder.join("b.txt"), b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0").unwrap();
    fs::write(folder.join("c.txt"), b"A \xff\xfe broken report from Oslo. It was read.").unwrap();
    fs::write(folder.join("d.txt"), REPORT).unwrap();
    let output = legation(&["read", "--format", "jsonl", folder.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let found = readings(&output);
    assert_eq!(found.len(), 4);
    assert!(problems(&found[0]).contains(&"source/empty".to_owned()), "{:?}", problems(&found[0]));
    assert!(problems(&found[1]).contains(&"source/binary".to_owned()), "{:?}", problems(&found[1]));
    assert!(!problems(&found[3]).iter().any(|code| code == "source/empty" || code == "source/binary"));
    assert!(!found[3]["sentences"].as_array().unwrap().is_empty());
}

#[test]
fn paths_that_are_not_there_are_told_and_the_rest_is_read() {
    let folder = folder("absent");
    let there = folder.join("there.txt");
    fs::write(&there, REPORT).unwrap();
    let absent = folder.join("absent.txt");
    let output = legation(&["read", "--format", "jsonl", absent.to_str().unwrap(), there.to_str().unwrap()]);
    assert_eq!(code(&output), 1);
    assert_eq!(readings(&output).len(), 1);
    assert!(
        stderr(&output).contains("absent.txt") && stderr(&output).contains("hint"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_folder_without_reports_is_told() {
    let folder = folder("nothing");
    fs::write(folder.join("photo.jpg"), b"x").unwrap();
    let output = legation(&["read", folder.to_str().unwrap()]);
    assert_eq!(code(&output), 2);
    assert_eq!(stdout(&output), "");
    assert!(stderr(&output).contains("no readable report"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn a_path_that_vanishes_half_way_is_told_and_the_rest_is_read() {
    let folder = folder("vanish");
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    // A link to nothing is listed by the walk and gone when it is opened.
    std::os::unix::fs::symlink(folder.join("gone"), folder.join("b.txt")).unwrap();
    fs::write(folder.join("c.txt"), REPORT).unwrap();
    let output = legation(&["read", "--format", "jsonl", folder.to_str().unwrap()]);
    assert_eq!(code(&output), 1);
    assert_eq!(readings(&output).len(), 2);
    assert!(stderr(&output).contains("b.txt"), "{}", stderr(&output));
}

#[test]
fn a_line_of_five_megabytes_is_read() {
    let line =
        "The ministers of Chad and Niger met in Abuja on Friday and agreed to talk again. ".repeat(65_000);
    let reading = read(&line.as_bytes()[..5 << 20]);
    assert!(reading["sentences"].as_array().unwrap().len() > 60_000);
}

#[test]
fn a_word_of_five_megabytes_is_read() {
    let reading = read(&vec![b'x'; 5 << 20]);
    assert_eq!(reading["document"]["id"], "stdin");
}

#[test]
fn ten_thousand_nested_tags_are_read() {
    let page = format!(
        "<html><body>{}<p>Kenya thanked Norway.</p>{}",
        "<div>".repeat(10_000),
        "</div>".repeat(10_000)
    );
    read(page.as_bytes());
}

#[test]
fn a_file_of_two_hundred_megabytes_is_refused_by_name() {
    let path = folder("large").join("large.txt");
    fs::File::create(&path).unwrap().set_len(200 << 20).unwrap();
    let start = Instant::now();
    let output = legation(&["read", "--format", "jsonl", path.to_str().unwrap()]);
    assert!(start.elapsed() < PATIENCE);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(problems(&readings(&output)[0]), ["source/too-large"]);
}

#[test]
fn a_report_without_a_date_says_so() {
    let reading = read(b"Talks begin\n\nThe two sides met on Tuesday in Vienna.\n");
    assert!(problems(&reading).contains(&"date/no-anchor".to_owned()), "{:?}", problems(&reading));
    assert!(reading["document"]["published"].is_null());
}

#[test]
fn the_year_9999_is_survived() {
    let text = b"Far away\n\nThe treaty of next year and the talks of last week ended two years later.\n";
    for day in ["9999-12-31", "0001-01-01"] {
        let output = legation_with_input(&["read", "-", "--format", "jsonl", "--published", day], text);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        for date in readings(&output)[0]["dates"].as_array().unwrap() {
            let first = date["first"].as_str().unwrap_or("2000");
            assert!(!first.starts_with(['-', '+']), "{date}");
        }
    }
    let output = legation_with_input(&["read", "-", "--published", "10000-01-01"], text);
    assert_eq!(code(&output), 2);
}

#[test]
fn an_output_that_cannot_be_written_is_told() {
    let target = folder("unwritable").join("no/such/folder/out.jsonl");
    let output = legation_with_input(&["read", "-", "--output", target.to_str().unwrap()], REPORT.as_bytes());
    assert_eq!(code(&output), 4);
    assert!(stderr(&output).contains("hint"), "{}", stderr(&output));
}
