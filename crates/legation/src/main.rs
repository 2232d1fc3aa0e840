//! The `legation` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    legation::run(std::env::args_os())
}
