//! The judge: slow, plain and complete. It shares no code with the solver, and believes nothing that a plan says of itself.

mod breaks;
mod crew;
mod goods;
mod judge;
mod limits;
mod link;
mod loads;
mod outside;
mod party;
mod rest;
mod ride;
mod route;
mod rules;
mod suits;
mod totals;
mod unload_order;
mod vehicle;

use std::collections::BTreeMap;

use super::{Detail, Location, Plan, RouteStarts, Score, Violation};
use crate::model::{Problem, Rule};
use judge::Judge;
use rules::Part;

pub(crate) use route::worked;

/// Rules and score of plans of so many routes are looked at side by side.
const MANY: usize = 500;

/// What the judge says of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evaluation {
    /// Every rule that the plan breaks, wherever it does; empty for a valid plan.
    pub violations: Vec<Violation>,
    /// What the plan is worth, whether valid or not.
    pub score: Score,
}

impl Evaluation {
    /// Whether the plan breaks no rule.
    pub fn is_valid(&self) -> bool {
        self.violations.is_empty()
    }
}

/// Judges a plan: every violation of every rule, and the score term by term.
///
/// ```
/// # use qise::model::{Seconds, Time, TravelRule, Window};
/// # let mut b = qise::Problem::builder("example");
/// # let car = b.profile("car", TravelRule::great_circle(35_000, 1300));
/// # let (home, door) = (b.place("home", 38.83, 105.66), b.place("door", 38.84, 105.70));
/// # let bat = b.volunteer("bat", home, car).shift(Time(0), Time(20_000)).id();
/// # let visit = b.need("visit", door, Window::new(Time(0), Time(9000)), Seconds::minutes(30)).id();
/// # let problem = b.build()?;
/// use qise::model::Term;
/// use qise::{Plan, evaluate};
///
/// // The plan in which nobody goes breaks no rule, and leaves a need of priority 1.
/// let evaluation = evaluate(&problem, &Plan::empty(&problem));
/// assert!(evaluation.is_valid());
/// assert_eq!(evaluation.score.terms.get(Term::UnservedPriority), 1);
/// # Ok::<(), qise::Faults>(())
/// ```
pub fn evaluate(problem: &Problem, plan: &Plan) -> Evaluation {
    if plan.routes.len() < MANY {
        return Evaluation { violations: violations(problem, plan), score: totals::score(problem, plan) };
    }
    let (violations, score) = rayon::join(|| violations(problem, plan), || totals::score(problem, plan));
    Evaluation { violations, score }
}

fn violations(problem: &Problem, plan: &Plan) -> Vec<Violation> {
    let mut judge = Judge {
        problem,
        starts: RouteStarts::of(problem, plan),
        violations: Vec::new(),
        visits: vec![Vec::new(); problem.needs().len()],
        filled: BTreeMap::new(),
        part: Part::Problem,
    };
    if let Some(stated) = plan.fingerprint.filter(|_| !plan.is_of(problem)) {
        let detail = Detail::Problems { plan: stated, judged: problem.fingerprint() };
        judge.broken(Location::Fingerprint, Rule::OtherProblem, detail);
    }
    for (r, route) in plan.routes.iter().enumerate() {
        judge.by(Part::Route, |judge| judge.route(r, route));
    }
    judge.by(Part::Lists, |judge| judge.duplicate_routes(plan));
    judge.by(Part::Party, |judge| judge.parties(plan));
    judge.by(Part::Vehicle, |judge| judge.vehicles(plan));
    judge.by(Part::Limits, |judge| judge.limits(plan));
    judge.by(Part::Rest, |judge| judge.rest(plan));
    judge.by(Part::Stocks, |judge| judge.stocks(plan));
    judge.by(Part::Crew, Judge::crews);
    judge.by(Part::Crew, |judge| judge.teams(plan));
    judge.by(Part::Ride, Judge::rides);
    judge.by(Part::Link, Judge::links);
    judge.by(Part::Link, Judge::choices);
    judge.by(Part::Lists, |judge| judge.listed(plan));
    judge.by(Part::Outside, |judge| judge.outside(plan));
    judge.violations
}
