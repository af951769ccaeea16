//! Ruin and recreate, and exchanges of tails, under simulated annealing: one chain.
//!
//! Source: Christiaens & Vanden Berghe (2020), as cited in [`super::string_removal`]; needs that nobody serves take part: they are
//! seeds of removals, and are tried again wherever a route has changed.

use super::acceptance::Cooling;
use super::counts::MoveCounts;
use super::route_pool::RoutePool;
use super::site::{Outcome, Site};
use super::subproblem::Subproblem;
use super::{Move, Tools};
use crate::base::{IdSet, Random};
use crate::model::{SlotId, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::weights::Measure;
use crate::solve::state::WorkingPlan;

/// Draws for a need that nobody serves.
const DRAWS: u32 = 6;
/// Steps that look at a need left that outweighs any number of others, one in so many.
const WANTED: u32 = 4;
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
    tools: Tools,
    /// Needs left that outweigh any number of others, as of the start of the round.
    wanted: Vec<SlotId>,
    pub(crate) counts: MoveCounts,
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
            tools: Tools::new(instance),
            wanted: Vec::new(),
            counts: MoveCounts::default(),
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

    /// One move, kept or undone. `temperature` is in units of the weighted cost.
    fn step(&mut self, instance: &Instance<'_>, temperature: f64) {
        self.iterations += 1;
        let margin = -temperature * libm::log(self.random.unit().max(1e-12));
        self.current.begin();
        let anywhere = self.subproblem.slots()[0];
        for &which in Move::ANYWHERE {
            if self.is_due(instance, which, anywhere, margin) {
                self.make(instance, which, anywhere, margin);
                return;
            }
        }
        let seed = self.seed();
        for &which in Move::AROUND_SEED {
            if self.is_due(instance, which, seed, margin) && self.make(instance, which, seed, margin) {
                return;
            }
        }
    }

    fn is_due(&mut self, instance: &Instance<'_>, which: Move, seed: SlotId, margin: f64) -> bool {
        let Self { current: plan, subproblem, random, .. } = self;
        which.is_due(&mut Site { instance, plan, subproblem, random, margin }, seed)
    }

    /// Makes a move, and keeps or undoes it; false where it was not possible.
    fn make(&mut self, instance: &Instance<'_>, which: Move, seed: SlotId, margin: f64) -> bool {
        let Self { current: plan, subproblem, random, tools, .. } = self;
        let outcome = which.make(&mut Site { instance, plan, subproblem, random, margin }, tools, seed);
        self.counts.of_mut(which).tried += 1;
        match outcome {
            Outcome::Changed => self.settle(instance, which, margin),
            Outcome::Failed => self.current.undo(instance),
            Outcome::NotPossible => {}
        }
        outcome != Outcome::NotPossible
    }

    /// Keeps the change since the trial began, or undoes it where it costs more than `margin`.
    fn settle(&mut self, instance: &Instance<'_>, which: Move, margin: f64) {
        let weights = &instance.weights;
        self.current.measure_into(instance, &mut self.changed);
        if !weights.keeps(&self.measure, &self.changed, margin) {
            self.current.undo(instance);
            return;
        }
        let gain = -weights.growth(&self.measure, &self.changed);
        self.counts.of_mut(which).keep(gain);
        std::mem::swap(&mut self.measure, &mut self.changed);
        if self.near_best.is_some_and(|most| weights.keeps(&self.best_measure, &self.measure, most)) {
            for unit in self.current.trial().changed() {
                self.routes.add(instance, &self.current, unit);
            }
        }
        for unit in self.current.trial().changed() {
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
}
