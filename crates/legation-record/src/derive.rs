//! What follows from readings, kept up to date with every batch: origins, events, the meeting ledger.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension as _, Transaction, params};

use crate::{copies, error::RecordError, ledger, memory::Memory, merge};

/// Reports whose claims are compared at once, and kept in one transaction: enough to keep threads busy and the disk quiet.
/// Claims are linked best first within it, so all that work out what follows from readings use the same.
pub const BATCH: usize = 256;

/// What lost claims or expectations and must be worked out again.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    events: BTreeSet<i64>,
    plans: BTreeSet<i64>,
}

/// The live claims of a report, with their events.
const CLAIMS: &str = "SELECT id, event FROM claim WHERE report = ? AND is_live ORDER BY id";
/// The live expectations of a report, with the lines of the ledger that they are on.
const EXPECTATIONS: &str =
    "SELECT expectation.id, plan FROM reading JOIN expectation ON expectation.reading = reading.id
    WHERE reading.report = ? AND reading.is_live AND expectation.is_live ORDER BY expectation.id";

/// Takes the live reading of a report out of all that follows from it; `is_replaced` where a newer text comes.
pub(crate) fn retire(
    transaction: &Transaction<'_>,
    report: i64,
    is_replaced: bool,
    touched: &mut Touched,
) -> Result<(), RecordError> {
    for (claim, event) in pairs(transaction, CLAIMS, report)? {
        merge::forget(transaction, claim)?;
        touched.events.extend(event);
    }
    for (expectation, plan) in pairs(transaction, EXPECTATIONS, report)? {
        ledger::forget(transaction, expectation)?;
        touched.plans.extend(plan);
    }
    if is_replaced {
        copies::forget(transaction, report)?;
    }
    Ok(())
}

/// Works out what follows from the live readings of these reports, which are new.
pub(crate) fn update(
    transaction: &Transaction<'_>,
    memory: &mut Memory,
    new_texts: &[i64],
    reports: &[i64],
    touched: &Touched,
) -> Result<(), RecordError> {
    let origins = copies::note(transaction, new_texts)?;
    memory.forget_origins(&origins);
    let (mut claims, mut expectations) = (Vec::new(), Vec::new());
    for &report in reports {
        inherit(transaction, report)?;
        claims.extend(pairs(transaction, CLAIMS, report)?.into_iter().map(|(claim, _)| claim));
        expectations.extend(
            pairs(transaction, EXPECTATIONS, report)?.into_iter().map(|(expectation, _)| expectation),
        );
    }
    let mut events = touched.events.clone();
    events.extend(events_of(transaction, &origins)?);
    let events = merge::note(transaction, memory, &claims, &events)?;
    ledger::note(transaction, memory, &expectations, &touched.plans, &events)?;
    memory.shrink();
    Ok(())
}

/// Events that reports of these origins tell of.
fn events_of(transaction: &Transaction<'_>, origins: &BTreeSet<i64>) -> Result<BTreeSet<i64>, RecordError> {
    let mut events = BTreeSet::new();
    let mut query = transaction.prepare_cached(
        "SELECT DISTINCT claim.event FROM report JOIN claim ON claim.report = report.id
        WHERE report.origin = ? AND claim.is_live AND claim.event IS NOT NULL",
    )?;
    for &origin in origins {
        for event in query.query_map([origin], |row| row.get::<_, i64>(0))? {
            events.insert(event?);
        }
    }
    Ok(events)
}

/// Lets claims and expectations go on from those of an earlier reading or text of the same report, so that their
/// events keep their numbers and what people said of them holds.
fn inherit(transaction: &Transaction<'_>, report: i64) -> Result<(), RecordError> {
    let earlier: i64 = transaction
        .prepare_cached(
            "SELECT count(*) FROM reading JOIN report AS old ON old.id = reading.report
            WHERE old.key = (SELECT key FROM report WHERE id = ?)",
        )?
        .query_row([report], |row| row.get(0))?;
    if earlier < 2 {
        return Ok(());
    }
    // The newest of those not taken yet whose trigger lies there in this very text, else has the same words.
    let mut claims = transaction.prepare_cached(
        "SELECT old.founder FROM claim AS new JOIN report ON report.id = new.report
            JOIN report AS other ON other.key = report.key JOIN claim AS old ON old.report = other.id
        WHERE new.id = ?1 AND NOT old.is_live AND old.type = new.type AND old.words = new.words
            AND NOT EXISTS (SELECT 1 FROM claim WHERE is_live AND founder = old.founder)
        ORDER BY old.reading DESC, abs(old.start - new.start), old.id LIMIT 1",
    )?;
    // A trigger that newer data read as another type of event.
    let mut recoded = transaction.prepare_cached(
        "SELECT old.founder FROM claim AS new JOIN claim AS old ON old.report = new.report
        WHERE new.id = ?1 AND new.founder = new.id AND NOT old.is_live AND old.type <> new.type
            AND old.start = new.start AND old.words = new.words
            AND NOT EXISTS (SELECT 1 FROM claim WHERE is_live AND founder = old.founder)
        ORDER BY old.reading DESC, old.id LIMIT 1",
    )?;
    let mut expectations = transaction.prepare_cached(
        "SELECT old.founder FROM expectation AS new JOIN report ON report.id = new.report
            JOIN report AS other ON other.key = report.key JOIN reading ON reading.report = other.id
            JOIN expectation AS old ON old.reading = reading.id
        WHERE new.id = ?1 AND NOT old.is_live AND old.what = new.what
            AND NOT EXISTS (SELECT 1 FROM expectation WHERE is_live AND founder = old.founder)
        ORDER BY old.reading DESC, abs(old.sentence - new.sentence), old.id LIMIT 1",
    )?;
    let (claim, expectation) =
        ("UPDATE claim SET founder = ? WHERE id = ?", "UPDATE expectation SET founder = ? WHERE id = ?");
    for (query, heirs, update) in [
        (CLAIMS, &mut claims, claim),
        (CLAIMS, &mut recoded, claim),
        (EXPECTATIONS, &mut expectations, expectation),
    ] {
        for (id, _) in pairs(transaction, query, report)? {
            if let Some(founder) = heirs.query_row([id], |row| row.get::<_, i64>(0)).optional()? {
                transaction.prepare_cached(update)?.execute([founder, id])?;
            }
        }
    }
    Ok(())
}

fn pairs(
    transaction: &Transaction<'_>,
    query: &str,
    report: i64,
) -> Result<Vec<(i64, Option<i64>)>, RecordError> {
    let mut query = transaction.prepare_cached(query)?;
    let rows = query.query_map(params![report], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
