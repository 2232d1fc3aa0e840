//! How a run ends: stable exit codes, and failures with a hint.

use std::fmt;
use std::io;

use legation_record::RecordError;

/// Everything was read and written.
pub(crate) const SUCCESS: u8 = 0;
/// Some inputs could not be read; the others were.
pub(crate) const SOME_FAILED: u8 = 1;
/// The command line is wrong, or there was nothing to read.
pub(crate) const USAGE: u8 = 2;
/// Data files are wrong.
pub(crate) const DATA: u8 = 3;
/// The output could not be written.
pub(crate) const OUTPUT: u8 = 4;
/// The record cannot be used: there is none, it is damaged, busy, or of a newer program.
pub(crate) const RECORD: u8 = 5;
/// Somebody pressed Ctrl-C; what was kept before is kept.
pub(crate) const INTERRUPTED: u8 = 130;
/// A fault of the program itself.
pub(crate) const INTERNAL: u8 = 70;

/// A failure that ends the run: what happened, and what to do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    message: String,
    hint: Option<String>,
    broken_pipe: bool,
}

impl Failure {
    pub(crate) fn new(code: u8, message: impl Into<String>) -> Failure {
        Failure { code, message: message.into(), hint: None, broken_pipe: false }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hint = Some(hint.into());
        self
    }

    /// A failure to write to `target`.
    pub(crate) fn writing(target: &str, error: &io::Error) -> Failure {
        let mut failure = Failure::new(OUTPUT, format!("cannot write {target}: {error}"));
        failure.broken_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        failure
    }

    pub(crate) fn code(&self) -> u8 {
        self.code
    }

    /// Whether the reader of our output went away ("| head"), which is no fault.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.broken_pipe
    }
}

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Failure {
        let code = if error.is_unwritable() {
            OUTPUT
        } else if error.is_refusal() {
            USAGE
        } else {
            RECORD
        };
        let failure = Failure::new(code, error.to_string());
        match error.hint() {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.message)?;
        match &self.hint {
            Some(hint) => write!(formatter, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}
