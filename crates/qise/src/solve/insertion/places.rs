//! All places of one slot in one route.

use super::cost::{fixed_cost, has_room};
use super::propagation::CandidateVisit;
use crate::model::{Seconds, SlotId, Term, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::leg::Leg;
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
    let closes = flat.closes_for(service);
    let fixed = fixed_cost(instance, plan, slot, unit_id);
    let ways = instance.ways_from(unit, flat.place);
    let (mut here, mut free): (_, Time) = (unit.from, unit.start);
    let room_until =
        if instance.features.unloads { route.room_until(instance, unit_id, slot) } else { usize::MAX };
    for at in 0..=route.visits.len() {
        let node = route.nodes.get(at);
        let (from, over) = (here, free);
        if let Some(node) = node {
            (here, free) = (node.place, node.end);
        }
        if over > closes || at > room_until {
            break;
        }
        let out = ways.back_from(from);
        let ready = over + Seconds(out.seconds) + instance.setup_after(from, slot);
        let Some(start) = instance.earliest(slot, ready, service) else { continue };
        let (on, straight, limit) = match (node, unit.to) {
            (Some(node), _) => {
                let setup = instance.setup_after(flat.place, route.visits[at]);
                (ways.to(node.place), node.cost, node.latest - setup)
            }
            (None, Some(to)) => (ways.to(to), route.back_cost, unit.end),
            (None, None) => (Leg::default(), 0, unit.end),
        };
        let latest = closes.min(limit - Seconds(on.seconds) - service);
        if start > latest {
            continue;
        }
        let cost = fixed + instance.leg_cost(out) + instance.leg_cost(on) - straight;
        let candidate = CandidateVisit {
            slot,
            unit: unit_id,
            at,
            place: flat.place,
            service,
            ready,
            start,
            latest,
            on,
            cost,
        };
        let pushed = node.map_or(0, |_| {
            let setup = instance.setup_after(flat.place, route.visits[at]);
            instance.lateness(start + service + Seconds(on.seconds) + setup, route, at)
        });
        let late = instance.weights.of(Term::Tardiness) * flat.tardiness(start, service) + pushed;
        offer(Offer { cost: cost + late, visit: candidate });
    }
}
