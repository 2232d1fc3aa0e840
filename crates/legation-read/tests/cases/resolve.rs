//! Actors and places.

use std::fmt::Write as _;

use legation_read::Reading;
use legation_read::resolve::actor::Actor;

use crate::support::{Case, check_folder, reader};

/// `actors`: one mention a line, in the order of the text: the words, `=`, the register key or else the name, kind,
/// code, sector and role, `-` for what is not known. `same`: all mentions of each actor, joined by `=`.
/// `places`: the words, `=`, name and country.
fn render(case: &Case, name: &str) -> Option<String> {
    let reading = reader().read(&case.input());
    match name {
        "actors" => Some(actors(&reading)),
        "same" => Some(same(&reading)),
        "places" => Some(places(&reading)),
        _ => None,
    }
}

fn actors(reading: &Reading) -> String {
    let mut mentions: Vec<_> = reading
        .actors
        .iter()
        .flat_map(|actor| actor.mentions.iter().map(move |span| (span.start, span.end, describe(actor))))
        .collect();
    mentions.sort();
    let mut lines = String::new();
    for (start, end, actor) in mentions {
        let _ = writeln!(lines, "{} = {actor}", &reading.document.text[start as usize..end as usize]);
    }
    lines
}

fn describe(actor: &Actor) -> String {
    let or_dash = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".to_owned());
    let name = actor.register.as_deref().unwrap_or(&actor.name);
    let mut line =
        format!("{name} {} {} {}", actor.kind.as_str(), or_dash(&actor.code), or_dash(&actor.sector));
    if let Some(role) = &actor.role {
        let _ = write!(line, ", {role}");
    }
    line
}

fn same(reading: &Reading) -> String {
    let mut lines = String::new();
    for actor in reading.actors.iter().filter(|actor| actor.mentions.len() > 1) {
        let words: Vec<&str> = actor.mentions.iter().map(|span| span.of(&reading.document.text)).collect();
        let _ = writeln!(lines, "{}", words.join(" = "));
    }
    lines
}

fn places(reading: &Reading) -> String {
    let mut mentions: Vec<_> = reading
        .places
        .iter()
        .flat_map(|place| place.mentions.iter().map(move |span| (span.start, span.end, place)))
        .collect();
    mentions.sort_by_key(|(start, end, _)| (*start, *end));
    let mut lines = String::new();
    for (start, end, place) in mentions {
        let words = &reading.document.text[start as usize..end as usize];
        let country = place.country.as_deref().unwrap_or("-");
        let _ = writeln!(lines, "{words} = {} {country}", place.name);
    }
    lines
}

#[test]
fn resolve_reads_its_cases() {
    check_folder("resolve", render);
}

/// One line of `mentions.txt`: which words, and who is meant.
struct Expected<'t> {
    line: usize,
    words: &'t str,
    /// Which occurrence of the words, from 1.
    occurrence: usize,
    who: &'t str,
}

/// Who is meant at some words, as `mentions.txt` writes it: of several mentions the shortest that covers the words.
fn meant(reading: &Reading, start: usize, end: usize) -> (Vec<&Actor>, Option<&str>) {
    let covers = |span: &legation_read::Span| span.start as usize <= start && end <= span.end as usize;
    let length = |actor: &Actor| {
        actor.mentions.iter().filter(|span| covers(span)).map(|span| span.end - span.start).min()
    };
    let shortest = reading.actors.iter().filter_map(length).min();
    let actors =
        reading.actors.iter().filter(|actor| shortest.is_some() && length(actor) == shortest).collect();
    let place = reading.places.iter().find(|place| place.mentions.iter().any(covers));
    (actors, place.and_then(|place| place.country.as_deref()))
}

fn is_meant(actor: &Actor, who: &str) -> bool {
    let or_dash = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".to_owned());
    match who.split_once(' ') {
        Some((code, sector)) => or_dash(&actor.code) == code && or_dash(&actor.sector) == sector,
        None => actor.register.as_deref() == Some(who),
    }
}

fn is_right(reading: &Reading, expected: &Expected<'_>) -> bool {
    let text = &reading.document.text;
    let whole = |at: usize| {
        let end = at + expected.words.len();
        !text[..at].ends_with(char::is_alphanumeric) && !text[end..].starts_with(char::is_alphanumeric)
    };
    let found = text.match_indices(expected.words).map(|(at, _)| at).filter(|at| whole(*at));
    let Some(start) = found.into_iter().nth(expected.occurrence - 1) else { return false };
    let (actors, place) = meant(reading, start, start + expected.words.len());
    match expected.who.strip_prefix("place ") {
        Some(country) => actors.is_empty() && place == Some(country),
        None if expected.who == "nobody" => actors.is_empty() && place.is_none(),
        None => {
            let wanted: Vec<&str> = expected.who.split(" + ").collect();
            actors.len() == wanted.len()
                && wanted.iter().all(|who| actors.iter().any(|actor| is_meant(actor, who)))
        }
    }
}

#[test]
fn mentions_are_resolved() {
    let table = include_str!("resolve/mentions.txt");
    let lines: Vec<(usize, &str)> =
        (1..).zip(table.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).collect();
    let (mut all, mut wrong) = (0, Vec::new());
    let mut reading = None;
    let mut day = "";
    for (line, text) in lines {
        let Some(expected) = text.strip_prefix("- ") else {
            if text.starts_with(|letter: char| letter.is_ascii_digit()) {
                day = text;
            } else {
                let document = legation_read::source::verbatim("mentions", text, day.parse().ok());
                reading = Some(reader().read_document(document));
            }
            continue;
        };
        let (words, who) = expected.split_once(" = ").unwrap();
        let (words, occurrence) = words.split_once(" #").unwrap_or((words, "1"));
        let expected = Expected { line, words, occurrence: occurrence.parse().unwrap(), who };
        all += 1;
        if !is_right(reading.as_ref().unwrap(), &expected) {
            wrong.push(format!("mentions.txt:{}: {words} is not {who}", expected.line));
        }
    }
    println!("{} of {all} mentions\n{}", all - wrong.len(), wrong.join("\n"));
    assert!(
        all >= 400 && wrong.len() * 20 <= all,
        "{} of {all} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
