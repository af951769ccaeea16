//! Trials: changes that can be undone together.

use super::WorkingPlan;
use super::handing_out;
use super::route::Route;
use super::saved::Saved;
use super::spot::Spot;
use super::terms::SavedTerms;
use crate::model::{NeedId, SlotId, Time, UnitId};
use crate::solve::instance::Instance;

/// What a trial has saved, put aside for another within it.
pub(crate) struct Outer {
    saved: Vec<(UnitId, Route)>,
    count: usize,
    terms: SavedTerms,
    releases: Vec<(SlotId, Time)>,
    outsourced: Vec<NeedId>,
}

impl WorkingPlan {
    /// The present trial.
    pub(crate) fn trial(&self) -> &Saved {
        &self.saved
    }

    /// Begins a trial: all changes from here on can be undone together.
    pub(crate) fn begin(&mut self) {
        self.saved.mark(false);
        self.saved.count = 0;
        self.saved.terms = self.terms.save();
        self.sync_starts.begin();
        self.outsourced.log.clear();
    }

    /// Begins a trial within the present one, if there is one; [`WorkingPlan::undo_inner`] ends it.
    pub(crate) fn begin_inner(&mut self) -> Outer {
        let trial = &mut self.saved;
        trial.mark(false);
        let outer = Outer {
            saved: std::mem::replace(&mut trial.before, std::mem::take(&mut trial.inner_buffers)),
            count: std::mem::take(&mut trial.count),
            terms: trial.terms,
            releases: self.sync_starts.take_log(),
            outsourced: std::mem::take(&mut self.outsourced.log),
        };
        self.begin();
        outer
    }

    /// Undoes every change since a trial within another began, and goes on with the other.
    pub(crate) fn undo_inner(&mut self, instance: &Instance<'_>, outer: Outer) {
        self.undo(instance);
        let trial = &mut self.saved;
        trial.inner_buffers = std::mem::replace(&mut trial.before, outer.saved);
        (trial.count, trial.terms) = (outer.count, outer.terms);
        trial.mark(true);
        self.sync_starts.put_log(outer.releases);
        self.outsourced.log = outer.outsourced;
    }

    /// Undoes every change since the trial began.
    pub(crate) fn undo(&mut self, instance: &Instance<'_>) {
        let mut saved = std::mem::take(&mut self.saved.before);
        let count = std::mem::take(&mut self.saved.count);
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
            self.saved.is_marked[unit.index()] = false;
            let now = &self.routes[unit.index()];
            self.terms.undo_route(instance, *unit, &now.totals, &route.totals);
            self.depot_stock.set(instance, *unit, &now.goods.stock_changes, &route.goods.stock_changes);
            for &slot in &route.visits {
                self.unserved.remove(slot);
            }
            if route.out != now.out {
                let (routes, who) = (&self.routes, instance.unit(*unit).volunteer);
                self.terms
                    .note_out(instance, *unit, route.out, || routes.goes_out_besides(instance, who, *unit));
                self.note_idle(instance, *unit, !route.out);
            }
            std::mem::swap(&mut self.routes[unit.index()], route);
            self.number_from(*unit, 0);
        }
        self.saved.before = saved;
        self.sync_starts.undo();
        handing_out::undo(self, instance);
        self.terms.restore(self.saved.terms);
    }
}
