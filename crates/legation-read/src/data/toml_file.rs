//! A TOML file in, its typed contents or its faults with their lines out.

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::{DataError, DataFile};

/// Reads a whole file into `T`.
///
/// # Errors
/// The first fault of the syntax, an unknown key, or a value of another type, with its line.
pub(super) fn parse<T: DeserializeOwned>(file: &DataFile) -> Result<T, DataError> {
    toml::from_str(&file.text).map_err(|error| DataError {
        file: file.path.to_string(),
        line: error.span().map_or(0, |span| line_of(&file.text, span.start)),
        message: error.message().to_owned(),
        hint: String::new(),
    })
}

/// A fault at a value of a file.
pub(super) fn fault<T>(file: &DataFile, at: &Spanned<T>, message: String, hint: String) -> DataError {
    DataError { file: file.path.to_string(), line: line_of(&file.text, at.span().start), message, hint }
}

/// Line of a byte offset, from 1.
fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}
