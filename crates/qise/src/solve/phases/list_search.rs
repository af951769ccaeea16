//! Plans for parties, made need by need in the order of a list, and the search for a good list.
//!
//! Which groups of needs come first, and which needs first in each group, decides how well parties are filled. A list is a key for
//! every need; some keys are drawn anew, and the list is kept where its plan is no worse. After the biased random keys of J. F. Gonçalves,
//! M. G. C. Resende (2011), Biased random-key genetic algorithms for combinatorial optimization, Journal of Heuristics 17, with one
//! list instead of a population.

use std::cmp::Reverse;

use rayon::prelude::*;

use crate::base::{Random, Spent, Threads};
use crate::model::SlotId;
use crate::solve::Progress;
use crate::solve::insertion::crew::CrewFinder;
use crate::solve::insertion::prerequisites::insert_with_prerequisites;
use crate::solve::instance::Instance;
use crate::solve::instance::weights::Measure;
use crate::solve::moves::outsourcing::hand_out;
use crate::solve::options::Settings;
use crate::solve::state::WorkingPlan;
use crate::solve::state::terms::completion_times::CompletionTimes;

/// Groups of needs of which every order is tried.
const PERMUTED: usize = 4;
/// Fewer orders are tried where needs times people, times the number of orders, are more than this.
const LARGEST: usize = 300_000_000;
/// Searches side by side: a fixed number, so that the answer does not hang on the machine.
const RIVALS: usize = 2;
/// Lists that each tries between two comparisons.
const LISTS_A_ROUND: u32 = 20;
/// Share of the budget for this search.
const SHARE: f64 = 0.5;
/// Steps of the budget that a list counts for.
const STEPS_A_LIST: u64 = 50;
/// Keys lie within this of 1.
const SPREAD: f64 = 0.5;
/// At most one key in so many is drawn anew.
const REDRAWN: u32 = 4;
/// The order of the groups changes in one list in so many.
const REORDERED: u32 = 40;
/// Times at which groups are to be done are set anew in one list in so many, each up to so much sooner than in the best plan.
const RETARGETED: u32 = 10;
const TIGHTENED: f64 = 0.25;
/// Orders of the groups that are kept.
const KEPT: usize = 4;
/// The price of idle time of new members is drawn up to this.
const DEAREST_IDLE: f64 = 0.3;
/// The price at first.
const IDLE: f64 = 0.02;
/// What ends count that are not the last, in thousandths of what last ends count.
const PULL: i64 = 100;

/// In which order needs are served, and how.
#[derive(Clone, Debug)]
struct List {
    /// The groups of which last ends count, the first first.
    groups: Vec<usize>,
    /// When each group is to be done: then what can wait least comes first, whatever its group.
    targets: Option<CompletionTimes>,
    /// Whether, within a group, what most work waits for comes first.
    by_tail: bool,
    /// For each slot a factor of the labour it asks for.
    keys: Vec<f64>,
    idle: f64,
}

/// A first plan: the best of all orders of the groups.
pub(crate) fn first(instance: &Instance<'_>, plan: &mut WorkingPlan, spent: Spent<'_>) {
    let start = plan.clone();
    let mut best = None;
    ranked(instance, &start, spent, |made, cost| {
        if best.is_none_or(|known| cost < known) {
            (*plan, best) = (made, Some(cost));
        }
    });
}

/// All orders of the groups, the best first, with what their plans cost; those at least for which there was time. `see` is shown every
/// plan.
fn ranked(
    instance: &Instance<'_>,
    start: &WorkingPlan,
    spent: Spent<'_>,
    mut see: impl FnMut(WorkingPlan, i128),
) -> Vec<(List, i128)> {
    let mut groups = (0..instance.makespans.counted.len().min(PERMUTED)).collect::<Vec<_>>();
    let weight = |&g: &usize| Reverse(instance.makespans.counted[g].1);
    groups.sort_by_key(weight);
    let mut lists = Vec::new();
    loop {
        for by_tail in [true, false] {
            let keys = vec![1.0; instance.slots.len()];
            lists.push(List { groups: groups.clone(), by_tail, targets: None, keys, idle: IDLE });
        }
        if !next_permutation(&mut groups, weight) {
            break;
        }
    }
    let size = instance.slots.len() * instance.units.len();
    lists.truncate((LARGEST / size.max(1)).max(1));
    let mut ranked = Vec::new();
    for list in lists {
        // The first is made in any case: a plan of what there was time for.
        if ranked.is_empty() || spent() < 1.0 {
            let plan = list.build(instance, start.clone(), spent);
            let cost = cost(instance, &plan);
            see(plan, cost);
            ranked.push((list, cost));
        }
    }
    ranked.sort_by_key(|(_, cost)| *cost);
    ranked
}

/// The cost of a plan, with some weight for ends that are not the last.
fn cost(instance: &Instance<'_>, plan: &WorkingPlan) -> i128 {
    plan.cost(instance) + i128::from(plan.terms().last_ends.cost_of_guidance(instance, PULL))
}

struct Rival {
    list: List,
    cost: i128,
    best: WorkingPlan,
    best_measure: Measure,
    random: Random,
}

/// Looks for a better list; the best plan, and the steps it took.
pub(crate) fn improve(
    instance: &Instance<'_>,
    plan: WorkingPlan,
    options: &Settings,
    spent: Spent<'_>,
    listen: &mut dyn FnMut(&Progress<'_>),
    threads: &Threads,
) -> (WorkingPlan, u64) {
    let budget = options.iterations.map(|steps| (steps as f64 * SHARE) as u64 / STEPS_A_LIST);
    if instance.parties.is_empty() || options.is_warm || budget == Some(0) {
        return (plan, 0);
    }
    let start = WorkingPlan::new(instance);
    let mut ranked = threads.install(|| ranked(instance, &start, spent, |_, _| {}));
    ranked.truncate(KEPT);
    let orders = ranked.iter().map(|(list, _)| list.clone()).collect::<Vec<_>>();
    let mut rivals = (0..RIVALS)
        .map(|r| {
            let (list, cost) = ranked[r % ranked.len()].clone();
            let random = Random::new(options.seed, (1 << 32) + r as u64);
            Rival { list, cost, best_measure: plan.measure(instance), best: plan.clone(), random }
        })
        .collect::<Vec<_>>();
    let mut tried = 0;
    let is_over = |tried: u64| budget.is_some_and(|most| tried >= most) || spent() >= SHARE;
    while !is_over(tried) {
        threads.install(|| {
            rivals.par_iter_mut().for_each(|rival| {
                for _ in 0..LISTS_A_ROUND {
                    if spent() < SHARE {
                        rival.step(instance, &start, &orders, spent);
                    }
                }
            });
        });
        tried += u64::from(LISTS_A_ROUND) * RIVALS as u64;
        let best = rivals.iter().min_by_key(|rival| &rival.best_measure).map(|rival| &rival.best);
        if let Some(best) = best {
            let score = best.score(instance.problem);
            listen(&Progress { iterations: tried * STEPS_A_LIST, score: &score, best, instance });
        }
    }
    let best = rivals.into_iter().min_by(|a, b| a.best_measure.cmp(&b.best_measure));
    (best.map_or(plan, |rival| rival.best), tried * STEPS_A_LIST)
}

impl Rival {
    /// Tries another list.
    fn step(&mut self, instance: &Instance<'_>, start: &WorkingPlan, orders: &[List], spent: Spent<'_>) {
        let random = &mut self.random;
        let mut list = self.list.clone();
        if random.once_in(REORDERED) {
            let other = &orders[random.below(orders.len() as u32) as usize];
            list.groups.clone_from(&other.groups);
            list.by_tail = other.by_tail;
        }
        if random.once_in(RETARGETED) {
            let mut targets = self.best.terms().last_ends.times();
            targets.0.iter_mut().zip(&instance.makespans.counted).for_each(|(end, (from, _))| {
                let share = 1.0 - TIGHTENED * random.unit();
                *end = from.0 + ((*end).max(from.0).saturating_sub(from.0) as f64 * share) as i64;
            });
            list.targets = (!random.once_in(4)).then_some(targets);
        }
        if random.once_in(4) {
            list.idle = random.unit() * random.unit() * DEAREST_IDLE;
        }
        let count = list.keys.len() as u32;
        for _ in 0..=random.below((count / REDRAWN).max(1)) {
            list.keys[random.below(count) as usize] = 1.0 + SPREAD * (2.0 * random.unit() - 1.0);
        }
        let plan = list.build(instance, start.clone(), spent);
        let cost = cost(instance, &plan);
        if cost <= self.cost {
            (self.list, self.cost) = (list, cost);
        }
        let measure = plan.measure(instance);
        if measure.better_than(&self.best_measure) {
            (self.best, self.best_measure) = (plan, measure);
        }
    }
}

impl List {
    /// Serves all needs in the order of the list; what may be handed to others and spares most for its price is.
    fn build(&self, instance: &Instance<'_>, mut plan: WorkingPlan, spent: Spent<'_>) -> WorkingPlan {
        let mut crews = CrewFinder::default();
        crews.party.idle_price = self.idle;
        let counts = |slot: SlotId| {
            // What is done first holds up all that follows.
            let later = self.rank(instance, slot).map_or(&[][..], |rank| &self.groups[rank..]);
            later.iter().map(|&g| instance.makespans.counted[g].1).sum::<i64>().max(1) as f64
        };
        let mut needs = plan.unserved().to_vec();
        hand_out(instance, &mut plan, &needs, |slot| counts(slot) * self.keys[slot.index()]);
        needs.sort_by_cached_key(|&slot| {
            let labour =
                (instance.parties.labour(instance.problem.slot(slot).need, instance.slot(slot).service)
                    as f64
                    * self.keys[slot.index()]) as u64;
            (instance.stakes.class(slot), self.place(instance, slot), Reverse(labour), slot)
        });
        for (n, slot) in needs.into_iter().enumerate() {
            if n.is_multiple_of(64) && spent() >= 1.0 {
                break;
            }
            if plan.is_unserved(slot) {
                insert_with_prerequisites(instance, &mut plan, slot, |plan, lead| {
                    crews.find(instance, plan, lead, instance.slot(lead).prize, &mut || false, |_, _| {})
                });
            }
        }
        plan
    }

    /// Which of the groups comes first whose last ends a visit may move, or what follows it may.
    fn rank(&self, instance: &Instance<'_>, slot: SlotId) -> Option<usize> {
        let groups = instance.proximity.recreate_keys.follow(slot).groups;
        self.groups.iter().position(|g| groups & (1 << g) != 0)
    }

    /// Where a need stands in the list, what it asks of people apart; the least comes first.
    fn place(&self, instance: &Instance<'_>, slot: SlotId) -> i64 {
        let follow = instance.proximity.recreate_keys.follow(slot);
        let Some(targets) = &self.targets else {
            let rank = self.rank(instance, slot).unwrap_or(self.groups.len()) as i64;
            // No tail is as long as that.
            return (rank << 40) - if self.by_tail { follow.tail as i64 } else { 0 };
        };
        let day = instance.parties.pools().first().map_or(1, |pool| (pool.end - pool.start).0.max(1));
        let groups = (0..instance.makespans.counted.len()).filter(|g| follow.groups & (1 << g) != 0);
        let latest = groups.map(|g| targets.0[g] - i64::from(follow.tails[g])).min().unwrap_or(i64::MAX / 2);
        let shaken = latest + ((self.keys[slot.index()] - 1.0) * day as f64) as i64;
        shaken.div_euclid(day)
    }
}

/// The next order of things that come in the order of their keys at first; false after the last.
fn next_permutation<T, K: Ord>(order: &mut [T], key: impl Fn(&T) -> K) -> bool {
    let Some(at) = (1..order.len()).rev().find(|&k| key(&order[k - 1]) < key(&order[k])) else {
        return false;
    };
    let Some(by) = (at..order.len()).rev().find(|&k| key(&order[at - 1]) < key(&order[k])) else {
        return false;
    };
    order.swap(at - 1, by);
    order[at..].reverse();
    true
}

#[cfg(test)]
mod tests;
