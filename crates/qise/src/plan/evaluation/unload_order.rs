//! What lies on top of what, where only the last that was loaded can be unloaded.

use std::collections::BTreeMap;

use super::judge::{Judge, known};
use crate::model::{Amount, GoodId, Handling, NeedId, Rule, Unit, Unload};
use crate::plan::{CallPart, Detail, Location, Route, Step, VisitPart};

/// What was loaded at one stop, all of it within reach while nothing lies on top.
enum Layer {
    Ride(NeedId),
    Goods(BTreeMap<GoodId, i64>),
}

/// What was loaded on the way, the last on top. Below is what the unit set out with, loaded in whichever order suits it.
#[derive(Default)]
struct Stack(Vec<Layer>);

impl Judge<'_> {
    /// One violation for each visit or call at which something is unloaded that lies below something else.
    pub(super) fn unload_order(&mut self, r: usize, route: &Route, unit: &Unit) {
        let problem = self.problem;
        let order = match unit.vehicle {
            Some(vehicle) => problem.vehicles()[vehicle.index()].unload,
            None => problem.volunteer(unit.volunteer).unload,
        };
        if order == Unload::AnyOrder {
            return;
        }
        let mut stack = Stack::default();
        for step in route.steps() {
            match step {
                Step::Call(c, call) => {
                    for (k, given) in call.gives.iter().enumerate() {
                        if let Some(top) = stack.take(*given) {
                            let at = Location::Call { route: r, call: c, part: CallPart::Gives(k) };
                            self.broken(at, Rule::UnloadOrder, top);
                        }
                    }
                    stack.load(&call.takes);
                }
                Step::Visit(v, visit) if known(problem, visit) => {
                    let need = problem.need(visit.need);
                    let is_last = self.is_last_stop(visit.need, visit);
                    let has_load =
                        need.roles[usize::from(visit.role)].load.iter().any(|load| load.amount > 0);
                    let mut top = if need.is_ride() && is_last {
                        stack.set_down(visit.need)
                    } else if !need.is_ride() && has_load {
                        stack.top()
                    } else {
                        None
                    };
                    let of = |handling| need.goods.iter().filter(move |supply| supply.handling == handling);
                    for supply in of(Handling::Deliver) {
                        let below = stack.take(supply.what);
                        top = top.or(below);
                    }
                    stack.load(&of(Handling::Collect).map(|supply| supply.what).collect::<Vec<_>>());
                    if need.is_ride() && Self::is_first_stop(visit) {
                        stack.0.push(Layer::Ride(visit.need));
                    }
                    if let Some(top) = top {
                        let at = Location::Visit { route: r, visit: v, part: VisitPart::Need };
                        self.broken(at, Rule::UnloadOrder, top);
                    }
                }
                Step::Visit(..) => {}
            }
        }
    }
}

impl Stack {
    /// What is on top of all that the unit set out with.
    fn top(&mut self) -> Option<Detail> {
        while let Some(Layer::Goods(goods)) = self.0.last() {
            if goods.values().any(|&amount| amount > 0) {
                break;
            }
            self.0.pop();
        }
        match self.0.last()? {
            Layer::Ride(need) => Some(Detail::Need(*need)),
            Layer::Goods(goods) => {
                goods.iter().find(|(_, amount)| **amount > 0).map(|(&good, _)| Detail::Good(good))
            }
        }
    }

    fn load(&mut self, what: &[Amount]) {
        let mut goods = BTreeMap::new();
        for amount in what {
            let on_board: &mut i64 = goods.entry(amount.good).or_default();
            *on_board = on_board.saturating_add(amount.amount.max(0));
        }
        self.0.push(Layer::Goods(goods));
    }

    /// Ends a ride; what lies on top of it, if anything does.
    fn set_down(&mut self, ride: NeedId) -> Option<Detail> {
        let top = self.top();
        let is_this = |layer: &Layer| matches!(layer, Layer::Ride(need) if *need == ride);
        let is_good = self.0.last().is_some_and(is_this);
        self.0.retain(|layer| !is_this(layer));
        top.filter(|_| !is_good)
    }

    /// Unloads goods; what lies on top of them, if anything does. What is on no stack was on board when the unit set out.
    fn take(&mut self, what: Amount) -> Option<Detail> {
        let mut left = what.amount;
        let mut on_top = None;
        while left > 0 {
            let top = self.top();
            let place = self.0.iter_mut().enumerate().rev().find_map(|(place, layer)| match layer {
                Layer::Goods(goods) => goods.get_mut(&what.good).filter(|is| **is > 0).map(|is| (place, is)),
                Layer::Ride(_) => None,
            });
            let Some((place, is)) = place else { return on_top.or(top) };
            let some = left.min(*is);
            *is -= some;
            left -= some;
            if place + 1 < self.0.len() {
                on_top = on_top.or(top);
            }
        }
        on_top
    }
}
