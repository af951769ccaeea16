//! The walk over a route: every position at which one visit is possible, as far as ways, windows and the slack of the route tell.

use super::cost::ROUNDING;
use crate::model::{PlaceId, Seconds, SlotId, Time};
use crate::solve::instance::Instance;
use crate::solve::instance::leg::Leg;
use crate::solve::instance::slot::{FlatSlot, FlatUnit};
use crate::solve::instance::ways::Ways;
use crate::solve::state::route::Route;

/// A position for a visit: before visit number `at` of a route, or behind its last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position {
    pub(crate) at: usize,
    /// The way there, and the setup.
    pub(crate) out: Leg,
    pub(crate) setup: Seconds,
    /// When the person is ready for it, and its earliest start.
    pub(crate) ready: Time,
    pub(crate) start: Time,
    /// The way on, and the setup at what follows.
    pub(crate) on: Leg,
    pub(crate) entry: Seconds,
    /// When the visit must be over and the way on must begin.
    pub(crate) leave_by: Time,
    /// The way that the two replace, and its cost.
    pub(crate) before: Leg,
    pub(crate) before_cost: i64,
}

impl Position {
    /// By how much ways grow.
    #[inline]
    pub(crate) fn growth(&self) -> Leg {
        self.out.plus(self.on).minus(self.before)
    }

    /// What the ways cost more.
    #[inline]
    pub(crate) fn travel_cost(&self, instance: &Instance<'_>) -> i64 {
        instance.leg_cost(self.out) + instance.leg_cost(self.on) - self.before_cost
    }
}

/// The positions for one visit in one route, from the first to the last.
pub(crate) struct Positions<'a> {
    instance: &'a Instance<'a>,
    slot: SlotId,
    flat: &'a FlatSlot,
    unit: &'a FlatUnit,
    route: &'a Route,
    ways: Ways<'a>,
    service: Seconds,
    closes: Time,
    /// Whether it may start in one window only.
    single: bool,
    /// By when each visit of the route must start beside what its own route asks; nothing for those that are not listed.
    by: &'a [Time],
    /// The last position at which there is room on board.
    room_until: usize,
    at: usize,
    /// Where the person comes from, and when they are free there at the earliest.
    here: PlaceId,
    free: Time,
    /// The way out, where it is known from the way on of the position before.
    known: Option<Leg>,
}

impl<'a> Positions<'a> {
    #[inline(always)]
    #[allow(clippy::inline_always)] // in pieces it takes longer than the walk over a short route
    pub(crate) fn new(
        instance: &'a Instance<'a>,
        route: &'a Route,
        unit: &'a FlatUnit,
        slot: SlotId,
        service: Seconds,
    ) -> Self {
        let flat = instance.slot(slot);
        // Whatever must start before this visit can end comes before it.
        let soonest = flat.opens() + service;
        let first = route.nodes.partition_point(|node| node.latest < soonest);
        let (here, free) = match first.checked_sub(1) {
            Some(before) => (route.nodes[before].place, route.nodes[before].end),
            None => route.start(unit),
        };
        Self {
            instance,
            slot,
            flat,
            unit,
            route,
            ways: instance.ways_from(unit, flat.place),
            service,
            closes: flat.closes_for(service),
            single: !flat.several_windows(),
            by: &[],
            room_until: usize::MAX,
            at: first,
            here,
            free,
            known: None,
        }
    }

    /// Only positions that leave every visit of the route before its moment in `by`.
    #[inline]
    pub(crate) fn by(self, by: &'a [Time]) -> Self {
        Self { by, ..self }
    }

    /// No position behind this one.
    #[inline]
    pub(crate) fn until(self, room_until: usize) -> Self {
        Self { room_until, ..self }
    }
}

impl Iterator for Positions<'_> {
    type Item = Position;

    #[inline(always)]
    #[allow(clippy::inline_always)] // the innermost loop of the search
    fn next(&mut self) -> Option<Position> {
        let Self { instance, flat, unit, route, service, .. } = *self;
        while self.at <= route.nodes.len() {
            let (at, from, free) = (self.at, self.here, instance.leaves(self.free, self.slot));
            if free > self.closes || at > self.room_until {
                break;
            }
            self.at += 1;
            let node = route.nodes.get(at);
            if let Some(node) = node {
                (self.here, self.free) = (node.place, node.end);
            }
            let (mut latest, before, before_cost) = match node {
                Some(node) => (node.latest, node.leg, node.cost),
                None => (unit.end, route.back, route.back_cost),
            };
            // The service alone, with the straight way where no detour is quicker, must fit between its neighbours.
            let direct = if unit.metric { (before.seconds - ROUNDING).max(0) } else { 0 };
            if free.0 + direct + service.0 > latest.0 {
                self.known = None;
                continue;
            }
            let out = self.known.take().unwrap_or_else(|| self.ways.back_from(from));
            let setup = if from == flat.place { Seconds::ZERO } else { flat.setup };
            let ready = free + Seconds(out.seconds) + setup;
            let start = if self.single {
                let start = ready.max(flat.opens());
                if start > self.closes {
                    continue;
                }
                start
            } else {
                let Some(start) = instance.earliest(self.slot, ready, service) else { continue };
                start
            };
            let (on, entry) = match (node, unit.to) {
                (Some(node), _) => {
                    let on = self.ways.to(node.place);
                    self.known = unit.symmetric.then_some(on);
                    latest = self.by.get(at).map_or(latest, |&by| latest.min(by));
                    (on, if flat.place == node.place { Seconds::ZERO } else { node.setup })
                }
                (None, Some(to)) => (self.ways.to(to), Seconds::ZERO),
                (None, None) => (Leg::default(), Seconds::ZERO),
            };
            let leave_by = latest - entry - Seconds(on.seconds);
            if start + service > leave_by {
                continue;
            }
            return Some(Position { at, out, setup, ready, start, on, entry, leave_by, before, before_cost });
        }
        None
    }
}

#[cfg(test)]
mod tests;
