//! Starting from a plan that is already there.

use super::instance::Instance;
use super::working::WorkingPlan;
use crate::matching::reach;
use crate::model::NeedId;
use crate::plan::Plan;

/// Takes over the routes of `warm`, in their order, without the visits that break a rule.
pub(super) fn start_from(instance: &Instance<'_>, plan: &mut WorkingPlan, warm: &Plan) {
    let problem = instance.problem;
    for route in &warm.routes {
        if route.unit.index() >= problem.units().len() || plan.route(route.unit).out {
            continue;
        }
        let fits =
            |need: &NeedId| need.index() < problem.needs().len() && reach(problem, *need, route.unit).is_ok();
        let mut visits: Vec<NeedId> = Vec::with_capacity(route.visits.len());
        for need in route.visits.iter().map(|v| v.need).filter(fits) {
            if plan.unit_of(need).is_none() && !visits.contains(&need) {
                visits.push(need);
            }
        }
        if plan.try_route(instance, route.unit, &visits) {
            continue;
        }
        let mut kept = Vec::with_capacity(visits.len());
        for need in visits {
            kept.push(need);
            if !plan.try_route(instance, route.unit, &kept) {
                kept.pop();
            }
        }
    }
}
