//! Key figures of plans that go through depots and vehicles.

use std::collections::{BTreeMap, BTreeSet};

use qise::Problem;
use qise::model::{GoodId, Handling, VehicleId};
use qise::plan::Plan;

/// How much of each kind of goods a plan leaves with needs, of the kinds of which it leaves any.
pub fn delivered(problem: &Problem, plan: &Plan) -> BTreeMap<GoodId, i64> {
    let mut sums = BTreeMap::new();
    let served = plan.served_needs().into_iter().filter_map(|need| problem.needs().get(need.index()));
    for supply in served.flat_map(|need| &need.goods).filter(|supply| supply.handling == Handling::Deliver) {
        *sums.entry(supply.what.good).or_default() += supply.what.amount;
    }
    sums
}

/// How many calls at depots a plan makes.
pub fn calls(plan: &Plan) -> usize {
    plan.routes.iter().map(|route| route.calls.len()).sum()
}

/// The vehicles that a plan sends out.
pub fn vehicles_out(problem: &Problem, plan: &Plan) -> BTreeSet<VehicleId> {
    let units = plan.routes.iter().filter_map(|route| problem.units().get(route.unit.index()));
    units.filter_map(|unit| unit.vehicle).collect()
}
