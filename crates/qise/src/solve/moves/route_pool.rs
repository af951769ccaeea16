//! Routes that good plans were made of, kept so that a better plan can be picked from them.

use rustc_hash::FxHashMap;

use crate::model::{SlotId, Term, UnitId};
use crate::solve::instance::Instance;
use crate::solve::state::WorkingPlan;

/// A route that some plan had.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// The representative of the units that can drive it.
    pub(crate) leader: UnitId,
    pub(crate) visits: Box<[SlotId]>,
    /// The same without calls at depots, where there are any.
    needs: Option<Box<[SlotId]>>,
    /// What it costs in units of the weighted cost, by itself.
    pub(crate) cost: i64,
}

impl Column {
    /// Its visits, calls at depots apart.
    pub(crate) fn needs(&self) -> &[SlotId] {
        self.needs.as_deref().unwrap_or(&self.visits)
    }
}

/// Routes, for each class of units and set of needs the cheapest.
#[derive(Clone, Debug)]
pub(crate) struct RoutePool {
    columns: Vec<Column>,
    /// Where the column of a class and a set is.
    at: FxHashMap<u64, u32>,
    most: usize,
    /// Where the next column goes once the pool is full.
    next: usize,
    keys: Vec<u64>,
}

impl RoutePool {
    /// An empty pool for at most so many routes; when it is full the oldest give way.
    pub(crate) fn new(most: usize) -> Self {
        Self { columns: Vec::new(), at: FxHashMap::default(), most, next: 0, keys: Vec::new() }
    }

    pub(crate) fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Adds the route of `unit` as it is in `plan`.
    pub(crate) fn add(&mut self, instance: &Instance<'_>, plan: &WorkingPlan, unit: UnitId) -> Option<usize> {
        let route = plan.route(unit);
        if !route.out || self.most == 0 {
            return None;
        }
        let leader = instance.units.identical.representative(unit);
        let people = instance.weights.of(Term::People);
        let load = instance.weights.of(Term::Load);
        let mut cost = route.totals.cost(instance) + people;
        if load != 0 {
            cost += load * plan.routes().load_with(instance, unit, route.totals.work);
        }
        let visits = &route.visits;
        let calls = visits.iter().any(|&slot| instance.is_depot_visit(slot));
        let needs =
            calls.then(|| visits.iter().copied().filter(|&slot| !instance.is_depot_visit(slot)).collect());
        Some(self.insert(Column { leader, visits: visits.as_slice().into(), needs, cost }))
    }

    /// Takes over all routes of another pool, and empties it.
    pub(crate) fn absorb(&mut self, other: &mut Self) {
        other.at.clear();
        other.keys.clear();
        other.next = 0;
        for column in other.columns.drain(..) {
            self.insert(column);
        }
    }

    /// Where the column is from now on, or an equal that costs no more.
    fn insert(&mut self, column: Column) -> usize {
        let key = key_of(column.leader, column.needs());
        if let Some(&at) = self.at.get(&key) {
            let known = &mut self.columns[at as usize];
            if column.cost < known.cost {
                *known = column;
            }
            return at as usize;
        }
        let at = if self.columns.len() < self.most {
            self.columns.push(column);
            self.keys.push(key);
            self.columns.len() - 1
        } else {
            let at = self.next;
            self.next = (at + 1) % self.most;
            self.at.remove(&self.keys[at]);
            self.columns[at] = column;
            self.keys[at] = key;
            at
        };
        self.at.insert(key, at as u32);
        at
    }
}

/// A number for a class and a set of needs, whatever their order.
fn key_of(leader: UnitId, visits: &[SlotId]) -> u64 {
    let mix = |x: u64| {
        let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    };
    let set = visits.iter().fold(0_u64, |sum, slot| sum.wrapping_add(mix(u64::from(slot.0) + 1)));
    set.wrapping_add(mix(u64::from(leader.0) | 1 << 40))
}

#[cfg(test)]
mod tests;
