//! The house kept in order: sizes, documents that tell the truth, a command reference that is the real one.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

const LONGEST_FUNCTION: usize = 80;
const LONGEST_FILE: usize = 800;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Files of the repository with this ending, by path, build output left out.
fn files(ending: &str) -> Vec<PathBuf> {
    let skipped = ["target", ".git", ".venv", "dist"];
    let visible = |name: &str| !skipped.contains(&name);
    WalkDir::new(root())
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| visible(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect()
}

/// Lines of every function in a formatted file: name and length, signature included.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let is_function =
            ["fn ", "pub fn ", "pub(crate) fn ", "pub(super) fn ", "const fn ", "pub const fn "]
                .iter()
                .any(|opening| code.starts_with(opening));
        if !is_function || code.ends_with(';') {
            continue;
        }
        let indent = line.len() - code.len();
        let close = format!("{}}}", " ".repeat(indent));
        if code.ends_with('}') {
            found.push((code.split(['(', '<']).next().unwrap_or(code).to_owned(), 1));
            continue;
        }
        let length = lines[start..].iter().position(|line| *line == close).map_or(1, |offset| offset + 1);
        let name = code.split(['(', '<']).next().unwrap_or(code).to_owned();
        found.push((name, length));
    }
    found
}

#[test]
fn functions_and_files_are_short() {
    let mut faults = Vec::new();
    for path in files("rs") {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            faults.push(format!("{}: {lines} lines", path.display()));
        }
        for (name, length) in functions(&text) {
            if length > LONGEST_FUNCTION {
                faults.push(format!("{}: {name}: {length} lines", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "too long:\n{}", faults.join("\n"));
}

#[test]
fn function_lengths_are_counted_from_signature_to_brace() {
    let text = "fn short() {}\n\nimpl X {\n    pub fn long(\n        a: u8,\n    ) {\n        a;\n    }\n}\n";
    assert_eq!(functions(text), [("fn short".to_owned(), 1), ("pub fn long".to_owned(), 5)]);
}

/// Paths written in backquotes that claim to be in the repository.
fn named_paths(text: &str) -> BTreeSet<String> {
    let tops = ["crates/", "data/", "models/", "examples/", "docs/", "train/", ".ci/", "fuzz/"];
    let quoted = text.split('`').skip(1).step_by(2);
    quoted
        .filter(|path| tops.iter().any(|top| path.starts_with(top)))
        .filter(|path| !path.contains(['*', '<', '{', ' ', '…', '$']))
        .map(|path| path.trim_end_matches('/').split(':').next().unwrap_or(path).to_owned())
        .collect()
}

#[test]
fn paths_named_in_documents_exist() {
    let mut missing = Vec::new();
    for document in files("md") {
        if document.starts_with(root().join("crates/legation-read/tests/cases")) {
            continue;
        }
        let text = fs::read_to_string(&document).unwrap();
        for path in named_paths(&text) {
            let beside = document.with_file_name("").join(&path);
            if !root().join(&path).exists() && !beside.exists() {
                missing.push(format!("{}: {path}", document.display()));
            }
        }
    }
    assert!(missing.is_empty(), "named, but not there:\n{}", missing.join("\n"));
}

#[test]
fn documents_keep_their_size() {
    for (name, most) in [("README.md", 60), ("ARCHITECTURE.md", 300)] {
        let lines = fs::read_to_string(root().join(name)).unwrap().lines().count();
        assert!(lines <= most, "{name}: {lines} lines, at most {most}");
    }
}

#[test]
fn every_data_folder_says_what_it_holds() {
    let mut silent = Vec::new();
    for entry in fs::read_dir(root().join("data")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.join("README.md").exists() {
            silent.push(path.display().to_string());
        }
    }
    silent.sort();
    assert!(silent.is_empty(), "no README.md in {}", silent.join(", "));
}

#[test]
fn every_data_file_is_used() {
    let read: BTreeSet<String> =
        legation_read::data::Data::shipped_files().map(|file| file.path.into_owned()).collect();
    let folder = root().join("data");
    let mut orphans = Vec::new();
    for entry in WalkDir::new(&folder).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let inside = path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
        let compiled = inside == "gazetteer/places.tsv";
        if path.is_file() && !inside.ends_with("README.md") && !compiled && !read.contains(&inside) {
            orphans.push(inside);
        }
    }
    assert!(orphans.is_empty(), "nobody reads {}", orphans.join(", "));
}

/// The commands below a command, and below those, by their full names.
fn add_commands(command: &clap::Command, above: &[String], names: &mut Vec<Vec<String>>) {
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        let mut name = above.to_vec();
        name.push(below.get_name().to_owned());
        names.push(name.clone());
        add_commands(below, &name, names);
    }
}

/// The command reference: the help of every command, as the program prints it.
fn reference() -> String {
    let mut out = String::from(
        "# Command reference\n\nWhat `legation --help` and its commands print; made from the definition by\n\
         `LEGATION_BLESS=1 cargo test -p legation --test tidy`, and tested to be the same.\n",
    );
    let mut command = legation::cli::command().term_width(100);
    command.build();
    let mut names = vec![Vec::new()];
    add_commands(&command, &[], &mut names);
    for name in names {
        let mut found = &mut command;
        for part in &name {
            found = found.find_subcommand_mut(part).unwrap();
        }
        let help = found.render_long_help().to_string();
        let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
        let heading = format!("legation {}", name.join(" "));
        out.push_str(&format!(
            "\n## {}\n\n```text\n{}\n```\n",
            heading.trim_end(),
            lines.join("\n").trim_end()
        ));
    }
    out
}

#[test]
fn the_command_reference_is_the_real_one() {
    let path = root().join("docs/cli.md");
    let made = reference();
    if std::env::var_os("LEGATION_BLESS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, made, "docs/cli.md is not what --help prints");
}

/// One type's section of the codebook chapter.
fn section(entry: &legation_read::data::codebook::TypeEntry, frames: &[String]) -> String {
    let mut out = format!("\n## {}\n\n{}\n\n", entry.kind, entry.definition);
    let needed = if entry.recipient_required { "required" } else { "not required" };
    out.push_str(&format!(
        "Quad class {}; intensity {:.1}; recipient {needed}; CAMEO {}.\n",
        entry.quad,
        entry.intensity,
        entry.cameo.join(", ")
    ));
    if !entry.modes.is_empty() {
        out.push_str("\n| mode | what it covers | intensity | CAMEO |\n|---|---|---|---|\n");
    }
    for mode in &entry.modes {
        let intensity = mode.intensity.unwrap_or(entry.intensity);
        let cameo = entry.cameo_of(Some(&mode.name)).join(", ");
        out.push_str(&format!("| {} | {} | {intensity:.1} | {cameo} |\n", mode.name, mode.definition));
    }
    if !entry.contexts.is_empty() {
        out.push_str(&format!("\nOften in the contexts {}.\n", entry.contexts.join(", ")));
    }
    let told = |heading: &str, items: Vec<String>| {
        if items.is_empty() { String::new() } else { format!("\n{heading}\n\n{}\n", items.join("\n")) }
    };
    let neighbours = entry.neighbours.iter().map(|next| format!("- {}: {}.", next.kind, next.decide));
    out.push_str(&told("Neighbours, and how we decide:", neighbours.collect()));
    let examples = entry.examples.iter().map(|example| format!("- “{}” ({})", example.text, example.why));
    out.push_str(&told("Of this type:", examples.collect()));
    let others =
        entry.counter_examples.iter().map(|example| format!("- “{}” ({})", example.text, example.why));
    out.push_str(&told("Not of this type:", others.collect()));
    out.push_str(&format!("\nFrames that read it: {}.\n", frames.join(", ")));
    out
}

/// The manual's chapter on the codebook, from the codebook itself.
fn codebook_chapter() -> String {
    let files: Vec<_> = legation_read::data::Data::shipped_files().collect();
    let data = legation_read::data::Data::load(&files).unwrap();
    let mut out = String::from(
        "# Codebook\n\nThe types, modes and contexts that events are coded in; made from `data/codebook/` by\n\
         `LEGATION_BLESS=1 cargo test -p legation --test tidy`, and tested to be the same.\n\n\
         Types, modes and contexts follow PLOVER 0.8; intensities are Goldstein's (1992), -10 to 10. CAMEO codes are a mapping: a\n\
         root where a mode has no code of its own. `legation explain` tells which frame read an event, and why.\n",
    );
    for entry in data.codebook.types() {
        let of_type = data.frames.written().filter(|frame| frame.kind == entry.kind);
        let frames: Vec<String> = of_type.map(|frame| format!("`{}`", frame.id)).collect();
        out.push_str(&section(entry, &frames));
    }
    out.push_str("\n## Contexts\n\nWhat an event is about, beside its type.\n\n| context | what it covers | given away by |\n|---|---|---|\n");
    for context in &data.codebook.contexts {
        let words = context.words.join(", ");
        out.push_str(&format!("| {} | {} | {words} |\n", context.name, context.definition));
    }
    out
}

#[test]
fn the_codebook_chapter_is_the_codebook() {
    let path = root().join("docs/codebook.md");
    let made = codebook_chapter();
    if std::env::var_os("LEGATION_BLESS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, made, "docs/codebook.md is not what data/codebook/ says");
}
