//! The judge: slow, plain and complete. It shares no code with the solver, and believes nothing that a plan says of itself.

mod crew;
mod goods;
mod link;
mod loads;
mod outside;
mod party;
mod ride;
mod route;
mod suits;
mod totals;
mod vehicle;
mod week;

use std::collections::{BTreeMap, BTreeSet};

use super::{Plan, Rule, Score, Violation, Visit};
use crate::model::{NeedId, Problem, UnitId, VolunteerId};
use crate::{Text, text};

pub(crate) use route::{legs, worked};

/// Rules and score of plans of so many routes are looked at side by side.
const MANY: usize = 500;

/// What the judge says of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        violations: Vec::new(),
        visits: vec![Vec::new(); problem.needs().len()],
        filled: BTreeMap::new(),
    };
    if let Some(theirs) = plan.fingerprint.filter(|_| !plan.is_of(problem)) {
        let ours = problem.fingerprint();
        let detail = text!("{theirs}, this problem is {ours}", "{theirs},此问题为 {ours}");
        judge.broken("$.fingerprint".into(), Rule::OtherProblem, detail);
    }
    for (r, route) in plan.routes.iter().enumerate() {
        judge.route(r, route);
    }
    judge.duplicate_routes(plan);
    judge.parties(plan);
    judge.vehicles(plan);
    judge.day_limits(plan);
    judge.weeks(plan);
    judge.stocks(plan);
    judge.crews();
    judge.rides();
    judge.links();
    judge.choices();
    judge.listed(plan);
    judge.outside(plan);
    judge.violations
}

struct Judge<'a> {
    problem: &'a Problem,
    violations: Vec<Violation>,
    /// The visits of each need, in the order of the plan.
    visits: Vec<Vec<Seen>>,
    /// How many visits each role of a need has at each of its stops.
    filled: BTreeMap<(NeedId, u16, u16), usize>,
}

/// A visit, whose it is, and where in the plan.
#[derive(Clone)]
struct Seen {
    path: String,
    unit: UnitId,
    /// Who comes along.
    company: Vec<UnitId>,
    visit: Visit,
}

impl Seen {
    /// Everybody who comes.
    fn people<'p>(&self, problem: &'p Problem) -> impl Iterator<Item = VolunteerId> + use<'_, 'p> {
        let units = std::iter::once(&self.unit).chain(&self.company);
        units.map(|&unit| problem.unit(unit).volunteer)
    }
}

impl Judge<'_> {
    fn broken(&mut self, path: String, rule: Rule, detail: Text) {
        self.violations.push(Violation { path, rule, detail });
    }

    fn knows_need(&self, need: NeedId) -> bool {
        need.index() < self.problem.needs().len()
    }

    /// Every need is either served once or listed once; of the ways to do one thing one is served, or the first is listed.
    fn listed(&mut self, plan: &Plan) {
        let mut listed = vec![0_u32; self.problem.needs().len()];
        let unserved =
            plan.unserved.iter().enumerate().map(|(u, need)| (format!("$.unserved[{u}].need"), need));
        let outside =
            plan.outsourced.iter().enumerate().map(|(o, need)| (format!("$.outsourced[{o}]"), need));
        for (path, &need) in unserved.chain(outside) {
            if !self.knows_need(need) {
                let number = need.0;
                self.broken(path, Rule::UnknownId, text!("need number {number}", "需求序号 {number}"));
                continue;
            }
            listed[need.index()] += 1;
            let stands = self.problem.stands_for(need) == need;
            if listed[need.index()] > 1 || !stands || self.is_served(need) {
                self.broken(path, Rule::WronglyListed, Text::same(self.problem.need(need).key.clone()));
            }
        }
        for need in self.problem.need_ids() {
            let stands = self.problem.stands_for(need) == need;
            if stands && listed[need.index()] == 0 && !self.is_served(need) {
                let key = Text::same(self.problem.need(need).key.clone());
                self.broken("$.unserved".into(), Rule::NotListed, key);
            }
        }
    }

    /// Whether a need is served, in whichever way.
    fn is_served(&self, need: NeedId) -> bool {
        let served = |need: &NeedId| !self.visits[need.index()].is_empty();
        served(&need) || self.problem.ways(need).iter().any(served)
    }

    fn duplicate_routes(&mut self, plan: &Plan) {
        let mut seen = BTreeSet::new();
        for (r, route) in plan.routes.iter().enumerate() {
            let company = route.company.iter().enumerate();
            let company = company.map(|(c, &unit)| (format!("$.routes[{r}].company[{c}]"), unit));
            let lead = (format!("$.routes[{r}].volunteer"), route.unit);
            for (path, unit) in std::iter::once(lead).chain(company) {
                let Some(unit) = self.problem.units().get(unit.index()) else { continue };
                if !seen.insert((unit.volunteer, unit.shift)) {
                    let key = Text::same(self.problem.volunteer(unit.volunteer).key.clone());
                    self.broken(path, Rule::DuplicateRoute, key);
                }
            }
        }
    }
}
