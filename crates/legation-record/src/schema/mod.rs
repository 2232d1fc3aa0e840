//! The tables, and how a record of an earlier version becomes one of this version.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Kind, RecordError};

/// "LGTN": marks the file as a record (`PRAGMA application_id`).
const APPLICATION: i32 = 0x4C47_544E;

/// Steps from each version to the next; the record's version (`PRAGMA user_version`) is how many were taken.
const STEPS: &[&str] = &[include_str!("1.sql")];

/// The documented views, made anew by whoever opens the record to write.
pub(crate) const VIEWS: &str = include_str!("views.sql");

/// The version of a record that this program makes.
pub(crate) fn newest() -> usize {
    STEPS.len()
}

/// Makes the tables of a new record, or brings an old one to this version; a record of this version stays as it is.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), RecordError> {
    let version = version(connection)?;
    if version == STEPS.len() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have been faster.
    let version = self::version(&transaction)?;
    for step in STEPS.iter().skip(version) {
        transaction.execute_batch(step)?;
    }
    transaction.execute_batch(VIEWS)?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", i64::try_from(STEPS.len()).unwrap_or(i64::MAX))?;
    transaction.commit()?;
    Ok(())
}

/// How many steps a record has taken; 0 for an empty file.
///
/// # Errors
/// If the file is no record, or one of a newer program.
pub(crate) fn version(connection: &Connection) -> Result<usize, RecordError> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != i64::from(APPLICATION) && (tables > 0 || application != 0) {
        return Err(RecordError::new(Kind::Foreign, "the file is a database, but no record"));
    }
    let version = usize::try_from(version).unwrap_or(0);
    if version > STEPS.len() {
        let message = format!("the record is of version {version}, and this legation knows {}", STEPS.len());
        return Err(RecordError::new(Kind::Newer, message));
    }
    Ok(version)
}
