//! Ruin and recreate, and exchanges of tails, under simulated annealing: one chain.
//!
//! Source: Christiaens & Vanden Berghe (2020), as cited in [`super::string_removal`]; needs that nobody serves take part: they are
//! seeds of removals, and are tried again wherever a route has changed.

use super::acceptance::Cooling;
use super::ejection::{Ejection, Search};
use super::outsourcing;
use super::recreate::{FEW, Finder};
use super::route_pool::RoutePool;
use super::string_removal::{Around, Ruin};
use super::subproblem::Subproblem;
use super::two_opt_star::{best_exchange, best_owner};
use crate::base::{IdSet, Random};
use crate::model::{SlotId, UnitId};
use crate::solve::insertion::prerequisites::insert_with_prerequisites;
use crate::solve::instance::Instance;
use crate::solve::instance::weights::Measure;
use crate::solve::state::WorkingPlan;
use crate::solve::state::tail_exchange;

/// Absent needs near the removal that are tried again, at most.
const TRIED_AGAIN: usize = 40;
/// Draws for a need that nobody serves.
const DRAWS: u32 = 6;
/// Steps that exchange tails of routes, one in so many.
const EXCHANGE: u32 = 4;
/// Of these the ones that exchange whole routes between people.
const OWNER: u32 = 8;
/// Steps around a need left that serve it at any cost, one in so many, where effort is weighed against needs left.
const FORCED_INSERTION: u32 = 2;
/// Steps that look at a need left that outweighs any number of others, one in so many, and of these the ones in which others make
/// room for it.
const WANTED: u32 = 4;
const EJECTS: u32 = 2;
/// The same around any other need left, where needs are not all worth the same, and no more than one in so many is left.
const EJECTS_RARELY: u32 = 16;
const LEFT_FOR_EJECTION: usize = 4;
/// Steps that change what is handed to others, one in so many, where some needs may be.
const HANDS_OUT: u32 = 4;
/// Steps that send somebody out in another way, one in so many, where there are several.
const CHANGES_UNIT: u32 = 8;
/// Steps between two looks at the clock.
const STEPS_A_LOOK: u64 = 16;
/// Routes that a chain keeps in a round.
const POOL: usize = 4000;

/// One chain of the search: a current plan, and the best one it has seen.
pub(crate) struct Chain {
    pub(crate) current: WorkingPlan,
    pub(crate) measure: Measure,
    pub(crate) best: WorkingPlan,
    best_measure: Measure,
    /// The measure of a change that is looked at.
    changed: Measure,
    pub(crate) random: Random,
    pub(crate) iterations: u64,
    pub(crate) subproblem: Subproblem,
    /// Units whose routes have changed since [`Chain::start_round`].
    pub(crate) touched: IdSet<UnitId>,
    /// Units whose routes may differ between the current plan and the best.
    behind: IdSet<UnitId>,
    /// Routes are kept of plans that cost at most so much more than the best of the round; of none where there is no number.
    pub(crate) near_best: Option<f64>,
    /// Routes of good plans of this round.
    pub(crate) routes: RoutePool,
    finder: Finder,
    ruin: Ruin,
    ejection: Ejection,
    /// Needs left that outweigh any number of others, as of the start of the round.
    wanted: Vec<SlotId>,
    removed: Vec<SlotId>,
    order: Vec<(u64, SlotId)>,
}

impl Chain {
    pub(crate) fn new(instance: &Instance<'_>, start: &WorkingPlan, random: Random) -> Self {
        let measure = start.measure(instance);
        Self {
            best_measure: measure.clone(),
            changed: measure.clone(),
            measure,
            current: start.clone(),
            best: start.clone(),
            random,
            iterations: 0,
            subproblem: Subproblem::whole(instance),
            touched: IdSet::new(instance.units.len()),
            behind: IdSet::new(instance.units.len()),
            near_best: None,
            routes: RoutePool::new(POOL),
            finder: Finder::new(instance),
            ruin: Ruin::default(),
            ejection: Ejection::default(),
            wanted: Vec::new(),
            removed: Vec::new(),
            order: Vec::new(),
        }
    }

    /// Begins a round: the best plan of it is the current one.
    pub(crate) fn start_round(&mut self, instance: &Instance<'_>) {
        self.best.follow(instance, &self.current, self.behind.list());
        self.behind.clear();
        self.touched.clear();
        self.current.measure_into(instance, &mut self.measure);
        self.best_measure.clone_from(&self.measure);
    }

    /// Takes over what others have made of the routes of `units`.
    pub(crate) fn accept(&mut self, instance: &Instance<'_>, plan: &WorkingPlan, units: &[UnitId]) {
        self.current.follow(instance, plan, units);
        self.behind.add_all(units.iter().copied());
    }

    /// Goes on from another plan.
    pub(crate) fn adopt(&mut self, instance: &Instance<'_>, plan: &WorkingPlan) {
        self.current = plan.clone();
        self.best = plan.clone();
        self.behind.clear();
        self.touched.clear();
        plan.measure_into(instance, &mut self.measure);
        self.best_measure.clone_from(&self.measure);
    }

    /// So many steps, or fewer when `share` says that the round is over. `share` maps steps taken to the share of the whole
    /// budget that is spent.
    pub(crate) fn run(
        &mut self,
        instance: &Instance<'_>,
        steps: u64,
        until: f64,
        share: impl Fn(u64) -> f64,
        cooling: Cooling,
    ) {
        if self.subproblem.slots().is_empty() {
            return;
        }
        let wanted =
            |slot: &&SlotId| instance.stakes.comes_before_others(**slot) && self.current.is_unserved(**slot);
        self.wanted.clear();
        if !instance.stakes.before_others().is_empty() {
            self.wanted.extend(self.subproblem.slots().iter().filter(wanted));
        }
        let mut temperature = 0.0;
        // Steps take longer where people meet.
        let often = instance.has_synchronisation();
        for step in 0..steps {
            let cools = step % STEPS_A_LOOK == 0;
            if cools || often {
                let share = share(step);
                if share >= until {
                    return;
                }
                if cools {
                    temperature = cooling.at(share);
                }
            }
            self.step(instance, temperature);
        }
    }

    /// One removal and repair, kept or undone. `temperature` is in units of the weighted cost.
    fn step(&mut self, instance: &Instance<'_>, temperature: f64) {
        self.iterations += 1;
        let margin = -temperature * libm::log(self.random.unit().max(1e-12));
        self.current.begin();
        if instance.parties.is_empty() && self.random.once_in(EXCHANGE) {
            if self.exchange(instance, margin) {
                self.settle(instance, margin);
            }
            return;
        }
        let seed = self.seed();
        self.removed.clear();
        if !instance.problem.outsourceable().is_empty()
            && instance.parties.is_empty()
            && self.random.once_in(HANDS_OUT)
        {
            outsourcing::exchange(instance, &mut self.current, &mut self.random, &mut self.removed);
            let around = self.removed.first().copied().unwrap_or(seed);
            self.recreate(instance, around);
            outsourcing::hand_out_left(instance, &mut self.current);
            self.settle(instance, margin);
            return;
        }
        if !instance.units.exclusive.is_empty()
            && instance.parties.is_empty()
            && self.random.once_in(CHANGES_UNIT)
        {
            let Self { current, subproblem, random, removed, ruin, .. } = self;
            if ruin.change_unit(instance, current, &mut Around { subproblem, seed, random, removed }) {
                self.recreate(instance, seed);
                self.settle(instance, margin);
                return;
            }
        }
        let is_left = self.current.unit_of(seed).is_none();
        if is_left && self.ejects(instance, seed) {
            if self.eject(instance, seed) {
                self.recreate(instance, seed);
                self.settle(instance, margin);
            } else {
                self.current.undo(instance);
            }
            return;
        }
        let founds = instance.features.weighs_unserved && is_left && self.random.once_in(FORCED_INSERTION);
        let Self { current, subproblem, random, removed, ruin, .. } = self;
        ruin.strings(instance, current, &mut Around { subproblem, seed, random, removed });
        if founds {
            self.force_insert(instance, seed);
        }
        self.recreate(instance, seed);
        self.settle(instance, margin);
    }

    /// Exchanges tails of two routes, or owners of one; false where nothing is worth a try.
    fn exchange(&mut self, instance: &Instance<'_>, margin: f64) -> bool {
        let slots = self.subproblem.slots();
        let lead = slots[self.random.below(slots.len() as u32) as usize];
        let crew = instance.crew(lead).len() as u32;
        let seed = if crew > 1 { SlotId(lead.0 + self.random.below(crew)) } else { lead };
        let find = if self.random.once_in(OWNER) { best_owner } else { best_exchange };
        let Some((a, b)) = find(instance, &self.current, &self.subproblem, seed, margin) else {
            return false;
        };
        tail_exchange::exchange(&mut self.current, instance, a, b)
    }

    /// Keeps the change since the trial began, or undoes it where it costs more than `margin`.
    fn settle(&mut self, instance: &Instance<'_>, margin: f64) {
        let weights = &instance.weights;
        self.current.measure_into(instance, &mut self.changed);
        if !weights.keeps(&self.measure, &self.changed, margin) {
            self.current.undo(instance);
            return;
        }
        std::mem::swap(&mut self.measure, &mut self.changed);
        if self.near_best.is_some_and(|most| weights.keeps(&self.best_measure, &self.measure, most)) {
            for unit in self.current.transaction().changed() {
                self.routes.add(instance, &self.current, unit);
            }
        }
        for unit in self.current.transaction().changed() {
            self.touched.add(unit);
            self.behind.add(unit);
        }
        if self.measure.better_than(&self.best_measure) {
            self.best_measure.clone_from(&self.measure);
            self.best.follow(instance, &self.current, self.behind.list());
            self.behind.clear();
        }
        #[cfg(debug_assertions)]
        crate::solve::check::agree(instance, &self.current);
    }

    /// The need around which visits are taken out: half of the time one that nobody serves.
    fn seed(&mut self) -> SlotId {
        if !self.wanted.is_empty() && self.random.once_in(WANTED) {
            let seed = self.wanted[self.random.below(self.wanted.len() as u32) as usize];
            if self.current.is_unserved(seed) {
                return seed;
            }
        }
        let slots = self.subproblem.slots();
        let wants_absent = !self.current.unserved().is_empty() && self.random.once_in(2);
        let draws = if wants_absent { DRAWS } else { 1 };
        let mut seed = slots[0];
        for _ in 0..draws {
            seed = slots[self.random.below(slots.len() as u32) as usize];
            if self.current.is_unserved(seed) {
                break;
            }
        }
        seed
    }

    /// Whether others make room for a need that is left now.
    fn ejects(&mut self, instance: &Instance<'_>, seed: SlotId) -> bool {
        if instance.stakes.comes_before_others(seed) {
            return self.random.once_in(EJECTS);
        }
        // Where most needs are left, which of them are served is chosen by what they take, not by making room for one.
        let needs = self.subproblem.slots().len();
        let few_are_left =
            needs <= FEW || self.current.unserved().len() * LEFT_FOR_EJECTION <= instance.slots.len();
        let may = few_are_left && !instance.stakes.all_prizes_equal && instance.parties.is_empty();
        may && self.random.once_in(EJECTS_RARELY)
    }

    /// Serves a need whatever its people have to give up for it.
    fn eject(&mut self, instance: &Instance<'_>, seed: SlotId) -> bool {
        let Self { current, finder, subproblem, random, removed, ejection, .. } = self;
        ejection.eject(instance, current, seed, &mut Search { subproblem, finder, random, removed })
    }

    /// Serves a need whatever it costs: those around it may make up for it.
    fn force_insert(&mut self, instance: &Instance<'_>, seed: SlotId) {
        let Self { current, finder, subproblem, random, .. } = self;
        if instance.slot(seed).is_dependent {
            insert_with_prerequisites(instance, current, seed, |plan, lead| {
                finder.crew(instance, plan, subproblem, (lead, i64::MAX), false, random)
            });
        } else if let Some(best) = finder.near(instance, current, subproblem, seed, i64::MAX, random) {
            current.insert(instance, seed, best.unit, best.at as usize);
        }
    }

    fn recreate(&mut self, instance: &Instance<'_>, seed: SlotId) {
        let Self { current, finder, subproblem, random, removed, order, .. } = self;
        finder.begin(subproblem, random);
        order.clear();
        order.extend(removed.iter().map(|&n| (0, n)));
        let mut tried = 0;
        for &slot in instance.proximity.neighbours.by_distance(seed) {
            let stands = instance.slot(slot).leads;
            if !stands
                || !current.is_unserved(slot)
                || !subproblem.contains_slot(slot)
                || removed.contains(&slot)
            {
                continue;
            }
            let may = |unit| instance.crew(slot).any(|slot| instance.is_compatible(slot, unit));
            if slot == seed || current.transaction().changed().any(may) {
                order.push((0, slot));
                tried += 1;
                if tried == TRIED_AGAIN {
                    break;
                }
            }
        }
        instance.proximity.recreate_keys.sort(instance, order, random);
        // What was just removed may go anywhere near; what was left before only where something has changed.
        for &(_, slot) in order.iter() {
            if instance.slot(slot).is_dependent {
                // What another hangs on may be there already.
                if current.unit_of(slot).is_none() {
                    insert_with_prerequisites(instance, current, slot, |plan, lead| {
                        let (worth, first) = (instance.slot(lead).prize, instance.slot(lead).comes_first);
                        let mut find =
                            |all| finder.crew(instance, plan, subproblem, (lead, worth), all, random);
                        find(false).or_else(|| if first { find(true) } else { None })
                    });
                }
                continue;
            }
            let best = if removed.contains(&slot) || slot == seed {
                let worth = instance.slot(slot).prize;
                let near = finder.near(instance, current, subproblem, slot, worth, random);
                if near.is_none() && instance.slot(slot).comes_first {
                    finder.anywhere(instance, current, subproblem, slot, random)
                } else {
                    near
                }
            } else {
                finder.among_changed(instance, current, slot, random)
            };
            if let Some(best) = best {
                current.insert(instance, slot, best.unit, best.at as usize);
            }
        }
    }
}
