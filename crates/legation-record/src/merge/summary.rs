//! What an event is, by all its claims.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{
    claim::{Claim, Party, Quantity},
    overlay::Overlay,
};
use crate::{error::RecordError, record::count};

/// What a claim adds at most: no report is beyond doubt.
const TRUST: f64 = 0.9;
/// Contradictions listed of one event.
const LISTED: usize = 50;
/// Claims of one event compared for contradictions, the earliest.
const COMPARED: usize = 120;

/// Removes an event.
pub(super) fn remove(transaction: &Transaction<'_>, event: i64) -> Result<(), RecordError> {
    clear(transaction, event)?;
    transaction.prepare_cached("DELETE FROM event WHERE id = ?")?.execute([event])?;
    Ok(())
}

/// Lets the number of a removed event lead to the one that has its claims.
pub(super) fn lead(transaction: &Transaction<'_>, event: i64, heir: Option<i64>) -> Result<(), RecordError> {
    // The claim that gave the event its number may have gone elsewhere than the others.
    let query = "SELECT event FROM claim WHERE founder = ?1 AND is_live AND event <> ?1";
    let first = transaction.prepare_cached(query)?.query_row([event], |row| row.get(0)).optional()?;
    let Some(heir) = first.or(heir) else { return Ok(()) };
    transaction.prepare_cached("UPDATE event_alias SET event = ? WHERE event = ?")?.execute([heir, event])?;
    transaction
        .prepare_cached("INSERT OR REPLACE INTO event_alias (old, event) VALUES (?, ?)")?
        .execute([event, heir])?;
    Ok(())
}

fn clear(transaction: &Transaction<'_>, event: i64) -> Result<(), RecordError> {
    for delete in [
        "DELETE FROM event_party WHERE event = ?",
        "DELETE FROM event_dyad WHERE event = ?",
        "DELETE FROM contradiction WHERE event = ?",
    ] {
        transaction.prepare_cached(delete)?.execute([event])?;
    }
    Ok(())
}

/// Writes an event anew.
pub(super) fn write(transaction: &Transaction<'_>, event: i64, claims: &[&Claim]) -> Result<(), RecordError> {
    clear(transaction, event)?;
    transaction.prepare_cached("DELETE FROM event_alias WHERE old = ?")?.execute([event])?;
    let best = best(claims);
    let dated = dated(claims, best);
    let status = status(claims);
    let overlay = Overlay::of(transaction, claims)?;
    let sides = overlay.sides(transaction, sides(claims, best))?;
    let contradictions = contradictions(claims);
    let is_reciprocal = best.is_reciprocal;
    let origins = origins(claims.iter().copied());
    let reports: BTreeSet<i64> = claims.iter().map(|claim| claim.report).collect();
    let place = best.place.as_ref().or_else(|| claims.iter().find_map(|claim| claim.place.as_ref()));
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO event (id, type, mode, contexts, quad, cameo, intensity, is_reciprocal, value,
                first, last, place, status, confidence, claims, reports, origins, contradictions, best, verdict)
            SELECT ?1, type, mode, contexts, quad, cameo, intensity, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,
                ?13, NULL FROM claim WHERE id = ?13",
        )?
        .execute(params![
            event,
            is_reciprocal,
            dated.value,
            dated.first.map(|day| day.to_string()),
            dated.last.map(|day| day.to_string()),
            place.map(|place| place.id),
            status,
            confidence(&origins),
            count(claims.len()),
            count(reports.len()),
            count(origins.len()),
            count(contradictions.len()),
            best.id
        ])?;
    overlay.write(transaction, event)?;
    parties(transaction, event, &sides)?;
    dyads(transaction, event, &sides, is_reciprocal, overlay.first().or(dated.first))?;
    let mut insert = transaction.prepare_cached(
        "INSERT OR REPLACE INTO contradiction (event, kind, a, b, detail) VALUES (?, ?, ?, ?, ?)",
    )?;
    for (kind, a, b, detail) in contradictions {
        insert.execute(params![event, kind, a, b, detail])?;
    }
    let mut update =
        transaction.prepare_cached("UPDATE claim SET event = ? WHERE id = ? AND event IS NOT ?1")?;
    for claim in claims {
        update.execute([event, claim.id])?;
    }
    Ok(())
}

/// The claim that tells the event best: as done, with both sides, its own date and a place, by a sure rule; the earliest
/// among equals.
fn best<'a>(claims: &[&'a Claim]) -> &'a Claim {
    let points = |claim: &Claim| {
        let sides = claim.sides.iter().filter(|side| side.iter().any(|party| party.code.is_some())).count();
        let known = sides * 2
            + usize::from(claim.is_dated)
            + usize::from(claim.place.is_some())
            + usize::from(claim.mode.is_some())
            + 2 * usize::from(claim.took_place());
        f64::from(u32::try_from(known).unwrap_or(0)) + claim.confidence
    };
    let mut best = claims[0];
    for &claim in claims {
        let better = points(claim).total_cmp(&points(best)).then_with(|| best.founder.cmp(&claim.founder));
        if better.is_gt() {
            best = claim;
        }
    }
    best
}

/// Independent origins of claims, with how sure the surest of each is.
fn origins<'a>(claims: impl Iterator<Item = &'a Claim>) -> BTreeMap<i64, f64> {
    let mut origins: BTreeMap<i64, f64> = BTreeMap::new();
    for claim in claims {
        let sure = origins.entry(claim.origin).or_default();
        *sure = sure.max(claim.confidence);
    }
    origins
}

/// That not all origins are wrong, each for itself.
fn confidence(origins: &BTreeMap<i64, f64>) -> f64 {
    let wrong: f64 = origins.values().map(|sure| 1.0 - TRUST * sure).product();
    ((1.0 - wrong) * 1000.0).round() / 1000.0
}

/// The claim whose date is the event's: the day told by most origins among those that the texts give, else the best's.
fn dated<'a>(claims: &[&'a Claim], best: &'a Claim) -> &'a Claim {
    let exact = |claim: &&&Claim| claim.first.is_some() && claim.first == claim.last;
    let mut votes: BTreeMap<(Option<Date>, bool), BTreeSet<i64>> = BTreeMap::new();
    for claim in claims.iter().filter(exact) {
        votes.entry((claim.first, claim.is_dated)).or_default().insert(claim.origin);
    }
    let weight = |key: &(Option<Date>, bool)| (key.1, votes[key].len());
    // The earliest day among equals: the maximum that comes last is taken, so go backwards.
    let Some(&winner) = votes.keys().rev().max_by_key(|key| weight(key)) else { return best };
    let mut telling = claims.iter().filter(|claim| (claim.first, claim.is_dated) == winner);
    telling.clone().find(|claim| claim.id == best.id).or_else(|| telling.next()).copied().unwrap_or(best)
}

/// Took place where more origins say so than deny it; else as the newest report has it.
fn status<'a>(claims: &[&'a Claim]) -> &'a str {
    let of = |wanted: &dyn Fn(&Claim) -> bool| {
        origins(claims.iter().copied().filter(|claim| wanted(claim))).values().sum::<f64>()
    };
    let done = of(&|claim: &Claim| claim.took_place());
    let not = of(&|claim: &Claim| matches!(claim.status.as_str(), "denied" | "negated"));
    let newest = |wanted: &dyn Fn(&Claim) -> bool| {
        let telling = claims.iter().copied().filter(|claim| wanted(claim));
        telling.max_by_key(|claim| (claim.published, claim.founder)).map(|claim| claim.status.as_str())
    };
    if done > 0.0 && done >= not {
        let is_done = claims.iter().any(|claim| claim.status == "happened");
        return if is_done { "happened" } else { "ongoing" };
    }
    if not > 0.0 && done > 0.0 {
        return newest(&|claim: &Claim| matches!(claim.status.as_str(), "denied" | "negated"))
            .unwrap_or("denied");
    }
    newest(&|_: &Claim| true).unwrap_or("happened")
}

/// The best claim's parties, and those of others that half of the origins name and that its own do not stand for.
fn sides(claims: &[&Claim], best: &Claim) -> [Vec<Party>; 2] {
    let all = origins(claims.iter().copied()).len();
    let mut sides = best.sides.clone();
    let mut named: BTreeMap<(usize, &Party), BTreeSet<i64>> = BTreeMap::new();
    for claim in claims {
        for (side, parties) in claim.sides.iter().enumerate() {
            for party in parties {
                named.entry((side, party)).or_default().insert(claim.origin);
            }
        }
    }
    for ((side, party), by) in named {
        let is_there = sides
            .iter()
            .flatten()
            .any(|known| known.actor == party.actor || (known.code.is_some() && known.code == party.code));
        let is_wanted = sides[side].is_empty() || by.len() * 2 >= all;
        if !is_there && is_wanted && party.code.is_some() {
            sides[side].push(party.clone());
        }
    }
    sides
}

fn parties(transaction: &Transaction<'_>, event: i64, sides: &[Vec<Party>; 2]) -> Result<(), RecordError> {
    let mut insert = transaction
        .prepare_cached("INSERT INTO event_party (event, side, position, actor) VALUES (?, ?, ?, ?)")?;
    for (side, parties) in sides.iter().enumerate() {
        for (position, party) in parties.iter().enumerate() {
            insert.execute(params![event, count(side), count(position), party.actor])?;
        }
    }
    Ok(())
}

fn dyads(
    transaction: &Transaction<'_>,
    event: i64,
    sides: &[Vec<Party>; 2],
    is_reciprocal: bool,
    first: Option<Date>,
) -> Result<(), RecordError> {
    let codes =
        |side: &[Party]| -> BTreeSet<String> { side.iter().filter_map(|party| party.code.clone()).collect() };
    let mut pairs = BTreeSet::new();
    let (actors, recipients) = (codes(&sides[0]), codes(&sides[1]));
    let mut pair = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
        for source in one {
            pairs.extend(
                other
                    .iter()
                    .filter(|target| *target != source)
                    .map(|target| (source.clone(), target.clone())),
            );
        }
    };
    pair(&actors, &recipients);
    if is_reciprocal {
        let all: BTreeSet<String> = actors.union(&recipients).cloned().collect();
        pair(&all, &all);
    }
    let day = first.map(|day| day.to_string()).unwrap_or_default();
    let mut insert = transaction.prepare_cached(
        "INSERT INTO event_dyad (source, target, day, event) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )?;
    for (source, target) in pairs {
        insert.execute(params![source, target, day, event])?;
    }
    Ok(())
}

/// Where claims of other origins, or of one report, disagree: (kind, claim, claim, what each says).
fn contradictions(claims: &[&Claim]) -> Vec<(&'static str, i64, i64, String)> {
    let claims = &claims[..claims.len().min(COMPARED)];
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, a) in claims.iter().enumerate() {
        for b in &claims[index + 1..] {
            if a.origin == b.origin && a.report != b.report {
                continue;
            }
            let pairs = [
                ("status", statuses(a, b)),
                ("date", days(a, b)),
                ("number", numbers(a, b)),
                ("place", towns(a, b)),
            ];
            for (kind, detail) in pairs {
                let Some(detail) = detail else { continue };
                if seen.insert((kind, detail.clone())) {
                    found.push((kind, a.id.min(b.id), a.id.max(b.id), detail));
                }
                if found.len() == LISTED {
                    return found;
                }
            }
        }
    }
    found
}

fn told(a: &str, b: &str) -> String {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    format!("{a} / {b}")
}

fn statuses(a: &Claim, b: &Claim) -> Option<String> {
    let is_not = |claim: &Claim| matches!(claim.status.as_str(), "denied" | "negated");
    let is_off = |claim: &Claim| claim.status == "cancelled";
    let clash = (a.took_place() && is_not(b)) || (b.took_place() && is_not(a));
    // What was called off and took place after all, or before, is a story; that it is to come and is denied, a dispute.
    let dispute = (a.status == "planned" && is_not(b)) || (b.status == "planned" && is_not(a));
    let same_day = a.published == b.published;
    let off = same_day && ((a.took_place() && is_off(b)) || (b.took_place() && is_off(a)));
    (clash || dispute || off).then(|| told(&a.status, &b.status))
}

fn days(a: &Claim, b: &Claim) -> Option<String> {
    let exact = |claim: &Claim| if claim.is_dated && claim.first == claim.last { claim.first } else { None };
    let (one, other) = (exact(a)?, exact(b)?);
    (one != other).then(|| told(&one.to_string(), &other.to_string()))
}

fn towns(a: &Claim, b: &Claim) -> Option<String> {
    let (one, other) = (a.place.as_ref()?, b.place.as_ref()?);
    let differ = one.id != other.id && one.country == other.country && a.wording != b.wording;
    (differ && !a.has_party(one) && !b.has_party(other)).then(|| told(&one.name, &other.name))
}

/// What quantities tell apart from what befell those counted.
const NOT_HARM: [&str; 6] = ["took part", "people", "things", "money", "measure", "share"];

/// Two counts of the same that exclude each other. What befell people is compared whoever is counted, where each claim
/// gives one number of it; other numbers only of the same things.
fn numbers(a: &Claim, b: &Claim) -> Option<String> {
    let (ones, others) = (&a.quantities, &b.quantities);
    for one in ones {
        let same = |other: &&Quantity| {
            let only = |all: &[Quantity]| all.iter().filter(|item| item.what == one.what).count() == 1;
            other.what == one.what
                && (other.of == one.of
                    || (!NOT_HARM.contains(&one.what.as_str()) && only(ones) && only(others)))
        };
        for other in others.iter().filter(same) {
            let apart = |low: &Quantity, high: &Quantity| matches!((low.most, high.least), (Some(most), Some(least)) if most < least);
            if apart(one, other) || apart(other, one) {
                let what = if one.of == other.of { one.of.as_deref() } else { None };
                let what = what.map_or_else(|| one.what.clone(), |of| format!("{of} {}", one.what));
                return Some(format!("{what}: {}", told(&range(one), &range(other))));
            }
        }
    }
    None
}

fn range(quantity: &Quantity) -> String {
    match (quantity.least, quantity.most) {
        (Some(least), Some(most)) if least.total_cmp(&most).is_eq() => format!("{least}"),
        (Some(least), Some(most)) => format!("{least}-{most}"),
        (Some(least), None) => format!("{least} or more"),
        (None, Some(most)) => format!("{most} or fewer"),
        (None, None) => "unknown".to_owned(),
    }
}
