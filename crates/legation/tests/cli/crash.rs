//! Killed at any moment: what was acknowledged is there, once, and the end is that of a run that nobody disturbed.
//!
//! `LEGATION_KILLS=100 LEGATION_REPORTS=5000 cargo test --release -p legation --test cli -- crash --nocapture` kills more
//! often, over more reports.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::generator::Generator;
use super::record::{dump, kept, number, open, same};
use super::{command, folder};

/// A number that is asked for by the environment, else a small one.
fn asked(name: &str, small: u64) -> u64 {
    std::env::var(name).map_or(small, |number| number.parse().unwrap())
}

/// Keys that were acknowledged as kept; a line that the kill cut off counts for nothing.
fn acknowledged(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let lines = whole.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    lines
        .filter(|line| line["outcome"] == "kept")
        .map(|line| line["key"].as_str().unwrap().to_owned())
        .collect()
}

/// Keeps until killed after a while; returns whether it was killed before it had finished.
fn kill_after(record: &Path, reports: &Path, acknowledgements: &Path, time: Duration) -> bool {
    let out = fs::OpenOptions::new().create(true).append(true).open(acknowledgements).unwrap();
    let mut child = command(&["keep", "--quiet", "--acknowledge", "--record", record.to_str().unwrap()])
        .arg(reports)
        .stdout(Stdio::from(out))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while start.elapsed() < time {
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "{status}");
            return false;
        }
        thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    !child.wait().unwrap().success()
}

/// What is in a record after a kill: every key once, and all that were acknowledged.
fn check(record: &Path, acknowledgements: &Path) {
    if !record.exists() || fs::metadata(record).unwrap().len() == 0 {
        assert!(acknowledged(acknowledgements).is_empty());
        return;
    }
    let connection = open(record);
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
    if tables == 0 {
        assert!(acknowledged(acknowledgements).is_empty());
        return;
    }
    let faults: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(faults, "ok");
    let mut query = connection.prepare("SELECT key FROM report").unwrap();
    let keys: Vec<String> = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let there: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
    assert_eq!(there.len(), keys.len(), "a report is kept twice");
    let acknowledged = acknowledged(acknowledgements);
    let known: BTreeSet<&str> = acknowledged.iter().map(String::as_str).collect();
    assert_eq!(known.len(), acknowledged.len(), "a report was acknowledged as new twice");
    let lost: Vec<_> = known.difference(&there).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
}

#[test]
fn kills_lose_nothing_that_was_acknowledged() {
    let (kills, documents) = (asked("LEGATION_KILLS", 8), asked("LEGATION_REPORTS", 200));
    let folder = folder("crash");
    let reports = folder.join("reports");
    Generator::new().write(&reports, documents);
    let start = Instant::now();
    let undisturbed = dump(&kept(&reports, "undisturbed.db"));
    let alone = start.elapsed();
    // Other moments each time; a failure says which.
    let mut seed = std::process::id().wrapping_mul(2_654_435_761);
    println!("seed {seed}");
    let (mut killed, mut rounds) = (0, 0);
    while killed < kills {
        let record = folder.join(format!("{rounds}.db"));
        let acknowledgements = folder.join(format!("{rounds}.jsonl"));
        loop {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            // A round takes about ten kills, spread over its whole time.
            let share = f64::from(seed >> 8) / f64::from(1 << 24);
            let was_killed =
                kill_after(&record, &reports, &acknowledgements, (alone / 5).mul_f64(share) + alone / 50);
            check(&record, &acknowledgements);
            killed += u64::from(was_killed);
            if !was_killed || killed >= kills {
                break;
            }
        }
        same(&undisturbed, &dump(&kept(&reports, &format!("{rounds}.db"))));
        check(&record, &acknowledgements);
        fs::remove_file(&record).unwrap();
        rounds += 1;
    }
    println!("{killed} kills in {rounds} rounds over {documents} reports; a round alone takes {alone:.1?}");
    assert_eq!(
        number(&folder.join("undisturbed.db"), "SELECT count(*) FROM report"),
        i64::try_from(documents).unwrap()
    );
}
