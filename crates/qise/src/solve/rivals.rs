//! Units of which one goes out: the ways to spend one shift of one person, and those who would take one vehicle at one time.

use rustc_hash::FxHashMap;

use super::instance::Instance;
use super::working::WorkingPlan;
use crate::model::{Problem, Unit, UnitId};

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
