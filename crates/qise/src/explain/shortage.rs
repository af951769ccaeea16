//! What is short in the depots where an unserved need would find what it asks for.

use crate::model::{DepotId, GoodId, Handling, NeedId, Problem, Time};
use crate::plan::Plan;

/// Goods that no depot has left for a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The kind.
    pub good: GoodId,
    /// The depot that has most left of it.
    pub depot: DepotId,
    /// How much less than the need asks for.
    pub short: i64,
    /// From when on: the first moment at which the need could be served.
    pub from: Time,
}

/// The first kind of which a need asks for more than any depot has left in a plan; nothing where depots have enough, or people bring it.
pub(super) fn shortage(problem: &Problem, plan: &Plan, need: NeedId) -> Option<Shortage> {
    let from = problem.windows(need).first().map_or(Time::MIN, |window| window.from);
    let asked = problem.need(need).goods.iter().filter(|supply| supply.handling != Handling::Collect);
    asked.map(|supply| supply.what).find_map(|what| {
        let brings =
            |unit| problem.carries(unit).any(|own| own.good == what.good && own.amount >= what.amount);
        if problem.units().iter().any(brings) {
            return None;
        }
        let depots = problem.depots().iter().enumerate().map(|(d, _)| DepotId::new(d));
        let left = depots.filter_map(|depot| Some((left(problem, plan, depot, what.good, from)?, depot)));
        let (most, depot) = left.max_by_key(|&(left, depot)| (left, std::cmp::Reverse(depot)))?;
        let short = what.amount - most;
        (short > 0).then_some(Shortage { good: what.good, depot, short, from })
    })
}

/// How much a depot can still give of a kind at the best moment from some moment on, for good; nothing where it keeps no such goods.
fn left(problem: &Problem, plan: &Plan, depot: DepotId, good: GoodId, from: Time) -> Option<i64> {
    let (_, stock) = problem.depot(depot).stock(good)?;
    let Some(amount) = stock.amount else { return Some(i64::MAX) };
    let calls = plan.routes.iter().flat_map(|route| &route.calls).filter(|call| call.depot == depot);
    let moves = calls.flat_map(|call| {
        let taken = call.takes.iter().filter(|taken| taken.good == good);
        let given = call.gives.iter().filter(|given| given.good == good);
        taken.map(|t| (call.start, -t.amount)).chain(given.map(|g| (call.end, g.amount)))
    });
    let mut moves = moves.chain(stock.restocks.iter().map(|more| (more.at, more.amount))).collect::<Vec<_>>();
    moves.sort_unstable_by_key(|&(at, amount)| (at, amount < 0));
    // What is there after each move; who takes some at a moment leaves less for all that follows.
    let mut balance = amount;
    let mut balances = vec![(Time::MIN, balance)];
    for (at, amount) in moves {
        balance = balance.saturating_add(amount);
        balances.push((at, balance));
    }
    let mut least = i64::MAX;
    let mut best = 0;
    for k in (0..balances.len()).rev() {
        least = least.min(balances[k].1);
        best = best.max(least);
        if balances[k].0 <= from {
            break;
        }
    }
    Some(best)
}
