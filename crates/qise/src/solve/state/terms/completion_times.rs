//! When groups of needs are done: the last end of each, on one route or in a plan.

use crate::model::{Makespan, Time};
use crate::solve::instance::Instance;

impl Instance<'_> {
    /// How much what counts of last ends grows where a visit that leads ends then.
    #[inline]
    pub(crate) fn makespan_growth(&self, groups: u8, end: Time, ends: &CompletionTimes) -> i64 {
        let mut growth = 0;
        let mut left = groups;
        while left != 0 {
            let g = left.trailing_zeros() as usize;
            left &= left - 1;
            let (from, weight) = self.makespans[g];
            let (then, now) = (ends.0[g].max(from.0), end.0.max(from.0));
            growth = weight.saturating_mul(now.saturating_sub(then).max(0)).saturating_add(growth);
        }
        growth
    }
}

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
}
