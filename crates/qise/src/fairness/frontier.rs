//! What more fairness costs: plans found at several weights of a term that measures it, each judged.
//!
//! A frontier is a list of plans found, not a curve. Half of the budget goes into a common plan, so that weights differ in what they weigh and
//! hardly in how far the search has come. Each search starts from the best plan so far for its weight, so no point is worse for its weight
//! than one before it. A point is marked, never dropped.

use super::{Evenness, load};
use crate::base::Stop;
use crate::model::{Code, Fault, Faults, Objective, Problem, Term, Weighted};
use crate::plan::{Evaluation, Plan, evaluate};
use crate::solve::{Options, Progress, Statistics, search};
use crate::text;

/// How a point stands to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// No other is better in one respect and as good in the other.
    Efficient,
    /// Another that stands before it is just as good in both.
    Repeated,
    /// Another is better in one respect, and as good in the other or better.
    Dominated,
}

impl Mark {
    /// The name in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Efficient => "efficient",
            Self::Repeated => "repeated",
            Self::Dominated => "dominated",
        }
    }
}

/// A plan found at one weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The weight of the term.
    pub weight: u32,
    /// The plan.
    pub plan: Plan,
    /// What the judge says of it, by the objective of the problem as it is.
    pub evaluation: Evaluation,
    /// The value of each level of the objective without the term.
    pub efficiency: Vec<i64>,
    /// The value of the term.
    pub unfairness: i64,
    /// How evenly load is shared out.
    pub load: Evenness,
    /// How the search went.
    pub statistics: Statistics,
    /// How it stands to the others.
    pub mark: Mark,
}

impl Point {
    fn dominates(&self, other: &Self) -> bool {
        let (one, two) = ((&self.efficiency, self.unfairness), (&other.efficiency, other.unfairness));
        one.0 <= two.0 && one.1 <= two.1 && one != two
    }
}

/// Efficiency against fairness.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Frontier {
    /// The term that measures unfairness.
    pub term: Term,
    /// The points, the most efficient first: along those that are [`Mark::Efficient`] the term falls strictly.
    pub points: Vec<Point>,
}

impl Frontier {
    /// The points that no other dominates, each once, from the most efficient to the fairest.
    pub fn efficient(&self) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(|point| point.mark == Mark::Efficient)
    }
}

/// The objective with `weight` for `term` instead of what it has now: in the level where it stands beside others, else in the last. A weight
/// of 0 takes it out. Nothing where no other term would be left.
pub fn weighed(objective: &Objective, term: Term, weight: u32) -> Option<Objective> {
    let (mut levels, mut at) = (Vec::new(), None);
    for level in &objective.levels {
        let others = level.iter().copied().filter(|weighted| weighted.term != term).collect::<Vec<_>>();
        if others.is_empty() {
            continue;
        }
        if others.len() < level.len() {
            at = at.or(Some(levels.len()));
        }
        levels.push(others);
    }
    let at = at.or(levels.len().checked_sub(1))?;
    if weight > 0 {
        levels[at].push(Weighted { term, weight });
    }
    Some(Objective { levels })
}

/// Solves a problem once for each weight of `term`, from the least on, and says which plans are worth looking at.
///
/// First a common plan is searched for without the term, with half of the time that `stop` gives, or with as many steps as all
/// weights together take: so that weights differ in what they want, and hardly in how far the search has come. Each weight then starts
/// from the best plan found so far for it, the common one or that of a lesser weight, and so is never worse for its weight than
/// these; it takes the steps of `stop`, and an equal part of the other half of the time. Whether a plan is better is told level by
/// level by the objective without the term, and then by the term.
///
/// # Errors
/// Weights so large that a score could leave the range of exact integers, and an objective in which nothing but the term stands.
pub fn frontier(
    problem: &Problem,
    term: Term,
    weights: &[u32],
    options: &Options,
    stop: &Stop,
) -> Result<Frontier, Faults> {
    frontier_with(problem, term, weights, options, stop, &mut |_| {})
}

/// Does what [`frontier`] does, and tells `listen` how far each search has come, as [`solve_with`](crate::solve::solve_with) does.
///
/// # Errors
/// Those of [`frontier`].
pub fn frontier_with(
    problem: &Problem,
    term: Term,
    weights: &[u32],
    options: &Options,
    stop: &Stop,
    listen: &mut dyn FnMut(&Progress<'_>),
) -> Result<Frontier, Faults> {
    let with = |weight: u32| {
        let objective = weighed(problem.objective(), term, weight).ok_or_else(|| nothing_else(term))?;
        problem.replace(|data| data.objective = objective)
    };
    let mut weights = weights.to_vec();
    weights.sort_unstable();
    weights.dedup();
    let base = with(0)?;
    let problems = weights.iter().map(|&weight| with(weight)).collect::<Result<Vec<_>, _>>()?;
    let count = weights.len();
    if count == 0 {
        return Ok(Frontier { term, points: Vec::new() });
    }
    let steps = stop.most_iterations();
    let all = steps.map(|steps| steps.saturating_mul(count as u64));
    let common = search(&base, options, all, &|| stop.spent() * 2.0, listen).plan;
    let mut points: Vec<Point> = Vec::new();
    for (number, (weight, weighed)) in weights.into_iter().zip(&problems).enumerate() {
        let share = || (stop.spent() * 2.0 - 1.0).max(0.0) * count as f64 - number as f64;
        let known = std::iter::once(&common).chain(points.iter().map(|point| &point.plan));
        let best = known.min_by(|one, other| {
            let score = |plan: &Plan| evaluate(weighed, plan).score;
            score(one).cmp_levels(&score(other))
        });
        let options = Options { warm: best.cloned(), ..options.clone() };
        let solved = search(weighed, &options, steps, &share, listen);
        let evaluation = evaluate(problem, &solved.plan);
        points.push(Point {
            weight,
            efficiency: evaluate(&base, &solved.plan).score.levels,
            unfairness: evaluation.score.terms.get(term),
            load: load(problem, &solved.plan).evenness,
            evaluation,
            plan: solved.plan,
            statistics: solved.statistics,
            mark: Mark::Efficient,
        });
    }
    Ok(Frontier { term, points: marked(points) })
}

/// The points in order, each with its mark.
fn marked(mut points: Vec<Point>) -> Vec<Point> {
    let place = |point: &Point| (point.efficiency.clone(), point.unfairness, point.weight);
    points.sort_by_key(place);
    for p in 0..points.len() {
        let point = &points[p];
        let same =
            |other: &Point| (&other.efficiency, other.unfairness) == (&point.efficiency, point.unfairness);
        points[p].mark = if points.iter().any(|other| other.dominates(point)) {
            Mark::Dominated
        } else if points[..p].iter().any(same) {
            Mark::Repeated
        } else {
            Mark::Efficient
        };
    }
    points
}

fn nothing_else(term: Term) -> Faults {
    let expected = text!("a term beside the one that is weighed", "除所加权的一项外至少还有一项指标");
    Faults(vec![Fault::new("$.objective", Code::BadObjective, term.as_str(), expected)])
}
