//! What can go wrong with a record.

use std::fmt;

/// A failure of the record; what was kept before stays kept.
#[derive(Debug)]
pub struct RecordError {
    kind: Kind,
    message: String,
}

/// Kinds of failures, for exit codes and hints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// There is no record where one was looked for.
    Absent,
    /// The file is something else.
    Foreign,
    /// It was made by a newer program.
    Newer,
    /// The file is damaged.
    Damaged,
    /// Another program writes to it.
    Busy,
    /// The disk is full, or may not be written.
    Unwritable,
    /// Something asked for is not in it, or cannot be done.
    Refused,
    /// Anything else the store says.
    Store,
}

impl RecordError {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> RecordError {
        RecordError { kind, message: message.into() }
    }

    pub(crate) fn refused(message: impl Into<String>) -> RecordError {
        RecordError::new(Kind::Refused, message)
    }

    /// The same failure, with the file it is about.
    pub(crate) fn within(mut self, file: &str) -> RecordError {
        self.message = format!("{file}: {}", self.message);
        self
    }

    /// What to do about it, where there is something to do.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Absent => Some("make one with legation keep, or name it with --record FILE"),
            Kind::Foreign => Some("name a record made by legation keep, with --record FILE"),
            Kind::Newer => Some("use the newer legation that made it"),
            Kind::Damaged => Some("legation verify says what can still be read, and saves it with --output"),
            Kind::Busy => Some("wait until the other program has finished"),
            Kind::Unwritable => Some("make room or choose another place; what was kept before is whole"),
            Kind::Refused | Kind::Store => None,
        }
    }

    /// Whether what was asked for is not there or cannot be done, rather than that the record failed.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        self.kind == Kind::Refused
    }

    /// Whether the file is damaged.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        self.kind == Kind::Damaged
    }

    /// Whether it could not be written: a full disk, no permission.
    #[must_use]
    pub fn is_unwritable(&self) -> bool {
        self.kind == Kind::Unwritable
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for RecordError {}

impl From<rusqlite::Error> for RecordError {
    fn from(error: rusqlite::Error) -> RecordError {
        use rusqlite::ErrorCode;
        let (kind, said) = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                (Kind::Busy, "another program is writing to the record")
            }
            Some(ErrorCode::DiskFull) => (Kind::Unwritable, "the disk is full"),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                (Kind::Unwritable, "the record may not be written")
            }
            Some(ErrorCode::SystemIoFailure) => (Kind::Unwritable, "the disk failed, or is full"),
            Some(ErrorCode::CannotOpen) => (Kind::Unwritable, "the record cannot be opened"),
            Some(ErrorCode::DatabaseCorrupt) => (Kind::Damaged, "the record is damaged"),
            Some(ErrorCode::NotADatabase) => (Kind::Foreign, "the file is no record, or damaged at its head"),
            _ => (Kind::Store, "the store refuses"),
        };
        RecordError::new(kind, format!("{said}: {error}"))
    }
}
