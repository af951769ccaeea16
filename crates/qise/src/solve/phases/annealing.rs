//! Rounds of annealing: chains that improve parts of one plan apart and at the same time, or, where it is small, the whole of
//! it against each other. Between rounds the parts are put together, and good plans are picked from the routes of all.

use rayon::prelude::*;

use super::decomposition::divide;
use super::set_partitioning::recombined;
use crate::base::{IdSet, Random, Spent, Threads};
use crate::model::UnitId;
use crate::plan::Score;
use crate::solve::instance::Instance;
use crate::solve::moves::acceptance::{Cooling, Softening, effort};
use crate::solve::moves::chain::Chain;
use crate::solve::moves::counts::MoveCounts;
use crate::solve::moves::route_pool::RoutePool;
use crate::solve::options::Settings;
use crate::solve::state::WorkingPlan;
use crate::solve::{JUST_BEFORE, Progress};

/// Plans of fewer needs are searched as a whole, by chains that compete.
const DIVIDED_FROM: usize = 160;
/// No part has fewer needs on average.
const SMALLEST_PART: usize = 80;
/// Parts are about this large where there are not too many of them.
const LARGEST_PART: usize = 1000;
/// More parts only for more threads: every part has a copy of the plan.
const MOST_PARTS: usize = 8;
/// Chains of a small problem.
const RIVALS: usize = 2;
/// Coolings of a small problem, one after the other, so that its pool holds routes of several good plans.
const CYCLES: u32 = 6;
/// Steps of a round, for each need of a part.
const STEPS_A_NEED: u64 = 20;
/// Share of the budget that a round takes at most.
const LONGEST_ROUND: f64 = 0.01;
/// Plans of more needs are not recombined.
const RECOMBINED: usize = 3000;
/// Routes kept for recombination.
const POOL: usize = 8000;
/// Routes are kept of plans whose effort is within this share of the best.
const NEAR_BEST: f64 = 0.02;
/// What ends count at first that are not the last, in thousandths of what last ends count, and the share of the budget in which that
/// fades.
const PULL: f64 = 1000.0;
const PULLED: f64 = 0.9;
/// Share of the budget between two recombinations.
const RECOMBINED_EVERY: f64 = 0.08;

/// Improves a plan until the budget is spent, of which `taken` steps are; the best plan, and the steps in all. `moves` grows by what each
/// move brought.
#[expect(clippy::too_many_arguments, reason = "all that a phase of the search is given")]
pub(crate) fn anneal(
    instance: &mut Instance<'_>,
    start: WorkingPlan,
    taken: u64,
    options: &Settings,
    spent: Spent<'_>,
    listen: &mut dyn FnMut(&Progress<'_>),
    threads: &Threads,
    moves: &mut MoveCounts,
) -> (WorkingPlan, u64) {
    let exact = instance.weights.clone();
    let parts = parts(instance, options);
    let cycles = if parts > 1 || !instance.parties.is_empty() { 1 } else { CYCLES };
    let softening = Softening::new(instance, &start, cycles);
    let mut annealing = Annealing::new(instance, start, taken, options, parts, cycles);
    loop {
        let passed = annealing.passed(spent);
        if let Some(softening) = softening {
            instance.set_weights(exact.softened(softening.price(passed)));
        }
        if !instance.makespans.is_empty() {
            instance.makespans.guidance = ((1.0 - passed / PULLED).max(0.0) * PULL) as i64;
        }
        let (best, score) = (&annealing.best, &annealing.best_score);
        listen(&Progress { iterations: annealing.iterations, score, best, instance });
        if annealing.left() == Some(0) || spent() >= 1.0 {
            break;
        }
        annealing.round(instance, spent, threads);
        annealing.recombine(instance, spent, threads);
    }
    instance.makespans.guidance = 0;
    instance.set_weights(exact);
    let Annealing { best, iterations, chains, .. } = annealing;
    for chain in &chains {
        moves.add(&chain.counts);
    }
    // Each has a copy of the plan, which it takes time to give back.
    threads.install(|| chains.into_par_iter().for_each(drop));
    (best, iterations)
}

struct Annealing<'o> {
    options: &'o Settings,
    parts: usize,
    cooling: Cooling,
    chains: Vec<Chain>,
    random: Random,
    /// Steps before these chains began.
    taken: u64,
    iterations: u64,
    best: WorkingPlan,
    best_score: Score,
    /// What the parts make together; not used where there are no parts.
    current: WorkingPlan,
    /// Units whose routes may differ between `current` and `best`.
    behind: IdSet<UnitId>,
    routes: RoutePool,
    recombined_at: f64,
}

impl<'o> Annealing<'o> {
    fn new(
        instance: &Instance<'_>,
        start: WorkingPlan,
        taken: u64,
        options: &'o Settings,
        parts: usize,
        cycles: u32,
    ) -> Self {
        let recombines = recombines(instance);
        let near_best = effort(instance, &start) * instance.slots.len() as f64 * NEAR_BEST;
        let count = if parts > 1 { parts } else { RIVALS };
        let mut chains = (0..count as u64)
            .map(|c| Chain::new(instance, &start, Random::new(options.seed, c + 1)))
            .collect::<Vec<_>>();
        for chain in &mut chains {
            chain.near_best = recombines.then_some(near_best);
        }
        Self {
            options,
            parts,
            cooling: Cooling::new(instance, &start, cycles),
            chains,
            random: Random::new(options.seed, 0),
            taken,
            iterations: taken,
            best: start.clone(),
            best_score: start.score(instance.problem),
            current: start,
            behind: IdSet::new(instance.units.len()),
            routes: RoutePool::new(if recombines { POOL } else { 0 }),
            recombined_at: 0.0,
        }
    }

    /// Steps left of a budget of steps.
    fn left(&self) -> Option<u64> {
        self.options.iterations.map(|most| most.saturating_sub(self.iterations))
    }

    /// Share of the budget that is spent, in steps or in time.
    fn passed(&self, spent: Spent<'_>) -> f64 {
        self.options.iterations.map_or(0.0, |most| self.iterations as f64 / most.max(1) as f64).max(spent())
    }

    /// Every chain on its part, and the parts together again.
    fn round(&mut self, instance: &Instance<'_>, spent: Spent<'_>, threads: &Threads) {
        if self.parts > 1 {
            let subproblems = divide(instance, &self.current, self.parts, &mut self.random);
            for (chain, subproblem) in self.chains.iter_mut().zip(subproblems) {
                chain.subproblem = subproblem;
            }
        }
        let quotas = self.quotas();
        let count = self.chains.len();
        // Parts that wait for a thread get as long as those that do not.
        let longest = LONGEST_ROUND / count.div_ceil(self.options.threads.max(1)) as f64;
        let (most, done, cooling) = (self.options.iterations, self.iterations, self.cooling);
        let chains = &mut self.chains;
        threads.install(|| {
            chains.par_iter_mut().zip(&quotas).for_each(|(chain, &quota)| {
                chain.start_round(instance);
                match most {
                    // Counted steps decide; the clock only ends it all.
                    Some(most) => {
                        let share = |step: u64| {
                            let share = (done as f64 + step as f64 * count as f64) / most as f64;
                            if spent() >= 1.0 { 1.0 } else { share.min(JUST_BEFORE) }
                        };
                        chain.run(instance, quota, 1.0, share, cooling);
                    }
                    None => chain.run(instance, quota, (spent() + longest).min(1.0), |_| spent(), cooling),
                }
            });
        });
        self.iterations = self.taken + self.chains.iter().map(|c| c.iterations).sum::<u64>();
        if self.parts > 1 { self.gather(instance, spent, threads) } else { self.compare(instance) }
    }

    /// How many steps each chain takes in a round: fixed beforehand, so that it does not hang on who is quicker.
    fn quotas(&self) -> Vec<u64> {
        let wanted = |chain: &Chain| match chain.subproblem.slots().len() as u64 {
            0 => 0,
            slots => STEPS_A_NEED * slots + 100,
        };
        let total: u64 = self.chains.iter().map(wanted).sum();
        let scale = match (self.options.iterations, self.left()) {
            (Some(most), Some(left)) => {
                let longest = (most as f64 * LONGEST_ROUND).max(self.chains.len() as f64).min(left as f64);
                (longest / total as f64).min(1.0)
            }
            _ => 1.0,
        };
        let mut quotas = self.chains.iter().map(|c| (wanted(c) as f64 * scale) as u64).collect::<Vec<_>>();
        if quotas.iter().all(|&q| q == 0) {
            // where rounding leaves nothing, one step remains
            let busy = self.chains.iter().position(|c| !c.subproblem.slots().is_empty());
            quotas[busy.unwrap_or(0)] = 1;
        }
        quotas
    }

    /// Puts the parts together again: first the best of each, which may be the best plan so far, then what each goes on from.
    fn gather(&mut self, instance: &Instance<'_>, spent: Spent<'_>, threads: &Threads) {
        for chain in &self.chains {
            self.current.follow(instance, &chain.best, chain.touched.list());
            self.behind.add_all(chain.touched.list().iter().copied());
        }
        let score = self.current.score(instance.problem);
        if score.better_than(&self.best_score) {
            self.best.follow(instance, &self.current, self.behind.list());
            self.behind.clear();
            self.best_score = score;
        }
        if spent() >= 1.0 {
            // Nobody goes on.
            return;
        }
        for chain in &self.chains {
            self.current.follow(instance, &chain.current, chain.touched.list());
            self.behind.add_all(chain.touched.list().iter().copied());
        }
        let touched = self.chains.iter().map(|c| c.touched.list().to_vec()).collect::<Vec<_>>();
        let (chains, current) = (&mut self.chains, &self.current);
        threads.install(|| {
            chains.par_iter_mut().enumerate().for_each(|(c, chain)| {
                let others = touched.iter().enumerate().filter(|&(t, _)| t != c);
                let others = others.flat_map(|(_, list)| list.iter().copied()).collect::<Vec<_>>();
                chain.accept(instance, current, &others);
            });
        });
    }

    /// Looks for the best plan among rivals; one that has fallen behind goes on from a better one now and then.
    fn compare(&mut self, instance: &Instance<'_>) {
        for chain in &self.chains {
            let score = chain.best.score(instance.problem);
            if score.better_than(&self.best_score) {
                self.best.clone_from(&chain.best);
                self.best_score = score;
            }
        }
        let chains = &mut self.chains;
        let compare = |a: &Chain, b: &Chain| instance.weights.compare(&a.measure, &b.measure);
        let leader = (0..chains.len()).min_by(|&a, &b| compare(&chains[a], &chains[b])).unwrap_or(0);
        for c in (0..chains.len()).filter(|&c| c != leader) {
            if compare(&chains[c], &chains[leader]).is_gt() && chains[c].random.once_in(8) {
                let plan = chains[leader].current.clone();
                chains[c].adopt(instance, &plan);
            }
        }
    }

    /// Now and then, picks a plan from the routes of all good plans so far.
    fn recombine(&mut self, instance: &Instance<'_>, spent: Spent<'_>, threads: &Threads) {
        for chain in &mut self.chains {
            self.routes.absorb(&mut chain.routes);
        }
        let passed = self.passed(spent);
        if passed - self.recombined_at < RECOMBINED_EVERY || !recombines(instance) {
            return;
        }
        self.recombined_at = passed;
        let Some(plan) = threads.install(|| recombined(instance, &mut self.routes, &self.best, spent)) else {
            return;
        };
        let score = plan.score(instance.problem);
        if !score.better_than(&self.best_score) {
            return;
        }
        if self.parts > 1 {
            self.chains.iter_mut().for_each(|chain| chain.adopt(instance, &plan));
            self.current = plan.clone();
            self.behind.clear();
        } else if let Some(worst) =
            self.chains.iter_mut().max_by(|a, b| instance.weights.compare(&a.measure, &b.measure))
        {
            worst.adopt(instance, &plan);
        }
        (self.best, self.best_score) = (plan, score);
    }
}

/// Whether the routes of good plans are put together to better ones: not where there are too many, nor where people meet,
/// whose routes only fit their own plan.
fn recombines(instance: &Instance<'_>) -> bool {
    instance.slots.len() <= RECOMBINED && !instance.has_synchronisation()
}

/// Into how many parts a plan is divided: small enough for the nearest memory, and one at least for each thread. With a budget
/// of steps the number hangs on the problem alone, so that the answer does not on the machine.
fn parts(instance: &Instance<'_>, options: &Settings) -> usize {
    let slots = instance.slots.len();
    // People who meet tie the parts of a plan together, and so does what only some of them can have.
    let shared = instance.depot_calls.run_out()
        || !instance.units.exclusive.is_empty()
        || !instance.problem.outsourceable().is_empty();
    if slots < DIVIDED_FROM || instance.has_synchronisation() || shared {
        return 1;
    }
    let threads = if options.iterations.is_none() { options.threads } else { 2 };
    (slots / LARGEST_PART).clamp(2, MOST_PARTS).max(threads.min(slots / SMALLEST_PART))
}
