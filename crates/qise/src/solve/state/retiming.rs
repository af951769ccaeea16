//! Visits that wait for each other: a change of one route moves others too.
//!
//! Every visit starts as early as its route and the people who come with it allow: at the longest path to it in the graph of
//! all ways and gaps. A change resets what hangs on it and lets the starts grow again from below until nothing moves; where
//! they would grow for ever, people wait for each other in a circle, and the change is refused.

use super::{WorkingPlan, following};
use crate::model::{Seconds, SlotId, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::links::TieKind;

/// No start grows in more passes over each route than this, and a few.
const PASSES: usize = 64;

impl WorkingPlan {
    /// The moments before which the people who come with somebody do not let them start; empty where there are no crews.
    pub(crate) fn releases(&self) -> &[Time] {
        &self.sync_starts.release
    }
}

/// Begins a change of the routes of `units`.
pub(crate) fn begin(plan: &mut WorkingPlan, units: impl Iterator<Item = UnitId>) {
    plan.sync_starts.befores.clear();
    for unit in units {
        add_route(plan, unit);
    }
}

pub(crate) fn add_route(plan: &mut WorkingPlan, unit: UnitId) {
    if plan.sync_starts.befores.iter().all(|(known, ..)| *known != unit) {
        let before = plan.begin_change(unit);
        plan.sync_starts.befores.push((unit, before));
        for k in 0..plan.route(unit).company.len() {
            add_route(plan, plan.route(unit).company[k]);
        }
    }
}

/// Brings the times of everything behind `cuts` up to date, in their routes and in those that wait for them; false when that
/// cannot be, and then the change must be taken back.
pub(crate) fn run(plan: &mut WorkingPlan, instance: &Instance<'_>, cuts: &[(UnitId, usize)]) -> bool {
    reach(plan, instance, cuts);
    restore_releases(plan, instance);
    plan.sync_starts.reset.clear();
    let good = grow(plan, instance) && refresh_reached(plan, instance);
    if !good {
        // What the terms count of these routes is still what they were.
        for (unit, before) in &plan.sync_starts.befores {
            let route = &mut plan.routes[unit.index()];
            (route.totals, route.out) = (before.totals, before.out);
        }
    }
    for unit in plan.sync_starts.waiting.drain(..) {
        plan.sync_starts.is_waiting[unit.index()] = false;
    }
    for &unit in &plan.sync_starts.reached {
        plan.sync_starts.from[unit.index()] = u32::MAX;
    }
    good
}

/// Everything that hangs on the visits behind `cuts`; nobody holds it any more.
fn reach(plan: &mut WorkingPlan, instance: &Instance<'_>, cuts: &[(UnitId, usize)]) {
    plan.sync_starts.reached.clear();
    plan.sync_starts.stack.clear();
    plan.sync_starts.stack.extend(cuts.iter().map(|&(unit, at)| (unit, at as u32)));
    restart_followers(plan, instance);
    while let Some((unit, from)) = plan.sync_starts.stack.pop() {
        // A choice made behind may move what lies before.
        let from = if plan.route(unit).has_timing_choice(instance, unit) { 0 } else { from };
        let until = plan.sync_starts.from[unit.index()];
        if from >= until {
            continue;
        }
        plan.sync_starts.from[unit.index()] = from;
        if until == u32::MAX {
            plan.sync_starts.reached.push(unit);
            add_route(plan, unit);
        }
        let count = plan.routes[unit.index()].visits.len().min(until as usize);
        for at in from as usize..count {
            let slot = plan.routes[unit.index()].visits[at];
            for partner in instance.precedence.successors(slot) {
                if let Some(unit) = plan.unit_of(partner.slot) {
                    let binds = binds(plan, instance, cuts, partner.slot, unit);
                    plan.sync_starts.let_go(partner.slot);
                    if binds {
                        plan.sync_starts.stack.push((unit, plan.position(partner.slot) as u32));
                    }
                }
            }
        }
    }
}

/// Moves the starts of what follows the routes of the change; everything on those routes hangs on it.
fn restart_followers(plan: &mut WorkingPlan, instance: &Instance<'_>) {
    let mut next = 0;
    while let Some(&(unit, _)) = plan.sync_starts.befores.get(next).filter(|_| instance.units.follow) {
        next += 1;
        for (follower, start) in following::moved(plan, instance, unit) {
            add_route(plan, follower);
            plan.routes[follower.index()].after = start;
            plan.sync_starts.stack.push((follower, 0));
        }
    }
}

/// Whether a visit may start sooner once nobody holds it: what holds it binds, or its own route has changed.
fn binds(
    plan: &WorkingPlan,
    instance: &Instance<'_>,
    cuts: &[(UnitId, usize)],
    slot: SlotId,
    unit: UnitId,
) -> bool {
    let until = plan.sync_starts.release[slot.index()];
    plan.route(unit).has_timing_choice(instance, unit)
        || cuts.iter().any(|&(cut, _)| cut == unit)
        // Between two windows it starts later than it is held.
        || until > Time::MIN
            && (until >= plan.start(instance, slot) || instance.slot(slot).several_windows())
}

/// Lets the starts of what was reached grow until nothing moves.
fn grow(plan: &mut WorkingPlan, instance: &Instance<'_>) -> bool {
    for r in 0..plan.sync_starts.reached.len() {
        plan.sync_starts.wait(plan.sync_starts.reached[r]);
    }
    let most = PASSES * plan.sync_starts.reached.len() + PASSES;
    let mut next = 0;
    while next < plan.sync_starts.waiting.len() {
        let unit = plan.sync_starts.waiting[next];
        next += 1;
        plan.sync_starts.is_waiting[unit.index()] = false;
        if next > most || !pass(plan, instance, unit) {
            return false;
        }
    }
    true
}

/// Times one route, and makes those who wait for its people wait as long; false when it cannot be done in time.
fn pass(plan: &mut WorkingPlan, instance: &Instance<'_>, unit: UnitId) -> bool {
    let owner = instance.unit(unit);
    if plan.route(unit).has_timing_choice(instance, unit) {
        return pass_with_choices(plan, instance, unit);
    }
    let count = plan.routes[unit.index()].visits.len();
    let (mut here, mut free) = plan.route(unit).start(owner);
    for at in 0..count {
        let slot = plan.routes[unit.index()].visits[at];
        let service = instance.service(slot, owner);
        let ready = instance.leaves(free, slot) + instance.arc(owner, here, slot);
        if ready > owner.end {
            return false;
        }
        let Some(start) = instance.earliest(slot, ready.max(plan.sync_starts.release[slot.index()]), service)
        else {
            return false;
        };
        release_successors(plan, instance, slot, (start, service));
        (here, free) = (instance.slot(slot).place, start + service);
    }
    true
}

fn pass_with_choices(plan: &mut WorkingPlan, instance: &Instance<'_>, unit: UnitId) -> bool {
    let route = &plan.routes[unit.index()];
    let start = route.start(instance.unit(unit));
    if !plan.timing.set(instance, unit, start, &route.visits, &plan.sync_starts.release) {
        return false;
    }
    for at in 0..plan.routes[unit.index()].visits.len() {
        let slot = plan.routes[unit.index()].visits[at];
        let service = instance.service(slot, instance.unit(unit));
        release_successors(plan, instance, slot, (plan.timing.starts[at], service));
    }
    true
}

fn release_successors(
    plan: &mut WorkingPlan,
    instance: &Instance<'_>,
    slot: SlotId,
    (start, service): (Time, Seconds),
) {
    for partner in instance.precedence.successors(slot) {
        let Some(unit) = plan.unit_of(partner.slot) else { continue };
        let waiting = || instance.service(partner.slot, instance.unit(unit));
        let until = partner.until(instance.problem.calendar(), start, || service, waiting);
        if until <= plan.sync_starts.release[partner.slot.index()] {
            continue;
        }
        plan.sync_starts.set(partner.slot, until);
        if plan.sync_starts.from[unit.index()] == u32::MAX {
            // Not reached, so its times are still known: it waits only where this binds.
            if !plan.route(unit).has_timing_choice(instance, unit)
                && until <= plan.start(instance, partner.slot)
            {
                continue;
            }
            plan.sync_starts.from[unit.index()] = 0;
            plan.sync_starts.reached.push(unit);
            add_route(plan, unit);
        }
        plan.sync_starts.wait(unit);
    }
}

/// Holds what was let go of as long as those want for whom it waits and whom the change does not reach.
fn restore_releases(plan: &mut WorkingPlan, instance: &Instance<'_>) {
    for k in 0..plan.sync_starts.reset.len() {
        let slot = plan.sync_starts.reset[k];
        let Some(here) = plan.unit_of(slot) else { continue };
        for partner in instance.precedence.predecessors(slot) {
            let Some(unit) = plan.unit_of(partner.slot) else { continue };
            if plan.sync_starts.from[unit.index()] != u32::MAX {
                continue;
            }
            if plan.route(unit).has_timing_choice(instance, unit) {
                // Its choices are told only by timing it.
                plan.sync_starts.from[unit.index()] = 0;
                plan.sync_starts.reached.push(unit);
                add_route(plan, unit);
            } else {
                let service = |slot, unit| instance.service(slot, instance.unit(unit));
                let (calendar, start) = (instance.problem.calendar(), plan.start(instance, partner.slot));
                let awaited = || service(partner.slot, unit);
                let until = partner.until(calendar, start, awaited, || service(slot, here));
                if until > plan.sync_starts.release[slot.index()] {
                    plan.sync_starts.set(slot, until);
                }
            }
        }
    }
}

fn refresh_reached(plan: &mut WorkingPlan, instance: &Instance<'_>) -> bool {
    // Who goes along is timed after whoever leads.
    for goes_along in [false, true] {
        for r in 0..plan.sync_starts.befores.len() {
            let unit = plan.sync_starts.befores[r].0;
            if plan.route(unit).with.is_some() == goes_along
                && !(plan.refresh(instance, unit) && plan.routes.keeps_limits(instance, unit))
            {
                return false;
            }
        }
    }
    if instance.links.weekly && !keeps_weekdays(plan, instance) {
        return false;
    }
    count_changes(plan, instance);
    for r in 0..plan.sync_starts.befores.len() {
        let unit = plan.sync_starts.befores[r].0;
        find_latest_without_delay(plan, instance, unit);
    }
    true
}

/// Whether needs of one weekday are still served on one, where their routes have changed. Times alone do not lead there: a visit
/// on a wrong weekday is not put off to the right one.
fn keeps_weekdays(plan: &WorkingPlan, instance: &Instance<'_>) -> bool {
    let problem = instance.problem;
    let day = |slot: SlotId| problem.calendar().day(plan.start(instance, slot));
    let visits = plan.sync_starts.befores.iter().flat_map(|(unit, _)| &plan.routes[unit.index()].visits);
    let first = visits.filter(|&&slot| !instance.is_depot_visit(slot) && problem.slot(slot).stop == 0);
    first.copied().all(|slot| {
        let others = instance.links.others(problem.slot(slot).need, TieKind::Weeks);
        let mut others = others.flat_map(|need| problem.slots_of(need));
        others.all(|other| {
            let counts = problem.slot(other).stop == 0 && plan.unit_of(other).is_some();
            !counts || (day(other) - day(slot)).rem_euclid(7) == 0
        })
    })
}

/// Brings the terms up to date with all routes that have changed.
pub(crate) fn count_changes(plan: &mut WorkingPlan, instance: &Instance<'_>) {
    // Totals of one person's other routes enter the load: they change one after the other.
    let befores = std::mem::take(&mut plan.sync_starts.befores);
    let afters = befores.iter().map(|(unit, before)| {
        let route = &mut plan.routes[unit.index()];
        (std::mem::replace(&mut route.totals, before.totals), std::mem::replace(&mut route.out, before.out))
    });
    let afters = afters.collect::<Vec<_>>();
    for ((unit, before), after) in befores.iter().zip(afters) {
        let route = &mut plan.routes[unit.index()];
        (route.totals, route.out) = after;
        plan.end_change(instance, *unit, before);
    }
    plan.sync_starts.befores = befores;
}

/// How late everything on a route can be for nothing, those who wait for it told.
fn find_latest_without_delay(plan: &mut WorkingPlan, instance: &Instance<'_>, unit: UnitId) {
    if !plan.route(unit).needs_propagation {
        return;
    }
    let mut route = std::mem::take(&mut plan.routes[unit.index()]);
    route.find_latest_without_delay(instance, instance.unit(unit), |slot, service| {
        let partners = instance.precedence.successors(slot).iter().filter_map(|partner| {
            let other = plan.unit_of(partner.slot).filter(|&other| other != unit)?;
            let calm = plan.routes[other.index()].latest_without_delay.get(plan.position(partner.slot))?;
            let waiting = || instance.service(partner.slot, instance.unit(other));
            Some(partner.latest(instance.problem.calendar(), calm.alone, || service, waiting))
        });
        partners.min().unwrap_or(Time::MAX)
    });
    plan.routes[unit.index()] = route;
}

/// Times the routes of a change that was taken back.
pub(crate) fn abandon(plan: &mut WorkingPlan, instance: &Instance<'_>) {
    following::put_back(plan, instance);
    for goes_along in [false, true] {
        for r in 0..plan.sync_starts.befores.len() {
            let unit = plan.sync_starts.befores[r].0;
            if plan.route(unit).with.is_some() == goes_along {
                let good = plan.refresh(instance, unit);
                debug_assert!(good, "a route that was possible stays so");
            }
        }
    }
}

#[cfg(test)]
mod tests;
