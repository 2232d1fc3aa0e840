//! Statements, and the examples of the lexicon of speech.

mod passages;

use std::fmt::Write as _;

use legation_read::{
    Input, Reading, Span, code::statement::Statement, data::speech::Towards, resolve::actor::ActorId,
};

use crate::support::{Case, check_folder, reader};

/// `statements`: one a line, as `kind stance | speaker as written | cue | pieces of content parted by " + "`.
/// `contents`: the content alone. `speakers`: who is meant, the content's first words.
/// `addressees` and `sources`: the speaker as written, and to whom or through whom.
/// `abouts`: the content's first words, and who is named in it, each with what is said of them.
fn render(case: &Case, name: &str) -> Option<String> {
    let reading = reader().read(&case.input());
    let text = &reading.document.text;
    let mut lines = String::new();
    for statement in &reading.statements {
        let content = pieces(text, &statement.content);
        let named = |id: ActorId| reading.actors[id.0 as usize].name.clone();
        let speaker = &statement.speaker_text;
        let line = match name {
            "statements" => {
                let cue = statement.cue.map_or("", |cue| cue.of(text));
                let kind = statement.kind.as_str();
                format!("{kind} {} | {speaker} | {cue} | {content}", statement.stance)
            }
            "contents" => content,
            "speakers" => {
                let first: Vec<&str> = content.split_whitespace().take(4).collect();
                format!("{} | {}", statement.speaker.map_or_else(|| "?".to_owned(), named), first.join(" "))
            }
            "addressees" => {
                format!("{speaker} > {}", statement.addressee.map_or_else(|| "?".to_owned(), named))
            }
            "sources" => {
                let via: Vec<String> = statement.via.iter().map(|&id| named(id)).collect();
                format!("{speaker} < {}", via.join(", "))
            }
            "abouts" => {
                let first: Vec<&str> = content.split_whitespace().take(4).collect();
                let told = |towards: Option<Towards>| towards.map_or("?", Towards::as_str);
                let about: Vec<String> = statement
                    .about
                    .iter()
                    .map(|about| format!("{}: {}", named(about.actor), told(about.towards)))
                    .collect();
                format!("{} | {}", first.join(" "), about.join(", "))
            }
            _ => return None,
        };
        let _ = writeln!(lines, "{line}");
    }
    Some(lines)
}

fn pieces(text: &str, content: &[Span]) -> String {
    content.iter().map(|piece| piece.of(text).replace('\n', " ")).collect::<Vec<_>>().join(" + ")
}

#[test]
fn statement_reads_its_cases() {
    check_folder("statement", render);
}

/// Speaker, cue, content and source of a marked example, and its text without the marks.
struct Marked {
    text: String,
    speaker: String,
    cue: String,
    content: String,
    via: String,
}

const MARKS: [char; 8] = ['[', ']', '{', '}', '<', '>', '(', ')'];

fn unmark(example: &str) -> Marked {
    let between = |open: char, close: char| -> String {
        let parts = example.split(open).skip(1).filter_map(|part| part.split(close).next());
        let parts: Vec<String> = parts.map(|part| part.replace(MARKS, "")).collect();
        parts.join(" + ")
    };
    Marked {
        text: example.replace(MARKS, ""),
        speaker: between('[', ']'),
        cue: between('{', '}'),
        content: between('<', '>'),
        via: between('(', ')'),
    }
}

fn is_read(marked: &Marked, stance: &str, reading: &Reading) -> bool {
    let text = &reading.document.text;
    let named = |id: &ActorId| {
        let mentions = &reading.actors[id.0 as usize].mentions;
        mentions.iter().any(|mention| marked.via.ends_with(mention.of(text)))
    };
    let carries = |statement: &Statement| statement.via.len() == 1 && statement.via.iter().all(named);
    let good = |statement: &Statement| {
        statement.stance == stance
            && statement.speaker_text == marked.speaker
            && statement.cue.map_or("", |cue| cue.of(text)) == marked.cue
            && pieces(text, &statement.content) == marked.content
            && (marked.via.is_empty() || carries(statement))
    };
    reading.statements.iter().any(good)
}

#[test]
fn every_example_of_the_lexicon_is_read() {
    let speech = &reader().data().speech;
    let mut failures = String::new();
    for example in &speech.examples {
        let marked = unmark(&example.text);
        let reading = reader().read(&Input::new("example", marked.text.as_bytes()));
        if !is_read(&marked, &example.stance, &reading) {
            let _ =
                writeln!(failures, "{}:{}: {} {}", example.file, example.line, example.stance, example.text);
            for statement in &reading.statements {
                let content = pieces(&reading.document.text, &statement.content);
                let cue = statement.cue.map_or("", |cue| cue.of(&reading.document.text));
                let _ = writeln!(
                    failures,
                    "    {} | {} | {cue} | {content}",
                    statement.stance, statement.speaker_text
                );
            }
        }
    }
    assert!(!speech.examples.is_empty(), "no examples");
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn every_example_of_an_evaluation_is_read() {
    let speech = &reader().data().speech;
    let mut failures = String::new();
    for example in &speech.evaluation_examples {
        let wanted = example.text.split(['[', ']']).nth(1).unwrap_or_default();
        let text = example.text.replace(['[', ']'], "");
        let reading = reader().read(&Input::new("example", text.as_bytes()));
        let mut abouts = reading.statements.iter().flat_map(|statement| &statement.about);
        let good = abouts.any(|about| {
            let actor = &reading.actors[about.actor.0 as usize];
            let named = actor.mentions.iter().any(|mention| mention.of(&reading.document.text) == wanted);
            named && about.towards == Some(example.towards)
        });
        if !good {
            let _ = writeln!(failures, "evaluations.tsv:{}: {}", example.line, example.text);
        }
    }
    assert!(!speech.evaluation_examples.is_empty(), "no examples");
    assert!(failures.is_empty(), "\n{failures}");
}
