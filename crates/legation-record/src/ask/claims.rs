//! Claims: events as one report tells them.

use rusqlite::{OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};

use super::{
    absent,
    id::{Id, IdKind},
    list,
    passage::{Passage, PlaceRow},
    quad,
    who::Party,
};
use crate::{Record, error::RecordError};

/// An event as one report tells it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimRow {
    /// C and its number.
    pub id: Id,
    /// The event behind it.
    pub event: Option<Id>,
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
    /// PLOVER type.
    pub r#type: String,
    /// Mode.
    pub mode: Option<String>,
    /// Contexts.
    pub contexts: Vec<String>,
    /// Quad class.
    pub quad: &'static str,
    /// CAMEO codes.
    pub cameo: Vec<String>,
    /// Goldstein's scale, -10 to 10.
    pub intensity: f64,
    /// Whether all parties do it to each other.
    pub reciprocal: bool,
    /// Who does it.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// TIMEX3 value of when.
    pub value: Option<String>,
    /// First day.
    pub day: Option<String>,
    /// Last day.
    pub last: Option<String>,
    /// Where.
    pub place: Option<PlaceRow>,
    /// happened, ongoing, planned, conditional, negated, denied, cancelled.
    pub status: String,
    /// Who says so; none for the outlet's own voice.
    pub voices: Vec<Voice>,
    /// How many.
    pub quantities: Vec<QuantityRow>,
    /// The frame that fired, or the model.
    pub rule: String,
    /// 0 to 1.
    pub confidence: f64,
    /// Its sentence, with the trigger and the parties.
    pub passage: Passage,
}

/// Somebody in whose words a claim is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// Who says so.
    pub by: Option<String>,
    /// Through whom.
    pub via: Vec<String>,
    /// asserts, confirms, denies ...
    pub stance: String,
}

/// A number that a claim gives, with its bounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantityRow {
    /// The number.
    pub value: Option<f64>,
    /// At least.
    pub least: Option<f64>,
    /// At most.
    pub most: Option<f64>,
    /// What befell those counted: killed, injured ...
    pub what: String,
    /// Who or what is counted, as written.
    pub of: Option<String>,
}

/// What is needed to complete a claim.
struct Bare {
    claim: ClaimRow,
    reading: i64,
    place: Option<i64>,
    sentence: usize,
    trigger: (usize, usize),
}

const QUERY: &str =
    "SELECT claim.id, claim.event, claim.report, report.source, report.title, report.published,
        claim.is_live, claim.type, claim.mode, claim.contexts, claim.quad, claim.cameo, claim.intensity,
        claim.is_reciprocal, claim.value, claim.first, claim.last, claim.status, claim.rule, claim.confidence,
        claim.reading, claim.place, claim.sentence, claim.start, claim.\"end\", claim.quantities
    FROM claim JOIN report ON report.id = claim.report WHERE claim.id = ?";

impl Record {
    /// A claim by its number.
    ///
    /// # Errors
    /// If there is none of this number, and those of the store.
    pub fn claim(&self, number: i64) -> Result<ClaimRow, RecordError> {
        let found = self.connection.prepare_cached(QUERY)?.query_row([number], bare).optional()?;
        let Some(bare) = found else { return Err(absent(Id::new(IdKind::Claim, number))) };
        let mut claim = bare.claim;
        let mut marks = vec![(bare.trigger.0, bare.trigger.1, "trigger")];
        for (side, what) in [(0, "actor"), (1, "recipient")] {
            let parties = self.claim_parties(number, bare.reading, side)?;
            for (actor, party) in parties {
                let mentions = self.mentions(bare.reading, actor)?;
                marks.extend(mentions.into_iter().map(|(start, end)| (start, end, what)));
                if side == 0 { claim.actors.push(party) } else { claim.recipients.push(party) }
            }
        }
        claim.voices = self.voices(number, bare.reading)?;
        claim.place = self.place(bare.place)?;
        claim.passage = self.text(bare.reading)?.passage(bare.sentence, &marks);
        Ok(claim)
    }

    /// Numbers of the live claims of an event, in the order of their reports.
    ///
    /// # Errors
    /// Those of the store.
    pub fn claims_of_event(&self, event: i64) -> Result<Vec<i64>, RecordError> {
        let query = "SELECT claim.id FROM claim JOIN report ON report.id = claim.report
            WHERE claim.event = ? AND claim.is_live ORDER BY report.published IS NULL, report.published, claim.id";
        self.numbers(query, event)
    }

    /// Numbers of the claims of a report's newest reading, in the order of its text.
    ///
    /// # Errors
    /// Those of the store.
    pub fn claims_of_report(&self, report: i64) -> Result<Vec<i64>, RecordError> {
        let query = "SELECT id FROM claim
            WHERE reading = (SELECT max(id) FROM reading WHERE report = ?) ORDER BY start, number";
        self.numbers(query, report)
    }

    /// Numbers that a query finds for a number.
    pub(super) fn numbers(&self, query: &str, number: i64) -> Result<Vec<i64>, RecordError> {
        let mut statement = self.connection.prepare_cached(query)?;
        let numbers = statement.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(numbers)
    }

    fn claim_parties(&self, claim: i64, reading: i64, side: i64) -> Result<Vec<(i64, Party)>, RecordError> {
        let query = "SELECT actor.name, actor.country, actor.code, actor.kind, actor.register, named.sector,
                party.number
            FROM claim_party AS party JOIN actor ON actor.id = party.actor
                LEFT JOIN reading_actor AS named ON named.reading = ? AND named.number = party.number
            WHERE party.claim = ? AND party.side = ? ORDER BY party.position";
        let mut statement = self.connection.prepare_cached(query)?;
        let parties = statement
            .query_map(params![reading, claim, side], |row| Ok((row.get(6)?, party(row)?)))?
            .collect::<Result<_, _>>()?;
        Ok(parties)
    }

    fn voices(&self, claim: i64, reading: i64) -> Result<Vec<Voice>, RecordError> {
        let query = "SELECT \"by\", via, stance FROM voice WHERE claim = ? ORDER BY position";
        let mut statement = self.connection.prepare_cached(query)?;
        let rows = statement
            .query_map([claim], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<Vec<(Option<i64>, String, String)>, _>>()?;
        let mut voices = Vec::with_capacity(rows.len());
        for (by, via, stance) in rows {
            let by = self.names(reading, &Vec::from_iter(by))?.into_iter().next();
            voices.push(Voice { by, via: self.names(reading, &list(&via))?, stance });
        }
        Ok(voices)
    }

    /// Names of actors of a reading by their numbers in it.
    pub(super) fn names(&self, reading: i64, numbers: &[i64]) -> Result<Vec<String>, RecordError> {
        let query = "SELECT actor.name FROM reading_actor JOIN actor ON actor.id = reading_actor.actor
            WHERE reading = ? AND number = ?";
        let mut statement = self.connection.prepare_cached(query)?;
        let mut names = Vec::with_capacity(numbers.len());
        for number in numbers {
            names.extend(statement.query_row([reading, *number], |row| row.get(0)).optional()?);
        }
        Ok(names)
    }
}

/// The columns of an actor, in the order of the fields.
pub(super) fn party(row: &Row<'_>) -> rusqlite::Result<Party> {
    Ok(Party {
        name: row.get(0)?,
        country: row.get(1)?,
        code: row.get(2)?,
        kind: row.get(3)?,
        register: row.get(4)?,
        sector: row.get(5)?,
    })
}

fn bare(row: &Row<'_>) -> rusqlite::Result<Bare> {
    let report = Id::new(IdKind::Report, row.get(2)?);
    let claim = ClaimRow {
        id: Id::new(IdKind::Claim, row.get(0)?),
        event: row.get::<_, Option<i64>>(1)?.map(|event| Id::new(IdKind::Event, event)),
        report,
        source: row.get(3)?,
        title: row.get(4)?,
        published: row.get(5)?,
        live: row.get(6)?,
        r#type: row.get(7)?,
        mode: row.get(8)?,
        contexts: list(&row.get::<_, String>(9)?),
        quad: quad(row.get(10)?),
        cameo: list(&row.get::<_, String>(11)?),
        intensity: row.get(12)?,
        reciprocal: row.get(13)?,
        actors: Vec::new(),
        recipients: Vec::new(),
        value: row.get(14)?,
        day: row.get(15)?,
        last: row.get(16)?,
        place: None,
        status: row.get(17)?,
        voices: Vec::new(),
        quantities: list(&row.get::<_, String>(25)?),
        rule: row.get(18)?,
        confidence: row.get(19)?,
        passage: Passage { report, sentence: 0, text: String::new(), marks: Vec::new() },
    };
    Ok(Bare {
        claim,
        reading: row.get(20)?,
        place: row.get(21)?,
        sentence: row.get(22)?,
        trigger: (row.get(23)?, row.get(24)?),
    })
}
