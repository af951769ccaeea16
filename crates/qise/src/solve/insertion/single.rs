//! Where a need fits, and what it costs there.

use super::cost::{ROUNDING, beyond_totals, fixed_cost, has_room, least_totals, people_cost, plan_cost};
use super::lower_bound::{RouteSlack, is_before_meeting};
use super::propagation::{CandidateVisit, DelayPropagation};
use crate::model::{Seconds, SlotId, Term, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::leg::Leg;
use crate::solve::state::independence;
use crate::solve::state::route::{RouteTotals, head_of, tail_of};
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

/// Buffers for trying insertions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trial {
    timing: Timing,
    visits: Vec<SlotId>,
    pub(crate) propagation: DelayPropagation,
    /// If true, synchronised routes are re-timed exactly; otherwise the delay is estimated by propagation.
    exact: bool,
    /// Whether it is content only with places that leave the times of all other routes as they are.
    keeps: bool,
    /// When the visits of the route are made as it is.
    before: Vec<Time>,
    /// What is known of the route already; and by when its visits must start so that others are met when they are now.
    slack: Option<RouteSlack>,
    by: Vec<Time>,
}

impl Trial {
    /// One that times as a whole where the search would not.
    pub(crate) fn exact() -> Self {
        Self { exact: true, ..Self::default() }
    }

    /// The same, but only for places that leave the times of all other routes as they are.
    pub(crate) fn keeping() -> Self {
        Self { keeps: true, ..Self::exact() }
    }

    /// Tells what is known of the route that is tried next: how easy it is, and by when its visits must start so that others are met when
    /// they are now. Nothing where it may have changed since.
    pub(crate) fn know(&mut self, slack: Option<&RouteSlack>, by: &[Time]) {
        self.slack = slack.copied();
        self.by.clear();
        self.by.extend_from_slice(by);
    }

    /// The cheapest place for `need` in the route of `unit`, if it costs less than `below`.
    ///
    /// The unit must be one that the instance admits. `blink` may pass over a place that would be the best so far.
    pub(crate) fn best_in_route(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        slot: SlotId,
        unit_id: UnitId,
        below: i64,
        blink: &mut impl FnMut() -> bool,
    ) -> Option<Insertion> {
        let unit = instance.unit(unit_id);
        let flat = instance.slot(slot);
        let route = plan.route(unit_id);
        if !has_room(instance, route, slot, unit_id) || plan.routes().is_blocked(instance, unit_id) {
            return None;
        }
        let service = instance.service(slot, unit);
        let closes = flat.closes_for(service);
        let fixed = fixed_cost(instance, plan, slot, unit_id);
        // What goes to a single stop is on board until then, beside what rides carry.
        let room_until =
            if instance.features.unloads { route.room_until(instance, unit_id, slot) } else { usize::MAX };
        let whole = route.needs_full_timing
            || instance.features.timed && flat.has_timing_choice(unit.volunteer)
            || instance.features.compress && (flat.several_windows() || flat.is_promised())
            || self.exact && (route.needs_propagation || instance.features.timed && flat.is_promised());
        // Where it matters how late others are, a change is followed; that tells working time only about.
        let meets = self.exact && route.is_synchronised(instance);
        let whole = whole || meets && self.keeps;
        self.before.clear();
        let follows = if self.exact {
            meets && !self.keeps
        } else {
            route.needs_propagation || instance.features.timed && flat.is_promised()
        };
        let flows = follows && (!whole || instance.has_synchronisation()) && !unit.limited;
        let reckoned = flows || whole || instance.features.timed || unit.limited;
        let before_cost = if reckoned {
            let beyond = people_cost(instance, plan, unit_id) + beyond_totals(instance, plan, slot, unit_id);
            plan_cost(instance, plan, unit_id, &route.totals).saturating_sub(beyond)
        } else {
            0
        };
        let mut best: Option<Insertion> = None;
        let mut bound = below;
        let count = route.visits.len();
        // Whatever must start before this need can end comes before it.
        let soonest = flat.opens() + service;
        let first = route.nodes.partition_point(|node| node.latest < soonest);
        let (mut here, mut free) = match first {
            0 => (unit.from, unit.start),
            _ => (route.nodes[first - 1].place, route.nodes[first - 1].end),
        };
        let ways = instance.ways_from(unit, flat.place);
        let single = !flat.several_windows();
        let opens = flat.opens();
        // Whoever was told another start may be visited as told after all, and shares may be evened out: then the least is not known.
        let known = instance.weights.of(Term::Disruption) == 0 && !instance.weights.weighs_shares();
        let spare = (whole && known && !self.exact).then(|| route.totals.non_service_time());
        let tells = self.exact && (whole || !unit.metric) && instance.has_lower_bound();
        let slack = (tells && (self.keeps || !meets))
            .then(|| self.slack.unwrap_or_else(|| RouteSlack::new(instance, plan, unit_id)));
        let mut known: Option<Leg> = None;
        for at in first..=count {
            if free > closes || at > room_until {
                break;
            }
            let node = route.nodes.get(at);
            // The service alone, with the straight way where no detour is quicker, must fit between its neighbours.
            let (limit, straight) = node.map_or((unit.end, route.back), |node| (node.latest, node.leg));
            let direct = if unit.metric { (straight.seconds - ROUNDING).max(0) } else { 0 };
            if free.0 + direct + service.0 > limit.0 {
                known = None;
                if let Some(node) = node {
                    (here, free) = (node.place, node.end);
                }
                continue;
            }
            let out = known.take().unwrap_or_else(|| ways.back_from(here));
            let setup = if here == flat.place { Seconds::ZERO } else { flat.setup };
            let ready = free + Seconds(out.seconds) + setup;
            let from = here;
            if let Some(node) = node {
                (here, free) = (node.place, node.end);
            }
            let start = if single {
                let start = ready.max(opens);
                if start > closes {
                    continue;
                }
                start
            } else {
                let Some(start) = instance.earliest(slot, ready, service) else { continue };
                start
            };
            let end = start + service;
            let (on, straight) = match (node, unit.to) {
                (Some(node), _) => {
                    let on = ways.to(node.place);
                    known = unit.symmetric.then_some(on);
                    let setup = if flat.place == node.place { Seconds::ZERO } else { node.setup };
                    let latest = self.by.get(at).map_or(node.latest, |&by| node.latest.min(by));
                    if end + Seconds(on.seconds) + setup > latest {
                        continue;
                    }
                    (on, node.cost)
                }
                (None, Some(to)) => {
                    let on = ways.to(to);
                    if end + Seconds(on.seconds) > unit.end {
                        continue;
                    }
                    (on, route.back_cost)
                }
                (None, None) if end > unit.end => continue,
                (None, None) => Default::default(),
            };
            let mut cost = fixed + instance.leg_cost(out) + instance.leg_cost(on) - straight;
            // It is timed as a whole only where what it takes at least is not too dear already.
            let least = slack.as_ref().map_or(cost, |slack| {
                let before = node.map_or(route.back, |node| node.leg);
                let more = out.seconds + on.seconds - before.seconds + service.0;
                let pinned = if is_before_meeting(&self.by, at) { slack.pinned } else { 0 };
                let more = (more - slack.absorbable_time).max(if more >= 0 { -pinned } else { i64::MIN });
                cost.saturating_add(slack.work.of(more)).saturating_sub(slack.retiming_gain)
            });
            if least >= bound {
                continue;
            }
            if let Some(spare) = spare {
                let (before, entry) = node.map_or((route.back, Seconds::ZERO), |node| (node.leg, node.setup));
                let growth = out.plus(on).minus(before);
                let least = least_totals(
                    &route.totals,
                    growth,
                    service.0 - entry.0 - spare,
                    instance.wishes(slot, unit_id),
                );
                let least = plan_cost(instance, plan, unit_id, &least).saturating_sub(before_cost);
                if least >= bound {
                    continue;
                }
            }
            if flows {
                let latest = match node {
                    Some(node) => {
                        node.latest - instance.setup_after(flat.place, route.visits[at]) - Seconds(on.seconds)
                    }
                    None => unit.end - Seconds(on.seconds),
                };
                let latest = closes.min(latest - service);
                let candidate = CandidateVisit {
                    slot,
                    unit: unit_id,
                    at,
                    place: flat.place,
                    service,
                    ready,
                    start,
                    latest,
                    on,
                    cost,
                };
                let Some(found) = self.propagation.cost(instance, plan, &[candidate], bound) else {
                    continue;
                };
                cost = found;
            } else if reckoned {
                let totals = if whole {
                    self.visits.clear();
                    self.visits.extend_from_slice(&route.visits);
                    self.visits.insert(at, slot);
                    if meets && self.keeps && self.before.is_empty() {
                        independence::starts(plan, instance, unit_id, &mut self.timing, &mut self.before);
                    }
                    if !self.timing.set(instance, unit_id, &self.visits, plan.releases())
                        || meets
                            && self.keeps
                            && !meets_as_before(instance, &self.visits, at, &self.timing, &self.before)
                    {
                        continue;
                    }
                    RouteTotals::of(instance, unit_id, &self.visits, &self.timing)
                } else {
                    let mut totals = route.totals;
                    let before = node.map_or(route.back, |node| node.leg);
                    totals.travel += out.seconds + on.seconds - before.seconds;
                    totals.metres += out.metres + on.metres - before.metres;
                    totals.wishes += instance.wishes(slot, unit_id);
                    totals.visits += 1;
                    if instance.features.compress {
                        let visit = Segment::new(service, flat.opens(), closes);
                        let head = if at == 0 { head_of(unit) } else { route.heads[at - 1] };
                        let tail = node.map_or_else(|| tail_of(unit), |_| route.tails[at]);
                        let entry = node.filter(|n| n.place != flat.place).map_or(Seconds::ZERO, |n| n.setup);
                        let old_entry = node.filter(|n| n.place != from).map_or(Seconds::ZERO, |n| n.setup);
                        let way_on = Seconds(on.seconds) + entry;
                        let work =
                            head.then(Seconds(out.seconds) + setup, visit).then(way_on, tail).duration.0;
                        let busy =
                            out.seconds + setup.0 + service.0 + way_on.0 - before.seconds - old_entry.0;
                        totals.waiting += work - totals.work - busy;
                        totals.work = work;
                    }
                    totals
                };
                if unit.limited && !plan.routes().within_limits(instance, unit_id, &totals) {
                    continue;
                }
                cost = plan_cost(instance, plan, unit_id, &totals).saturating_sub(before_cost);
                if cost >= bound {
                    continue;
                }
            }
            if blink() {
                continue;
            }
            bound = cost;
            best = Some(Insertion { cost, unit: unit_id, at: at as u32 });
        }
        best
    }
}
