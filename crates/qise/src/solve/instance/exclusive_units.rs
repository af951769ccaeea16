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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PlaceId, ProfileId, Requirement, Shift, Time, Vehicle};
    use crate::tests::{built, line, person, varied, window};
    use crate::{Problem, ProblemData};

    fn shared() -> ProblemData {
        let mut data = line(&[0]);
        for (from, to) in [(0, 100), (50, 150), (100, 200)] {
            person(&mut data, 0, (from, to));
        }
        let car = |key: &str, windows| Vehicle {
            key: key.into(),
            name: None,
            place: PlaceId(0),
            profile: ProfileId(0),
            capacity: Vec::new(),
            unload: crate::model::Unload::AnyOrder,
            range: None,
            drivers: Requirement::default(),
            windows,
            carries: Vec::new(),
        };
        data.vehicles = vec![car("car", Vec::new()), car("van", vec![window(0, 60)])];
        data
    }

    /// The number of a unit: whose, and with which vehicle.
    fn unit(problem: &Problem, who: u32, vehicle: Option<u32>) -> UnitId {
        let is = |unit: &UnitId| {
            let unit = problem.unit(*unit);
            unit.volunteer.0 == who && unit.vehicle.map(|vehicle| vehicle.0) == vehicle
        };
        problem.unit_ids().find(is).unwrap()
    }

    #[test]
    fn one_shift_goes_out_one_way_and_one_vehicle_with_one_person() {
        let problem = built(&shared());
        let exclusive = ExclusiveUnits::new(&problem);
        let of = |who, vehicle| exclusive.of(unit(&problem, who, vehicle)).to_vec();
        let units = |list: &[(u32, Option<u32>)]| {
            list.iter().map(|&(who, vehicle)| unit(&problem, who, vehicle)).collect::<Vec<_>>()
        };
        assert_eq!(of(0, None), units(&[(0, Some(0)), (0, Some(1))]), "other ways to spend the shift");
        // The first and the last of the three are never out at one time: one is back when the other leaves.
        assert_eq!(of(0, Some(0)), units(&[(0, None), (0, Some(1)), (1, Some(0))]));
        assert_eq!(of(1, Some(0)), units(&[(1, None), (1, Some(1)), (0, Some(0)), (2, Some(0))]));
        assert_eq!(of(2, None), units(&[(2, Some(0))]), "the van is out too early for the last");
    }

    #[test]
    fn nothing_is_kept_where_there_are_no_vehicles() {
        let mut data = shared();
        data.vehicles.clear();
        data.volunteers[0].shifts.push(Shift::new(Time(300), Time(400), 0));
        let exclusive = ExclusiveUnits::new(&built(&data));
        assert!(exclusive.is_empty() && exclusive.of(UnitId(0)).is_empty());
    }

    #[test]
    fn units_exclude_each_other() {
        let mut pairs = 0;
        for seed in (2..64).step_by(4) {
            let problem = varied(seed);
            let exclusive = ExclusiveUnits::new(&problem);
            for one in problem.unit_ids() {
                for other in problem.unit_ids() {
                    let excludes = exclusive.of(one).contains(&other);
                    assert_eq!(excludes, problem.unit(one).excludes(problem.unit(other)), "seed {seed}");
                    pairs += usize::from(excludes);
                }
            }
        }
        assert!(pairs > 50, "{pairs}");
    }
}
