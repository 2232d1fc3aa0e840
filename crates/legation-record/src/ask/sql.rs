//! Questions in SQL: one query, read and never write.

use std::time::{Duration, Instant};

use rusqlite::{
    hooks::{AuthAction, AuthContext, Authorization},
    types::ValueRef,
};
use serde::{Serialize, Serializer};

use crate::{Record, error::RecordError};

/// Steps of the store's machine between two looks at the clock.
const STEPS: i32 = 20_000;

/// How far a query may go.
#[derive(Clone, Copy, Debug)]
pub struct SqlLimits {
    /// Rows at most.
    pub rows: Option<usize>,
    /// Time at most.
    pub time: Duration,
}

/// One value of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// What came of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows that were given out.
    pub rows: usize,
    /// Whether there are more.
    pub is_cut: bool,
}

/// Takes a row with the names of its columns.
pub type EachRow<'a, E> = dyn FnMut(&[String], &[Cell]) -> Result<(), E> + 'a;

impl Record {
    /// Runs one query and gives out its rows with the names of the columns, until `each` says stop. Nothing can be
    /// written: not to the record, nor to any other file.
    ///
    /// # Errors
    /// If it is no query, or wrong, or would write; if the time is over; and whatever `each` fails with.
    pub fn sql<E: From<RecordError>>(
        &mut self,
        query: &str,
        limits: SqlLimits,
        each: &mut EachRow<'_, E>,
    ) -> Result<Table, E> {
        let end = Instant::now() + limits.time;
        let set = |error: rusqlite::Error| RecordError::from(error);
        self.connection.authorizer(Some(may)).map_err(set)?;
        self.connection.progress_handler(STEPS, Some(move || Instant::now() >= end)).map_err(set)?;
        let answer = run(self, query, limits, each);
        self.connection.progress_handler(STEPS, None::<fn() -> bool>).map_err(set)?;
        self.connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>).map_err(set)?;
        answer
    }
}

fn run<E: From<RecordError>>(
    record: &Record,
    query: &str,
    limits: SqlLimits,
    each: &mut EachRow<'_, E>,
) -> Result<Table, E> {
    let refused = |error: rusqlite::Error| refusal(error, limits.time);
    let mut statement = record.connection.prepare(query).map_err(refused)?;
    if !statement.readonly() || statement.column_count() == 0 {
        return Err(RecordError::refused("only a query can be asked: SELECT or WITH").into());
    }
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut table = Table { columns: columns.clone(), rows: 0, is_cut: false };
    let mut rows = statement.query([]).map_err(refused)?;
    while let Some(row) = rows.next().map_err(refused)? {
        if limits.rows.is_some_and(|most| table.rows >= most) {
            table.is_cut = true;
            break;
        }
        let cells =
            (0..columns.len()).map(|column| Ok(cell(row.get_ref(column)?))).collect::<Result<Vec<_>, _>>();
        each(&columns, &cells.map_err(refused)?)?;
        table.rows += 1;
    }
    Ok(table)
}

/// Only reading; one statement cannot open files, set anything, or load code.
fn may(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => Authorization::Allow,
        AuthAction::Function { function_name } if function_name != "load_extension" => Authorization::Allow,
        // The full-text search looks at this one for itself.
        AuthAction::Pragma { pragma_name: "data_version", .. } => Authorization::Allow,
        _ => Authorization::Deny,
    }
}

fn refusal(error: rusqlite::Error, time: Duration) -> RecordError {
    use rusqlite::{Error, ErrorCode};
    match (&error, error.sqlite_error_code()) {
        (Error::MultipleStatement, _) => RecordError::refused("only one query at a time"),
        (_, Some(ErrorCode::AuthorizationForStatementDenied)) => {
            RecordError::refused("only a query can be asked: SELECT or WITH; nothing is written")
        }
        (_, Some(ErrorCode::OperationInterrupted)) => RecordError::refused(format!(
            "the query took longer than {} s and was stopped",
            time.as_secs_f64()
        )),
        (Error::SqlInputError { msg, sql, offset, .. }, _) => {
            let before: String = sql.get(..usize::try_from(*offset).unwrap_or(0)).unwrap_or("").to_owned();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            RecordError::refused(format!("{msg} (line {line}, column {column})"))
        }
        (Error::SqliteFailure(_, Some(message)), Some(ErrorCode::Unknown)) => {
            RecordError::refused(message.clone())
        }
        (_, Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::SystemIoFailure)) => {
            error.into()
        }
        _ => RecordError::refused(error.to_string()),
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Integer(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
    }
}

impl Cell {
    /// As text; bytes in hexadecimal, nothing as the empty text.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Cell::Null => String::new(),
            Cell::Integer(number) => number.to_string(),
            Cell::Real(number) => number.to_string(),
            Cell::Text(text) => text.clone(),
            Cell::Bytes(bytes) => crate::hash::hex(bytes),
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Null => serializer.serialize_none(),
            Cell::Integer(number) => serializer.serialize_i64(*number),
            Cell::Real(number) => serializer.serialize_f64(*number),
            Cell::Text(_) | Cell::Bytes(_) => serializer.serialize_str(&self.text()),
        }
    }
}
