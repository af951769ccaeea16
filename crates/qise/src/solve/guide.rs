//! One number to go by: the levels of the objective folded into a single cost.
//!
//! The search needs differences that it can weigh against a temperature; a level outweighs all that a single visit can
//! change on the levels below. The plan that is kept as best is always chosen by the exact score, level by level.

use crate::model::{Problem, Seconds, Unit, most};
use crate::plan::{Term, Terms};

/// Costs of whole plans stay below this: no term can grow beyond its share of it in any plan.
const COST_LIMIT: i128 = 1 << 60;

/// Cost of one unit of every term.
#[derive(Clone, Debug)]
pub(super) struct Guide {
    cost: [i64; Term::COUNT],
    /// Cost of the least that a level above effort can change: what the search must be able to climb at first.
    pub(super) top: i64,
}

impl Guide {
    pub(super) fn new(problem: &Problem) -> Self {
        let levels = &problem.objective().levels;
        let mut cost = [0_i64; Term::COUNT];
        let mut scale: i128 = 1;
        let mut top = 0;
        for (l, level) in levels.iter().enumerate().rev() {
            for weighted in level {
                let limit = COST_LIMIT / levels.len() as i128 / most(problem, weighted.term).max(1);
                let unit = (scale * i128::from(weighted.weight)).min(limit).max(1);
                cost[weighted.term as usize] = unit as i64;
            }
            if l + 1 < levels.len() {
                top = top.max(i64::try_from(scale).unwrap_or(i64::MAX));
            }
            let one_visit: i128 =
                level.iter().map(|w| i128::from(w.weight) * visit_reach(problem, w.term)).sum::<i128>()
                    * scale;
            scale = (scale + one_visit).min(COST_LIMIT);
        }
        Self { cost, top }
    }

    /// Cost of one unit of `term`.
    #[inline]
    pub(super) fn of(&self, term: Term) -> i64 {
        self.cost[term as usize]
    }

    /// Cost of leaving a need of this priority.
    pub(super) fn worth(&self, priority: u32, comes_first: bool) -> i64 {
        let priority = i64::from(priority).saturating_mul(self.of(Term::UnservedPriority));
        let first = if comes_first { self.of(Term::UnservedMandatory) } else { 0 };
        priority.saturating_add(first).saturating_add(self.of(Term::Unserved))
    }

    /// Cost of a plan with these terms.
    pub(super) fn cost(&self, terms: &Terms) -> i64 {
        terms.iter().map(|(term, value)| self.of(term).saturating_mul(value)).fold(0, i64::saturating_add)
    }
}

fn longest_shift(problem: &Problem) -> i128 {
    problem.units().iter().map(Unit::length).max().unwrap_or(Seconds::ZERO).0.into()
}

/// About the most that one visit can change a term.
fn visit_reach(problem: &Problem, term: Term) -> i128 {
    match term {
        Term::UnservedMandatory | Term::Unserved | Term::Late | Term::People => 1,
        Term::UnservedPriority => problem.needs().iter().map(|n| i128::from(n.priority)).max().unwrap_or(1),
        Term::Tardiness
        | Term::WorstTardiness
        | Term::TravelTime
        | Term::WorkTime
        | Term::Waiting
        | Term::Load => longest_shift(problem),
        // faster than any volunteer drives: 40 m/s
        Term::Distance => 40 * longest_shift(problem).min(i128::from(u32::MAX)),
        Term::Preferences => {
            let of =
                |n: &crate::model::Need| n.roles[0].prefers.iter().map(|w| i128::from(w.price)).sum::<i128>();
            problem.needs().iter().map(of).max().unwrap_or(0)
        }
        Term::Disruption => problem.previous().map_or(0, |plan| {
            let own = problem.needs().iter().filter_map(|n| n.change_price).max().unwrap_or(0);
            i128::from(own.max(plan.reassign_price).max(plan.retime_price))
        }),
    }
}
