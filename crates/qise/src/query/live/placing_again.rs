//! Needs that are taken out of the plan for a moment, and put where they were.

use crate::model::{NeedId, SlotId, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::links::TieKind;
use crate::solve::state::{Placing, WorkingPlan};

/// Needs that are out of the plan for a moment.
pub(super) struct Lifted {
    /// In the order in which they come back.
    needs: Vec<NeedId>,
    /// Who served each of their slots.
    units: Vec<(SlotId, UnitId)>,
    /// The visits of all routes that have changed by it, as they were.
    routes: Vec<(UnitId, Vec<SlotId>)>,
}

/// Takes all visits of a unit out of the plan, with everybody who comes to them and what hangs on them. Within a trial that has just begun.
pub(super) fn lift(instance: &Instance<'_>, plan: &mut WorkingPlan, unit: UnitId) -> Lifted {
    let problem = instance.problem;
    let is_visit = |slot: &SlotId| !instance.is_depot_visit(*slot);
    let mut removed = Vec::new();
    let served = plan.route(unit).visits.iter().copied().filter(is_visit).collect::<Vec<_>>();
    let all = (0..plan.route(unit).visits.len()).collect::<Vec<_>>();
    plan.take_out(instance, unit, &all, &mut removed);
    let changed = plan.trial().changed().collect::<Vec<_>>();
    let routes = changed.into_iter().map(|unit| (unit, plan.trial().lost_by(unit).collect::<Vec<_>>()));
    let routes = routes.collect::<Vec<_>>();
    let gone = |slot: &SlotId| is_visit(slot) && plan.unit_of(*slot).is_none();
    let units = routes
        .iter()
        .flat_map(|(unit, visits)| visits.iter().copied().filter(gone).map(|slot| (slot, *unit)));
    let units = units.collect::<Vec<_>>();
    // Those of the unit come back in their order, then the others that hang on them.
    let mut needs = Vec::new();
    for slot in served.into_iter().chain(removed).chain(units.iter().map(|(slot, _)| *slot)) {
        let need = problem.slot(slot).need;
        if !needs.contains(&need) {
            needs.push(need);
        }
    }
    Lifted { needs, units, routes }
}

impl Lifted {
    /// Puts back what still fits, each visit between those between which it was; what does not is told.
    pub(super) fn put_back(&self, instance: &Instance<'_>, plan: &mut WorkingPlan) -> Vec<NeedId> {
        let mut lost = self.needs.clone();
        // What hangs on another need comes back after it.
        loop {
            let before = lost.len();
            lost.retain(|&need| !self.put_back_one(instance, plan, need));
            if lost.len() == before || lost.is_empty() {
                return lost;
            }
        }
    }

    fn put_back_one(&self, instance: &Instance<'_>, plan: &mut WorkingPlan, need: NeedId) -> bool {
        let mut placings = Vec::new();
        for slot in instance.problem.slots_of(need) {
            let Some(&(_, unit)) = self.units.iter().find(|(known, _)| *known == slot) else { return false };
            if !instance.is_compatible(slot, unit) || plan.routes().is_blocked(instance, unit) {
                return false;
            }
            let Some((_, before)) = self.routes.iter().find(|(known, _)| *known == unit) else {
                return false;
            };
            let stood = |slot: SlotId| before.iter().position(|&other| other == slot);
            let own = stood(slot);
            let visits = &plan.route(unit).visits;
            let at = visits.iter().take_while(|&&other| stood(other) < own).count();
            placings.push((unit, at, own, slot));
        }
        placings.sort_unstable_by_key(|&(unit, at, own, _)| (unit, at, own));
        let placings = placings.into_iter().map(|(unit, at, _, slot)| Placing { slot, unit, at });
        let placings = placings.collect::<Vec<_>>();
        let linked = |kind| {
            instance
                .links
                .others(need, kind)
                .all(|other| plan.unit_of(instance.problem.first_slot(other)).is_some())
        };
        linked(TieKind::Needs)
            && plan.place(instance, &placings)
            && keeps_limits(instance, plan, need, &placings)
    }
}

/// Whether the people of a need just put back keep their limits; else it is taken out again.
fn keeps_limits(instance: &Instance<'_>, plan: &mut WorkingPlan, need: NeedId, placings: &[Placing]) -> bool {
    let keep = placings.iter().all(|placing| plan.routes().keeps_limits(instance, placing.unit));
    if !keep {
        plan.take_out_need(instance, need);
    }
    keep
}
