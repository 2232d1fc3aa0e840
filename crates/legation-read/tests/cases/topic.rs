//! Topics of meetings, statements and expectations.

use std::fmt::Write as _;

use crate::support::{Case, check_folder, reader};

/// `consults`, `statements`, `expectations`: the topics of each, one a line, `-` for none.
fn render(case: &Case, name: &str) -> Option<String> {
    let reading = reader().read(&case.input());
    let topics: Vec<Vec<&str>> = match name {
        "consults" => {
            let consults = reading.events.iter().filter(|event| event.kind == "CONSULT");
            consults.map(|event| reading.topics_of_sentence(event.sentence)).collect()
        }
        "statements" => {
            reading.statements.iter().map(|statement| reading.topics_of_statement(statement)).collect()
        }
        "expectations" => {
            let sentences = reading.expectations.iter().map(|expectation| expectation.sentence);
            sentences.map(|sentence| reading.topics_of_sentence(sentence)).collect()
        }
        _ => return None,
    };
    let mut lines = String::new();
    for topics in topics {
        let _ = writeln!(lines, "{}", if topics.is_empty() { "-".to_owned() } else { topics.join(", ") });
    }
    Some(lines)
}

#[test]
fn topic_reads_its_cases() {
    check_folder("topic", render);
}
