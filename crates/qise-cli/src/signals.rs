//! What signals that ask the program to end do to it.

use std::sync::atomic::{AtomicUsize, Ordering};

use qise::Cancel;

/// What signals that ask the program to end (Ctrl-C, and on Unix SIGTERM and SIGHUP) do to it.
///
/// While there is something to be saved, as during a search, the first one ends that, and what has been found is written. At
/// any other time, and from the second on, the program ends at once.
#[derive(Debug, Default)]
pub struct Signals {
    cancel: Cancel,
    /// How many kinds of work are going on that heed `cancel`.
    heeding: AtomicUsize,
}

impl Signals {
    /// Hears of a signal; true when the program should end at once.
    pub fn end(&self) -> bool {
        let again = self.cancel.cancel();
        again || self.heeding.load(Ordering::Acquire) == 0
    }

    /// The flag that ends a work.
    pub(crate) fn cancel(&self) -> &Cancel {
        &self.cancel
    }

    /// From now on until the answer is dropped, a signal ends the work and not the program.
    pub(crate) fn heed(&self) -> Heeding<'_> {
        self.heeding.fetch_add(1, Ordering::AcqRel);
        Heeding(self)
    }
}

/// Work that ends when it is told to.
#[must_use]
#[derive(Debug)]
pub(crate) struct Heeding<'a>(&'a Signals);

impl Drop for Heeding<'_> {
    fn drop(&mut self) {
        self.0.heeding.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_ends_work_and_the_second_the_program() {
        let signals = Signals::default();
        assert!(Signals::default().end(), "nothing is going on that could be saved");
        let working = signals.heed();
        assert!(!signals.end());
        assert!(signals.cancel().is_cancelled());
        assert!(signals.end());
        drop(working);
        let later = Signals::default();
        drop(later.heed());
        assert!(later.end());
    }
}
