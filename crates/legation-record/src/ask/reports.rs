//! A report, and what rests on it.

use rusqlite::{OptionalExtension as _, Row};
use serde::Serialize;

use super::{
    absent,
    id::{Id, IdKind},
    passage::{Mark, Passage},
};
use crate::{Record, error::RecordError};

/// A report as kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportRow {
    /// R and its number.
    pub id: Id,
    /// What makes it the same report when it comes again.
    pub key: String,
    /// Which of its texts this is, from 1.
    pub version: i64,
    /// Whether it is the newest one.
    pub latest: bool,
    /// Its source in the coverage ledger.
    pub source: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Byline.
    pub byline: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Hash of the bytes as read.
    pub sha256: String,
    /// When it was kept.
    pub kept: String,
    /// The report that this one is a copy of; itself if none.
    pub origin: Id,
    /// Newest reports that carry the same text, this one included.
    pub copies: i64,
    /// Program that read it.
    pub legation: String,
    /// Hash of the data it was read with.
    pub data: String,
    /// Hash of the models it was read with.
    pub models: String,
}

/// A report with what is known around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportAnswer {
    /// The report.
    pub report: ReportRow,
    /// Its texts, the oldest first.
    pub versions: Vec<Id>,
    /// Others with the same text.
    pub same_text: Vec<Id>,
    /// Numbers of its claims.
    #[serde(skip)]
    pub claims: Vec<i64>,
    /// Numbers of its statements.
    #[serde(skip)]
    pub statements: Vec<i64>,
    /// Numbers of what it says is to come.
    #[serde(skip)]
    pub expectations: Vec<i64>,
    /// What was wrong with it: name and message.
    pub problems: Vec<(String, String)>,
}

/// A sentence of a report with what rests on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resting {
    /// The sentence, with triggers, cues and what is said.
    pub passage: Passage,
    /// What rests on it.
    pub ids: Vec<Id>,
}

const QUERY: &str =
    "SELECT report.id, key, version, is_latest, source, outlet, title, byline, published, language, url,
        sha256, kept, origin,
        (SELECT count(*) FROM report AS other WHERE other.origin = report.origin AND other.is_latest),
        made.legation, made.data, made.models, reading.id
    FROM report JOIN reading ON reading.id = (SELECT max(id) FROM reading WHERE reading.report = report.id)
        JOIN made ON made.id = reading.made
    WHERE report.id = ?";

impl Record {
    /// How many reports there are, each in its newest text.
    ///
    /// # Errors
    /// Those of the store.
    pub fn count_reports(&self) -> Result<i64, RecordError> {
        let query = "SELECT count(*) FROM report WHERE is_latest";
        Ok(self.connection.query_row(query, [], |row| row.get(0))?)
    }

    /// A report by its number.
    ///
    /// # Errors
    /// If there is none of this number, and those of the store.
    pub fn report(&self, number: i64) -> Result<ReportRow, RecordError> {
        Ok(self.report_and_reading(number)?.0)
    }

    fn report_and_reading(&self, number: i64) -> Result<(ReportRow, i64), RecordError> {
        let found = self.connection.prepare_cached(QUERY)?.query_row([number], report).optional()?;
        found.ok_or_else(|| absent(Id::new(IdKind::Report, number)))
    }

    /// A report by its number, with its other texts, its copies, and what was read in it.
    ///
    /// # Errors
    /// If there is none of this number, and those of the store.
    pub fn report_answer(&self, number: i64) -> Result<ReportAnswer, RecordError> {
        let (report, reading) = self.report_and_reading(number)?;
        let ids = |numbers: Vec<i64>| {
            numbers.into_iter().map(|number| Id::new(IdKind::Report, number)).collect::<Vec<_>>()
        };
        let versions =
            "SELECT id FROM report WHERE key = (SELECT key FROM report WHERE id = ?) ORDER BY version";
        let same = "SELECT id FROM report
            WHERE origin = (SELECT origin FROM report WHERE id = ?1) AND is_latest AND id <> ?1 ORDER BY id";
        let problems = "SELECT code, message FROM problem WHERE reading = ? ORDER BY rowid";
        let mut statement = self.connection.prepare_cached(problems)?;
        let problems = statement.query_map([reading], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(ReportAnswer {
            versions: ids(self.numbers(versions, number)?),
            same_text: ids(self.numbers(same, number)?),
            claims: self.claims_of_report(number)?,
            statements: self.statements_of_report(number)?,
            expectations: self.expectations_of_report(number)?,
            problems: problems.collect::<Result<_, _>>()?,
            report,
        })
    }

    /// The text of a report, sentence by sentence, each with what rests on it.
    ///
    /// # Errors
    /// If there is none of this number, and those of the store.
    pub fn resting(&self, number: i64) -> Result<Vec<Resting>, RecordError> {
        let (_, reading) = self.report_and_reading(number)?;
        let text = self.text(reading)?;
        let mut sentences: Vec<Resting> = (0..text.sentences.len())
            .map(|sentence| Resting { passage: text.passage(sentence, &[]), ids: Vec::new() })
            .collect();
        let mut add = |passage: &Passage, id: Id| {
            if let Some(sentence) = sentences.get_mut(passage.sentence - 1) {
                sentence.ids.push(id);
                sentence.passage.marks.extend(passage.marks.iter().filter(|mark| is_own(mark)).cloned());
            }
        };
        for claim in self.claims_of_report(number)? {
            let claim = self.claim(claim)?;
            add(&claim.passage, claim.id);
        }
        for statement in self.statements_of_report(number)? {
            let statement = self.statement(statement)?;
            for passage in &statement.passages {
                add(passage, statement.id);
            }
        }
        for expectation in self.expectations_of_report(number)? {
            let told = self.expectation(expectation)?;
            for passage in &told.passages {
                add(passage, told.id);
            }
        }
        for sentence in &mut sentences {
            sentence.passage.marks.sort();
            sentence.passage.marks.dedup();
        }
        Ok(sentences)
    }
}

/// Whether the words are those that a row rests on, rather than somebody's name or all that is said.
fn is_own(mark: &Mark) -> bool {
    matches!(mark.what, "trigger" | "cue" | "position")
}

fn report(row: &Row<'_>) -> rusqlite::Result<(ReportRow, i64)> {
    let report = ReportRow {
        id: Id::new(IdKind::Report, row.get(0)?),
        key: row.get(1)?,
        version: row.get(2)?,
        latest: row.get(3)?,
        source: row.get(4)?,
        outlet: row.get(5)?,
        title: row.get(6)?,
        byline: row.get(7)?,
        published: row.get(8)?,
        language: row.get(9)?,
        url: row.get(10)?,
        sha256: row.get(11)?,
        kept: row.get(12)?,
        origin: Id::new(IdKind::Report, row.get(13)?),
        copies: row.get(14)?,
        legation: row.get(15)?,
        data: row.get(16)?,
        models: row.get(17)?,
    };
    Ok((report, row.get(18)?))
}
