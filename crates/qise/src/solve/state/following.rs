//! Shifts that start where the one before of the same person has ended: a change of one route may move the start of another.

use super::WorkingPlan;
use crate::model::{PlaceId, Time, UnitId};
use crate::solve::instance::Instance;

/// The units that start where the shift of this one ended.
fn followers<'i>(instance: &'i Instance<'_>, unit: UnitId) -> impl Iterator<Item = UnitId> + 'i {
    let problem = instance.problem;
    let own = instance.units.follow.then(|| problem.units_of(problem.unit(unit).volunteer));
    let follows = move |other: &UnitId| problem.unit(*other).follows.is_some_and(|b| b.contains(unit));
    own.into_iter().flatten().filter(follows)
}

/// Where and from when on a unit starts that follows a shift; nothing where its person has not gone out in that.
fn start_of(plan: &WorkingPlan, instance: &Instance<'_>, unit: UnitId) -> Option<(PlaceId, Time)> {
    let given = instance.problem.unit(unit);
    let before = given.follows?;
    let end = before.units().find_map(|before| {
        let lead = plan.route(before).with.unwrap_or(before);
        let last = *plan.route(lead).visits.last()?;
        Some(instance.unit(lead).to.unwrap_or(instance.slot(last).place))
    })?;
    Some(instance.problem.start_after(given, before.end.unwrap_or(end)))
}

/// The units whose starts move by what the route of a unit has become, and where to.
pub(super) fn moved(
    plan: &WorkingPlan,
    instance: &Instance<'_>,
    unit: UnitId,
) -> Vec<(UnitId, Option<(PlaceId, Time)>)> {
    let starts = followers(instance, unit).map(|other| (other, start_of(plan, instance, other)));
    starts.filter(|&(other, start)| plan.route(other).after != start).collect()
}

/// Puts the starts of the routes of a change back to where they were, once their visits are.
pub(super) fn put_back(plan: &mut WorkingPlan, instance: &Instance<'_>) {
    if !instance.units.follow {
        return;
    }
    for r in 0..plan.sync_starts.befores.len() {
        let unit = plan.sync_starts.befores[r].0;
        if instance.problem.unit(unit).follows.is_some() {
            let start = start_of(plan, instance, unit);
            plan.routes[unit.index()].after = start;
        }
    }
}

impl WorkingPlan {
    /// Whether somebody on the route of a unit goes out again from where it ends.
    pub(crate) fn is_followed(&self, instance: &Instance<'_>, unit: UnitId) -> bool {
        instance.units.follow && {
            let company = self.route(unit).company.iter().copied();
            let people = std::iter::once(unit).chain(company);
            people.flat_map(|unit| followers(instance, unit)).any(|follower| self.route(follower).out)
        }
    }

    /// Whether nobody starts elsewhere, who follows the route of a unit, where it gets another visit before visit number `at`.
    pub(crate) fn keeps_end(&self, instance: &Instance<'_>, unit: UnitId, at: usize) -> bool {
        let route = self.route(unit);
        let stays = route.out && (at < route.visits.len() || instance.unit(unit).to.is_some());
        stays || !self.is_followed(instance, unit)
    }
}
