//! Who is meant by a name or a code.

use rusqlite::{OptionalExtension as _, types::Value};
use serde::Serialize;

use crate::{Record, error::RecordError};

/// Names offered where one is not known.
const OFFERED: usize = 5;

/// Most differing letters of a name that is offered.
const NEAR: usize = 2;

/// One or several actors of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// All actors of a country, or a body, by its code.
    Code(String),
    /// Those of a name; several where it is borne in several countries.
    Actors(Vec<i64>),
}

impl Who {
    /// A list of the numbers of actors, for after IN.
    pub(super) fn sql(&self) -> String {
        match self {
            Who::Code(_) => {
                "(SELECT id FROM actor WHERE country = ? UNION SELECT id FROM actor WHERE code = ?)"
                    .to_owned()
            }
            Who::Actors(actors) => {
                let numbers: Vec<String> = actors.iter().map(ToString::to_string).collect();
                format!("({})", numbers.join(", "))
            }
        }
    }

    /// The values of the marks in the list.
    pub(super) fn values(&self) -> Vec<Value> {
        match self {
            Who::Code(code) => vec![Value::Text(code.clone()); 2],
            Who::Actors(_) => Vec::new(),
        }
    }
}

/// An actor of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// The country, or the body's short name.
    pub code: Option<String>,
    /// person, state, government, organisation, group, outlet, people, unknown.
    pub kind: String,
    /// Key in the register.
    pub register: Option<String>,
    /// PLOVER sector, where the report says or implies one.
    pub sector: Option<String>,
}

impl Record {
    /// The actors meant by a name, a register's key, a country's code or a body's.
    ///
    /// # Errors
    /// If nobody of this name is in the record; the message offers names that come near.
    pub fn who(&self, name: &str) -> Result<Who, RecordError> {
        let name = name.trim();
        if let Some(code) = self.code(name)? {
            return Ok(Who::Code(code));
        }
        let register = format!("register:{name}");
        let query = "SELECT id FROM actor WHERE key = ? OR name = ? COLLATE NOCASE ORDER BY id";
        let mut statement = self.connection.prepare_cached(query)?;
        let actors =
            statement.query_map([&register, name], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        if actors.is_empty() {
            return Err(self.nobody(name)?);
        }
        Ok(Who::Actors(actors))
    }

    /// The code of a country or body meant by a name or a code, for pairs.
    ///
    /// # Errors
    /// If no country or body of this name or code is known.
    pub fn code_of(&self, name: &str) -> Result<String, RecordError> {
        let name = name.trim();
        if let Some(code) = self.code(name)? {
            return Ok(code);
        }
        let query = "SELECT iso FROM state WHERE name = ?1 COLLATE NOCASE
            UNION ALL SELECT code FROM actor WHERE name = ?1 COLLATE NOCASE AND code IS NOT NULL
                AND (kind = 'state' OR code IS NOT country)
            LIMIT 1";
        let found: Option<String> = self.connection.query_row(query, [name], |row| row.get(0)).optional()?;
        match found {
            Some(code) => Ok(code),
            None => Err(self.nobody(name)?),
        }
    }

    /// The code as it is written, if it is one of a known state or of an actor.
    fn code(&self, name: &str) -> Result<Option<String>, RecordError> {
        let upper = name.to_uppercase();
        let query = "SELECT iso FROM state WHERE iso = ?2
            UNION ALL SELECT code FROM actor WHERE code IN (?1, ?2) LIMIT 1";
        Ok(self.connection.query_row(query, [name, &upper], |row| row.get(0)).optional()?)
    }

    fn nobody(&self, name: &str) -> Result<RecordError, RecordError> {
        let query = "SELECT DISTINCT name, country, code FROM actor";
        let mut statement = self.connection.prepare(query)?;
        let mut rows = statement.query([])?;
        let wanted = name.to_lowercase();
        let mut near: Vec<(usize, String)> = Vec::new();
        while let Some(row) = rows.next()? {
            let (known, country, code): (String, Option<String>, Option<String>) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            if let Some(distance) = nearness(&wanted, &known.to_lowercase()) {
                let of = country.or(code).map(|of| format!(" ({of})")).unwrap_or_default();
                near.push((distance, format!("{known}{of}")));
            }
        }
        near.sort();
        near.dedup();
        let near: Vec<String> = near.into_iter().take(OFFERED).map(|(_, name)| name).collect();
        let message = format!("{name}: nobody of this name or code is in the record");
        Ok(refusal(&message, &near))
    }

    /// The source of this name, as the coverage ledger writes it.
    ///
    /// # Errors
    /// If there is none; the message offers names that come near.
    pub fn source(&self, name: &str) -> Result<String, RecordError> {
        let mut statement = self.connection.prepare("SELECT DISTINCT source FROM intake ORDER BY source")?;
        let sources = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        let wanted = name.trim().to_lowercase();
        if let Some(source) = sources.iter().find(|source| source.to_lowercase() == wanted) {
            return Ok(source.clone());
        }
        let mut near: Vec<(usize, String)> = sources
            .into_iter()
            .filter_map(|source| Some((nearness(&wanted, &source.to_lowercase())?, source)))
            .collect();
        near.sort();
        let near: Vec<String> = near.into_iter().take(OFFERED).map(|(_, source)| source).collect();
        let message = format!("{name}: no such source in the record; legation sources lists them");
        Err(refusal(&message, &near))
    }
}

fn refusal(message: &str, near: &[String]) -> RecordError {
    match near {
        [] => RecordError::refused(message),
        near => RecordError::refused(format!("{message}; did you mean {}?", near.join(", "))),
    }
}

/// How far a known name is from a wanted one, both in lower case; `None` where they have nothing in common.
fn nearness(wanted: &str, known: &str) -> Option<usize> {
    if wanted.is_empty() {
        return None;
    }
    let most = NEAR.min(wanted.chars().count() / 3);
    let words = known.split(|letter: char| !letter.is_alphanumeric());
    let nearest = words.chain([known]).filter_map(|word| distance(wanted, word, most)).min();
    let is_part = wanted.chars().count() >= 4 && known.contains(wanted);
    nearest.or(is_part.then_some(NEAR))
}

/// Letters to change, add or leave out to make one of the other, if not more than `most`.
fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, against) in other.iter().enumerate() {
            let changed = before[column] + usize::from(letter != against);
            line.push(changed.min(before[column + 1] + 1).min(line[column] + 1));
        }
        before = line;
    }
    before.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearness};

    #[test]
    fn distances_count_letters() {
        assert_eq!(distance("lavrov", "lavrov", 2), Some(0));
        assert_eq!(distance("lavrow", "lavrov", 2), Some(1));
        assert_eq!(distance("lavro", "lavrov", 2), Some(1));
        assert_eq!(distance("kenya", "norway", 2), None);
        assert_eq!(distance("", "ab", 2), Some(2));
    }

    #[test]
    fn parts_of_names_come_near() {
        assert_eq!(nearness("lavrov", "sergey lavrov"), Some(0));
        assert_eq!(nearness("lavrof", "sergey lavrov"), Some(1));
        assert_eq!(nearness("keny", "kenya"), Some(1));
        assert_eq!(nearness("sergey l", "sergey lavrov"), Some(2));
        assert_eq!(nearness("xyz", "kenya"), None);
        assert_eq!(nearness("", "kenya"), None);
    }
}
