//! The words that a row rests on, in their sentence.

use rusqlite::params;
use serde::Serialize;

use super::{
    id::{Id, IdKind},
    list,
};
use crate::{Record, error::RecordError};

/// A sentence of a report with the words that count in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// The report.
    pub report: Id,
    /// Number of the sentence, from 1.
    pub sentence: usize,
    /// The sentence.
    pub text: String,
    /// The words, in the order of the text; they may overlap.
    pub marks: Vec<Mark>,
}

/// Words of a passage; code points of its text, end exclusive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mark {
    /// First code point.
    pub start: usize,
    /// The one after the last.
    pub end: usize,
    /// What they are: trigger, actor, recipient, cue, content, position.
    pub what: &'static str,
}

/// A place of a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceRow {
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Number in GeoNames.
    pub geonames: Option<i64>,
}

/// The text of a reading, cut into sentences.
pub(super) struct Text {
    pub(super) report: Id,
    characters: Vec<char>,
    pub(super) sentences: Vec<(usize, usize)>,
}

impl Text {
    /// The words between two code points.
    pub(super) fn words(&self, start: usize, end: usize) -> String {
        let end = end.min(self.characters.len());
        self.characters
            .get(start.min(end)..end)
            .map(|characters| characters.iter().collect())
            .unwrap_or_default()
    }

    /// The words of several spans, with dots where something is left out between them.
    pub(super) fn spans(&self, spans: &[(usize, usize)]) -> String {
        let words: Vec<String> = spans.iter().map(|&(start, end)| self.words(start, end)).collect();
        words.join(" … ")
    }

    /// A sentence, counted from 0, with the parts of marks that lie in it.
    pub(super) fn passage(&self, sentence: usize, marks: &[(usize, usize, &'static str)]) -> Passage {
        let (start, end) = self.sentences.get(sentence).copied().unwrap_or_default();
        let mut inside: Vec<Mark> = marks
            .iter()
            .filter(|(first, last, _)| *first < end && *last > start)
            .map(|&(first, last, what)| Mark {
                start: first.max(start) - start,
                end: last.min(end) - start,
                what,
            })
            .collect();
        inside.sort();
        Passage { report: self.report, sentence: sentence + 1, text: self.words(start, end), marks: inside }
    }

    /// Every sentence that has a part of the marks.
    pub(super) fn passages(&self, marks: &[(usize, usize, &'static str)]) -> Vec<Passage> {
        let touched =
            |(start, end): &(usize, usize)| marks.iter().any(|(first, last, _)| first < end && last > start);
        let numbers = self.sentences.iter().enumerate().filter(|(_, span)| touched(span));
        numbers.map(|(number, _)| self.passage(number, marks)).collect()
    }
}

impl Record {
    /// The text that a reading was made of.
    pub(super) fn text(&self, reading: i64) -> Result<Text, RecordError> {
        let query = "SELECT reading.report, body.text, reading.sentences
            FROM reading JOIN body ON body.id = reading.body WHERE reading.id = ?";
        let mut statement = self.connection.prepare_cached(query)?;
        let text = statement.query_row([reading], |row| {
            let (text, sentences): (String, String) = (row.get(1)?, row.get(2)?);
            Ok(Text {
                report: Id::new(IdKind::Report, row.get(0)?),
                characters: text.chars().collect(),
                sentences: list(&sentences),
            })
        })?;
        Ok(text)
    }

    /// Where an actor of a reading is named.
    pub(super) fn mentions(&self, reading: i64, number: i64) -> Result<Vec<(usize, usize)>, RecordError> {
        let query = "SELECT mentions FROM reading_actor WHERE reading = ? AND number = ?";
        let mut statement = self.connection.prepare_cached(query)?;
        let mentions: String = statement.query_row(params![reading, number], |row| row.get(0))?;
        Ok(list(&mentions))
    }

    /// A place by its number.
    pub(super) fn place(&self, number: Option<i64>) -> Result<Option<PlaceRow>, RecordError> {
        let Some(number) = number else { return Ok(None) };
        let query = "SELECT name, country, latitude, longitude, geonames FROM place WHERE id = ?";
        let mut statement = self.connection.prepare_cached(query)?;
        let place = statement.query_row([number], |row| {
            Ok(PlaceRow {
                name: row.get(0)?,
                country: row.get(1)?,
                latitude: row.get(2)?,
                longitude: row.get(3)?,
                geonames: row.get(4)?,
            })
        })?;
        Ok(Some(place))
    }
}

#[cfg(test)]
mod tests {
    use super::{Id, IdKind, Text};

    #[test]
    fn marks_count_code_points_of_their_sentence() {
        let text = "Åsa met. Åsa left.";
        let text = Text {
            report: Id::new(IdKind::Report, 1),
            characters: text.chars().collect(),
            sentences: vec![(0, 8), (9, 18)],
        };
        let passage = text.passage(1, &[(13, 17, "trigger"), (0, 3, "actor")]);
        assert_eq!(passage.text, "Åsa left.");
        assert_eq!(passage.marks.len(), 1);
        let mark = &passage.marks[0];
        assert_eq!((mark.start, mark.end), (4, 8));
        assert_eq!(text.passages(&[(4, 7, "trigger"), (13, 17, "trigger")]).len(), 2);
        assert_eq!(text.words(20, 30), "");
    }
}
