//! The `legation` program.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use legation::wire;
use legation_read::{Input, Reader};

#[allow(clippy::print_stdout, clippy::print_stderr)]
fn main() -> ExitCode {
    let reader = match Reader::shipped() {
        Ok(reader) => reader,
        Err(errors) => {
            for error in errors {
                eprintln!("{error}");
            }
            return ExitCode::from(70);
        }
    };
    let made = wire::Made { data: reader.data().hash.clone(), models: String::new() };
    let arguments: Vec<String> = env::args().skip(1).collect();
    let published = arguments.iter().find_map(|argument| argument.strip_prefix("--published=")?.parse().ok());
    for path in arguments.iter().filter(|argument| !argument.starts_with("--")) {
        let Ok(bytes) = fs::read(path) else { continue };
        let id =
            Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let reading = reader.read(&Input { published, ..Input::new(&id, &bytes) });
        println!("{}", wire::reading(&reading, &made));
    }
    ExitCode::SUCCESS
}
