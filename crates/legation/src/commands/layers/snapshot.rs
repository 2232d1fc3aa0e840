//! `legation snapshot`: a version frozen, to be cited and compared.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use legation_record::snapshot::Snapshot;

use crate::{
    ask_cli::ShowFormat,
    commands::{ask::printing::print_json, print},
    exit::Failure,
    layers_cli::SnapshotArguments,
    output::Sink,
};

/// Freezes the record, or lists what was frozen.
///
/// # Errors
/// If there is no record, a version of this name is there, or something cannot be written.
pub(super) fn run(arguments: &SnapshotArguments) -> Result<u8, Failure> {
    let Some(name) = arguments.name.as_ref().filter(|_| !arguments.list) else {
        let snapshots = super::open(&arguments.record)?.snapshots()?;
        return match arguments.format {
            ShowFormat::Json => print_json(&snapshots),
            ShowFormat::Text => print(&snapshots.iter().map(told).collect::<String>()),
        };
    };
    let author = match arguments.output {
        Some(_) => super::author(arguments.author.as_ref())?,
        None => String::new(),
    };
    if let Some(folder) = &arguments.output {
        fs::create_dir_all(folder)
            .map_err(|error| Failure::writing(&folder.display().to_string(), &error))?;
    }
    let snapshot = super::open_to_write(&arguments.record)?.freeze(name, Timestamp::now())?;
    if let Some(folder) = &arguments.output {
        write(&folder.join("CITATION.cff"), &cff(&snapshot, &arguments.title, &author))?;
        write(&folder.join("citation.bib"), &bib(&snapshot, &arguments.title, &author))?;
    }
    match arguments.format {
        ShowFormat::Json => print_json(&snapshot),
        ShowFormat::Text => print(&told(&snapshot)),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let mut sink = Sink::open(Some(path))?;
    sink.put(text)?;
    sink.finish()
}

fn told(snapshot: &Snapshot) -> String {
    let Snapshot { name, at, hash, counts, made } = snapshot;
    let mut out = format!("{name}  {}  {hash}\n", at.get(..10).unwrap_or_default());
    // Writing to a string cannot fail.
    let _ = writeln!(out, "    {}", amounts(snapshot));
    let _ = writeln!(out, "    {} rejected, {} corrections", counts.rejected, counts.corrections);
    for [program, data, models] in made {
        let _ =
            writeln!(out, "    read by legation {program}, data {}, models {}", short(data), short(models));
    }
    out
}

fn amounts(snapshot: &Snapshot) -> String {
    let counts = &snapshot.counts;
    format!(
        "{} reports of {} origins, {} claims, {} events",
        counts.reports, counts.origins, counts.claims, counts.events
    )
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// A string of YAML: JSON's are.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Citation File Format 1.2.0.
fn cff(snapshot: &Snapshot, title: &str, author: &str) -> String {
    let day = snapshot.at.get(..10).unwrap_or_default();
    let made: Vec<String> = snapshot
        .made
        .iter()
        .map(|[program, data, models]| format!("legation {program}, data {data}, models {models}"))
        .collect();
    let abstract_text = format!("{}; read by {}", amounts(snapshot), made.join("; "));
    format!(
        "cff-version: 1.2.0\nmessage: \"If you use these data, please cite this version.\"\ntype: dataset\ntitle: {}\n\
         authors:\n  - name: {}\nversion: {}\ndate-released: {day}\nidentifiers:\n  - type: other\n    value: {}\n    \
         description: SHA-256 over the content of the record\nabstract: {}\n",
        quoted(title),
        quoted(author),
        quoted(&snapshot.name),
        quoted(&format!("sha256:{}", snapshot.hash)),
        quoted(&abstract_text)
    )
}

fn bib(snapshot: &Snapshot, title: &str, author: &str) -> String {
    let (day, hash) = (snapshot.at.get(..10).unwrap_or_default(), &snapshot.hash);
    let year = day.get(..4).unwrap_or_default();
    let plain = |text: &str| text.replace(['{', '}', '\\'], "").replace('&', "\\&").replace('%', "\\%");
    let key: String = snapshot.name.chars().filter(char::is_ascii_alphanumeric).collect();
    format!(
        "@misc{{legation-{key}-{},\n  author = {{{{{}}}}},\n  title = {{{{{}}}}},\n  version = {{{}}},\n  year = {{{year}}},\n  \
         date = {{{day}}},\n  note = {{SHA-256 over the content: {hash}; {}}}\n}}\n",
        short(hash),
        plain(author),
        plain(title),
        plain(&snapshot.name),
        amounts(snapshot)
    )
}
