//! Where output goes: standard output, or a file that appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};

use crate::exit::Failure;

/// Columns assumed where there is no terminal to ask.
const WIDTH: usize = 120;

/// Something to write to, with its name for messages.
pub(crate) struct Sink {
    writer: Box<dyn Write>,
    name: String,
    /// The file being written and the one it becomes.
    file: Option<(PathBuf, PathBuf)>,
}

impl Sink {
    /// Standard output, or a file.
    ///
    /// # Errors
    /// If the file cannot be made.
    pub(crate) fn open(target: Option<&Path>) -> Result<Sink, Failure> {
        let Some(target) = target.filter(|target| target.as_os_str() != "-") else {
            let writer = Box::new(BufWriter::new(AutoStream::auto(io::stdout())));
            return Ok(Sink { writer, name: "standard output".to_owned(), file: None });
        };
        let mut partial = target.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let name = target.display().to_string();
        let file = File::create(&partial).map_err(|error| {
            Failure::writing(&name, &error).hint("does the folder exist, and may you write there?")
        })?;
        let writer = Box::new(BufWriter::new(AutoStream::new(file, ColorChoice::Never)));
        Ok(Sink { writer, name, file: Some((partial, target.to_owned())) })
    }

    /// Writes a piece.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn put(&mut self, text: &str) -> Result<(), Failure> {
        self.writer.write_all(text.as_bytes()).map_err(|error| Failure::writing(&self.name, &error))
    }

    /// Finishes: what was written is there, under its own name.
    ///
    /// # Errors
    /// If the last pieces cannot be written or the file not be renamed.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let finished = self
            .writer
            .flush()
            .and_then(|()| self.file.take().map_or(Ok(()), |(partial, target)| fs::rename(partial, target)));
        finished.map_err(|error| Failure::writing(&self.name, &error))
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        if let Some((partial, _)) = &self.file {
            // An unfinished file is of no use to anybody; that it cannot be removed changes nothing.
            let _ = fs::remove_file(partial);
        }
    }
}

/// Tells people on standard error that something went wrong.
pub(crate) fn complain(message: impl std::fmt::Display) {
    let style = anstyle::Style::new().bold().fg_color(Some(anstyle::AnsiColor::Red.into()));
    // There is nowhere left to report a failure to report.
    let _ = writeln!(anstream::stderr().lock(), "{style}legation:{style:#} {message}");
}

/// Tells people on standard error something beside the answer.
pub(crate) fn note(message: impl std::fmt::Display) {
    let style = anstyle::Style::new().dimmed();
    // The answer itself is printed already; without this line it is as good.
    let _ = writeln!(anstream::stderr().lock(), "{style}{message}{style:#}");
}

/// Columns to lay tables out for.
pub(crate) fn width(target: Option<&Path>) -> usize {
    if target.is_some() || !io::stdout().is_terminal() {
        return WIDTH;
    }
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0).max(60))
}
