//! Everything is built anew: what a change in place cannot do.

use super::plan::{LivePlan, Parts, keys_of};
use crate::model::problem::regime::Used;
use crate::model::{NeedId, ProblemData};

impl LivePlan {
    /// Builds everything anew after a change that leaves the data whole, with more in reserve.
    pub(super) fn rebuild(&mut self, change: impl FnOnce(&mut ProblemData)) {
        let plan = self.plan();
        let (needs, places) = self.reserve.lacking(&self.problem);
        // Needs keep the room for their whole crews.
        let crews = self.whole_crews();
        let rest = crews.iter().map(|&(need, _)| (need, self.problem.need(need).clone())).collect::<Vec<_>>();
        let change = |data: &mut ProblemData| {
            for (need, asked) in crews {
                data.needs[need.index()] = asked;
            }
            change(data);
        };
        let (mut next, vacancies) = self.problem.with_reserve(change, &needs, places);
        for (need, asked) in rest {
            next.put_need(need, asked);
        }
        let (plan, _) = plan.carried(&self.problem, &next);
        self.reserve.add(&next, &vacancies);
        self.move_seats(&next);
        let present = self.parts.take().map(|parts| parts.flat.present).unwrap_or_default();
        self.parts = Some(Parts::new(&next, &plan, present));
        self.used = Used::by(&next);
        self.keys = keys_of(&next);
        self.problem = next;
        self.rebuilds += 1;
        self.free_what_is_lost();
    }

    /// Needs that were settled, and that the plan does not hold any more, may be served at any of their times again.
    fn free_what_is_lost(&mut self) {
        let plan = self.parts.as_ref().map(|parts| &parts.plan);
        let is_lost =
            |need: &NeedId| plan.is_some_and(|plan| plan.unit_of(self.problem.first_slot(*need)).is_none());
        let mut lost = self.asked.keys().copied().filter(is_lost).collect::<Vec<_>>();
        lost.sort_unstable();
        for need in lost {
            self.restore(need);
        }
    }
}
