//! What is on board of a route, from visit to visit, and what changes hands at its calls.
//!
//! A load goes to a single stop from the start of the route, and with a ride from its first stop to its last. Without rides a route is too
//! heavy or not, whatever its order. A dimension that a person does not list is one of which the person carries nothing.

use super::Route;
use super::goods_transfers::Transfer;
use crate::model::{GoodId, Handling, SlotId, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::state::StockChange;

impl Route {
    /// Works out what is on board visit by visit; false where that is too much.
    pub(crate) fn compute_loads(&mut self, instance: &Instance<'_>, unit: UnitId) -> bool {
        let dimensions = instance.loads.dimensions;
        if dimensions == 0 {
            return true;
        }
        self.loads.on_board.extend_from_slice(&self.loads.at_start);
        for own in instance.depot_calls.all_own(unit) {
            for (on_board, weight) in
                self.loads.on_board.iter_mut().zip(&instance.depot_calls.weights[own.good.index()])
            {
                *on_board += weight * own.amount;
            }
        }
        if self
            .loads
            .on_board
            .iter()
            .zip(instance.loads.capacities(unit))
            .any(|(on_board, most)| on_board > most)
        {
            return false;
        }
        let mut next = 0;
        for v in 0..self.visits.len() {
            for d in 0..dimensions {
                self.loads
                    .on_board
                    .push(self.loads.on_board[v * dimensions + d] + instance.load_change(self.visits[v], d));
            }
            while let Some(&Transfer { good, amount, .. }) =
                self.goods.planned.transfers.get(next).filter(|m| m.at as usize == v)
            {
                self.add_goods(instance, v, good, amount);
                next += 1;
            }
            for d in 0..dimensions {
                // A load on the way to where it goes is heaviest before it is left there.
                if self.loads.on_board[(v + 1) * dimensions + d] > instance.loads.capacities(unit)[d] {
                    self.goods.unsupplied = self.last_with_goods(instance);
                    return false;
                }
            }
            for ask in instance.depot_calls.asks(self.visits[v]) {
                match ask.handling {
                    Handling::Deliver => self.add_goods(instance, v, ask.good, -ask.amount),
                    Handling::Collect => self.add_goods(instance, v, ask.good, ask.amount),
                    Handling::Carry => {}
                }
            }
            for d in 0..dimensions {
                if self.loads.on_board[(v + 1) * dimensions + d] > instance.loads.capacities(unit)[d] {
                    self.goods.unsupplied = self.last_with_goods(instance);
                    return false;
                }
            }
        }
        true
    }

    /// What is on board after a visit grows by so much of a kind.
    fn add_goods(&mut self, instance: &Instance<'_>, v: usize, good: GoodId, amount: i64) {
        let on_board = &mut self.loads.on_board[(v + 1) * instance.loads.dimensions..];
        for (on_board, weight) in on_board.iter_mut().zip(&instance.depot_calls.weights[good.index()]) {
            *on_board += weight * amount;
        }
    }

    fn last_with_goods(&self, instance: &Instance<'_>) -> Option<usize> {
        self.visits.iter().rposition(|&slot| !instance.depot_calls.asks(slot).is_empty())
    }

    /// Works out what changes hands at the calls; false where some visit cannot have what it asks for, or it is not within reach.
    pub(crate) fn supply(&mut self, instance: &Instance<'_>, unit: UnitId) -> bool {
        self.supply_goods(instance, unit) && self.unloads_in_order(instance, unit)
    }

    fn supply_goods(&mut self, instance: &Instance<'_>, unit: UnitId) -> bool {
        if instance.depot_calls.is_empty() {
            return true;
        }
        if let Err(visit) = self.goods.planned.plan_transfers(instance, unit, &self.visits) {
            self.goods.unsupplied = Some(visit);
            return false;
        }
        let calls = self.visits.iter().filter(|&&slot| instance.is_depot_visit(slot)).count();
        if calls > instance.depot_calls.most(unit) {
            self.goods.unsupplied = self.last_with_goods(instance);
            return false;
        }
        for m in &self.goods.planned.transfers {
            let call = instance.depot_calls.of(self.visits[m.at as usize]);
            if let Some(shelf) = call.and_then(|call| call.stock(m.good)) {
                self.goods.dated |= instance.depot_calls.stocks[shelf as usize].timed;
                self.goods.stock_changes.push(StockChange { stock: shelf, at: Time(0), amount: -m.amount });
            }
        }
        true
    }

    /// Works out what is on board, whatever the times; false where a visit cannot have what it asks for, or it is too much.
    pub(crate) fn plan_transfers(&mut self, instance: &Instance<'_>, unit: UnitId) -> bool {
        self.loads.at_start.clear();
        self.loads.at_start.resize(instance.loads.dimensions, 0);
        self.loads.on_board.clear();
        self.goods.stock_changes.clear();
        self.goods.dated = false;
        for &slot in self.visits.iter().filter(|&&slot| !instance.is_ride(slot)) {
            for (sum, load) in self.loads.at_start.iter_mut().zip(instance.loads.of(slot)) {
                *sum += load;
            }
        }
        self.supply(instance, unit) && self.compute_loads(instance, unit)
    }

    /// Says when what is taken from depots is taken, and when what is given is there.
    pub(crate) fn date_stock_changes(&mut self, instance: &Instance<'_>, starts: &[Time]) {
        let mut entries = self.goods.stock_changes.iter_mut();
        for m in &self.goods.planned.transfers {
            let slot = self.visits[m.at as usize];
            let Some(shelf) = instance.depot_calls.of(slot).and_then(|call| call.stock(m.good)) else {
                continue;
            };
            let Some(entry) = entries.next() else { return };
            if instance.depot_calls.stocks[shelf as usize].timed {
                let end = starts[m.at as usize] + instance.slot(slot).service;
                entry.at = if m.amount > 0 { starts[m.at as usize] } else { end };
            }
        }
    }

    /// Whether the load of a ride fits on board between visit number `at - 1`, or the start, and the next.
    pub(crate) fn fits_on_board(
        &self,
        instance: &Instance<'_>,
        unit: UnitId,
        at: usize,
        slot: SlotId,
    ) -> bool {
        let dimensions = instance.loads.dimensions;
        let on_board = self.loads.on_board.get(at * dimensions..(at + 1) * dimensions).unwrap_or(&[]);
        let fits = |(d, &load): (usize, &i64)| {
            // Who stays at home has on board what the unit carries anyway.
            let is = on_board.get(d).copied().unwrap_or_else(|| instance.depot_calls.own_weight(unit, d));
            is + load <= instance.loads.capacities(unit)[d]
        };
        instance.loads.of(slot).iter().enumerate().all(fits)
    }

    /// The last position at which a single stop can be made, for all that is on board until then.
    #[inline]
    pub(crate) fn room_for(&self, instance: &Instance<'_>, unit: UnitId, slot: SlotId) -> usize {
        // What goes to a single stop is on board until then, beside what rides carry.
        if instance.features.unloads { self.room_until(instance, unit, slot) } else { usize::MAX }
    }

    fn room_until(&self, instance: &Instance<'_>, unit: UnitId, slot: SlotId) -> usize {
        (1..=self.visits.len())
            .find(|&at| !self.fits_on_board(instance, unit, at, slot))
            .map_or(usize::MAX, |at| at - 1)
    }

    /// Whether no ride is under way between visit number `at - 1` and the next.
    pub(crate) fn is_open(&self, instance: &Instance<'_>, at: usize) -> bool {
        let (head, tail) = self.visits.split_at(at);
        let parted =
            |&slot: &SlotId| instance.is_ride(slot) && instance.crew(slot).any(|stop| tail.contains(&stop));
        !head.iter().any(parted)
    }
}

#[cfg(test)]
mod tests;
