//! Where a need fits, and what it costs there.

use super::cost::{beyond_totals, fixed_cost, has_room, least_totals, people_cost, plan_cost};
use super::evaluation::Evaluation;
use super::lower_bound::{RouteSlack, has_lower_bound, is_before_meeting};
use super::position::{Position, Positions};
use super::propagation::{CandidateVisit, DelayPropagation};
use crate::model::{Seconds, SlotId, Term, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::features::Features;
use crate::solve::instance::slot::{FlatSlot, FlatUnit};
use crate::solve::state::independence;
use crate::solve::state::route::{Route, RouteTotals};
use crate::solve::state::schedule::segment::Segment;
use crate::solve::state::schedule::timing::Timing;
use crate::solve::state::{WorkingPlan, meets_as_before};

/// A place for a need in a route, with the growth of cost it brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Insertion {
    pub(crate) cost: i64,
    pub(crate) unit: UnitId,
    pub(crate) at: u32,
}

/// Finds the cheapest place of one visit in one route; keeps its buffers.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlaceFinder {
    timing: Timing,
    visits: Vec<SlotId>,
    pub(crate) propagation: DelayPropagation,
    /// If true, routes are timed exactly, and only places are found that leave the times of all other routes as they are; otherwise what
    /// they do to others is estimated by following the delay.
    keeps: bool,
    /// When the visits of the route are made as it is.
    before: Vec<Time>,
    /// What is known of the route already; and by when its visits must start so that others are met when they are now.
    slack: Option<RouteSlack>,
    by: Vec<Time>,
}

impl PlaceFinder {
    /// One that times as a whole where the search would not, for places that leave the times of all other routes as they are.
    pub(crate) fn keeping() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    /// Tells what is known of the route that is tried next: how easy it is, and by when its visits must start so that others are met when
    /// they are now. Nothing where it may have changed since.
    pub(crate) fn know(&mut self, slack: Option<&RouteSlack>, by: &[Time]) {
        self.slack = slack.copied();
        self.by.clear();
        self.by.extend_from_slice(by);
    }

    /// The cheapest place for `slot` in the route of `unit`, if it costs less than `below`.
    ///
    /// [`Instance::is_compatible`] must hold: it is not asked again. `blink` may pass over a place that would be the best so far;
    /// `&mut || false` passes over none.
    pub(crate) fn best_in_route(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        slot: SlotId,
        unit: UnitId,
        below: i64,
        blink: &mut impl FnMut() -> bool,
    ) -> Option<Insertion> {
        let route = plan.route(unit);
        if !has_room(instance, route, slot, unit) || plan.routes().is_blocked(instance, unit) {
            return None;
        }
        let asked = self.ask(instance, plan, slot, unit);
        self.before.clear();
        let by = std::mem::take(&mut self.by);
        let positions = Positions::new(instance, route, asked.owner, slot, asked.service)
            .by(&by)
            .until(route.room_for(instance, unit, slot));
        let mut best: Option<Insertion> = None;
        let mut bound = below;
        for position in positions {
            let travel = asked.fixed + position.travel_cost(instance);
            if !route.is_in_reach(instance, unit, slot, position.at) {
                continue;
            }
            if asked.costs_at_least(&position, travel, &by, bound) {
                continue;
            }
            let cost = match asked.evaluation {
                Evaluation::TravelOnly => Some(travel),
                Evaluation::Merged => asked.cost(&asked.merged(&position)),
                Evaluation::Full => self.time(&asked, position.at).and_then(|totals| asked.cost(&totals)),
                Evaluation::Propagated => {
                    let candidate = asked.candidate(&position, travel);
                    self.propagation.cost(instance, plan, &[candidate], bound)
                }
            };
            if let Some(cost) = cost.filter(|&cost| cost < bound)
                && !blink()
            {
                bound = cost;
                best = Some(Insertion { cost, unit, at: position.at as u32 });
            }
        }
        self.by = by;
        best
    }

    /// What is the same at every position of a route.
    #[inline(always)]
    #[allow(clippy::inline_always)] // asked once for every route that is tried: most are short
    fn ask<'a>(
        &self,
        instance: &'a Instance<'a>,
        plan: &'a WorkingPlan,
        slot: SlotId,
        unit: UnitId,
    ) -> Asked<'a> {
        let (owner, flat, route) = (instance.unit(unit), instance.slot(slot), plan.route(unit));
        let Features { timed, compress, .. } = instance.features;
        let waits = route.needs_propagation || timed && flat.is_promised();
        let full = route.needs_full_timing
            || timed && flat.has_timing_choice(owner.volunteer)
            || compress && (flat.several_windows() || flat.is_promised())
            || self.keeps && waits;
        let meets = self.keeps && (route.is_synchronised(instance) || plan.is_followed(instance, unit));
        let full = full || meets;
        // Where it matters how late others are, a change is followed; that tells working time only about.
        let evaluation =
            if waits && !self.keeps && (!full || instance.has_synchronisation()) && !owner.limited {
                Evaluation::Propagated
            } else if full {
                Evaluation::Full
            } else if timed || owner.limited {
                Evaluation::Merged
            } else {
                Evaluation::TravelOnly
            };
        let mut asked = Asked {
            instance,
            plan,
            slot,
            flat,
            unit,
            owner,
            route,
            service: instance.service(slot, owner),
            fixed: fixed_cost(instance, plan, slot, unit),
            evaluation,
            before_cost: 0,
            least: Least::Travel,
            meets,
        };
        if evaluation != Evaluation::TravelOnly {
            let beyond = people_cost(instance, plan, unit) + beyond_totals(instance, plan, slot, unit);
            asked.before_cost = plan_cost(instance, plan, unit, &route.totals).saturating_sub(beyond);
        }
        if owner.breaks_at_places {
            asked.least = Least::Slack(RouteSlack::new(instance, plan, unit));
        } else if self.keeps {
            if (full || !owner.metric) && has_lower_bound(instance) {
                let slack = self.slack.unwrap_or_else(|| RouteSlack::new(instance, plan, unit));
                asked.least = Least::Slack(slack);
            }
        // Whoever was told another start may be visited as told after all, and shares may be evened out: then the least is not known.
        } else if full && instance.weights.of(Term::Disruption) == 0 && !instance.weights.weighs_shares() {
            asked.least = Least::Totals { spare: route.totals.non_service_time() };
        }
        asked
    }

    /// The totals of the route with the visit at a position, timed as a whole; `None` where that cannot be.
    fn time(&mut self, asked: &Asked<'_>, at: usize) -> Option<RouteTotals> {
        let Asked { instance, plan, slot, unit, route, .. } = *asked;
        let Self { timing, visits, before, .. } = self;
        visits.clear();
        visits.extend_from_slice(&route.visits);
        visits.insert(at, slot);
        if asked.meets && before.is_empty() {
            independence::starts(plan, instance, unit, timing, before);
        }
        if !timing.set(instance, unit, route.start(asked.owner), visits, plan.releases())
            || asked.meets
                && !(meets_as_before(instance, visits, at, timing, before)
                    && plan.keeps_end(instance, unit, at))
        {
            return None;
        }
        Some(RouteTotals::of(instance, unit, visits, timing))
    }
}

/// One visit and one route.
struct Asked<'a> {
    instance: &'a Instance<'a>,
    plan: &'a WorkingPlan,
    slot: SlotId,
    flat: &'a FlatSlot,
    unit: UnitId,
    owner: &'a FlatUnit,
    route: &'a Route,
    service: Seconds,
    /// What the visit costs wherever it stands.
    fixed: i64,
    evaluation: Evaluation,
    /// What the route costs as it is, less what the visit costs beyond its totals.
    before_cost: i64,
    least: Least,
    /// Whether others on the route must be met when they are now.
    meets: bool,
}

/// How it is told what a position costs at least, before it is timed.
enum Least {
    /// By its ways.
    Travel,
    /// By totals that no timing falls below: the route has so much time at work to spare.
    Totals { spare: i64 },
    /// By the slack of the route.
    Slack(RouteSlack),
}

impl Asked<'_> {
    /// Whether a position costs `bound` or more, as far as is known at once. `by`: as in [`is_before_meeting`].
    #[inline(always)]
    #[allow(clippy::inline_always)] // in the innermost loop of the search
    fn costs_at_least(&self, position: &Position, travel: i64, by: &[Time], bound: i64) -> bool {
        match &self.least {
            Least::Travel => travel >= bound,
            Least::Totals { spare } => travel >= bound || self.least_of_totals(position, *spare) >= bound,
            Least::Slack(slack) => self.least_by_slack(position, travel, by, slack) >= bound,
        }
    }

    fn least_by_slack(&self, position: &Position, travel: i64, by: &[Time], slack: &RouteSlack) -> i64 {
        let more = position.growth().seconds + self.service.0;
        let pinned = if is_before_meeting(by, position.at) { slack.pinned } else { 0 };
        let more = (more - slack.absorbable_time).max(if more >= 0 { -pinned } else { i64::MIN });
        travel.saturating_add(slack.work.of(more)).saturating_sub(slack.retiming_gain)
    }

    fn least_of_totals(&self, position: &Position, spare: i64) -> i64 {
        let Self { instance, plan, unit, .. } = *self;
        // A setup that falls away; whoever comes from elsewhere has it either way.
        let entry = self.route.nodes.get(position.at).map_or(Seconds::ZERO, |node| node.setup);
        let beyond = self.service.0 - entry.0 - spare;
        let wishes = instance.wishes(self.slot, unit);
        let least = least_totals(&self.route.totals, position.growth(), beyond, wishes);
        plan_cost(instance, plan, unit, &least).saturating_sub(self.before_cost)
    }

    /// What the visit costs where the route has these totals with it; `None` where they go beyond a limit.
    #[inline]
    fn cost(&self, totals: &RouteTotals) -> Option<i64> {
        let Self { instance, plan, unit, .. } = *self;
        if self.owner.limited && !plan.routes().within_limits(instance, unit, totals) {
            return None;
        }
        Some(plan_cost(instance, plan, unit, totals).saturating_sub(self.before_cost))
    }

    /// The totals of the route with the visit: its ways, and where time at work counts what merging tells.
    fn merged(&self, position: &Position) -> RouteTotals {
        let Self { instance, owner, route, flat, service, .. } = *self;
        let growth = position.growth();
        let mut totals = route.totals;
        totals.add_leg(growth);
        totals.wishes += instance.wishes(self.slot, self.unit);
        totals.visits += 1;
        if instance.features.compress {
            let visit = Segment::new(service, flat.opens(), flat.closes_for(service));
            let (head, tail) = route.stretches(owner, position.at);
            let way_out = Seconds(position.out.seconds) + position.setup;
            let way_on = Seconds(position.on.seconds) + position.entry;
            let head = head.left(instance.leaves_from(self.slot), owner.end);
            let work = head.then(way_out, visit).then(way_on, tail).duration.0;
            let gap = route.gap(owner, position.at);
            let busy = (way_out + service + way_on).0 - gap.arc();
            totals.waiting += work - totals.work - busy;
            totals.work = work;
        }
        totals
    }

    /// The visit as it stands at a position, for following what it does to others.
    fn candidate(&self, position: &Position, cost: i64) -> CandidateVisit {
        CandidateVisit {
            slot: self.slot,
            unit: self.unit,
            at: position.at,
            place: self.flat.place,
            service: self.service,
            ready: position.ready,
            start: position.start,
            latest: self.flat.closes_for(self.service).min(position.leave_by - self.service),
            on: position.on,
            cost,
        }
    }
}

#[cfg(test)]
mod tests;
