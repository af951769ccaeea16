//! The plan as others see it, with the times of everything.

use super::WorkingPlan;
use super::route::goods_transfers::Transfer;
use super::schedule::timing::Timing;
use crate::model::{Amount, Slot, SlotId, UnitId};
use crate::plan::{Call, Plan, Route, Visit};
use crate::solve::instance::Instance;

/// The plan as others see it.
pub(crate) fn to_plan(plan: &WorkingPlan, instance: &Instance<'_>) -> Plan {
    Plan { fingerprint: Some(instance.problem.fingerprint()), ..to_unmarked_plan(plan, instance) }
}

/// The same without the fingerprint of the problem, which takes long to find after a change.
pub(crate) fn to_unmarked_plan(plan: &WorkingPlan, instance: &Instance<'_>) -> Plan {
    let mut timing = Timing::default();
    let out = instance.problem.unit_ids().filter(|&unit| !plan.route(unit).visits.is_empty());
    let routes = out.map(|unit| to_route(plan, instance, unit, &mut timing)).collect();
    let needs = plan.unserved_needs(instance.problem).map(|slot| instance.problem.slot(slot).need);
    let mut unserved = needs.collect::<Vec<_>>();
    unserved.sort_unstable();
    let mut outsourced = plan.outsourced().list.clone();
    outsourced.sort_unstable();
    Plan { routes, unserved, outsourced, fingerprint: None }
}

/// The route of a unit as others see it.
pub(crate) fn to_route(
    plan: &WorkingPlan,
    instance: &Instance<'_>,
    unit: UnitId,
    timing: &mut Timing,
) -> Route {
    let visits = &plan.route(unit).visits;
    let start = plan.route(unit).start(instance.unit(unit));
    let good = timing.set(instance, unit, start, visits, &plan.sync_starts.release);
    debug_assert!(good, "every route of a working plan can be timed");
    timed_route(plan, instance, unit, visits, timing)
}

/// A route along these visits, which are timed, with who goes along and what changes hands on the route of the unit as it is.
pub(crate) fn timed_route(
    plan: &WorkingPlan,
    instance: &Instance<'_>,
    unit: UnitId,
    visits: &[SlotId],
    timing: &Timing,
) -> Route {
    let owner = instance.unit(unit);
    let arrivals = timing.arrivals(instance, owner, visits);
    let (mut made, mut calls) = (Vec::new(), Vec::new());
    for (v, ((&slot, arrival), &start)) in visits.iter().zip(arrivals).zip(&timing.starts).enumerate() {
        let end = start + instance.service(slot, owner);
        if let Some(call) = instance.depot_calls.of(slot) {
            let (takes, gives) = exchanged(&plan.route(unit).goods.planned.transfers, v);
            let before = made.len() as u32;
            calls.push(Call { depot: call.depot, before, arrival, start, end, takes, gives });
            continue;
        }
        let Slot { need, role, stop } = instance.problem.slot(slot);
        made.push(Visit { need, role, stop, arrival, start, end });
    }
    let mut company = plan.route(unit).company.clone();
    company.sort_unstable();
    Route {
        unit,
        company,
        departure: timing.departure,
        visits: made,
        calls,
        breaks: timing.rests.clone(),
        finish: timing.finish,
    }
}

/// What is taken and given at the call that stands at `at` among the visits of its route.
fn exchanged(moves: &[Transfer], at: usize) -> (Vec<Amount>, Vec<Amount>) {
    let here = moves.iter().filter(|m| m.at as usize == at);
    let amount = |m: &Transfer| Amount { good: m.good, amount: m.amount.abs() };
    let takes = here.clone().filter(|m| m.amount > 0).map(amount).collect();
    (takes, here.filter(|m| m.amount < 0).map(amount).collect())
}
