//! Keeping: every input once, in order, and nothing lost sight of.

use std::fs;
use std::path::Path;

use legation_record::BATCH;

use super::generator::Generator;
use super::record::{dump, keep, kept, number, same};
use super::{REPORT, code, command, folder, legation_with_input, readings, stderr, stdout};

/// Enough for several batches.
const REPORTS: usize = 3 * BATCH;

fn outcomes(output: &std::process::Output) -> Vec<String> {
    readings(output).iter().map(|line| line["outcome"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_record_is_the_same_with_any_number_of_threads() {
    let folder = folder("keep-threads");
    let reports = folder.join("reports");
    Generator::new().write(&reports, REPORTS as u64);
    let dumps = ["1", "2", "7"].map(|jobs| {
        let record = folder.join(format!("{jobs}.db"));
        let output = keep(&record, &[reports.to_str().unwrap(), "--jobs", jobs]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(
            stderr(&output).contains(&format!("{REPORTS} kept, 0 changed, 0 known already, 0 failed")),
            "{}",
            stderr(&output)
        );
        dump(&record)
    });
    same(&dumps[0], &dumps[1]);
    same(&dumps[0], &dumps[2]);
    assert!(dumps[0].contains("claim "), "nothing was read");
}

#[test]
fn what_is_kept_is_not_kept_again_and_what_changed_is_a_new_version() {
    let folder = folder("again");
    let reports = folder.join("reports");
    Generator::new().write(&reports, 5);
    let record = kept(&reports, "again.db");
    let before = dump(&record);
    let output = keep(&record, &[reports.to_str().unwrap(), "--acknowledge"]);
    assert_eq!(outcomes(&output), ["known"; 5]);
    same(&before, &dump(&record));
    let first = reports.join("2015/01/000000.txt");
    fs::write(&first, REPORT).unwrap();
    let output = keep(&record, &[reports.to_str().unwrap(), "--acknowledge"]);
    assert_eq!(outcomes(&output), ["changed", "known", "known", "known", "known"]);
    assert_eq!(number(&record, "SELECT count(*) FROM report WHERE is_latest"), 5);
    assert_eq!(number(&record, "SELECT max(version) FROM report"), 2);
}

#[test]
fn inputs_of_one_batch_with_one_key_are_kept_once() {
    let folder = folder("twice");
    let (report, record) = (folder.join("report.txt"), folder.join("twice.db"));
    fs::write(&report, REPORT).unwrap();
    let other = folder.join("../twice/report.txt");
    let output = keep(&record, &[report.to_str().unwrap(), other.to_str().unwrap(), "--acknowledge"]);
    assert_eq!(outcomes(&output), ["kept", "known"], "{}", stderr(&output));
    assert_eq!(number(&record, "SELECT count(*) FROM report"), 1);
}

#[test]
fn a_fault_is_noted_once_tried_again_and_noted_anew_after_it_was_mended() {
    let folder = folder("faults");
    let record = folder.join("faults.db");
    let reports = folder.join("reports");
    fs::create_dir_all(&reports).unwrap();
    fs::write(reports.join("a.txt"), REPORT).unwrap();
    let other = reports.join("b.txt");
    let spoil = || fs::File::create(&other).unwrap().set_len(17 << 20).unwrap();
    let failed = "SELECT count(*) FROM intake WHERE outcome = 'failed'";
    spoil();
    for _ in 0..3 {
        let output = keep(&record, &[reports.to_str().unwrap()]);
        assert_eq!(code(&output), 1);
        let said = stderr(&output);
        assert!(said.contains("b.txt: larger than 16 MiB") && said.contains("1 failed"), "{said}");
        assert_eq!(number(&record, failed), 1);
    }
    fs::write(&other, REPORT).unwrap();
    let output = keep(&record, &[reports.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(number(&record, "SELECT count(*) FROM report"), 2);
    spoil();
    for _ in 0..2 {
        let output = keep(&record, &[reports.to_str().unwrap()]);
        assert_eq!((code(&output), number(&record, failed)), (1, 2));
    }
}

#[cfg(unix)]
#[test]
fn an_input_that_vanishes_is_noted() {
    let folder = folder("vanished");
    let record = folder.join("vanished.db");
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    // A link to nothing is listed by the walk and gone when it is opened.
    std::os::unix::fs::symlink(folder.join("gone"), folder.join("b.txt")).unwrap();
    let output = keep(&record, &[folder.to_str().unwrap()]);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("b.txt: No such file"), "{}", stderr(&output));
    let key = folder.join("b.txt").display().to_string();
    let noted = format!("SELECT count(*) FROM intake WHERE outcome = 'failed' AND key = '{key}'");
    assert_eq!(number(&record, &noted), 1);
}

#[test]
fn standard_input_is_kept_by_what_it_says() {
    let record = folder("stdin").join("stdin.db");
    let arguments = ["keep", "-", "--record", record.to_str().unwrap(), "--acknowledge"];
    for (text, outcome) in [(REPORT, "kept"), (REPORT, "known"), ("Kenya thanked Norway.\n", "kept")] {
        let output = legation_with_input(&arguments, text.as_bytes());
        assert_eq!(outcomes(&output), [outcome], "{}", stderr(&output));
    }
}

#[test]
fn the_record_is_no_report_of_its_own() {
    let folder = folder("itself");
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    let record = folder.join("record.txt");
    for text in ["1 kept", "0 kept, 0 changed, 1 known"] {
        let output = keep(&record, &[folder.to_str().unwrap()]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(stderr(&output).contains(text), "{}", stderr(&output));
    }
    let output = keep(&record, &[record.to_str().unwrap()]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("the record itself"), "{}", stderr(&output));
}

#[test]
fn quiet_says_nothing_and_the_summary_counts_empty_reports() {
    let folder = folder("quiet");
    let reports = folder.join("reports");
    fs::create_dir_all(&reports).unwrap();
    fs::write(reports.join("a.txt"), REPORT).unwrap();
    fs::write(reports.join("b.txt"), "").unwrap();
    let output = keep(&folder.join("quiet.db"), &[reports.to_str().unwrap(), "--quiet"]);
    assert_eq!((code(&output), stdout(&output), stderr(&output)), (0, String::new(), String::new()));
    let output = keep(&folder.join("loud.db"), &[reports.to_str().unwrap()]);
    assert!(stderr(&output).contains("2 kept (1 of them empty)"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_after_the_batch_and_a_later_call_goes_on() {
    use std::io::{BufRead as _, BufReader};
    use std::process::{Command, Stdio};

    let folder = folder("interrupt");
    let reports = folder.join("reports");
    Generator::new().write(&reports, REPORTS as u64);
    let undisturbed = dump(&kept(&reports, "undisturbed.db"));
    let record = folder.join("interrupted.db");
    let mut child = command(&["keep", "--acknowledge", "--record", record.to_str().unwrap()])
        .arg(&reports)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    let acknowledged = 1 + lines.count();
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 130, "{}", stderr(&output));
    assert!(stderr(&output).contains("call it again to go on"), "{}", stderr(&output));
    assert!(acknowledged < REPORTS);
    let there = number(&record, "SELECT count(*) FROM report");
    assert_eq!(there, i64::try_from(acknowledged).unwrap());
    same(&undisturbed, &dump(&kept(&reports, "interrupted.db")));
}

#[test]
fn a_listener_that_leaves_does_not_stop_the_keeping() {
    let folder = folder("listener");
    let reports = folder.join("reports");
    Generator::new().write(&reports, 100);
    let record = folder.join("listener.db");
    let mut child = command(&["keep", "--acknowledge", "--quiet", "--record", record.to_str().unwrap()])
        .arg(&reports)
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
    assert_eq!(number(Path::new(&record), "SELECT count(*) FROM report"), 100);
}
