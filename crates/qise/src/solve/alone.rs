//! Whether a unit could serve a need on the roads of its day, with nothing else to do.

use super::insertion::Trial;
use super::instance::Instance;
use super::working::WorkingPlan;
use crate::matching::reach;
use crate::model::{NeedId, Problem, UnitId};

/// Asks units one by one, each with an empty route.
pub(crate) struct Alone<'p> {
    instance: Instance<'p>,
    empty: WorkingPlan,
}

impl<'p> Alone<'p> {
    pub(crate) fn new(problem: &'p Problem) -> Self {
        let instance = Instance::without_candidates(problem);
        let empty = WorkingPlan::new(&instance);
        Self { instance, empty }
    }

    /// Whether `unit` could serve `need` alone.
    pub(crate) fn serves(&self, need: NeedId, unit: UnitId) -> bool {
        reach(self.instance.problem, need, unit).is_ok()
            && Trial::default()
                .best_in_route(&self.instance, &self.empty, need, unit, i64::MAX, &mut || false)
                .is_some()
    }
}
