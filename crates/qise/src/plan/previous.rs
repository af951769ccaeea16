//! A plan as people were told it.

use super::Plan;
use crate::model::{Previous, PreviousVisit, Problem};

impl Previous {
    /// The same prices, for the assignments of `plan`. Visits of units that the problem does not have are passed over.
    #[must_use]
    pub fn of_plan(mut self, problem: &Problem, plan: &Plan) -> Self {
        // Of a ride the start at its first stop is told.
        let first = plan.visits().filter(|(_, visit)| visit.stop == 0);
        let known = first.filter(|(unit, _)| unit.index() < problem.units().len());
        self.assignments = known
            .map(|(unit, visit)| PreviousVisit {
                need: visit.need,
                volunteer: problem.unit(unit).volunteer,
                start: visit.start,
            })
            .collect();
        self
    }
}
