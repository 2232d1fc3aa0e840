//! `legation explain`: why an event was read, and why another was not.

use std::fs;

use super::{code, folder, legation, legation_with_input, stderr, stdout};

const REPORT: &[u8] =
    b"The Kenyan minister met his Norwegian colleague in Geneva. Peru signed a treaty with Chile. It rained.";

#[test]
fn an_event_is_told_with_its_tree_its_rule_and_its_arguments() {
    let output = legation_with_input(&["explain", "-", "--sentence", "2"], REPORT);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.starts_with("Sentence 2: Peru signed a treaty with Chile.\n"), "{text}");
    let told: Vec<String> =
        text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for expected in ["2 signed sign VERB root -", "rule support/sign"] {
        assert!(told.iter().any(|line| line == expected), "no “{expected}” in\n{text}");
    }
    let starts = ["actors Peru; subject: “Peru”", "recipients Chile; with: “Chile”"];
    for expected in starts {
        assert!(told.iter().any(|line| line.starts_with(expected)), "no “{expected}” in\n{text}");
    }
    assert!(!text.contains("Geneva"), "{text}");
}

#[test]
fn frames_that_nearly_fired_say_what_they_missed() {
    let text = stdout(&legation_with_input(&["explain", "-"], b"Peru signed in."));
    assert!(text.contains("“signed” nearly fired"), "{text}");
    assert!(text.contains("missing "), "{text}");
    let text = stdout(&legation_with_input(&["explain", "-"], b"It was sunny."));
    assert!(text.contains("no word"), "{text}");
}

#[test]
fn own_frames_are_explained_too() {
    let folder = folder("explain");
    fs::create_dir_all(folder.join("frames/support")).unwrap();
    let frame = "verbs = [\"serenade\"]\nneeds = \"both\"\n[[example]]\ntext = \"Peru serenaded Chile.\"\nwho = [\"PER\"]\nwhom = [\"CHL\"]\n";
    fs::write(folder.join("frames/support/sing.toml"), frame).unwrap();
    let arguments = ["explain", "-", "--data", folder.to_str().unwrap()];
    let text = stdout(&legation_with_input(&arguments, b"Chile serenaded Peru."));
    assert!(text.contains("support/sing"), "{text}");
}

#[test]
fn what_cannot_be_explained_is_a_usage_error() {
    let output = legation_with_input(&["explain", "-", "--sentence", "9"], REPORT);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("no sentence 9"), "{}", stderr(&output));
    assert_eq!(code(&legation(&["explain", "no/such/file.txt"])), 2);
    assert_eq!(code(&legation_with_input(&["explain", "-", "--sentence", "0"], REPORT)), 2);
}
