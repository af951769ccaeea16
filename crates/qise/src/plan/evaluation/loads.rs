//! What is on board of a route, stop by stop, against what the person can carry.

use std::collections::BTreeMap;

use super::judge::{Judge, known};
use crate::model::{DimensionId, Handling, Rule, Unit};
use crate::plan::{Detail, Route, RoutePart, Step};

impl Judge<'_> {
    /// One violation for each dimension of which too much is on board at some time.
    ///
    /// What goes to a single stop is on board from the start of the route to that stop, what a ride carries from its first stop to its
    /// last. Goods are on board from the start, or the call at which they are taken, to where they are left.
    pub(super) fn loads(&mut self, r: usize, route: &Route, unit: &Unit) {
        let problem = self.problem;
        let mut on_board: BTreeMap<DimensionId, i64> = BTreeMap::new();
        let mut most_on_board: BTreeMap<DimensionId, i64> = BTreeMap::new();
        // Only a plan that lists one need a million times could leave the range.
        let add = |on_board: &mut BTreeMap<DimensionId, i64>, dimension, amount: i64| {
            let sum = on_board.entry(dimension).or_default();
            *sum = sum.saturating_add(amount);
            *sum
        };
        let mut change = |dimension, amount: i64| {
            let sum = add(&mut on_board, dimension, amount);
            let most = most_on_board.entry(dimension).or_default();
            *most = sum.max(*most);
        };
        let goods = |change: &mut dyn FnMut(DimensionId, i64), good: usize, amount: i64| {
            for load in problem.goods().get(good).into_iter().flat_map(|good| &good.load) {
                change(load.dimension, load.amount.saturating_mul(amount));
            }
        };
        for visit in route.visits.iter().filter(|visit| known(problem, visit)) {
            let need = problem.need(visit.need);
            for load in need.roles[usize::from(visit.role)].load.iter().filter(|_| !need.is_ride()) {
                change(load.dimension, load.amount);
            }
        }
        for own in problem.carries(unit) {
            goods(&mut change, own.good.index(), own.amount);
        }
        for step in route.steps() {
            match step {
                Step::Call(_, call) => {
                    for given in &call.gives {
                        goods(&mut change, given.good.index(), given.amount.saturating_neg());
                    }
                    for taken in &call.takes {
                        goods(&mut change, taken.good.index(), taken.amount);
                    }
                }
                Step::Visit(_, visit) if known(problem, visit) => {
                    let need = problem.need(visit.need);
                    let is_last = self.is_last_stop(visit.need, visit);
                    for load in &need.roles[usize::from(visit.role)].load {
                        match (need.is_ride(), Self::is_first_stop(visit), is_last) {
                            (true, true, _) => change(load.dimension, load.amount),
                            (_, _, true) => change(load.dimension, -load.amount),
                            _ => {}
                        }
                    }
                    // What is left there makes room for what is taken along.
                    for (handling, sign) in [(Handling::Deliver, -1), (Handling::Collect, 1)] {
                        for supply in need.goods.iter().filter(|supply| supply.handling == handling) {
                            goods(&mut change, supply.what.good.index(), sign * supply.what.amount);
                        }
                    }
                }
                Step::Visit(..) => {}
            }
        }
        let capacity = match unit.vehicle {
            Some(vehicle) => &problem.vehicles()[vehicle.index()].capacity,
            None => &problem.volunteer(unit.volunteer).capacity,
        };
        for (dimension, sum) in most_on_board {
            let own = capacity.iter().find(|load| load.dimension == dimension);
            let most = own.map_or(0, |load| load.amount);
            if sum > most {
                let detail = Detail::Load { dimension, is: sum, most };
                self.route_broken(r, RoutePart::Whole, Rule::Overload, detail);
            }
        }
    }
}
