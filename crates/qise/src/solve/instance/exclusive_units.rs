//! Units of which one goes out: the ways to spend one shift of one person, and those who would take one vehicle at one time.

use rustc_hash::FxHashMap;

use crate::base::Csr;
use crate::model::{Problem, Unit, UnitId};

/// For each unit those that must stay at home when it goes out. Empty where there are no vehicles.
#[derive(Clone, Debug, Default)]
pub(crate) struct ExclusiveUnits(Csr<UnitId>);

impl ExclusiveUnits {
    pub(crate) fn new(problem: &Problem) -> Self {
        let mut exclusive = Self::default();
        if problem.vehicles().is_empty() {
            return exclusive;
        }
        let mut of_vehicle: FxHashMap<_, Vec<UnitId>> = FxHashMap::default();
        for unit in problem.unit_ids() {
            if let Some(vehicle) = problem.unit(unit).vehicle {
                of_vehicle.entry(vehicle).or_default().push(unit);
            }
        }
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
            exclusive.0.push(own.chain(others.filter(excludes)));
        }
        exclusive
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.has_no_rows()
    }

    /// Those of whom none is out when this unit is.
    #[inline]
    pub(crate) fn of(&self, unit: UnitId) -> &[UnitId] {
        self.0.row(unit.index())
    }
}
