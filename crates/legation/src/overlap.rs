//! Two things at once: one thread makes batches while another one takes them, in the same order.

use std::sync::mpsc;
use std::thread;

use crate::exit::{self, Failure};

/// Makes batches on this thread until there are none, while another thread takes each; one waits between them at most, so
/// that three are in memory.
///
/// # Errors
/// The first failure of either; no batch is taken after one that failed.
pub(crate) fn overlapped<T: Send>(
    mut make: impl FnMut() -> Result<Option<T>, Failure>,
    mut take: impl FnMut(T) -> Result<(), Failure> + Send,
) -> Result<(), Failure> {
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::scope(|scope| {
        let taker = scope.spawn(move || receiver.into_iter().try_for_each(&mut take));
        let made = loop {
            match make() {
                Ok(Some(batch)) => {
                    // A closed channel means that taking failed; its failure is told below.
                    if sender.send(batch).is_err() {
                        break Ok(());
                    }
                }
                Ok(None) => break Ok(()),
                Err(failure) => break Err(failure),
            }
        };
        drop(sender);
        let crashed = || Failure::new(exit::INTERNAL, "a fault in legation itself: writing stopped");
        let taken = taker.join().unwrap_or_else(|_| Err(crashed()));
        taken.and(made)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::overlapped;
    use crate::exit::Failure;

    #[test]
    fn batches_are_taken_in_order_and_few_wait() {
        let (made, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut seen = Vec::new();
        let done = overlapped(
            || {
                let number = made.fetch_add(1, Ordering::SeqCst);
                assert!(number <= taken.load(Ordering::SeqCst) + 3);
                Ok((number < 50).then_some(number))
            },
            |number| {
                seen.push(number);
                taken.fetch_add(1, Ordering::SeqCst);
                Ok(())
            },
        );
        assert!(done.is_ok());
        assert_eq!(seen, (0..50).collect::<Vec<_>>());
    }

    #[test]
    fn a_failure_of_either_side_ends_both() {
        let fail = || Failure::new(4, "full");
        let mut made = 0;
        let done = overlapped(
            || {
                made += 1;
                Ok(Some(made))
            },
            |number| if number == 3 { Err(fail()) } else { Ok(()) },
        );
        assert_eq!(done.map_err(|failure| failure.to_string()), Err("full".to_owned()));
        let mut taken = 0;
        let mut left = vec![2, 1];
        let done = overlapped(
            || left.pop().map(Some).ok_or_else(fail),
            |_| {
                taken += 1;
                Ok(())
            },
        );
        assert!(done.is_err());
        assert_eq!(taken, 2);
    }
}
