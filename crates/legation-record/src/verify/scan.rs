//! Copies a table row by row, past what cannot be read.

use std::ops::RangeInclusive;

use rusqlite::{Connection, Row, Statement, types::Value};

use crate::error::RecordError;

/// Keys tried one after another behind a row that cannot be read; a damaged page holds far fewer.
const TRIES: i64 = 200_000;

/// Keys of rows that could not be read.
pub(super) type Gap = RangeInclusive<i64>;

/// Copies what can be read of a table from one record to another, in the order of its leading key, a number; returns the
/// keys at which rows were lost.
///
/// # Errors
/// Those of the record that is written.
pub(super) fn copy(
    from: &Connection,
    to: &Connection,
    table: &str,
    key: &str,
) -> Result<Vec<Gap>, RecordError> {
    let (names, marks) = names_and_marks(to, table)?;
    let mut insert = to.prepare(&format!("INSERT INTO {table} ({names}) VALUES ({marks})"))?;
    let select = format!("SELECT {key}, {names} FROM {table} NOT INDEXED WHERE {key} >= ? ORDER BY {key}");
    let Ok(mut select) = from.prepare(&select) else { return Ok(vec![0..=i64::MAX]) };
    let mut gaps: Vec<Gap> = Vec::new();
    let mut next = 0;
    loop {
        let run = readable(&mut select, &mut insert, next)?;
        for bad in run.refused {
            gaps.push(bad..=bad);
        }
        if run.is_end {
            return Ok(gaps);
        }
        let lost = run.last.map_or(next, |last| last + 1).max(next);
        let Some(found) = (lost..lost + TRIES).find(|&key| starts(&mut select, key + 1)) else {
            gaps.push(lost..=i64::MAX);
            return Ok(gaps);
        };
        // Of the last key before the gap, rows may be lost too.
        gaps.push((lost - 1).max(0)..=found);
        next = found + 1;
    }
}

/// Copies a small table of any shape over what is there, as far as it can be read.
///
/// # Errors
/// Those of the record that is written.
pub(super) fn copy_small(from: &Connection, to: &Connection, table: &str) -> Result<(), RecordError> {
    let (names, marks) = names_and_marks(to, table)?;
    let mut insert = to.prepare(&format!("INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})"))?;
    let Ok(mut select) = from.prepare(&format!("SELECT NULL, {names} FROM {table}")) else { return Ok(()) };
    let Ok(mut rows) = select.query([]) else { return Ok(()) };
    while let Ok(Some(row)) = rows.next() {
        if let Some(values) = values(row) {
            insert.execute(rusqlite::params_from_iter(values))?;
        }
    }
    Ok(())
}

struct Run {
    last: Option<i64>,
    is_end: bool,
    /// Keys of rows whose values the tables refuse.
    refused: Vec<i64>,
}

/// Copies from a key on as far as rows can be read.
fn readable(select: &mut Statement<'_>, insert: &mut Statement<'_>, from: i64) -> Result<Run, RecordError> {
    let mut run = Run { last: None, is_end: false, refused: Vec::new() };
    let Ok(mut rows) = select.query([from]) else { return Ok(run) };
    loop {
        let row = match rows.next() {
            Err(_) => return Ok(run),
            Ok(None) => {
                run.is_end = true;
                return Ok(run);
            }
            Ok(Some(row)) => row,
        };
        let Ok(key) = row.get::<_, i64>(0) else { return Ok(run) };
        let values = values(row);
        let inserted = values.map(|values| insert.execute(rusqlite::params_from_iter(values)));
        match inserted {
            Some(Ok(_)) => {}
            Some(Err(error))
                if error.sqlite_error_code() != Some(rusqlite::ErrorCode::ConstraintViolation) =>
            {
                return Err(error.into());
            }
            None | Some(Err(_)) => run.refused.push(key),
        }
        run.last = Some(key);
    }
}

/// Whether rows can be read from a key on.
fn starts(select: &mut Statement<'_>, key: i64) -> bool {
    select.query([key]).is_ok_and(|mut rows| rows.next().is_ok())
}

/// The values behind the leading key; none where a text is no text any more.
fn values(row: &Row<'_>) -> Option<Vec<Value>> {
    (1..row.as_ref().column_count()).map(|column| row.get(column).ok()).collect()
}

/// The columns of a table, with its number where that is no column, and a mark for each.
fn names_and_marks(connection: &Connection, table: &str) -> Result<(String, String), RecordError> {
    let mut query = connection
        .prepare("SELECT name FROM pragma_table_info(?1) UNION ALL SELECT 'rowid' WHERE ?1 = 'problem'")?;
    let names = query.query_map([table], |row| row.get::<_, String>(0))?;
    let names: Vec<String> =
        names.map(|name| Ok(format!("\"{}\"", name?))).collect::<Result<_, RecordError>>()?;
    Ok((names.join(", "), vec!["?"; names.len()].join(", ")))
}
