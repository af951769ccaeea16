//! Finding a plan: parallel insertion, then ruin and recreate, then a last look at everybody who is idle.

mod alone;
mod construct;
mod guide;
mod handle;
mod insertion;
mod instance;
mod places;
mod random;
mod route;
mod ruin;
mod search;
mod timing;
mod warm;
#[cfg(debug_assertions)]
mod witness;
mod working;

use rayon::prelude::*;

use crate::model::Problem;
use crate::plan::{Evaluation, Plan, Score, evaluate};

pub(crate) use alone::Alone;
pub use handle::{Handle, spawn};
use instance::Instance;
use random::Random;
use ruin::Neighbours;
use search::Chain;
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
    /// A plan to start from. What of it breaks a rule is left out.
    pub warm: Option<Plan>,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 1, threads: 1, iterations: None, warm: None }
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
        self.best.absent().len()
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
    let pool = Pool::new(options.threads);
    let instance = pool.install(|| Instance::new(problem));
    let mut plan = WorkingPlan::new(&instance);
    if let Some(warm) = &options.warm {
        warm::start_from(&instance, &mut plan, warm);
    }
    pool.install(|| construct::construct(&instance, &mut plan, spent));
    // As long as the first completion took, so long may the last one take: that share of the budget is kept for it.
    let before = spent();
    pool.install(|| construct::complete(&instance, &mut plan, spent));
    let reserve = (spent() - before) * 1.5;
    let mut iterations = 0;
    if !problem.needs().is_empty() && !problem.units().is_empty() {
        let spent_all_but = || spent() + reserve;
        plan = anneal(&instance, &plan, options, &spent_all_but, listen, &pool, &mut iterations);
        pool.install(|| construct::complete(&instance, &mut plan, spent));
    }
    let found = plan.to_plan(&instance);
    let statistics = Statistics { iterations, candidates: instance.candidates.len() };
    finish(problem, options, found, statistics)
}

/// The threads of one search.
struct Pool(Option<rayon::ThreadPool>);

impl Pool {
    /// As many threads as asked for, or those of the process where the system gives no more.
    fn new(threads: usize) -> Self {
        Self(rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).build().ok())
    }

    fn install<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        match &self.0 {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

/// Judges the plan, and keeps the warm plan where the search could not match it.
fn finish(problem: &Problem, options: &Options, found: Plan, statistics: Statistics) -> Solved {
    let mut plan = found;
    let mut evaluation = evaluate(problem, &plan);
    if let Some(warm) = &options.warm {
        let warm_evaluation = evaluate(problem, warm);
        if warm_evaluation.is_valid() && warm_evaluation.score.better_than(&evaluation.score) {
            (plan, evaluation) = (warm.clone(), warm_evaluation);
        }
    }
    Solved { plan, evaluation, statistics }
}

/// Steps between two looks at the other chains.
const ROUND: u64 = 400;
/// Chains of an iteration budget; a fixed number, so that the answer does not hang on the number of threads.
const CHAINS: usize = 2;

fn anneal(
    instance: &Instance<'_>,
    start: &WorkingPlan,
    options: &Options,
    spent: Spent<'_>,
    listen: &mut dyn FnMut(&Progress<'_>),
    pool: &Pool,
    iterations: &mut u64,
) -> WorkingPlan {
    let near = pool.install(|| Neighbours::new(instance));
    let count = if options.iterations.is_some() { CHAINS } else { options.threads.max(1) };
    let mut chains = (0..count as u64)
        .map(|c| Chain::new(instance, start, Random::new(options.seed, c + 1)))
        .collect::<Vec<_>>();
    let hottest = hottest(instance, start);
    let coldest = coldest(instance, start).min(hottest);
    loop {
        let best = leader(&chains);
        listen(&Progress {
            iterations: *iterations,
            score: &chains[best].best_score,
            best: &chains[best].best,
            instance,
        });
        let left = options.iterations.map(|most| most.saturating_sub(*iterations));
        if left == Some(0) || spent() >= 1.0 {
            return chains.swap_remove(best).best;
        }
        let round = left.map_or(ROUND, |left| ROUND.min(left.div_ceil(count as u64)));
        let done = *iterations;
        pool.install(|| {
            chains.par_iter_mut().enumerate().for_each(|(c, chain)| {
                for step in 0..round {
                    let share = match options.iterations {
                        Some(most) => (done + step * count as u64) as f64 / most as f64,
                        None => 0.0,
                    };
                    let share = share.max(spent());
                    if share >= 1.0 && step > 0 || left.is_some_and(|l| step * count as u64 + c as u64 >= l) {
                        break;
                    }
                    let temperature = hottest * libm::pow(coldest / hottest, share.clamp(0.0, 1.0));
                    chain.step(instance, &near, temperature);
                }
            });
        });
        *iterations = chains.iter().map(|c| c.iterations).sum();
        share_best(instance, &mut chains);
    }
}

/// The chain with the best plan; the first of equals.
fn leader(chains: &[Chain]) -> usize {
    let mut best = 0;
    for (c, chain) in chains.iter().enumerate().skip(1) {
        if chain.best_score.better_than(&chains[best].best_score) {
            best = c;
        }
    }
    best
}

/// Chains that have fallen behind go on from the best plan.
fn share_best(instance: &Instance<'_>, chains: &mut [Chain]) {
    let best = leader(chains);
    for c in (0..chains.len()).filter(|&c| c != best) {
        if chains[best].best_score.better_than(&chains[c].best_score) && chains[c].random.once_in(8) {
            let plan = chains[best].best.clone();
            chains[c].adopt(instance, &plan);
        }
    }
}

/// The temperature at the start: where needs are left, a small one may be given up for a better use of the time.
fn hottest(instance: &Instance<'_>, start: &WorkingPlan) -> f64 {
    let effort = coldest(instance, start) * 100.0;
    let absent = start.absent();
    if absent.is_empty() {
        return effort;
    }
    let worth: f64 = absent
        .iter()
        .map(|&n| instance.need(n).worth.min(instance.guide.top.saturating_mul(10)) as f64)
        .sum();
    effort.max(0.2 * worth / absent.len() as f64)
}

/// The temperature at the end: a small part of what an average visit costs in effort.
fn coldest(instance: &Instance<'_>, start: &WorkingPlan) -> f64 {
    let served = instance.needs.len() - start.absent().len();
    let left: i64 = start.absent().iter().map(|&n| instance.need(n).worth).fold(0, i64::saturating_add);
    let effort = start.cost(instance).saturating_sub(left).max(1) as f64;
    (effort / served.max(1) as f64 * 0.001).max(1e-3)
}
