//! Is a record whole, and what can be saved of one that is damaged?

mod salvage;
mod scan;

use std::path::Path;

use rusqlite::Connection;

use crate::{
    Record,
    error::{Kind, RecordError},
    intake,
    record::{be_there, connect_to_read},
    schema,
};
use salvage::Salvage;

/// Faults that are told by name; a damaged page makes many.
const FAULTS: usize = 20;

/// What was found out about a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What is damaged, in the store's words; empty if the record is whole.
    pub faults: Vec<String>,
    /// Reports that can be read in full.
    pub whole: usize,
    /// Keys of reports whose text can be read, but not all that was read in it.
    pub text_only: Vec<String>,
    /// Reports known to be lost: their key, else their number.
    pub lost: Vec<String>,
    /// Older readings of reports that are lost.
    pub lost_readings: usize,
}

impl Findings {
    /// Whether nothing is damaged.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Checks a record for damage: the structure of the file, and the bytes and texts of every report against the hashes
/// they were kept with. A value that was changed inside a row of another table is not found.
/// Where it is damaged, what can be read is found out by reading it. Nothing is written to the record.
///
/// # Errors
/// If there is no record, or the file is something else or of a newer program.
pub fn verify(path: &Path) -> Result<Findings, RecordError> {
    let damaged = open(path)?;
    let faults = faults(&damaged);
    if faults.is_empty() {
        let whole = count(&damaged).map_err(|error| error.within(&path.display().to_string()))?;
        return Ok(Findings { whole, ..Findings::default() });
    }
    // A database without a name lies in a temporary file, which goes away by itself.
    let mut saved = Record::open(Path::new(""))?;
    Salvage::of(&damaged, &mut saved, faults, false)
}

/// The same, and writes what can be read into a new record, whole or damaged.
///
/// # Errors
/// Those of [`verify`], or if the new record is there already or cannot be written.
pub fn save(path: &Path, output: &Path) -> Result<Findings, RecordError> {
    let damaged = open(path)?;
    if output.exists() {
        let message = format!("{}: is there already; what is saved goes into a new file", output.display());
        return Err(RecordError::refused(message));
    }
    let faults = faults(&damaged);
    let mut saved = Record::open(output)?;
    Salvage::of(&damaged, &mut saved, faults, true)
}

/// Opens a record however damaged it may be.
fn open(path: &Path) -> Result<Connection, RecordError> {
    be_there(path)?;
    let within = |error: RecordError| error.within(&path.display().to_string());
    let connection = connect_to_read(path)?;
    match schema::version(&connection) {
        Err(error) if !error.is_damage() => Err(within(error)),
        Ok(0) => Err(within(RecordError::new(Kind::Foreign, "the file is empty, no record yet"))),
        Ok(version) if version < schema::newest() => {
            drop(connection);
            drop(Record::open(path)?);
            open(path)
        }
        _ => Ok(connection),
    }
}

/// What is wrong with the file, in the store's words, and which texts are not those that were kept.
fn faults(connection: &Connection) -> Vec<String> {
    let structure = || -> Result<Vec<String>, rusqlite::Error> {
        let mut query = connection.prepare(&format!("PRAGMA integrity_check({FAULTS})"))?;
        query.query_map([], |row| row.get(0))?.collect()
    };
    let mut faults = structure().unwrap_or_else(|error| vec![error.to_string()]);
    faults.retain(|fault| fault != "ok");
    let texts = || -> Result<Vec<String>, RecordError> {
        let mut query = connection.prepare("SELECT id, key FROM report")?;
        let reports: Vec<(i64, String)> =
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let mut changed = Vec::new();
        for (report, key) in reports {
            if !intake::has_its_text(connection, report)? {
                changed.push(format!("{key}: the text is not the one that was kept"));
            }
        }
        for (key, _) in intake::changed_bodies(connection)? {
            changed.push(format!("{key}: the text is not the one that was read"));
        }
        Ok(changed)
    };
    faults.extend(texts().unwrap_or_else(|error| vec![error.to_string()]).into_iter().take(FAULTS));
    // One page may hold what is asked for twice.
    faults.dedup();
    faults
}

fn count(connection: &Connection) -> Result<usize, RecordError> {
    let reports: i64 = connection.query_row("SELECT count(*) FROM report", [], |row| row.get(0))?;
    Ok(usize::try_from(reports).unwrap_or(0))
}
