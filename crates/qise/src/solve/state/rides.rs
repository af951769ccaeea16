//! Rides go in and out of a route as a whole.

use super::WorkingPlan;
use super::placing::Placing;
use crate::model::{SlotId, UnitId};
use crate::solve::instance::Instance;

/// Takes the other stops of the rides among `gone` out of a route, and adds them.
pub(crate) fn take_rest_of_rides(
    plan: &mut WorkingPlan,
    instance: &Instance<'_>,
    unit: UnitId,
    gone: &mut Vec<SlotId>,
) {
    if !instance.features.rides {
        return;
    }
    let visits = &mut plan.routes[unit.index()].visits;
    for g in 0..gone.len() {
        let slot = gone[g];
        if !instance.is_ride(slot) {
            continue;
        }
        for stop in instance.crew(slot) {
            if let Some(at) = visits.iter().position(|&slot| slot == stop) {
                gone.push(visits.remove(at));
            }
        }
    }
}

/// Puts all stops of a ride into one route, where nobody waits for anybody; false, and nothing has changed, where that does not go.
pub(crate) fn insert_ride(plan: &mut WorkingPlan, instance: &Instance<'_>, placings: &[Placing]) -> bool {
    let Some(unit) = placings.first().map(|p| p.unit) else { return false };
    let mut visits = plan.route(unit).visits.clone();
    for p in placings.iter().rev() {
        visits.insert(p.at, p.slot);
    }
    plan.try_route(instance, unit, &visits)
}
