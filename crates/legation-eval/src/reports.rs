//! Whole readings of the reports in a list.

use std::path::Path;
use std::{fs, io};

use legation::wire;
use legation_read::{Input, Reader};
use serde_json::Value;

use crate::input;

/// Reads the file a line names, relative to the list, and prints its reading.
pub(crate) fn predict(reader: &Reader, list: &Path, line: &Value) -> io::Result<Value> {
    let file = list.parent().unwrap_or(Path::new("")).join(input::text(line, "file"));
    let bytes = fs::read(&file).map_err(|error| io::Error::other(format!("{}: {error}", file.display())))?;
    let document =
        Input { published: input::day(line, "published"), ..Input::new(input::text(line, "id"), &bytes) };
    Ok(wire::reading(&reader.read(&document), &wire::Made::default()))
}
