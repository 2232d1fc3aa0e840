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
