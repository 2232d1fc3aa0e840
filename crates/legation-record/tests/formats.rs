//! Records of every version that was ever released can be opened, asked, checked and kept into.
//!
//! `tests/formats/N.db.gz` is a small record as version N of the tables made it. A version that has been released is never
//! made anew; that of a version in the making is, by
//! `cargo test -p legation-record --test formats -- --ignored`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use jiff::Timestamp;
use legation_read::{Input, Reader};
use legation_record::{Given, Incoming, Known, Made, Outcome, Record, verify};
use rusqlite::{Connection, Row};

/// Key and text of the reports of the samples; the second one came twice.
const REPORTS: [(&str, &str); 4] = [
    ("a", "OSLO, April 3, 2023 - The foreign ministers of Kenya and Norway met in Oslo on Monday.\n"),
    ("b", "NAIROBI, April 4, 2023 - Kenya will sign a treaty with Norway in May, its minister said.\n"),
    ("b", "NAIROBI, April 4, 2023 - Kenya will not sign a treaty with Norway in May, its minister said.\n"),
    (
        "c",
        "<html><head><title>Envoy</title></head><body><p>Norway recalled its envoy from Kenya.</p></body></html>",
    ),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

/// A sample as a record of its own, with nothing left of an earlier run.
fn unpacked(sample: &Path, name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    for left in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(path.with_file_name(format!("{name}{left}")));
    }
    let mut packed = GzDecoder::new(File::open(sample).unwrap());
    io::copy(&mut packed, &mut File::create(&path).unwrap()).unwrap();
    path
}

fn made() -> Made {
    Made { legation: "sample".to_owned(), data: "data".to_owned(), models: "models".to_owned() }
}

fn keep(record: &mut Record, reader: &Reader, reports: &[(&str, &str)]) -> Vec<Outcome> {
    let at = Timestamp::UNIX_EPOCH;
    let run = record.begin("keep", &made(), at).unwrap();
    let given = Given::default();
    let mut outcomes = Vec::new();
    for (key, text) in reports {
        let bytes = text.as_bytes();
        let reading = reader.read(&Input::new(key, bytes));
        let incoming = Incoming { key, source: "Meridian Wire", bytes, given: &given, read: Ok(&reading) };
        outcomes.extend(record.keep(run, &[incoming], at).unwrap());
    }
    record.end(run, at).unwrap();
    outcomes
}

#[test]
fn records_of_all_versions_are_usable() {
    let reader = Reader::shipped().unwrap();
    let mut samples: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    samples.sort();
    assert!(!samples.is_empty());
    for sample in samples {
        let name = sample.file_stem().unwrap().to_str().unwrap();
        let path = unpacked(&sample, name);
        let record = Record::open_to_read(&path).unwrap();
        let text = REPORTS[0].1;
        let start = u32::try_from(text.find("met").unwrap()).unwrap();
        assert!(record.claim_at("a", start, start + 3, "CONSULT").unwrap().is_some(), "{name}");
        drop(record);
        assert!(verify::verify(&path).unwrap().is_whole(), "{name}");
        let mut record = Record::open(&path).unwrap();
        let known = keep(&mut record, &reader, &REPORTS[2..]);
        assert!(matches!(known[..], [Outcome::Same(_), Outcome::Same(_)]), "{name}: {known:?}");
        let new = keep(&mut record, &reader, &[("d", REPORTS[0].1), ("a", "Kenya thanked Norway.\n")]);
        assert!(matches!(new[..], [Outcome::Kept(5), Outcome::Changed(6)]), "{name}: {new:?}");
        assert_eq!(record.known("e", "").unwrap(), Known::New);
        assert_eq!(record.kept(4).unwrap().bytes, REPORTS[3].1.as_bytes(), "{name}");
        drop(record);
        assert!(verify::verify(&path).unwrap().is_whole(), "{name}");
    }
}

/// Who is to meet, by line of the ledger.
fn planned_pairs(path: &Path) -> Vec<(String, String, String, i64)> {
    let connection = Connection::open(path).unwrap();
    let mut query = connection.prepare("SELECT a, b, day, plan FROM plan_dyad ORDER BY plan, a, b").unwrap();
    let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    query.query_map([], row).unwrap().map(Result::unwrap).collect()
}

#[test]
fn the_second_step_works_out_what_the_program_writes() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("second-step.db");
    let _ = fs::remove_file(&path);
    let mut record = Record::open(&path).unwrap();
    let visits = "NAIROBI, April 4, 2023 - Norway's prime minister will visit Kenya on May 5. The foreign ministers of Kenya \
        and Uganda will meet in Kampala on April 20.\n";
    keep(&mut record, &Reader::shipped().unwrap(), &[("visits", visits)]);
    drop(record);
    let written = planned_pairs(&path);
    assert!(written.iter().any(|(a, b, ..)| a == "KEN" && b == "NOR"), "{written:?}");
    Connection::open(&path).unwrap().execute_batch("DROP TABLE plan_dyad; PRAGMA user_version = 1;").unwrap();
    drop(Record::open(&path).unwrap());
    assert_eq!(planned_pairs(&path), written);
}

/// Where claims and texts are looked for.
fn filed(path: &Path) -> Vec<(String, i64, i64)> {
    let connection = Connection::open(path).unwrap();
    let filed = "SELECT 'block', hash, claim FROM block UNION ALL SELECT 'band', hash, report FROM band ORDER BY 1, 2, 3";
    let mut query = connection.prepare(filed).unwrap();
    query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

#[test]
fn the_third_step_files_as_the_program_does() {
    let path = unpacked(&folder().join("2.db.gz"), "third-step.db");
    drop(Record::open(&path).unwrap());
    let fresh = path.with_file_name("third-step-fresh.db");
    let _ = fs::remove_file(&fresh);
    let mut record = Record::open(&fresh).unwrap();
    keep(&mut record, &Reader::shipped().unwrap(), &REPORTS);
    drop(record);
    let filed_by_step = filed(&path);
    assert!(filed_by_step.iter().any(|(table, ..)| table == "band"), "{filed_by_step:?}");
    assert_eq!(filed_by_step, filed(&fresh));
}

#[test]
#[ignore = "makes the sample of the version in the making"]
fn make_the_sample() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample.db");
    let _ = fs::remove_file(&path);
    let mut record = Record::open(&path).unwrap();
    keep(&mut record, &Reader::shipped().unwrap(), &REPORTS);
    drop(record);
    let target = File::create(folder().join("3.db.gz")).unwrap();
    let mut packed = GzEncoder::new(target, Compression::best());
    io::copy(&mut File::open(&path).unwrap(), &mut packed).unwrap();
    packed.finish().unwrap();
}
