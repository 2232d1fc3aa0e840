//! Codes of states, for joining with other data.

use rusqlite::{TransactionBehavior, params};

use crate::{Record, error::RecordError};

/// A state with the codes that data sets know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateCodes {
    /// ISO 3166-1 alpha-3.
    pub iso: String,
    /// Short name.
    pub name: String,
    /// Number in the Correlates of War state system.
    pub cow: Option<u16>,
    /// Number in Gleditsch and Ward's list.
    pub gw: Option<u16>,
}

impl Record {
    /// Keeps the codes of states, for the views; nothing is written where they are known already.
    ///
    /// # Errors
    /// Those of the store.
    pub fn set_states(&mut self, states: &[StateCodes]) -> Result<(), RecordError> {
        if self.states()? == states {
            return Ok(());
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM state", [])?;
        for state in states {
            transaction
                .prepare_cached("INSERT INTO state (iso, name, cow, gw) VALUES (?, ?, ?, ?)")?
                .execute(params![state.iso, state.name, state.cow, state.gw])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// The states known, by code.
    ///
    /// # Errors
    /// Those of the store.
    pub fn states(&self) -> Result<Vec<StateCodes>, RecordError> {
        let mut statement = self.connection.prepare("SELECT iso, name, cow, gw FROM state ORDER BY iso")?;
        let states = statement.query_map([], |row| {
            Ok(StateCodes { iso: row.get(0)?, name: row.get(1)?, cow: row.get(2)?, gw: row.get(3)? })
        })?;
        Ok(states.collect::<Result<_, _>>()?)
    }
}
