//! `legation actors`: who is known, and knowledge from elsewhere.

mod find;
mod import;

use crate::{cli::ActorsCommand, exit::Failure};

/// Does what was asked.
///
/// # Errors
/// Whatever ended the run before its end.
pub(crate) fn run(command: &ActorsCommand) -> Result<u8, Failure> {
    match command {
        ActorsCommand::Find(arguments) => find::run(arguments),
        ActorsCommand::Import(arguments) => import::run(arguments),
    }
}
