//! Goods on a route, from call to call, and what depots have at every moment.

use std::collections::BTreeMap;

use super::judge::Judge;
use super::route::{in_range, known};
use crate::model::{Amount, Depot, DepotId, GoodId, Handling, Rule, Seconds, Time, Unit};
use crate::plan::{Call, Plan, Route, Step};
use crate::{Text, text};

impl Judge<'_> {
    /// A call alone: its time, and goods that the depot keeps.
    pub(super) fn call(&mut self, path: &str, call: &Call, depot: &Depot) {
        let open = depot.windows.is_empty() || depot.windows.iter().any(|w| w.contains(call.start));
        if !open {
            let at = call.start;
            self.broken(format!("{path}.start"), Rule::DepotClosed, text!("call at {at}", "停靠于 {at}"));
        }
        let takes = depot.service;
        if call.end - call.start != takes {
            let is: Seconds = call.end - call.start;
            let detail = text!("{is} instead of {takes}", "{is},应为 {takes}");
            self.broken(format!("{path}.end"), Rule::WrongService, detail);
        }
        for (name, list) in [("takes", &call.takes), ("gives", &call.gives)] {
            for (k, amount) in list.iter().enumerate() {
                let path = format!("{path}.{name}[{k}]");
                let Some(good) = self.problem.goods().get(amount.good.index()) else {
                    let number = amount.good.0;
                    let detail = text!("kind number {number}", "物资序号 {number}");
                    self.broken(path, Rule::UnknownId, detail);
                    continue;
                };
                let kept = depot.stocks.iter().any(|stock| stock.good == amount.good);
                let listed_before = list[..k].iter().any(|other| other.good == amount.good);
                if !kept || amount.amount < 0 || listed_before {
                    self.broken(path, Rule::NotKept, Text::same(good.key.clone()));
                }
            }
        }
    }

    /// What is on board from call to call: enough for every visit, and nothing left that must come back.
    pub(super) fn goods(&mut self, path: &str, route: &Route, unit: &Unit) {
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
                            let path = format!("{path}.calls[{c}].gives[{k}]");
                            self.broken(path, Rule::NotKept, self.name(given.good));
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
                            let (what, short) = (self.name(supply.what.good), -left);
                            let (en, zh) = (what.en, what.zh);
                            let detail = text!("{en}: {short} short", "{zh}:缺 {short}");
                            self.broken(format!("{path}.visits[{v}].need"), Rule::GoodsMissing, detail);
                        }
                    }
                }
                Step::Visit(..) => {}
            }
        }
        for (good, left) in on_board {
            let comes_back = problem.goods().get(good.index()).is_some_and(|good| good.comes_back);
            if comes_back && left > own.get(&good).copied().unwrap_or(0) {
                self.broken(format!("{path}.finish"), Rule::GoodsKept, self.name(good));
            }
        }
        let most = problem.volunteer(unit.volunteer).shifts[unit.shift as usize].most_calls;
        if let Some(most) = most.filter(|&most| calls > most as usize) {
            let detail = text!("{calls}, at most {most}", "{calls},最多 {most}");
            self.broken(format!("{path}.calls"), Rule::TooManyCalls, detail);
        }
    }

    fn name(&self, good: GoodId) -> Text {
        let number = good.0;
        let known = self.problem.goods().get(good.index()).map(|good| Text::same(good.key.clone()));
        known.unwrap_or_else(|| text!("kind number {number}", "物资序号 {number}"))
    }

    /// No depot ever has less than nothing. What is taken is gone when the call starts, what is given is there when it ends.
    pub(super) fn stocks(&mut self, plan: &Plan) {
        type Moves = Vec<(Time, i64, Option<String>)>;
        let mut moves: BTreeMap<(DepotId, GoodId), Moves> = BTreeMap::new();
        for (r, route) in plan.routes.iter().enumerate() {
            if route.unit.index() >= self.problem.units().len() || route.visits.is_empty() || !in_range(route)
            {
                continue;
            }
            for (c, call) in route.calls.iter().enumerate() {
                for (k, taken) in call.takes.iter().enumerate() {
                    let path = format!("$.routes[{r}].calls[{c}].takes[{k}]");
                    let list = moves.entry((call.depot, taken.good)).or_default();
                    list.push((call.start, taken.amount.saturating_neg(), Some(path)));
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
                for (_, amount, path) in list {
                    left = left.saturating_add(amount);
                    if let Some(path) = path.filter(|_| left < 0) {
                        let (key, good, short) = (&depot.key, self.name(stock.good), -left);
                        let (en, zh) = (good.en, good.zh);
                        let detail = text!("{key}: {en}: {short} short", "{key}:{zh} 缺 {short}");
                        self.broken(path, Rule::OutOfStock, detail);
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
