//! When groups of needs are done: the last ends of all routes, and what they count.
//!
//! The number moves only when the last visit of a group does, so the search also weighs how late all end, less and less towards the end of
//! its budget.

use super::completion_times::CompletionTimes;
use crate::model::{Term, Time};
use crate::solve::instance::Instance;
use crate::solve::state::WorkingPlan;
use crate::solve::state::route::RouteTotals;

impl WorkingPlan {
    /// The last end of each group of needs of which it counts.
    #[inline]
    pub(crate) fn completion_times(&self) -> CompletionTimes {
        let mut ends = CompletionTimes::default();
        for (end, group) in ends.0.iter_mut().zip(&self.completion_times) {
            *end = group.last_key_value().map_or(i64::MIN, |(&last, _)| last);
        }
        ends
    }

    /// What the ends of all visits cost together, each by its share, at so many thousandths of what last ends cost.
    pub(crate) fn completion_guidance(&self, instance: &Instance<'_>, permille: i64) -> i64 {
        (self.completion_guidance / 1000)
            .saturating_mul(permille)
            .saturating_div(1000)
            .saturating_mul(instance.weights.of(Term::Makespan))
    }

    /// What it costs that some last ends come as late as those of a route.
    pub(crate) fn cost_of_completion(&self, instance: &Instance<'_>, totals: &RouteTotals) -> i64 {
        if instance.makespans.is_empty() {
            return 0;
        }
        let ends = self.completion_times();
        let growth = (0..instance.makespans.len()).map(|g| {
            let end = Time(totals.completion_times.0[g].max(instance.makespans[g].0.0));
            instance.makespan_growth(1 << g, end, &ends)
        });
        let growth = growth.fold(0, i64::saturating_add);
        instance.weights.of(Term::Makespan).saturating_mul(growth).min(i64::MAX / 4)
    }

    /// Brings what counts of last ends up to date with a route that has changed.
    pub(crate) fn move_completion_times(
        &mut self,
        instance: &Instance<'_>,
        from: &CompletionTimes,
        to: &CompletionTimes,
    ) {
        let mut moved = false;
        for (g, ends) in self.completion_times.iter_mut().enumerate() {
            let (from, to) = (from.0[g], to.0[g]);
            if from == to {
                continue;
            }
            moved = true;
            if let Some(count) = ends.get_mut(&from) {
                *count -= 1;
                if *count == 0 {
                    ends.remove(&from);
                }
            }
            if to > i64::MIN {
                *ends.entry(to).or_default() += 1;
            }
        }
        if moved {
            let ends = self.completion_times();
            let groups = instance.makespans.iter().zip(ends.0);
            let time =
                |(&(from, weight), end): (&(Time, i64), i64)| weight.saturating_mul(end.max(from.0) - from.0);
            self.terms.set(Term::Makespan, groups.map(time).fold(0, i64::saturating_add));
        }
    }
}
