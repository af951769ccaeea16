//! Starting from a plan that is already there.

use super::bring::give_up;
use super::instance::Instance;
use super::working::{Placing, WorkingPlan};
use crate::matching::reach;
use crate::model::{NeedId, SlotId, UnitId};
use crate::plan::{Plan, Visit};

/// Takes over the routes of `warm`, in their order, without the visits that break a rule.
pub(super) fn start_from(instance: &Instance<'_>, plan: &mut WorkingPlan, warm: &Plan) {
    if instance.crews.is_empty() {
        route_by_route(instance, plan, warm);
    } else {
        need_by_need(instance, plan, warm);
    }
}

/// The first slot of a visit's role, if its person may fill it.
fn slot_of(instance: &Instance<'_>, visit: &Visit, unit: UnitId) -> Option<SlotId> {
    let problem = instance.problem;
    if visit.need.index() >= problem.needs().len() {
        return None;
    }
    let mut slots = problem.slots_of(visit.need);
    slots.find(|&slot| problem.slot(slot).role == visit.role && reach(problem, slot, unit).is_ok())
}

fn route_by_route(instance: &Instance<'_>, plan: &mut WorkingPlan, warm: &Plan) {
    for route in &warm.routes {
        if route.unit.index() >= instance.units.len() || plan.route(route.unit).out {
            continue;
        }
        let mut visits: Vec<SlotId> = Vec::with_capacity(route.visits.len());
        for slot in route.visits.iter().filter_map(|visit| slot_of(instance, visit, route.unit)) {
            if plan.unit_of(slot).is_none() && !visits.contains(&slot) {
                visits.push(slot);
            }
        }
        if plan.try_route(instance, route.unit, &visits) {
            continue;
        }
        let mut kept = Vec::with_capacity(visits.len());
        for slot in visits {
            kept.push(slot);
            if !plan.try_route(instance, route.unit, &kept) {
                kept.pop();
            }
        }
    }
}

/// Whole crews, in the order in which the last of each starts.
fn need_by_need(instance: &Instance<'_>, plan: &mut WorkingPlan, warm: &Plan) {
    let known = warm.routes.iter().filter(|route| route.unit.index() < instance.units.len());
    let mut visits = known
        .flat_map(|route| route.visits.iter().map(move |visit| (visit.need, visit.start, route.unit, *visit)))
        .filter(|(need, ..)| need.index() < instance.problem.needs().len())
        .collect::<Vec<_>>();
    visits.sort_by_key(|&(need, start, unit, _)| (need, start, unit));
    let mut needs = visits.chunk_by(|a, b| a.0 == b.0).collect::<Vec<_>>();
    needs.sort_by_key(|visits| (visits.last().map(|last| last.1), visits[0].0));
    let mut served = Vec::new();
    for visits in needs {
        let need: NeedId = visits[0].0;
        let mut placings: Vec<Placing> = Vec::new();
        for &(.., unit, visit) in visits {
            let free = instance.problem.slots_of(need).find(|&slot| {
                instance.problem.slot(slot).role == visit.role
                    && placings.iter().all(|p| p.slot != slot)
                    && reach(instance.problem, slot, unit).is_ok()
            });
            let who = instance.unit(unit).volunteer;
            let comes_already = placings.iter().any(|p| instance.unit(p.unit).volunteer == who);
            if let Some(slot) = free.filter(|_| !comes_already) {
                placings.push(Placing { slot, unit, at: plan.route(unit).visits.len() });
            }
        }
        let unit_of = |slot| {
            let here = placings.iter().find(|p| p.slot == slot);
            here.map(|p| p.unit).or(plan.unit_of(slot))
        };
        if placings.len() == instance.problem.slots_of(need).len()
            && instance.problem.slots_of(need).all(|slot| plan.unit_of(slot).is_none())
            && instance.goes_together(need, &unit_of)
            && plan.place(instance, &placings)
        {
            served.push(need);
        }
    }
    give_up(instance, plan, &served);
}
