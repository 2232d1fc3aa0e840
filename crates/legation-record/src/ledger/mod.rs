//! The meeting ledger: one line for each planned thing, with what every report said of it.

mod planned;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan as _, civil::Date};
use rusqlite::{OptionalExtension as _, Transaction, params};

pub(crate) use self::planned::Planned;
use crate::{error::RecordError, memory::Memory, record::count};

/// Mentions of one planned thing that a newcomer is checked against.
const MEMBERS: usize = 40;
/// Mentions looked at in one place, the newest.
const CROWD: i64 = 200;
/// Days around the planned ones in which an event shows that it was held.
const AROUND: i64 = 2;
/// Days from which on a planned time is too long to say which meeting in it was meant.
const LONG: i64 = 31;

/// Puts new expectations on lines of the ledger, and works out again the lines that lost some and those for which the
/// events that changed may tell whether they were held.
pub(crate) fn note(
    transaction: &Transaction<'_>,
    memory: &mut Memory,
    fresh: &[i64],
    touched: &BTreeSet<i64>,
    events: &BTreeSet<i64>,
) -> Result<(), RecordError> {
    let mut changed = touched.clone();
    for &event in events {
        concerned(transaction, event, &mut changed)?;
    }
    for &id in fresh {
        let planned = memory.load_planned(transaction, id)?.clone();
        let mut best: Option<(f64, i64)> = None;
        for other in others(transaction, &planned)? {
            let other = memory.load_planned(transaction, other)?;
            let (Some(plan), Some(likeness)) = (other.plan, planned.likeness(other)) else { continue };
            let is_better =
                best.is_none_or(|(score, number)| likeness > score || (likeness >= score && plan < number));
            if is_better && fits(transaction, memory, &planned, plan)? {
                best = Some((likeness, plan));
            }
        }
        for hash in planned.hashes() {
            transaction
                .prepare_cached(
                    "INSERT INTO plan_block (hash, expectation) VALUES (?, ?) ON CONFLICT DO NOTHING",
                )?
                .execute(params![hash, id])?;
        }
        let plan = best.map_or(planned.founder, |(_, plan)| plan);
        transaction.prepare_cached("UPDATE expectation SET plan = ? WHERE id = ?")?.execute([plan, id])?;
        memory.set_plan(id, plan);
        changed.insert(plan);
    }
    changed.into_iter().try_for_each(|plan| write(transaction, memory, plan))
}

/// Works out all lines of the ledger again.
pub(crate) fn rewrite(transaction: &Transaction<'_>, memory: &mut Memory) -> Result<(), RecordError> {
    let mut query = transaction.prepare("SELECT id FROM plan ORDER BY id")?;
    let plans: Vec<i64> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    plans.into_iter().try_for_each(|plan| write(transaction, memory, plan))
}

/// Adds the lines of the ledger that an event tells of, or told of before it changed.
fn concerned(
    transaction: &Transaction<'_>,
    event: i64,
    plans: &mut BTreeSet<i64>,
) -> Result<(), RecordError> {
    for query in [
        "SELECT id FROM plan WHERE event = ?",
        "SELECT plan FROM event JOIN claim ON claim.event = event.id AND claim.is_live
            JOIN expectation ON expectation.reading = claim.reading
            JOIN json_each(expectation.events) AS named ON named.value = claim.number
        WHERE event.id = ? AND event.type = 'CONSULT' AND plan IS NOT NULL",
    ] {
        let mut query = transaction.prepare_cached(query)?;
        for plan in query.query_map([event], |row| row.get(0))? {
            plans.insert(plan?);
        }
    }
    let mut query = transaction.prepare_cached(
        "SELECT plan.id FROM event JOIN event_dyad AS dyad ON dyad.event = event.id
            JOIN plan_dyad ON a = min(source, target) AND b = max(source, target)
                AND plan_dyad.day BETWEEN date(dyad.day, ?2) AND date(dyad.day, ?3)
            JOIN plan ON plan.id = plan_dyad.plan AND plan.last >= date(dyad.day, ?4)
        WHERE event.id = ?1 AND event.type = 'CONSULT' AND plan.event IS NULL",
    )?;
    let days = |count: i64| format!("{count:+} days");
    let fields = params![event, days(-LONG - AROUND), days(AROUND), days(-AROUND)];
    for plan in query.query_map(fields, |row| row.get(0))? {
        plans.insert(plan?);
    }
    Ok(())
}

/// Takes an expectation out of the places where others look for it.
pub(crate) fn forget(transaction: &Transaction<'_>, expectation: i64) -> Result<(), RecordError> {
    for hash in Planned::load(transaction, expectation)?.hashes() {
        transaction
            .prepare_cached("DELETE FROM plan_block WHERE hash = ? AND expectation = ?")?
            .execute(params![hash, expectation])?;
    }
    Ok(())
}

fn others(transaction: &Transaction<'_>, planned: &Planned) -> Result<BTreeSet<i64>, RecordError> {
    let mut query = transaction.prepare_cached(
        "SELECT expectation FROM plan_block WHERE hash = ? ORDER BY expectation DESC LIMIT ?",
    )?;
    let mut others = BTreeSet::new();
    for hash in planned.hashes() {
        for other in query.query_map(params![hash, CROWD], |row| row.get(0))? {
            others.insert(other?);
        }
    }
    others.remove(&planned.id);
    Ok(others)
}

fn members<'a>(
    transaction: &Transaction<'_>,
    memory: &'a mut Memory,
    plan: i64,
) -> Result<Vec<&'a Planned>, RecordError> {
    let mut query =
        transaction.prepare_cached("SELECT id FROM expectation WHERE plan = ? AND is_live ORDER BY id")?;
    let ids: Vec<i64> = query.query_map([plan], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for &id in &ids {
        memory.load_planned(transaction, id)?;
    }
    Ok(ids.into_iter().map(|id| memory.planned(id)).collect())
}

/// Whether nothing on a line of the ledger rules out that this is the same thing.
fn fits(
    transaction: &Transaction<'_>,
    memory: &mut Memory,
    planned: &Planned,
    plan: i64,
) -> Result<bool, RecordError> {
    Ok(members(transaction, memory, plan)?.iter().take(MEMBERS).all(|other| !planned.is_ruled_out_by(other)))
}

/// Writes a line of the ledger anew, or removes it where nothing is left of it.
fn write(transaction: &Transaction<'_>, memory: &mut Memory, plan: i64) -> Result<(), RecordError> {
    for delete in [
        "DELETE FROM plan_party WHERE plan = ?",
        "DELETE FROM plan_dyad WHERE plan = ?",
        "DELETE FROM plan WHERE id = ?",
    ] {
        transaction.prepare_cached(delete)?.execute([plan])?;
    }
    let members = members(transaction, memory, plan)?;
    let Some(first) = members.first() else { return Ok(()) };
    let mut newest = members.clone();
    newest.sort_by_key(|planned| (planned.published, planned.id));
    let dated = exact(&newest).unwrap_or(first);
    let status = newest.last().map_or("announced", |planned| planned.status.as_str());
    let mut parties: BTreeMap<i64, usize> = BTreeMap::new();
    for (position, &actor) in members.iter().flat_map(|planned| &planned.actors).enumerate() {
        parties.entry(actor).or_insert(position);
    }
    let held = held(transaction, &members, dated)?;
    let status = if held.is_some() && !matches!(status, "cancelled" | "denied") { "held" } else { status };
    let place = newest.iter().rev().find_map(|planned| planned.place);
    let occasion = members.iter().find_map(|planned| planned.occasion.clone());
    let reports: BTreeSet<i64> = members.iter().map(|planned| planned.report).collect();
    let origins: BTreeSet<i64> = members.iter().map(|planned| planned.origin).collect();
    transaction
        .prepare_cached(
            "INSERT INTO plan (id, what, place, value, first, last, occasion, status, reports, origins, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            plan,
            first.what,
            place,
            dated.value,
            dated.first.map(|day| day.to_string()),
            dated.last.map(|day| day.to_string()),
            occasion,
            status,
            count(reports.len()),
            count(origins.len()),
            held
        ])?;
    let mut insert =
        transaction.prepare_cached("INSERT INTO plan_party (plan, position, actor) VALUES (?, ?, ?)")?;
    let mut ordered: Vec<(usize, i64)> =
        parties.into_iter().map(|(actor, position)| (position, actor)).collect();
    ordered.sort_unstable();
    for (position, (_, actor)) in ordered.into_iter().enumerate() {
        insert.execute(params![plan, count(position), actor])?;
    }
    dyads(transaction, plan, &codes(&members), dated.first)
}

/// Countries and bodies that mentions of one thing name.
fn codes<'a>(members: &[&'a Planned]) -> BTreeSet<&'a str> {
    members.iter().flat_map(|planned| planned.codes.iter().map(String::as_str)).collect()
}

/// Writes the pairs of countries and bodies of a line whose day is known.
fn dyads(
    transaction: &Transaction<'_>,
    plan: i64,
    codes: &BTreeSet<&str>,
    first: Option<Date>,
) -> Result<(), RecordError> {
    let Some(first) = first else { return Ok(()) };
    let day = first.to_string();
    let mut insert =
        transaction.prepare_cached("INSERT INTO plan_dyad (a, b, day, plan) VALUES (?, ?, ?, ?)")?;
    for (index, one) in codes.iter().enumerate() {
        for other in codes.iter().skip(index + 1) {
            insert.execute(params![one, other, day, plan])?;
        }
    }
    Ok(())
}

/// The mention with the shortest time for it, the newest among equals: plans grow more exact, and move.
fn exact<'a>(newest: &[&'a Planned]) -> Option<&'a Planned> {
    let length = |planned: &Planned| match (planned.first, planned.last) {
        (Some(first), Some(last)) => Some((last - first).get_days()),
        _ => None,
    };
    let dated = newest.iter().rev().filter(|planned| length(planned).is_some());
    dated.min_by_key(|planned| length(planned)).copied()
}

/// An event that shows that it was held: one that a mention names, or a meeting of the same parties in those days.
fn held(
    transaction: &Transaction<'_>,
    members: &[&Planned],
    dated: &Planned,
) -> Result<Option<i64>, RecordError> {
    let mut named = transaction.prepare_cached(
        "SELECT event.id FROM claim JOIN event ON event.id = claim.event
        WHERE claim.reading = ? AND claim.number = ? AND event.status IN ('happened', 'ongoing') AND event.type = 'CONSULT'
            AND event.verdict IS NOT 'rejected'",
    )?;
    for planned in members {
        for &number in &planned.events {
            let event = named.query_row(params![planned.reading, number], |row| row.get(0)).optional()?;
            if event.is_some() {
                return Ok(event);
            }
        }
    }
    let (Some(first), Some(last)) = (dated.first, dated.last) else { return Ok(None) };
    if !planned::is_meeting(&dated.what) || i64::from((last - first).get_days()) > LONG {
        return Ok(None);
    }
    let wider = |day: Date, days: i64| day.checked_add(days.days()).unwrap_or(day).to_string();
    let codes = codes(members);
    let mut meeting = transaction.prepare_cached(
        "SELECT event.id FROM event_dyad JOIN event ON event.id = event_dyad.event
        WHERE source = ? AND target = ? AND day BETWEEN ? AND ? AND event.type = 'CONSULT'
            AND event.status IN ('happened', 'ongoing') AND event.verdict IS NOT 'rejected' ORDER BY event.origins DESC, event.id LIMIT 1",
    )?;
    let (from, to) = (wider(first, -AROUND), wider(last, AROUND));
    for source in &codes {
        for target in codes.iter().filter(|target| *target != source) {
            let event = meeting.query_row(params![source, target, from, to], |row| row.get(0)).optional()?;
            if event.is_some() {
                return Ok(event);
            }
        }
    }
    Ok(None)
}
