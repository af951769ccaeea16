//! The gate for changes of routes: whether somebody may serve what a change would give them, can carry it, and whoever must come
//! together still does. Times apart, which every move tells in its own way.

use super::WorkingPlan;
use super::route::goods_transfers::joined;
use crate::model::{SlotId, UnitId};
use crate::solve::instance::Instance;

/// A route as a change would leave it: its own visits up to a cut, then those of another route from a cut on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RouteChange<'a> {
    pub(crate) unit: UnitId,
    /// What stays.
    pub(crate) head: &'a [SlotId],
    /// What another has served so far.
    pub(crate) gained: &'a [SlotId],
}

/// Whether routes may become these, times apart. Together the changes hand round the same visits: what one gains another has had.
pub(crate) fn is_feasible(instance: &Instance<'_>, plan: &WorkingPlan, changes: &[RouteChange<'_>]) -> bool {
    let depends = instance.has_synchronisation();
    changes
        .iter()
        .all(|change| may_serve(instance, plan, change) && !(depends && meets_itself(instance, change)))
        && (!depends || go_together(instance, plan, changes))
        && changes.iter().all(|change| keeps_rides(instance, plan, change))
        && changes.iter().all(|change| is_supplied(instance, change) && carries(instance, change))
}

/// Whether the person may serve what they gain, and nobody else is settled for it.
fn may_serve(instance: &Instance<'_>, plan: &WorkingPlan, change: &RouteChange<'_>) -> bool {
    let class = |unit| instance.units.identical.representative(unit);
    change.gained.iter().all(|&slot| {
        let is_equal = || plan.unit_of(slot).is_some_and(|owner| class(owner) == class(change.unit));
        !instance.slot(slot).pinned && (is_equal() || instance.is_compatible(slot, change.unit))
    })
}

/// Whether somebody would fill two places of one need.
fn meets_itself(instance: &Instance<'_>, change: &RouteChange<'_>) -> bool {
    let mut dependent = change.gained.iter().filter(|&&slot| instance.slot(slot).is_dependent);
    dependent.any(|&slot| instance.crew(slot).any(|partner| change.head.contains(&partner)))
}

/// Whether no ride would be torn apart where a route is cut.
fn keeps_rides(instance: &Instance<'_>, plan: &WorkingPlan, change: &RouteChange<'_>) -> bool {
    !instance.features.rides || plan.route(change.unit).is_open(instance, change.head.len())
}

/// Whether every visit can have the goods that it asks for.
fn is_supplied(instance: &Instance<'_>, change: &RouteChange<'_>) -> bool {
    instance.depot_calls.is_empty() || joined(instance, change.unit, change.head, change.gained).is_some()
}

/// Whether what is carried from the start fits on board.
fn carries(instance: &Instance<'_>, change: &RouteChange<'_>) -> bool {
    let capacities = instance.loads.capacities(change.unit);
    (0..instance.loads.dimensions).all(|d| {
        let visits = change.head.iter().chain(change.gained).filter(|&&slot| !instance.is_ride(slot));
        visits.map(|&slot| instance.loads.of(slot)[d]).sum::<i64>() <= capacities[d]
    })
}

/// Whether the crews and linked needs of what changes hands may be served by the people who would serve them.
fn go_together(instance: &Instance<'_>, plan: &WorkingPlan, changes: &[RouteChange<'_>]) -> bool {
    let after = |slot: SlotId| {
        let gains = changes.iter().find(|change| change.gained.contains(&slot));
        gains.map(|change| change.unit).or_else(|| plan.unit_of(slot))
    };
    let dependent = changes.iter().flat_map(|change| change.gained);
    let dependent = dependent.filter(|&&slot| instance.slot(slot).is_dependent);
    let mut needs = dependent.map(|&slot| instance.problem.slot(slot).need);
    let people = |need| {
        let leads = instance.problem.slots_of(need).filter_map(after);
        leads.flat_map(|lead| std::iter::once(lead).chain(plan.route(lead).company.iter().copied())).collect()
    };
    needs.all(|need| instance.is_plain(need) || instance.goes_together(need, &people))
}
