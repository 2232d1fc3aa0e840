//! The tables, and how a record of an earlier version becomes one of this version.

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};

use crate::{
    error::{Kind, RecordError},
    hash, merge,
};

/// "LGTN": marks the file as a record (`PRAGMA application_id`).
const APPLICATION: i32 = 0x4C47_544E;

/// Steps from each version to the next; the record's version (`PRAGMA user_version`) is how many were taken.
const STEPS: &[&str] = &[include_str!("1.sql"), include_str!("2.sql"), include_str!("3.sql")];
/// The first version that files claims by month.
const FILED_BY_MONTH: usize = 3;

/// The documented views, made anew by whoever opens the record to write.
pub(crate) const VIEWS: &str = include_str!("views.sql");

/// The version of a record that this program makes.
pub(crate) fn newest() -> usize {
    STEPS.len()
}

/// Makes the tables of a new record, or brings an old one to this version, and its views to those of this program.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), RecordError> {
    migrate_by(connection, STEPS)
}

/// Takes the steps that a record has not taken, all or none.
fn migrate_by(connection: &mut Connection, steps: &[&str]) -> Result<(), RecordError> {
    if version_by(connection, steps)? == steps.len() && has_views(connection)? {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have been faster.
    let version = version_by(&transaction, steps)?;
    if version == steps.len() && has_views(&transaction)? {
        return Ok(());
    }
    for step in steps.iter().skip(version) {
        transaction.execute_batch(step)?;
    }
    if version < FILED_BY_MONTH {
        merge::file_anew(&transaction)?;
    }
    transaction.execute_batch(VIEWS)?;
    let set = "INSERT OR REPLACE INTO setting (name, value) VALUES ('views', ?)";
    transaction.execute(set, [hash::sha256(VIEWS.as_bytes())])?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", i64::try_from(steps.len()).unwrap_or(i64::MAX))?;
    transaction.commit()?;
    Ok(())
}

/// Whether the views of a record of this version are those of this program.
pub(crate) fn has_views(connection: &Connection) -> Result<bool, RecordError> {
    let query = "SELECT value FROM setting WHERE name = 'views'";
    let views: Option<String> = connection.query_row(query, [], |row| row.get(0)).optional()?;
    Ok(views.is_some_and(|views| views == hash::sha256(VIEWS.as_bytes())))
}

/// How many steps a record has taken; 0 for an empty file.
///
/// # Errors
/// If the file is no record, or one of a newer program.
pub(crate) fn version(connection: &Connection) -> Result<usize, RecordError> {
    version_by(connection, STEPS)
}

fn version_by(connection: &Connection, steps: &[&str]) -> Result<usize, RecordError> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != i64::from(APPLICATION) && (tables > 0 || application != 0) {
        return Err(RecordError::new(Kind::Foreign, "the file is a database, but no record"));
    }
    let version = usize::try_from(version).unwrap_or(0);
    if version > steps.len() {
        let message = format!("the record is of version {version}, and this legation knows {}", steps.len());
        return Err(RecordError::new(Kind::Newer, message));
    }
    Ok(version)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{STEPS, migrate, migrate_by, version, version_by};

    const NEXT: &str =
        "ALTER TABLE report ADD COLUMN desk TEXT; CREATE TABLE made_up (id INTEGER PRIMARY KEY);
        UPDATE report SET desk = 'foreign';";

    fn old() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        connection
            .execute_batch(
                "INSERT INTO made (legation, data, models) VALUES ('', '', '');
                INSERT INTO run (command, started, made) VALUES ('keep', '', 1);
                INSERT INTO report (key, version, is_latest, document, source, sha256, given, kept, run, origin)
                VALUES ('a', 1, 1, 'a', 'a', '', '{}', '', 1, 1)",
            )
            .unwrap();
        connection
    }

    fn steps(next: &'static str) -> Vec<&'static str> {
        [STEPS, &[next]].concat()
    }

    #[test]
    fn an_old_record_takes_the_steps_it_lacks_and_keeps_what_is_in_it() {
        let mut connection = old();
        migrate_by(&mut connection, &steps(NEXT)).unwrap();
        assert_eq!(version_by(&connection, &steps(NEXT)).unwrap(), STEPS.len() + 1);
        let desk: String = connection.query_row("SELECT desk FROM report", [], |row| row.get(0)).unwrap();
        assert_eq!(desk, "foreign");
        // A step that was taken is not taken again.
        migrate_by(&mut connection, &steps(NEXT)).unwrap();
        assert!(version(&connection).unwrap_err().to_string().contains("this legation knows"));
    }

    #[test]
    fn views_of_another_program_are_made_anew() {
        let mut connection = old();
        connection
            .execute_batch(
                "DROP VIEW v_claims; CREATE VIEW v_claims AS SELECT 1 AS one;
                UPDATE setting SET value = 'other' WHERE name = 'views'",
            )
            .unwrap();
        migrate(&mut connection).unwrap();
        connection.query_row("SELECT count(claim) FROM v_claims", [], |row| row.get::<_, i64>(0)).unwrap();
    }

    #[test]
    fn a_step_that_fails_leaves_the_record_as_it_was() {
        let mut connection = old();
        let failing = "CREATE TABLE made_up (id INTEGER); UPDATE report SET nothing = 1;";
        migrate_by(&mut connection, &steps(failing)).unwrap_err();
        assert_eq!(version(&connection).unwrap(), STEPS.len());
        let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'made_up'";
        assert_eq!(connection.query_row(tables, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
        assert_eq!(
            connection.query_row("SELECT count(*) FROM report", [], |row| row.get::<_, i64>(0)).unwrap(),
            1
        );
    }
}
