//! One route of the working plan, with what is needed to judge a change of it quickly.

pub(crate) mod gap;
pub(crate) mod goods_transfers;
pub(crate) mod load_profile;
pub(crate) mod totals;
pub(crate) mod unload_order;

use super::StockChange;
use super::schedule::release::release_of;
use super::schedule::segment::Segment;
use super::schedule::timing::Timing;
use crate::model::{PlaceId, Seconds, SlotId, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::leg::Leg;
use crate::solve::instance::slot::FlatUnit;
use goods_transfers::GoodsTransfers;
pub(crate) use totals::RouteTotals;

/// The visits of one unit and their slack.
#[derive(Debug, Default)]
pub(crate) struct Route {
    pub(crate) visits: Vec<SlotId>,
    pub(crate) nodes: Vec<Node>,
    /// The way from the last visit to the end.
    pub(crate) back: Leg,
    pub(crate) back_cost: i64,
    /// From the start of the route to each visit, and from each visit to the end of the route; kept where working time counts.
    pub(crate) heads: Vec<Segment>,
    pub(crate) tails: Vec<Segment>,
    /// Of each visit, kept where it matters how late others are.
    pub(crate) latest_without_delay: Vec<LatestWithoutDelay>,
    pub(crate) loads: LoadProfile,
    pub(crate) goods: RouteGoods,
    pub(crate) totals: RouteTotals,
    /// Who goes along as one party, and whom one goes along with: then there are no visits.
    pub(crate) company: Vec<UnitId>,
    pub(crate) with: Option<UnitId>,
    /// Where and from when on it starts, where its shift before has gone out and it starts where that ended.
    pub(crate) after: Option<(PlaceId, Time)>,
    /// Whether there is anything to do, as of the last update of the totals.
    pub(crate) out: bool,
    /// Whether its timing can only be found as a whole: breaks, promises, several windows, starts told before.
    pub(crate) needs_full_timing: bool,
    /// Whether it matters, beyond what is possible at all, how late visits are: promises, and people met elsewhere.
    pub(crate) needs_propagation: bool,
}

/// What is on board of a route.
#[derive(Clone, Debug, Default)]
pub(crate) struct LoadProfile {
    /// What is carried from the start, of each dimension.
    pub(crate) at_start: Vec<i64>,
    /// Where that changes on the way: what is on board before the first visit and after each, dimension by dimension.
    on_board: Vec<i64>,
}

/// What changes hands at the calls of a route, and what that does to what depots have.
#[derive(Clone, Debug, Default)]
pub(crate) struct RouteGoods {
    pub(crate) planned: GoodsTransfers,
    pub(crate) stock_changes: Vec<StockChange>,
    /// A visit that cannot have the goods it asks for; as of the last update, and only where that has failed.
    pub(crate) unsupplied: Option<usize>,
    /// Whether it matters when the calls are made: more comes in at some depot, or comes back.
    pub(crate) dated: bool,
}

/// How late a visit may start without making anybody late who is not late already, or later.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LatestWithoutDelay {
    /// On this route, and where somebody waits for this visit or for what follows. As far as is known: what others wait for may
    /// have moved since.
    pub(crate) latest: Time,
    /// The same, those apart who wait for this visit itself.
    pub(crate) alone: Time,
}

/// One visit of a route.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) place: PlaceId,
    pub(crate) setup: Seconds,
    /// Earliest end, breaks apart.
    pub(crate) end: Time,
    /// Latest start that leaves the rest of the route possible, breaks apart.
    pub(crate) latest: Time,
    /// The way to it.
    pub(crate) leg: Leg,
    pub(crate) cost: i64,
}

impl Clone for Route {
    fn clone(&self) -> Self {
        let mut copy = Self::default();
        copy.clone_from(self);
        copy
    }

    /// Keeps the buffers of `self`.
    fn clone_from(&mut self, other: &Self) {
        self.visits.clone_from(&other.visits);
        self.nodes.clone_from(&other.nodes);
        self.heads.clone_from(&other.heads);
        self.tails.clone_from(&other.tails);
        self.latest_without_delay.clone_from(&other.latest_without_delay);
        self.loads.at_start.clone_from(&other.loads.at_start);
        self.loads.on_board.clone_from(&other.loads.on_board);
        self.goods.planned.transfers.clone_from(&other.goods.planned.transfers);
        self.goods.stock_changes.clone_from(&other.goods.stock_changes);
        self.goods.unsupplied = other.goods.unsupplied;
        self.company.clone_from(&other.company);
        (self.with, self.after) = (other.with, other.after);
        (self.back, self.back_cost) = (other.back, other.back_cost);
        (self.totals, self.out) = (other.totals, other.out);
        self.goods.dated = other.goods.dated;
        (self.needs_full_timing, self.needs_propagation) = (other.needs_full_timing, other.needs_propagation);
    }
}

/// Where a route starts, for merging.
pub(crate) fn head_of(start: Time, unit: &FlatUnit) -> Segment {
    Segment::new(Seconds::ZERO, start, unit.end)
}

/// Where a route ends, for merging.
pub(crate) fn tail_of(unit: &FlatUnit) -> Segment {
    Segment::new(Seconds::ZERO, Time::MIN, unit.end)
}

impl Route {
    /// The route of a unit that does nothing. `whole`: whether its routes are timed as a whole, whatever they visit.
    pub(crate) fn empty(whole: bool) -> Self {
        Self { needs_full_timing: whole, ..Self::default() }
    }

    /// Whether nothing is on it, nobody goes along, and it starts as ever.
    pub(crate) fn is_idle(&self) -> bool {
        self.visits.is_empty() && self.company.is_empty() && self.with.is_none() && self.after.is_none()
    }

    /// Where and from when on the route of a unit starts.
    #[inline]
    pub(crate) fn start(&self, unit: &FlatUnit) -> (PlaceId, Time) {
        self.after.unwrap_or(unit.usual_start)
    }

    /// Whether a visit of the route of `unit` can be done in more ways than one: in several windows, near the start of the previous
    /// plan or not, before or after a break.
    pub(crate) fn has_timing_choice(&self, instance: &Instance<'_>, unit: UnitId) -> bool {
        let owner = instance.unit(unit);
        let may = instance.features.timed || instance.features.compress;
        let chooses = |&slot: &SlotId| instance.slot(slot).has_timing_choice(owner.volunteer);
        owner.breaks || may && self.visits.iter().any(chooses)
    }

    /// Whether somebody on another route may wait for a visit of this one, or the last ends count.
    pub(crate) fn is_synchronised(&self, instance: &Instance<'_>) -> bool {
        instance.has_synchronisation() && self.visits.iter().any(|&slot| instance.slot(slot).is_synchronised)
    }

    /// Brings everything up to date with `self.visits`; false when they cannot be done within windows, hard promises, shift
    /// and capacity, and then nothing but the visits may be looked at. Limits of the day are the plan's to check.
    pub(crate) fn refresh(
        &mut self,
        instance: &Instance<'_>,
        unit_id: UnitId,
        timing: &mut Timing,
        releases: &[Time],
    ) -> bool {
        let unit = instance.unit(unit_id);
        self.nodes.clear();
        self.out = !self.visits.is_empty();
        self.loads.at_start.clear();
        self.loads.at_start.resize(instance.loads.dimensions, 0);
        self.loads.on_board.clear();
        self.heads.clear();
        self.tails.clear();
        self.latest_without_delay.clear();
        self.goods.planned.transfers.clear();
        self.goods.stock_changes.clear();
        self.goods.unsupplied = None;
        self.totals = RouteTotals::default();
        (self.back, self.back_cost, self.needs_propagation) = (Leg::default(), 0, false);
        self.needs_full_timing = unit.is_timed_whole();
        self.goods.dated = false;
        if !self.out {
            return true;
        }
        let good = self.supply(instance, unit_id)
            && self.forward(instance, unit_id, unit, releases)
            && self.backward(instance, unit);
        // Where a route is timed as a whole, and nobody meets anybody, changes are not followed.
        if good && self.needs_propagation && (!self.needs_full_timing || instance.has_synchronisation()) {
            self.find_latest_without_delay(instance, unit, |_, _| Time::MAX);
        }
        if good && self.needs_full_timing {
            if !timing.set(instance, unit_id, self.start(unit), &self.visits, releases) {
                return false;
            }
            self.totals = RouteTotals::of(instance, unit_id, &self.visits, timing);
            self.date_stock_changes(instance, &timing.starts);
        } else if good && instance.features.compress {
            self.merge(instance, unit);
        }
        if good && self.goods.dated && !self.needs_full_timing {
            if !timing.set(instance, unit_id, self.start(unit), &self.visits, releases) {
                return false;
            }
            self.date_stock_changes(instance, &timing.starts);
        }
        good
    }

    fn forward(
        &mut self,
        instance: &Instance<'_>,
        unit_id: UnitId,
        unit: &FlatUnit,
        releases: &[Time],
    ) -> bool {
        let (mut here, mut free) = self.start(unit);
        let mut departure = None;
        for &slot in &self.visits {
            let flat = instance.slot(slot);
            let service = instance.service(slot, unit);
            let leg = instance.way(unit, here, flat.place);
            let setup = if here == flat.place { Seconds::ZERO } else { flat.setup };
            free = instance.leaves(free, slot);
            let ready = free + Seconds(leg.seconds) + setup;
            // A way that nobody can travel has no cost to count with.
            if ready > unit.end {
                return false;
            }
            let waited = ready.max(release_of(releases, slot));
            let Some(start) = instance.earliest(slot, waited, service) else { return false };
            if departure.is_none() {
                departure = Some(start - (ready - free));
            } else {
                self.totals.waiting += (start - ready).0;
            }
            self.needs_full_timing |= instance.features.timed && flat.has_timing_choice(unit.volunteer)
                || instance.features.compress
                    && (flat.several_windows() || flat.is_promised() || flat.is_synchronised);
            self.needs_propagation |= flat.is_synchronised || instance.features.timed && flat.is_promised();
            if !instance.is_depot_visit(slot) {
                self.totals.service += service.0;
                self.totals.visits += 1;
            }
            let tardiness = flat.tardiness(start, service);
            self.totals.tardiness += tardiness;
            self.totals.worst = self.totals.worst.max(tardiness);
            self.totals.late += i64::from(tardiness > 0);
            self.totals.completion_times.note(flat.groups, start + service);
            let late = (start + service - instance.makespans.origin).0;
            self.totals.completion_guidance =
                self.totals.completion_guidance.wrapping_add(flat.completion_guidance.wrapping_mul(late));
            self.totals.add_leg(leg);
            self.totals.wishes += instance.wishes(slot, unit_id);
            if let Some(before) = flat.previous_of(unit.volunteer) {
                self.totals.disruption -= before.reassign;
            }
            if !instance.is_ride(slot) {
                for (sum, load) in self.loads.at_start.iter_mut().zip(instance.loads.of(slot)) {
                    *sum += load;
                }
            }
            let cost = instance.leg_cost(leg);
            (here, free) = (flat.place, start + service);
            self.nodes.push(Node { place: here, setup: flat.setup, end: free, latest: start, leg, cost });
        }
        if let Some(to) = unit.to {
            self.back = instance.way(unit, here, to);
            if free + Seconds(self.back.seconds) > unit.end {
                return false;
            }
            self.back_cost = instance.leg_cost(self.back);
            self.totals.add_leg(self.back);
        }
        let finish = free + Seconds(self.back.seconds);
        self.totals.work = departure.map_or(0, |departure| (finish - departure).0);
        finish <= unit.end
            && self
                .loads
                .at_start
                .iter()
                .zip(instance.loads.capacities(unit_id))
                .all(|(sum, most)| sum <= most)
            && (!instance.features.unloads || self.compute_loads(instance, unit_id))
    }

    fn backward(&mut self, instance: &Instance<'_>, unit: &FlatUnit) -> bool {
        let (from, _) = self.start(unit);
        let mut limit = unit.end - Seconds(self.back.seconds);
        for v in (0..self.visits.len()).rev() {
            let slot = self.visits[v];
            let service = instance.service(slot, unit);
            let Some(latest) = instance.latest(slot, limit - service, service) else { return false };
            let before = if v == 0 { from } else { self.nodes[v - 1].place };
            let node = &mut self.nodes[v];
            node.latest = latest;
            let setup = if before == node.place { Seconds::ZERO } else { node.setup };
            limit = latest - setup - Seconds(node.leg.seconds);
        }
        true
    }

    /// Finds the calm starts: `waiting` tells of a visit that is tied, and how long it takes, the latest start that makes nobody
    /// late who waits for it.
    pub(crate) fn find_latest_without_delay(
        &mut self,
        instance: &Instance<'_>,
        unit: &FlatUnit,
        waiting: impl Fn(SlotId, Seconds) -> Time,
    ) {
        let (from, _) = self.start(unit);
        let mut calm = unit.end - Seconds(self.back.seconds);
        self.latest_without_delay.resize(self.visits.len(), LatestWithoutDelay { latest: calm, alone: calm });
        for v in (0..self.visits.len()).rev() {
            let slot = self.visits[v];
            let service = instance.service(slot, unit);
            let before = if v == 0 { from } else { self.nodes[v - 1].place };
            let node = &self.nodes[v];
            let start = node.end - service;
            let alone = node.latest.min(calm - service).min(instance.in_time(slot, service).max(start));
            let alone = alone.max(start);
            let others = if instance.slot(slot).is_synchronised { waiting(slot, service) } else { Time::MAX };
            let latest = alone.min(others.max(start));
            self.latest_without_delay[v] = LatestWithoutDelay { latest, alone };
            let setup = if before == node.place { Seconds::ZERO } else { node.setup };
            calm = latest - setup - Seconds(node.leg.seconds);
        }
    }

    /// The stretches to and from each visit, and the working and waiting time that follow from them.
    fn merge(&mut self, instance: &Instance<'_>, unit: &FlatUnit) {
        let (from, start) = self.start(unit);
        let count = self.visits.len();
        let gap = |nodes: &[Node], v: usize| {
            let before = if v == 0 { from } else { nodes[v - 1].place };
            let setup = if before == nodes[v].place { Seconds::ZERO } else { nodes[v].setup };
            Seconds(nodes[v].leg.seconds) + setup
        };
        let visit = |slot: SlotId| {
            let service = instance.service(slot, unit);
            let flat = instance.slot(slot);
            Segment::new(service, flat.opens(), flat.closes_for(service))
        };
        let mut head = head_of(start, unit);
        let mut busy = Seconds(self.back.seconds);
        for v in 0..count {
            let (gap, visit) = (gap(&self.nodes, v), visit(self.visits[v]));
            head = head.left(instance.leaves_from(self.visits[v]), unit.end).then(gap, visit);
            busy += gap + visit.duration;
            self.heads.push(head);
        }
        self.tails.resize(count, head);
        let mut tail = tail_of(unit);
        let mut way = Seconds(self.back.seconds);
        for v in (0..count).rev() {
            tail = visit(self.visits[v]).then(way, tail);
            self.tails[v] = tail;
            way = gap(&self.nodes, v);
        }
        let work = head.then(Seconds(self.back.seconds), tail_of(unit)).duration;
        self.totals.work = work.0;
        self.totals.waiting = (work - busy).0;
    }
}

#[cfg(test)]
mod tests;
