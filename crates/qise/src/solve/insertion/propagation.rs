//! What new visits do to the times of everything behind them, in their own routes and in those of the people who wait.
//!
//! A change is followed only as far as starts move: up to the next wait that takes it up, or to the end of the route.

use crate::model::{PlaceId, Seconds, SlotId, Term, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::leg::Leg;
use crate::solve::state::WorkingPlan;
use crate::solve::state::route::Route;
use crate::solve::state::terms::completion_times::CompletionTimes;

/// Walks along routes, for each new visit, after which people are taken to wait for each other in a circle.
const WALKS: usize = 24;

/// A visit that is not there yet, and its place in a route.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CandidateVisit {
    pub(crate) slot: SlotId,
    pub(crate) unit: UnitId,
    /// Before the visit with this number.
    pub(crate) at: usize,
    pub(crate) place: PlaceId,
    pub(crate) service: Seconds,
    /// When the person is ready for it.
    pub(crate) ready: Time,
    /// Its earliest start, alone, and the latest that leaves the rest of the route possible.
    pub(crate) start: Time,
    pub(crate) latest: Time,
    /// The way from it.
    pub(crate) on: Leg,
    /// What it costs, time apart.
    pub(crate) cost: i64,
}

/// What changes when candidates come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Shift {
    tardiness: i64,
    late: i64,
    worst: i64,
    /// By how much routes end later, summed.
    finish: i64,
    /// What counts of last ends grows.
    makespan: i64,
}

impl Shift {
    fn cost(&self, instance: &Instance<'_>, plan: &WorkingPlan) -> i64 {
        let weights = &instance.weights;
        let work = weights.of(Term::WorkTime) + weights.of(Term::Load);
        weights.of(Term::Tardiness) * self.tardiness
            + weights.of(Term::Late) * self.late
            + weights.of(Term::WorstTardiness) * (self.worst - plan.terms().worst()).max(0)
            + work * self.finish
            + weights.of(Term::Makespan).saturating_mul(self.makespan).min(i64::MAX / 4)
    }
}

/// Buffers to follow a change.
#[derive(Clone, Debug, Default)]
pub(crate) struct DelayPropagation {
    /// The round of asking in which the start of each slot was last moved, and where to.
    moved_in: Vec<u32>,
    start: Vec<Time>,
    round: u32,
    /// Where to go on, and from which moment.
    walks: Vec<(Stop, Time)>,
    shift: Shift,
    completion_times: CompletionTimes,
    /// What the change may cost beyond what is settled.
    non_service_time: i64,
}

/// What it costs at least that visit number `at` of a route moves to `start`: by as much as that is beyond its latest start without
/// delay, somebody is late.
#[inline]
pub(crate) fn lateness(instance: &Instance<'_>, start: Time, route: &Route, at: usize) -> i64 {
    let over = route.latest_without_delay.get(at).map_or(0, |calm| (start - calm.latest).0.max(0));
    instance.weights.of(Term::Tardiness) * over
}

#[derive(Clone, Copy, Debug)]
enum Stop {
    Guest(usize),
    Visit(UnitId, usize),
}

impl DelayPropagation {
    /// What the plan would cost more with these candidates; nothing where that cannot be, or is `below` or more.
    pub(crate) fn cost(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        candidates: &[CandidateVisit],
        below: i64,
    ) -> Option<i64> {
        let settled = candidates.iter().map(|candidate| candidate.cost).fold(0, i64::saturating_add);
        if settled >= below {
            return None;
        }
        self.begin(instance, plan);
        self.non_service_time = below.saturating_sub(settled);
        for (g, candidate) in candidates.iter().enumerate() {
            // As soon as everybody can be there who comes with it.
            let mut from = candidate.start;
            for partner in instance.precedence.predecessors(candidate.slot) {
                let calendar = instance.problem.calendar();
                let until = |start, service| partner.until(calendar, start, || service, || candidate.service);
                if let Some(other) = candidates.iter().find(|other| other.slot == partner.slot) {
                    from = from.max(until(other.start, other.service));
                } else if let Some(unit) = plan.unit_of(partner.slot) {
                    let service = instance.service(partner.slot, instance.unit(unit));
                    from = from.max(until(plan.start(instance, partner.slot), service));
                }
            }
            self.walks.push((Stop::Guest(g), from));
        }
        let mut left = WALKS * candidates.len();
        while let Some((stop, from)) = self.walks.pop() {
            if left == 0 || !self.walk(instance, plan, candidates, stop, from) {
                return None;
            }
            left -= 1;
            // What follows can only add to it.
            if settled.saturating_add(self.shift.cost(instance, plan)) >= below {
                return None;
            }
        }
        let cost = settled.saturating_add(self.shift.cost(instance, plan));
        (cost < below).then_some(cost)
    }

    fn begin(&mut self, instance: &Instance<'_>, plan: &WorkingPlan) {
        let count = instance.slots.len();
        if self.start.len() < count {
            self.moved_in.resize(count, 0);
            self.start.resize(count, Time::MIN);
        }
        self.round = self.round.wrapping_add(1);
        self.walks.clear();
        self.shift = Shift { worst: plan.terms().worst(), ..Shift::default() };
        if !instance.makespans.is_empty() {
            self.completion_times = plan.terms().last_ends.times();
        }
    }

    /// Moves a stop to `from` at least, and what follows on its route; false where something would be too late.
    fn walk(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        candidates: &[CandidateVisit],
        stop: Stop,
        from: Time,
    ) -> bool {
        let (unit, mut at) = match stop {
            Stop::Guest(g) => (candidates[g].unit, candidates[g].at),
            Stop::Visit(unit, at) => (unit, at),
        };
        let owner = instance.unit(unit);
        let route = plan.route(unit);
        // The moment when the visit before is over, and the way on from there; not known yet for the first stop.
        let mut before: Option<(Time, PlaceId, Option<Leg>)> = None;
        let mut candidate = match stop {
            Stop::Guest(g) => Some(g),
            Stop::Visit(..) => None,
        };
        let mut is_first = true;
        loop {
            if let Some(g) = candidate.take() {
                let new = &candidates[g];
                let ready = before.map_or(new.ready, |(free, here, way)| {
                    let way = way.unwrap_or_else(|| instance.way(owner, here, new.place));
                    let free = instance.leaves(free, new.slot);
                    free + Seconds(way.seconds) + instance.setup_after(here, new.slot)
                });
                let asked = if is_first { ready.max(from) } else { ready };
                let known = self.start_of(new.slot);
                let Some(start) = instance.earliest(new.slot, asked.max(known.unwrap_or(asked)), new.service)
                else {
                    return false;
                };
                if start > new.latest {
                    return false;
                }
                if known != Some(start) {
                    self.move_to(instance, plan, candidates, new.slot, new.service, known, start);
                } else if is_first {
                    return true;
                }
                before = Some((start + new.service, new.place, Some(new.on)));
            } else {
                let Some(node) = route.nodes.get(at) else { break };
                let slot = route.visits[at];
                let service = instance.service(slot, owner);
                let old = self.start_of(slot).unwrap_or(node.end - service);
                let ready = before.map_or(Time::MIN, |(free, here, way)| {
                    let way = way.unwrap_or(node.leg);
                    let free = instance.leaves(free, slot);
                    free + Seconds(way.seconds) + instance.setup_after(here, slot)
                });
                let asked = if is_first { from } else { ready };
                let Some(start) = instance.earliest(slot, asked.max(old), service) else { return false };
                if start == old {
                    return true;
                }
                if start > node.latest || lateness(instance, start, route, at) >= self.non_service_time {
                    return false;
                }
                if instance.may_move()
                    && route.latest_without_delay.get(at).is_some_and(|calm| start <= calm.latest)
                {
                    return true;
                }
                self.move_to(instance, plan, candidates, slot, service, Some(old), start);
                before = Some((start + service, node.place, None));
                at += 1;
            }
            // A single candidate who is the first stop does not come again.
            if candidates.len() > 1 && !is_first || matches!(stop, Stop::Visit(..)) {
                candidate = candidates.iter().position(|g| g.unit == unit && g.at == at);
            }
            is_first = false;
        }
        let Some((free, _, way)) = before else { return true };
        let finish = free + Seconds(way.unwrap_or(route.back).seconds);
        let ended = route.nodes.last().map_or(finish, |node| node.end + Seconds(route.back.seconds));
        self.shift.finish += (finish - ended).0.max(0);
        finish <= owner.end
    }

    fn start_of(&self, slot: SlotId) -> Option<Time> {
        (self.moved_in[slot.index()] == self.round).then(|| self.start[slot.index()])
    }

    /// Notes a new start, and makes those who wait for it wait longer.
    #[allow(clippy::too_many_arguments)] // one step of a walk
    fn move_to(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        candidates: &[CandidateVisit],
        slot: SlotId,
        service: Seconds,
        old: Option<Time>,
        start: Time,
    ) {
        self.moved_in[slot.index()] = self.round;
        self.start[slot.index()] = start;
        let flat = instance.slot(slot);
        if flat.is_promised() {
            let late = flat.tardiness(start, service);
            let was = old.map_or(0, |old| flat.tardiness(old, service));
            self.shift.tardiness += late - was;
            self.shift.late += i64::from(late > 0) - i64::from(was > 0);
            self.shift.worst = self.shift.worst.max(late);
        }
        if !flat.is_dependent {
            return;
        }
        if flat.groups != 0 {
            let growth =
                self.completion_times.growth(&instance.makespans.counted, flat.groups, start + service);
            self.shift.makespan = self.shift.makespan.saturating_add(growth);
            self.completion_times.note(flat.groups, start + service);
        }
        let calendar = instance.problem.calendar();
        for partner in instance.precedence.successors(slot) {
            if let Some(g) = candidates.iter().position(|candidate| candidate.slot == partner.slot) {
                let from = partner.until(calendar, start, || service, || candidates[g].service);
                // Those who have not been placed yet wait as long anyway.
                if self.start_of(partner.slot).is_some_and(|known| known < from) {
                    self.walks.push((Stop::Guest(g), from));
                }
            } else if let Some(unit) = plan.unit_of(partner.slot) {
                let at = plan.position(partner.slot);
                let waiting = || instance.service(partner.slot, instance.unit(unit));
                let from = partner.until(calendar, start, || service, waiting);
                let known = self.start_of(partner.slot).unwrap_or_else(|| plan.start(instance, partner.slot));
                if known < from {
                    self.walks.push((Stop::Visit(unit, at), from));
                }
            }
        }
    }
}
