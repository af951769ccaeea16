//! When groups of needs are done: the last ends of all routes, and what they count.

use super::completion_times::CompletionTimes;
use super::counts::Counts;
use crate::model::{Term, Time};
use crate::solve::instance::Instance;

/// The last ends of all routes.
#[derive(Clone, Debug)]
pub(crate) struct LastEnds {
    /// Of each group whose last end counts the last ends of the routes.
    of_groups: Vec<Counts>,
    /// The sum of [`crate::solve::state::RouteTotals::completion_guidance`].
    pub(crate) guidance: i64,
}

impl LastEnds {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        Self { of_groups: vec![Counts::default(); instance.makespans.counted.len()], guidance: 0 }
    }

    /// The last end of each group of needs of which it counts.
    #[inline]
    pub(crate) fn times(&self) -> CompletionTimes {
        let mut ends = CompletionTimes::default();
        for (end, group) in ends.0.iter_mut().zip(&self.of_groups) {
            *end = group.greatest().unwrap_or(i64::MIN);
        }
        ends
    }

    /// What the ends of all visits cost together, each by its share, at so many thousandths of what last ends cost.
    pub(crate) fn cost_of_guidance(&self, instance: &Instance<'_>, permille: i64) -> i64 {
        (self.guidance / 1000)
            .saturating_mul(permille)
            .saturating_div(1000)
            .saturating_mul(instance.weights.of(Term::Makespan))
    }

    /// What it costs that some last ends come as late as these.
    pub(crate) fn cost_of(&self, instance: &Instance<'_>, ends: &CompletionTimes) -> i64 {
        let counted = &instance.makespans.counted;
        if counted.is_empty() {
            return 0;
        }
        let last = self.times();
        let growth = (0..counted.len()).map(|g| {
            let end = Time(ends.0[g].max(counted[g].0.0));
            last.growth(counted, 1 << g, end)
        });
        let growth = growth.fold(0, i64::saturating_add);
        instance.weights.of(Term::Makespan).saturating_mul(growth).min(i64::MAX / 4)
    }

    /// Takes note that the last ends of one route moved: what those of the plan count then, if any of them may have moved.
    pub(crate) fn replace(
        &mut self,
        instance: &Instance<'_>,
        from: &CompletionTimes,
        to: &CompletionTimes,
    ) -> Option<i64> {
        let mut moved = false;
        for (g, ends) in self.of_groups.iter_mut().enumerate() {
            let (from, to) = (from.0[g], to.0[g]);
            if from == to {
                continue;
            }
            moved = true;
            ends.remove(from);
            if to > i64::MIN {
                ends.add(to, 1);
            }
        }
        moved.then(|| {
            let groups = instance.makespans.counted.iter().zip(self.times().0);
            let time =
                |(&(from, weight), end): (&(Time, i64), i64)| weight.saturating_mul(end.max(from.0) - from.0);
            groups.map(time).fold(0, i64::saturating_add)
        })
    }
}
