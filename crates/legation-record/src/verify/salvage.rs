//! What can be read of a damaged record, made a sound one.
//!
//! Rows are copied table by table. Then each report is looked at: its text must have the hash it was kept with, and none
//! of the rows of its readings may be missing. What follows from readings is worked out anew.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::{Findings, scan};
use crate::{
    Record, correct,
    derive::{self, Touched},
    error::RecordError,
    hash, intake,
    memory::Memory,
};

/// What a table's leading key is a number of.
#[derive(Clone, Copy)]
enum Of {
    /// Of nothing that belongs to one reading.
    Itself,
    /// Of a reading.
    Reading,
    /// Of its own rows, which come reading by reading.
    Row,
    /// Of the rows of this table, which come reading by reading.
    Owner(&'static str),
}

/// Tables that are copied, with their leading key.
const TABLES: [(&str, &str, Of); 24] = [
    ("made", "id", Of::Itself),
    ("run", "id", Of::Itself),
    ("report", "id", Of::Itself),
    ("body", "id", Of::Itself),
    ("intake", "id", Of::Itself),
    ("actor", "id", Of::Itself),
    ("place", "id", Of::Itself),
    ("correction", "id", Of::Itself),
    ("snapshot", "id", Of::Itself),
    ("event_alias", "old", Of::Itself),
    ("reading", "id", Of::Itself),
    ("problem", "rowid", Of::Row),
    ("reading_actor", "reading", Of::Reading),
    ("reading_place", "reading", Of::Reading),
    ("reading_date", "reading", Of::Reading),
    ("claim", "id", Of::Row),
    ("statement", "id", Of::Row),
    ("expectation", "id", Of::Row),
    ("relation", "id", Of::Row),
    ("claim_party", "claim", Of::Owner("claim")),
    ("voice", "claim", Of::Owner("claim")),
    ("statement_about", "statement", Of::Owner("statement")),
    ("expectation_party", "expectation", Of::Owner("expectation")),
    ("position", "expectation", Of::Owner("expectation")),
];

/// Rows that belong to a reading; those of rows of it go first.
const PARTS: [(&str, &str); 13] = [
    ("claim_party", "claim IN (SELECT id FROM claim WHERE reading = ?)"),
    ("voice", "claim IN (SELECT id FROM claim WHERE reading = ?)"),
    ("statement_about", "statement IN (SELECT id FROM statement WHERE reading = ?)"),
    ("expectation_party", "expectation IN (SELECT id FROM expectation WHERE reading = ?)"),
    ("position", "expectation IN (SELECT id FROM expectation WHERE reading = ?)"),
    ("claim", "reading = ?"),
    ("statement", "reading = ?"),
    ("expectation", "reading = ?"),
    ("relation", "reading = ?"),
    ("problem", "reading = ?"),
    ("reading_actor", "reading = ?"),
    ("reading_place", "reading = ?"),
    ("reading_date", "reading = ?"),
];

/// Rows whose owner is lost: a new row may take the owner's number, and they would be its own.
const ORPHANS: [(&str, &str, &str); 15] = [
    ("problem", "reading", "reading"),
    ("reading_actor", "reading", "reading"),
    ("reading_place", "reading", "reading"),
    ("reading_date", "reading", "reading"),
    ("claim", "reading", "reading"),
    ("statement", "reading", "reading"),
    ("expectation", "reading", "reading"),
    ("relation", "reading", "reading"),
    ("claim_party", "claim", "claim"),
    ("voice", "claim", "claim"),
    ("statement_about", "statement", "statement"),
    ("expectation_party", "expectation", "expectation"),
    ("position", "expectation", "expectation"),
    ("event_alias", "old", "claim"),
    ("event_alias", "event", "claim"),
];

/// Readings that lack rows which are in no gap: their text, their actors, their places.
const TORN: &str =
    "SELECT id FROM reading WHERE body NOT IN (SELECT id FROM body) OR made NOT IN (SELECT id FROM made)
    UNION SELECT reading FROM reading_actor WHERE actor NOT IN (SELECT id FROM actor)
    UNION SELECT reading FROM reading_place WHERE place NOT IN (SELECT id FROM place)";

/// A record being saved into another.
pub(super) struct Salvage<'a> {
    transaction: Transaction<'a>,
    findings: Findings,
    /// Readings that may lack rows: ranges of their numbers.
    doubts: Vec<scan::Gap>,
}

impl Salvage<'_> {
    /// Copies what can be read, and says what that is; with `derives`, works out what follows from it.
    ///
    /// # Errors
    /// Those of the record that is written.
    pub(super) fn of(
        damaged: &Connection,
        saved: &mut Record,
        faults: Vec<String>,
        derives: bool,
    ) -> Result<Findings, RecordError> {
        let transaction = saved.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let findings = Findings { faults, ..Findings::default() };
        let mut salvage = Salvage { transaction, findings, doubts: Vec::new() };
        salvage.copy(damaged)?;
        salvage.weigh()?;
        if derives {
            salvage.derive()?;
        }
        let Salvage { transaction, findings, .. } = salvage;
        transaction.commit()?;
        Ok(findings)
    }

    fn copy(&mut self, damaged: &Connection) -> Result<(), RecordError> {
        for table in ["setting", "state"] {
            scan::copy_small(damaged, &self.transaction, table)?;
        }
        for (table, key, of) in TABLES {
            for gap in scan::copy(damaged, &self.transaction, table, key)? {
                self.note(table, &gap, of)?;
            }
        }
        Ok(())
    }

    /// Notes which readings may have lost rows in a gap: those of the rows around it and all between.
    fn note(&mut self, table: &str, gap: &scan::Gap, of: Of) -> Result<(), RecordError> {
        let owner = match of {
            Of::Itself => return Ok(()),
            Of::Reading => {
                self.doubts.push(gap.clone());
                return Ok(());
            }
            Of::Row => table,
            Of::Owner(owner) => owner,
        };
        let reading = |condition: &str, key: i64| -> Result<Option<i64>, RecordError> {
            let query = format!("SELECT reading FROM {owner} WHERE rowid {condition} LIMIT 1");
            Ok(self.transaction.query_row(&query, [key], |row| row.get(0)).optional()?)
        };
        let before = reading("<= ? ORDER BY rowid DESC", *gap.start())?;
        let behind = reading(">= ? ORDER BY rowid", *gap.end())?;
        self.doubts.push(before.unwrap_or(0)..=behind.unwrap_or(i64::MAX));
        Ok(())
    }

    /// Looks at each report, and takes out what is not whole.
    fn weigh(&mut self) -> Result<(), RecordError> {
        self.lose_reports()?;
        for (_, body) in intake::changed_bodies(&self.transaction)? {
            self.transaction.execute("DELETE FROM body WHERE id = ?", [body])?;
        }
        let torn: BTreeSet<i64> = numbers(&self.transaction, TORN)?.into_iter().collect();
        let is_doubtful = |reading: i64| {
            torn.contains(&reading) || self.doubts.iter().any(|range| range.contains(&reading))
        };
        let mut lost = 0;
        for reading in numbers(&self.transaction, "SELECT id FROM reading WHERE NOT is_live")? {
            if is_doubtful(reading) {
                lost += 1;
                remove(&self.transaction, reading)?;
            }
        }
        for reading in numbers(&self.transaction, "SELECT id FROM reading WHERE is_live")? {
            if is_doubtful(reading) {
                remove(&self.transaction, reading)?;
            }
        }
        self.findings.lost_readings = lost;
        for (table, key, owner) in ORPHANS {
            let delete = format!("DELETE FROM {table} WHERE {key} NOT IN (SELECT id FROM {owner})");
            self.transaction.execute(&delete, [])?;
        }
        self.stand_in()
    }

    /// Takes out reports whose text is lost, and names those and the ones that only their rows tell of.
    fn lose_reports(&mut self) -> Result<(), RecordError> {
        let transaction = &self.transaction;
        let mut lost = BTreeSet::new();
        for report in numbers(transaction, "SELECT id FROM report")? {
            if !intake::has_its_text(transaction, report).unwrap_or(false) {
                lost.insert(report);
            }
        }
        lost.extend(numbers(
            transaction,
            "SELECT report FROM (SELECT report FROM body UNION SELECT report FROM reading
                UNION SELECT report FROM intake WHERE report IS NOT NULL)
            WHERE report NOT IN (SELECT id FROM report)",
        )?);
        for report in lost {
            let query =
                "SELECT key FROM report WHERE id = ?1 UNION ALL SELECT key FROM intake WHERE report = ?1";
            let key: Option<String> = transaction.query_row(query, [report], |row| row.get(0)).optional()?;
            self.findings.lost.push(key.unwrap_or_else(|| format!("number {report}")));
            let query = format!("SELECT id FROM reading WHERE report = {report}");
            for reading in numbers(transaction, &query)? {
                remove(transaction, reading)?;
            }
            for query in [
                "DELETE FROM body WHERE report = ?",
                "UPDATE intake SET report = NULL WHERE report = ?",
                "DELETE FROM report WHERE id = ?",
            ] {
                transaction.execute(query, [report])?;
            }
        }
        Ok(())
    }

    /// Gives reports that lost their live reading an empty one, made with nothing: it is read again by `reread`.
    fn stand_in(&mut self) -> Result<(), RecordError> {
        let transaction = &self.transaction;
        let bare = numbers(
            transaction,
            "SELECT id FROM report WHERE is_latest AND id NOT IN (SELECT report FROM reading WHERE is_live) ORDER BY id",
        )?;
        let reports: i64 = transaction.query_row("SELECT count(*) FROM report", [], |row| row.get(0))?;
        self.findings.whole = usize::try_from(reports).unwrap_or(0) - bare.len();
        if bare.is_empty() {
            return Ok(());
        }
        let insert = "INSERT INTO made (legation, data, models) VALUES ('', '', '') ON CONFLICT DO NOTHING";
        transaction.execute(insert, [])?;
        for report in bare {
            let query = "SELECT key FROM report WHERE id = ?";
            self.findings.text_only.push(transaction.query_row(query, [report], |row| row.get(0))?);
            transaction.execute(
                "INSERT INTO body (report, sha256, text) SELECT ?1, ?2, ''
                WHERE NOT EXISTS (SELECT 1 FROM body WHERE report = ?1)",
                params![report, hash::sha256(b"")],
            )?;
            transaction.execute(
                "INSERT INTO reading (report, made, run, body, sentences, is_live)
                SELECT report.id, made.id, report.run, (SELECT max(id) FROM body WHERE report = report.id), '[]', 1
                FROM report, made WHERE report.id = ? AND made.data = ''",
                [report],
            )?;
        }
        Ok(())
    }

    /// Works out anew what follows from the readings.
    fn derive(&self) -> Result<(), RecordError> {
        let transaction = &self.transaction;
        transaction.execute_batch(
            "UPDATE report SET origin = id;
            UPDATE claim SET event = NULL;
            UPDATE expectation SET plan = NULL;
            INSERT INTO word (word) VALUES ('rebuild');",
        )?;
        correct::rebuild(transaction)?;
        let live = numbers(transaction, "SELECT report FROM reading WHERE is_live ORDER BY report")?;
        let mut memory = Memory::default();
        for reports in live.chunks(derive::BATCH) {
            derive::update(transaction, &mut memory, reports, reports, &Touched::default())?;
        }
        Ok(())
    }
}

/// Takes out a reading with all that belongs to it.
fn remove(transaction: &Transaction<'_>, reading: i64) -> Result<(), RecordError> {
    for (table, condition) in PARTS {
        transaction.execute(&format!("DELETE FROM {table} WHERE {condition}"), params![reading])?;
    }
    transaction.execute("DELETE FROM reading WHERE id = ?", [reading])?;
    Ok(())
}

fn numbers(connection: &Connection, query: &str) -> Result<Vec<i64>, RecordError> {
    let mut query = connection.prepare(query)?;
    let rows = query.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
