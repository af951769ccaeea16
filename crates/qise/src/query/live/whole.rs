//! The plan as documents tell it: whoever has a place in a crew serves the need itself.

use super::plan::LivePlan;
use crate::model::{Need, Problem, Window};
use crate::plan::Plan;

impl LivePlan {
    /// The problem and the plan without visits that stand for places in crews: whoever has a place serves the need, at the time that was
    /// fixed. A crew that lacks somebody is served in part, which the judge reports.
    pub fn whole(&mut self) -> (Problem, Plan) {
        let (mut problem, mut plan) = (self.problem.clone(), self.plan());
        for (&need, crew) in &self.crews {
            let mut asked = crew.asked.clone();
            if let Some(first) = crew.held.first() {
                asked.stops[0].windows = vec![Window { from: first.seat.start, to: first.seat.start }];
            }
            problem.put_need(need, asked);
        }
        for &visit in self.places.keys() {
            problem.put_need(visit, Need::vacant(visit.index(), problem.room_of(visit).len()));
        }
        for visit in plan.routes.iter_mut().flat_map(|route| &mut route.visits) {
            if let Some((need, role)) = self.seat_of(visit.need) {
                (visit.need, visit.role) = (need, role);
            }
        }
        plan.unserved.retain(|need| {
            !self.crews.contains_key(need) && !self.places.contains_key(need) && problem.is_asked(*need)
        });
        plan.fingerprint = Some(problem.fingerprint());
        (problem, plan)
    }
}
