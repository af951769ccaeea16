//! Units of which one goes out: the ways to spend one shift of one person, and those who would take one vehicle at one time.

use rustc_hash::FxHashMap;

use super::insertion::Trial;
use super::instance::Instance;
use super::ruin::{Around, Ruin};
use super::working::WorkingPlan;
use crate::model::{Problem, SlotId, Unit, UnitId};

/// For each unit those that must stay at home when it goes out. Empty where there are no vehicles.
#[derive(Clone, Debug, Default)]
pub(super) struct Rivals {
    first: Vec<u32>,
    units: Vec<UnitId>,
}

impl Rivals {
    pub(super) fn new(problem: &Problem) -> Self {
        let mut rivals = Self::default();
        if problem.vehicles().is_empty() {
            return rivals;
        }
        let mut of_vehicle: FxHashMap<_, Vec<UnitId>> = FxHashMap::default();
        for unit in problem.unit_ids() {
            if let Some(vehicle) = problem.unit(unit).vehicle {
                of_vehicle.entry(vehicle).or_default().push(unit);
            }
        }
        rivals.first.push(0);
        for id in problem.unit_ids() {
            let unit = problem.unit(id);
            let same_vehicle = unit.vehicle.map_or(&[][..], |vehicle| &of_vehicle[&vehicle]);
            let excludes = |other: &UnitId| {
                let other: &Unit = problem.unit(*other);
                unit.excludes(other)
            };
            let own = problem.units_of(unit.volunteer).filter(excludes);
            let others =
                same_vehicle.iter().copied().filter(|&other| problem.unit(other).volunteer != unit.volunteer);
            rivals.units.extend(own.chain(others.filter(excludes)));
            rivals.first.push(rivals.units.len() as u32);
        }
        rivals
    }

    #[inline]
    pub(super) fn are_none(&self) -> bool {
        self.first.is_empty()
    }

    /// Those of whom none is out when this unit is.
    #[inline]
    pub(super) fn of(&self, unit: UnitId) -> &[UnitId] {
        match self.first.get(unit.index()..unit.index() + 2) {
            Some(span) => &self.units[span[0] as usize..span[1] as usize],
            None => &[],
        }
    }
}

impl WorkingPlan {
    /// Whether a unit has to stay at home because a rival is out.
    #[inline]
    pub(super) fn is_barred(&self, instance: &Instance<'_>, unit: UnitId) -> bool {
        self.is_barred_but(instance, unit, unit)
    }

    /// The same, were one other unit at home.
    pub(super) fn is_barred_but(&self, instance: &Instance<'_>, unit: UnitId, but: UnitId) -> bool {
        !instance.rivals.are_none()
            && !self.route(unit).out
            && instance.rivals.of(unit).iter().any(|&rival| rival != but && self.route(rival).out)
    }
}

impl Ruin {
    /// Sends somebody out in another way: a unit that had to stay at home because of the one that serves the seed takes over its route,
    /// as far as it can, and whoever would be in its way stays at home; false where there is no such unit.
    pub(super) fn change_unit(
        &mut self,
        instance: &Instance<'_>,
        plan: &mut WorkingPlan,
        around: &mut Around<'_>,
    ) -> bool {
        let Around { territory, seed, random, removed } = around;
        let Some(unit) = plan.unit_of(*seed) else { return false };
        let rivals = instance.rivals.of(unit);
        if rivals.is_empty() {
            return false;
        }
        let taker = rivals[random.below(rivals.len() as u32) as usize];
        let in_the_way = instance.rivals.of(taker).iter().copied().filter(|&other| plan.route(other).out);
        let in_the_way = in_the_way.collect::<Vec<_>>();
        if !in_the_way.iter().chain([&taker]).all(|&unit| territory.holds(unit)) {
            return false;
        }
        let visits = plan.route(unit).visits.clone();
        for other in in_the_way {
            self.empty(instance, plan, other, removed);
        }
        let may_take = |&slot: &SlotId| instance.admits(slot, taker);
        let whole = instance.crews.is_empty() && visits.iter().all(may_take);
        if whole && plan.try_route(instance, taker, &visits) {
            removed.retain(|&slot| plan.is_left(slot));
            return true;
        }
        let mut trial = Trial::default();
        for slot in visits.into_iter().filter(may_take) {
            if instance.is_call(slot) || instance.slot(slot).tied || !plan.is_left(slot) {
                continue;
            }
            let found = trial.best_in_route(instance, plan, slot, taker, i64::MAX, &mut || false);
            if found.is_some_and(|found| plan.insert(instance, slot, taker, found.at as usize)) {
                removed.retain(|&other| other != slot);
            }
        }
        true
    }
}
