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
    use crate::model::Term;
    use crate::tests::{built, instance, line, need, person, weighing};

    #[test]
    fn the_last_end_of_each_group_is_kept() {
        let mut ends = CompletionTimes::default();
        ends.note(0b101, Time(7));
        ends.note(0b001, Time(5));
        ends.note(0, Time(99));
        assert_eq!(ends.0[..3], [7, i64::MIN, 7]);
    }

    #[test]
    fn only_what_ends_behind_the_last_and_behind_its_start_makes_a_group_longer() {
        let mut data = line(&[0]);
        data.objective = weighing(&[(Term::Makespan, 1)]);
        person(&mut data, 0, (0, 100));
        need(&mut data, 0, (0, 9), 1);
        for (from, weight) in [(10, 3), (20, 100)] {
            data.makespans.push(Makespan { needs: vec![crate::model::NeedId(0)], from: Time(from), weight });
        }
        let problem = built(&data);
        let instance = instance(&problem);
        let mut ends = CompletionTimes::default();
        let growth =
            |groups, end, ends: &CompletionTimes| ends.growth(&instance.makespans.counted, groups, Time(end));
        assert_eq!(growth(0b01, 10, &ends), 0);
        assert_eq!(growth(0b01, 14, &ends), 12);
        assert_eq!(growth(0b11, 24, &ends), 3 * 14 + 100 * 4);
        ends.note(0b11, Time(22));
        assert_eq!(growth(0b11, 24, &ends), 3 * 2 + 100 * 2);
        assert_eq!(growth(0b11, 21, &ends), 0);
    }
}
