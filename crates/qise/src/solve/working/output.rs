//! The plan as others see it, with the times of everything.

use super::WorkingPlan;
use crate::plan::{Plan, Route, Visit};
use crate::solve::instance::Instance;
use crate::solve::timing::Timing;

impl WorkingPlan {
    /// The plan as others see it.
    pub(in crate::solve) fn to_plan(&self, instance: &Instance<'_>) -> Plan {
        let mut timing = Timing::default();
        let mut routes = Vec::new();
        for unit in instance.problem.unit_ids() {
            let visits = &self.route(unit).visits;
            if visits.is_empty() {
                continue;
            }
            let good = timing.set(instance, unit, visits, &self.held.until);
            debug_assert!(good, "every route of a working plan can be timed");
            let owner = instance.unit(unit);
            let arrivals = timing.arrivals(instance, owner, visits);
            let times = visits.iter().zip(arrivals).zip(&timing.starts);
            let visits = times.map(|((&slot, arrival), &start)| Visit {
                need: instance.problem.slot(slot).need,
                role: instance.problem.slot(slot).role,
                stop: instance.problem.slot(slot).stop,
                arrival,
                start,
                end: start + instance.service(slot, owner),
            });
            let mut company = self.route(unit).company.clone();
            company.sort_unstable();
            routes.push(Route {
                unit,
                company,
                departure: timing.departure,
                visits: visits.collect(),
                calls: Vec::new(),
                breaks: timing.rests.clone(),
                finish: timing.finish,
            });
        }
        let needs = self.left(instance.problem).map(|slot| instance.problem.slot(slot).need);
        let mut unserved = needs.collect::<Vec<_>>();
        unserved.sort_unstable();
        let mut outsourced = self.outside().to_vec();
        outsourced.sort_unstable();
        Plan { routes, unserved, outsourced }
    }
}
