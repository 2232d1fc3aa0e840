//! Version, completions, manual page, data check.

use std::fs;

use super::{code, folder, legation, stderr, stdout};

#[test]
fn the_version_names_data_and_models() {
    let text = stdout(&legation(&["--version"]));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("legation "), "{text}");
    for (line, name) in lines[1..].iter().zip(["data", "models"]) {
        let (found, hash) = line.split_once(char::is_whitespace).unwrap();
        assert_eq!(found, name);
        assert_eq!(hash.trim().len(), 64, "{text}");
    }
}

#[test]
fn completions_and_manual_come_from_the_same_definition() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = stdout(&legation(&["completions", shell]));
        assert!(script.contains("--published") || script.contains("published"), "{shell}");
    }
    let page = stdout(&legation(&["man"]));
    assert!(page.contains(".TH legation 1"), "{page}");
}

#[test]
fn a_command_that_does_not_exist_is_a_usage_error() {
    let output = legation(&["raed"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("read"), "{}", stderr(&output));
}

#[test]
fn the_shipped_data_have_no_faults() {
    let output = legation(&["check"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("no faults"));
}

#[test]
fn faults_in_own_data_are_told_with_file_and_line() {
    let folder = folder("check");
    fs::create_dir_all(folder.join("frames/consult")).unwrap();
    fs::write(folder.join("frames/consult/mine.toml"), "colour = \"blue\"\n").unwrap();
    let output = legation(&["check", folder.to_str().unwrap()]);
    assert_eq!(code(&output), 3);
    assert!(stderr(&output).contains("frames/consult/mine.toml:1"), "{}", stderr(&output));
    let output = legation(&["check", folder.join("nothing").to_str().unwrap()]);
    assert_eq!(code(&output), 3);
    assert!(stderr(&output).contains("hint"), "{}", stderr(&output));
}
