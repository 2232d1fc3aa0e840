//! Claims and expectations held between batches, so that those which newcomers are compared with are not taken from the
//! store each time.

use std::collections::{BTreeSet, HashMap, hash_map::Entry};
use std::hash::BuildHasherDefault;

use rusqlite::Connection;

use crate::{error::RecordError, hash::RowHasher, ledger::Planned, merge::claim::Claim};

/// Claims, and expectations, held at most since the last crowd was put aside.
const HELD: usize = 40_000;

/// What was taken from the store and is still as it stands there.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    claims: Held<Claim>,
    planned: Held<Planned>,
    /// When it was so: the store's count of changes by others, and of those by this connection.
    as_of: (i64, u64),
}

impl Memory {
    /// Forgets everything if the record was changed since [`Memory::settle`], by whomever.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) fn wake(&mut self, connection: &Connection) -> Result<(), RecordError> {
        if self.as_of != state(connection)? {
            *self = Memory::default();
        }
        Ok(())
    }

    /// Notes that it is as the store stands now.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) fn settle(&mut self, connection: &Connection) -> Result<(), RecordError> {
        self.as_of = state(connection)?;
        Ok(())
    }

    /// Makes room: what was not asked for since the last time goes.
    pub(crate) fn shrink(&mut self) {
        self.claims.shrink();
        self.planned.shrink();
    }

    /// Forgets what reports of these origins say.
    pub(crate) fn forget_origins(&mut self, origins: &BTreeSet<i64>) {
        if !origins.is_empty() {
            self.claims.retain(|claim| !origins.contains(&claim.origin));
            self.planned.retain(|planned| !origins.contains(&planned.origin));
        }
    }

    /// Takes a claim from the store unless it is held.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) fn load_claim(&mut self, connection: &Connection, id: i64) -> Result<&Claim, RecordError> {
        self.claims.take(id, || Claim::load(connection, id))
    }

    /// A claim that is held.
    pub(crate) fn claim(&self, id: i64) -> &Claim {
        self.claims.get(id).expect("a claim is loaded before it is looked at")
    }

    /// A claim, if it is held.
    pub(crate) fn held_claim(&self, id: i64) -> Option<&Claim> {
        self.claims.get(id)
    }

    /// Lets a claim be of an event.
    pub(crate) fn set_event(&mut self, claim: i64, event: i64) {
        if let Some(claim) = self.claims.get_mut(claim) {
            claim.event = Some(event);
        }
    }

    /// Takes an expectation from the store unless it is held.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) fn load_planned(&mut self, connection: &Connection, id: i64) -> Result<&Planned, RecordError> {
        self.planned.take(id, || Planned::load(connection, id))
    }

    /// An expectation that is held.
    pub(crate) fn planned(&self, id: i64) -> &Planned {
        self.planned.get(id).expect("an expectation is loaded before it is looked at")
    }

    /// Puts an expectation on a line of the ledger.
    pub(crate) fn set_plan(&mut self, expectation: i64, plan: i64) {
        if let Some(planned) = self.planned.get_mut(expectation) {
            planned.plan = Some(plan);
        }
    }
}

/// Things by number, in two generations: those asked for lately, and those of the time before.
#[derive(Debug)]
struct Held<T> {
    young: Rows<T>,
    old: Rows<T>,
}

type Rows<T> = HashMap<i64, T, BuildHasherDefault<RowHasher>>;

impl<T> Default for Held<T> {
    fn default() -> Held<T> {
        Held { young: Rows::default(), old: Rows::default() }
    }
}

impl<T> Held<T> {
    /// What is held under a number, taken from the store where it is not yet.
    fn take(&mut self, id: i64, load: impl FnOnce() -> Result<T, RecordError>) -> Result<&T, RecordError> {
        Ok(match self.young.entry(id) {
            Entry::Occupied(place) => place.into_mut(),
            Entry::Vacant(place) => place.insert(match self.old.remove(&id) {
                Some(held) => held,
                None => load()?,
            }),
        })
    }

    fn get(&self, id: i64) -> Option<&T> {
        self.young.get(&id).or_else(|| self.old.get(&id))
    }

    fn get_mut(&mut self, id: i64) -> Option<&mut T> {
        self.young.get_mut(&id).or_else(|| self.old.get_mut(&id))
    }

    fn shrink(&mut self) {
        if self.young.len() > HELD {
            self.old = std::mem::take(&mut self.young);
        }
    }

    fn retain(&mut self, wanted: impl Fn(&T) -> bool) {
        self.young.retain(|_, held| wanted(held));
        self.old.retain(|_, held| wanted(held));
    }
}

fn state(connection: &Connection) -> Result<(i64, u64), RecordError> {
    let by_others = connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
    Ok((by_others, connection.total_changes()))
}
