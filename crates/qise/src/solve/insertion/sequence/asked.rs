//! One route that is asked for several stops: what a change of it comes to, stop by stop.

use crate::model::{PlaceId, Seconds, SlotId, Time, UnitId};
use crate::solve::insertion::cost::{ROUNDING, RouteCost};
use crate::solve::insertion::evaluation::Evaluation;
use crate::solve::instance::Instance;
use crate::solve::instance::leg::Leg;
use crate::solve::instance::slot::FlatUnit;
use crate::solve::state::WorkingPlan;
use crate::solve::state::route::{Route, RouteTotals};
use crate::solve::state::schedule::segment::Segment;

/// How far a person has come on the way through a route that stops are put into.
#[derive(Clone, Copy)]
pub(super) struct Here {
    /// The next visit of the route.
    pub(super) at: usize,
    pub(super) place: PlaceId,
    pub(super) free: Time,
    /// Whether the last thing done was a new stop: then the way on is a new one.
    pub(super) is_new: bool,
    /// What the ways so far cost more than before, and their growth.
    pub(super) cost: i64,
    pub(super) ways: Leg,
    /// The time on the way, at work and for setups, that is new.
    pub(super) busy: i64,
    /// Everything so far, where working time is reckoned by merging.
    pub(super) head: Segment,
}

/// One route that is asked.
pub(super) struct Asked<'a> {
    pub(super) instance: &'a Instance<'a>,
    pub(super) plan: &'a WorkingPlan,
    pub(super) unit: UnitId,
    /// The unit, and its route as it is.
    pub(super) owner: &'a FlatUnit,
    pub(super) route: &'a Route,
    pub(super) evaluation: Evaluation,
    pub(super) cost: RouteCost,
}

/// What a change costs in ways, and the totals of the route, where these are told.
pub(super) struct Joined {
    pub(super) ways: i64,
    pub(super) totals: Option<RouteTotals>,
}

/// The first position at which a stop may be made: whatever must start before it can end comes before it.
pub(super) fn soonest(instance: &Instance<'_>, route: &Route, slot: SlotId, service: Seconds) -> usize {
    let soonest = instance.slot(slot).opens() + service;
    route.nodes.partition_point(|node| node.latest < soonest)
}

impl Asked<'_> {
    /// Whether a service that ends so soon, ways apart, leaves too little time before visit number `at`. `is_new`: the last thing done
    /// is a new stop, so that the straight way on is not the route's own.
    #[inline]
    pub(super) fn is_full(&self, at: usize, end: Time, is_new: bool) -> bool {
        let Self { owner, route, .. } = *self;
        let gap = route.gap(owner, at);
        // Where no detour is quicker, the straight way must be made too.
        let way = if owner.metric && !is_new { (gap.leg.seconds - ROUNDING).max(0) } else { 0 };
        end + Seconds(way) > gap.latest
    }

    /// Whether those who are linked with a new stop before visit number `at` can be met: whoever waits for it is not too late then, and
    /// nobody for whom it waits comes behind it on the same route.
    #[cold]
    pub(super) fn meets(&self, slot: SlotId, at: usize, start: Time, service: Seconds) -> bool {
        let Self { instance, plan, unit, .. } = *self;
        let own = |slot, unit| instance.service(slot, instance.unit(unit));
        let calendar = instance.problem.calendar();
        let is_behind = |other: SlotId, who: UnitId| who == unit && plan.position(other) >= at;
        let waits_in_vain = || {
            instance.precedence.predecessors(slot).iter().any(|partner| {
                let behind = plan.unit_of(partner.slot).filter(|&other| is_behind(partner.slot, other));
                behind.is_some_and(|other| {
                    // Who comes behind it starts no sooner than it does.
                    partner.until(calendar, start, || own(partner.slot, other), || service) > start
                })
            })
        };
        let is_missed = || {
            instance.precedence.successors(slot).iter().any(|partner| {
                plan.unit_of(partner.slot).is_some_and(|other| {
                    let until = partner.until(calendar, start, || service, || own(partner.slot, other));
                    let node = plan.route(other).nodes.get(plan.position(partner.slot));
                    node.is_some_and(|node| until > node.latest)
                        || other == unit && !is_behind(partner.slot, other) && until > start
                })
            })
        };
        !waits_in_vain() && !is_missed()
    }

    /// A stretch, and then a visit, where stretches are merged.
    pub(super) fn merged(
        &self,
        head: Segment,
        arc: Seconds,
        (slot, floor): (SlotId, Time),
        service: Seconds,
    ) -> Segment {
        if self.evaluation != Evaluation::Merged {
            return head;
        }
        let flat = self.instance.slot(slot);
        let head = head.left(self.instance.leaves_from(slot), self.owner.end);
        head.then(arc, Segment::new(service, flat.opens().max(floor), flat.closes_for(service)))
    }

    /// What it comes to once the route goes on from here as before; nothing where that is too late for the shift.
    pub(super) fn join(&self, here: Here, slots: &[SlotId]) -> Option<Joined> {
        let Self { instance, unit, owner, route, .. } = *self;
        let gap = route.gap(owner, here.at);
        let (way, setup) = (gap.way_on(instance, owner, here.place), gap.entry(here.place));
        if here.free + Seconds(way.seconds) > gap.latest - setup {
            return None;
        }
        let ways = here.cost + instance.leg_cost(way) - gap.cost;
        if self.evaluation != Evaluation::Merged {
            return Some(Joined { ways, totals: None });
        }
        let on = Seconds(way.seconds) + setup;
        let (_, tail) = route.stretches(owner, here.at);
        let growth = here.ways.plus(way).minus(gap.leg);
        let mut totals = route.totals;
        totals.travel += growth.seconds;
        totals.metres += growth.metres;
        for &slot in slots.iter().filter(|&&slot| !instance.is_depot_visit(slot)) {
            totals.wishes += instance.wishes(slot, unit);
            totals.visits += 1;
        }
        let old_busy = route.totals.work - route.totals.waiting;
        let busy = old_busy + here.busy + on.0 - gap.arc();
        totals.work = here.head.then(on, tail).duration.0;
        totals.waiting = totals.work - busy;
        Some(Joined { ways, totals: Some(totals) })
    }
}
