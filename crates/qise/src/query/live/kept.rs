//! All routes as they were at some moment, to come back to.

use super::crew::unit_like;
use super::plan::LivePlan;
use crate::model::{NeedId, SlotId, Unit, UnitId};
use crate::plan::Plan;
use crate::solve::phases::warm_start::start_exactly;
use crate::solve::state::WorkingPlan;

/// The routes of a plan that lives, call by call: which of several calls at a depot was made no plan tells. It outlives
/// that everything is built anew.
#[derive(Clone, Debug)]
pub struct KeptRoutes {
    routes: Vec<(Unit, Vec<KeptStop>)>,
    outsourced: Vec<NeedId>,
}

/// A stop of a route by what does not change.
#[derive(Clone, Copy, Debug, PartialEq)]
enum KeptStop {
    /// One of the slots of a need.
    Visit(NeedId, usize),
    /// A call at a depot, by its number among all of them.
    Call(usize),
}

impl LivePlan {
    /// The slots of all routes, calls at depots included; `None` where people go as parties.
    pub(super) fn slots_of_routes(&self) -> Option<Vec<(UnitId, Vec<SlotId>)>> {
        let plan = &self.parts.as_ref()?.plan;
        let units = (0..self.problem.units().len()).map(UnitId::new);
        let filled = units.filter(|&unit| !plan.route(unit).visits.is_empty()).collect::<Vec<_>>();
        let alone = filled.iter().all(|&unit| plan.route(unit).company.is_empty());
        alone.then(|| filled.into_iter().map(|unit| (unit, plan.route(unit).visits.clone())).collect())
    }

    /// Whether somebody calls at a depot on this route: then it matters in which order its visits came.
    pub fn has_calls(&self, unit: UnitId) -> bool {
        let slots = self.problem.slots().len();
        let plan = self.parts.as_ref().map(|parts| &parts.plan);
        plan.is_some_and(|plan| plan.route(unit).visits.iter().any(|slot| slot.index() >= slots))
    }

    /// All routes as they are now; `None` where people go as parties.
    pub fn keep_routes(&self) -> Option<KeptRoutes> {
        let slots = self.problem.slots().len();
        let stop = |slot: SlotId| {
            if let Some(call) = slot.index().checked_sub(slots) {
                KeptStop::Call(call)
            } else {
                let need = self.problem.slot(slot).need;
                let place = self.problem.slots_of(need).position(|own| own == slot);
                KeptStop::Visit(need, place.unwrap_or(usize::MAX))
            }
        };
        let routes = self
            .slots_of_routes()?
            .into_iter()
            .map(|(unit, visits)| (self.problem.unit(unit).clone(), visits.into_iter().map(stop).collect()));
        let outsourced = self.parts.as_ref()?.plan.outsourced().list.clone();
        Some(KeptRoutes { routes: routes.collect(), outsourced })
    }

    /// Whether all routes are as they were.
    pub fn is_as_kept(&self, kept: &KeptRoutes) -> bool {
        let now = self.keep_routes();
        now.is_some_and(|now| {
            now.routes.iter().map(|(_, stops)| stops).eq(kept.routes.iter().map(|(_, stops)| stops))
        })
    }

    /// The routes are again as they were when they were kept; false, and nothing has changed, where that cannot be. Needs that have changed
    /// meanwhile have to be as they were by now.
    pub fn bring_back(&mut self, kept: &KeptRoutes) -> bool {
        let problem = &self.problem;
        let slot = |stop: &KeptStop| match *stop {
            KeptStop::Call(call) => Some(SlotId((problem.slots().len() + call) as u32)),
            KeptStop::Visit(need, place) => problem.slots_of(need).nth(place),
        };
        let routes = kept.routes.iter().map(|(owner, stops)| {
            Some((unit_like(problem, owner)?, stops.iter().map(slot).collect::<Option<Vec<_>>>()?))
        });
        let Some(mut routes) = routes.collect::<Option<Vec<_>>>() else { return false };
        routes.sort_unstable_by_key(|(unit, _)| *unit);
        let others = Plan { outsourced: kept.outsourced.clone(), ..Plan::default() };
        self.change(|instance, plan, index| {
            let mut again = WorkingPlan::new(instance);
            if !start_exactly(instance, &mut again, &routes, &others) {
                return false;
            }
            let units = (0..instance.problem.units().len()).map(UnitId::new);
            let changed = units.filter(|&unit| plan.route(unit).visits != again.route(unit).visits);
            let changed = changed.collect::<Vec<_>>();
            *plan = again;
            index.refresh_routes(instance, plan, &changed);
            true
        })
    }
}
