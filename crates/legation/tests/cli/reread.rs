//! Reading kept reports again.

use std::fs;
use std::path::Path;

use super::generator::Generator;
use super::record::{dump, kept, number, same};
use super::{code, command, folder, legation, stderr, stdout};

fn reread(record: &Path, more: &[&str]) -> std::process::Output {
    command(&["reread", "--record", record.to_str().unwrap()]).args(more).output().unwrap()
}

#[test]
fn what_was_read_with_the_same_is_left_alone() {
    let folder = folder("left-alone");
    let reports = folder.join("reports");
    Generator::new().write(&reports, 10);
    let record = kept(&reports, "left-alone.db");
    let before = dump(&record);
    let output = reread(&record, &[]);
    assert_eq!((code(&output), stdout(&output)), (0, String::new()));
    assert!(stderr(&output).contains("0 read again, 0 failed"), "{}", stderr(&output));
    same(&before, &dump(&record));
}

#[test]
fn all_read_again_says_the_same_and_needs_no_files() {
    let folder = folder("all-again");
    let reports = folder.join("reports");
    Generator::new().write(&reports, 90);
    fs::write(
        reports.join("page.html"),
        "<html><head><title>Talks</title></head><body><p>Kenya thanked Norway for its help.</p></body></html>",
    )
    .unwrap();
    let record = kept(&reports, "all-again.db");
    let claims = number(&record, "SELECT count(*) FROM claim");
    fs::remove_dir_all(&reports).unwrap();
    let output = reread(&record, &["--all"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stderr(&output).contains("91 read again"), "{}", stderr(&output));
    for line in stdout(&output).lines().skip(1) {
        let columns: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(columns[2..], ["0", "0", "0"], "{line}");
    }
    assert_eq!(number(&record, "SELECT count(*) FROM claim"), 2 * claims);
    assert_eq!(number(&record, "SELECT count(*) FROM claim WHERE is_live"), claims);
    assert_eq!(number(&record, "SELECT count(*) FROM reading WHERE is_live"), 91);
    // Every claim is in an event that is there, and every event counts its claims.
    let homeless = "SELECT count(*) FROM claim WHERE is_live AND event NOT IN (SELECT id FROM event)";
    assert_eq!(number(&record, homeless), 0);
    assert_eq!(number(&record, "SELECT sum(claims) FROM event"), claims);
    dump(&record);
}

#[test]
fn other_data_are_a_reason_and_what_changed_is_told() {
    let folder = folder("other-data");
    let reports = folder.join("reports");
    fs::create_dir_all(&reports).unwrap();
    let text = "OSLO, 2 April 2023 - The Quorland Salvation Army attacked Kenya. Norway thanked Kenya.\n";
    fs::write(reports.join("a.txt"), text).unwrap();
    let record = kept(&reports, "other-data.db");
    let data = folder.join("data");
    fs::create_dir_all(data.join("registers/groups")).unwrap();
    fs::write(
        data.join("registers/groups/groups.tsv"),
        "key\tkind\tsector\twikidata\tname\tnames\tabbreviations\tmembers\tfrom\tto\tsource\n\
         NOR/quorland-army\tarmed\tREB\t\tQuorland Salvation Army\tQuorland Salvation Army\t\t\t\t\town\n",
    )
    .unwrap();
    let output = reread(&record, &["--data", data.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let table = stdout(&output);
    assert!(
        table
            .lines()
            .any(|line| line.starts_with("ASSAULT") && line.ends_with("0         1         0         0")),
        "{table}"
    );
    let again = reread(&record, &["--data", data.to_str().unwrap()]);
    assert!(stderr(&again).contains("0 read again"), "{}", stderr(&again));
    let back = reread(&record, &[]);
    assert!(stderr(&back).contains("1 read again"), "{}", stderr(&back));
    assert_eq!(number(&record, "SELECT count(*) FROM reading"), 3);
}

#[test]
fn without_a_record_there_is_nothing_to_read_again() {
    let record = folder("no-record").join("none.db");
    let output = legation(&["reread", "--record", record.to_str().unwrap()]);
    assert_eq!(code(&output), 5);
    assert!(stderr(&output).contains("there is no record") && stderr(&output).contains("hint"));
    assert!(!record.exists());
}
