//! Who said what.

use rusqlite::{OptionalExtension as _, Row, params_from_iter, types::Value};
use serde::Serialize;

use super::{
    absent,
    claims::party,
    filter::{Conditions, Filter},
    id::{Id, IdKind},
    list,
    passage::Passage,
    who::Party,
};
use crate::{Record, error::RecordError};

/// What somebody said, as one report tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatementRow {
    /// S and its number.
    pub id: Id,
    /// The day it was said, where the report tells it.
    pub day: Option<String>,
    /// The report.
    pub report: Id,
    /// Its source.
    pub source: String,
    /// Its title.
    pub title: Option<String>,
    /// Its day of publication.
    pub published: Option<String>,
    /// Whether it stands in the newest reading of the newest text.
    pub live: bool,
    /// Reports that carry the same text, this one included.
    pub reports: i64,
    /// Who says it.
    pub speaker: Option<Party>,
    /// Who says it, as written.
    pub speaker_text: String,
    /// says, denies, warns, demands ...
    pub stance: String,
    /// direct, indirect, mixed.
    pub kind: String,
    /// speech, or attitude.
    pub act: String,
    /// To whom.
    pub addressee: Option<Party>,
    /// Through whom.
    pub via: Vec<String>,
    /// Who is named in it.
    pub about: Vec<About>,
    /// Issues named in it.
    pub topics: Vec<String>,
    /// What is said.
    pub content: String,
    /// Its sentences, with what is said and the cue.
    pub passages: Vec<Passage>,
}

/// Somebody named in what is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About {
    /// Their name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// praise, criticism, threat, none; absent where the words speak both well and ill of them.
    pub towards: Option<String>,
}

/// What is needed to complete a statement.
struct Bare {
    statement: StatementRow,
    reading: i64,
    speaker: Option<i64>,
    addressee: Option<i64>,
    via: String,
    cue: Option<(usize, usize)>,
    content: Vec<(usize, usize)>,
}

const QUERY: &str = "SELECT statement.id, statement.day, statement.report, report.source, report.title,
        report.published, statement.is_live,
        (SELECT count(*) FROM report AS other WHERE other.origin = report.origin AND other.is_latest),
        speaker_text, stance, kind, act, topics, reading, speaker, addressee, via, cue_start, cue_end, content
    FROM statement JOIN report ON report.id = statement.report WHERE statement.id = ?";

/// A report that is no copy, or whose first text is not the newest one.
pub(super) const NO_COPY: &str = "(report.origin = report.id
    OR NOT EXISTS (SELECT 1 FROM report AS first WHERE first.id = report.origin AND first.is_latest))";

impl Record {
    /// Numbers of the statements asked for, by the day they were made, else by that of their report.
    ///
    /// # Errors
    /// Those of the store.
    pub fn statements(&self, filter: &Filter) -> Result<Vec<i64>, RecordError> {
        let day = "coalesce(statement.day, report.published)";
        let mut conditions = Conditions::default();
        conditions.days(day, filter.from, filter.to);
        conditions.any("statement.stance", &filter.stances);
        if let Some(speaker) = &filter.speaker {
            conditions.add(format!("statement.speaker IN {}", speaker.sql()), speaker.values());
        }
        if let Some(about) = &filter.about {
            let clause = format!(
                "statement.id IN (SELECT statement FROM statement_about WHERE actor IN {})",
                about.sql()
            );
            conditions.add(clause, about.values());
        }
        if let Some(source) = &filter.source {
            conditions.add("report.source = ?", [Value::Text(source.clone())]);
        } else if !filter.copies {
            conditions.add(NO_COPY, []);
        }
        let query = format!(
            "SELECT statement.id FROM statement JOIN report ON report.id = statement.report
            WHERE statement.is_live AND {} ORDER BY {}",
            conditions.sql(),
            filter.order(day, "statement.id")
        );
        let mut statement = self.connection.prepare(&query)?;
        let found = statement.query_map(params_from_iter(conditions.values()), |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// A statement by its number.
    ///
    /// # Errors
    /// If there is none of this number, and those of the store.
    pub fn statement(&self, number: i64) -> Result<StatementRow, RecordError> {
        let found = self.connection.prepare_cached(QUERY)?.query_row([number], bare).optional()?;
        let Some(bare) = found else { return Err(absent(Id::new(IdKind::Statement, number))) };
        let mut statement = bare.statement;
        statement.speaker = self.party(bare.reading, bare.speaker)?;
        statement.addressee = self.party(bare.reading, bare.addressee)?;
        statement.via = self.names(bare.reading, &list(&bare.via))?;
        statement.about = self.about(number)?;
        let text = self.text(bare.reading)?;
        statement.content = text.spans(&bare.content);
        let mut marks: Vec<_> = bare.content.iter().map(|&(start, end)| (start, end, "content")).collect();
        marks.extend(bare.cue.map(|(start, end)| (start, end, "cue")));
        statement.passages = text.passages(&marks);
        Ok(statement)
    }

    /// Numbers of the statements of a report's newest reading, in the order of its text.
    ///
    /// # Errors
    /// Those of the store.
    pub fn statements_of_report(&self, report: i64) -> Result<Vec<i64>, RecordError> {
        let query = "SELECT id FROM statement
            WHERE reading = (SELECT max(id) FROM reading WHERE report = ?) ORDER BY sentence, number";
        self.numbers(query, report)
    }

    /// An actor of a reading.
    pub(super) fn party(&self, reading: i64, actor: Option<i64>) -> Result<Option<Party>, RecordError> {
        let Some(actor) = actor else { return Ok(None) };
        let query = "SELECT name, country, code, kind, register,
                (SELECT sector FROM reading_actor WHERE reading = ? AND reading_actor.actor = actor.id)
            FROM actor WHERE id = ?";
        let mut statement = self.connection.prepare_cached(query)?;
        Ok(Some(statement.query_row([reading, actor], party)?))
    }

    fn about(&self, statement: i64) -> Result<Vec<About>, RecordError> {
        let query = "SELECT name, country, towards FROM statement_about JOIN actor ON actor.id = actor
            WHERE statement = ? ORDER BY actor";
        let mut prepared = self.connection.prepare_cached(query)?;
        let rows = prepared.query_map([statement], |row| {
            Ok(About { name: row.get(0)?, country: row.get(1)?, towards: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn bare(row: &Row<'_>) -> rusqlite::Result<Bare> {
    let cue = (row.get::<_, Option<usize>>(17)?, row.get::<_, Option<usize>>(18)?);
    let statement = StatementRow {
        id: Id::new(IdKind::Statement, row.get(0)?),
        day: row.get(1)?,
        report: Id::new(IdKind::Report, row.get(2)?),
        source: row.get(3)?,
        title: row.get(4)?,
        published: row.get(5)?,
        live: row.get(6)?,
        reports: row.get(7)?,
        speaker: None,
        speaker_text: row.get(8)?,
        stance: row.get(9)?,
        kind: row.get(10)?,
        act: row.get(11)?,
        addressee: None,
        via: Vec::new(),
        about: Vec::new(),
        topics: list(&row.get::<_, String>(12)?),
        content: String::new(),
        passages: Vec::new(),
    };
    Ok(Bare {
        statement,
        reading: row.get(13)?,
        speaker: row.get(14)?,
        addressee: row.get(15)?,
        via: row.get(16)?,
        cue: cue.0.zip(cue.1),
        content: list(&row.get::<_, String>(19)?),
    })
}
