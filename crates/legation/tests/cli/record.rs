//! Looking into a record, past the program.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, types::ValueRef};

use super::{code, command, legation, stderr};

/// Columns that say when, or by which call: they differ between runs that do the same.
const TIMES: [(&str, &str); 4] =
    [("report", "kept"), ("report", "run"), ("intake", "run"), ("reading", "run")];

pub(super) fn open(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap()
}

/// A number that a query gives.
pub(super) fn number(path: &Path, query: &str) -> i64 {
    open(path).query_row(query, [], |row| row.get(0)).unwrap()
}

/// All that is in a record but for times, as text; the search index is checked against the texts.
pub(super) fn dump(path: &Path) -> String {
    let connection = open(path);
    let faults: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(faults, "ok");
    connection.execute("INSERT INTO word (word, rank) VALUES ('integrity-check', 1)", []).unwrap();
    let tables = "SELECT name FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'run' ORDER BY name";
    let mut tables = connection.prepare(tables).unwrap();
    let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(names.len() > 20, "{names:?}");
    let mut out = String::new();
    for table in names {
        let mut rows = connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let columns: Vec<String> = rows.column_names().map(str::to_owned).collect();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            out.push_str(&table);
            for (number, column) in columns.iter().enumerate() {
                if !TIMES.contains(&(&table, column)) {
                    let _ = write!(out, " {column}={}", value(row.get_ref(number).unwrap()));
                }
            }
            out.push('\n');
        }
    }
    out
}

fn value(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "-".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => format!("{bytes:02x?}"),
    }
}

/// Says where two dumps differ, rather than print both.
pub(super) fn same(left: &str, right: &str) {
    for (left, right) in left.lines().zip(right.lines()) {
        assert_eq!(left, right);
    }
    assert_eq!(left.lines().count(), right.lines().count());
}

/// Keeps a folder of reports in a record beside it, and returns the record.
pub(super) fn kept(reports: &Path, record: &str) -> PathBuf {
    let record = reports.with_file_name(record);
    let output =
        legation(&["keep", "--quiet", "--record", record.to_str().unwrap(), reports.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    record
}

/// A call of keep with a record.
pub(super) fn keep(record: &Path, more: &[&str]) -> std::process::Output {
    command(&["keep", "--record", record.to_str().unwrap()]).args(more).output().unwrap()
}
