//! Events behind claims.

use rusqlite::{OptionalExtension as _, Row, params, params_from_iter, types::Value};
use serde::Serialize;

use super::{
    absent,
    claims::party,
    filter::{Conditions, Filter},
    id::{Id, IdKind},
    list,
    passage::{Passage, PlaceRow},
    quad,
    who::{Party, Who},
};
use crate::{Record, error::RecordError};

/// An event, with what stands behind it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventRow {
    /// E and its number.
    pub id: Id,
    /// First day.
    pub day: Option<String>,
    /// Last day.
    pub last: Option<String>,
    /// TIMEX3 value of when.
    pub value: Option<String>,
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
    /// Where.
    pub place: Option<PlaceRow>,
    /// happened, ongoing, planned, conditional, negated, denied, cancelled.
    pub status: String,
    /// 0 to 1.
    pub confidence: f64,
    /// Independent reports: copies of one text count once.
    pub origins: i64,
    /// Reports.
    pub reports: i64,
    /// Claims.
    pub claims: i64,
    /// Contradictions among the claims.
    pub contradictions: i64,
    /// accepted, rejected, edited, or none.
    pub verdict: Option<String>,
    /// The claim that tells it best.
    pub best: Id,
    /// The sentence of that claim, with the trigger.
    pub passage: Option<Passage>,
}

/// Two claims of one event that do not agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contradiction {
    /// status, date, number, place.
    pub kind: String,
    /// A claim.
    pub a: Id,
    /// One that says otherwise.
    pub b: Id,
    /// What each says.
    pub detail: String,
}

const QUERY: &str =
    "SELECT id, first, last, value, type, mode, contexts, quad, cameo, intensity, is_reciprocal,
        status, confidence, origins, reports, claims, contradictions, verdict, best, place
    FROM event WHERE id = ?";

impl Record {
    /// Numbers of the events asked for, by day, those without one last.
    ///
    /// # Errors
    /// Those of the store.
    pub fn events(&self, filter: &Filter) -> Result<Vec<i64>, RecordError> {
        let mut conditions = Conditions::default();
        conditions.days("first", filter.from, filter.to);
        conditions.any("type", &filter.types);
        conditions.any("status", &filter.statuses);
        parties(&mut conditions, filter.actor.as_ref(), filter.recipient.as_ref());
        if let Some(source) = &filter.source {
            conditions.add(
                "EXISTS (SELECT 1 FROM claim JOIN report ON report.id = claim.report
                    WHERE claim.event = event.id AND claim.is_live AND report.source = ?)",
                [Value::Text(source.clone())],
            );
        }
        if let Some(origins) = filter.origins {
            conditions.add("origins >= ?", [Value::Integer(origins)]);
        }
        if let Some(confidence) = filter.confidence {
            conditions.add("confidence >= ?", [Value::Real(confidence)]);
        }
        if !filter.rejected {
            conditions.add("verdict IS NOT 'rejected'", []);
        }
        // Apart, as each part comes from the index in its order.
        let way = if filter.newest { " DESC" } else { "" };
        let mut events = Vec::new();
        for (part, order) in
            [("first IS NOT NULL", format!("first{way}, id{way}")), ("first IS NULL", format!("id{way}"))]
        {
            let query =
                format!("SELECT id FROM event WHERE {part} AND {} ORDER BY {order}", conditions.sql());
            let mut statement = self.connection.prepare(&query)?;
            let found =
                statement.query_map(params_from_iter(conditions.values()), |row| row.get::<_, i64>(0))?;
            for event in found {
                events.push(event?);
            }
        }
        Ok(events)
    }

    /// An event by its number, or by one that it had before it was merged with another.
    ///
    /// # Errors
    /// If there is none of this number, and those of the store.
    pub fn event(&self, number: i64) -> Result<EventRow, RecordError> {
        let mut query = self.connection.prepare_cached(QUERY)?;
        let mut found = query.query_row([number], event).optional()?;
        if found.is_none() {
            let alias = "SELECT event FROM event_alias WHERE old = ?";
            let now = self.connection.prepare_cached(alias)?.query_row([number], |row| row.get::<_, i64>(0));
            if let Some(now) = now.optional()? {
                found = query.query_row([now], event).optional()?;
            }
        }
        let Some((mut event, place)) = found else { return Err(absent(Id::new(IdKind::Event, number))) };
        event.place = self.place(place)?;
        event.actors = self.event_parties(event.id.number, event.best.number, 0)?;
        event.recipients = self.event_parties(event.id.number, event.best.number, 1)?;
        event.passage = self.trigger(event.best.number)?;
        Ok(event)
    }

    /// Where the claims of an event do not agree.
    ///
    /// # Errors
    /// Those of the store.
    pub fn contradictions(&self, event: i64) -> Result<Vec<Contradiction>, RecordError> {
        let query = "SELECT kind, a, b, detail FROM contradiction WHERE event = ? ORDER BY kind, a, b";
        let mut statement = self.connection.prepare_cached(query)?;
        let rows = statement.query_map([event], |row| {
            Ok(Contradiction {
                kind: row.get(0)?,
                a: Id::new(IdKind::Claim, row.get(1)?),
                b: Id::new(IdKind::Claim, row.get(2)?),
                detail: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn event_parties(&self, event: i64, best: i64, side: i64) -> Result<Vec<Party>, RecordError> {
        let query = "SELECT actor.name, actor.country, actor.code, actor.kind, actor.register,
                (SELECT sector FROM claim_party JOIN claim ON claim.id = claim_party.claim
                    JOIN reading_actor AS named ON named.reading = claim.reading
                        AND named.number = claim_party.number
                    WHERE claim_party.claim = ? AND claim_party.actor = party.actor LIMIT 1)
            FROM event_party AS party JOIN actor ON actor.id = party.actor
            WHERE party.event = ? AND party.side = ? ORDER BY party.position";
        let mut statement = self.connection.prepare_cached(query)?;
        let parties = statement.query_map(params![best, event, side], party)?;
        Ok(parties.collect::<Result<_, _>>()?)
    }

    /// The sentence of a claim with its trigger.
    fn trigger(&self, claim: i64) -> Result<Option<Passage>, RecordError> {
        let query = "SELECT reading, sentence, start, \"end\" FROM claim WHERE id = ?";
        let mut statement = self.connection.prepare_cached(query)?;
        let found = statement
            .query_row([claim], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let Some((reading, sentence, start, end)) = found else { return Ok(None) };
        Ok(Some(self.text(reading)?.passage(sentence, &[(start, end, "trigger")])))
    }
}

/// Adds who does it and to whom; of what is mutual, any party may stand on either side.
fn parties(conditions: &mut Conditions, actor: Option<&Who>, recipient: Option<&Who>) {
    let (side, who) = match (actor, recipient) {
        (None, None) => return,
        (Some(actor), Some(recipient)) => {
            let clause = format!(
                "id IN (SELECT one.event FROM event_party AS one
                    JOIN event_party AS other ON other.event = one.event
                        AND (other.side, other.position) <> (one.side, one.position)
                    JOIN event AS of ON of.id = one.event
                    WHERE one.actor IN {} AND other.actor IN {}
                        AND (of.is_reciprocal OR (one.side = 0 AND other.side = 1)))",
                actor.sql(),
                recipient.sql()
            );
            conditions.add(clause, [actor.values(), recipient.values()].concat());
            return;
        }
        (Some(who), None) => (0, who),
        (None, Some(who)) => (1, who),
    };
    let clause = format!(
        "id IN (SELECT event FROM event_party JOIN event AS of ON of.id = event
            WHERE actor IN {} AND (side = {side} OR of.is_reciprocal))",
        who.sql()
    );
    conditions.add(clause, who.values());
}

fn event(row: &Row<'_>) -> rusqlite::Result<(EventRow, Option<i64>)> {
    let event = EventRow {
        id: Id::new(IdKind::Event, row.get(0)?),
        day: row.get(1)?,
        last: row.get(2)?,
        value: row.get(3)?,
        r#type: row.get(4)?,
        mode: row.get(5)?,
        contexts: list(&row.get::<_, String>(6)?),
        quad: quad(row.get(7)?),
        cameo: list(&row.get::<_, String>(8)?),
        intensity: row.get(9)?,
        reciprocal: row.get(10)?,
        actors: Vec::new(),
        recipients: Vec::new(),
        place: None,
        status: row.get(11)?,
        confidence: row.get(12)?,
        origins: row.get(13)?,
        reports: row.get(14)?,
        claims: row.get(15)?,
        contradictions: row.get(16)?,
        verdict: row.get(17)?,
        best: Id::new(IdKind::Claim, row.get(18)?),
        passage: None,
    };
    Ok((event, row.get(19)?))
}
