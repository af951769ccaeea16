//! Fewer people, where their number comes before effort: somebody stays at home, and their visits must find a place with the others.
//!
//! Uninserted visits get a growing penalty until another visit is displaced.
//! Sources: Christiaens & Vanden Berghe (2020), section 5.1 (fleet minimisation by absences); Y. Nagata, O. Bräysy (2009), A powerful
//! route minimization heuristic for the vehicle routing problem with time windows, Operations Research Letters 37(5).

use rayon::prelude::*;

use crate::base::{Random, Spent, Threads};
use crate::model::{SlotId, VolunteerId};
use crate::solve::Progress;
use crate::solve::instance::Instance;
use crate::solve::moves::acceptance::{Cooling, effort};
use crate::solve::moves::chain::Chain;
use crate::solve::moves::counts::MoveCounts;
use crate::solve::moves::subproblem::Subproblem;
use crate::solve::options::Settings;
use crate::solve::state::{WorkingPlan, valuation};

/// Share of the budget that may be taken.
const SHARE: f64 = 0.4;
/// Chains that try it side by side.
const RIVALS: u64 = 2;
/// The price of a need without a place at first, in what a visit costs in effort.
const PRICE: f64 = 4.0;
/// By so much it becomes dearer with every round, and how dear it gets at most.
const DEARER: i64 = 1;
const DEAREST: i64 = 100;
/// Steps of a round, for each need.
const STEPS_A_NEED: u64 = 10;
/// Temperature, as a share of what a visit costs in effort.
const WARM: f64 = 0.3;

/// A plan with as few people as were found in a share of the budget, and the steps that took.
pub(crate) fn reduce(
    instance: &mut Instance<'_>,
    plan: WorkingPlan,
    options: &Settings,
    spent: Spent<'_>,
    listen: &mut dyn FnMut(&Progress<'_>),
    threads: &Threads,
    moves: &mut MoveCounts,
) -> (WorkingPlan, u64) {
    if !instance.features.people_first || !plan.unserved().is_empty() || instance.has_synchronisation() {
        return (plan, 0);
    }
    let exact = instance.weights.clone();
    let priorities = instance.slots.iter().map(|n| n.priority).collect::<Vec<_>>();
    let effort = effort(instance, &plan);
    instance.set_weights(exact.fleet_weights((effort * PRICE) as i64));
    let mut hunt = FleetMinimiser::new(instance, &plan, options, effort);
    let most = options.iterations.map(|most| (most as f64 * SHARE) as u64);
    let over = |hunt: &FleetMinimiser| spent() >= SHARE || most.is_some_and(|most| hunt.iterations() >= most);
    let mut best = plan;
    while !over(&hunt) && hunt.remove_route(instance, &best) {
        while !over(&hunt) {
            let score = best.score(instance.problem);
            listen(&Progress { iterations: hunt.iterations(), score: &score, best: &best, instance });
            if let Some(found) = hunt.round(instance, spent, threads) {
                best = found;
                break;
            }
        }
    }
    for (slot, priority) in instance.slots.iter_mut().zip(priorities) {
        slot.priority = priority;
    }
    instance.set_weights(exact);
    let mut plan = WorkingPlan::new(instance);
    for unit in instance.problem.unit_ids() {
        let good = plan.try_route(instance, unit, &best.route(unit).visits);
        debug_assert!(good, "a price changes nothing of what is possible");
    }
    for chain in &hunt.chains {
        moves.add(&chain.counts);
    }
    (plan, hunt.iterations())
}

struct FleetMinimiser {
    chains: Vec<Chain>,
    cooling: Cooling,
    random: Random,
    /// Nobody can do with fewer.
    fewest: usize,
}

impl FleetMinimiser {
    fn new(instance: &mut Instance<'_>, plan: &WorkingPlan, options: &Settings, effort: f64) -> Self {
        let chains = (0..RIVALS).map(|c| Chain::new(instance, plan, Random::new(options.seed, 1000 + c)));
        let fewest = (0..instance.loads.dimensions).map(|d| {
            let load: i64 = instance.problem.slot_ids().map(|n| instance.loads.of(n)[d]).sum();
            let most =
                instance.problem.unit_ids().map(|u| instance.loads.capacities(u)[d]).max().unwrap_or(0);
            (load as u64).div_ceil(most.max(1) as u64) as usize
        });
        Self {
            fewest: fewest.max().unwrap_or(0).max(1),
            chains: chains.collect(),
            cooling: Cooling::steady(effort * WARM),
            random: Random::new(options.seed, 999),
        }
    }

    fn iterations(&self) -> u64 {
        self.chains.iter().map(|c| c.iterations).sum()
    }

    /// Somebody with little to do stays at home from here on; false when nobody can.
    fn remove_route(&mut self, instance: &mut Instance<'_>, plan: &WorkingPlan) -> bool {
        let visits = |who: VolunteerId| {
            let units = instance.problem.units_of(who);
            units.flat_map(|u| plan.route(u).visits.iter().copied()).collect::<Vec<SlotId>>()
        };
        let mut out = instance
            .problem
            .volunteer_ids()
            .filter_map(|who| {
                let visits = visits(who);
                (!visits.is_empty()).then_some((visits, who))
            })
            .collect::<Vec<_>>();
        if out.len() <= self.fewest {
            return false;
        }
        out.retain(|(visits, _)| !visits.iter().any(|&n| instance.slot(n).pinned));
        out.sort_by_key(|(visits, who)| (visits.len(), *who));
        // One of the few with least to do: another each time.
        let few = out.len().min(4) as u32;
        if few == 0 {
            return false;
        }
        let who = out[self.random.below(few) as usize].1;
        for slot in &mut instance.slots {
            slot.priority = 1;
        }
        let mut start = WorkingPlan::new(instance);
        for unit in instance.problem.unit_ids().filter(|&u| instance.unit(u).volunteer != who) {
            let good = start.try_route(instance, unit, &plan.route(unit).visits);
            debug_assert!(good, "a route is as possible when somebody else stays at home");
        }
        let subproblem = Subproblem::of_units(instance, |unit| start.route(unit).out);
        for chain in &mut self.chains {
            chain.subproblem = subproblem.clone();
            chain.adopt(instance, &start);
        }
        true
    }

    /// Searches for a while; a plan where every need has a place, if there is one.
    fn round(
        &mut self,
        instance: &mut Instance<'_>,
        spent: Spent<'_>,
        threads: &Threads,
    ) -> Option<WorkingPlan> {
        let steps = STEPS_A_NEED * instance.slots.len() as u64;
        let (chains, cooling) = (&mut self.chains, self.cooling);
        let shared: &Instance<'_> = instance;
        threads.install(|| {
            chains.par_iter_mut().for_each(|chain| {
                chain.start_round(shared);
                chain.run(shared, steps, 1.0, |_| spent(), cooling);
            });
        });
        if let Some(chain) = self.chains.iter().find(|c| c.best.unserved().is_empty()) {
            return Some(chain.best.clone());
        }
        for chain in &self.chains {
            for &slot in chain.current.unserved() {
                let priority = &mut instance.slots[slot.index()].priority;
                *priority = (*priority + DEARER).min(DEAREST);
            }
        }
        instance.reprice();
        for chain in &mut self.chains {
            valuation::recount(&mut chain.current, instance);
        }
        None
    }
}

#[cfg(test)]
mod tests;
