//! The readings of the shipped examples, byte for byte: a change in what is read is seen before it is committed.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use walkdir::WalkDir;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").canonicalize().unwrap()
}

fn reports() -> Vec<PathBuf> {
    let is_report = |path: &Path| path.file_stem().is_some_and(|stem| stem == "report");
    let entries =
        WalkDir::new(examples()).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    entries.filter(|path| path.is_file() && is_report(path)).collect()
}

/// The reading as tables, which people can compare, without its colours.
fn reading(report: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_legation")).arg("read").arg(report).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn readings_of_the_examples_are_as_committed() {
    let reports = reports();
    assert!(reports.len() >= 12, "only {} example reports", reports.len());
    let mut changed = Vec::new();
    for report in &reports {
        let golden = report.with_file_name("reading.golden");
        let found = reading(report);
        if std::env::var_os("LEGATION_BLESS").is_some() {
            fs::write(&golden, &found).unwrap();
        }
        let committed = fs::read_to_string(&golden).unwrap_or_default();
        if let Some((line, (was, is))) = committed
            .lines()
            .chain(std::iter::repeat(""))
            .zip(found.lines())
            .enumerate()
            .find(|(_, (was, is))| was != is)
        {
            changed.push(format!("{}:{}\n  was {was}\n  is  {is}", golden.display(), line + 1));
        } else if committed != found {
            changed.push(format!("{}: shorter than it was", golden.display()));
        }
    }
    assert!(changed.is_empty(), "changed; if that is meant, run `just docs`:\n{}", changed.join("\n"));
}
