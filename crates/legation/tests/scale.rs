//! How a record grows: speed, size and memory over many reports made up for it. Run by hand:
//!
//! `LEGATION_REPORTS=10000 cargo test --release -p legation --test scale -- --ignored --nocapture`
#![allow(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a test fails by panicking; counts are small"
)]

mod generator;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How one call of the program went.
struct Measured {
    seconds: f64,
    /// Seconds that its threads computed, so that other programs do not count; 0 where the system does not tell.
    computed: f64,
    /// Most memory that it held at once, in MB; 0 where the system does not tell.
    memory: f64,
}

/// Runs the program on some arguments, its output thrown away.
fn measure(arguments: &[&str]) -> Measured {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_legation"))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let (mut memory, mut computed) = (0.0, 0.0);
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        memory = high_water(child.id()).unwrap_or(memory);
        computed = computing(child.id()).unwrap_or(computed);
        thread::sleep(Duration::from_millis(5));
    };
    assert!(matches!(status.code(), Some(0 | 1)), "{arguments:?}: {status}");
    Measured { seconds: start.elapsed().as_secs_f64(), computed, memory }
}

/// The high-water mark of a process, in MB, as Linux tells it.
fn high_water(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok().map(|kilobytes: f64| kilobytes / 1000.0)
}

/// Seconds that a process computed, in ticks of a hundredth, as Linux tells it.
fn computing(process: u32) -> Option<f64> {
    let figures = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, figures) = figures.rsplit_once(')')?;
    let ticks = figures.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<f64>().unwrap_or(0.0));
    Some(ticks.sum::<f64>() / 100.0)
}

fn size(path: &Path) -> f64 {
    fs::metadata(path).map_or(0.0, |metadata| metadata.len() as f64)
}

/// Reports, as many as asked, below a folder that may hold them already.
fn reports(folder: &Path, count: u64) -> f64 {
    let generator = generator::Generator::new();
    if !folder.join(generator.report(count - 1).path).exists() {
        generator.write(folder, count);
    }
    (0..count).map(|number| generator.report(number).text.len() as f64).sum()
}

#[test]
#[ignore = "takes minutes to hours; run by hand"]
fn a_record_grows_in_step_with_its_reports() {
    let count: u64 = std::env::var("LEGATION_REPORTS").map_or(10_000, |count| count.parse().unwrap());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("scale-{count}"));
    let (reports_folder, record) = (folder.join("reports"), folder.join("record.db"));
    let bytes = reports(&reports_folder, count);
    let _ = fs::remove_file(&record);
    let (texts, file) = (reports_folder.to_str().unwrap(), record.to_str().unwrap());
    let number = count as f64;
    println!("{count} reports of {:.0} bytes", bytes / number);
    let read = measure(&["read", "--format", "jsonl", texts]);
    let say = |what: &str, run: &Measured| {
        let (rate, computed, memory) = (number / run.seconds, run.computed / number * 1000.0, run.memory);
        println!("{what}: {rate:.1} reports/s, {computed:.2} ms of computing a report, {memory:.0} MB");
    };
    say("read", &read);
    let keep = measure(&["keep", "--record", file, texts]);
    say("keep", &keep);
    let (passed, computed) = (read.seconds / keep.seconds, read.computed / keep.computed);
    println!("keep by read: {passed:.2} by the clock, {computed:.2} by computing");
    println!("on disk: {:.0} bytes a report", size(&record) / number);
    let again = measure(&["keep", "--record", file, texts]);
    say("again", &again);
    for question in QUESTIONS {
        let mut arguments = question.to_vec();
        arguments.extend(["--record", file]);
        let asked = measure(&arguments);
        println!("{question:?}: {:.0} ms", asked.seconds * 1000.0);
    }
}

/// What is asked of the record in the end.
const QUESTIONS: &[&[&str]] = &[
    &["dyad", "CHN", "RUS", "--from", "2015-01-01", "--to", "2024-12-31"],
    &["search", "ceasefire"],
    &["search", "\"the border\" prisoners"],
    &["events", "--actor", "CHN", "--limit", "50"],
    &["verify"],
];
