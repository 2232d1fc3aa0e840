//! One command a file.

mod actors;
mod ask;
mod check;
mod explain;
mod keep;
mod layers;
mod read;
mod reading;
mod reread;
mod verify;

use std::fs;
use std::path::Path;
use std::time::Duration;

use legation_read::{
    Reader,
    data::{Data, DataError, DataFile},
    parse::Parser,
};
use legation_record::ask::StateCodes;
use walkdir::WalkDir;

use crate::{
    cli::{self, Cli, CliCommand},
    exit::{self, Failure},
    output::Sink,
    wire::Made,
};

/// Does what the command line asks and returns the exit code.
///
/// # Errors
/// Whatever ended the run before its end.
pub(crate) fn run(cli: &Cli) -> Result<u8, Failure> {
    if cli.version {
        return print(&version()?);
    }
    match &cli.command {
        Some(CliCommand::Read(arguments)) => read::run(arguments),
        Some(CliCommand::Keep(arguments)) => keep::run(arguments),
        Some(CliCommand::Ask(command)) => ask::run(command),
        Some(CliCommand::Layers(command)) => layers::run(command),
        Some(CliCommand::Reread(arguments)) => reread::run(arguments),
        Some(CliCommand::Verify(arguments)) => verify::run(arguments),
        Some(CliCommand::Explain(arguments)) => explain::run(arguments),
        Some(CliCommand::Check(arguments)) => check::run(arguments),
        Some(CliCommand::Actors(command)) => actors::run(command),
        Some(CliCommand::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut cli::command(), "legation", &mut script);
            print(&String::from_utf8_lossy(&script))
        }
        Some(CliCommand::Man) => {
            let mut page = Vec::new();
            let rendered = clap_mangen::Man::new(cli::command()).render(&mut page);
            rendered.map_err(|error| Failure::writing("the manual page", &error))?;
            print(&String::from_utf8_lossy(&page))
        }
        None => Err(Failure::new(exit::USAGE, "no command given").hint("see legation --help")),
    }
}

fn print(text: &str) -> Result<u8, Failure> {
    let mut sink = Sink::open(None)?;
    sink.put(text)?;
    sink.finish()?;
    Ok(exit::SUCCESS)
}

fn version() -> Result<String, Failure> {
    let (_, made) = reader(None)?;
    Ok(format!("legation {}\ndata   {}\nmodels {}\n", env!("CARGO_PKG_VERSION"), made.data, made.models))
}

/// The reader over the shipped data, with the user's own laid over it.
fn reader(folder: Option<&Path>) -> Result<(Reader, Made), Failure> {
    let data = load(folder)?.map_err(|errors| data_failure(&errors, folder))?;
    let parser = Parser::shipped()
        .map_err(|error| Failure::new(exit::DATA, format!("the shipped weights: {error}")))?;
    let data_hash = data.hash.clone();
    let reader = Reader::new(data, parser);
    let made = Made { data: data_hash, models: reader.model_hash() };
    Ok((reader, made))
}

fn load(folder: Option<&Path>) -> Result<Result<Data, Vec<DataError>>, Failure> {
    let mut files: Vec<DataFile> = Data::shipped_files().collect();
    if let Some(folder) = folder {
        files.extend(own_files(folder)?);
    }
    Ok(Data::load(&files))
}

/// The states of the registers with their codes, for the record.
fn states(reader: &Reader) -> Vec<StateCodes> {
    let states = reader.data().registers.states.iter().map(|state| StateCodes {
        iso: state.key.to_string(),
        name: state.name.to_string(),
        cow: state.cow,
        gw: state.gleditsch_ward,
    });
    states.collect()
}

/// The `.toml` and `.tsv` files below a folder, by path.
fn own_files(folder: &Path) -> Result<Vec<DataFile>, Failure> {
    let unreadable = |error: &dyn std::fmt::Display| {
        Failure::new(exit::DATA, format!("{}: {error}", folder.display()))
            .hint("give a folder laid out like data/")
    };
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| unreadable(&error))?;
        let is_data = entry.path().extension().is_some_and(|ending| ending == "toml" || ending == "tsv");
        if !entry.file_type().is_file() || !is_data {
            continue;
        }
        let text = fs::read_to_string(entry.path()).map_err(|error| unreadable(&error))?;
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let path: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        files.push(DataFile { path: path.join("/").into(), text: text.into() });
    }
    if files.is_empty() {
        return Err(unreadable(&"no .toml or .tsv file in it"));
    }
    Ok(files)
}

/// How long to wait for another program that writes to the record.
fn patience(seconds: u16) -> Duration {
    Duration::from_secs(seconds.into())
}

fn data_failure(errors: &[DataError], folder: Option<&Path>) -> Failure {
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    let whose = folder.map_or_else(|| "the shipped data".to_owned(), |folder| folder.display().to_string());
    Failure::new(exit::DATA, format!("{whose}: {} faults\n{}", errors.len(), lines.join("\n")))
}
