//! Which claims are of one event.
//!
//! Claims are linked by how much they look alike, best first; two events become one where some pair is alike enough and
//! no pair rules it out. Links that people made or cut (`tie`) go before everything.

mod block;
pub(crate) mod claim;
pub mod likeness;
mod overlay;
mod summary;
mod why;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use self::{
    block::Blocks,
    claim::Claim,
    likeness::{Conflict, Likeness},
};
use crate::{error::RecordError, memory::Memory};

pub use self::why::Why;

/// Likeness from which on claims of two reports are one event, unless the record says otherwise (`setting`).
pub const THRESHOLD: f64 = 0.5;
/// Share of words from which on sentences of two copies are the same one.
const COPIED: f64 = 0.75;
/// Claims of an event that a newcomer is checked against: of a story that everybody prints, a few are enough.
const MEMBERS: u32 = 40;

/// Two claims that may be one event.
#[derive(Clone, Copy, Debug)]
struct Link {
    /// 0: people said so; 1: the reading said so; 2: they look alike.
    rank: u8,
    score: f64,
    a: i64,
    b: i64,
}

impl Link {
    fn new(rank: u8, score: f64, one: i64, other: i64) -> Link {
        Link { rank, score, a: one.min(other), b: one.max(other) }
    }
}

/// The work of one batch.
struct Merging<'a> {
    transaction: &'a Transaction<'a>,
    memory: &'a mut Memory,
    threshold: f64,
    /// Events, by a number of their own while the work goes on, with their claims.
    members: BTreeMap<i64, BTreeSet<i64>>,
    /// The event of each claim at hand.
    event_of: BTreeMap<i64, i64>,
    changed: BTreeSet<i64>,
    /// Claims that people said are not of one event: founders, both ways.
    cuts: BTreeMap<i64, BTreeSet<i64>>,
}

/// Puts new claims into events, and works out again the events that lost some; returns the events that were written or
/// that are no more.
pub(crate) fn note(
    transaction: &Transaction<'_>,
    memory: &mut Memory,
    fresh: &[i64],
    touched: &BTreeSet<i64>,
) -> Result<BTreeSet<i64>, RecordError> {
    let mut merging = Merging {
        transaction,
        memory,
        threshold: threshold(transaction)?,
        members: BTreeMap::new(),
        event_of: BTreeMap::new(),
        changed: BTreeSet::new(),
        cuts: cuts(transaction)?,
    };
    for &event in touched {
        merging.open_event(event)?;
        merging.changed.insert(event);
    }
    let mut blocks = Vec::with_capacity(fresh.len());
    for &id in fresh {
        let claim = merging.load(id)?;
        let filed = Blocks::of(claim);
        filed.file(transaction, id)?;
        blocks.push((id, filed));
        // Negative, so that it is nobody's number until it is written.
        merging.members.insert(-id, BTreeSet::from([id]));
        merging.event_of.insert(id, -id);
        merging.changed.insert(-id);
    }
    let mut links = Vec::new();
    for (id, blocks) in &blocks {
        merging.links(*id, blocks, &mut links)?;
    }
    links.sort_by(|a, b| {
        a.rank.cmp(&b.rank).then(b.score.total_cmp(&a.score)).then(a.a.cmp(&b.a)).then(a.b.cmp(&b.b))
    });
    links.dedup_by_key(|link| (link.a, link.b));
    for link in links {
        merging.join(link)?;
    }
    merging.write()
}

/// Pairs of claims that people said are not of one event.
fn cuts(connection: &Connection) -> Result<BTreeMap<i64, BTreeSet<i64>>, RecordError> {
    let mut cuts: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    let mut query = connection.prepare_cached("SELECT a, b FROM tie WHERE NOT is_together")?;
    for row in query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (a, b) = row?;
        cuts.entry(a).or_default().insert(b);
        cuts.entry(b).or_default().insert(a);
    }
    Ok(cuts)
}

/// Takes a claim out of the places where others look for it.
pub(crate) fn forget(transaction: &Transaction<'_>, claim: i64) -> Result<(), RecordError> {
    Blocks::of(&Claim::load(transaction, claim)?).unfile(transaction, claim)
}

/// Puts all claims into the places where others look for them.
pub(crate) fn file_anew(transaction: &Transaction<'_>) -> Result<(), RecordError> {
    transaction.execute("DELETE FROM block", [])?;
    let mut query = transaction.prepare("SELECT id FROM claim WHERE is_live ORDER BY id")?;
    for claim in query.query_map([], |row| row.get(0))? {
        let claim = Claim::load(transaction, claim?)?;
        Blocks::of(&claim).file(transaction, claim.id)?;
    }
    Ok(())
}

/// The likeness from which on claims are merged in this record.
pub(crate) fn threshold(connection: &Connection) -> Result<f64, RecordError> {
    let mut query = connection
        .prepare_cached("SELECT CAST(value AS REAL) FROM setting WHERE name = 'merge-threshold'")?;
    Ok(query.query_row([], |row| row.get(0)).optional()?.unwrap_or(THRESHOLD))
}

impl Merging<'_> {
    /// All links of a claim that could make it part of another's event.
    fn links(&mut self, id: i64, blocks: &Blocks, links: &mut Vec<Link>) -> Result<(), RecordError> {
        let claim = self.memory.claim(id).clone();
        let mut query = self
            .transaction
            .prepare_cached("SELECT id FROM claim WHERE report = ? AND number = ? AND is_live")?;
        if let Some(other) = claim.same_as {
            let other = query.query_row(params![claim.report, other], |row| row.get(0)).optional()?;
            links.extend(other.map(|other| Link::new(1, 1.0, id, other)));
        }
        let mut ties = self.transaction.prepare_cached(
            "SELECT claim.id FROM tie JOIN claim ON claim.founder = CASE tie.a WHEN ?1 THEN tie.b ELSE tie.a END
            WHERE (tie.a = ?1 OR tie.b = ?1) AND is_together AND claim.is_live",
        )?;
        let tied: Vec<i64> =
            ties.query_map([claim.founder], |row| row.get(0))?.collect::<Result<_, rusqlite::Error>>()?;
        links.extend(tied.into_iter().map(|other| Link::new(0, 1.0, id, other)));
        self.links_to_copies(&claim, links)?;
        for other in blocks.others(self.transaction, id)? {
            if let Ok(likeness) = Likeness::of(&claim, self.load(other)?)
                && likeness.score >= self.threshold
            {
                links.push(Link::new(2, likeness.score, id, other));
            }
        }
        Ok(())
    }

    /// Links of a claim to the same words in copies of its report, whoever is read as taking part there.
    fn links_to_copies(&mut self, claim: &Claim, links: &mut Vec<Link>) -> Result<(), RecordError> {
        if !claim.has_copies {
            return Ok(());
        }
        let mut query = self.transaction.prepare_cached(
            "SELECT claim.id FROM report JOIN claim ON claim.report = report.id
            WHERE report.origin = ? AND report.id <> ? AND claim.type = ? AND lower(claim.words) = ?
                AND claim.is_live ORDER BY claim.id LIMIT ?",
        )?;
        let fields = params![claim.origin, claim.report, claim.kind, claim.words, MEMBERS];
        let copies: Vec<i64> =
            query.query_map(fields, |row| row.get(0))?.collect::<Result<_, rusqlite::Error>>()?;
        for other in copies {
            if likeness::dice(claim, self.load(other)?) >= COPIED {
                links.push(Link::new(1, 0.9, claim.id, other));
            }
        }
        Ok(())
    }

    /// Makes one event of the two that a link joins, unless something rules it out.
    fn join(&mut self, link: Link) -> Result<(), RecordError> {
        let (a, b) = (self.event_at(link.a)?, self.event_at(link.b)?);
        if a == b || self.are_cut(a, b)? || (link.rank > 1 && !self.may_be_one(a, b)?) {
            return Ok(());
        }
        let (into, from) = (a.max(b), a.min(b));
        let moved = self.members.remove(&from).unwrap_or_default();
        for &claim in &moved {
            self.event_of.insert(claim, into);
        }
        self.members.entry(into).or_default().extend(moved);
        self.changed.extend([into, from]);
        Ok(())
    }

    /// Whether no claim of one event rules out some claim of the other.
    fn may_be_one(&mut self, a: i64, b: i64) -> Result<bool, RecordError> {
        let some = |event: i64| -> Vec<i64> {
            self.members[&event].iter().copied().take(MEMBERS as usize).collect()
        };
        let (ones, others) = (some(a), some(b));
        for &claim in ones.iter().chain(&others) {
            self.load(claim)?;
        }
        for one in &ones {
            for other in &others {
                let likeness = Likeness::of(self.memory.claim(*one), self.memory.claim(*other));
                if matches!(likeness, Err(Conflict::Type | Conflict::Parties | Conflict::Dates)) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Whether people said of some claims of two events that they are not of one.
    fn are_cut(&mut self, a: i64, b: i64) -> Result<bool, RecordError> {
        if self.cuts.is_empty() {
            return Ok(false);
        }
        let (ones, others) = (self.founders(a)?, self.founders(b)?);
        let cut = |one: &i64| self.cuts.get(one).is_some_and(|cut| !cut.is_disjoint(&others));
        Ok(ones.iter().any(cut))
    }

    fn founders(&mut self, event: i64) -> Result<BTreeSet<i64>, RecordError> {
        let members: Vec<i64> = self.members[&event].iter().copied().collect();
        let mut founders = BTreeSet::new();
        for claim in members {
            founders.insert(self.load(claim)?.founder);
        }
        Ok(founders)
    }

    fn load(&mut self, claim: i64) -> Result<&Claim, RecordError> {
        self.memory.load_claim(self.transaction, claim)
    }

    /// The event of a claim, opened with all its claims.
    fn event_at(&mut self, claim: i64) -> Result<i64, RecordError> {
        if let Some(&event) = self.event_of.get(&claim) {
            return Ok(event);
        }
        let event = self.load(claim)?.event.unwrap_or(-claim);
        self.open_event(event)?;
        self.event_of.insert(claim, event);
        self.members.entry(event).or_default().insert(claim);
        Ok(event)
    }

    fn open_event(&mut self, event: i64) -> Result<(), RecordError> {
        let mut query =
            self.transaction.prepare_cached("SELECT id FROM claim WHERE event = ? AND is_live")?;
        let members: BTreeSet<i64> =
            query.query_map([event], |row| row.get(0))?.collect::<Result<_, rusqlite::Error>>()?;
        for &claim in &members {
            self.event_of.entry(claim).or_insert(event);
        }
        self.members.entry(event).or_default().extend(members);
        Ok(())
    }

    /// Writes what changed; returns the events that were written or that are no more.
    fn write(mut self) -> Result<BTreeSet<i64>, RecordError> {
        let changed = std::mem::take(&mut self.changed);
        // All that goes before all that comes: one event may take the number that another leaves.
        let mut gone = Vec::new();
        for &event in changed.iter().filter(|&&event| event > 0) {
            let number = self.number(event)?;
            if number != Some(event) {
                summary::remove(self.transaction, event)?;
                gone.push((event, number));
            }
        }
        let mut written = BTreeSet::new();
        for event in changed {
            let Some(number) = self.number(event)? else { continue };
            let members: Vec<i64> = self.members.get(&event).into_iter().flatten().copied().collect();
            for &claim in &members {
                self.load(claim)?;
            }
            let claims: Vec<&Claim> = members.iter().map(|&claim| self.memory.claim(claim)).collect();
            summary::write(self.transaction, number, &claims)?;
            for claim in members {
                self.memory.set_event(claim, number);
            }
            written.insert(number);
            self.memory.shrink();
        }
        for (event, heir) in gone {
            if written.insert(event) {
                summary::lead(self.transaction, event, heir)?;
            }
        }
        Ok(written)
    }

    /// The number of an event: that of the earliest founder among its claims; none where it has none.
    fn number(&self, event: i64) -> Result<Option<i64>, RecordError> {
        let mut query = self.transaction.prepare_cached("SELECT founder FROM claim WHERE id = ?")?;
        let mut number: Option<i64> = None;
        for claim in self.members.get(&event).into_iter().flatten() {
            let founder = match self.memory.held_claim(*claim) {
                Some(claim) => claim.founder,
                None => query.query_row([claim], |row| row.get(0))?,
            };
            number = Some(number.map_or(founder, |number| number.min(founder)));
        }
        Ok(number)
    }
}
