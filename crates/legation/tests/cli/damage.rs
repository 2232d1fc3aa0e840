//! Damaged records: never a panic, always a word, and what can be read is saved.

use std::fs::{self, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::process::Output;

use super::generator::Generator;
use super::record::{dump, kept, number, open, same};
use super::{REPORT, code, command, folder, stderr, stdout};

const REPORTS: i64 = 120;

/// A whole record of some reports.
fn whole(folder: &Path) -> PathBuf {
    let reports = folder.join("reports");
    Generator::new().write(&reports, REPORTS.unsigned_abs());
    kept(&reports, "whole.db")
}

fn verify(record: &Path, output: Option<&Path>) -> Output {
    let mut command = command(&["verify", "--record", record.to_str().unwrap()]);
    if let Some(output) = output {
        command.arg("--output").arg(output);
    }
    command.output().unwrap()
}

fn overwrite(file: &Path, at: u64, bytes: &[u8]) {
    let mut file = OpenOptions::new().write(true).open(file).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(bytes).unwrap();
}

/// Reports that the findings count as readable in full.
fn in_full(output: &Output) -> i64 {
    let text = stdout(output);
    let line = text.lines().find(|line| line.contains("can be read in full")).unwrap();
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

/// Checks a damaged record, saves it, and looks at what was saved; returns how many reports are there in full.
fn saved(damaged: &Path) -> i64 {
    let found = verify(damaged, None);
    assert_eq!(code(&found), 5, "{}{}", stdout(&found), stderr(&found));
    assert!(stdout(&found).contains("damaged"), "{}", stdout(&found));
    let output = damaged.with_extension("saved.db");
    let again = verify(damaged, Some(&output));
    assert_eq!(code(&again), 5, "{}{}", stdout(&again), stderr(&again));
    assert_eq!(in_full(&found), in_full(&again));
    let check = verify(&output, None);
    assert_eq!(code(&check), 0, "{}", stdout(&check));
    let reread = command(&["reread", "--record", output.to_str().unwrap()]).output().unwrap();
    assert_eq!(code(&reread), 0, "{}", stderr(&reread));
    dump(&output);
    assert_eq!(
        number(
            &output,
            "SELECT count(*) FROM report WHERE id NOT IN (SELECT report FROM reading WHERE is_live)"
        ),
        0
    );
    in_full(&found)
}

#[test]
fn a_whole_record_is_whole_and_its_copy_is_the_same() {
    let folder = folder("whole");
    let record = whole(&folder);
    let output = verify(&record, None);
    assert_eq!((code(&output), in_full(&output)), (0, REPORTS), "{}", stdout(&output));
    let copy = folder.join("copy.db");
    let output = verify(&record, Some(&copy));
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    same(&dump(&record), &dump(&copy));
    let output = verify(&record, Some(&copy));
    assert_eq!(code(&output), 2, "a file that is there must not be written over");
}

#[test]
fn every_kind_of_page_may_be_zeroed() {
    let folder = folder("zeroed");
    let record = whole(&folder);
    let pages = i64::try_from(fs::metadata(&record).unwrap().len() / 4096).unwrap();
    let mut best = 0;
    // Every table and index has pages of its own; a sample of all pages meets most of them.
    for page in (2..pages).step_by(usize::try_from(pages / 24).unwrap()) {
        let damaged = folder.join(format!("zeroed-{page}.db"));
        fs::copy(&record, &damaged).unwrap();
        overwrite(&damaged, u64::try_from(page).unwrap() * 4096, &[0; 4096]);
        best = best.max(saved(&damaged));
    }
    assert!(best > REPORTS / 2, "{best}");
}

#[test]
fn a_file_cut_short_is_damaged() {
    let folder = folder("cut");
    let record = whole(&folder);
    let length = fs::metadata(&record).unwrap().len();
    for share in [1, 3, 5, 7] {
        let damaged = folder.join(format!("cut-{share}.db"));
        fs::copy(&record, &damaged).unwrap();
        OpenOptions::new().write(true).open(&damaged).unwrap().set_len(length * share / 8).unwrap();
        saved(&damaged);
    }
}

#[test]
fn bytes_changed_inside_a_text_are_found() {
    let folder = folder("changed");
    whole(&folder);
    // Kept as it came: its text is the one copy that there is.
    fs::write(folder.join("reports/z.txt"), REPORT.trim_end()).unwrap();
    let record = kept(&folder.join("reports"), "whole.db");
    let text: String = open(&record)
        .query_row(
            "SELECT text FROM body JOIN report ON report.id = body.report WHERE bytes IS NULL",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let mut bytes = Vec::new();
    fs::File::open(&record).unwrap().read_to_end(&mut bytes).unwrap();
    let start = &text.as_bytes()[..60];
    // Pages that were split hold stale copies too.
    let places: Vec<usize> = (0..bytes.len() - 60).filter(|&at| &bytes[at..at + 60] == start).collect();
    assert!(!places.is_empty());
    let damaged = folder.join("changed.db");
    fs::copy(&record, &damaged).unwrap();
    for at in places {
        overwrite(&damaged, at as u64 + 20, b"####");
    }
    assert_eq!(saved(&damaged), REPORTS);
}

#[test]
fn rubbish_anywhere_makes_no_panic() {
    let folder = folder("rubbish");
    let record = whole(&folder);
    let length = fs::metadata(&record).unwrap().len();
    for (number, at) in (0..length - 3000).step_by(usize::try_from(length / 16).unwrap()).enumerate() {
        let damaged = folder.join(format!("rubbish-{number}.db"));
        fs::copy(&record, &damaged).unwrap();
        let rubbish: Vec<u8> =
            (0..3000_u64).map(|byte| (byte * (number as u64 + 7) * 31 % 251) as u8).collect();
        overwrite(&damaged, at + 17, &rubbish);
        let output = verify(&damaged, Some(&folder.join(format!("rubbish-{number}.saved.db"))));
        assert!([0, 5].contains(&code(&output)), "{}{}", stdout(&output), stderr(&output));
        let keep = command(&["keep", "--quiet", "--record", damaged.to_str().unwrap()])
            .arg(folder.join("reports"))
            .output()
            .unwrap();
        assert!([0, 5].contains(&code(&keep)), "{}", stderr(&keep));
        assert!(!stderr(&keep).contains("panicked"), "{}", stderr(&keep));
    }
}
