//! Everything is built anew: what a change in place cannot do.

use super::plan::{LivePlan, Parts, keys_of};
use crate::model::problem::regime::Used;
use crate::model::{NeedId, ProblemData};

impl LivePlan {
    /// Builds everything anew after a change that leaves the data whole, with more in reserve; the needs that nobody serves any more.
    pub(super) fn rebuild(&mut self, change: impl FnOnce(&mut ProblemData)) -> Vec<NeedId> {
        let before = self.problem.need_ids().filter(|&need| self.is_served(need)).collect::<Vec<_>>();
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
        let lost = before.into_iter().filter(|&need| !self.is_served(need)).collect();
        self.free_again(lost)
    }
}
