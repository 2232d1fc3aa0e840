//! Records that cannot be used or written: a clear message, the right exit code, and nothing lost.

use std::fs;
use std::path::Path;
use std::process::Command;

use rusqlite::Connection;

use legation_record::BATCH;

use super::generator::Generator;
use super::record::{dump, keep, kept, number, open};
use super::{REPORT, code, command, folder, stderr, stdout};

/// Three batches, of which not all have room where a test bounds it.
const REPORTS: usize = 3 * BATCH;

fn report(folder: &Path) -> String {
    let path = folder.join("report.txt");
    fs::write(&path, REPORT).unwrap();
    path.to_str().unwrap().to_owned()
}

/// How many reports are in a record.
fn kept_in(record: &Path) -> usize {
    usize::try_from(number(record, "SELECT count(*) FROM report")).unwrap()
}

/// All that may be done with a file that is no usable record.
fn refused(record: &Path, report: &str, message: &str) {
    let record = record.to_str().unwrap();
    for arguments in [
        vec!["keep", "--record", record, report],
        vec!["reread", "--record", record],
        vec!["verify", "--record", record],
    ] {
        let output = command(&arguments).output().unwrap();
        assert_eq!(code(&output), 5, "{arguments:?}: {}{}", stdout(&output), stderr(&output));
        assert!(stderr(&output).contains(message), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains("hint:"), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn a_file_that_is_no_record_is_left_as_it_is() {
    let folder = folder("foreign");
    let report = report(&folder);
    for text in ["short", &"A long text that somebody named by mistake. ".repeat(400)] {
        let file = folder.join("notes.db");
        fs::write(&file, text).unwrap();
        refused(&file, &report, "notes.db: the file is no record");
        assert_eq!(fs::read_to_string(&file).unwrap(), *text);
    }
    let other = folder.join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE recipe (name TEXT)").unwrap();
    let before = fs::read(&other).unwrap();
    refused(&other, &report, "other.db: the file is a database, but no record");
    assert_eq!(fs::read(&other).unwrap(), before);
    refused(&folder, &report, "a folder, no record");
}

#[test]
fn an_empty_file_becomes_a_record() {
    let folder = folder("empty-file");
    let record = folder.join("empty.db");
    fs::write(&record, "").unwrap();
    let output = keep(&record, &[&report(&folder)]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(number(&record, "SELECT count(*) FROM report"), 1);
}

#[test]
fn a_record_of_a_newer_program_is_left_alone() {
    let folder = folder("newer");
    let report = report(&folder);
    let record = folder.join("newer.db");
    assert_eq!(code(&keep(&record, &[&report])), 0);
    open(&record).pragma_update(None, "user_version", 99).unwrap();
    refused(&record, &report, "the record is of version 99");
}

#[test]
fn a_second_writer_waits_and_then_says_who_is_in_the_way() {
    let folder = folder("busy");
    let report = report(&folder);
    let record = folder.join("busy.db");
    assert_eq!(code(&keep(&record, &[&report])), 0);
    fs::write(&report, "Norway thanked Kenya.\n").unwrap();
    let writer = open(&record);
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    let output = keep(&record, &[&report, "--wait", "1"]);
    assert_eq!(code(&output), 5, "{}", stderr(&output));
    assert!(stderr(&output).contains("another program is writing"), "{}", stderr(&output));
    let waiting = command(&["keep", "--wait", "60", "--record", record.to_str().unwrap(), &report])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    writer.execute_batch("ROLLBACK").unwrap();
    let output = waiting.wait_with_output().unwrap();
    assert!(stderr(&output).contains("1 changed"), "{}", stderr(&output));
}

#[test]
fn two_that_begin_at_once_both_keep_all() {
    let folder = folder("together");
    let (left, right) = (folder.join("left"), folder.join("right"));
    Generator::new().write(&left, 100);
    Generator::new().write(&right, 100);
    let record = folder.join("together.db");
    let children = [&left, &right].map(|reports| {
        command(&["keep", "--quiet", "--record", record.to_str().unwrap()]).arg(reports).spawn().unwrap()
    });
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(number(&record, "SELECT count(DISTINCT key) FROM report"), 200);
    dump(&record);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_is_told_and_stays_whole() {
    let folder = folder("full");
    let reports = folder.join("reports");
    Generator::new().write(&reports, REPORTS as u64);
    let record = folder.join("full.db");
    let script = "trap '' XFSZ; ulimit -f 9000; exec \"$0\" keep --record \"$1\" \"$2\"";
    let output = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_legation")])
        .args([&record, &reports])
        .output()
        .unwrap();
    assert_eq!(code(&output), 4, "{}", stderr(&output));
    assert!(stderr(&output).contains("full"), "{}", stderr(&output));
    assert!(stderr(&output).contains("hint:"), "{}", stderr(&output));
    let there = kept_in(&record);
    assert!(there > 0 && there < REPORTS, "{there}");
    dump(&record);
    kept(&reports, "full.db");
    assert_eq!(kept_in(&record), REPORTS);
}

/// A disk of its own, where the test may mount one.
#[cfg(target_os = "linux")]
struct Disk(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl Disk {
    fn mount(path: &Path, size: &str) -> Option<Disk> {
        fs::create_dir_all(path).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "legation-test"])
            .arg(path)
            .output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Disk(path.to_owned()));
        }
        println!("SKIPPED: no disk can be mounted here, so a full one is not tried");
        None
    }

    fn be_read_only(&self) {
        let done = Command::new("mount").args(["-o", "remount,ro"]).arg(&self.0).status().unwrap();
        assert!(done.success());
    }
}

#[cfg(target_os = "linux")]
impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_the_record_on_it_is_whole() {
    let folder = folder("full-disk");
    let reports = folder.join("reports");
    Generator::new().write(&reports, REPORTS as u64);
    let Some(disk) = Disk::mount(&folder.join("disk"), "12m") else { return };
    let record = disk.0.join("full.db");
    let output = keep(&record, &[reports.to_str().unwrap()]);
    assert_eq!(code(&output), 4, "{}", stderr(&output));
    assert!(stderr(&output).contains("the disk") && stderr(&output).contains("full"), "{}", stderr(&output));
    let saved = folder.join("copy.db");
    fs::copy(&record, &saved).unwrap();
    let wal = disk.0.join("full.db-wal");
    if wal.exists() {
        fs::copy(wal, folder.join("copy.db-wal")).unwrap();
    }
    let there = kept_in(&saved);
    assert!(there > 0 && there < REPORTS, "{there}");
    dump(&saved);
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_disk_can_be_asked_and_not_written() {
    let folder = folder("read-only-disk");
    let report = report(&folder);
    let Some(disk) = Disk::mount(&folder.join("disk"), "8m") else { return };
    let record = disk.0.join("read-only.db");
    assert_eq!(code(&keep(&record, &[&report])), 0);
    disk.be_read_only();
    fs::write(&report, "Norway thanked Kenya.\n").unwrap();
    let output = keep(&record, &[&report]);
    assert_eq!(code(&output), 4, "{}", stderr(&output));
    assert!(stderr(&output).contains("hint:"), "{}", stderr(&output));
    let output = command(&["verify", "--record", record.to_str().unwrap()]).output().unwrap();
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    let output = keep(&disk.0.join("new.db"), &[&report]);
    assert_eq!(code(&output), 4, "{}", stderr(&output));
}

#[test]
fn a_record_in_no_folder_is_told() {
    let folder = folder("nowhere");
    let report = report(&folder);
    for record in ["no/such/folder/record.db", "report.txt/record.db"] {
        let output = keep(&folder.join(record), &[&report]);
        assert_eq!(code(&output), 4, "{record}: {}", stderr(&output));
        assert!(
            stderr(&output).contains("record.db") && stderr(&output).contains("hint"),
            "{}",
            stderr(&output)
        );
    }
}
