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

#[cfg(test)]
mod tests {
    use super::continuity_penalty;
    use crate::model::{LinkRule, SlotId, Term, UnitId};
    use crate::solve::state::WorkingPlan;
    use crate::tests::{built, instance, line, link, need, person, weighing};

    #[test]
    fn each_stranger_counts_where_both_needs_are_served() {
        let mut data = line(&[0]);
        data.objective = weighing(&[(Term::Preferences, 1)]);
        for _ in 0..3 {
            person(&mut data, 0, (0, 100));
        }
        need(&mut data, 0, (0, 90), 1);
        need(&mut data, 0, (0, 90), 1).roles[0].count = 2;
        data.links = vec![link(0, 1, LinkRule::SamePerson { price: Some(7) })];
        let problem = built(&data);
        let instance = instance(&problem);
        // The first need is slot 0, the second slots 1 and 2.
        let penalty = |routes: &[(u32, &[u32])]| {
            let mut plan = WorkingPlan::new(&instance);
            for &(unit, visits) in routes {
                for &slot in visits {
                    let at = plan.route(UnitId(unit)).visits.len();
                    assert!(plan.insert(&instance, SlotId(slot), UnitId(unit), at));
                }
            }
            continuity_penalty(&plan, &problem)
        };
        assert_eq!(penalty(&[(0, &[1]), (1, &[2])]), 0, "nobody serves the first");
        assert_eq!(penalty(&[(0, &[0])]), 0, "nobody serves the second");
        assert_eq!(penalty(&[(0, &[0, 1]), (1, &[2])]), 7);
        assert_eq!(penalty(&[(0, &[0]), (1, &[1]), (2, &[2])]), 14);
    }
}
