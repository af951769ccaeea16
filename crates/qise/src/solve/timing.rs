//! When everything on a route happens: one timing for each sequence of visits.
//!
//! Every visit starts as early as it can, which keeps every promise as well as the order of visits allows. Then, where
//! working or waiting time counts, the visits are moved together from behind: each starts as late as it can without the
//! route ending later and without a promise being missed by more. A visit that keeps its person from the previous plan
//! stays as close to its old start as that span allows. The unit leaves just in time for its first visit.

use super::flat::FlatUnit;
use super::instance::Instance;
use super::route::Sums;
use crate::model::{Break, NeedId, PlaceId, Seconds, Time, UnitId};
use crate::plan::Rest;

/// The times of one route; a buffer that is used again and again.
#[derive(Clone, Debug, Default)]
pub(super) struct Timing {
    pub(super) departure: Time,
    pub(super) finish: Time,
    pub(super) starts: Vec<Time>,
    pub(super) rests: Vec<Rest>,
    /// Reached with breaks: the table of the search for their places.
    table: Vec<Option<Step>>,
}

impl Timing {
    /// Times a sequence of visits; false when it cannot be done within windows, hard promises and shift.
    pub(super) fn set(&mut self, instance: &Instance<'_>, unit: UnitId, visits: &[NeedId]) -> bool {
        let owner = instance.unit(unit);
        self.starts.clear();
        self.rests.clear();
        if visits.is_empty() {
            (self.departure, self.finish) = (owner.start, owner.start);
            return true;
        }
        if owner.breaks {
            let shift = instance.problem.unit(unit).shift as usize;
            let breaks = &instance.problem.volunteer(owner.volunteer).shifts[shift].breaks;
            return self.with_breaks(instance, owner, visits, breaks);
        }
        self.forward(instance, owner, visits) && {
            self.settle(instance, unit, visits);
            true
        }
    }

    fn forward(&mut self, instance: &Instance<'_>, unit: &FlatUnit, visits: &[NeedId]) -> bool {
        let (mut here, mut free) = (unit.from, unit.start);
        for &need in visits {
            let service = instance.service(need, unit);
            let Some(start) = instance.earliest(need, free + instance.arc(unit, here, need), service) else {
                return false;
            };
            self.starts.push(start);
            (here, free) = (instance.need(need).place, start + service);
        }
        self.finish = free + instance.back(unit, here);
        self.finish <= unit.end
    }

    /// Settles the starts within the span that the earliest timing leaves: near the old starts where a previous plan told
    /// some, or all together, whichever costs less.
    fn settle(&mut self, instance: &Instance<'_>, id: UnitId, visits: &[NeedId]) {
        let unit = instance.unit(id);
        let told =
            |&need: &NeedId| instance.need(need).previous.is_some_and(|b| b.volunteer == unit.volunteer);
        if instance.compress && visits.iter().any(told) {
            let soonest = self.starts.clone();
            self.backward(instance, unit, visits, true);
            let kept =
                (Sums::of(instance, id, visits, self).cost(instance), self.starts.clone(), self.departure);
            self.starts.clone_from(&soonest);
            self.backward(instance, unit, visits, false);
            if kept.0 <= Sums::of(instance, id, visits, self).cost(instance) {
                (_, self.starts, self.departure) = kept;
            }
        } else {
            self.backward(instance, unit, visits, true);
        }
    }

    fn backward(&mut self, instance: &Instance<'_>, unit: &FlatUnit, visits: &[NeedId], keep: bool) {
        let place = |v: usize| instance.need(visits[v]).place;
        let mut limit = self.finish - instance.back(unit, place(visits.len() - 1));
        for v in (0..visits.len()).rev() {
            let need = visits[v];
            let flat = instance.need(need);
            let before = flat.previous.filter(|b| keep && b.volunteer == unit.volunteer);
            if instance.compress || before.is_some() {
                let service = instance.service(need, unit);
                let soonest = self.starts[v];
                let late = (limit - service)
                    .min(flat.closes_for(service).max(soonest))
                    .min(soonest.max(flat.in_time(service)));
                let aim = before
                    .map_or(if instance.compress { late } else { soonest }, |b| b.start)
                    .clamp(soonest, late);
                self.starts[v] = instance.latest(need, aim, service).unwrap_or(soonest).max(soonest);
            }
            let from = if v == 0 { unit.from } else { place(v - 1) };
            limit = self.starts[v] - instance.arc(unit, from, need);
        }
        self.departure = limit;
    }

    /// The earliest finish over all places for the breaks: `table[v][b]` is the earliest moment at which the first `v`
    /// visits are done and the first `b` breaks taken, or over before departure.
    fn with_breaks(
        &mut self,
        instance: &Instance<'_>,
        unit: &FlatUnit,
        visits: &[NeedId],
        breaks: &[Break],
    ) -> bool {
        let width = breaks.len() + 1;
        self.table.clear();
        self.table.resize((visits.len() + 1) * width, None);
        for b in 0..width {
            let after =
                b.checked_sub(1).map_or(Time::MIN, |last| breaks[last].earliest + breaks[last].duration);
            self.table[b] = Some(Step { free: unit.start.max(after), start: Time::MIN, from: b });
        }
        let mut here = unit.from;
        for (v, &need) in visits.iter().enumerate() {
            let flat = instance.need(need);
            let service = instance.service(need, unit);
            let (travel, setup) = leg(instance, unit, here, need);
            for from in 0..width {
                let Some(before) = self.table[v * width + from] else { continue };
                let mut way = Way::new(before.free, travel);
                for to in from..width {
                    if to > from && !way.rest(breaks[to - 1], None) {
                        break;
                    }
                    let Some(start) = instance.earliest(need, way.ready(setup), service) else {
                        continue;
                    };
                    let cell = &mut self.table[(v + 1) * width + to];
                    // at equal times rather rest before departure: that is not work
                    if cell.is_none_or(|c| start + service < c.free || (v == 0 && start + service == c.free))
                    {
                        *cell = Some(Step { free: start + service, start, from });
                    }
                }
            }
            here = flat.place;
        }
        let back = instance.back(unit, here);
        let mut best: Option<(Time, usize, usize)> = None;
        for from in 0..width {
            let Some(before) = self.table[visits.len() * width + from] else { continue };
            let mut way = Way::new(before.free, back);
            for to in from..width {
                if to > from && !way.rest(breaks[to - 1], None) {
                    break;
                }
                let finish = way.ready(Seconds::ZERO);
                let rest_later = breaks.get(to).is_none_or(|next| finish <= next.latest);
                if rest_later && finish <= unit.end && best.is_none_or(|(f, _, _)| finish < f) {
                    best = Some((finish, from, to));
                }
            }
        }
        let Some((finish, mut from, to)) = best else { return false };
        self.finish = finish;
        self.trace(instance, unit, visits, breaks, &mut from, to);
        true
    }

    /// Reads the chosen places of the breaks back out of the table.
    fn trace(
        &mut self,
        instance: &Instance<'_>,
        unit: &FlatUnit,
        visits: &[NeedId],
        breaks: &[Break],
        from: &mut usize,
        to: usize,
    ) {
        let width = breaks.len() + 1;
        let step = |table: &[Option<Step>], v: usize, b: usize| {
            table[v * width + b].expect("every cell on the traced path was reached")
        };
        let place = |v: usize| if v == 0 { unit.from } else { instance.need(visits[v - 1]).place };
        let mut spans = vec![(visits.len(), *from, to)];
        for v in (0..visits.len()).rev() {
            let cell = step(&self.table, v + 1, *from);
            self.starts.push(cell.start);
            spans.push((v, cell.from, *from));
            *from = cell.from;
        }
        self.starts.reverse();
        for &(v, from, to) in spans.iter().rev() {
            let travel = match visits.get(v) {
                Some(&need) => leg(instance, unit, place(v), need).0,
                None => instance.back(unit, place(v)),
            };
            let mut way = Way::new(step(&self.table, v, from).free, travel);
            for rest in &breaks[from..to] {
                way.rest(*rest, Some(&mut self.rests));
            }
        }
        let (first_from, first_to) = spans.last().map_or((0, 0), |&(_, from, to)| (from, to));
        self.departure = if first_from == first_to {
            self.starts[0] - instance.arc(unit, unit.from, visits[0])
        } else {
            step(&self.table, 0, first_from).free
        };
    }

    /// Arrival at each visit, in order: straight from the one before, but for breaks on the way.
    pub(super) fn arrivals(&self, instance: &Instance<'_>, unit: &FlatUnit, visits: &[NeedId]) -> Vec<Time> {
        let (mut here, mut free) = (unit.from, self.departure);
        let mut arrivals = Vec::with_capacity(visits.len());
        for (&need, &start) in visits.iter().zip(&self.starts) {
            let mut left = leg(instance, unit, here, need).0;
            let left_at = free;
            for rest in self.rests.iter().filter(|r| left_at <= r.start && r.start < start) {
                if rest.start - free >= left {
                    break;
                }
                left -= rest.start - free;
                free = rest.end();
            }
            arrivals.push(free + left);
            (here, free) = (instance.need(need).place, start + instance.service(need, unit));
        }
        arrivals
    }
}

#[derive(Clone, Copy, Debug)]
struct Step {
    free: Time,
    start: Time,
    from: usize,
}

/// One leg on the way, with breaks taken during it.
struct Way {
    now: Time,
    left: Seconds,
}

impl Way {
    fn new(now: Time, left: Seconds) -> Self {
        Self { now, left }
    }

    /// Takes a break, on the road or after arrival; false when it is too late for it.
    fn rest(&mut self, rest: Break, taken: Option<&mut Vec<Rest>>) -> bool {
        let start = self.now.max(rest.earliest);
        if start > rest.latest {
            return false;
        }
        self.left = (self.left - (start - self.now)).max(Seconds::ZERO);
        self.now = start + rest.duration;
        if let Some(taken) = taken {
            taken.push(Rest { start, duration: rest.duration });
        }
        true
    }

    fn ready(&self, setup: Seconds) -> Time {
        self.now + self.left + setup
    }
}

fn leg(instance: &Instance<'_>, unit: &FlatUnit, here: PlaceId, need: NeedId) -> (Seconds, Seconds) {
    let flat = instance.need(need);
    if here == flat.place {
        (Seconds::ZERO, Seconds::ZERO)
    } else {
        (instance.problem.travel().seconds(unit.mode, here, flat.place), flat.setup)
    }
}
