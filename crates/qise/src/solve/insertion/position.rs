//! The walk over a route: every position at which one visit is possible, as far as ways, windows and the slack of the route tell.

use super::cost::ROUNDING;
use crate::model::{Seconds, SlotId, Time};
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
    /// By when each visit of the route must start beside what its own route asks; nothing for those that are not listed.
    by: &'a [Time],
    /// The last position at which there is room on board.
    room_until: usize,
    at: usize,
    /// The way out, where it is known from the way on of the position before.
    known: Option<Leg>,
}

impl<'a> Positions<'a> {
    #[inline]
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
        Self {
            instance,
            slot,
            flat,
            unit,
            route,
            ways: instance.ways_from(unit, flat.place),
            service,
            closes: flat.closes_for(service),
            by: &[],
            room_until: usize::MAX,
            at: route.nodes.partition_point(|node| node.latest < soonest),
            known: None,
        }
    }

    /// Only positions that leave every visit of the route before its moment in `by`.
    pub(crate) fn by(self, by: &'a [Time]) -> Self {
        Self { by, ..self }
    }

    /// No position behind this one.
    pub(crate) fn until(self, room_until: usize) -> Self {
        Self { room_until, ..self }
    }
}

impl Iterator for Positions<'_> {
    type Item = Position;

    #[inline]
    fn next(&mut self) -> Option<Position> {
        let Self { instance, flat, unit, route, service, .. } = *self;
        while self.at <= route.nodes.len() {
            let at = self.at;
            let gap = route.gap(unit, at);
            if gap.free > self.closes || at > self.room_until {
                break;
            }
            self.at += 1;
            // The service alone, with the straight way where no detour is quicker, must fit between its neighbours.
            let direct = if unit.metric { (gap.leg.seconds - ROUNDING).max(0) } else { 0 };
            if gap.free.0 + direct + service.0 > gap.latest.0 {
                self.known = None;
                continue;
            }
            let out = self.known.take().unwrap_or_else(|| self.ways.back_from(gap.from));
            let setup = if gap.from == flat.place { Seconds::ZERO } else { flat.setup };
            let ready = gap.free + Seconds(out.seconds) + setup;
            let Some(start) = instance.earliest(self.slot, ready, service) else { continue };
            let (on, entry, latest) = match (gap.next, unit.to) {
                (Some((place, _)), _) => {
                    let on = self.ways.to(place);
                    self.known = unit.symmetric.then_some(on);
                    (on, gap.entry(flat.place), self.by.get(at).map_or(gap.latest, |&by| gap.latest.min(by)))
                }
                (None, Some(to)) => (self.ways.to(to), Seconds::ZERO, gap.latest),
                (None, None) => (Leg::default(), Seconds::ZERO, gap.latest),
            };
            let leave_by = latest - entry - Seconds(on.seconds);
            if start + service > leave_by {
                continue;
            }
            let (before, before_cost) = (gap.leg, gap.cost);
            return Some(Position { at, out, setup, ready, start, on, entry, leave_by, before, before_cost });
        }
        None
    }
}
