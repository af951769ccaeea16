//! What a trial goes back to.

use super::route::Route;
use super::routes::Routes;
use super::terms::SavedTerms;
use crate::model::{SlotId, UnitId};

/// What the present trial goes back to.
#[derive(Clone, Debug)]
pub(crate) struct Saved {
    /// Routes as they were when the trial began; the first `count` count, the rest are buffers.
    pub(super) before: Vec<(UnitId, Route)>,
    pub(super) count: usize,
    /// Buffers of a trial within another.
    pub(super) inner_buffers: Vec<(UnitId, Route)>,
    pub(super) is_marked: Vec<bool>,
    pub(super) terms: SavedTerms,
}

impl Saved {
    pub(crate) fn new(units: usize) -> Self {
        Self {
            before: Vec::new(),
            count: 0,
            inner_buffers: Vec::new(),
            is_marked: vec![false; units],
            terms: SavedTerms::default(),
        }
    }

    /// The routes that changed since the trial began, as they were.
    pub(super) fn routes(&self) -> &[(UnitId, Route)] {
        &self.before[..self.count]
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

    /// Keeps the route of a unit as it is, unless it has changed before.
    pub(super) fn save(&mut self, routes: &Routes, unit: UnitId) {
        if std::mem::replace(&mut self.is_marked[unit.index()], true) {
            return;
        }
        if self.count == self.before.len() {
            self.before.push((unit, Route::default()));
        }
        let (saved_unit, saved) = &mut self.before[self.count];
        *saved_unit = unit;
        saved.clone_from(&routes[unit.index()]);
        self.count += 1;
    }

    /// Marks the routes that changed as saved or not.
    pub(super) fn mark(&mut self, is_marked: bool) {
        for k in 0..self.count {
            self.is_marked[self.before[k].0.index()] = is_marked;
        }
    }
}
