//! Ruin and recreate under simulated annealing: one chain.
//!
//! Source: Christiaens & Vanden Berghe (2020), as cited in [`super::ruin`]; needs that nobody serves take part: they are
//! seeds of removals, and are tried again wherever a route has changed.

use super::instance::Instance;
use super::places::Places;
use super::random::Random;
use super::ruin::{Neighbours, strings};
use super::working::WorkingPlan;
use crate::model::{NeedId, UnitId};
use crate::plan::Score;

/// Absent needs near the removal that are tried again, at most.
const TRIED_AGAIN: usize = 40;

/// One chain of the search: a current plan, and the best one it has seen.
pub(super) struct Chain {
    pub(super) current: WorkingPlan,
    pub(super) cost: i64,
    pub(super) best: WorkingPlan,
    pub(super) best_score: Score,
    pub(super) random: Random,
    pub(super) iterations: u64,
    places: Places,
    removed: Vec<NeedId>,
    /// Units whose routes may differ between the current plan and the best.
    behind: Vec<UnitId>,
    is_behind: Vec<bool>,
}

impl Chain {
    pub(super) fn new(instance: &Instance<'_>, start: &WorkingPlan, random: Random) -> Self {
        Self {
            cost: start.cost(instance),
            best_score: start.score(instance),
            current: start.clone(),
            best: start.clone(),
            random,
            iterations: 0,
            places: Places::new(instance),
            removed: Vec::new(),
            behind: Vec::new(),
            is_behind: vec![false; instance.problem.units().len()],
        }
    }

    /// Goes on from another plan.
    pub(super) fn adopt(&mut self, instance: &Instance<'_>, plan: &WorkingPlan) {
        let places = std::mem::take(&mut self.places);
        let iterations = self.iterations;
        *self =
            Self { iterations, places: places.forget(), ..Self::new(instance, plan, self.random.clone()) };
    }

    /// One removal and repair, kept or undone. `temperature` is in the guide's currency.
    pub(super) fn step(&mut self, instance: &Instance<'_>, near: &Neighbours, temperature: f64) {
        self.iterations += 1;
        self.current.begin();
        self.removed.clear();
        let seed = self.seed(instance);
        let mut removed = std::mem::take(&mut self.removed);
        strings(instance, &mut self.current, near, seed, &mut self.random, &mut removed);
        self.recreate(instance, near, seed, &removed);
        self.removed = removed;

        let cost = self.current.cost(instance);
        let margin = -temperature * libm::log(self.random.unit().max(1e-12));
        if (cost - self.cost) as f64 <= margin {
            self.cost = cost;
            for unit in self.current.changed() {
                if !std::mem::replace(&mut self.is_behind[unit.index()], true) {
                    self.behind.push(unit);
                }
            }
            let score = self.current.score(instance);
            if score.better_than(&self.best_score) {
                self.best.follow(&self.current, &self.behind);
                self.best_score = score;
                for unit in self.behind.drain(..) {
                    self.is_behind[unit.index()] = false;
                }
            }
            #[cfg(debug_assertions)]
            super::witness::agree(instance, &self.current);
        } else {
            self.current.undo(instance);
        }
    }

    /// The need around which visits are taken out: half of the time one that nobody serves.
    fn seed(&mut self, instance: &Instance<'_>) -> NeedId {
        let absent = self.current.absent();
        if !absent.is_empty() && self.random.once_in(2) {
            absent[self.random.below(absent.len() as u32) as usize]
        } else {
            NeedId(self.random.below(instance.needs.len() as u32))
        }
    }

    fn recreate(&mut self, instance: &Instance<'_>, near: &Neighbours, seed: NeedId, removed: &[NeedId]) {
        let again = near.of(seed).iter().copied().filter(|&n| self.current.unit_of(n).is_none());
        let again = again.filter(|n| !removed.contains(n)).take(TRIED_AGAIN);
        let mut order = removed.iter().copied().chain(again).collect::<Vec<_>>();
        self.sort(instance, seed, &mut order);
        for need in order {
            let best = self.places.best(instance, &self.current, need, &mut self.random);
            if let Some(best) = best.filter(|b| b.cost < instance.need(need).worth) {
                self.current.insert(instance, need, best.unit, best.at as usize);
            }
        }
    }

    /// Brings the needs into one of several orders: at random, what matters most, far or near first.
    fn sort(&mut self, instance: &Instance<'_>, seed: NeedId, order: &mut [NeedId]) {
        self.random.shuffle(order);
        let point = |need: NeedId| instance.problem.travel().point(instance.need(need).place);
        let centre = point(seed);
        let away = |need: NeedId| crate::model::place::chord2(point(need), centre).to_bits();
        let worth = |need: NeedId| std::cmp::Reverse(instance.need(need).worth);
        match self.random.below(10) {
            0..3 => {}
            3..6 => order.sort_by_key(|&n| worth(n)),
            6..8 => order.sort_by_key(|&n| (worth(n), std::cmp::Reverse(away(n)))),
            8 => order.sort_by_key(|&n| std::cmp::Reverse(away(n))),
            _ => order.sort_by_key(|&n| away(n)),
        }
    }
}
