//! The report the project began from, scored by the project's scorer, where the shared folder is beside the checkout.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Shares that the seed report must keep to.
const FLOORS: [(&str, f64); 5] = [
    ("event", 0.80),
    ("event+actors", 0.65),
    ("statement", 0.75),
    ("statement+speaker", 0.65),
    ("date+value", 0.90),
];

fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    shared.join("seed/expected.json").exists().then_some(shared)
}

fn python(arguments: &[&str]) -> String {
    let output = Command::new("python3").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_seed_report_is_read_well() {
    let Some(shared) = shared() else {
        println!("SKIPPED: ../shared is not beside this checkout, so the seed report is not scored");
        return;
    };
    let scorer = shared.join("bench/scorers/score_reports.py").display().to_string();
    let gold = shared.join("seed/expected.json").display().to_string();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("seed");
    let inputs = folder.display().to_string();
    python(&[&scorer, "convert", &gold, &inputs]);
    let output = Command::new(env!("CARGO_BIN_EXE_legation-eval"))
        .args(["reports", &folder.join("list.jsonl").display().to_string()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let predictions = folder.join("readings.jsonl");
    std::fs::write(&predictions, output.stdout).unwrap();
    let scores = python(&[&scorer, "score", &gold, &predictions.display().to_string(), "--json"]);
    let scores: Value = serde_json::from_str(&scores).unwrap();
    for (name, floor) in FLOORS {
        let share = scores[name]["share"].as_f64().unwrap();
        assert!(share >= floor, "{name}: {share}, at least {floor} is wanted; all: {scores}");
    }
    assert_eq!(scores["false events"]["hits"], 0, "{scores}");
}
