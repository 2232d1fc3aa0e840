//! Where claims are looked for that may be the same event: among those of its type, parties and month.

use std::{collections::BTreeSet, ops::Range};

use jiff::{ToSpan as _, civil::Date};
use rusqlite::{Transaction, params};

use super::claim::Claim;
use crate::{days, error::RecordError, hash};

/// Days over the border of a month that are looked at too.
const MARGIN: i64 = 3;
/// Days from which on a date is only a year or more.
const LONG: i64 = 92;
/// Claims of one block looked at, the newest.
const CROWD: i64 = 400;
/// The same of what was long past when it was told: it is retold for years, and told of by the last few as well.
const CROWD_PAST: i64 = 60;

/// Hashes under which a claim is filed and looked for.
pub(super) struct Blocks {
    filed: Vec<i64>,
    looked_for: Vec<i64>,
    /// How many are looked at under each hash.
    crowd: i64,
}

impl Blocks {
    /// Of a claim: by type; by its pairs of countries and bodies, or the one it has, or somebody else who takes part;
    /// by month, or by value for what is known as a year only.
    pub(super) fn of(claim: &Claim) -> Blocks {
        let codes: Vec<&str> = claim.codes().into_iter().collect();
        let mut filed = Vec::new();
        let mut looked_for = Vec::new();
        if codes.len() > 1 {
            for (index, one) in codes.iter().enumerate() {
                for other in &codes[index + 1..] {
                    filed.push(format!("{one}|{other}"));
                    looked_for.push(format!("{one}|{other}"));
                }
                filed.push(format!("{one}+"));
                looked_for.push((*one).to_owned());
            }
        } else if let [one] = codes[..] {
            filed.push(one.to_owned());
            looked_for.extend([one.to_owned(), format!("{one}+")]);
        } else {
            let others = claim.sides.iter().flatten().map(|party| format!("#{}", party.actor));
            let place = claim.place.iter().map(|place| format!("@{}", place.id));
            filed.extend(others.chain(place));
            looked_for.clone_from(&filed);
        }
        let months = months(claim);
        let hashes = |keys: &[String], months: &BTreeSet<String>| {
            let hash = |key: &String, month: &String| {
                let hash = hash::of(format!("{} {key} {month}", claim.kind).as_bytes());
                hash::filed(number(month), hash)
            };
            let all: BTreeSet<i64> =
                keys.iter().flat_map(|key| months.iter().map(move |month| hash(key, month))).collect();
            all.into_iter().collect()
        };
        let is_past =
            claim.last.zip(claim.published).is_some_and(|(last, day)| days::between(last, day) > LONG);
        let crowd = if is_past { CROWD_PAST } else { CROWD };
        Blocks { filed: hashes(&filed, &months.0), looked_for: hashes(&looked_for, &months.1), crowd }
    }

    /// Files a claim.
    pub(super) fn file(&self, transaction: &Transaction<'_>, claim: i64) -> Result<(), RecordError> {
        let mut insert = transaction
            .prepare_cached("INSERT INTO block (hash, claim) VALUES (?, ?) ON CONFLICT DO NOTHING")?;
        for hash in &self.filed {
            insert.execute(params![hash, claim])?;
        }
        Ok(())
    }

    /// Takes a claim out.
    pub(super) fn unfile(&self, transaction: &Transaction<'_>, claim: i64) -> Result<(), RecordError> {
        let mut delete = transaction.prepare_cached("DELETE FROM block WHERE hash = ? AND claim = ?")?;
        for hash in &self.filed {
            delete.execute(params![hash, claim])?;
        }
        Ok(())
    }

    /// Other claims filed where this one is looked for, by number.
    pub(super) fn others(
        &self,
        transaction: &Transaction<'_>,
        claim: i64,
    ) -> Result<BTreeSet<i64>, RecordError> {
        let mut query = transaction
            .prepare_cached("SELECT claim FROM block WHERE hash = ? ORDER BY claim DESC LIMIT ?")?;
        let mut others = BTreeSet::new();
        for hash in &self.looked_for {
            for other in query.query_map(params![hash, self.crowd], |row| row.get(0))? {
                others.insert(other?);
            }
        }
        others.remove(&claim);
        Ok(others)
    }
}

/// The months in which a claim is filed, and those in which it is looked for.
fn months(claim: &Claim) -> (BTreeSet<String>, BTreeSet<String>) {
    let Some((first, last)) = window(claim) else {
        let unknown = BTreeSet::from([String::new()]);
        return (unknown.clone(), unknown);
    };
    if days::between(first, last) > LONG {
        let value = BTreeSet::from([claim.value.clone().unwrap_or_else(|| first.year().to_string())]);
        return (value.clone(), value);
    }
    let wider = |day: Date, days: i64| day.checked_add(days.days()).unwrap_or(day);
    (months_of(first, last), months_of(wider(first, -MARGIN), wider(last, MARGIN)))
}

/// Months since the year 0, by what a month or a longer time begins with; 0 where it does not tell.
fn number(month: &str) -> i64 {
    let part =
        |range: Range<usize>| month.get(range).and_then(|digits| digits.parse::<u16>().ok()).map(i64::from);
    part(0..4).map_or(0, |year| year * 12 + part(5..7).unwrap_or(0))
}

fn months_of(first: Date, last: Date) -> BTreeSet<String> {
    let mut months = BTreeSet::new();
    let mut day = first.first_of_month();
    while day <= last {
        months.insert(format!("{:04}-{:02}", day.year(), day.month()));
        let Ok(next) = day.checked_add(1.month()) else { break };
        day = next;
    }
    months
}

/// The days in which a claim may lie: its date, else the days before the report, or after it for what is to come.
pub(super) fn window(claim: &Claim) -> Option<(Date, Date)> {
    if let Some(first) = claim.first {
        return Some((first, claim.last.unwrap_or(first).max(first)));
    }
    let published = claim.published?;
    let moved = |days: i64| published.checked_add(days.days()).unwrap_or(published);
    if claim.is_to_come() { Some((published, moved(45))) } else { Some((moved(-3), published)) }
}
