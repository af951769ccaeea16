//! Vehicles that several people may take: one at a time, and no farther than they go.

use std::collections::BTreeMap;

use super::judge::Judge;
use super::route::in_range;
use crate::model::{Metres, Rule, Time, VehicleId};
use crate::plan::{Detail, Plan, Quantity, RoutePart, legs};

impl Judge<'_> {
    /// Whoever takes a vehicle has it for the whole span of the unit.
    pub(super) fn vehicles(&mut self, plan: &Plan) {
        let problem = self.problem;
        let mut taken: BTreeMap<VehicleId, Vec<(Time, Time)>> = BTreeMap::new();
        for (r, route) in plan.routes.iter().enumerate() {
            let Some(unit) = problem.units().get(route.unit.index()) else { continue };
            let Some(vehicle) = unit.vehicle.filter(|_| !route.visits.is_empty() && in_range(route)) else {
                continue;
            };
            let given = &problem.vehicles()[vehicle.index()];
            let spans = taken.entry(vehicle).or_default();
            if spans.iter().any(|&(start, end)| unit.start < end && start < unit.end) {
                self.route_broken(r, RoutePart::Vehicle, Rule::VehicleTaken, Detail::Vehicle(vehicle));
            }
            spans.push((unit.start, unit.end));
            if let Some(range) = given.range {
                let metres = |(from, to)| problem.travel().metres(unit.mode, from, to).0;
                let far = legs(problem, unit, route).into_iter().map(metres).fold(0, i64::saturating_add);
                if far > range.0 {
                    let (is, limit) = (Quantity::Distance(Metres(far)), Quantity::Distance(range));
                    let detail = Detail::AtMost { is, limit };
                    self.route_broken(r, RoutePart::Vehicle, Rule::BeyondRange, detail);
                }
            }
        }
    }
}
