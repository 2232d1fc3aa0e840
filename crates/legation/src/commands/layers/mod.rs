//! What lies over readings: one command a file.

mod correct;
mod diff;
mod event;
mod regroup;
mod snapshot;

use std::process::Command;
use std::time::Duration;

use legation_record::{
    Record,
    ask::{Id, IdKind},
};

use crate::{
    ask_cli::RecordArgument,
    exit::{self, Failure},
    layers_cli::LayersCommand,
};

/// How long to wait for another program that writes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Does what the command line asks and returns the exit code.
///
/// # Errors
/// If there is no record, it cannot be used or written, or what is asked for is not in it.
pub(super) fn run(command: &LayersCommand) -> Result<u8, Failure> {
    match command {
        LayersCommand::Event(arguments) => event::run(arguments),
        LayersCommand::Regroup(arguments) => regroup::run(arguments),
        LayersCommand::Correct(command) => correct::run(command),
        LayersCommand::Snapshot(arguments) => snapshot::run(arguments),
        LayersCommand::Diff(arguments) => diff::run(arguments),
    }
}

fn open_to_write(argument: &RecordArgument) -> Result<Record, Failure> {
    Ok(Record::open_existing(&argument.record, PATIENCE)?)
}

fn open(argument: &RecordArgument) -> Result<Record, Failure> {
    Ok(Record::open_to_read(&argument.record)?)
}

/// The number of a thing of this kind.
fn number(text: &str, kind: IdKind) -> Result<i64, Failure> {
    let id: Id = text.parse()?;
    if id.kind == kind {
        return Ok(id.number);
    }
    let wanted = Id::new(kind, id.number);
    Err(Failure::new(exit::USAGE, format!("{id} is of another kind; such as {wanted} is wanted here")))
}

/// The name given, else the one that git knows, else that of the user.
fn author(given: Option<&String>) -> Result<String, Failure> {
    let git = || {
        let output = Command::new("git").args(["config", "user.name"]).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let user = || std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok();
    let named = given.cloned().or_else(|| git().filter(|name| !name.trim().is_empty())).or_else(user);
    let named = named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    named.ok_or_else(|| {
        Failure::new(exit::USAGE, "nobody is named who says so").hint("give --author, or set LEGATION_AUTHOR")
    })
}
