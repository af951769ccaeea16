//! Trials: changes that can be undone together.

use super::WorkingPlan;
use super::route::Route;
use super::spot::Spot;
use crate::model::{NeedId, SlotId, Term, Terms, Time, UnitId};
use crate::solve::instance::Instance;

/// What a trial has saved, put aside for another within it.
pub(crate) struct Outer {
    saved: Vec<(UnitId, Route)>,
    count: usize,
    terms: Terms,
    pull: i64,
    held: Vec<(SlotId, Time)>,
    outside: Vec<NeedId>,
}

impl WorkingPlan {
    /// Begins a trial: all changes from here on can be undone together.
    pub(crate) fn begin(&mut self) {
        for (unit, _) in &self.saved[..self.saved_count] {
            self.is_saved[unit.index()] = false;
        }
        self.saved_count = 0;
        self.saved_terms = self.terms;
        self.saved_guidance = self.completion_guidance;
        self.sync_starts.begin();
        self.begin_outsourced();
    }

    /// Begins a trial within the present one, if there is one; [`WorkingPlan::undo_inner`] ends it.
    pub(crate) fn begin_inner(&mut self) -> Outer {
        let outer = Outer {
            saved: std::mem::replace(&mut self.saved, std::mem::take(&mut self.inner_buffers)),
            count: std::mem::take(&mut self.saved_count),
            terms: self.saved_terms,
            pull: self.saved_guidance,
            held: self.sync_starts.take_log(),
            outside: self.take_outsourced_log(),
        };
        for (unit, _) in &outer.saved[..outer.count] {
            self.is_saved[unit.index()] = false;
        }
        self.begin();
        outer
    }

    /// Undoes every change since a trial within another began, and goes on with the other.
    pub(crate) fn undo_inner(&mut self, instance: &Instance<'_>, outer: Outer) {
        self.undo(instance);
        self.inner_buffers = std::mem::replace(&mut self.saved, outer.saved);
        self.saved_count = outer.count;
        for (unit, _) in &self.saved[..outer.count] {
            self.is_saved[unit.index()] = true;
        }
        (self.saved_terms, self.saved_guidance) = (outer.terms, outer.pull);
        self.sync_starts.put_log(outer.held);
        self.put_outsourced_log(outer.outside);
    }

    /// The units whose routes changed since the trial began.
    pub(crate) fn changed(&self) -> impl Iterator<Item = UnitId> + '_ {
        self.saved[..self.saved_count].iter().map(|(unit, _)| *unit)
    }

    /// The visits that the route of a unit had when the trial began.
    pub(crate) fn lost_by(&self, unit: UnitId) -> impl Iterator<Item = SlotId> + '_ {
        let saved = self.saved[..self.saved_count].iter().filter(move |(who, _)| *who == unit);
        saved.flat_map(|(_, route)| route.visits.iter().copied())
    }

    pub(crate) fn save(&mut self, unit: UnitId) {
        if std::mem::replace(&mut self.is_saved[unit.index()], true) {
            return;
        }
        if self.saved_count == self.saved.len() {
            self.saved.push((unit, Route::default()));
        }
        let (saved_unit, route) = &mut self.saved[self.saved_count];
        *saved_unit = unit;
        route.clone_from(&self.routes[unit.index()]);
        self.saved_count += 1;
    }

    /// Undoes every change since the trial began.
    pub(crate) fn undo(&mut self, instance: &Instance<'_>) {
        let mut saved = std::mem::take(&mut self.saved);
        for (unit, _) in &saved[..self.saved_count] {
            for v in 0..self.routes[unit.index()].visits.len() {
                let slot = self.routes[unit.index()].visits[v];
                self.spots[slot.index()] = Spot::NOWHERE;
                if instance.slot(slot).leads {
                    self.unserved.add(slot);
                }
            }
        }
        for (unit, route) in &mut saved[..self.saved_count] {
            self.is_saved[unit.index()] = false;
            self.move_worst(self.route(*unit).totals.worst, route.totals.worst);
            self.move_completion_times(
                instance,
                &self.route(*unit).totals.completion_times.clone(),
                &route.totals.completion_times,
            );
            for &slot in &route.visits {
                self.unserved.remove(slot);
            }
            if instance.weights.of(Term::Spread) != 0 {
                let more = route.totals.service - self.route(*unit).totals.service;
                self.service_times.add(instance.unit(*unit).volunteer, more);
            }
            if instance.weights.weighs_shares() {
                let more = route.totals.work - self.route(*unit).totals.work;
                self.shares.add(instance.unit(*unit).volunteer, more);
            }
            self.depot_stock.set(
                instance,
                *unit,
                &self.routes[unit.index()].stock_changes,
                &route.stock_changes,
            );
            if route.out != self.route(*unit).out {
                self.note_idle(instance, *unit, !route.out);
            }
            std::mem::swap(&mut self.routes[unit.index()], route);
            self.number_from(*unit, 0);
        }
        self.saved = saved;
        self.sync_starts.undo();
        self.undo_outsourced(instance);
        self.saved_count = 0;
        self.terms = self.saved_terms;
        self.completion_guidance = self.saved_guidance;
    }
}
