//! What lies on top of what on a route, where only the last that was loaded can be unloaded.

use super::Route;
use super::goods_transfers::{GoodsTransfers, Transfer};
use crate::model::{GoodId, Handling, SlotId, UnitId, Unload};
use crate::solve::instance::Instance;

/// What was loaded on the way, the last on top: a ride by its first slot, or so much of a kind of goods with the number of the stop.
#[derive(Clone, Copy, Debug)]
enum Load {
    Ride(SlotId),
    Goods { stop: usize, good: GoodId, amount: i64 },
}

impl Route {
    /// Whether everything is within reach where it is unloaded, as goods are planned to change hands.
    pub(crate) fn unloads_in_order(&self, instance: &Instance<'_>, unit: UnitId) -> bool {
        instance.unit(unit).unload == Unload::AnyOrder
            || is_in_order(instance, &self.visits, &self.goods.planned.transfers)
    }

    /// Whether the load of a single stop, which is on board from the start, is within reach before visit number `at`.
    #[inline]
    pub(crate) fn is_in_reach(&self, instance: &Instance<'_>, unit: UnitId, slot: SlotId, at: usize) -> bool {
        instance.unit(unit).unload == Unload::AnyOrder
            || !instance.brings_load(slot)
            || self.would_be_in_order(instance, unit, slot, at)
    }

    fn would_be_in_order(&self, instance: &Instance<'_>, unit: UnitId, slot: SlotId, at: usize) -> bool {
        let mut visits = self.visits.clone();
        visits.insert(at, slot);
        let mut goods = GoodsTransfers::default();
        goods.plan_transfers(instance, unit, &visits).is_ok()
            && is_in_order(instance, &visits, &goods.transfers)
    }
}

fn is_in_order(instance: &Instance<'_>, visits: &[SlotId], transfers: &[Transfer]) -> bool {
    let mut stack: Vec<Load> = Vec::new();
    let mut transfers = transfers.iter().peekable();
    for (v, &slot) in visits.iter().enumerate() {
        let mut taken = Vec::new();
        while let Some(moved) = transfers.next_if(|moved| moved.at as usize == v) {
            if moved.amount > 0 {
                taken.push((moved.good, moved.amount));
            } else if !take(&mut stack, moved.good, -moved.amount) {
                return false;
            }
        }
        load(&mut stack, v, &taken);
        if instance.is_depot_visit(slot) {
            continue;
        }
        let flat = instance.slot(slot);
        if instance.is_ride(slot) {
            let lead = instance.lead(slot);
            let is_last = flat.stop + 1 == flat.stops;
            if is_last && !matches!(stack.pop(), Some(Load::Ride(top)) if top == lead) {
                return false;
            }
        } else if instance.brings_load(slot) && !stack.is_empty() {
            return false;
        }
        let asks = instance.depot_calls.asks(slot);
        let delivers = asks.iter().filter(|ask| ask.handling == Handling::Deliver);
        if !delivers.into_iter().all(|ask| take(&mut stack, ask.good, ask.amount)) {
            return false;
        }
        let collected = asks.iter().filter(|ask| ask.handling == Handling::Collect);
        load(&mut stack, v, &collected.map(|ask| (ask.good, ask.amount)).collect::<Vec<_>>());
        if instance.is_ride(slot) && flat.stop == 0 {
            stack.push(Load::Ride(slot));
        }
    }
    true
}

/// Loads goods at a stop. All that is loaded at one stop is within reach together.
fn load(stack: &mut Vec<Load>, stop: usize, goods: &[(GoodId, i64)]) {
    let some = goods.iter().filter(|&&(_, amount)| amount > 0);
    stack.extend(some.map(|&(good, amount)| Load::Goods { stop, good, amount }));
}

/// Unloads goods; whether they are within reach. What is on no stack was on board when the unit set out, below everything else.
fn take(stack: &mut Vec<Load>, good: GoodId, mut left: i64) -> bool {
    while left > 0 {
        let on_top = match stack.last() {
            None => return true,
            Some(Load::Ride(_)) => return false,
            Some(&Load::Goods { stop, .. }) => stop,
        };
        let reach =
            stack.iter().rposition(|load| !matches!(load, Load::Goods { stop, .. } if *stop == on_top));
        let reach = reach.map_or(0, |below| below + 1);
        let found = stack[reach..]
            .iter()
            .position(|load| matches!(load, Load::Goods { good: is, .. } if *is == good));
        let Some(at) = found.map(|at| at + reach) else { return false };
        let Load::Goods { amount, .. } = &mut stack[at] else { return false };
        let some = left.min(*amount);
        (*amount, left) = (*amount - some, left - some);
        if *amount == 0 {
            stack.remove(at);
        }
    }
    true
}

#[cfg(test)]
mod tests;
