//! A unit as a graph: slots that it could fill, ways between them, what both cost, and what is limited along a route.

use crate::model::{Measure, Problem, Seconds, SlotId, Term, Time, Unit};

use super::knapsack::Costs;
use super::shift_classes::{Able, Node};
use super::target::{capped, scaled};
use crate::eligibility::{earliest_start, latest_start};

/// Limits along a route that are kept beside time.
pub(super) const LIMITS: usize = 2;
/// An arc that cannot be taken.
pub(super) const NO_ARC: i64 = i64::MAX;

/// A unit as a graph. Nodes are numbered from 0; `count` stands for the start in rows and for the end in columns.
#[derive(Clone, Debug)]
pub(super) struct Graph {
    pub(super) count: usize,
    pub(super) nodes: Vec<Node>,
    /// Nodes of which a route passes one at most have one mark.
    pub(super) marks: Vec<u16>,
    pub(super) mark_count: usize,
    /// Row by row: time from the end of one service to where the next may start, [`NO_ARC`] where it never can.
    time: Vec<i64>,
    /// Row by row: what the way and the service at its end cost, scaled.
    cost: Vec<i64>,
    /// Row by row: what is used up of each limit.
    uses: Vec<[i64; LIMITS]>,
    pub(super) limits: [i64; LIMITS],
    pub(super) start: i64,
    pub(super) end: i64,
    /// For each node those that may follow it, and last for the start.
    pub(super) next: Vec<Vec<u16>>,
    /// Windows where a node has several, or a start that is settled.
    odd: Vec<bool>,
    /// What coming late costs: from when on, a second, and once; scaled.
    late: Vec<Option<(i64, i64, i64)>>,
    /// Whether leaving a node out of a route never makes the rest dearer or later.
    pub(super) metric: bool,
}

/// What may be limited along a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Limit {
    Load(usize),
    Travel,
    Distance,
    Work,
    Visits,
}

impl Graph {
    /// The graph of a unit.
    pub(super) fn new(costs: &Costs<'_>, able: &Able, scale: i64) -> Self {
        let problem = costs.problem;
        let unit = problem.unit(able.unit);
        let count = able.nodes.len();
        let side = count + 1;
        let (kinds, limits) = limits(problem, unit, able);
        let mut time = vec![NO_ARC; side * side];
        let mut cost = vec![0; side * side];
        let mut uses = vec![[0; LIMITS]; side * side];
        let over = Over::new(costs, unit, costs.stopovers(unit), &kinds);
        for row in 0..side {
            for column in 0..side {
                if row == column {
                    continue;
                }
                let target = (column < count).then(|| able.nodes[column].place);
                let arc =
                    if row == count { over.first(target) } else { over.best(able.nodes[row].place, target) };
                let Some(arc) = arc else { continue };
                let at = row * side + column;
                (time[at], cost[at], uses[at]) = (arc.time, arc.cost, arc.uses);
                if column < count {
                    let node = &able.nodes[column];
                    cost[at] += costs.serving(able, node);
                    for (limit, kind) in kinds.iter().enumerate() {
                        uses[at][limit] += match kind {
                            Limit::Load(_) if problem.need_of(node.slot).is_ride() => 0,
                            &Limit::Load(d) => problem.load(node.slot, crate::model::DimensionId::new(d)),
                            Limit::Work => node.service,
                            Limit::Visits => 1,
                            Limit::Travel | Limit::Distance => 0,
                        };
                    }
                }
                if row == count {
                    cost[at] += costs.going_out(unit);
                }
                cost[at] = scaled(cost[at], scale);
            }
        }
        let odd = |node: &Node| {
            problem.windows_of(node.slot).len() > 1 || problem.pinned_start(node.slot).is_some()
        };
        let (second, once) = (costs.question.weight(Term::Tardiness), costs.question.weight(Term::Late));
        let late = |node: &Node| {
            let promised = costs.promised(node).filter(|_| second > 0 || once > 0)?;
            Some((promised, capped(second, 1) * scale, capped(once, 1) * scale))
        };
        let (marks, mark_count) = marks(problem, &able.nodes);
        let mut graph = Self {
            count,
            odd: able.nodes.iter().map(odd).collect(),
            late: able.nodes.iter().map(late).collect(),
            nodes: able.nodes.clone(),
            marks,
            mark_count,
            time,
            cost,
            uses,
            limits,
            start: unit.start.0,
            end: unit.end.0,
            next: Vec::new(),
            metric: false,
        };
        graph.next = (0..side).map(|row| graph.followers(row)).collect();
        graph.metric = graph.is_metric();
        graph
    }

    fn at(&self, row: usize, column: usize) -> usize {
        row * (self.count + 1) + column
    }

    #[inline]
    pub(super) fn time(&self, row: usize, column: usize) -> i64 {
        self.time[self.at(row, column)]
    }

    #[inline]
    pub(super) fn cost(&self, row: usize, column: usize) -> i64 {
        self.cost[self.at(row, column)]
    }

    #[inline]
    pub(super) fn uses(&self, row: usize, column: usize) -> [i64; LIMITS] {
        self.uses[self.at(row, column)]
    }

    /// The soonest end of a node's service, where it may start from `ready` on.
    #[inline]
    pub(super) fn served(&self, problem: &Problem, node: usize, ready: i64) -> Option<i64> {
        let given = &self.nodes[node];
        if ready > given.to {
            return None;
        }
        let start = if self.odd[node] {
            let (windows, pinned) = (problem.windows_of(given.slot), problem.pinned_start(given.slot));
            let latest = if problem.is_last_stop(given.slot) {
                latest_start(problem.need_of(given.slot), Seconds(given.service))
            } else {
                Time::MAX
            };
            let start = earliest_start(windows, Time(ready.max(given.from)), latest, pinned)?.0;
            if start > given.to {
                return None;
            }
            start
        } else {
            ready.max(given.from)
        };
        Some(start + given.service)
    }

    /// What coming late to a node costs whose service ends then, scaled.
    #[inline]
    pub(super) fn lateness(&self, node: usize, end: i64) -> i64 {
        match self.late[node] {
            Some((promise, second, once)) => {
                let late = end - self.nodes[node].service - promise;
                if late > 0 { (second.saturating_mul(late)).min(1 << 50) + once } else { 0 }
            }
            None => 0,
        }
    }

    /// When a unit that leaves a row at its soonest is free.
    fn soonest(&self, row: usize) -> i64 {
        if row == self.count { self.start } else { self.nodes[row].from + self.nodes[row].service }
    }

    fn followers(&self, row: usize) -> Vec<u16> {
        let free = self.soonest(row);
        let may = |&column: &usize| {
            let time = self.time(row, column);
            let apart = row == self.count || self.marks[row] != self.marks[column];
            let uses = self.uses(row, column);
            apart
                && time != NO_ARC
                && free + time <= self.nodes[column].to
                && (0..LIMITS).all(|l| uses[l] <= self.limits[l])
        };
        (0..self.count).filter(may).map(|column| column as u16).collect()
    }

    /// The triangle inequality of times, services included, and of costs and limits; not looked at in large graphs.
    fn is_metric(&self) -> bool {
        if self.count > 160 {
            return false;
        }
        let holds = |row: usize, via: usize, column: usize| {
            let (first, second, straight) = (self.at(row, via), self.at(via, column), self.at(row, column));
            if self.time[first] == NO_ARC || self.time[second] == NO_ARC {
                return true;
            }
            self.time[straight] != NO_ARC
                && self.time[first] + self.nodes[via].service + self.time[second] >= self.time[straight]
                && self.cost[first] + self.cost[second] >= self.cost[straight]
                && (0..LIMITS).all(|l| self.uses[first][l] + self.uses[second][l] >= self.uses[straight][l])
        };
        let side = self.count + 1;
        (0..side).all(|row| {
            (0..self.count).filter(|&via| via != row).all(|via| {
                (0..side)
                    .filter(|&column| column != via && (column != row || row == self.count))
                    .all(|column| (row == self.count && column == self.count) || holds(row, via, column))
            })
        })
    }
}

/// Which limits are kept of a unit, and how high they are; those that can bind at all, the most often binding first.
fn limits(problem: &Problem, unit: &Unit, able: &Able) -> (Vec<Limit>, [i64; LIMITS]) {
    let volunteer = problem.volunteer(unit.volunteer);
    let range = unit.vehicle.and_then(|vehicle| problem.vehicle(vehicle).range);
    let most = |what| volunteer.most_of_route(what);
    let mut found: Vec<(Limit, i64)> = Vec::new();
    let loads = (0..problem.dimensions().len()).filter_map(|d| {
        let dimension = crate::model::DimensionId::new(d);
        let asked: i64 = able
            .nodes
            .iter()
            .filter(|node| !problem.need_of(node.slot).is_ride())
            .map(|node| problem.load(node.slot, dimension))
            .fold(0, i64::saturating_add);
        let room = problem.capacity(unit, dimension);
        (asked > room).then(|| (asked as f64 / room.max(1) as f64, Limit::Load(d), room))
    });
    let mut loads = loads.collect::<Vec<_>>();
    loads.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.extend(loads.first().map(|&(_, limit, room)| (limit, room)));
    found.extend(most(Measure::Travel).map(|most| (Limit::Travel, most)));
    let distance = [most(Measure::Distance), range.map(|range| range.0)].into_iter().flatten().min();
    found.extend(distance.map(|most| (Limit::Distance, most)));
    let work = most(Measure::Work).filter(|&most| most < unit.length().0);
    found.extend(work.map(|most| (Limit::Work, most)));
    found.extend(
        most(Measure::Visits)
            .filter(|&most| most < able.nodes.len() as i64)
            .map(|most| (Limit::Visits, most)),
    );
    found.extend(loads.iter().skip(1).map(|&(_, limit, room)| (limit, room)));
    found.truncate(LIMITS);
    let mut limits = [i64::MAX; LIMITS];
    for (limit, &(_, most)) in limits.iter_mut().zip(&found) {
        *limit = most;
    }
    (found.into_iter().map(|(kind, _)| kind).collect(), limits)
}

/// The marks of nodes: one for each stop of a need, whatever the role, since nobody fills two roles of it.
fn marks(problem: &Problem, nodes: &[Node]) -> (Vec<u16>, usize) {
    let mut known = rustc_hash::FxHashMap::default();
    let mut marks = Vec::with_capacity(nodes.len());
    for node in nodes {
        let slot = problem.slot(node.slot);
        let next = known.len() as u16;
        marks.push(*known.entry((slot.need, slot.stop)).or_insert(next));
    }
    (marks, known.len())
}

/// The best there is of a way: each number apart.
#[derive(Clone, Copy, Debug, Default)]
struct Arc {
    time: i64,
    cost: i64,
    uses: [i64; LIMITS],
}

impl Arc {
    fn and(self, other: Self) -> Self {
        let uses = std::array::from_fn(|l| self.uses[l] + other.uses[l]);
        Self { time: self.time + other.time, cost: self.cost + other.cost, uses }
    }

    fn least(self, other: Self) -> Self {
        let uses = std::array::from_fn(|l| self.uses[l].min(other.uses[l]));
        Self { time: self.time.min(other.time), cost: self.cost.min(other.cost), uses }
    }
}

/// Ways that may lead over depots.
struct Over<'c> {
    costs: &'c Costs<'c>,
    unit: &'c Unit,
    kinds: &'c [Limit],
    depots: Vec<(crate::model::PlaceId, i64)>,
    /// From the end of a call at one depot to the end of a call at another, over any.
    between: Vec<Option<Arc>>,
}

impl<'c> Over<'c> {
    fn new(
        costs: &'c Costs<'c>,
        unit: &'c Unit,
        depots: Vec<(crate::model::PlaceId, i64)>,
        kinds: &'c [Limit],
    ) -> Self {
        let count = depots.len();
        let mut over = Self { costs, unit, kinds, depots, between: Vec::new() };
        let mut between = vec![None; count * count];
        for a in 0..count {
            for b in 0..count {
                between[a * count + b] = over.call(over.depots[a].0, b);
            }
        }
        for via in 0..count {
            for a in 0..count {
                for b in 0..count {
                    let (Some(first), Some(second)) = (between[a * count + via], between[via * count + b])
                    else {
                        continue;
                    };
                    let both: Arc = first.and(second);
                    let known: Option<Arc> = between[a * count + b];
                    between[a * count + b] = Some(known.map_or(both, |known| known.least(both)));
                }
            }
        }
        over.between = between;
        over
    }

    fn straight(&self, from: crate::model::PlaceId, to: Option<crate::model::PlaceId>) -> Option<Arc> {
        let (cost, time) = match to {
            Some(to) => self.costs.way(self.unit, from, to)?,
            None => self.costs.home(self.unit, from)?,
        };
        let end = to.or(self.unit.to);
        let travel = self.costs.problem.travel();
        let mut uses = [0; LIMITS];
        for (limit, kind) in self.kinds.iter().enumerate() {
            uses[limit] = match (kind, end) {
                (Limit::Travel, Some(end)) => travel.seconds(self.unit.mode, from, end).0,
                (Limit::Distance, Some(end)) => travel.metres(self.unit.mode, from, end).0,
                (Limit::Work, _) => time,
                _ => 0,
            };
        }
        Some(Arc { time, cost, uses })
    }

    /// To the end of a call at a depot.
    fn call(&self, from: crate::model::PlaceId, depot: usize) -> Option<Arc> {
        let (place, service) = self.depots[depot];
        let mut arc = self.straight(from, Some(place))?;
        arc.time += service;
        arc.cost += capped(self.costs.question.weight(Term::WorkTime), service);
        for (limit, kind) in self.kinds.iter().enumerate() {
            arc.uses[limit] += if *kind == Limit::Work { service } else { 0 };
        }
        Some(arc)
    }

    /// The best there is of a way to a place, or home, over any depots.
    /// The least way from where the unit may start; nothing at all where that may be anywhere.
    fn first(&self, to: Option<crate::model::PlaceId>) -> Option<Arc> {
        let Some([home, end]) = self.unit.starts() else { return Some(Arc::default()) };
        let best = self.best(home, to);
        if home == end {
            return best;
        }
        [best, self.best(end, to)].into_iter().flatten().reduce(Arc::least)
    }

    fn best(&self, from: crate::model::PlaceId, to: Option<crate::model::PlaceId>) -> Option<Arc> {
        let mut best = self.straight(from, to);
        let count = self.depots.len();
        for first in 0..count {
            let Some(there) = self.call(from, first) else { continue };
            for last in 0..count {
                let mut way = there;
                if first != last {
                    let Some(between) = self.between[first * count + last] else { continue };
                    way = way.and(between);
                }
                let Some(on) = self.straight(self.depots[last].0, to) else { continue };
                way = way.and(on);
                best = Some(best.map_or(way, |best| best.least(way)));
            }
        }
        best
    }
}

impl Graph {
    /// The slot of a node.
    pub(super) fn slot(&self, node: usize) -> SlotId {
        self.nodes[node].slot
    }
}

#[cfg(test)]
mod tests;
