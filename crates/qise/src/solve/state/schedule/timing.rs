//! When everything on a route happens: one timing for each sequence of visits.
//!
//! First it is chosen how each visit is done ([`super::labels`]). Then every visit starts as early as it can, which keeps every
//! promise as well as the order of visits allows. Where working or waiting time counts, the visits are then moved together from
//! behind: each starts as late as it can without the route ending later and without a promise being missed by more. A visit
//! that keeps its person from the previous plan stays as close to its old start as costs nothing. The unit leaves just in
//! time for its first visit.

use super::breaks::{Breaks, Station, Taken, Way, latest_departure};
use super::empty::find_empty_gaps;
use super::labels::Choices;
use super::release::release_of;
use std::ops::Range;

use crate::model::{Break, PlaceId, Seconds, SlotId, Time, UnitId};
use crate::plan::Rest;
use crate::solve::instance::Instance;
use crate::solve::instance::slot::FlatUnit;
use crate::solve::state::route::goods_transfers::GoodsTransfers;

/// The times of one route; a buffer that is used again and again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timing {
    /// Where the route starts; nothing before a route was timed.
    pub(crate) from: Option<PlaceId>,
    pub(crate) departure: Time,
    pub(crate) finish: Time,
    pub(crate) starts: Vec<Time>,
    pub(crate) rests: Vec<Rest>,
    /// How long of these nobody is on duty.
    pub(crate) off_duty: Seconds,
    choices: Choices,
    /// The latest start of each visit that costs nothing more.
    late: Vec<Time>,
    /// Travel, behind the last break at a place, and setup on the way to each visit.
    legs: Vec<(Seconds, Seconds)>,
    /// Where each break is taken that asks for a place, with the way there; empty where none does.
    stations: Vec<Option<Station>>,
    /// Where nothing of a need is on board, for breaks that ask for that.
    empty: Vec<bool>,
    goods: GoodsTransfers,
}

impl Timing {
    /// Times a sequence of visits of a unit that starts there and then; false when it cannot be done within windows, hard promises and shift.
    pub(crate) fn set(
        &mut self,
        instance: &Instance<'_>,
        unit: UnitId,
        start: (PlaceId, Time),
        visits: &[SlotId],
        releases: &[Time],
    ) -> bool {
        let owner = instance.unit(unit);
        self.from = Some(start.0);
        self.starts.clear();
        self.rests.clear();
        self.off_duty = Seconds::ZERO;
        if visits.is_empty() {
            (self.departure, self.finish) = (start.1, start.1);
            return true;
        }
        let breaks: &[Break] = if owner.breaks {
            let shift = instance.problem.unit(unit).shift as usize;
            &instance.problem.volunteer(owner.volunteer).shifts[shift].breaks
        } else {
            &[]
        };
        self.empty.clear();
        if owner.empty_breaks {
            find_empty_gaps(instance, unit, visits, &mut self.goods, &mut self.empty);
        }
        let allowed = Breaks { list: breaks, empty: &self.empty, at_places: owner.breaks_at_places };
        if !self.choices.make(instance, owner, start, visits, allowed, releases) {
            return false;
        }
        // They are asked for again and again.
        let (mut legs, mut stations) = (std::mem::take(&mut self.legs), std::mem::take(&mut self.stations));
        legs.clear();
        stations.clear();
        stations.resize(self.choices.places.len(), None);
        let mut here = start.0;
        for (v, &slot) in visits.iter().enumerate() {
            let (mut travel, mut setup) = instance.travel_and_setup(owner, here, slot);
            let taken = self.rests_before(v)..self.choices.visits[v].rests;
            let place = instance.slot(slot).place;
            if let Some(last) = self.by_stations(instance, owner, here, taken, &mut stations) {
                travel = Seconds(instance.way(owner, last, place).seconds);
                setup = if last == place { setup } else { instance.slot(slot).setup };
            }
            legs.push((travel, setup));
            here = place;
        }
        let taken = self.rests_before(visits.len())..self.choices.rests;
        let last = self.by_stations(instance, owner, here, taken, &mut stations);
        let back = instance.back(owner, last.unwrap_or(here));
        let route = Sequence {
            instance,
            unit: owner,
            start: start.1,
            visits,
            breaks,
            releases,
            legs: &legs,
            stations: &stations,
            back,
        };
        let good = self.forward(&route);
        if good {
            self.backward(&route);
            self.settle(&route);
        }
        (self.legs, self.stations) = (legs, stations);
        good
    }

    /// Notes the ways from a place by those of these breaks that are taken at a place; the last such place.
    fn by_stations(
        &self,
        instance: &Instance<'_>,
        unit: &FlatUnit,
        mut here: PlaceId,
        taken: Range<usize>,
        stations: &mut [Option<Station>],
    ) -> Option<PlaceId> {
        let mut last = None;
        for number in taken {
            let Some(place) = self.choices.places.get(number).copied().flatten() else { continue };
            let travel = Seconds(instance.way(unit, here, place).seconds);
            stations[number] = Some(Station { place, travel });
            (here, last) = (place, Some(place));
        }
        last
    }

    /// Every visit as early as it can be.
    fn forward(&mut self, route: &Sequence<'_>) -> bool {
        let before = self.choices.before;
        let over =
            before.checked_sub(1).map_or(Time::MIN, |b| route.breaks[b].earliest + route.breaks[b].duration);
        let mut free = route.start.max(over);
        let mut rests = before;
        for (v, choice) in self.choices.visits.iter().enumerate() {
            let (travel, setup) = route.leg(v);
            free = route.instance.leaves(free, route.visits[v]);
            let Some(way) = Way::with(free, route.taken(rests..choice.rests, travel), None) else {
                return false;
            };
            let start =
                way.ready(setup).max(choice.window.from).max(release_of(route.releases, route.visits[v]));
            if start > choice.window.to {
                return false;
            }
            self.starts.push(start);
            (free, rests) = (start + route.service(v), choice.rests);
        }
        let Some(way) = Way::with(free, route.taken(rests..self.choices.rests, route.back), None) else {
            return false;
        };
        self.finish = way.ready(Seconds::ZERO);
        self.finish <= route.unit.end
    }

    /// How late every visit can be.
    fn backward(&mut self, route: &Sequence<'_>) {
        let count = route.visits.len();
        self.late.resize(count, Time::MAX);
        let mut rests = self.choices.rests;
        let mut limit = latest_departure(
            self.finish,
            route.taken(self.choices.visits[count - 1].rests..rests, route.back),
        );
        limit = limit.min(self.choices.last_end);
        for v in (0..count).rev() {
            let (service, choice) = (route.service(v), self.choices.visits[v]);
            let in_time = route.instance.in_time(route.visits[v], service);
            // Others come to meet a crew: it stays where it is.
            let stays = route.instance.slot(route.visits[v]).stays;
            let kept = if stays { self.starts[v] } else { in_time.max(self.starts[v]) };
            self.late[v] = (limit - service).min(choice.window.to).min(kept);
            rests = choice.rests;
            let (travel, setup) = route.leg(v);
            limit = latest_departure(self.late[v] - setup, route.taken(self.rests_before(v)..rests, travel));
        }
    }

    /// Settles the starts between early and late.
    fn settle(&mut self, route: &Sequence<'_>) {
        let (instance, compress) = (route.instance, route.instance.features.compress);
        let told = |v: usize| {
            let before = instance.slot(route.visits[v]).previous_of(route.unit.volunteer);
            before.filter(|_| instance.features.timed).map(|before| before.start)
        };
        let (travel, setup) = route.leg(0);
        let first = match told(0) {
            _ if compress => self.late[0],
            Some(told) => told.clamp(self.starts[0], self.late[0]),
            None => self.starts[0],
        };
        let first_rests = self.choices.visits[0].rests;
        self.departure =
            latest_departure(first - setup, route.taken(self.choices.before..first_rests, travel));
        let mut free = self.departure;
        for v in 0..route.visits.len() {
            let choice = self.choices.visits[v];
            let (travel, setup) = route.leg(v);
            let taken = route.taken(self.rests_before(v)..choice.rests, travel);
            free = instance.leaves(free, route.visits[v]);
            let way = Way::with(free, taken, Some(&mut self.rests))
                .expect("no visit before is later than it can be");
            let ready =
                way.ready(setup).max(choice.window.from).max(release_of(route.releases, route.visits[v]));
            let aim = told(v).unwrap_or(if compress { self.late[v] } else { ready });
            self.starts[v] = aim.min(self.late[v]).max(ready);
            free = self.starts[v] + route.service(v);
        }
        let taken = route.taken(self.rests_before(route.visits.len())..self.choices.rests, route.back);
        let way = Way::with(free, taken, Some(&mut self.rests)).expect("no visit is later than it can be");
        self.finish = way.ready(Seconds::ZERO);
        let taken = &route.breaks[self.choices.before..self.choices.rests];
        self.off_duty = taken.iter().filter(|rest| rest.off_duty).map(|rest| rest.duration).sum();
    }

    /// Breaks that are over when the unit sets out for a visit.
    fn rests_before(&self, v: usize) -> usize {
        v.checked_sub(1).map_or(self.choices.before, |before| self.choices.visits[before].rests)
    }

    /// The places of breaks on the way to each visit, and behind the last: pairs of visits, by their number, and places, in order.
    pub(crate) fn stations(&self, visits: usize) -> impl Iterator<Item = (usize, PlaceId)> + '_ {
        let legs = (0..=visits).map(move |v| {
            let until = self.choices.visits.get(v).map_or(self.choices.rests, |choice| choice.rests);
            (v, self.rests_before(v)..until)
        });
        let legs = legs.filter(|_| !self.stations.is_empty());
        legs.flat_map(|(v, taken)| {
            self.stations[taken].iter().flatten().map(move |station| (v, station.place))
        })
    }

    /// Arrival at each visit, in order: straight from the one before, but for breaks on the way.
    pub(crate) fn arrivals(&self, instance: &Instance<'_>, unit: &FlatUnit, visits: &[SlotId]) -> Vec<Time> {
        let mut arrivals = Vec::with_capacity(visits.len());
        let Some(from) = self.from else { return arrivals };
        let (mut here, mut free) = (from, self.departure);
        for (&slot, &start) in visits.iter().zip(&self.starts) {
            let place = instance.slot(slot).place;
            let travel = |from: PlaceId, to: PlaceId| Seconds(instance.way(unit, from, to).seconds);
            free = instance.leaves(free, slot);
            let left_at = free;
            let rests = self.rests.iter().filter(|r| left_at <= r.start && r.start < start);
            let stations = rests.clone().filter_map(|rest| rest.place);
            let mut ahead = stations.chain([place]);
            let mut left = ahead.next().map_or(Seconds::ZERO, |first| travel(here, first));
            for rest in rests {
                if let Some(at) = rest.place {
                    left = ahead.next().map_or(Seconds::ZERO, |next| travel(at, next));
                } else if rest.start - free >= left {
                    break;
                } else {
                    left -= rest.start - free;
                }
                free = rest.end();
            }
            arrivals.push(free + left);
            (here, free) = (place, start + instance.service(slot, unit));
        }
        arrivals
    }
}

/// Visits of a unit in their order.
struct Sequence<'a> {
    instance: &'a Instance<'a>,
    unit: &'a FlatUnit,
    /// From when on it may leave.
    start: Time,
    visits: &'a [SlotId],
    breaks: &'a [Break],
    releases: &'a [Time],
    legs: &'a [(Seconds, Seconds)],
    stations: &'a [Option<Station>],
    /// The way to the end, behind the last break at a place.
    back: Seconds,
}

impl Sequence<'_> {
    /// Some of the breaks on a leg, and what is left of the leg behind the last one at a place.
    fn taken(&self, breaks: Range<usize>, travel: Seconds) -> Taken<'_> {
        let stations = self.stations.get(breaks.clone()).unwrap_or(&[]);
        Taken { breaks: &self.breaks[breaks], stations, travel }
    }

    /// Travel and setup on the way to a visit.
    fn leg(&self, v: usize) -> (Seconds, Seconds) {
        self.legs[v]
    }

    fn service(&self, v: usize) -> Seconds {
        self.instance.service(self.visits[v], self.unit)
    }
}

#[cfg(test)]
mod tests;
