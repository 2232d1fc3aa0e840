//! Reading many inputs side by side, whatever one of them does.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};

use legation_read::{Input, Reader, Reading};
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::exit::{self, Failure};

/// Threads to read with; as many as the machine has where no number is given.
///
/// # Errors
/// If the system gives none.
pub(super) fn threads(jobs: Option<NonZeroUsize>) -> Result<ThreadPool, Failure> {
    let pool = ThreadPoolBuilder::new().num_threads(jobs.map_or(0, usize::from)).build();
    pool.map_err(|error| Failure::new(exit::INTERNAL, format!("cannot start threads: {error}")))
}

/// Does something for each item side by side; what comes of it is in their order.
pub(super) fn all<T: Send, R: Send>(
    pool: &ThreadPool,
    items: Vec<T>,
    each: impl Fn(T) -> R + Send + Sync,
) -> Vec<R> {
    pool.install(|| items.into_par_iter().map(each).collect())
}

/// A reading to be kept, without its trees, which the record does not hold; or the message that reading found a fault in
/// the program, which stops no batch.
pub(super) fn one(reader: &Reader, input: &Input<'_>) -> Result<Reading, String> {
    let reading = catch_unwind(AssertUnwindSafe(|| reader.read(input)));
    let mut reading =
        reading.map_err(|_| "a fault in legation itself; please report it with this document".to_owned())?;
    reading.trees = Vec::new();
    Ok(reading)
}
