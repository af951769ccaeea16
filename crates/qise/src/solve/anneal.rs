//! Rounds of annealing: chains that improve parts of one plan apart and at the same time, or, where it is small, the whole of
//! it against each other.

use rayon::prelude::*;

use super::construct::construct;
use super::instance::Instance;
use super::pool::{Column, RoutePool};
use super::random::Random;
use super::recombine::recombine;
use super::search::{Chain, Cooling};
use super::territory::Territory;
use super::units::UnitSet;
use super::working::WorkingPlan;
use super::{Options, Progress, Spent, Threads};
use crate::plan::Term;

/// Plans of fewer needs are searched as a whole, by chains that compete.
const DIVIDED_FROM: usize = 160;
/// Chains of a small problem.
const RIVALS: usize = 2;
/// Steps of a round, for each need of a part.
const STEPS_A_NEED: u64 = 20;
/// Share of the budget that a round takes at most.
const LONGEST_ROUND: f64 = 0.01;

/// Plans of more needs are not recombined.
const RECOMBINED: usize = 3000;
/// Routes kept for recombination.
const POOL: usize = 8000;
/// Share of the budget after which routes are kept.
const KEPT_FROM: f64 = 0.3;
/// Share of the budget between two recombinations.
const RECOMBINED_EVERY: f64 = 0.08;

/// Improves a plan until the budget is spent; the best plan, and the steps it took.
pub(super) fn anneal(
    instance: &mut Instance<'_>,
    start: WorkingPlan,
    options: &Options,
    spent: Spent<'_>,
    listen: &mut dyn FnMut(&Progress<'_>),
    threads: &Threads,
) -> (WorkingPlan, u64) {
    let cooling = cooling(instance, &start);
    let parts = parts(instance);
    let count = if parts > 1 { parts } else { RIVALS };
    let mut random = Random::new(options.seed, 0);
    let chains = (0..count as u64).map(|c| Chain::new(instance, &start, Random::new(options.seed, c + 1)));
    let mut chains = chains.collect::<Vec<_>>();
    let mut best = start.clone();
    let mut best_score = best.score(instance.problem);
    let mut current = start;
    let mut behind = UnitSet::new(instance.units.len());
    let mut iterations = 0_u64;
    let mut pool_of_routes = RoutePool::new(if instance.needs.len() <= RECOMBINED { POOL } else { 0 });
    let mut recombined_at = 0.0;
    let exact = instance.guide.clone();
    let softest = softest(instance, &current);
    loop {
        if let Some((softest, hard)) = softest {
            let counted = options.iterations.map_or(0.0, |most| iterations as f64 / most as f64);
            let share = counted.max(spent()) / var("HARDEN", 0.95);
            let price = if share >= 1.0 { hard } else { softest * libm::pow(var("END", 1.0), share) };
            instance.follow_guide(exact.softened(price));
        }
        let instance = &*instance;
        listen(&Progress { iterations, score: &best_score, best: &best, instance });
        let left = options.iterations.map(|most| most.saturating_sub(iterations));
        if left == Some(0) || spent() >= 1.0 {
            break;
        }
        if parts > 1 {
            let territories = Territory::divide(instance, &current, parts, &mut random);
            for (chain, territory) in chains.iter_mut().zip(territories) {
                chain.territory = territory;
            }
        }
        // Every chain's quota is fixed beforehand, so that it does not hang on who is quicker.
        let wanted = |chain: &Chain| match chain.territory.needs().len() as u64 {
            0 => 0,
            needs => STEPS_A_NEED * needs + 100,
        };
        let total: u64 = chains.iter().map(wanted).sum();
        let scale = options.iterations.map_or(1.0, |most| {
            let longest = (most as f64 * var("ROUND", LONGEST_ROUND)).max(count as f64).min(left.unwrap_or(most) as f64);
            (longest / total as f64).min(1.0)
        });
        let mut quotas = chains.iter().map(|c| (wanted(c) as f64 * scale) as u64).collect::<Vec<_>>();
        if let Some(left) = left {
            // where rounding leaves nothing, one step remains
            if quotas.iter().all(|&q| q == 0)
                && let Some(first) = chains.iter().position(|c| !c.territory.needs().is_empty())
            {
                quotas[first] = left.min(1);
            }
        }
        let counted = options.iterations.map_or(0.0, |most| iterations as f64 / most as f64);
        let passed = counted.max(spent());
        for chain in &mut chains {
            chain.near_best = cooling.hottest / var("HOT", 1.0) * instance.needs.len() as f64 * var("NEARBEST", 0.02);
            chain.keeps_routes = instance.needs.len() <= RECOMBINED && passed >= var("KEEP", KEPT_FROM);
        }
        let until = (spent() + LONGEST_ROUND).min(1.0);
        let done = iterations;
        threads.install(|| {
            chains.par_iter_mut().zip(&quotas).for_each(|(chain, &quota)| {
                chain.start_round(instance);
                let share = |step: u64| {
                    let counted = options.iterations.map_or(0.0, |most| {
                        (done as f64 + step as f64 * count as f64) / most as f64
                    });
                    if options.iterations.is_some() { counted.max(spent()).min(0.999_999) } else { spent() }
                };
                let until = if options.iterations.is_some() { 1.0 } else { until };
                chain.run(instance, quota, until, share, cooling);
            });
        });
        iterations = chains.iter().map(|c| c.iterations).sum();
        if parts > 1 {
            gather(instance, &mut chains, &mut current, &mut behind, &mut best, &mut best_score);
        } else {
            compare(instance, &mut chains, &mut best, &mut best_score);
        }
        for chain in &mut chains {
            pool_of_routes.absorb(&mut chain.pool);
        }
        let counted = options.iterations.map_or(0.0, |most| iterations as f64 / most as f64);
        let passed = counted.max(spent());
        if passed >= KEPT_FROM + var("EVERY", RECOMBINED_EVERY) && passed - recombined_at >= var("EVERY", RECOMBINED_EVERY) && instance.needs.len() <= RECOMBINED {
            recombined_at = passed;
            let known = instance.problem.unit_ids().filter_map(|u| pool_of_routes.add(instance, &best, u)).collect::<Vec<_>>();
            let t = std::time::Instant::now();
            let picked = recombine(instance, pool_of_routes.columns(), &known);
            if super::knob("TALK", 0.0) > 0.0 {
                eprintln!("recombine at {passed:.2}: {} columns, {:?}, {:?}", pool_of_routes.columns().len(), picked.is_some(), t.elapsed());
            }
            if let Some(picked) = picked {
                let plan = threads.install(|| assemble(instance, pool_of_routes.columns(), &picked, spent));
                let score = plan.score(instance.problem);
                if super::knob("TALK", 0.0) > 0.0 {
                    eprintln!("   {:?} -> {:?}", best_score.levels, score.levels);
                }
                if score.better_than(&best_score) {
                    best = plan;
                    best_score = score;
                    if parts > 1 {
                        current = best.clone();
                        behind.clear();
                        for chain in &mut chains {
                            chain.adopt(instance, &current);
                        }
                    } else {
                        let worst = (0..chains.len()).max_by_key(|&c| chains[c].cost).unwrap_or(0);
                        chains[worst].adopt(instance, &best);
                    }
                }
            }
        }
    }
    instance.follow_guide(exact);
    (best, iterations)
}

/// A plan of some columns of a pool, completed by insertion.
fn assemble(instance: &Instance<'_>, columns: &[Column], picked: &[usize], spent: Spent<'_>) -> WorkingPlan {
    let mut plan = WorkingPlan::new(instance);
    for &c in picked {
        if let Some(unit) = plan.idle_twin(instance, columns[c].leader) {
            plan.try_route(instance, unit, &columns[c].visits);
        }
    }
    construct(instance, &mut plan, spent);
    plan
}

fn var(name: &str, default: f64) -> f64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

/// The price of a unit of the needs left at which a search begins, and the price at which it ends; nothing where the price is
/// the same throughout, as when everybody can be served.
fn softest(instance: &Instance<'_>, start: &WorkingPlan) -> Option<(f64, f64)> {
    let (term, hard) = instance.guide.price_of_left()?;
    let contested = start.absent().iter().filter(|&&n| !instance.candidates.of(n).is_empty()).count();
    let served = instance.needs.len() - start.absent().len();
    if contested * 50 < served || served == 0 {
        return None;
    }
    let units = |need: &super::instance::FlatNeed| if term == Term::Unserved { 1 } else { need.priority };
    let all: i64 = instance.needs.iter().map(units).sum();
    let average = (all as f64 / instance.needs.len() as f64).max(1e-9);
    let soft = effort(instance, start) * var("SOFT", 10.0) / average;
    (soft < hard as f64).then_some((soft.max(1.0), hard as f64))
}

/// What a visit costs in effort, on average.
fn effort(instance: &Instance<'_>, plan: &WorkingPlan) -> f64 {
    let served = instance.needs.len() - plan.absent().len();
    let left: i64 = plan.absent().iter().map(|&n| instance.need(n).worth).fold(0, i64::saturating_add);
    plan.cost(instance).saturating_sub(left).max(1) as f64 / served.max(1) as f64
}

/// Puts the parts together again: first the best of each, which may be the best plan so far, then what each goes on from.
fn gather(
    instance: &Instance<'_>,
    chains: &mut [Chain],
    current: &mut WorkingPlan,
    behind: &mut UnitSet,
    best: &mut WorkingPlan,
    best_score: &mut crate::plan::Score,
) {
    for chain in &*chains {
        current.follow(instance, &chain.best, chain.touched.list());
        for &unit in chain.touched.list() {
            behind.add(unit);
        }
    }
    let score = current.score(instance.problem);
    if score.better_than(best_score) {
        best.follow(instance, current, behind.list());
        behind.clear();
        *best_score = score;
    }
    for chain in &*chains {
        current.follow(instance, &chain.current, chain.touched.list());
        for &unit in chain.touched.list() {
            behind.add(unit);
        }
    }
    let touched = chains.iter().map(|c| c.touched.list().to_vec()).collect::<Vec<_>>();
    let current = &*current;
    chains.par_iter_mut().enumerate().for_each(|(c, chain)| {
        let others = touched.iter().enumerate().filter(|&(t, _)| t != c);
        let others = others.flat_map(|(_, list)| list.iter().copied()).collect::<Vec<_>>();
        chain.accept(instance, current, &others);
    });
}

/// Looks for the best plan among rivals; one that has fallen behind goes on from it now and then.
fn compare(
    instance: &Instance<'_>,
    chains: &mut [Chain],
    best: &mut WorkingPlan,
    best_score: &mut crate::plan::Score,
) {
    for chain in &*chains {
        let score = chain.best.score(instance.problem);
        if score.better_than(best_score) {
            best.clone_from(&chain.best);
            *best_score = score;
        }
    }
    let leader = (0..chains.len()).min_by_key(|&c| chains[c].cost).unwrap_or(0);
    for c in (0..chains.len()).filter(|&c| c != leader) {
        if chains[c].cost > chains[leader].cost && chains[c].random.once_in(8) {
            let plan = chains[leader].current.clone();
            chains[c].adopt(instance, &plan);
        }
    }
}

/// Into how many parts a plan is divided. It hangs on the problem alone, so that the answer does not on the machine.
fn parts(instance: &Instance<'_>) -> usize {
    match instance.needs.len() {
        n if n < super::knob("DIVIDED", DIVIDED_FROM as f64) as usize => 1,
        0..2000 => 2,
        2000..6000 => 4,
        _ => 8,
    }
}

/// From a temperature that moves visits about to one that only polishes, as measured by what a visit costs in effort.
fn cooling(instance: &Instance<'_>, start: &WorkingPlan) -> Cooling {
    let effort = effort(instance, start);
    let hottest = (effort * var("HOT", 1.0)).max(2e-3);
    let coldest = (effort * var("COLD", 0.01)).max(1e-3);
    Cooling { hottest, coldest }
}
