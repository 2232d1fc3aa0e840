//! `legation read` on good input.

use std::fs;

use serde_json::Value;

use super::{REPORT, code, folder, legation, legation_with_input, readings, stderr, stdout};

/// Fields of a reading in the order of the contract.
const FIELDS: [&str; 15] = [
    "schema",
    "legation",
    "data",
    "models",
    "document",
    "text",
    "sentences",
    "actors",
    "places",
    "dates",
    "events",
    "statements",
    "expectations",
    "relations",
    "problems",
];

#[test]
fn jsonl_is_one_reading_a_line_with_its_fields_in_order() {
    let path = folder("jsonl").join("geneva.txt");
    fs::write(&path, REPORT).unwrap();
    let output =
        legation(&["read", "--format", "jsonl", "--published", "2024-05-16", path.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let found = readings(&output);
    assert_eq!(found.len(), 1);
    let fields: Vec<&String> = found[0].as_object().unwrap().keys().collect();
    assert_eq!(fields, FIELDS);
    assert_eq!(found[0]["schema"], "legation.reading/1");
    assert_eq!(found[0]["document"]["id"], "geneva");
    assert_eq!(found[0]["document"]["published"], "2024-05-16");
    assert_eq!(found[0]["document"]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(found[0]["data"].as_str().unwrap().len(), 64);
    assert_eq!(found[0]["models"].as_str().unwrap().len(), 64);
}

#[test]
fn spans_count_code_points() {
    let text = "Café talks\n\nÉric Müller of Côte d’Ivoire said “naïve” things on Monday in Zürich.\n";
    let output = legation_with_input(&["read", "-", "--format", "jsonl"], text.as_bytes());
    let reading = &readings(&output)[0];
    let characters: Vec<char> = reading["text"].as_str().unwrap().chars().collect();
    let sentences = reading["sentences"].as_array().unwrap();
    let last = sentences.last().unwrap();
    let end = usize::try_from(last["end"].as_u64().unwrap()).unwrap();
    assert_eq!(characters[end - 1], '.');
    assert_eq!(reading["document"]["id"], "stdin");
}

#[test]
fn folders_are_walked_in_sorted_order_and_ids_tell_files_apart() {
    let folder = folder("walk");
    fs::create_dir_all(folder.join("b")).unwrap();
    for name in ["b/report.txt", "a.txt", "c.html", ".hidden.txt", "notes.pdf"] {
        fs::write(folder.join(name), REPORT).unwrap();
    }
    let output = legation(&["read", "--format", "jsonl", folder.to_str().unwrap()]);
    let ids: Vec<Value> = readings(&output).iter().map(|reading| reading["document"]["id"].clone()).collect();
    assert_eq!(ids, ["a", "b/report", "c"]);
    assert_eq!(stderr(&output), "", "no progress bar in a pipe");
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = folder("threads");
    for number in 0..40 {
        fs::write(folder.join(format!("{number:02}.txt")), format!("Report {number}\n\n{REPORT}")).unwrap();
    }
    let run = |jobs: &str| {
        stdout(&legation(&["read", "--format", "jsonl", "--jobs", jobs, folder.to_str().unwrap()]))
    };
    let one = run("1");
    assert_eq!(one.lines().count(), 40);
    assert_eq!(one, run("2"));
    assert_eq!(one, run("8"));
}

#[test]
fn json_is_one_array() {
    let folder = folder("array");
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    fs::write(folder.join("b.txt"), REPORT).unwrap();
    let output = legation(&["read", "--format", "json", folder.to_str().unwrap()]);
    let found: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(found.as_array().unwrap().len(), 2);
}

#[test]
fn text_is_plain_in_a_pipe() {
    let output = legation_with_input(&["read", "-", "--published", "2024-05-16"], REPORT.as_bytes());
    let text = stdout(&output);
    assert!(text.contains("Ministers meet in Geneva"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[test]
fn colours_come_when_forced_and_no_color_is_honoured() {
    let coloured = |name: &str| {
        let mut command = super::command(&["read", "-"]);
        command.env(name, "1");
        let path = folder(&format!("colour-{name}")).join("x.txt");
        fs::write(&path, REPORT).unwrap();
        command.args([path.to_str().unwrap()]);
        stdout(&command.output().unwrap()).contains('\u{1b}')
    };
    assert!(coloured("CLICOLOR_FORCE"));
    assert!(!coloured("NO_COLOR"));
}

#[test]
fn output_goes_to_a_file_whole() {
    let folder = folder("output");
    let target = folder.join("readings.jsonl");
    let arguments = ["read", "-", "--format", "jsonl", "--output", target.to_str().unwrap()];
    let output = legation_with_input(&arguments, REPORT.as_bytes());
    assert_eq!((code(&output), stdout(&output).as_str()), (0, ""));
    assert_eq!(fs::read_to_string(&target).unwrap().lines().count(), 1);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn conllu_has_ten_columns() {
    let output = legation_with_input(&["read", "-", "--format", "conllu"], REPORT.as_bytes());
    let text = stdout(&output);
    let rows: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(rows.len() > 20, "{text}");
    assert!(rows.iter().all(|row| row.split('\t').count() == 10), "{text}");
}
