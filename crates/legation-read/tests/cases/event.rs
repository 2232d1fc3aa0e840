//! Events: `events`: one a line, `TYPE actors > recipients status date`, actors by code, else by name; `=` between the two
//! sides where it is reciprocal; a missing side or date is left out. `outlook`: every verb, noun and adjective as a given
//! mention, `word: done` or `word: to come, open, negated`. `quantities`: every number of every event, `TYPE: 6 killed
//! civilians`; `12..` is 12 or more, `..40` 40 or less, `~50` about 50.

use std::fmt::Write as _;

use legation_read::{
    Input, Reading,
    code::event::{Event, Quantity, outlook_at},
    parse::{Parsed, Upos},
    resolve::actor::ActorId,
};

use crate::support::{Case, check_folder, reader};

fn names(reading: &Reading, ids: &[ActorId]) -> String {
    let mut names: Vec<String> = ids
        .iter()
        .map(|id| &reading.actors[id.0 as usize])
        .map(|actor| actor.code.clone().unwrap_or_else(|| actor.name.clone()))
        .collect();
    names.sort();
    names.dedup();
    names.join("+")
}

fn line(reading: &Reading, event: &Event) -> String {
    let mut line = event.kind.clone();
    for (mark, ids) in [("", &event.actors), (if event.reciprocal { "= " } else { "> " }, &event.recipients)]
    {
        if !ids.is_empty() {
            let _ = write!(line, " {mark}{}", names(reading, ids));
        }
    }
    let _ = write!(line, " {}", event.status.as_str());
    if let Some(value) =
        event.date.as_ref().filter(|date| date.from.is_some()).and_then(|date| date.value.as_ref())
    {
        let _ = write!(line, " {value}");
    }
    line
}

fn render(case: &Case, name: &str) -> Option<String> {
    let reading = reader().read(&case.input());
    let lines: Vec<String> = match name {
        "events" => reading.events.iter().map(|event| line(&reading, event)).collect(),
        "outlook" => outlooks(&reading),
        "quantities" => reading
            .events
            .iter()
            .flat_map(|event| {
                let written = |quantity: &Quantity| format!("{}: {}", event.kind, quantity_line(quantity));
                event.quantities.iter().map(written).collect::<Vec<_>>()
            })
            .collect(),
        _ => return None,
    };
    Some(lines.join("\n"))
}

fn quantity_line(quantity: &Quantity) -> String {
    let written = |number: Option<f64>| number.map_or(String::new(), |number| number.to_string());
    let mut line = match (quantity.value, quantity.least, quantity.most) {
        (Some(value), None, None) => format!("~{value}"),
        (Some(value), Some(_), Some(_)) => value.to_string(),
        (_, least, most) => format!("{}..{}", written(least), written(most)),
    };
    for word in [Some(&quantity.what), quantity.of.as_ref()].into_iter().flatten() {
        let _ = write!(line, " {word}");
    }
    line
}

fn outlooks(reading: &Reading) -> Vec<String> {
    let parsed = Parsed { document: &reading.document, segments: &reading.segments, trees: &reading.trees };
    let mut lines = Vec::new();
    for sentence in 0..parsed.len() {
        let view = parsed.sentence(sentence);
        for word in 0..view.len() {
            if matches!(view.tree.upos(word), Upos::Verb | Upos::Noun | Upos::Adj) {
                let outlook = outlook_at(parsed, reader().data(), view.span(word));
                let named =
                    [(outlook.to_come, "to come"), (outlook.open, "open"), (outlook.negated, "negated")];
                let mut told: Vec<&str> =
                    named.iter().filter(|(holds, _)| *holds).map(|&(_, name)| name).collect();
                if told.is_empty() {
                    told.push("done");
                }
                lines.push(format!("{}: {}", view.word(word), told.join(", ")));
            }
        }
    }
    lines
}

#[test]
fn event_reads_its_cases() {
    check_folder("event", render);
}

#[test]
fn every_word_about_numbers_is_read_in_its_example() {
    let examples = &reader().data().quantities.examples;
    assert!(!examples.is_empty(), "no examples");
    let mut faults = String::new();
    for example in examples {
        let day = "2025-04-02".parse().ok();
        let input = Input { published: day, ..Input::new("example", example.text.as_bytes()) };
        let reading = reader().read(&input);
        let all = reading.events.iter().flat_map(|event| &event.quantities);
        let found: Vec<String> = all.map(quantity_line).collect();
        if !found.iter().any(|found| **found == *example.reads) {
            let (line, text, reads) = (example.line, &example.text, &example.reads);
            let _ = writeln!(faults, "quantities.tsv:{line}: {text}\n  wanted {reads}\n  read {found:?}");
        }
    }
    assert!(faults.is_empty(), "{faults}");
}
