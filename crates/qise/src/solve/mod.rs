//! Finding a plan: parallel insertion, then rounds of ruin and recreate on parts of the plan, then a last look at everybody
//! who is idle.

mod absent;
mod anneal;
mod breaks;
mod breakup;
mod bring;
mod calls;
mod cargo;
mod construct;
mod cooling;
mod crew;
mod crews;
mod eject;
mod ends;
mod finder;
mod flat;
mod fleet;
mod guide;
mod handle;
mod insertion;
mod instance;
mod labels;
mod least;
mod links;
mod lists;
mod near;
mod order;
mod outsource;
mod parties;
mod party;
mod pool;
mod probe;
mod random;
mod recombine;
mod rivals;
mod route;
mod ruin;
mod search;
mod segment;
mod sequence;
mod stakes;
mod standing;
mod tails;
mod territory;
mod timing;
mod twins;
mod units;
mod warm;
#[cfg(debug_assertions)]
mod witness;
mod working;

use crate::model::Problem;
use crate::plan::{Evaluation, Plan, Score, evaluate};

pub use handle::{Handle, spawn};
use instance::Instance;
pub(crate) use standing::Instead;
pub use standing::{Offer, Standing};
pub(crate) use twins::Twins;
use working::WorkingPlan;

/// Says which share of its budget a search has spent: 0 at the start, 1 or more when it must stop.
///
/// The engine reads no clock: a caller who has a time limit measures it here. Where there is no limit to measure, return
/// 0 until the search is to stop, then 1.
pub type Spent<'a> = &'a (dyn Fn() -> f64 + Sync);

/// How to search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Seed of all random choices.
    pub seed: u64,
    /// Threads to use; 1 or more. They change how soon an answer comes, never the answer of an iteration budget.
    pub threads: usize,
    /// Steps of ruin and recreate, over all threads. Without a limit the search goes on until its time is spent.
    pub iterations: Option<u64>,
    /// A plan to start from. What of it breaks a rule is left out. The plan of another problem, or of another version of it, is not
    /// used at all, as [`Statistics::foreign_warm`] tells: take it over with [`Plan::carried`] first.
    pub warm: Option<Plan>,
    /// Whether a first complete plan is made even where the budget is spent before: only a budget spent without end
    /// (infinity, as for a search that is cancelled) stops it. Otherwise the search keeps to its budget, and may return a plan
    /// that leaves needs which nobody was asked for: [`Statistics::complete`] tells.
    pub complete_first: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 1, threads: 1, iterations: None, warm: None, complete_first: false }
    }
}

/// How far a search has come.
pub struct Progress<'a> {
    /// Steps so far.
    pub iterations: u64,
    /// Score of the best plan so far.
    pub score: &'a Score,
    best: &'a WorkingPlan,
    instance: &'a Instance<'a>,
}

impl Progress<'_> {
    /// The best plan so far.
    pub fn plan(&self) -> Plan {
        self.best.to_plan(self.instance)
    }

    /// Number of needs that the best plan does not serve.
    pub fn unserved(&self) -> usize {
        self.best.left(self.instance.problem).count()
    }
}

/// What a search has found.
#[derive(Clone, Debug)]
pub struct Solved {
    /// The plan.
    pub plan: Plan,
    /// What the judge says of it; it breaks no rule.
    pub evaluation: Evaluation,
    /// How the search went.
    pub statistics: Statistics,
}

/// How a search went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Steps of ruin and recreate.
    pub iterations: u64,
    /// Entries of all candidate lists.
    pub candidates: usize,
    /// Whether the plan to start from was one of another problem, and was not used.
    pub foreign_warm: bool,
    /// Whether there was time for a first complete plan: then everybody who could was asked for every need that is left.
    pub complete: bool,
}

/// Searches for a good plan.
///
/// Anytime: whenever `spent` says so, the best plan so far is returned. When it left time for a first complete plan, no need
/// is left that somebody idle could serve. With an iteration budget and no limit of time, the same problem, options and
/// seed give the same plan on any number of threads. Why needs are left is told by [`crate::explain::reasons`].
pub fn solve(
    problem: &Problem,
    options: &Options,
    spent: Spent<'_>,
    listen: &mut dyn FnMut(&Progress<'_>),
) -> Solved {
    if options.warm.as_ref().is_some_and(|warm| !warm.is_of(problem)) {
        // Its ids mean something else here: read as they stand they would make any plan at all.
        let mut solved = solve(problem, &Options { warm: None, ..options.clone() }, spent, listen);
        solved.statistics.foreign_warm = true;
        return solved;
    }
    let threads = Threads::new(options.threads);
    let first = || match spent() {
        share if options.complete_first && share.is_finite() => share.min(JUST_BEFORE),
        share => share,
    };
    // The plan to start from is judged meanwhile.
    let (prepared, warm) = threads.install(|| {
        let judge = || options.warm.as_ref().map(|warm| (warm, evaluate(problem, warm)));
        rayon::join(|| Instance::new(problem, &|| first() >= 1.0), judge)
    });
    let Some(mut instance) = prepared else {
        // No time to begin: the plan to start from, if it holds, is better than none.
        return finish(problem, warm, Plan::empty(problem), Statistics::default());
    };
    let mut plan = WorkingPlan::new(&instance);
    if let Some((warm, judged)) = &warm {
        warm::start_from(&instance, &mut plan, (warm, judged.is_valid()), &first);
    }
    let exact = instance.guide.clone();
    let mut modest = None;
    if options.warm.is_none()
        && let Some(guide) = exact.at_any_effort(problem)
    {
        // The first visit far away costs more than one need is worth, the tenth near it little: the search begins with many,
        // and where it had no time to give up what does not pay, the plan of needs that each pay alone is kept.
        let mut alone = plan.clone();
        threads.install(|| construct::construct(&instance, &mut alone, &first));
        modest = Some(alone);
        instance.follow_guide(guide);
        threads.install(|| construct::construct(&instance, &mut plan, &first));
        instance.follow_guide(exact);
    }
    threads.install(|| construct::construct(&instance, &mut plan, &first));
    // As long as the first completion and a look at its plan took, so long may the last take: that share of the budget is kept.
    let before = spent();
    threads.install(|| construct::complete(&instance, &mut plan, &first));
    let complete = first() < 1.0;
    evaluate(problem, &plan.to_plan(&instance));
    // `max` also turns what is no number, infinity less infinity, into none.
    let reserve = ((spent() - before) * 1.5).max(0.0);
    let mut iterations = 0;
    if !problem.slots().is_empty() && !problem.units().is_empty() {
        let spent_all_but = || spent() + reserve;
        (plan, iterations) = lists::improve(&instance, plan, options, &spent_all_but, listen, &threads);
        let before = iterations;
        (plan, iterations) = fleet::reduce(&mut instance, plan, options, &spent_all_but, listen, &threads);
        iterations += before;
        (plan, iterations) =
            anneal::anneal(&mut instance, plan, iterations, options, &spent_all_but, listen, &threads);
        if spent() < 1.0 {
            let searched = plan.clone();
            threads.install(|| construct::complete(&instance, &mut plan, spent));
            keep_better(problem, &mut plan, Some(searched));
        }
    }
    keep_better(problem, &mut plan, modest);
    if instance.weighs_left {
        keep_better(problem, &mut plan, Some(WorkingPlan::new(&instance)));
    }
    if !instance.crews.is_empty() && spent() < 1.0 {
        // Where people meet, starts that were pushed may come sooner once the plan is made anew.
        let mut anew = WorkingPlan::new(&instance);
        warm::start_from(&instance, &mut anew, (&plan.to_plan(&instance), true), spent);
        if !plan.score(problem).better_than(&anew.score(problem)) {
            plan = anew;
        }
    }
    let found = plan.to_plan(&instance);
    let statistics =
        Statistics { iterations, candidates: instance.candidates.len(), foreign_warm: false, complete };
    finish(problem, warm, found, statistics)
}

/// The largest share that is not yet all of the budget.
const JUST_BEFORE: f64 = 0.999_999;

/// Goes back to another plan where that is better by the exact levels: prices of places may mislead.
fn keep_better(problem: &Problem, plan: &mut WorkingPlan, other: Option<WorkingPlan>) {
    if let Some(other) = other.filter(|other| other.score(problem).better_than(&plan.score(problem))) {
        *plan = other;
    }
}

/// The threads of one search, or of other work.
pub(crate) struct Threads(Option<rayon::ThreadPool>);

impl Threads {
    /// As many threads as asked for, or those of the process where the system gives no more.
    pub(crate) fn new(threads: usize) -> Self {
        Self(rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).build().ok())
    }

    pub(crate) fn install<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        match &self.0 {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

/// Judges the plan, and keeps the warm plan where the search could not match it.
fn finish(
    problem: &Problem,
    warm: Option<(&Plan, Evaluation)>,
    found: Plan,
    statistics: Statistics,
) -> Solved {
    let evaluation = evaluate(problem, &found);
    match warm {
        Some((warm, judged)) if judged.is_valid() && judged.score.better_than(&evaluation.score) => {
            Solved { plan: warm.clone(), evaluation: judged, statistics }
        }
        _ => Solved { plan: found, evaluation, statistics },
    }
}
