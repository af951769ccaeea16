//! Whether a unit could serve a need on the roads of its day, with nothing else to do.

use super::crew::CrewFinder;
use super::insertion::Trial;
use super::instance::Instance;
use super::working::WorkingPlan;
use crate::matching::{able, reach};
use crate::model::{NeedId, Problem, SlotId, UnitId};

/// So many people near a need are asked for each of its slots.
const ASKED: usize = 64;

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
    pub(crate) fn serves(&self, slot: SlotId, unit: UnitId) -> bool {
        let problem = self.instance.problem;
        if problem.need_of(slot).is_ride() || !problem.need_of(slot).goods.is_empty() {
            let lead = problem.first_slot(problem.slot(slot).need);
            let mut finder = CrewFinder::default();
            let found =
                finder.find(&self.instance, &self.empty, lead, i64::MAX, &mut || false, |_, units| {
                    units.push(unit);
                });
            return reach(problem, lead, unit).is_ok() && found.is_some();
        }
        reach(problem, slot, unit).is_ok()
            && Trial::default()
                .best_in_route(&self.instance, &self.empty, slot, unit, i64::MAX, &mut || false)
                .is_some()
    }

    /// Whether a crew is found that could serve `need` together, each with nothing else to do.
    pub(crate) fn serve_together(&self, need: NeedId) -> bool {
        let problem = self.instance.problem;
        let slots = problem.slots_of(need).collect::<Vec<_>>();
        let able = able(problem, &slots, ASKED);
        let mut finder = CrewFinder::default();
        let found =
            finder.find(&self.instance, &self.empty, slots[0], i64::MAX, &mut || false, |slot, units| {
                units.extend_from_slice(&able[(slot.0 - slots[0].0) as usize]);
            });
        found.is_some()
    }
}
