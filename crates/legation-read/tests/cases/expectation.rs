//! Expectations, and the examples of their lexicon.

use std::fmt::Write as _;

use crate::support::{Case, check_folder, reader};

/// `expectations`: one a line, as `what | who | where | when | status`; `positions`: `party: position`;
/// `occasions`: as written.
fn render(case: &Case, name: &str) -> Option<String> {
    let reading = reader().read(&case.input());
    let mut lines = String::new();
    for expectation in &reading.expectations {
        let who: Vec<&str> = expectation.who.iter().map(|id| &*reading.actors[id.0 as usize].name).collect();
        let place = expectation.place.map_or("?", |id| &*reading.places[id.0 as usize].name);
        let when = expectation.when.as_ref().and_then(|when| when.value.as_deref()).unwrap_or("?");
        match name {
            "expectations" => {
                let (what, status) = (&expectation.what, &expectation.status);
                let _ = writeln!(lines, "{what} | {} | {place} | {when} | {status}", who.join(", "));
            }
            "positions" => {
                for position in &expectation.positions {
                    let _ = writeln!(lines, "{}: {}", position.party_text, position.position);
                }
            }
            "occasions" => {
                let _ = writeln!(lines, "{}", expectation.occasion.as_deref().unwrap_or("?"));
            }
            _ => return None,
        }
    }
    Some(lines)
}

#[test]
fn expectation_reads_its_cases() {
    check_folder("expectation", render);
}

#[test]
fn every_word_of_the_lexicon_is_found_in_its_example() {
    let planned = &reader().data().planned;
    assert!(!planned.words.is_empty(), "no words");
    for word in &planned.words {
        let (line, example) = &word.example;
        let marked = example.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
        let form = marked.and_then(|(marked, _)| marked.split(' ').next()).unwrap_or_default().to_lowercase();
        let found = planned.find(&form, word.role).any(|found| found == word);
        assert!(found, "lexicon/expectations.tsv:{line}: {form:?} is no form of it: {example}");
    }
}
