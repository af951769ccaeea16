//! All places of one slot in one route.

use super::cost::{fixed_cost, has_room};
use super::position::Positions;
use super::propagation::{CandidateVisit, lateness};
use crate::model::{Seconds, SlotId, Term, UnitId};
use crate::solve::instance::Instance;
use crate::solve::state::WorkingPlan;

/// A place for one slot, and what it costs at least.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offer {
    pub(crate) cost: i64,
    pub(crate) visit: CandidateVisit,
}

/// Offers every place for `slot` in the route of `unit` that is possible.
pub(crate) fn places(
    instance: &Instance<'_>,
    plan: &WorkingPlan,
    slot: SlotId,
    unit_id: UnitId,
    offer: &mut impl FnMut(Offer),
) {
    let (unit, route, flat) = (instance.unit(unit_id), plan.route(unit_id), instance.slot(slot));
    let suits = |&unit: &UnitId| instance.is_compatible(slot, unit);
    if route.with.is_some()
        || plan.routes().is_blocked(instance, unit_id)
        || !has_room(instance, route, slot, unit_id)
        || !route.company.iter().all(suits)
    {
        return;
    }
    let service = instance.service(slot, unit);
    let fixed = fixed_cost(instance, plan, slot, unit_id);
    let positions =
        Positions::new(instance, route, unit, slot, service).until(route.room_for(instance, unit_id, slot));
    for position in positions {
        if !route.is_in_reach(instance, unit_id, slot, position.at) {
            continue;
        }
        let start = position.start;
        let candidate = CandidateVisit {
            slot,
            unit: unit_id,
            at: position.at,
            place: flat.place,
            service,
            ready: position.ready,
            start,
            latest: flat.closes_for(service).min(position.leave_by - service),
            on: position.on,
            cost: fixed + position.travel_cost(instance),
        };
        let next = start + service + Seconds(position.on.seconds) + position.entry;
        let delay = instance.weights.of(Term::Tardiness) * flat.tardiness(start, service)
            + if position.at < route.visits.len() { lateness(instance, next, route, position.at) } else { 0 };
        offer(Offer { cost: candidate.cost + delay, visit: candidate });
    }
}
