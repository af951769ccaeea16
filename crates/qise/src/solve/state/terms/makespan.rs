//! When groups of needs are done: the last ends of all routes, and what they count.
//!
//! The number moves only when the last visit of a group does, so the search also weighs how late all end, less and less towards the end of
//! its budget.

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Makespan, NeedId, UnitId};
    use crate::tests::{built, instance, line, need, person, slots, weighing};

    /// Two people, two needs in a group whose end counts threefold from 10 on; the second alone in one that counts from 0 on.
    fn problem() -> crate::Problem {
        let mut data = line(&[0, 20, 30]);
        data.objective = weighing(&[(Term::Unserved, 100_000), (Term::Makespan, 2)]);
        person(&mut data, 0, (0, 200));
        person(&mut data, 0, (0, 200));
        need(&mut data, 1, (0, 100), 5);
        need(&mut data, 2, (0, 100), 5);
        let group = |needs: &[u32], from, weight| Makespan {
            needs: needs.iter().copied().map(NeedId).collect(),
            from: Time(from),
            weight,
        };
        data.makespans = vec![group(&[0, 1], 10, 3), group(&[1], 0, 1)];
        built(&data)
    }

    #[test]
    fn the_last_end_counts_and_goes_back_when_it_goes() {
        let problem = problem();
        let instance = instance(&problem);
        let mut plan = WorkingPlan::new(&instance);
        let [a, b] = slots([0, 1]);
        let makespan = |plan: &WorkingPlan| plan.all_terms(&problem).get(Term::Makespan);
        assert!(plan.insert(&instance, a, UnitId(0), 0));
        assert_eq!(
            (plan.terms().last_ends.times().0[..2].to_vec(), makespan(&plan)),
            (vec![25, i64::MIN], 3 * 15)
        );
        assert!(plan.insert(&instance, b, UnitId(1), 0));
        assert_eq!(
            (plan.terms().last_ends.times().0[..2].to_vec(), makespan(&plan)),
            (vec![35, 35], 3 * 25 + 35)
        );
        plan.take_out(&instance, UnitId(1), &[0], &mut Vec::new());
        assert_eq!(makespan(&plan), 3 * 15);
    }

    #[test]
    fn what_a_route_would_cost_is_by_how_much_it_ends_behind_the_last() {
        let problem = problem();
        let instance = instance(&problem);
        let mut plan = WorkingPlan::new(&instance);
        assert!(plan.insert(&instance, SlotId(0), UnitId(0), 0));
        let mut totals = RouteTotals::default();
        let price = instance.weights.of(Term::Makespan);
        assert_eq!(plan.terms().last_ends.cost_of(&instance, &totals.completion_times), 0);
        totals.completion_times.note(0b11, Time(27));
        assert_eq!(plan.terms().last_ends.cost_of(&instance, &totals.completion_times), price * (3 * 2 + 27));
        totals.completion_times = CompletionTimes::default();
        totals.completion_times.note(0b01, Time(24));
        assert_eq!(
            plan.terms().last_ends.cost_of(&instance, &totals.completion_times),
            0,
            "the last end stays"
        );
    }

    #[test]
    fn all_ends_guide_the_search_as_much_as_it_is_told() {
        let problem = problem();
        let instance = instance(&problem);
        let mut plan = WorkingPlan::new(&instance);
        assert!(plan.insert(&instance, SlotId(0), UnitId(0), 0));
        // Of a group of two with weight 3 each counts 1500 a second: 25 seconds.
        let price = instance.weights.of(Term::Makespan);
        assert_eq!(plan.terms().last_ends.cost_of_guidance(&instance, 1000), 37 * price);
        assert_eq!(plan.terms().last_ends.cost_of_guidance(&instance, 100), 3 * price);
    }

    use crate::model::SlotId;
    use crate::solve::state::WorkingPlan;
    use crate::solve::state::route::RouteTotals;
}
