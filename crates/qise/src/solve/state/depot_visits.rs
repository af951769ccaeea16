//! Calls at depots come and go with the needs that ask for goods.
//!
//! One slot stands for every call at a depot, in however many routes. Calls come with the need that asks for them and go when nothing changes
//! hands any more. A depot that awaits goods has one more slot for each moment at which some come in. Only stock that may run out is kept
//! as a ledger.

use super::WorkingPlan;
use super::depot_stock::StockChange;
use crate::model::{Handling, SlotId, UnitId};
use crate::solve::instance::Instance;

/// Takes calls at which nothing changes hands out of a route, and adds them to `gone`. Nothing else of the route is brought up to date.
pub(crate) fn drop_idle_calls(
    plan: &mut WorkingPlan,
    instance: &Instance<'_>,
    unit: UnitId,
    gone: &mut Vec<SlotId>,
) {
    if instance.depot_calls.is_empty() {
        return;
    }
    let route = &mut plan.routes[unit.index()];
    // Of what cannot be stowed nothing is known yet.
    if !route.visits.iter().any(|&slot| instance.is_depot_visit(slot))
        || route.goods.planned.plan_transfers(instance, unit, &route.visits).is_err()
    {
        return;
    }
    let mut at = 0;
    let moves = &route.goods.planned.transfers;
    route.visits.retain(|&slot| {
        let idle = instance.is_depot_visit(slot) && !moves.iter().any(|m| m.at == at);
        at += 1;
        if idle {
            gone.push(slot);
        }
        !idle
    });
}

/// The same for all routes that are cut; where calls went, everything from the start on is a cut.
pub(crate) fn drop_all_idle_calls(
    plan: &mut WorkingPlan,
    instance: &Instance<'_>,
    cuts: &mut Vec<(UnitId, usize)>,
) {
    for k in 0..cuts.len() {
        let unit = cuts[k].0;
        let mut idle = Vec::new();
        drop_idle_calls(plan, instance, unit, &mut idle);
        if !idle.is_empty() {
            plan.number_from(unit, 0);
            cuts.push((unit, 0));
        }
    }
}

/// Whether calls may have what they are to bring for a need: not where a depot has too little left in the end. What is only carried may be
/// taken before others take it for good, and what the route collects need not be taken at all.
pub(crate) fn may_give(
    plan: &WorkingPlan,
    instance: &Instance<'_>,
    calls: &[SlotId],
    lead: SlotId,
    unit: UnitId,
) -> bool {
    if !instance.depot_calls.run_out() {
        return true;
    }
    let route = plan.route(unit);
    let collects =
        |&slot: &SlotId| instance.depot_calls.asks(slot).iter().any(|ask| ask.handling == Handling::Collect);
    if route.visits.iter().any(collects) {
        return true;
    }
    // What the own route takes may be moved to another call.
    let own = |shelf: u32| {
        let entries = route.goods.stock_changes.iter().filter(|entry| entry.stock == shelf);
        entries.map(|entry| entry.amount).sum::<i64>()
    };
    let asks = instance.depot_calls.asks(lead).iter().filter(|ask| ask.handling != Handling::Collect);
    let mut limited = asks.filter(|ask| {
        ask.handling == Handling::Deliver || !instance.depot_calls.comes_back[ask.good.index()]
    });
    limited.all(|ask| {
        let short = ask.amount - instance.depot_calls.own(unit, ask.good);
        let calls = calls.iter().rev().filter_map(|&slot| instance.depot_calls.of(slot));
        let last = calls.filter(|call| call.keeps(ask.good)).map(|call| call.stock(ask.good)).next();
        // By what no call here keeps, or what is there without end, nothing is decided.
        last.flatten().is_none_or(|shelf| short <= 0 || plan.depot_stock.last(shelf) - own(shelf) >= short)
    })
}

/// Whether no depot would give more than it has if a route did this.
pub(crate) fn depots_hold(
    plan: &WorkingPlan,
    instance: &Instance<'_>,
    unit: UnitId,
    entries: &[StockChange],
) -> bool {
    plan.depot_stock.would_hold(instance, unit, entries)
}

/// Takes out visits until no depot gives more than it has; `removed` grows by the slots that stand for the needs.
pub(crate) fn relieve_depot_stock(
    plan: &mut WorkingPlan,
    instance: &Instance<'_>,
    removed: &mut Vec<SlotId>,
) {
    while let Some((shelf, unit)) = plan.depot_stock.last_taker() {
        let route = plan.route(unit);
        let takes = |&(v, slot): &(usize, &SlotId)| {
            let call = instance.depot_calls.of(*slot);
            call.is_some_and(|call| {
                let mut moves =
                    route.goods.planned.transfers.iter().filter(|m| m.at as usize == v && m.amount > 0);
                moves.any(|m| call.stock(m.good) == Some(shelf))
            })
        };
        let Some((at, _)) = route.visits.iter().enumerate().rev().find(takes) else {
            debug_assert!(false, "who takes from a depot calls there");
            return;
        };
        plan.take_out(instance, unit, &[at], removed);
    }
}
