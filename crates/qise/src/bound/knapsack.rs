//! Routes as knapsacks of time, for problems of any size: a unit has the length of its shift, and every slot takes its service and the
//! quickest way to it from anywhere. Windows and order are passed over, and the last slot may be cut.

use std::cmp::Reverse;

use crate::model::{Measure, NO_WAY, PlaceId, Problem, Seconds, Term, Unit};

use super::shift_classes::{Able, Node};
use super::target::{BoundTarget, capped, scaled};

/// Ways between so many pairs of places are looked at, over all units; beyond that travel takes no time.
pub(super) const MOST_WAYS: usize = 600_000_000;

/// Classes of slots by how far away they are.
const RINGS: usize = 40;

/// A unit as a knapsack.
#[derive(Clone, Debug)]
pub(super) struct Sack {
    items: Vec<Thing>,
    /// For each ring how long it takes at least to go to its nearest slot and home.
    away: Vec<i64>,
    room: i64,
    /// The quickest way home.
    home: i64,
    /// What rounding of ways to the nearest second may lose with each service.
    lost: i64,
    /// What going out costs, scaled.
    fixed: i64,
}

/// A slot as something to be put into a knapsack.
#[derive(Clone, Copy, Debug)]
struct Thing {
    slot: u32,
    service: i64,
    /// The quickest way to it.
    way: i64,
    /// What it costs at least, scaled.
    cost: i64,
    /// Its class by how far away it is.
    ring: usize,
}

/// What one step of a route costs a unit at least: the way there, the service, what people would rather not.
pub(super) struct Costs<'q> {
    pub(super) problem: &'q Problem,
    pub(super) question: &'q BoundTarget,
    /// Whether calls at depots may lie between any two places.
    pub(super) calls: bool,
}

impl Costs<'_> {
    /// What a way costs and how long it takes, with the setup at its end; nothing where there is no way.
    pub(super) fn way(&self, unit: &Unit, from: PlaceId, to: PlaceId) -> Option<(i64, i64)> {
        self.leg(unit, from, to, self.problem.setup(from, to))
    }

    /// What the way home costs and how long it takes.
    pub(super) fn home(&self, unit: &Unit, from: PlaceId) -> Option<(i64, i64)> {
        unit.to.map_or(Some((0, 0)), |to| self.leg(unit, from, to, Seconds::ZERO))
    }

    fn leg(&self, unit: &Unit, from: PlaceId, to: PlaceId, setup: Seconds) -> Option<(i64, i64)> {
        let travel = self.problem.travel();
        let seconds = travel.seconds(unit.mode, from, to);
        if seconds >= NO_WAY {
            return None;
        }
        let weight = |term| self.question.weight(term);
        let mut cost = capped(weight(Term::TravelTime), seconds.0);
        cost += capped(weight(Term::WorkTime), (seconds + setup).0);
        if weight(Term::Distance) > 0 {
            cost += capped(weight(Term::Distance), travel.metres(unit.mode, from, to).0);
        }
        Some((cost, (seconds + setup).0))
    }

    /// What serving a slot costs, besides the way and what comes too late.
    pub(super) fn serving(&self, able: &Able, node: &Node) -> i64 {
        let wishes = self.question.weight(Term::Preferences);
        let mut cost = capped(self.question.weight(Term::WorkTime), node.service);
        if wishes > 0 && self.problem.slot(node.slot).stop == 0 {
            cost += capped(wishes, self.problem.preference_price(node.slot, able.unit));
        }
        cost
    }

    /// The last start that keeps what was promised, where a broken promise only costs.
    pub(super) fn promised(&self, node: &Node) -> Option<i64> {
        let promise = self.problem.need_of(node.slot).promise.filter(|promise| !promise.hard)?;
        let first = promise.start_by.filter(|_| self.problem.slot(node.slot).stop == 0);
        let last = promise.finish_by.filter(|_| self.problem.is_last_stop(node.slot));
        let (first, last) = (first.map(|by| by.0), last.map(|by| by.0 - node.service));
        first.into_iter().chain(last).min()
    }

    /// What coming to a slot at a moment costs, where it was promised for sooner.
    fn lateness(&self, node: &Node, start: i64) -> i64 {
        let (by, each) = (self.question.weight(Term::Tardiness), self.question.weight(Term::Late));
        match self.promised(node) {
            Some(promised) if start > promised => capped(by, start - promised) + capped(each, 1),
            _ => 0,
        }
    }

    /// Where a route may go by that serves no slot, and how long it is there at least: depots, and places of breaks unless no way over them is
    /// quicker.
    pub(super) fn stopovers(&self, unit: &Unit) -> Vec<(PlaceId, i64)> {
        let depots = if self.calls { self.problem.depots() } else { &[] };
        let depots = depots.iter().map(|depot| (depot.place, depot.service.0));
        let breaks =
            if self.problem.travel().least_is_proven() { &[][..] } else { &self.problem.shift(unit).breaks };
        let mut places = breaks.iter().flat_map(|rest| &rest.at).copied().collect::<Vec<_>>();
        places.sort_unstable();
        places.dedup();
        depots.chain(places.into_iter().map(|place| (place, 0))).collect()
    }

    /// The share of a route in what a person costs who is sent out: all their shifts together cost no more.
    pub(super) fn going_out(&self, unit: &Unit) -> i64 {
        let shifts = self.problem.volunteer(unit.volunteer).shifts.len().max(1) as i64;
        capped(self.question.weight(Term::People), 1) / shifts
    }
}

impl Sack {
    /// The knapsack of a unit. `ways`: whether the ways between slots are looked at.
    pub(super) fn new(costs: &Costs<'_>, able: &Able, ways: bool, scale: i64) -> Self {
        let problem = costs.problem;
        let unit = problem.unit(able.unit);
        let cheapest = |places: &mut dyn Iterator<Item = (PlaceId, bool)>, to: Option<PlaceId>| {
            let mut best: Option<(i64, i64)> = None;
            for (from, apart) in places {
                let way = match to {
                    Some(to) if apart => costs.way(unit, from, to),
                    Some(_) => None,
                    None => costs.home(unit, from),
                };
                if let Some((cost, time)) = way {
                    best = Some(best.map_or((cost, time), |best| (best.0.min(cost), best.1.min(time))));
                    if best == Some((0, 0)) {
                        break;
                    }
                }
            }
            best
        };
        let stopovers = costs.stopovers(unit);
        let mut items = Vec::with_capacity(able.nodes.len());
        let stops = |own: Option<usize>| {
            let others = able.nodes.iter().enumerate();
            let others = others.map(move |(n, node)| (node.place, Some(n) != own));
            stopovers.iter().map(|&(place, _)| (place, true)).chain(others)
        };
        let starts = || unit.starts().into_iter().flatten().map(|start| (start, true));
        for (n, node) in able.nodes.iter().enumerate() {
            // Whoever may start anywhere may start there.
            let ways = ways && unit.starts().is_some();
            let way = if ways {
                cheapest(&mut starts().chain(stops(Some(n))), Some(node.place))
            } else {
                Some((0, 0))
            };
            if let Some((cost, time)) = way {
                let cost = cost + costs.serving(able, node) + costs.lateness(node, node.from);
                let cost = scaled(cost, scale);
                items.push((
                    Thing { slot: node.slot.0, service: node.service, way: time, cost, ring: 0 },
                    node.away,
                ));
            }
        }
        let home = if ways { cheapest(&mut stops(None), None) } else { Some((0, 0)) };
        let (cost, time) = home.unwrap_or((0, 0));
        let work = problem.volunteer(unit.volunteer).most_of_route(Measure::Work).unwrap_or(i64::MAX);
        let room = unit.length().0.min(work);
        items.sort_by_key(|(thing, away)| (*away, thing.slot));
        let size = items.len().div_ceil(RINGS).max(1);
        let away = items.chunks(size).map(|ring| ring[0].1).collect();
        let items = items.into_iter().enumerate().map(|(n, (thing, _))| Thing { ring: n / size, ..thing });
        let fixed = scaled(cost + costs.going_out(unit), scale);
        let lost = i64::from(!problem.travel().least_is_proven());
        Self { items: items.collect(), away, room, home: time, lost, fixed }
    }

    /// The least that a route costs beyond the prices of what it serves: nothing or less. Where `used` is given, what share of each slot
    /// it serves is noted there.
    ///
    /// A route that goes as far as some ring and no farther takes two times at least: all services with the quickest way to each and the
    /// quickest way home; and half of that together with half of all services and the way to that ring and home.
    pub(super) fn value(&self, prices: &[i64], used: Option<&mut Vec<(u32, f64)>>) -> i128 {
        let won = |thing: &Thing| prices[thing.slot as usize] - thing.cost;
        let things = self.items.iter().filter(|thing| won(thing) > 0);
        let near = |thing: &Thing| thing.service + thing.way;
        let far = |thing: &Thing| 2 * (thing.service - self.lost).max(0) + thing.way;
        let sorted = |uses: &dyn Fn(&Thing) -> i64| {
            // As a fraction of 2²⁰, cut: any order will do, the best is the one by this.
            // What uses nothing fits however full it is: it comes before all else.
            let worth = |thing: &Thing| match uses(thing) {
                ..=0 => u64::MAX,
                uses => (won(thing).unsigned_abs() << 20) / uses.unsigned_abs(),
            };
            let mut order =
                things.clone().map(|thing| (Reverse(worth(thing)), thing.slot, thing)).collect::<Vec<_>>();
            order.sort_unstable_by_key(|&(worth, slot, _)| (worth, slot));
            let packed = |(Reverse(worth), slot, thing): (Reverse<u64>, u32, &Thing)| Packed {
                worth,
                won: won(thing),
                uses: uses(thing),
                ring: thing.ring,
                slot,
            };
            order.into_iter().map(packed).collect::<Vec<_>>()
        };
        let (near, far) = (sorted(&near), sorted(&far));
        let mut best: Option<(i128, usize, bool)> = None;
        for (ring, away) in self.away.iter().enumerate().rev() {
            let one = pack(&near, ring, (self.room - self.home).max(0), None);
            // Rings farther in win no more by the quickest ways.
            if best.is_some_and(|(known, ..)| one <= known) {
                break;
            }
            let other = pack(&far, ring, (2 * self.room - self.home - away).max(0), None);
            let least = one.min(other);
            if best.is_none_or(|(known, ..)| known < least) {
                best = Some((least, ring, one <= other));
            }
        }
        let Some((won, ring, by_near)) = best else { return 0 };
        let value = i128::from(self.fixed) - won;
        if value >= 0 {
            return 0;
        }
        if used.is_some() {
            let (things, room) = if by_near {
                (&near, self.room - self.home)
            } else {
                (&far, 2 * self.room - self.home - self.away[ring])
            };
            pack(things, ring, room.max(0), used);
        }
        value
    }
}

/// Something of which a knapsack takes most if it is worth most for what it uses.
#[derive(Clone, Copy, Debug)]
struct Packed {
    /// What is won for what is used, in parts of 2²⁰.
    worth: u64,
    won: i64,
    uses: i64,
    ring: usize,
    slot: u32,
}

/// No less than what things of the rings up to one win together that use no more than `room`. They come by their worth.
///
/// Whatever a unit of room is said to be worth, its whole worth and what every thing wins beyond it are a bound (linear programming
/// duality); it is best at the worth of the first thing that does not fit.
fn pack(things: &[Packed], ring: usize, room: i64, mut used: Option<&mut Vec<(u32, f64)>>) -> i128 {
    let (mut left, mut sum) = (room, 0_i128);
    for thing in things.iter().filter(|thing| thing.ring <= ring) {
        if thing.uses > left {
            if let Some(used) = &mut used {
                used.push((thing.slot, left as f64 / thing.uses as f64));
            }
            // The worths are cut, so that the last one may be a part of 2²⁰ more: for all of the room.
            let part = ((u128::from(thing.worth) + 1) * left as u128) >> 20;
            let cut = (room as u128) >> 20;
            return sum + part as i128 + cut as i128 + 2;
        }
        left -= thing.uses.max(0);
        sum += i128::from(thing.won);
        if let Some(used) = &mut used {
            used.push((thing.slot, 1.0));
        }
    }
    sum
}

#[cfg(test)]
mod tests;
