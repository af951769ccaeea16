//! Trials: changes that can be undone together.

use super::WorkingPlan;
use super::handing_out;
use super::route::Route;
use super::spot::Spot;
use super::terms::SavedTerms;
use crate::model::{NeedId, SlotId, Time, UnitId};
use crate::solve::instance::Instance;

/// What the present trial goes back to.
#[derive(Clone, Debug)]
pub(crate) struct Transaction {
    /// Routes as they were when the trial began; the first `count` count, the rest are buffers.
    saved: Vec<(UnitId, Route)>,
    count: usize,
    /// Buffers of a trial within another.
    inner_buffers: Vec<(UnitId, Route)>,
    is_saved: Vec<bool>,
    terms: SavedTerms,
}

impl Transaction {
    pub(crate) fn new(units: usize) -> Self {
        Self {
            saved: Vec::new(),
            count: 0,
            inner_buffers: Vec::new(),
            is_saved: vec![false; units],
            terms: SavedTerms::default(),
        }
    }

    /// The routes that changed since the trial began, as they were.
    fn routes(&self) -> &[(UnitId, Route)] {
        &self.saved[..self.count]
    }

    /// The units whose routes changed since the trial began.
    pub(crate) fn changed(&self) -> impl Iterator<Item = UnitId> + '_ {
        self.routes().iter().map(|(unit, _)| *unit)
    }

    /// The visits that the route of a unit had when the trial began, if it has changed since.
    pub(crate) fn lost_by(&self, unit: UnitId) -> impl Iterator<Item = SlotId> + '_ {
        let saved = self.routes().iter().filter(move |(who, _)| *who == unit);
        saved.flat_map(|(_, route)| route.visits.iter().copied())
    }

    fn save(&mut self, unit: UnitId, route: &Route) {
        if std::mem::replace(&mut self.is_saved[unit.index()], true) {
            return;
        }
        if self.count == self.saved.len() {
            self.saved.push((unit, Route::default()));
        }
        let (saved_unit, saved) = &mut self.saved[self.count];
        *saved_unit = unit;
        saved.clone_from(route);
        self.count += 1;
    }

    /// Marks the routes that changed as saved or not.
    fn mark(&mut self, is_saved: bool) {
        for k in 0..self.count {
            self.is_saved[self.saved[k].0.index()] = is_saved;
        }
    }
}

/// What a trial has saved, put aside for another within it.
pub(crate) struct Outer {
    saved: Vec<(UnitId, Route)>,
    count: usize,
    terms: SavedTerms,
    held: Vec<(SlotId, Time)>,
    outside: Vec<NeedId>,
}

impl WorkingPlan {
    /// The present trial.
    pub(crate) fn transaction(&self) -> &Transaction {
        &self.transaction
    }

    /// Begins a trial: all changes from here on can be undone together.
    pub(crate) fn begin(&mut self) {
        self.transaction.mark(false);
        self.transaction.count = 0;
        self.transaction.terms = self.terms.save();
        self.sync_starts.begin();
        self.outsourced.log.clear();
    }

    /// Begins a trial within the present one, if there is one; [`WorkingPlan::undo_inner`] ends it.
    pub(crate) fn begin_inner(&mut self) -> Outer {
        let trial = &mut self.transaction;
        trial.mark(false);
        let outer = Outer {
            saved: std::mem::replace(&mut trial.saved, std::mem::take(&mut trial.inner_buffers)),
            count: std::mem::take(&mut trial.count),
            terms: trial.terms,
            held: self.sync_starts.take_log(),
            outside: std::mem::take(&mut self.outsourced.log),
        };
        self.begin();
        outer
    }

    /// Undoes every change since a trial within another began, and goes on with the other.
    pub(crate) fn undo_inner(&mut self, instance: &Instance<'_>, outer: Outer) {
        self.undo(instance);
        let trial = &mut self.transaction;
        trial.inner_buffers = std::mem::replace(&mut trial.saved, outer.saved);
        (trial.count, trial.terms) = (outer.count, outer.terms);
        trial.mark(true);
        self.sync_starts.put_log(outer.held);
        self.outsourced.log = outer.outside;
    }

    pub(crate) fn save(&mut self, unit: UnitId) {
        self.transaction.save(unit, &self.routes[unit.index()]);
    }

    /// Undoes every change since the trial began.
    pub(crate) fn undo(&mut self, instance: &Instance<'_>) {
        let mut saved = std::mem::take(&mut self.transaction.saved);
        let count = std::mem::take(&mut self.transaction.count);
        for (unit, _) in &saved[..count] {
            for v in 0..self.routes[unit.index()].visits.len() {
                let slot = self.routes[unit.index()].visits[v];
                self.spots[slot.index()] = Spot::NOWHERE;
                if instance.slot(slot).leads {
                    self.unserved.add(slot);
                }
            }
        }
        for (unit, route) in &mut saved[..count] {
            self.transaction.is_saved[unit.index()] = false;
            let now = &self.routes[unit.index()];
            self.terms.undo_route(instance, *unit, &now.totals, &route.totals);
            self.depot_stock.set(instance, *unit, &now.goods.stock_changes, &route.goods.stock_changes);
            for &slot in &route.visits {
                self.unserved.remove(slot);
            }
            if route.out != now.out {
                self.note_idle(instance, *unit, !route.out);
            }
            std::mem::swap(&mut self.routes[unit.index()], route);
            self.number_from(*unit, 0);
        }
        self.transaction.saved = saved;
        self.sync_starts.undo();
        handing_out::undo(self, instance);
        self.terms.restore(self.transaction.terms);
    }
}
