//! Places for all stops of a ride in one route, in their order.
//!
//! The first stop is tried at every position; from there the route is walked with everything that is later than before, and the
//! next stop is tried wherever the person comes by, as long as what is on board fits and nobody is too late.

use super::crew::CrewInsertion;
use super::insertion::fixed_cost;
use super::instance::{Instance, Leg};
use super::route::Sums;
use super::timing::Timing;
use super::working::{Placing, WorkingPlan};
use crate::model::{PlaceId, Seconds, SlotId, Time, UnitId};

/// Buffers for finding places for rides.
#[derive(Clone, Debug, Default)]
pub(super) struct RideFinder {
    slots: Vec<SlotId>,
    /// Before which visits the stops placed so far go, and the cheapest such list.
    at: Vec<usize>,
    best: Vec<usize>,
    bound: i64,
    /// Whether some places were found at all.
    found: bool,
    timing: Timing,
    visits: Vec<SlotId>,
}

/// How far a person has come on the way through a route that stops are put into.
#[derive(Clone, Copy)]
struct Here {
    /// The next visit of the route.
    at: usize,
    place: PlaceId,
    free: Time,
    /// Whether the last thing done was a stop of the ride: then the way on is a new one.
    is_new: bool,
    /// What the ways so far cost more than before.
    cost: i64,
}

/// One route that is asked.
struct Asked<'a> {
    instance: &'a Instance<'a>,
    plan: &'a WorkingPlan,
    unit: UnitId,
    /// Whether ways alone do not tell the cost.
    reckoned: bool,
}

impl RideFinder {
    /// The cheapest places in the routes of `units`, if they cost less than `below`.
    pub(super) fn find(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        lead: SlotId,
        below: i64,
        blink: &mut impl FnMut() -> bool,
        units: &[UnitId],
    ) -> Option<CrewInsertion> {
        self.slots.clear();
        self.slots.extend(instance.crew(lead));
        (self.bound, self.found) = (below, false);
        let mut owner = None;
        for &unit in units {
            self.best.clear();
            self.in_route(instance, plan, unit, blink);
            if !self.best.is_empty() {
                let places = self.slots.iter().zip(&self.best);
                let placings = places.map(|(&slot, &at)| Placing { slot, unit, at }).collect::<Vec<_>>();
                owner = Some(placings);
            }
        }
        owner.map(|placings| CrewInsertion { cost: self.bound, placings, company: Vec::new() })
    }

    /// Looks for places that cost less than `self.bound`, which falls to the least found.
    fn in_route(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        unit_id: UnitId,
        blink: &mut impl FnMut() -> bool,
    ) {
        let (unit, route) = (instance.unit(unit_id), plan.route(unit_id));
        let has_place = |(d, &load): (usize, &i64)| load <= instance.capacities(unit_id)[d];
        let lead = self.slots[0];
        if route.with.is_some() || !instance.loads(lead).iter().enumerate().all(has_place) {
            return;
        }
        let fixed = fixed_cost(instance, plan, lead, unit_id);
        let asked = Asked {
            instance,
            plan,
            unit: unit_id,
            reckoned: route.whole || unit.breaks || instance.timed || unit.limited || instance.compress,
        };
        let flat = instance.slot(lead);
        let service = instance.service(lead, unit);
        for at in 0..=route.visits.len() {
            let (place, free) = match at.checked_sub(1) {
                Some(before) => (route.nodes[before].place, route.nodes[before].end),
                None => (unit.from, unit.start),
            };
            if free > flat.closes_for(service) {
                break;
            }
            let here = Here { at, place, free, is_new: false, cost: fixed };
            if !blink() {
                self.at.clear();
                self.make_stop(&asked, here);
            }
        }
    }

    /// Makes the next stop of the ride here, and then the others in every way.
    fn make_stop(&mut self, asked: &Asked<'_>, here: Here) {
        let Asked { instance, plan, unit, .. } = *asked;
        let (owner, route) = (instance.unit(unit), plan.route(unit));
        let slot = self.slots[self.at.len()];
        let place = instance.slot(slot).place;
        let service = instance.service(slot, owner);
        let leg = instance.way(owner, here.place, place);
        let ready = here.free + Seconds(leg.seconds) + instance.setup_after(here.place, slot);
        // A way that nobody can travel has no cost to count with.
        if ready > owner.end {
            return;
        }
        let Some(start) = instance.earliest(slot, ready, service) else { return };
        let there = Here {
            at: here.at,
            place,
            free: start + service,
            is_new: true,
            cost: here.cost + instance.leg_cost(leg),
        };
        let Some(joined) = asked.join(there) else { return };
        if self.at.is_empty() && self.is_too_far(asked, joined) {
            return;
        }
        self.at.push(here.at);
        if self.at.len() == self.slots.len() {
            self.offer(asked, joined);
        } else if instance.dimensions == 0 || route.fits_on_board(instance, unit, here.at, self.slots[0]) {
            self.go_on(asked, there);
        }
        self.at.pop();
    }

    /// Walks on with the ride on board, and makes the next stop wherever that is possible.
    fn go_on(&mut self, asked: &Asked<'_>, mut here: Here) {
        let Asked { instance, plan, unit, .. } = *asked;
        let (owner, route) = (instance.unit(unit), plan.route(unit));
        let next = self.slots[self.at.len()];
        let closes = instance.slot(next).closes_for(instance.service(next, owner));
        loop {
            if here.free > closes {
                return;
            }
            self.make_stop(asked, here);
            let Some(node) = route.nodes.get(here.at) else { return };
            let slot = route.visits[here.at];
            let leg = if here.is_new { instance.way(owner, here.place, node.place) } else { node.leg };
            if here.is_new {
                here.cost += instance.leg_cost(leg) - node.cost;
            }
            let service = instance.service(slot, owner);
            let ready = here.free + Seconds(leg.seconds) + instance.setup_after(here.place, slot);
            let Some(start) = instance.earliest(slot, ready.max(node.end - service), service) else { return };
            if start > node.latest {
                return;
            }
            (here.place, here.free, here.is_new) = (node.place, start + service, false);
            here.at += 1;
            // What is out of the way already stays so.
            if self.is_too_far(asked, here.cost) {
                return;
            }
            if instance.dimensions > 0 && !route.fits_on_board(instance, unit, here.at, self.slots[0]) {
                return;
            }
        }
    }

    /// Whether what has been done of the ride is as far out of the way as it may be. Where a detour may be quicker than the straight way,
    /// some place must have been found before that counts.
    fn is_too_far(&self, asked: &Asked<'_>, ways: i64) -> bool {
        let metric = asked.instance.unit(asked.unit).metric;
        ways >= self.bound && (metric || self.found) && !asked.reckoned
    }

    /// Keeps these places where they are the cheapest so far.
    fn offer(&mut self, asked: &Asked<'_>, ways: i64) {
        let mut cost = ways;
        if cost >= self.bound && !asked.reckoned {
            return;
        }
        if asked.reckoned {
            let Some(reckoned) = self.reckon(asked, ways) else { return };
            cost = reckoned;
        }
        if cost < self.bound {
            (self.bound, self.found) = (cost, true);
            self.best.clone_from(&self.at);
        }
    }

    /// The cost of the route with these stops, less what it costs now.
    fn reckon(&mut self, asked: &Asked<'_>, ways: i64) -> Option<i64> {
        let Asked { instance, plan, unit, .. } = *asked;
        let route = plan.route(unit);
        // Time can only add to ways where nothing else has a price below nought.
        if ways >= self.bound.saturating_add(route.sums.cost(instance).max(0)) {
            return None;
        }
        self.visits.clear();
        let mut stops = self.at.iter().zip(&self.slots).peekable();
        for at in 0..=route.visits.len() {
            while let Some((_, &slot)) = stops.next_if(|(stop, _)| **stop == at) {
                self.visits.push(slot);
            }
            self.visits.extend(route.visits.get(at));
        }
        if !self.timing.set(instance, unit, &self.visits, plan.held_list()) {
            return None;
        }
        let sums = Sums::of(instance, unit, &self.visits, &self.timing);
        if instance.unit(unit).limited && !plan.within_day(instance, unit, self.visits.len(), &sums) {
            return None;
        }
        Some(plan.cost_of_route(instance, unit, &sums))
    }
}

impl Asked<'_> {
    /// What the ways cost once the route goes on from here as before; nothing where that is too late for the shift.
    fn join(&self, here: Here) -> Option<i64> {
        let Self { instance, plan, unit, .. } = *self;
        let (owner, route) = (instance.unit(unit), plan.route(unit));
        let (way, before, latest) = match (route.nodes.get(here.at), owner.to) {
            (Some(node), _) => {
                let way = instance.way(owner, here.place, node.place);
                (way, node.cost, node.latest - instance.setup_after(here.place, route.visits[here.at]))
            }
            (None, Some(to)) => (instance.way(owner, here.place, to), route.back_cost, owner.end),
            (None, None) => (Leg::default(), 0, owner.end),
        };
        let in_time = here.free + Seconds(way.seconds) <= latest;
        in_time.then(|| here.cost + instance.leg_cost(way) - before)
    }
}
