//! When groups of needs are done: the last end of each, on one route or in a plan.

use crate::model::{Makespan, Time};

/// The last end of each group of needs, on one route or in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CompletionTimes(pub(crate) [i64; Makespan::MOST]);

impl Default for CompletionTimes {
    fn default() -> Self {
        Self([i64::MIN; Makespan::MOST])
    }
}

impl CompletionTimes {
    /// Notes that a visit of these groups ends then.
    #[inline]
    pub(crate) fn note(&mut self, groups: u8, end: Time) {
        let mut left = groups;
        while left != 0 {
            let g = left.trailing_zeros() as usize;
            left &= left - 1;
            self.0[g] = self.0[g].max(end.0);
        }
    }

    /// How much what counts of last ends grows where a visit of these groups ends then. `counted`: from when on the end of each
    /// group counts, and how much a second of it.
    #[inline]
    pub(crate) fn growth(&self, counted: &[(Time, i64)], groups: u8, end: Time) -> i64 {
        let mut growth = 0;
        let mut left = groups;
        while left != 0 {
            let g = left.trailing_zeros() as usize;
            left &= left - 1;
            let (from, weight) = counted[g];
            let (then, now) = (self.0[g].max(from.0), end.0.max(from.0));
            growth = weight.saturating_mul(now.saturating_sub(then).max(0)).saturating_add(growth);
        }
        growth
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_ends_last_and_late_enough_counts() {
        let counted = [(Time(100), 2), (Time(0), 5)];
        let mut ends = CompletionTimes::default();
        // Before it counts an end costs nothing.
        assert_eq!(ends.growth(&counted, 0b01, Time(90)), 0);
        assert_eq!(ends.growth(&counted, 0b11, Time(130)), 2 * 30 + 5 * 130);
        ends.note(0b10, Time(120));
        assert_eq!(ends.growth(&counted, 0b10, Time(110)), 0);
        assert_eq!(ends.growth(&counted, 0b10, Time(121)), 5);
    }
}
