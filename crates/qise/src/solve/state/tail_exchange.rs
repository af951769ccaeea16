//! Tails of routes change hands.

use super::WorkingPlan;
use super::depot_visits;
use super::retiming;
use super::route::goods_transfers::joined;
use crate::model::{SlotId, UnitId};
use crate::solve::instance::Instance;

/// Where a route is cut: before the visit with this number, or behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TailCut {
    pub(crate) unit: UnitId,
    pub(crate) at: usize,
}

/// Exchanges the tails of two routes; false when one of them cannot be done, and then the whole trial is undone.
pub(crate) fn exchange(plan: &mut WorkingPlan, instance: &Instance<'_>, a: TailCut, b: TailCut) -> bool {
    plan.saved.save(&plan.routes, a.unit);
    plan.saved.save(&plan.routes, b.unit);
    let tail_a = plan.routes[a.unit.index()].visits.split_off(a.at);
    let tail_b = plan.routes[b.unit.index()].visits.split_off(b.at);
    if instance.has_synchronisation() {
        return join_tails(plan, instance, a, b, tail_a, tail_b);
    }
    // One after the other: they may be two shifts of one person.
    let good = append(plan, instance, a.unit, tail_b) && append(plan, instance, b.unit, tail_a);
    if !(good
        && plan.routes.keeps_limits(instance, a.unit)
        && plan.routes.keeps_limits(instance, b.unit)
        && plan.depot_stock.are_good())
    {
        plan.undo(instance);
        return false;
    }
    // Calls may have gone from the heads too.
    let from = |cut: TailCut| if instance.depot_calls.is_empty() { cut.at } else { 0 };
    plan.number_from(a.unit, from(a));
    plan.number_from(b.unit, from(b));
    true
}

/// Puts cut tails behind the other heads where people wait for each other; false as in [`exchange`].
fn join_tails(
    plan: &mut WorkingPlan,
    instance: &Instance<'_>,
    a: TailCut,
    b: TailCut,
    tail_a: Vec<SlotId>,
    tail_b: Vec<SlotId>,
) -> bool {
    retiming::begin(plan, [a.unit, b.unit].into_iter());
    // Another person takes another time over it, and may be held until another moment.
    tail_a.iter().chain(&tail_b).for_each(|&slot| plan.sync_starts.let_go(slot));
    plan.routes[a.unit.index()].visits.extend(tail_b);
    plan.routes[b.unit.index()].visits.extend(tail_a);
    plan.number_from(a.unit, a.at);
    plan.number_from(b.unit, b.at);
    let mut cuts = vec![(a.unit, a.at), (b.unit, b.at)];
    depot_visits::drop_all_idle_calls(plan, instance, &mut cuts);
    let good = retiming::run(plan, instance, &cuts) && plan.depot_stock.are_good();
    if !good {
        plan.undo(instance);
    }
    good
}

/// Lengthens a route that was cut since its totals were reckoned; false when it cannot be done, and its totals stay.
fn append(plan: &mut WorkingPlan, instance: &Instance<'_>, unit: UnitId, tail: Vec<SlotId>) -> bool {
    let before = plan.begin_change(unit);
    let visits = &mut plan.routes[unit.index()].visits;
    let mut supplied = true;
    if instance.depot_calls.is_empty() {
        visits.extend(tail);
    } else if let Some(whole) = joined(instance, unit, visits, &tail) {
        *visits = whole;
    } else {
        supplied = false;
    }
    let good = supplied && plan.refresh(instance, unit);
    if good {
        plan.end_change(instance, unit, &before);
    } else {
        // What the terms count of the route stays as it was.
        let route = &mut plan.routes[unit.index()];
        (route.totals, route.out, route.goods.stock_changes) =
            (before.totals, before.out, before.stock_changes);
    }
    good
}
