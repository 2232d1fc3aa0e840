//! Every frame's own examples, read from its file.

use std::fmt::Write as _;
use std::sync::OnceLock;

use legation_read::{
    Input, Reader, Reading,
    code::event::{Event, Status},
    data::frames::{Example, Frame},
    resolve::actor::ActorId,
};

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::shipped().expect("the shipped data is sound"))
}

/// Reads a sentence as published on Wednesday 2 April 2025.
fn read(text: &str) -> Reading {
    let published = Some(jiff::civil::date(2025, 4, 2));
    reader().read(&Input { published, ..Input::new("example", text.as_bytes()) })
}

fn has(reading: &Reading, ids: &[ActorId], wanted: &str) -> bool {
    ids.iter().any(|id| {
        let actor = &reading.actors[id.0 as usize];
        [Some(&actor.name), actor.country.as_ref(), actor.code.as_ref()]
            .into_iter()
            .flatten()
            .any(|code| code == wanted)
    })
}

fn fits(reading: &Reading, event: &Event, frame: &Frame, example: &Example) -> bool {
    let all: Vec<ActorId> = event.actors.iter().chain(&event.recipients).copied().collect();
    let side = |ids: &[ActorId], wanted: &[String]| {
        let ids = if frame.reciprocal { &all } else { ids };
        wanted.iter().all(|wanted| has(reading, ids, wanted))
    };
    let status = match event.status.as_str() {
        "ongoing" => "happened",
        status => status,
    };
    let wanted = example
        .status
        .as_deref()
        .map_or("happened", |status| if status == "ongoing" { "happened" } else { status });
    event.kind == frame.kind
        && side(&event.actors, &example.who)
        && side(&event.recipients, &example.whom)
        && status == wanted
        && example.date.as_ref().is_none_or(|date| {
            event
                .date
                .as_ref()
                .and_then(|when| when.value.as_ref())
                .is_some_and(|value| value.starts_with(date.as_str()))
        })
}

/// What was read, for the message of a failure.
fn told(reading: &Reading) -> String {
    let mut told = String::new();
    for event in &reading.events {
        let names = |ids: &[ActorId]| {
            let names: Vec<_> = ids
                .iter()
                .map(|id| {
                    reading.actors[id.0 as usize]
                        .code
                        .clone()
                        .unwrap_or_else(|| reading.actors[id.0 as usize].name.clone())
                })
                .collect();
            names.join("+")
        };
        let date = event.date.as_ref().and_then(|date| date.value.clone()).unwrap_or_default();
        let (actors, recipients, status) =
            (names(&event.actors), names(&event.recipients), event.status.as_str());
        let _ = write!(told, " [{} {actors} > {recipients} {status} {date}]", event.rule);
    }
    told
}

/// Checks one frame's examples and counter-examples.
fn check(id: &str) {
    let frames = &reader().data().frames.frames;
    let frame = frames.iter().find(|frame| frame.id == id).expect("a frame for each file");
    let mut failures = String::new();
    for example in &frame.examples {
        let reading = read(&example.text);
        if !reading.events.iter().any(|event| fits(&reading, event, frame, example)) {
            let (who, whom) = (example.who.join("+"), example.whom.join("+"));
            let status = example.status.as_deref().unwrap_or("happened");
            let told = told(&reading);
            let _ = writeln!(failures, "{}\n    wanted {who} > {whom} {status}, read{told}", example.text);
        }
    }
    for example in &frame.counter_examples {
        let reading = read(&example.text);
        let done = |event: &&Event| matches!(event.status, Status::Happened | Status::Ongoing);
        if reading.events.iter().filter(done).any(|event| event.kind == frame.kind) {
            let _ = writeln!(failures, "{}\n    wanted none, read{}", example.text, told(&reading));
        }
    }
    assert!(failures.is_empty(), "frames/{id}.toml:\n{failures}");
}

include!(concat!(env!("OUT_DIR"), "/frame_tests.rs"));
