//! Places for several stops in one route, in their order: those of a ride, or a need and the calls at depots before and after it.
//!
//! The first stop is tried at every position; from there the route is walked with everything that is later than before, and the
//! next stop is tried wherever the person comes by, as long as what is on board fits and nobody is too late.

mod asked;

use super::cost::{RouteCost, fixed_cost};
use super::evaluation::Evaluation;
use crate::model::{Handling, Seconds, SlotId, Time, UnitId, Unload};
use crate::solve::instance::Instance;
use crate::solve::instance::depot_calls::Ask;
use crate::solve::instance::leg::Leg;
use crate::solve::state::depot_visits;
use crate::solve::state::route::{Route, RouteTotals, head_of};
use crate::solve::state::schedule::timing::Timing;
use crate::solve::state::{CrewInsertion, Placing, WorkingPlan};
use asked::{Asked, Here, Joined, soonest};

/// Buffers for finding places for several stops.
#[derive(Clone, Debug, Default)]
pub(crate) struct SequenceFinder {
    slots: Vec<SlotId>,
    /// Whether the need asks the unit that is asked for calls before it.
    lacks: bool,
    /// Before which visits the stops placed so far go.
    at: Vec<usize>,
    /// The cheapest places so far.
    best: Vec<Placing>,
    bound: i64,
    /// Whether some places were found at all.
    found: bool,
    /// Before which moments links do not let the stops start, as the plan is; empty where nobody is waited for.
    floors: Vec<Time>,
    /// The same for every slot, as timing asks for it.
    releases: Vec<Time>,
    timing: Timing,
    visits: Vec<SlotId>,
    /// The route with its new stops, as far as what is on board is asked.
    laden: Route,
}

impl SequenceFinder {
    /// The cheapest places for the need that `lead` stands for, with the calls that it asks for, in the routes of `units`, if they cost
    /// less than `below`.
    pub(crate) fn find(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        lead: SlotId,
        below: i64,
        blink: &mut impl FnMut() -> bool,
        units: &[UnitId],
    ) -> Option<CrewInsertion> {
        (self.bound, self.found) = (below, false);
        self.best.clear();
        self.releases.clear();
        for &unit in units {
            if instance.depot_calls.asks(lead).is_empty() {
                self.lacks = false;
                self.slots.clear();
                self.slots.extend(instance.crew(lead));
                self.in_route(instance, plan, unit, blink);
            } else {
                self.with_calls(instance, plan, lead, unit, blink);
            }
        }
        let placings = std::mem::take(&mut self.best);
        let found = !placings.is_empty();
        found.then_some(CrewInsertion { cost: self.bound, placings, company: Vec::new() })
    }

    /// Looks for places for a need that asks for goods: by calls that the route makes anyway, and by others before and after it.
    fn with_calls(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        lead: SlotId,
        unit: UnitId,
        blink: &mut impl FnMut() -> bool,
    ) {
        let calls = plan.route(unit).visits.iter().filter(|&&slot| instance.is_depot_visit(slot)).count();
        let spare = instance.depot_calls.most(unit).saturating_sub(calls);
        let wants = instance.depot_calls.wants(lead, unit);
        self.lacks = wants.before;
        let mut try_sequence = |finder: &mut Self, slots: &[SlotId]| {
            finder.slots.clear();
            finder.slots.extend_from_slice(slots);
            let before = finder.bound;
            finder.in_route(instance, plan, unit, blink);
            finder.bound < before
        };
        let mut is_found = false;
        if calls > 0 || !wants.before && !wants.after {
            is_found = try_sequence(self, &[lead]);
        }
        let before = wants.before || !wants.after && !is_found;
        if spare == 0 || !before && !wants.after {
            return;
        }
        let has = |first: &&Vec<SlotId>| {
            first.len() <= spare && depot_visits::may_give(plan, instance, first, lead, unit)
        };
        let befores = if before {
            instance.depot_calls.before(lead).iter().filter(has).collect::<Vec<_>>()
        } else {
            Vec::new()
        };
        if before && (!wants.after || calls > 0) {
            for first in &befores {
                let mut slots = (*first).clone();
                slots.push(lead);
                try_sequence(self, &slots);
            }
        }
        if wants.after && (!before || calls > 0) {
            for &after in instance.depot_calls.after(lead) {
                try_sequence(self, &[lead, after]);
            }
        }
        if before && wants.after {
            for first in befores.iter().filter(|first| first.len() < spare) {
                for &after in instance.depot_calls.after(lead) {
                    let mut slots = (*first).clone();
                    slots.extend([lead, after]);
                    try_sequence(self, &slots);
                }
            }
        }
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
        let has_place = |(d, &load): (usize, &i64)| load <= instance.loads.capacities(unit_id)[d];
        let [first, ..] = self.slots[..] else { return };
        let Some(&lead) = self.slots.iter().find(|&&slot| !instance.is_depot_visit(slot)) else { return };
        if route.with.is_some()
            || plan.routes().is_blocked(instance, unit_id)
            || !instance.loads.of(lead).iter().enumerate().all(has_place)
        {
            return;
        }
        let fixed = fixed_cost(instance, plan, lead, unit_id);
        self.find_floors(instance, plan, unit_id);
        let evaluation = self.evaluation(instance, route, unit_id);
        let cost = RouteCost::new(instance, plan, lead, unit_id);
        let asked = Asked { instance, plan, unit: unit_id, owner: unit, route, evaluation, cost };
        let service = instance.service(first, unit);
        let closes = instance.slot(first).closes_for(service);
        let begin =
            self.first_position(instance, route, unit_id).max(soonest(instance, route, first, service));
        for at in begin..=route.visits.len() {
            let gap = route.gap(unit, at);
            if gap.free > closes {
                break;
            }
            if asked.is_full(at, gap.free + service, false) {
                continue;
            }
            let head = match at.checked_sub(1) {
                Some(before) if asked.evaluation == Evaluation::Merged => route.heads[before],
                _ => head_of(route.start(unit).1, unit),
            };
            let ways = Leg::default();
            let here =
                Here { at, place: gap.from, free: gap.free, is_new: false, cost: fixed, ways, busy: 0, head };
            if !blink() {
                self.at.clear();
                self.make_stop(&asked, here);
            }
        }
    }

    /// The first position worth a try: what a need lacks is not on board before the first call or visit that brings it there.
    fn first_position(&self, instance: &Instance<'_>, route: &Route, unit: UnitId) -> usize {
        let lead = self.slots[0];
        if !self.lacks || instance.is_depot_visit(lead) {
            return 0;
        }
        let lacking = instance.depot_calls.asks(lead).iter().filter(|ask| {
            ask.handling != Handling::Collect && instance.depot_calls.own(unit, ask.good) < ask.amount
        });
        let first = lacking.map(|ask| {
            let collects = |other: &Ask| other.good == ask.good && other.handling == Handling::Collect;
            let brings = |&slot: &SlotId| {
                instance.depot_calls.of(slot).is_some_and(|call| call.keeps(ask.good))
                    || instance.depot_calls.asks(slot).iter().any(collects)
            };
            route.visits.iter().position(brings).map_or(usize::MAX, |at| at + 1)
        });
        first.max().unwrap_or(0)
    }

    fn evaluation(&self, instance: &Instance<'_>, route: &Route, unit_id: UnitId) -> Evaluation {
        let unit = instance.unit(unit_id);
        let whole = |&slot: &SlotId| {
            let flat = instance.slot(slot);
            flat.has_timing_choice(unit.volunteer) || flat.is_promised() || flat.is_synchronised
        };
        if route.needs_full_timing {
            Evaluation::Full
        } else if instance.features.compress {
            if self.slots.iter().any(whole) { Evaluation::Full } else { Evaluation::Merged }
        } else if instance.features.timed || unit.limited {
            Evaluation::Full
        } else {
            Evaluation::TravelOnly
        }
    }

    /// Makes the next stop here, and then the others in every way.
    fn make_stop(&mut self, asked: &Asked<'_>, here: Here) {
        let Asked { instance, unit, owner, route, .. } = *asked;
        let slot = self.slots[self.at.len()];
        let place = instance.slot(slot).place;
        let service = instance.service(slot, owner);
        let leg = instance.way(owner, here.place, place);
        let arc = Seconds(leg.seconds) + instance.setup_after(here.place, slot);
        let ready = instance.leaves(here.free, slot) + arc;
        // A way that nobody can travel has no cost to count with.
        if ready > owner.end {
            return;
        }
        let floor = self.floors.get(self.at.len()).copied().unwrap_or(Time::MIN);
        let Some(start) = instance.earliest(slot, ready.max(floor), service) else { return };
        if !self.floors.is_empty() && !asked.meets(slot, here.at, start, service) {
            return;
        }
        let there = Here {
            at: here.at,
            place,
            free: start + service,
            is_new: true,
            cost: here.cost + instance.leg_cost(leg),
            ways: here.ways.plus(leg),
            busy: here.busy + arc.0 + service.0,
            head: asked.merged(here.head, arc, (slot, floor), service),
        };
        let Some(joined) = asked.join(there, &self.slots) else { return };
        if self.at.is_empty() && self.is_too_far(asked, &joined) {
            return;
        }
        self.at.push(here.at);
        if self.at.len() == self.slots.len() {
            self.offer(asked, &joined);
        } else if !instance.is_ride(self.slots[0])
            || instance.loads.dimensions == 0
            || route.fits_on_board(instance, unit, here.at, self.slots[0])
        {
            self.go_on(asked, there);
        }
        self.at.pop();
    }

    /// Walks on after a new stop, and makes the next one wherever that is possible.
    fn go_on(&mut self, asked: &Asked<'_>, mut here: Here) {
        let Asked { instance, unit, owner, route, .. } = *asked;
        let next = self.slots[self.at.len()];
        let service = instance.service(next, owner);
        let closes = instance.slot(next).closes_for(service);
        let begin = soonest(instance, route, next, service);
        let carries = instance.loads.dimensions > 0 && instance.is_ride(self.slots[0]);
        loop {
            if here.free > closes {
                return;
            }
            if here.at >= begin && !asked.is_full(here.at, here.free + service, here.is_new) {
                self.make_stop(asked, here);
            }
            let Some(node) = route.nodes.get(here.at) else { return };
            let slot = route.visits[here.at];
            let leg = if here.is_new { instance.way(owner, here.place, node.place) } else { node.leg };
            let arc = Seconds(leg.seconds) + instance.setup_after(here.place, slot);
            if here.is_new {
                here.cost += instance.leg_cost(leg) - node.cost;
                here.ways = here.ways.plus(leg).minus(node.leg);
                here.busy += arc.0 - route.gap(owner, here.at).arc();
            }
            let service = instance.service(slot, owner);
            let ready = instance.leaves(here.free, slot) + arc;
            let Some(start) = instance.earliest(slot, ready.max(node.end - service), service) else { return };
            if start > node.latest {
                return;
            }
            here.head = asked.merged(here.head, arc, (slot, Time::MIN), service);
            (here.place, here.free, here.is_new) = (node.place, start + service, false);
            here.at += 1;
            // What is out of the way already stays so.
            if asked.evaluation == Evaluation::TravelOnly
                && self.is_too_far(asked, &Joined { ways: here.cost, totals: None })
            {
                return;
            }
            if carries && !route.fits_on_board(instance, unit, here.at, self.slots[0]) {
                return;
            }
        }
    }

    /// Whether what has been done so far is as far out of the way as it may be. Where a detour may be quicker than the straight way,
    /// some place must have been found before that counts.
    fn is_too_far(&self, asked: &Asked<'_>, joined: &Joined) -> bool {
        if !asked.instance.unit(asked.unit).metric && !self.found {
            return false;
        }
        match (asked.evaluation, &joined.totals) {
            (Evaluation::TravelOnly, _) => joined.ways >= self.bound,
            (Evaluation::Merged, Some(totals)) => {
                asked.cost.with(asked.instance, asked.plan, asked.unit, totals) >= self.bound
            }
            _ => false,
        }
    }

    /// Keeps these places where they are the cheapest so far.
    fn offer(&mut self, asked: &Asked<'_>, joined: &Joined) {
        let Asked { instance, plan, unit, evaluation, .. } = *asked;
        let cost = match (evaluation, &joined.totals) {
            (Evaluation::TravelOnly, _) => joined.ways,
            (Evaluation::Merged, Some(totals)) => {
                if instance.unit(unit).limited && !plan.routes().within_limits(instance, unit, totals) {
                    return;
                }
                asked.cost.with(instance, plan, unit, totals)
            }
            _ => {
                let Some(reckoned) = self.reckon(asked, joined.ways) else { return };
                reckoned
            }
        };
        let asks_on_board = !instance.depot_calls.is_empty() || asked.owner.unload != Unload::AnyOrder;
        if cost >= self.bound || asks_on_board && !self.holds_goods(asked) {
            return;
        }
        (self.bound, self.found) = (cost, true);
        self.best.clear();
        let places = self.slots.iter().zip(&self.at);
        self.best.extend(places.map(|(&slot, &at)| Placing { slot, unit, at }));
    }

    /// Before which moments links do not let the stops start: as soon as those in the plan whom they wait for allow.
    fn find_floors(&mut self, instance: &Instance<'_>, plan: &WorkingPlan, unit: UnitId) {
        self.floors.clear();
        let waits = |slot: SlotId| !instance.precedence.predecessors(slot).is_empty();
        let awaited = |slot: SlotId| !instance.precedence.successors(slot).is_empty();
        if instance.links.is_empty() || !self.slots.iter().any(|&slot| waits(slot) || awaited(slot)) {
            return;
        }
        for &slot in &self.slots {
            let floors = instance.precedence.predecessors(slot).iter().filter_map(|partner| {
                let other = plan.unit_of(partner.slot)?;
                let service = |slot, unit| instance.service(slot, instance.unit(unit));
                let (calendar, start) = (instance.problem.calendar(), plan.start(instance, partner.slot));
                Some(partner.until(calendar, start, || service(partner.slot, other), || service(slot, unit)))
            });
            let floor = floors.max().unwrap_or(Time::MIN);
            self.floors.push(floor);
        }
        if self.releases.is_empty() {
            self.releases.extend_from_slice(plan.releases());
        }
        for (&slot, &floor) in self.slots.iter().zip(&self.floors) {
            self.releases[slot.index()] = floor;
        }
    }

    /// Times the route in `self.visits`; false where that cannot be in time.
    fn set_times(&mut self, instance: &Instance<'_>, plan: &WorkingPlan, unit: UnitId) -> bool {
        let held = if self.floors.is_empty() { plan.releases() } else { &self.releases };
        let start = plan.route(unit).start(instance.unit(unit));
        self.timing.set(instance, unit, start, &self.visits, held)
    }

    /// The route with the new stops, into `self.visits`.
    fn write_visits(&mut self, route: &Route) {
        self.visits.clear();
        let mut stops = self.at.iter().zip(&self.slots).peekable();
        for at in 0..=route.visits.len() {
            while let Some((_, &slot)) = stops.next_if(|(stop, _)| **stop == at) {
                self.visits.push(slot);
            }
            self.visits.extend(route.visits.get(at));
        }
    }

    /// The cost of the route with these stops, less what it costs now.
    fn reckon(&mut self, asked: &Asked<'_>, ways: i64) -> Option<i64> {
        let Asked { instance, plan, unit, .. } = *asked;
        let route = plan.route(unit);
        // Time can only add to ways where nothing else has a price below nought.
        if ways >= self.bound.saturating_add(route.totals.cost(instance).max(0)) {
            return None;
        }
        self.write_visits(route);
        if !self.set_times(instance, plan, unit) {
            return None;
        }
        let totals = RouteTotals::of(instance, unit, &self.visits, &self.timing);
        if instance.unit(unit).limited && !plan.routes().within_limits(instance, unit, &totals) {
            return None;
        }
        Some(asked.cost.with(instance, plan, unit, &totals))
    }

    /// Whether every visit has the goods that it asks for, all that fits on board, and no depot gives more than it has.
    fn holds_goods(&mut self, asked: &Asked<'_>) -> bool {
        let Asked { instance, plan, unit, .. } = *asked;
        self.write_visits(plan.route(unit));
        self.laden.visits.clone_from(&self.visits);
        if !self.laden.plan_transfers(instance, unit) {
            return false;
        }
        if self.laden.goods.dated {
            if !self.set_times(instance, plan, unit) {
                return false;
            }
            self.laden.date_stock_changes(instance, &self.timing.starts);
        }
        depot_visits::depots_hold(plan, instance, unit, &self.laden.goods.stock_changes)
    }
}
