//! Goods on a route, from call to call, and what depots have at every moment.

use std::collections::BTreeMap;

use super::judge::{Judge, known};
use super::route::in_range;
use crate::model::{Amount, DepotId, GoodId, Handling, Rule, Time, Unit};
use crate::plan::{Call, CallPart, Detail, Location, Plan, Quantity, Route, RoutePart, Step, VisitPart};

impl Judge<'_> {
    /// A call alone: its time, and goods that the depot keeps.
    pub(super) fn call(&mut self, at: impl Fn(CallPart) -> Location, call: &Call) {
        let problem = self.problem;
        let depot = problem.depot(call.depot);
        let open = depot.windows.is_empty() || depot.windows.iter().any(|w| w.contains(call.start));
        if !open {
            self.broken(at(CallPart::Start), Rule::DepotClosed, Detail::At(call.start));
        }
        let takes = depot.service;
        if call.end - call.start != takes {
            let detail = Detail::Length { is: call.end - call.start, due: takes };
            self.broken(at(CallPart::End), Rule::WrongService, detail);
        }
        let takes = (0..call.takes.len()).map(|k| (CallPart::Takes(k), &call.takes[..=k]));
        let gives = (0..call.gives.len()).map(|k| (CallPart::Gives(k), &call.gives[..=k]));
        for (part, list) in takes.chain(gives) {
            let [before @ .., amount] = list else { continue };
            if amount.good.index() >= problem.goods().len() {
                self.broken(at(part), Rule::UnknownId, Detail::Good(amount.good));
                continue;
            }
            let kept = depot.stocks.iter().any(|stock| stock.good == amount.good);
            let listed_before = before.iter().any(|other| other.good == amount.good);
            if !kept || amount.amount < 0 || listed_before {
                self.broken(at(part), Rule::NotKept, Detail::Good(amount.good));
            }
        }
    }

    /// What is on board from call to call: enough for every visit, and nothing left that must come back.
    pub(super) fn goods(&mut self, r: usize, route: &Route, unit: &Unit) {
        let problem = self.problem;
        let mut on_board: BTreeMap<GoodId, i64> = BTreeMap::new();
        for own in problem.carries(unit) {
            *on_board.entry(own.good).or_default() += own.amount;
        }
        let own = on_board.clone();
        let mut calls = 0_usize;
        for step in route.steps() {
            match step {
                Step::Call(c, call) => {
                    calls += 1;
                    for (k, given) in call.gives.iter().enumerate() {
                        if take(&mut on_board, *given) < 0 {
                            let at = Location::Call { route: r, call: c, part: CallPart::Gives(k) };
                            self.broken(at, Rule::NotKept, Detail::Good(given.good));
                        }
                    }
                    for taken in &call.takes {
                        give(&mut on_board, *taken);
                    }
                }
                Step::Visit(v, visit) if known(problem, visit) => {
                    for supply in &problem.need(visit.need).goods {
                        let left = match supply.handling {
                            Handling::Deliver => take(&mut on_board, supply.what),
                            Handling::Carry => {
                                on_board.get(&supply.what.good).copied().unwrap_or(0) - supply.what.amount
                            }
                            Handling::Collect => give(&mut on_board, supply.what),
                        };
                        if left < 0 {
                            let at = Location::Visit { route: r, visit: v, part: VisitPart::Need };
                            let detail = Detail::GoodsShort { good: supply.what.good, short: -left };
                            self.broken(at, Rule::GoodsMissing, detail);
                        }
                    }
                }
                Step::Visit(..) => {}
            }
        }
        for (good, left) in on_board {
            let comes_back = problem.goods().get(good.index()).is_some_and(|good| good.comes_back);
            if comes_back && left > own.get(&good).copied().unwrap_or(0) {
                self.route_broken(r, RoutePart::Finish, Rule::GoodsKept, Detail::Good(good));
            }
        }
        let most = problem.volunteer(unit.volunteer).shifts[unit.shift as usize].most_calls;
        if let Some(most) = most.filter(|&most| calls > most as usize) {
            let (is, limit) = (Quantity::Count(calls as i64), Quantity::Count(most.into()));
            self.route_broken(r, RoutePart::Calls, Rule::TooManyCalls, Detail::AtMost { is, limit });
        }
    }

    /// No depot ever has less than nothing. What is taken is gone when the call starts, what is given is there when it ends.
    pub(super) fn stocks(&mut self, plan: &Plan) {
        type Moves = Vec<(Time, i64, Option<Location>)>;
        let mut moves: BTreeMap<(DepotId, GoodId), Moves> = BTreeMap::new();
        for (r, route) in plan.routes.iter().enumerate() {
            if route.unit.index() >= self.problem.units().len() || route.visits.is_empty() || !in_range(route)
            {
                continue;
            }
            for (c, call) in route.calls.iter().enumerate() {
                for (k, taken) in call.takes.iter().enumerate() {
                    let at = Location::Call { route: r, call: c, part: CallPart::Takes(k) };
                    let list = moves.entry((call.depot, taken.good)).or_default();
                    list.push((call.start, taken.amount.saturating_neg(), Some(at)));
                }
                for given in &call.gives {
                    let list = moves.entry((call.depot, given.good)).or_default();
                    list.push((call.end, given.amount, None));
                }
            }
        }
        for (d, depot) in self.problem.depots().iter().enumerate() {
            for stock in &depot.stocks {
                let Some(mut left) = stock.amount else { continue };
                let Some(mut list) = moves.remove(&(DepotId::new(d), stock.good)) else { continue };
                list.extend(stock.restocks.iter().map(|restock| (restock.at, restock.amount, None)));
                // What comes in at a moment is there for those who take at that moment.
                list.sort_by_key(|&(at, amount, _)| (at, amount < 0));
                for (_, amount, at) in list {
                    left = left.saturating_add(amount);
                    if let Some(at) = at.filter(|_| left < 0) {
                        let (depot, good) = (DepotId::new(d), stock.good);
                        let detail = Detail::StockShort { depot, good, short: -left };
                        self.broken(at, Rule::OutOfStock, detail);
                        break;
                    }
                }
            }
        }
    }
}

/// Takes goods from on board; what is left of the kind.
fn take(on_board: &mut BTreeMap<GoodId, i64>, what: Amount) -> i64 {
    let left = on_board.entry(what.good).or_default();
    *left = left.saturating_sub(what.amount);
    *left
}

/// Takes goods on board; what there is of the kind then.
fn give(on_board: &mut BTreeMap<GoodId, i64>, what: Amount) -> i64 {
    let left = on_board.entry(what.good).or_default();
    *left = left.saturating_add(what.amount);
    *left
}
