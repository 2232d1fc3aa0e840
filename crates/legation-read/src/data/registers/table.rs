//! Tab-separated tables under `data/`: header and rows checked against a declared set of columns, later layers laid over earlier ones.

use std::collections::BTreeMap;
use std::str::SplitTerminator;

use crate::data::{DataError, DataFile};

/// What is declared about one table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout<const N: usize> {
    /// Path below the data folder.
    pub(crate) path: &'static str,
    /// Column names, in their order.
    pub(crate) columns: [&'static str; N],
    /// How many of the first columns make up the key: rows are sorted by them, and no two rows share them.
    pub(crate) key: usize,
}

/// One row, with where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a, const N: usize> {
    /// Line in its file, from 1.
    pub(crate) line: usize,
    /// Its cells, trimmed; empty where nothing is known.
    pub(crate) cells: [&'a str; N],
}

/// Collects what is wrong, so that one run names every fault.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<DataError>);

impl Faults {
    /// Notes one fault.
    pub(crate) fn add(
        &mut self,
        file: &str,
        line: usize,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.0.push(DataError { file: file.to_owned(), line, message: message.into(), hint: hint.into() });
    }

    /// All faults, by file and line.
    pub(crate) fn into_sorted(mut self) -> Vec<DataError> {
        self.0.sort_by(|left, right| {
            (&left.file, left.line, &left.message).cmp(&(&right.file, right.line, &right.message))
        });
        self.0
    }
}

impl<const N: usize> Layout<N> {
    /// Reads the table from all layers that hold it; a later layer's row replaces an earlier row of the same key.
    pub(crate) fn read<'a>(&self, files: &'a [DataFile], faults: &mut Faults) -> Vec<Row<'a, N>> {
        let mut layers = files.iter().filter(|file| file.path == self.path);
        let Some(first) = layers.next() else {
            return Vec::new();
        };
        let mut rows = self.read_layer(&first.text, faults);
        for layer in layers {
            let mut merged: BTreeMap<&[&str], Row<'a, N>> = BTreeMap::new();
            let over = self.read_layer(&layer.text, faults);
            for row in rows.iter().chain(&over) {
                merged.insert(&row.cells[..self.key], *row);
            }
            let merged: Vec<_> = merged.into_values().collect();
            rows = merged;
        }
        rows
    }

    /// Reads one file of the table.
    fn read_layer<'a>(&self, text: &'a str, faults: &mut Faults) -> Vec<Row<'a, N>> {
        let mut rows: Vec<Row<'a, N>> = Vec::new();
        let mut header_seen = false;
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if !header_seen {
                header_seen = true;
                if !self.check_header(line, index + 1, faults) {
                    return Vec::new();
                }
                continue;
            }
            let Some(cells) = self.split(line, index + 1, faults) else {
                continue;
            };
            let row = Row { line: index + 1, cells };
            self.check_order(rows.last(), &row, faults);
            rows.push(row);
        }
        if !header_seen {
            faults.add(self.path, 0, "no header line", format!("begin with: {}", self.columns.join("\t")));
        }
        rows
    }

    /// Whether the header names exactly the declared columns.
    fn check_header(&self, line: &str, number: usize, faults: &mut Faults) -> bool {
        let found: Vec<&str> = line.split('\t').map(str::trim).collect();
        if found == self.columns {
            return true;
        }
        let hint = format!("the columns are: {}", self.columns.join(" "));
        for name in found.iter().filter(|name| !self.columns.contains(name)) {
            faults.add(self.path, number, format!("unknown column \"{name}\""), hint.clone());
        }
        for name in self.columns.iter().filter(|name| !found.contains(name)) {
            faults.add(self.path, number, format!("missing column \"{name}\""), hint.clone());
        }
        let mut sorted_found = found.clone();
        let mut sorted_declared = self.columns.to_vec();
        sorted_found.sort_unstable();
        sorted_declared.sort_unstable();
        if sorted_found == sorted_declared {
            faults.add(self.path, number, "columns in another order", hint);
        }
        false
    }

    /// Splits a line into its cells.
    fn split<'a>(&self, line: &'a str, number: usize, faults: &mut Faults) -> Option<[&'a str; N]> {
        let mut cells = [""; N];
        let mut count = 0;
        for cell in line.split('\t') {
            if let Some(place) = cells.get_mut(count) {
                *place = cell.trim();
            }
            count += 1;
        }
        if count == N {
            return Some(cells);
        }
        faults.add(
            self.path,
            number,
            format!("{count} cells where {N} are wanted"),
            "cells are separated by one tab each; leave unknown ones empty",
        );
        None
    }

    /// Rows ascend by key, and no key comes twice.
    fn check_order(&self, last: Option<&Row<'_, N>>, row: &Row<'_, N>, faults: &mut Faults) {
        let key = &row.cells[..self.key];
        if row.cells[0].is_empty() {
            faults.add(self.path, row.line, format!("empty \"{}\"", self.columns[0]), "every row has a key");
        }
        let Some(last) = last else { return };
        let shown = key.join(" | ");
        match last.cells[..self.key].cmp(key) {
            std::cmp::Ordering::Less => {}
            std::cmp::Ordering::Equal => faults.add(
                self.path,
                row.line,
                format!("\"{shown}\" is already on line {}", last.line),
                "merge the two rows",
            ),
            std::cmp::Ordering::Greater => faults.add(
                self.path,
                row.line,
                format!("\"{shown}\" is out of order"),
                format!("rows are sorted by {}", self.columns[..self.key].join(", ")),
            ),
        }
    }

    /// Notes a fault in one row.
    pub(crate) fn fault(
        &self,
        row: &Row<'_, N>,
        faults: &mut Faults,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        faults.add(self.path, row.line, message, hint);
    }

    /// The entries of a list cell, separated by `;`; an empty entry is a fault.
    pub(crate) fn list(&self, row: &Row<'_, N>, cell: &str, faults: &mut Faults) -> Vec<Box<str>> {
        let entries = split_list(cell);
        let list: Vec<Box<str>> = entries.clone().map(str::trim).map(Box::from).collect();
        if list.iter().any(|entry| entry.is_empty()) {
            self.fault(
                row,
                faults,
                format!("empty entry in the list \"{cell}\""),
                "entries are separated by \"; \"",
            );
        }
        list
    }
}

/// The raw entries of a list cell.
pub(crate) fn split_list(cell: &str) -> SplitTerminator<'_, char> {
    cell.split_terminator(';')
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    const LAYOUT: Layout<3> = Layout { path: "t.tsv", columns: ["key", "name", "names"], key: 1 };

    fn file(text: &str) -> DataFile {
        DataFile { path: Cow::Borrowed("t.tsv"), text: Cow::Owned(text.to_owned()) }
    }

    fn faults_of(text: &str) -> Vec<String> {
        let mut faults = Faults::default();
        LAYOUT.read(&[file(text)], &mut faults);
        faults.into_sorted().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_later_layer_replaces_and_adds() {
        let mut faults = Faults::default();
        let files = [
            file("key\tname\tnames\na\tOne\t\nc\tThree\t\n"),
            file("key\tname\tnames\nb\tTwo\t\nc\tDrei\t\n"),
        ];
        let names: Vec<&str> = LAYOUT.read(&files, &mut faults).iter().map(|row| row.cells[1]).collect();
        assert_eq!(names, ["One", "Two", "Drei"]);
        assert!(faults.into_sorted().is_empty());
    }

    #[test]
    fn unknown_and_missing_columns_are_named() {
        let found = faults_of("key\tnmae\tnames\n");
        assert_eq!(found.len(), 2);
        assert!(found[0].starts_with("t.tsv:1: missing column \"name\""), "{}", found[0]);
        assert!(
            found[1].starts_with("t.tsv:1: unknown column \"nmae\" (hint: the columns are: key name names)")
        );
    }

    #[test]
    fn order_duplicates_and_widths_are_checked() {
        let found = faults_of("# a comment\nkey\tname\tnames\nb\tx\t\na\ty\t\na\tz\t\nc\tw\n");
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("t.tsv:4: \"a\" is out of order"));
        assert!(found[1].starts_with("t.tsv:5: \"a\" is already on line 4"));
        assert!(found[2].starts_with("t.tsv:6: 2 cells where 3 are wanted"));
    }

    #[test]
    fn lists_are_split_and_checked() {
        let mut faults = Faults::default();
        let row = Row { line: 2, cells: ["a", "", ""] };
        assert_eq!(LAYOUT.list(&row, "Kyiv; Kiev", &mut faults), ["Kyiv".into(), "Kiev".into()]);
        assert!(LAYOUT.list(&row, "", &mut faults).is_empty());
        LAYOUT.list(&row, "Kyiv; ; Kiev", &mut faults);
        assert_eq!(faults.into_sorted().len(), 1);
    }
}
