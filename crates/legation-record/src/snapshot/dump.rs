//! The content of a record as lines in a fixed order, hashed.
//!
//! In it is what was read and decided, by keys and words; out of it are times, runs, numbers of rows and whatever is only
//! a way to find something. docs/record.md has the list; a line more or less is another hash, so it never changes.

use rusqlite::{Connection, Row, types::ValueRef};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::Counts;
use crate::error::RecordError;

/// First line of every dump.
const FORMAT: &str = "legation.content/1";

/// The lines of each kind, in this order; each line is a JSON array of the kind's name and the columns.
const LINES: [(&str, &str); 4] = [
    (
        "report",
        "SELECT key, sha256, source, outlet, title, published, made.legation, made.data, made.models,
            (SELECT first.key FROM report AS first WHERE first.id = report.origin)
        FROM report JOIN reading ON reading.report = report.id AND reading.is_live
            JOIN made ON made.id = reading.made
        WHERE is_latest ORDER BY key",
    ),
    (
        "claim",
        "SELECT report.key, claim.number, claim.start, claim.\"end\", words, claim.type, mode, contexts, quad, cameo,
            intensity, is_reciprocal, value, first, last, place.key, status, rule, confidence, same_as, quantities,
            (SELECT json_group_array(json_array(side, key)) FROM (SELECT side, actor.key AS key FROM claim_party
                JOIN actor ON actor.id = claim_party.actor WHERE claim = claim.id ORDER BY side, position)),
            (SELECT json_group_array(json_array(key, via, stance)) FROM
                (SELECT actor.key AS key, voice.via, voice.stance FROM voice
                LEFT JOIN reading_actor AS named ON named.reading = claim.reading AND named.number = voice.\"by\"
                LEFT JOIN actor ON actor.id = named.actor WHERE voice.claim = claim.id ORDER BY voice.position))
        FROM claim JOIN report ON report.id = claim.report LEFT JOIN place ON place.id = claim.place
        WHERE claim.is_live ORDER BY report.key, claim.number",
    ),
    (
        "event",
        "SELECT told.claims, event.type, event.mode, event.contexts, event.quad, event.cameo, event.intensity,
            event.is_reciprocal, event.value, event.first, event.last, place.key, event.status, event.confidence,
            event.reports, event.origins, event.contradictions, event.verdict,
            (SELECT json_group_array(json_array(side, key)) FROM (SELECT side, actor.key AS key FROM event_party
                JOIN actor ON actor.id = event_party.actor WHERE event = event.id ORDER BY side, position))
        FROM event LEFT JOIN place ON place.id = event.place
            JOIN (SELECT event, json_group_array(json_array(key, number)) AS claims FROM
                    (SELECT claim.event, report.key, claim.number FROM claim JOIN report ON report.id = claim.report
                    WHERE claim.is_live ORDER BY claim.event, report.key, claim.number)
                GROUP BY event) AS told ON told.event = event.id
        ORDER BY told.claims",
    ),
    (
        "correction",
        "SELECT kind, author, reason,
            (SELECT json_group_array(json_array(named.value ->> 'report', named.value ->> 'words',
                named.value ->> 'start', named.value ->> 'type')) FROM json_each(body, '$.claims') AS named),
            (SELECT json_group_array(json_array(named.value ->> 'report', named.value ->> 'words',
                named.value ->> 'start', named.value ->> 'type')) FROM json_each(body, '$.moved') AS named),
            body -> '$.edit', (SELECT count(*) FROM correction AS other WHERE other.id <= correction.undoes)
        FROM correction ORDER BY id",
    ),
];

/// SHA-256 over all lines, hexadecimal.
pub(super) fn hash(connection: &Connection) -> Result<String, RecordError> {
    let mut digest = Sha256::new();
    digest.update(format!("{FORMAT}\n"));
    let threshold = crate::merge::threshold(connection)?;
    digest.update(format!("[\"threshold\",{threshold}]\n"));
    for (name, query) in LINES {
        let mut query = connection.prepare(query)?;
        let columns = query.column_count();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            digest.update(format!("{}\n", line(name, row, columns)?));
        }
    }
    Ok(crate::hash::hex(&digest.finalize()))
}

fn line(name: &str, row: &Row<'_>, columns: usize) -> Result<Value, RecordError> {
    let mut cells = vec![Value::from(name)];
    for column in 0..columns {
        cells.push(match row.get_ref(column)? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::from(number),
            ValueRef::Real(number) => Value::from(number),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Value::from(String::from_utf8_lossy(bytes)),
        });
    }
    Ok(Value::Array(cells))
}

/// How much there is.
pub(super) fn counts(connection: &Connection) -> Result<Counts, RecordError> {
    let query = "SELECT (SELECT count(*) FROM report WHERE is_latest),
        (SELECT count(DISTINCT origin) FROM report WHERE is_latest), (SELECT count(*) FROM claim WHERE is_live),
        (SELECT count(*) FROM event), (SELECT count(*) FROM event WHERE verdict = 'rejected'),
        (SELECT count(*) FROM correction)";
    Ok(connection.query_row(query, [], |row| {
        Ok(Counts {
            reports: row.get(0)?,
            origins: row.get(1)?,
            claims: row.get(2)?,
            events: row.get(3)?,
            rejected: row.get(4)?,
            corrections: row.get(5)?,
        })
    })?)
}
