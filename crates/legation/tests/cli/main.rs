//! The program as its users meet it: what it prints, where, and how it ends.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, its helpers too, and says what it skips"
)]

mod actors;
mod ask;
mod bad_input;
mod calendar;
mod crash;
mod damage;
mod explain;
mod generate;
#[path = "../generator/mod.rs"]
mod generator;
mod keep;
mod layers;
mod read;
mod record;
mod reread;
mod trouble;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const REPORT: &str = "Ministers meet in Geneva\n\nThe foreign ministers of Kenya and Norway met in Geneva on Tuesday. \
                      Norway's minister said the talks were useful.\n";

/// A folder for one test, empty at its start.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        fs::remove_dir_all(&path).unwrap();
    }
    fs::create_dir_all(&path).unwrap();
    path
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_legation"));
    command
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("LEGATION_RECORD")
        .stdin(Stdio::null());
    command
}

fn legation(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn legation_with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A usage error ends the program before it reads.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// The readings that were printed, one a line.
fn readings(output: &Output) -> Vec<serde_json::Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Codes of the problems of a reading.
fn problems(reading: &serde_json::Value) -> Vec<String> {
    let problems = reading["problems"].as_array().unwrap();
    problems.iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect()
}
