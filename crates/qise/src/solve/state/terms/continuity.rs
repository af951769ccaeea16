//! People who come to a need although others serve what the same people should.

use crate::model::{NeedId, Problem, VolunteerId};
use crate::solve::state::WorkingPlan;

/// Prices of people who serve a need but not another that the same should. Counted anew each time: only routes as a whole tell.
pub(crate) fn continuity_penalty(plan: &WorkingPlan, problem: &Problem) -> i64 {
    let prices = problem.acquaintances().iter().map(|&(from, to, price)| {
        let (known, come) = (volunteers_of(plan, problem, from), volunteers_of(plan, problem, to));
        let mut known = known.peekable();
        if known.peek().is_none() {
            return 0;
        }
        let known = known.collect::<Vec<_>>();
        come.filter(|who| !known.contains(who)).count() as i64 * i64::from(price)
    });
    prices.fold(0, i64::saturating_add)
}

/// Everybody who comes to a need, parties included.
fn volunteers_of(plan: &WorkingPlan, problem: &Problem, need: NeedId) -> impl Iterator<Item = VolunteerId> {
    // Who makes the first stop of a ride makes all.
    let slots = problem.slots_of(need).filter(|&slot| problem.slot(slot).stop == 0);
    let units = slots.filter_map(|slot| plan.unit_of(slot));
    let people = units.flat_map(|unit| std::iter::once(unit).chain(plan.route(unit).company.iter().copied()));
    people.map(|unit| problem.unit(unit).volunteer)
}
