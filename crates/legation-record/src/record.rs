//! The file: opened, made, closed.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension as _, params};

use crate::{
    error::{Kind, RecordError},
    memory::Memory,
    schema,
};

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long until what the store refused on the spot is tried again.
const PAUSE: Duration = Duration::from_millis(10);

/// Many readings, kept in one SQLite file.
///
/// One program writes at a time, others read meanwhile. Whatever a call has returned for is on the disk.
#[derive(Debug)]
pub struct Record {
    pub(crate) connection: Connection,
    pub(crate) memory: Memory,
    path: Option<PathBuf>,
}

impl Record {
    /// Opens a record to keep reports in it, and makes it if there is none.
    ///
    /// # Errors
    /// If the file is something else, of a newer program, damaged, or cannot be written.
    pub fn open(path: &Path) -> Result<Record, RecordError> {
        Record::open_waiting(path, PATIENCE)
    }

    /// The same, with how long to wait for other writers, now and later.
    ///
    /// # Errors
    /// Those of [`Record::open`].
    pub fn open_waiting(path: &Path, patience: Duration) -> Result<Record, RecordError> {
        be_a_file(path)?;
        let connection = Connection::open(path).map_err(|error| at(path, error))?;
        Record::prepared(connection, Some(path.to_owned()), patience).map_err(|error| named(path, error))
    }

    /// Opens a record that is there, to work on what is in it.
    ///
    /// # Errors
    /// If there is none, and those of [`Record::open`].
    pub fn open_existing(path: &Path, patience: Duration) -> Result<Record, RecordError> {
        be_there(path)?;
        Record::open_waiting(path, patience)
    }

    /// Opens a record that is there, to ask it; nothing is written, whatever is asked.
    ///
    /// # Errors
    /// If there is none, or the file is something else, of another version, or damaged.
    pub fn open_to_read(path: &Path) -> Result<Record, RecordError> {
        be_there(path)?;
        let mut connection = connect_to_read(path)?;
        let version = schema::version(&connection).map_err(|error| named(path, error))?;
        if version == 0 {
            return Err(named(path, RecordError::new(Kind::Foreign, "the file is empty, no record yet")));
        }
        if version < schema::newest() {
            // A record of an earlier version is brought to this one first, as any writer would.
            drop(connection);
            drop(Record::open(path)?);
            connection = connect_to_read(path)?;
        } else if matches!(schema::has_views(&connection), Ok(false)) && Record::open(path).is_ok() {
            // A record that cannot be written is asked through the views that it has.
            connection = connect_to_read(path)?;
        }
        connection.busy_timeout(PATIENCE).map_err(|error| at(path, error))?;
        tune(&connection).map_err(|error| at(path, error))?;
        Ok(Record { connection, memory: Memory::default(), path: Some(path.to_owned()) })
    }

    /// A record in memory, for trying things out.
    ///
    /// # Errors
    /// If the store cannot be made.
    pub fn in_memory() -> Result<Record, RecordError> {
        Record::prepared(Connection::open_in_memory()?, None, PATIENCE)
    }

    fn prepared(
        mut connection: Connection,
        path: Option<PathBuf>,
        patience: Duration,
    ) -> Result<Record, RecordError> {
        connection.busy_timeout(patience)?;
        schema::version(&connection)?;
        be_logged(&connection, patience)?;
        // What was acknowledged must outlive a power cut, not only a kill.
        connection.pragma_update(None, "synchronous", "FULL")?;
        tune(&connection)?;
        schema::migrate(&mut connection)?;
        Ok(Record { connection, memory: Memory::default(), path })
    }

    /// Where it lies; `None` in memory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }
}

/// Looking at single rows.
impl Record {
    /// The report that a report is a copy of, itself if none, by number; `None` where there is no such report.
    ///
    /// # Errors
    /// Those of the store.
    pub fn origin_of(&self, key: &str) -> Result<Option<i64>, RecordError> {
        let query = "SELECT origin FROM report WHERE key = ? AND is_latest";
        Ok(self.connection.query_row(query, [key], |row| row.get(0)).optional()?)
    }

    /// The claim whose trigger lies at a place of a report's text (code points), and its event; one of this type first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn claim_at(
        &self,
        key: &str,
        start: u32,
        end: u32,
        kind: &str,
    ) -> Result<Option<(i64, i64)>, RecordError> {
        let query = "SELECT claim.id, claim.event FROM claim JOIN report ON report.id = claim.report
            WHERE key = ? AND is_latest AND is_live AND start < ? AND \"end\" > ? AND event IS NOT NULL
            ORDER BY type <> ?, claim.id LIMIT 1";
        let found = self
            .connection
            .query_row(query, params![key, end, start, kind], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(found.optional()?)
    }
}

pub(crate) fn be_there(path: &Path) -> Result<(), RecordError> {
    let absent = || RecordError::new(Kind::Absent, format!("{}: there is no record", path.display()));
    if path.exists() { be_a_file(path) } else { Err(absent()) }
}

fn be_a_file(path: &Path) -> Result<(), RecordError> {
    let foreign = || RecordError::new(Kind::Foreign, format!("{}: a folder, no record", path.display()));
    if path.is_dir() { Err(foreign()) } else { Ok(()) }
}

/// A connection that cannot write.
pub(crate) fn connect_to_read(path: &Path) -> Result<Connection, RecordError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| at(path, error))?;
    let probe = connection.pragma_query_value(None, "schema_version", |row| row.get::<_, i64>(0));
    let cannot_open = probe.is_err_and(|error| error.sqlite_error_code() == Some(ErrorCode::CannotOpen));
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if cannot_open && !Path::new(&log).exists() {
        // In a folder that may not be written the store cannot keep readers and writers apart; there are no writers.
        let path_in_address =
            path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let address = format!("file:{path_in_address}?immutable=1");
        let flags = flags | OpenFlags::SQLITE_OPEN_URI;
        return Connection::open_with_flags(address, flags).map_err(|error| at(path, error));
    }
    Ok(connection)
}

/// Lets the store keep a log of what is written, so that others read meanwhile.
fn be_logged(connection: &Connection, patience: Duration) -> Result<(), rusqlite::Error> {
    let start = Instant::now();
    loop {
        let done = connection.pragma_update(None, "journal_mode", "WAL");
        let is_busy =
            done.as_ref().is_err_and(|error| error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy));
        // Of two that make a record at once the store refuses one on the spot, however patient it was told to be.
        if !is_busy || start.elapsed() >= patience {
            return done;
        }
        thread::sleep(PAUSE);
    }
}

fn tune(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.set_prepared_statement_cache_capacity(256);
    // Else a statement is planned anew each time it is given other values, which takes longer than running it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // KiB, hence the sign: enough for the hot pages of a large record, far below the limit of memory.
    connection.pragma_update(None, "cache_size", -131_072)?;
    // Pages (64 MB): most of those that a batch writes are written again by the next ones.
    connection.pragma_update(None, "wal_autocheckpoint", 16_384)?;
    connection.pragma_update(None, "temp_store", "MEMORY")
}

fn at(path: &Path, error: rusqlite::Error) -> RecordError {
    named(path, error.into())
}

fn named(path: &Path, error: RecordError) -> RecordError {
    error.within(&path.display().to_string())
}

/// A count or index as the store keeps it.
pub(crate) fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
