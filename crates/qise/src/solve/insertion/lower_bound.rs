//! What one more visit adds to the cost of a route at least: told by its ways and by the time that it takes, without timing the route as a
//! whole.
//!
//! Nobody's time at work is shorter than their ways, services, setups and those breaks that they cannot move out of it, nor than what
//! merging the stretches before and after the new visit tells where breaks, promises and other people are left out. And it does not get
//! shorter by one more visit, but where the route may be timed in another way, or where others come to meet: that is told apart.

use super::cost::fixed_cost;
use super::position::Positions;
use crate::model::{Break, Seconds, SlotId, Term, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::leg::Leg;
use crate::solve::state::WorkingPlan;
use crate::solve::state::route::{Route, head_of, tail_of};
use crate::solve::state::schedule::segment::Segment;

/// So many seconds rounding may win by a detour.
const ROUNDING: i64 = 4;

/// What more time at work costs the plan: by the second, and by what it adds to the load of the person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WorkCost {
    second: i64,
    load: i64,
    /// Time worked, with all that the plan has for the person.
    pub(crate) worked: i64,
    pub(crate) offered: i64,
}

impl WorkCost {
    fn new(instance: &Instance<'_>, plan: &WorkingPlan, unit: UnitId) -> Self {
        Self {
            second: instance.weights.of(Term::WorkTime),
            load: instance.weights.of(Term::Load),
            worked: plan.routes().worked(instance, unit),
            offered: instance.unit(unit).offered,
        }
    }

    /// What so much more costs at least; less than nothing where it is less.
    #[inline]
    pub(crate) fn of(&self, more: i64) -> i64 {
        let mut cost = self.second.saturating_mul(more);
        if self.load != 0 {
            let growth = match more.checked_mul(2 * self.worked + more) {
                Some(growth) => growth.div_euclid(self.offered),
                None => return i64::MIN / 4,
            };
            cost = cost.saturating_add(self.load.saturating_mul(growth));
        }
        cost
    }
}

/// What of a route lets a visit be cheap, wherever in it the visit stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RouteSlack {
    /// Time at work that is no way, no service, no setup and no break that must be.
    pub(crate) absorbable_time: i64,
    /// By how much time at work may get shorter where others come to meet, and it may be chosen when.
    pub(crate) pinned: i64,
    /// By how much the route itself may cost less once it is timed in another way.
    pub(crate) retiming_gain: i64,
    pub(crate) work: WorkCost,
    /// Breaks that are no work: time at work is shorter by that at most.
    off_duty: i64,
}

impl RouteSlack {
    pub(crate) fn new(instance: &Instance<'_>, plan: &WorkingPlan, unit_id: UnitId) -> Self {
        let work = WorkCost::new(instance, plan, unit_id);
        let (unit, route) = (instance.unit(unit_id), plan.route(unit_id));
        let off_duty = breaks_of(instance, unit_id).iter().filter(|rest| rest.off_duty);
        let off_duty = off_duty.map(|rest| rest.duration.0).sum();
        if !route.out {
            return Self { absorbable_time: 0, pinned: 0, retiming_gain: 0, work, off_duty };
        }
        let mut setups = Seconds::ZERO;
        let (mut here, _) = route.start(unit);
        let (mut promised, mut told, mut calls) = (false, 0_i64, false);
        for (node, &slot) in route.nodes.iter().zip(&route.visits) {
            setups += if here == node.place { Seconds::ZERO } else { node.setup };
            here = node.place;
            let flat = instance.slot(slot);
            promised |= flat.is_promised();
            calls |= instance.is_depot_visit(slot);
            told = told.saturating_add(flat.previous_of(unit.volunteer).map_or(0, |before| before.retime));
        }
        let price = |term: Term| instance.weights.of(term);
        let idle =
            (route.totals.non_service_time() - setups.0 - breaks_that_must_be(instance, unit_id, route).0)
                .max(0);
        let dearest = -work.of(-idle);
        let mut loose = price(Term::Disruption).saturating_mul(told);
        loose = loose.saturating_add(price(Term::Overtime).saturating_mul(route.totals.overtime));
        let chooses = plan.route(unit_id).has_timing_choice(instance, unit_id);
        // Somebody who is too late for a promise anyway may set out later.
        let late_is_dear = price(Term::Tardiness) >= dearest && !(chooses && price(Term::Late) != 0);
        if promised && instance.features.timed && !late_is_dear {
            loose = loose.saturating_add(dearest);
        }
        if chooses || !unit.metric {
            let late = [
                (Term::Tardiness, route.totals.tardiness),
                (Term::Late, route.totals.late),
                (Term::WorstTardiness, route.totals.worst),
            ];
            let late = late.map(|(term, value)| price(term).saturating_mul(value));
            loose = late.into_iter().fold(loose, i64::saturating_add);
        }
        // What a visit collects need not be fetched from a depot any more.
        if calls && instance.has_synchronisation() {
            let ways = Leg { seconds: route.totals.travel, metres: route.totals.metres };
            loose = loose.saturating_add(instance.leg_cost(ways)).saturating_sub(work.of(-route.totals.work));
        }
        // Another visit may lie nearer to the place of a break, or spare the way there.
        if unit.breaks_at_places {
            let straight = route.nodes.iter().map(|node| node.leg).fold(route.back, Leg::plus);
            let ways = Leg { seconds: route.totals.travel, metres: route.totals.metres };
            let detour = ways.minus(straight);
            loose = loose
                .saturating_add(instance.leg_cost(detour))
                .saturating_sub(work.of(-detour.seconds.max(0)));
        }
        let pinned = if chooses && route.is_synchronised(instance) { idle } else { 0 };
        Self { absorbable_time: idle, pinned, retiming_gain: loose, work, off_duty }
    }
}

/// Whether a visit that stands before the visit with a number may make a meeting of its route later, or let it be made in another way: not where
/// nobody is met from there on. `by` tells when each visit must start so that everybody is met when they are now; nothing where that is not
/// known.
pub(crate) fn is_before_meeting(by: &[Time], at: usize) -> bool {
    // Who must be nowhere has as much time as there is, less what their own visits take.
    by.is_empty() || by.get(at).is_some_and(|by| by.0 < Time::MAX.0 / 2)
}

/// The breaks of the shift of a unit.
fn breaks_of<'i>(instance: &'i Instance<'_>, unit_id: UnitId) -> &'i [Break] {
    let unit = instance.unit(unit_id);
    if !unit.breaks {
        return &[];
    }
    let shift = instance.problem.unit(unit_id).shift as usize;
    &instance.problem.volunteer(unit.volunteer).shifts[shift].breaks
}

/// How long the breaks take together that lie within a route whatever is added to it, and count as work.
fn breaks_that_must_be(instance: &Instance<'_>, unit_id: UnitId, route: &Route) -> Seconds {
    let unit = instance.unit(unit_id);
    let (Some(first), Some(last)) = (route.nodes.first(), route.nodes.last()) else { return Seconds::ZERO };
    // By a detour that is quicker somebody might be back before.
    if !unit.breaks || !unit.metric {
        return Seconds::ZERO;
    }
    let setup = if first.place == route.start(unit).0 { Seconds::ZERO } else { first.setup };
    let leaves = first.latest - setup - Seconds(first.leg.seconds - ROUNDING);
    let is_back = last.end + Seconds(route.back.seconds - ROUNDING);
    let within = breaks_of(instance, unit_id)
        .iter()
        .filter(|rest| !rest.off_duty && leaves < rest.earliest + rest.duration && is_back > rest.latest);
    within.map(|rest| rest.duration).sum()
}

/// Whether a bound of what a visit costs can be told from its ways and its time: nowhere may somebody who comes wait less, or serve and
/// work as long as the others at last.
pub(crate) fn has_lower_bound(instance: &Instance<'_>) -> bool {
    [Term::Waiting, Term::Spread].iter().all(|&term| instance.weights.of(term) == 0)
        && !instance.weights.weighs_shares()
        && instance.parties.is_empty()
}

/// What a visit may win beyond its own route.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gain {
    /// Time at work on its own route, since others come to meet.
    pub(crate) own: i64,
    /// What it costs others less.
    pub(crate) others: i64,
}

/// The stretches of routes, as far as is known at once; a buffer that is used again and again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stretches {
    heads: Vec<Segment>,
    tails: Vec<Segment>,
}

impl Stretches {
    /// Of the route of a unit as it is, breaks, promises and other people apart.
    fn set(&mut self, instance: &Instance<'_>, route: &Route, unit_id: UnitId) {
        let unit = instance.unit(unit_id);
        self.heads.clear();
        self.tails.clear();
        let segment = |slot: SlotId| {
            let (flat, service) = (instance.slot(slot), instance.service(slot, unit));
            Segment::new(service, flat.opens(), flat.closes_for(service))
        };
        let (from, start) = route.start(unit);
        let mut head = head_of(start, unit);
        self.heads.push(head);
        let mut here = from;
        for (node, &slot) in route.nodes.iter().zip(&route.visits) {
            let setup = if here == node.place { Seconds::ZERO } else { node.setup };
            head = head.then(Seconds(node.leg.seconds) + setup, segment(slot));
            self.heads.push(head);
            here = node.place;
        }
        let mut tail = tail_of(unit);
        self.tails.resize(route.visits.len() + 1, tail);
        let mut way = Seconds(route.back.seconds);
        for (v, (node, &slot)) in route.nodes.iter().zip(&route.visits).enumerate().rev() {
            tail = segment(slot).then(way, tail);
            self.tails[v] = tail;
            let before = if v == 0 { from } else { route.nodes[v - 1].place };
            let setup = if before == node.place { Seconds::ZERO } else { node.setup };
            way = Seconds(node.leg.seconds) + setup;
        }
    }

    /// On each leg of the route of a unit, how much of the time of one more visit takes no time at work.
    pub(crate) fn absorbable_on_legs(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        unit_id: UnitId,
        slack: &RouteSlack,
        idle: &mut Vec<i64>,
    ) {
        let route = plan.route(unit_id);
        self.set(instance, route, unit_id);
        idle.clear();
        for (at, (head, tail)) in self.heads.iter().zip(&self.tails).enumerate() {
            let arc = Seconds(route.gap(instance.unit(unit_id), at).arc());
            // Whatever is not busy before and behind the leg.
            let most = route.totals.work + slack.off_duty - (head.duration + arc + tail.duration).0;
            idle.push(most.clamp(0, slack.absorbable_time));
        }
    }

    /// What a single visit costs at least in the route of a unit, wherever it can stand there; nothing where it cannot, breaks and limits
    /// apart. `by` tells when each visit of the route is to start at the latest, beside what the route itself tells; `gain` what may be won
    /// where it stands before the visit with a number.
    pub(crate) fn lower_bound_in_route(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        (slot, unit_id): (SlotId, UnitId),
        slack: &RouteSlack,
        by: &[Time],
        gain: impl Fn(usize) -> Gain,
    ) -> Option<i64> {
        let (unit, flat, route) = (instance.unit(unit_id), instance.slot(slot), plan.route(unit_id));
        // Who goes out again from where the route ends may start nearer.
        if plan.is_followed(instance, unit_id) {
            return Some(i64::MIN);
        }
        let service = instance.service(slot, unit);
        let visit = Segment::new(service, flat.opens(), flat.closes_for(service));
        let mut is_set = false;
        let mut best: Option<i64> = None;
        for position in Positions::new(instance, route, unit, slot, service).by(by) {
            let at = position.at;
            if !std::mem::replace(&mut is_set, true) {
                self.set(instance, route, unit_id);
            }
            let growth = position.growth();
            // Two setups at one place are one.
            let is_here = route.nodes.get(at).is_some_and(|next| next.place == flat.place);
            let setup = if is_here { Seconds::ZERO } else { position.setup };
            let longer = growth.seconds + service.0 + setup.0;
            let whole = self.heads[at]
                .then(Seconds(position.out.seconds) + position.setup, visit)
                .then(Seconds(position.on.seconds) + position.entry, self.tails[at]);
            let more =
                (longer - slack.absorbable_time).max(whole.duration.0 - slack.off_duty - route.totals.work);
            let Gain { own, others } = gain(at);
            let more = match longer {
                0.. if is_before_meeting(by, at) => more.max(-own.max(slack.pinned)),
                0.. => more.max(-own),
                // Others might start sooner: how much that wins is not known.
                _ if route.is_synchronised(instance) => return Some(i64::MIN),
                _ => more,
            };
            let cost = instance.leg_cost(growth).saturating_add(slack.work.of(more)).saturating_sub(others);
            best = Some(best.map_or(cost, |best| best.min(cost)));
        }
        let best = best?.saturating_sub(slack.retiming_gain);
        Some(best.saturating_add(fixed_cost(instance, plan, slot, unit_id)))
    }
}

#[cfg(test)]
mod tests;
