//! How good any plan could be: the most priority that any plan serves, and the least effort of any plan that serves as much as a given
//! one. Both are proven by relaxations that leave rules out, so no plan, of whatever search, is ever beyond them.
//!
//! The modules: `target` (what is asked, and what the groups of needs make of prices), `shift_classes` (who could do what in any plan),
//! `hours`, `knapsack`, `graph` + `labels` + `remaining` (relaxations of routes, from the loosest to the closest), `lagrangian` (all of it at
//! given prices), `subgradient`, `columns` + `simplex` (better prices), `duals` (what shifts are worth at the best of them).
//!
//! A bound is a set of prices and a sum of whole numbers. Prices of slots, from wherever, make one problem for each shift and one for the
//! groups of needs; what those cost at least, in scaled integers rounded to the safe side, is a bound. So the linear program may be inexact
//! or stop early, and no bound is wrong. A relaxation may drop constraints, but must never overestimate the cost of a route: ways may lead
//! over depots, a way home may be quicker over a detour, limits of several shifts hold for each alone.
//!
//! [`kept_by`] says which relaxation keeps which rule; what all of them leave out is mostly what several routes owe each other: links,
//! crews in step, shared vehicles, the fairness terms. The source of the scheme: A. M. Geoffrion (1974), Lagrangian relaxation for integer
//! programming, Mathematical Programming Study 2.

mod columns;
mod duals;
mod graph;
mod hours;
mod knapsack;
mod labels;
pub(crate) mod lagrangian;
mod remaining;
mod rules;
pub(crate) mod shift_classes;
mod simplex;
pub(crate) mod subgradient;
pub(crate) mod target;

use crate::base::{Spent, Stop, Threads, named_enum};
use crate::model::{Problem, Term};
use crate::plan::Score;

pub use duals::Duals;
use lagrangian::LagrangianProblem;
pub use rules::kept_by;
use shift_classes::ShiftClasses;
use subgradient::{Priced, ascend, first_prices};
use target::BoundTarget;

named_enum!(
    /// What a bound leaves out: from the loosest to the closest.
    #[non_exhaustive]
    pub enum Relaxation;

    /// What is asked for, and that nothing costs less than nothing.
    Asked = "asked", "all that is asked for", "全部需求";
    /// Needs that nobody can serve in any plan are left.
    Able = "able", "needs that somebody can serve", "有人能满足的需求";
    /// The hours of all shifts together against the services.
    Hours = "hours", "hours on duty against hours of service", "在岗总时长对服务总时长";
    /// Each shift as a knapsack of time: services and quickest ways.
    Knapsack = "knapsack", "each shift as a knapsack of time", "每班次作时间背包";
    /// Routes in order and time that may come back to a slot after a detour, by prices from column generation.
    NgRoutes = "ng-routes", "routes that may come back (ng-routes, column generation)", "可回访路径（ng-routes，列生成）";
    /// Routes in order and time that pass no slot twice, by prices from column generation.
    Routes = "routes", "routes (column generation)", "路径（列生成）";
);

/// How to look for a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Threads to use; 1 or more. They change how soon an answer comes, never the answer of a limit of rounds.
    pub threads: usize,
    /// Rounds of pricing for each question; without a limit the search goes on until its time is spent or nothing is left to gain.
    pub rounds: Option<u64>,
    /// The closest relaxation to use.
    pub closest: Relaxation,
    /// What to bound.
    pub aim: Aim,
}

/// What to bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// Priority, and then effort.
    Both,
    /// The most priority that any plan serves.
    Priority,
    /// The least effort, on every level that counts some.
    Effort,
}

impl Default for Options {
    fn default() -> Self {
        Self { threads: 1, rounds: None, closest: Relaxation::Routes, aim: Aim::Both }
    }
}

/// A plan that is farther from a bound, in percent, learns nothing from it.
const MOST_GAP: f64 = 50.0;

/// A proven bound, and what a plan reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// No plan goes beyond this.
    pub value: i64,
    /// What proves it.
    pub relaxation: Relaxation,
    /// What the given plan reaches.
    pub plan: Option<i64>,
    /// Terms that were counted as nothing.
    pub passed_over: Vec<Term>,
}

impl Bound {
    /// Whether it says something of the plan that it is compared with: the plan is no farther from it than half of what it reaches.
    pub fn says_something(&self) -> bool {
        self.gap_percent().is_some_and(|gap| gap <= MOST_GAP)
    }

    /// How far the plan is from the bound, as a share of what the plan reaches, in percent; nothing without a plan, or where it
    /// reaches nothing while more may be possible.
    pub fn gap_percent(&self) -> Option<f64> {
        let plan = self.plan?;
        let gap = (self.value as f64 - plan as f64).abs();
        if gap == 0.0 {
            Some(0.0)
        } else if plan == 0 {
            None
        } else {
            Some(100.0 * gap / (plan as f64).abs())
        }
    }
}

/// The bound of one level of the objective.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LevelBound {
    /// Which level, counted from 0.
    pub level: usize,
    /// No plan that is on no level before this one worse than the given plan has less here. Without a plan: no plan that leaves
    /// nothing that those levels count, but for what nobody can serve.
    pub bound: Bound,
}

/// What is known of all plans.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bounds {
    /// The most priority that any plan serves: all that is asked for less [`Term::UnservedPriority`].
    pub priority: Bound,
    /// The least effort, for each level of the objective that counts what routes cost.
    pub levels: Vec<LevelBound>,
    /// Rounds of pricing.
    pub rounds: u64,
}

/// Bounds what any plan can reach. `score`: that of the plan to compare with.
///
/// Anytime: `stop` ends the search for better bounds, and
/// whatever is proven by then stands. With a limit of rounds and none of time, the answer is the same on any number of threads.
///
/// ```
/// # use qise::model::{Seconds, Time, TravelRule, Window};
/// # let mut b = qise::Problem::builder("example");
/// # let car = b.profile("car", TravelRule::great_circle(35_000, 1300));
/// # let (home, door) = (b.place("home", 38.83, 105.66), b.place("door", 38.84, 105.70));
/// # let bat = b.volunteer("bat", home, car).shift(Time(0), Time(20_000)).id();
/// # let visit = b.need("visit", door, Window::new(Time(0), Time(9000)), Seconds::minutes(30)).id();
/// # let problem = b.build()?;
/// use qise::bound::{Options, bound};
/// use qise::Stop;
///
/// let bounds = bound(&problem, None, &Options::default(), &Stop::after(1.0));
/// // No plan serves more priority than this.
/// assert_eq!(bounds.priority.value, 1);
/// # Ok::<(), qise::Faults>(())
/// ```
pub fn bound(problem: &Problem, score: Option<&Score>, options: &Options, stop: &Stop) -> Bounds {
    Threads::new(options.threads).install(|| bounds(problem, score, options, &|| stop.spent()))
}

/// Pairs of slots and units up to which a quick bound looks at each.
const QUICK_PAIRS: usize = 100_000;
/// Rounds of a quick bound.
const QUICK_ROUNDS: u64 = 40;

/// A bound in milliseconds, loose as it may be: knapsacks where the problem is small, else hours of service against hours on duty. Once
/// `stop` is over, nothing more is proven than what is asked for.
pub fn quick(problem: &Problem, score: Option<&Score>, stop: &Stop) -> Bounds {
    quick_for(problem, score, Aim::Both, &|| stop.spent())
}

/// The most priority that any plan serves, as [`quick`] bounds it.
pub(crate) fn quick_priority(problem: &Problem, score: &Score, stop: &Stop) -> Bound {
    quick_for(problem, Some(score), Aim::Priority, &|| stop.spent()).priority
}

fn quick_for(problem: &Problem, score: Option<&Score>, aim: Aim, spent: Spent<'_>) -> Bounds {
    let small = problem.slots().len().saturating_mul(problem.units().len()) <= QUICK_PAIRS;
    let closest = if small { Relaxation::Knapsack } else { Relaxation::Hours };
    let options = Options { rounds: Some(QUICK_ROUNDS), closest, aim, ..Options::default() };
    bounds(problem, score, &options, spent)
}

fn bounds(problem: &Problem, score: Option<&Score>, options: &Options, spent: Spent<'_>) -> Bounds {
    let looks_at_pairs = options.closest > Relaxation::Hours && spent() < 1.0;
    let staff = if looks_at_pairs { ShiftClasses::new(problem) } else { None };
    let asked = problem.asked_priority();
    let levels = 0..problem.objective().levels.len();
    let efforts = levels.map(|level| (level, BoundTarget::level(problem, level, score)));
    let efforts = efforts.filter(|(_, question)| options.aim != Aim::Priority && question.weighs_routes());
    let efforts = efforts.collect::<Vec<_>>();
    let search = Search { problem, staff: staff.as_ref(), options, spent };

    let unserved = score.map(|score| score.terms.get(Term::UnservedPriority));
    let mut open = efforts.len() as f64 + f64::from(u8::from(options.aim != Aim::Effort));
    let mut begun = 0.0;
    let mut rounds = 0;
    // Every question has an equal share of what is left of the budget.
    let mut ask = |question: &BoundTarget, target: Option<i64>| {
        let until = begun + (1.0 - begun) / f64::max(open, 1.0);
        let answer = search.least(question, target, until);
        open -= 1.0;
        begun = spent().clamp(begun, 1.0);
        rounds += answer.rounds;
        answer
    };
    let answer = match options.aim {
        Aim::Effort => Answer { value: 0, relaxation: Relaxation::Asked, rounds: 0 },
        Aim::Both | Aim::Priority => ask(&BoundTarget::priority(), unserved),
    };
    let priority = Bound {
        value: asked - answer.value.min(asked),
        relaxation: answer.relaxation,
        plan: unserved.map(|unserved| asked - unserved),
        passed_over: Vec::new(),
    };
    let mut levels = Vec::new();
    for (level, question) in efforts {
        // No plan serves all: there is nothing to say of such plans.
        if score.is_none() && answer.value > 0 && !question.weighs_left() {
            continue;
        }
        let plan = score.map(|score| score.levels[level]);
        let answer = ask(&question, plan);
        let passed_over = question.passed_over();
        let bound = Bound { value: answer.value, relaxation: answer.relaxation, plan, passed_over };
        levels.push(LevelBound { level, bound });
    }
    Bounds { priority, levels, rounds }
}

/// What a search for bounds goes by.
struct Search<'p> {
    problem: &'p Problem,
    staff: Option<&'p ShiftClasses>,
    options: &'p Options,
    spent: Spent<'p>,
}

/// The least value that was proven, and how.
#[derive(Clone, Copy, Debug)]
struct Answer {
    value: i64,
    relaxation: Relaxation,
    rounds: u64,
}

/// The share of the budget after which knapsacks give way to graphs.
const KNAPSACKS: f64 = 0.15;
/// Steps of prices by knapsacks at most: beyond that hardly anything is gained.
const MOST_STEPS: u64 = 600;

impl Search<'_> {
    /// The least value of a question, until its value is `target` or the share `until` of the budget is spent.
    fn least(&self, question: &BoundTarget, target: Option<i64>, until: f64) -> Answer {
        self.priced(question, target, until).0
    }

    /// The same, and the prices of slots that prove it, in the question's own unit; none where no prices were looked for.
    fn priced(&self, question: &BoundTarget, target: Option<i64>, until: f64) -> (Answer, Vec<f64>) {
        let mut answer = Answer { value: 0, relaxation: Relaxation::Asked, rounds: 0 };
        let met = |answer: &Answer| target.is_some_and(|target| answer.value >= target);
        let raise = |answer: &mut Answer, value: i64, relaxation: Relaxation| {
            if value > answer.value {
                (answer.value, answer.relaxation) = (value, relaxation);
            }
        };
        if met(&answer) || self.options.closest == Relaxation::Asked || (self.spent)() >= 1.0 {
            return (answer, Vec::new());
        }
        let by_hours = hours::least(self.problem, question);
        if self.options.closest >= Relaxation::Hours {
            raise(&mut answer, by_hours.least, Relaxation::Hours);
        }
        let Some(staff) = self.staff.filter(|_| !met(&answer)) else { return (answer, Vec::new()) };
        let begun = (self.spent)();
        let mut ground = LagrangianProblem::new(self.problem, staff, question);
        let scale = ground.asked.scale as f64;
        let unscaled = |best: Priced| best.prices.into_iter().map(|price| price / scale).collect::<Vec<_>>();
        let nothing = vec![0.0; self.problem.slots().len()];
        let mut best =
            Priced { value: ground.asked.value(&LagrangianProblem::whole(&nothing), None), prices: nothing };
        raise(&mut answer, ground.proven(best.value), Relaxation::Able);
        if met(&answer) || self.options.closest == Relaxation::Able {
            return (answer, unscaled(best));
        }
        let deep = self.options.closest > Relaxation::Knapsack && ground.may_deepen();
        // Where nobody asks about a plan and not all can be served, priority is the only question.
        let alone =
            |best: &Priced| target.is_none() && !question.weighs_routes() && ground.proven(best.value) > 0;
        let until = if alone(&best) { 1.0 } else { until };
        let most = self.options.rounds.unwrap_or(u64::MAX);
        let share = if deep { begun + (until - begun) * KNAPSACKS } else { until };
        let first = Priced { prices: first_prices(&ground, by_hours.second), value: i128::MIN };
        let mut slack = vec![0.0; first.prices.len()];
        let value = ground.by_sacks(&LagrangianProblem::whole(&first.prices), &mut slack);
        if value > best.value {
            best = Priced { value, ..first };
        }
        let steps = ascend(&ground, &mut best, target, most.min(MOST_STEPS), &|| (self.spent)() >= share);
        answer.rounds += steps;
        let until = if alone(&best) { 1.0 } else { until };
        raise(&mut answer, ground.proven(best.value), Relaxation::Knapsack);
        if !deep || met(&answer) || (self.spent)() >= until {
            return (answer, unscaled(best));
        }
        ground.deepen();
        let generated = columns::generate(&ground, &mut best, target, most, &|| (self.spent)() >= until);
        answer.rounds += generated.rounds;
        let relaxation = match (generated.by_routes, generated.elementary) {
            (true, true) => Relaxation::Routes,
            (true, false) => Relaxation::NgRoutes,
            (false, _) => Relaxation::Knapsack,
        };
        raise(&mut answer, ground.proven(best.value), relaxation);
        (answer, unscaled(best))
    }
}

#[cfg(test)]
mod tests;
