//! Input lines, and offsets between the scorers' code points and our bytes.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use jiff::civil::Date;
use legation_read::{Reader, Reading, Span, data::DataFile, source};
use serde_json::Value;

/// Calls `predict` on every line of a JSONL file and writes what it returns.
pub(crate) fn each<F>(path: &Path, out: &mut impl Write, mut predict: F) -> io::Result<()>
where
    F: FnMut(&Value) -> io::Result<Value>,
{
    for (number, line) in fs::read_to_string(path)?.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let value: Value = serde_json::from_str(line)
            .map_err(|error| io::Error::other(format!("line {}: not JSON: {error}", number + 1)))?;
        writeln!(out, "{}", predict(&value)?)?;
    }
    Ok(())
}

/// All data files below a folder, sorted by path.
pub(crate) fn data_files(folder: &Path) -> io::Result<Vec<DataFile>> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml" || extension == "tsv") {
                let name =
                    path.strip_prefix(folder).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
                files.push(DataFile { path: name.into(), text: fs::read_to_string(&path)?.into() });
            }
        }
    }
    files.sort_by(|first, second| first.path.cmp(&second.path));
    Ok(files)
}

/// A text field; empty if missing.
pub(crate) fn text<'a>(line: &'a Value, field: &str) -> &'a str {
    line[field].as_str().unwrap_or("")
}

/// A date field, 2009-02-03 or, as some sets write it, 03-02-2009.
pub(crate) fn day(line: &Value, field: &str) -> Option<Date> {
    let text = line[field].as_str()?.get(..10)?;
    text.parse().ok().or_else(|| {
        let (day, rest) = text.split_once('-')?;
        let (month, year) = rest.split_once('-')?;
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    })
}

/// Reads the line's `text` as it stands, so that offsets stay the scorer's.
pub(crate) fn read(reader: &Reader, line: &Value, date_field: &str) -> Reading {
    reader.read_document(source::verbatim(text(line, "id"), text(line, "text"), day(line, date_field)))
}

/// A byte span for a scorer's code-point `start` and `end`.
pub(crate) fn span(text: &str, marked: &Value) -> Option<Span> {
    let start = usize::try_from(marked["start"].as_u64()?).ok()?;
    let end = usize::try_from(marked["end"].as_u64()?).ok()?;
    let mut bounds = text.char_indices().map(|(offset, _)| offset).chain([text.len()]);
    let first = bounds.nth(start)?;
    let last = if end > start { bounds.nth(end - start - 1)? } else { first };
    Some(Span::new(first, last))
}
