//! What of needs is on board from stop to stop, as a plan states it.

use std::collections::BTreeMap;

use crate::model::{Amount, GoodId, Handling, NeedId, Problem};

/// What of needs is on board at some moment of a route: rides under way, loads that are still to be brought, and goods beyond those that the
/// unit set out with.
pub(super) struct OnBoard<'p> {
    problem: &'p Problem,
    rides: usize,
    loads: usize,
    goods: BTreeMap<GoodId, i64>,
}

impl<'p> OnBoard<'p> {
    /// At the start of a route with these visits, by need and role, which are all known.
    pub(super) fn new(problem: &'p Problem, visits: impl Iterator<Item = (NeedId, u16)>) -> Self {
        let loads = visits.filter(|&(need, role)| brings_load(problem, need, role)).count();
        Self { problem, rides: 0, loads, goods: BTreeMap::new() }
    }

    /// A visit at a stop of a need.
    pub(super) fn visit(&mut self, id: NeedId, role: u16, stop: u16) {
        let need = self.problem.need(id);
        if need.is_ride() {
            self.rides += usize::from(stop == 0);
            if usize::from(stop) + 1 == need.stops.len() {
                self.rides = self.rides.saturating_sub(1);
            }
        }
        self.loads -= usize::from(brings_load(self.problem, id, role)).min(self.loads);
        for supply in &need.goods {
            match supply.handling {
                Handling::Deliver => self.add(supply.what, -1),
                Handling::Collect => self.add(supply.what, 1),
                Handling::Carry => {}
            }
        }
    }

    /// A call at a depot.
    pub(super) fn call(&mut self, takes: &[Amount], gives: &[Amount]) {
        for (list, sign) in [(takes, 1), (gives, -1)] {
            for &amount in list {
                self.add(amount, sign);
            }
        }
    }

    /// Whether nothing of a need is on board.
    pub(super) fn is_empty(&self) -> bool {
        self.rides == 0 && self.loads == 0 && self.goods.values().all(|&amount| amount <= 0)
    }

    fn add(&mut self, what: Amount, sign: i64) {
        let amount = self.goods.entry(what.good).or_default();
        *amount = amount.saturating_add(what.amount.saturating_mul(sign));
    }
}

/// Whether something is on board for a visit at a single stop from the start of the route.
fn brings_load(problem: &Problem, need: NeedId, role: u16) -> bool {
    let need = problem.need(need);
    !need.is_ride() && need.roles[usize::from(role)].load.iter().any(|load| load.amount > 0)
}
