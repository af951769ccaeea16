//! The routes of all units. Most units of a large problem do nothing: those share one empty route, so that a copy of a plan takes
//! little time and memory.

use std::ops::{Index, IndexMut};
use std::sync::Arc;

use super::route::{Route, RouteTotals};
use super::terms::load::load;
use crate::model::{UnitId, VolunteerId};
use crate::solve::instance::Instance;

/// One route for each unit.
#[derive(Debug)]
pub(crate) struct Routes {
    /// `None` for a unit that does nothing.
    of: Vec<Option<Box<Route>>>,
    idle: Arc<Idle>,
}

/// The routes of units that do nothing.
#[derive(Clone, Debug)]
struct Idle {
    /// Which of the two below is whose.
    kind: Vec<u8>,
    routes: [Route; 2],
}

impl Routes {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let kind = instance.units.iter().map(|unit| u8::from(unit.is_timed_whole())).collect();
        let idle = Idle { kind, routes: [Route::empty(false), Route::empty(true)] };
        Self { of: instance.units.iter().map(|_| None).collect(), idle: Arc::new(idle) }
    }

    /// Brings a unit that does nothing, and has changed, up to date.
    pub(super) fn refresh_idle(&mut self, instance: &Instance<'_>, unit: UnitId) {
        debug_assert!(self[unit.index()].is_idle(), "whoever changes does nothing meanwhile");
        self.of[unit.index()] = None;
        let kind = u8::from(instance.unit(unit).is_timed_whole());
        if self.idle.kind[unit.index()] != kind {
            Arc::make_mut(&mut self.idle).kind[unit.index()] = kind;
        }
    }

    /// Brings somebody who goes along up to date with the party's route.
    pub(super) fn follow_lead(&mut self, unit: UnitId, lead: UnitId) {
        let RouteTotals { work, service, .. } = self[lead.index()].totals;
        let route = &mut self[unit.index()];
        route.totals = RouteTotals { work, service, ..RouteTotals::default() };
        route.out = true;
    }

    /// Whether `volunteer` has a route besides that of `unit`.
    pub(crate) fn goes_out_besides(
        &self,
        instance: &Instance<'_>,
        volunteer: VolunteerId,
        unit: UnitId,
    ) -> bool {
        instance.problem.units_of(volunteer).any(|u| u != unit && self[u.index()].out)
    }

    /// Working time of `volunteer` on all routes but that of `unit`.
    fn work_besides(&self, instance: &Instance<'_>, volunteer: VolunteerId, unit: UnitId) -> i64 {
        instance.problem.units_of(volunteer).filter(|&u| u != unit).map(|u| self[u.index()].totals.work).sum()
    }

    /// What the person of `unit` has worked, with all that the plan has for them.
    pub(crate) fn worked(&self, instance: &Instance<'_>, unit: UnitId) -> i64 {
        let owner = instance.unit(unit);
        owner.worked + self.work_besides(instance, owner.volunteer, unit) + self[unit.index()].totals.work
    }

    /// Load of the person of `unit` when its route takes `work`.
    pub(crate) fn load_with(&self, instance: &Instance<'_>, unit: UnitId, work: i64) -> i64 {
        let volunteer = instance.unit(unit).volunteer;
        let past = instance.unit(unit).worked;
        let offered = instance.unit(unit).offered;
        let now = past + self.work_besides(instance, volunteer, unit) + work;
        load(past, now, offered)
    }
}

impl Idle {
    fn of(&self, unit: usize) -> &Route {
        &self.routes[usize::from(self.kind[unit])]
    }
}

impl Index<usize> for Routes {
    type Output = Route;

    #[inline]
    fn index(&self, unit: usize) -> &Route {
        match &self.of[unit] {
            Some(route) => route,
            None => self.idle.of(unit),
        }
    }
}

impl IndexMut<usize> for Routes {
    #[inline]
    fn index_mut(&mut self, unit: usize) -> &mut Route {
        self.of[unit].get_or_insert_with(|| Box::new(self.idle.of(unit).clone()))
    }
}

impl Clone for Routes {
    fn clone(&self) -> Self {
        let busy = |route: &Option<Box<Route>>| route.as_ref().filter(|route| !route.is_idle()).cloned();
        Self { of: self.of.iter().map(busy).collect(), idle: Arc::clone(&self.idle) }
    }

    /// Keeps the buffers of routes that both have.
    fn clone_from(&mut self, other: &Self) {
        self.idle = Arc::clone(&other.idle);
        self.of.resize_with(other.of.len(), || None);
        for (own, other) in self.of.iter_mut().zip(&other.of) {
            match (own.as_mut(), other.as_ref().filter(|route| !route.is_idle())) {
                (Some(own), Some(other)) => own.clone_from(other),
                (_, Some(other)) => *own = Some(other.clone()),
                (_, None) => *own = None,
            }
        }
    }
}
