//! One number to go by: the levels of the objective folded into a single cost.
//!
//! The search needs differences that it can weigh against a temperature; a level outweighs all that a single visit can
//! change on the levels below. The plan that is kept as best is always chosen by the exact score, level by level.

use crate::model::{Makespan, Need, Problem, Seconds, Time, Unit, most};
use crate::plan::{Term, Terms};

/// Costs of whole plans stay below this: no term can grow beyond its share of it in any plan.
const COST_LIMIT: i128 = 1 << 60;

/// Cost of one unit of every term.
#[derive(Clone, Debug)]
pub(super) struct Guide {
    cost: [i64; Term::COUNT],
    /// The term of the needs left, where a level of effort follows it: the one price that may be softened.
    left: Option<Term>,
    /// The terms of its level and of those above.
    above: [bool; Term::COUNT],
}

impl Guide {
    pub(super) fn new(problem: &Problem) -> Self {
        let levels = &problem.objective().levels;
        let mut cost = [0_i64; Term::COUNT];
        let mut scale: i128 = 1;
        for level in levels.iter().rev() {
            for weighted in level {
                let limit = COST_LIMIT / levels.len() as i128 / most(problem, weighted.term).max(1);
                let unit = (scale * i128::from(weighted.weight)).min(limit).max(1);
                cost[weighted.term as usize] = unit as i64;
            }
            let one_visit: i128 =
                level.iter().map(|w| i128::from(w.weight) * need_reach(problem, w.term)).sum::<i128>()
                    * scale;
            scale = (scale + one_visit).min(COST_LIMIT);
        }
        let (left, above) = softenable(problem);
        Self { cost, left, above }
    }

    /// The same guide with a lower price for the needs left: `price` for a unit of it, and all that comes before it cheaper by
    /// the same factor.
    pub(super) fn softened(&self, price: f64) -> Self {
        let mut soft = self.clone();
        let Some(left) = self.left else { return soft };
        let factor = price / self.of(left) as f64;
        if factor < 1.0 {
            for term in Term::ALL.iter().filter(|&&t| self.above[t as usize]) {
                let cost = &mut soft.cost[*term as usize];
                *cost = ((*cost as f64 * factor) as i64).max(1);
            }
        }
        soft
    }

    /// The same guide with every need worth more than any effort; nothing where no effort is weighed against needs left.
    pub(super) fn at_any_effort(&self, problem: &Problem) -> Option<Self> {
        let is_left = |t: Term| matches!(t, Term::UnservedPriority | Term::Unserved);
        let is_effort =
            |t: Term| matches!(t, Term::TravelTime | Term::Distance | Term::WorkTime | Term::People);
        let weighed =
            problem.objective().levels.iter().any(|level| {
                level.iter().any(|w| is_left(w.term)) && level.iter().any(|w| is_effort(w.term))
            });
        let effort = |term: Term| i128::from(self.of(term)) * need_reach(problem, term);
        let most: i128 = Term::ALL.iter().copied().filter(|&t| is_effort(t)).map(effort).sum();
        let limit = COST_LIMIT / 4 / problem.needs().len().max(1) as i128;
        let mut guide = self.clone();
        guide.cost[Term::Unserved as usize] += most.min(limit) as i64;
        weighed.then_some(guide)
    }

    /// Whether a level of people comes after needs left and before all effort.
    pub(super) fn puts_people_first(problem: &Problem) -> bool {
        let levels = &problem.objective().levels;
        let of = |is: fn(Term) -> bool| levels.iter().position(|level| level.iter().any(|w| is(w.term)));
        let people = of(|t| t == Term::People);
        let left = of(|t| matches!(t, Term::Unserved | Term::UnservedPriority | Term::UnservedMandatory));
        let rest = levels.iter().position(|level| {
            level.iter().any(|w| {
                let counted = matches!(
                    w.term,
                    Term::Unserved | Term::UnservedPriority | Term::UnservedMandatory | Term::People
                );
                !counted
            })
        });
        people.is_some_and(|p| left.is_some_and(|l| l < p) && rest.is_none_or(|r| p < r))
    }

    /// The guide for a search in which `price` is what a need left costs for each of its priority, and people nothing.
    pub(super) fn hunting(&self, price: i64) -> Self {
        let mut guide = self.clone();
        for term in [Term::Unserved, Term::UnservedMandatory, Term::People] {
            guide.cost[term as usize] = 0;
        }
        guide.cost[Term::UnservedPriority as usize] = price.max(1);
        guide
    }

    /// The term of the needs left, and the price of a unit of it, where that price may be softened.
    pub(super) fn price_of_left(&self) -> Option<(Term, i64)> {
        self.left.map(|term| (term, self.of(term)))
    }

    /// Cost of one unit of `term`.
    #[inline]
    pub(super) fn of(&self, term: Term) -> i64 {
        self.cost[term as usize]
    }

    /// Whether it counts which share of the time that they offered people work.
    #[inline]
    pub(super) fn weighs_shares(&self) -> bool {
        self.of(Term::LoadRange) != 0 || self.of(Term::LoadWorst) != 0
    }

    /// Cost of leaving a need of this priority.
    pub(super) fn worth(&self, priority: i64, comes_first: bool) -> i64 {
        let priority = priority.saturating_mul(self.of(Term::UnservedPriority));
        let first = if comes_first { self.of(Term::UnservedMandatory) } else { 0 };
        priority.saturating_add(first).saturating_add(self.of(Term::Unserved))
    }

    /// Cost of a plan with these terms.
    pub(super) fn cost(&self, terms: &Terms) -> i64 {
        terms.iter().map(|(term, value)| self.of(term).saturating_mul(value)).fold(0, i64::saturating_add)
    }
}

/// The term whose price may be softened, and the terms of its level and above: the needs left, where nothing but effort
/// stands below.
fn softenable(problem: &Problem) -> (Option<Term>, [bool; Term::COUNT]) {
    let levels = &problem.objective().levels;
    let mut above = [false; Term::COUNT];
    let promised = problem.needs().iter().any(|n| n.promise.is_some_and(|p| !p.hard));
    for (l, level) in levels.iter().enumerate() {
        for weighted in level {
            above[weighted.term as usize] = true;
        }
        let left =
            level.iter().map(|w| w.term).find(|t| matches!(t, Term::UnservedPriority | Term::Unserved));
        let is_effort =
            |term: Term| promised || !matches!(term, Term::Tardiness | Term::WorstTardiness | Term::Late);
        let below = levels[l + 1..].iter().filter(|level| level.iter().any(|w| is_effort(w.term))).count();
        if left.is_some() && below == 1 {
            return (left, above);
        }
    }
    (None, above)
}

fn longest_shift(problem: &Problem) -> i128 {
    problem.units().iter().map(Unit::length).max().unwrap_or(Seconds::ZERO).0.into()
}

/// About the most that one need, with all who come for it, can change a term.
fn need_reach(problem: &Problem, term: Term) -> i128 {
    let people = problem.needs().iter().map(Need::people).max().unwrap_or(1);
    people as i128 * visit_reach(problem, term)
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
        | Term::Spread
        | Term::Load => longest_shift(problem),
        // A whole shift, for who offers nothing else.
        Term::LoadRange | Term::LoadWorst => 1000,
        Term::Makespan => {
            let latest = problem.units().iter().map(|unit| unit.end).max().unwrap_or(Time(0));
            let group = |g: &Makespan| i128::from(g.weight) * i128::from((latest - g.from).0.max(0));
            problem.makespans().iter().map(group).sum()
        }
        // faster than any volunteer drives: 40 m/s
        Term::Distance => 40 * longest_shift(problem).min(i128::from(u32::MAX)),
        Term::Preferences => {
            let of = |n: &crate::model::Need| {
                n.roles.iter().flat_map(|r| &r.prefers).map(|w| i128::from(w.price)).sum::<i128>()
            };
            problem.needs().iter().map(of).max().unwrap_or(0)
        }
        Term::Disruption => problem.previous().map_or(0, |plan| {
            let own = problem.needs().iter().filter_map(|n| n.change_price).max().unwrap_or(0);
            i128::from(own.max(plan.reassign_price).max(plan.retime_price))
        }),
    }
}
