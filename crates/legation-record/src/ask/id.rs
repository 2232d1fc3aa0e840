//! Numbers of things in a record, as people write them.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::error::RecordError;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IdKind {
    /// A report: R.
    Report,
    /// An event as one report tells it: C.
    Claim,
    /// The event behind claims: E.
    Event,
    /// A statement: S.
    Statement,
    /// What one report says is to come: X.
    Expectation,
    /// The planned thing behind expectations: P.
    Plan,
}

const LETTERS: [(char, IdKind); 6] = [
    ('R', IdKind::Report),
    ('C', IdKind::Claim),
    ('E', IdKind::Event),
    ('S', IdKind::Statement),
    ('X', IdKind::Expectation),
    ('P', IdKind::Plan),
];

/// A thing in a record: a letter for its kind, and its number; `E7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id {
    /// What the number counts.
    pub kind: IdKind,
    /// Its number, from 1.
    pub number: i64,
}

impl Id {
    /// The thing of a kind with a number.
    #[must_use]
    pub fn new(kind: IdKind, number: i64) -> Id {
        Id { kind, number }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = LETTERS.iter().find(|(_, kind)| *kind == self.kind).map_or('?', |(letter, _)| *letter);
        write!(formatter, "{letter}{}", self.number)
    }
}

impl FromStr for Id {
    type Err = RecordError;

    fn from_str(text: &str) -> Result<Id, RecordError> {
        let mut characters = text.chars();
        let letter = characters.next().map(|letter| letter.to_ascii_uppercase());
        let kind = LETTERS.iter().find(|(known, _)| Some(*known) == letter).map(|(_, kind)| *kind);
        let number: Option<i64> = characters.as_str().parse().ok().filter(|number| *number > 0);
        match (kind, number) {
            (Some(kind), Some(number)) => Ok(Id { kind, number }),
            _ => Err(RecordError::refused(format!(
                "{text}: not a number of the record; write R12 (report), C3 (claim), E7 (event), S5 (statement), \
                 X2 (expectation) or P4 (plan)"
            ))),
        }
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::{Id, IdKind};

    #[test]
    fn ids_are_written_and_read() {
        let id: Id = "e7".parse().unwrap();
        assert_eq!(id, Id::new(IdKind::Event, 7));
        assert_eq!(id.to_string(), "E7");
        for wrong in ["", "E", "7", "Z7", "E0", "E-1", "E7x", "é7"] {
            assert!(wrong.parse::<Id>().is_err(), "{wrong}");
        }
    }
}
