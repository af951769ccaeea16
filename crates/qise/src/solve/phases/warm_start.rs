//! Starting from a plan that is already there.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::Spent;
use crate::eligibility::can_reach;
use crate::model::{NeedId, Slot, SlotId, UnitId};
use crate::plan::{Plan, Step, Visit};
use crate::solve::insertion::crew::CrewFinder;
use crate::solve::insertion::prerequisites::remove_dependents;
use crate::solve::instance::Instance;
use crate::solve::state::{CrewInsertion, Placing, WorkingPlan};

/// Takes over the routes of `warm`, in their order, without the visits that break a rule, as many as there is time for; nothing of
/// the plan of another problem. Whether it is valid the judge has said.
pub(crate) fn start_from(
    instance: &Instance<'_>,
    plan: &mut WorkingPlan,
    (warm, is_valid): (&Plan, bool),
    spent: Spent<'_>,
) {
    if !warm.is_of(instance.problem) {
        return;
    }
    let is_whole = is_valid && all_at_once(instance, plan, warm, spent);
    if !is_whole && instance.has_synchronisation() {
        need_by_need(instance, plan, warm, spent);
    } else if !is_whole {
        route_by_route(instance, plan, warm, spent);
    }
    hand_out(instance, plan, warm);
}

/// What the plan hands to others goes to them, as far as it is left and the budget allows.
fn hand_out(instance: &Instance<'_>, plan: &mut WorkingPlan, warm: &Plan) {
    for need in warm.outsourced.iter().filter(|need| need.index() < instance.problem.needs().len()) {
        let lead = instance.problem.first_slot(*need);
        let price = instance.problem.need(*need).outsource.map(i64::from);
        if plan.is_unserved(lead) && price.is_some_and(|price| price <= plan.outsourced().budget(instance)) {
            plan.hand_out(instance, lead);
        }
    }
}

/// The first slot of a visit's role, if its person may fill it.
fn slot_of(instance: &Instance<'_>, visit: &Visit, unit: UnitId) -> Option<SlotId> {
    let problem = instance.problem;
    if visit.need.index() >= problem.needs().len() {
        return None;
    }
    let mut slots = problem.slots_of(visit.need);
    let same = |slot| (problem.slot(slot).role, problem.slot(slot).stop) == (visit.role, visit.stop);
    slots.find(|&slot| same(slot) && can_reach(problem, slot, unit).is_ok())
}

/// Takes over routes slot by slot, as a working plan had them, and what the plan hands to others; false where they cannot be so.
pub(crate) fn start_exactly(
    instance: &Instance<'_>,
    plan: &mut WorkingPlan,
    routes: &[(UnitId, Vec<SlotId>)],
    warm: &Plan,
) -> bool {
    let is_slot = |slot: &SlotId| slot.index() < instance.slots.len() || instance.is_depot_visit(*slot);
    let is_known = |(unit, visits): &(UnitId, Vec<SlotId>)| {
        unit.index() < instance.units.len() && visits.iter().all(is_slot)
    };
    let is_good = routes.iter().all(is_known) && place_all(instance, plan, routes, &|| 0.0);
    if is_good {
        hand_out(instance, plan, warm);
    }
    is_good
}

/// Takes over a valid plan as it stands; false where something of it is not, as where people go as parties, or for want of time.
fn all_at_once(instance: &Instance<'_>, plan: &mut WorkingPlan, warm: &Plan, spent: Spent<'_>) -> bool {
    let problem = instance.problem;
    if warm.routes.iter().any(|route| !route.company.is_empty()) {
        return false;
    }
    let mut filled = vec![false; instance.slots.len()];
    let routes = warm.routes.iter().map(|route| {
        let slots = route.steps().filter_map(|step| match step {
            Step::Call(_, call) => instance.depot_calls.open_at(call.depot, call.start),
            Step::Visit(_, visit) => {
                let same = |slot: SlotId| {
                    let Slot { role, stop, .. } = problem.slot(slot);
                    (role, stop) == (visit.role, visit.stop) && !filled[slot.index()]
                };
                let slot = problem.slots_of(visit.need).find(|&slot| same(slot));
                filled[slot.map_or(0, SlotId::index)] |= slot.is_some();
                slot
            }
        });
        (route.unit, slots.collect::<Vec<_>>())
    });
    let routes = routes.collect::<Vec<_>>();
    place_all(instance, plan, &routes, spent)
}

/// Places all visits of these routes, in their order.
fn place_all(
    instance: &Instance<'_>,
    plan: &mut WorkingPlan,
    routes: &[(UnitId, Vec<SlotId>)],
    spent: Spent<'_>,
) -> bool {
    if instance.has_synchronisation() {
        // Each is the first as far as those before it are not counted.
        let placing = |&slot: &SlotId, unit: UnitId| Placing { slot, unit, at: 0 };
        let all = routes.iter().flat_map(|(unit, visits)| visits.iter().map(|slot| placing(slot, *unit)));
        return plan.place(instance, &all.collect::<Vec<_>>());
    }
    let mut is_good = true;
    for (r, (unit, visits)) in routes.iter().enumerate() {
        if r.is_multiple_of(64) && spent() >= 1.0 {
            return false;
        }
        is_good &= plan.try_route(instance, *unit, visits);
    }
    is_good
}

fn route_by_route(instance: &Instance<'_>, plan: &mut WorkingPlan, warm: &Plan, spent: Spent<'_>) {
    for route in &warm.routes {
        if spent() >= 1.0 {
            return;
        }
        if route.unit.index() >= instance.units.len() || plan.route(route.unit).out {
            continue;
        }
        let mut visits: Vec<SlotId> = Vec::with_capacity(route.visits.len());
        for step in route.steps() {
            match step {
                Step::Visit(_, visit) => {
                    let slot = slot_of(instance, visit, route.unit);
                    visits
                        .extend(slot.filter(|slot| plan.unit_of(*slot).is_none() && !visits.contains(slot)));
                }
                Step::Call(_, call) => visits.extend(instance.depot_calls.open_at(call.depot, call.start)),
            }
        }
        // Of a ride all stops are kept, in their order, or none.
        let at = visits.iter().copied().zip(0..).collect::<FxHashMap<SlotId, usize>>();
        let whole = |slot: SlotId| {
            !instance.is_ride(slot)
                || instance.crew(slot).all(|stop| at.contains_key(&stop))
                    && instance.crew(slot).is_sorted_by_key(|stop| at[&stop])
        };
        visits.retain(|&slot| whole(slot));
        if plan.try_route(instance, route.unit, &visits) {
            continue;
        }
        // Need by need, each where its first stop stands; what comes later is not there yet.
        let lead = |slot: SlotId| instance.problem.first_slot(instance.problem.slot(slot).need);
        let mut kept = FxHashSet::default();
        let needs = visits.iter().copied().filter(|&slot| !instance.is_depot_visit(slot));
        for first in needs.filter(|&slot| slot == lead(slot)) {
            kept.insert(first);
            let stays = |&slot: &SlotId| instance.is_depot_visit(slot) || kept.contains(&lead(slot));
            let sequence = visits.iter().copied().filter(stays);
            if !plan.try_route(instance, route.unit, &sequence.collect::<Vec<_>>()) {
                kept.remove(&first);
            }
        }
    }
}

/// Who is to join the party of `lead`, as the plan to start from says, and is free to.
fn company(instance: &Instance<'_>, plan: &WorkingPlan, warm: &Plan, lead: UnitId) -> Vec<UnitId> {
    let route = warm.routes.iter().find(|route| route.unit == lead);
    if instance.parties.is_empty() || plan.route(lead).with.is_some() {
        return Vec::new();
    }
    let mut company = route.map_or(Vec::new(), |route| route.company.clone());
    company.sort_unstable();
    company.dedup();
    company.retain(|&unit| {
        let known = unit.index() < instance.units.len();
        known
            && instance.problem.unit(lead).may_join(instance.problem.unit(unit))
            && !plan.route(unit).out
            && route.is_some_and(|route| {
                let visits = route.visits.iter().filter(|v| v.need.index() < instance.problem.needs().len());
                // Of a crew others fill the other roles.
                let own = |v: &Visit, slot: &SlotId| {
                    let Slot { role, stop, .. } = instance.problem.slot(*slot);
                    (role, stop) == (v.role, v.stop)
                };
                visits
                    .flat_map(|v| instance.problem.slots_of(v.need).filter(move |slot| own(v, slot)))
                    .all(|slot| instance.is_compatible(slot, unit))
            })
    });
    company
}

/// Whole crews, in the order in which the last of each starts.
fn need_by_need(instance: &Instance<'_>, plan: &mut WorkingPlan, warm: &Plan, spent: Spent<'_>) {
    let known = warm.routes.iter().filter(|route| route.unit.index() < instance.units.len());
    let mut visits = known
        .flat_map(|route| route.visits.iter().map(move |visit| (visit.need, visit.start, route.unit, *visit)))
        .filter(|(need, ..)| need.index() < instance.problem.needs().len())
        .collect::<Vec<_>>();
    visits.sort_by_key(|&(need, start, unit, _)| (need, start, unit));
    let mut needs = visits.chunk_by(|a, b| a.0 == b.0).collect::<Vec<_>>();
    needs.sort_by_key(|visits| (visits.last().map(|last| last.1), visits[0].0));
    // What was before another in a route stays before it.
    let mut order = FxHashMap::default();
    for route in &warm.routes {
        for (v, visit) in route.visits.iter().enumerate() {
            order.insert((route.unit, visit.need, visit.stop), v);
        }
    }
    let behind = |plan: &WorkingPlan, unit: UnitId, need: NeedId, stop: u16| {
        let own = order.get(&(unit, need, stop));
        let before = |&slot: &SlotId| {
            // Calls stand before what they were made for.
            instance.is_depot_visit(slot) || {
                let Slot { need, stop, .. } = instance.problem.slot(slot);
                order.get(&(unit, need, stop)) < own
            }
        };
        plan.route(unit).visits.iter().take_while(|slot| before(slot)).count()
    };
    let mut served = Vec::new();
    for visits in needs {
        if spent() >= 1.0 {
            break;
        }
        let need: NeedId = visits[0].0;
        let mut placings: Vec<Placing> = Vec::new();
        for &(.., unit, visit) in visits {
            let free = instance.problem.slots_of(need).find(|&slot| {
                let Slot { role, stop, .. } = instance.problem.slot(slot);
                (role, stop) == (visit.role, visit.stop)
                    && placings.iter().all(|p| p.slot != slot)
                    && can_reach(instance.problem, slot, unit).is_ok()
            });
            let who = instance.unit(unit).volunteer;
            let is_ride = instance.problem.need(need).is_ride();
            let comes_already = !is_ride && placings.iter().any(|p| instance.unit(p.unit).volunteer == who);
            if let Some(slot) = free.filter(|_| !comes_already) {
                placings.push(Placing { slot, unit, at: behind(plan, unit, need, visit.stop) });
            }
        }
        let lead = instance.problem.first_slot(need);
        if let Some(unit) =
            placings.first().map(|p| p.unit).filter(|_| !instance.depot_calls.asks(lead).is_empty())
        {
            // Where the calls are that it asks for is found anew.
            let mut finder = CrewFinder::default();
            let found =
                finder.find(instance, plan, lead, i64::MAX, &mut || false, |_, units| units.push(unit));
            if found.is_some_and(|crew| plan.place_crew(instance, &crew)) {
                served.push(need);
            }
            continue;
        }
        let company = placings.first().map_or(Vec::new(), |p| company(instance, plan, warm, p.unit));
        let people = |other: NeedId| {
            if other == need {
                let along = placings.iter().flat_map(|p| &plan.route(p.unit).company);
                let leads = placings.iter().map(|p| p.unit);
                leads.chain(along.copied()).chain(company.iter().copied()).collect()
            } else {
                plan.people_of(instance, other)
            }
        };
        let together = instance.goes_together(need, &people);
        let crew = CrewInsertion { cost: 0, placings, company };
        let placings = &crew.placings;
        if placings.len() == instance.problem.slots_of(need).len()
            && instance.problem.slots_of(need).all(|slot| plan.unit_of(slot).is_none())
            && together
            && (!instance.problem.need(need).is_ride()
                || placings.iter().all(|p| p.unit == placings[0].unit)
                    && placings.iter().map(|p| p.slot).is_sorted())
            && plan.place_crew(instance, &crew)
        {
            served.push(need);
        }
    }
    remove_dependents(instance, plan, &served);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{built, instance, line, need, person};

    #[test]
    fn what_others_see_to_is_taken_over_as_far_as_the_budget_goes() {
        for crews in [1, 2] {
            let mut data = line(&[0]);
            data.outsourcing = 5;
            person(&mut data, 0, (0, 100));
            person(&mut data, 0, (0, 100));
            for price in [None, Some(3), Some(3), Some(2)] {
                let need = need(&mut data, 0, (0, 9), 1);
                (need.outsource, need.roles[0].count) = (price, crews);
            }
            let problem = built(&data);
            let instance = instance(&problem);
            let mut warm = Plan::empty(&problem);
            warm.unserved = vec![NeedId(3)];
            warm.outsourced = [9, 0, 1, 2, 1].map(NeedId).to_vec();
            let mut plan = WorkingPlan::new(&instance);
            start_from(&instance, &mut plan, (&warm, false), &|| 0.0);
            assert_eq!(plan.outsourced().list, [NeedId(1)], "crews of {crews}");
            assert!(plan.is_unserved(problem.first_slot(NeedId(2))));
        }
    }
}
