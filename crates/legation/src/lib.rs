//! The `legation` program: commands, wire formats, and everything that talks with people.

mod actors;
pub mod cli;

pub mod ask_cli;

pub mod layers_cli;

mod commands;

mod inputs;

mod overlap;

mod interrupt;

mod output;

mod progress;

mod exit;

pub mod calendar;

pub mod people;

pub mod wire;

pub mod conllu;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

/// Runs the program on a command line, the program's name first, and says how it went.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match cli::Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let code = u8::try_from(error.exit_code()).unwrap_or(exit::USAGE);
            // Nothing is left to do when even the message cannot be written.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    match commands::run(&cli) {
        Ok(code) => ExitCode::from(code),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(&failure);
            ExitCode::from(failure.code())
        }
    }
}
