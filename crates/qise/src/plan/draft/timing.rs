//! The earliest timing of one route of a draft.

use super::records::{DraftRoute, DraftVisit};
use crate::model::{Break, PlaceId, Problem, Seconds, Time, Unit, UnitId, VolunteerId, Window};
use crate::plan::Rest;
use crate::plan::on_board::OnBoard;
use crate::plan::route_starts::RouteStarts;

/// The times of a route: arrival, start and end of each visit and call, in the order of the draft's lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Timed {
    pub(super) departure: Time,
    pub(super) visits: Vec<[Time; 3]>,
    pub(super) calls: Vec<[Time; 3]>,
    pub(super) breaks: Vec<Rest>,
    pub(super) finish: Time,
}

/// A visit or a call on its way to a time.
struct Stop<'d> {
    /// Which of the visits, or of the calls.
    number: usize,
    is_call: bool,
    place: PlaceId,
    windows: &'d [Window],
    takes: Seconds,
    /// It has to wait for this.
    floor: Time,
    /// What is stated: arrival, start, end.
    stated: [Option<Time>; 3],
}

/// One way to a stop: when one is there, when the service may begin, and the breaks taken on it.
struct Way {
    arrival: Time,
    ready: Time,
    rests: Vec<Rest>,
}

/// Times a route; `floors` are what each visit has to wait for, none where the list is empty.
pub(super) fn time(
    starts: &RouteStarts<'_>,
    problem: &Problem,
    route: &DraftRoute,
    floors: &[Time],
) -> Timed {
    let blank = |stated: [Option<Time>; 3]| {
        let known = stated.into_iter().flatten().next().unwrap_or_default();
        stated.map(|time| time.unwrap_or(known))
    };
    let mut timed = Timed {
        departure: route.departure.unwrap_or_default(),
        visits: route.visits.iter().map(|v| blank([v.arrival, v.start, v.end])).collect(),
        calls: route.calls.iter().map(|c| blank([c.arrival, c.start, c.end])).collect(),
        breaks: route.breaks.clone().unwrap_or_default(),
        finish: route.finish.or(route.departure).unwrap_or_default(),
    };
    let missing = route.missing() > 0;
    if let Some(unit) = starts.unit(route.unit).filter(|_| missing && in_limits(route)) {
        let unit = &*unit;
        Clock {
            problem,
            unit,
            route,
            now: unit.start,
            here: unit.from,
            due: due(problem, unit, route),
            empty: Vec::new(),
        }
        .run(floors, &mut timed);
    }
    timed
}

/// Whether every stated time can be reckoned with.
fn in_limits(route: &DraftRoute) -> bool {
    let visits = route.visits.iter().flat_map(|v| [v.arrival, v.start, v.end]);
    let calls = route.calls.iter().flat_map(|c| [c.arrival, c.start, c.end]);
    let rests = route.breaks.iter().flatten();
    let lengths = rests.clone().all(|rest| (Seconds::ZERO..=Seconds::LIMIT).contains(&rest.duration));
    let rests = rests.map(|rest| Some(rest.start));
    let ends = [route.departure, route.finish].into_iter();
    lengths && visits.chain(calls).chain(rests).chain(ends).flatten().all(Time::in_limits)
}

/// The breaks to be taken: those stated, each just when it is, or else those of the shift.
fn due(problem: &Problem, unit: &Unit, route: &DraftRoute) -> Vec<Break> {
    let stated = |rest: &Rest| Break {
        at: rest.place.into_iter().collect(),
        ..Break::new(rest.start, rest.start, rest.duration)
    };
    match &route.breaks {
        Some(rests) => rests.iter().map(stated).collect(),
        None => problem.shift(unit).breaks.clone(),
    }
}

/// Goes along a route.
struct Clock<'d> {
    problem: &'d Problem,
    unit: &'d Unit,
    route: &'d DraftRoute,
    now: Time,
    here: PlaceId,
    /// The breaks not yet taken.
    due: Vec<Break>,
    /// Whether nothing of a need is on board, before each stop and behind the last.
    empty: Vec<bool>,
}

impl<'d> Clock<'d> {
    fn run(mut self, floors: &[Time], timed: &mut Timed) {
        let stops = self.stops(floors);
        self.empty = self.empty_gaps(&stops);
        timed.breaks.clear();
        let mut departure = self.route.departure;
        if let Some(departure) = departure {
            self.now = departure;
            self.due.retain(|rest| self.route.breaks.is_some() || rest.earliest + rest.duration > departure);
        }
        for (s, stop) in stops.iter().enumerate() {
            let ahead = &stops[s..];
            if departure.is_none() {
                self.now = self.leave(ahead);
                departure = Some(self.now);
            }
            // What is past can no longer be taken; the judge has something to say about that.
            let now = self.now;
            self.due.retain(|rest| rest.latest >= now);
            let way = self.way(ahead);
            let start = stop.start(way.ready);
            let arrival = stop.stated[0].unwrap_or(way.arrival.min(start));
            let end = stop.stated[2].unwrap_or((start + stop.takes).min(Time::MAX));
            let list = if stop.is_call { &mut timed.calls } else { &mut timed.visits };
            list[stop.number] = [arrival, start, end];
            self.due.drain(..way.rests.len());
            timed.breaks.extend(way.rests);
            (self.now, self.here) = (end, stop.place);
        }
        timed.departure = departure.unwrap_or(self.now);
        let way = self.way_back();
        timed.finish = self.route.finish.unwrap_or(way.ready);
        timed.breaks.extend(way.rests);
        if let Some(stated) = &self.route.breaks {
            timed.breaks.clone_from(stated);
        }
    }

    /// Visits and calls in the order in which they are made; those of nothing known are passed over.
    fn stops(&self, floors: &[Time]) -> Vec<Stop<'d>> {
        let visits = self.route.visits.iter().enumerate().filter_map(|(number, visit)| {
            let takes = service_of(self.problem, self.route.unit, visit)?;
            let need = self.problem.need(visit.need);
            let stop = &need.stops[usize::from(visit.stop)];
            let pin = need.roles[usize::from(visit.role)].pin.and_then(|pin| pin.start);
            let pin = pin.filter(|_| visit.stop == 0).unwrap_or(Time::MIN);
            let floor = floors.get(number).copied().unwrap_or(Time::MIN).max(pin);
            let stated = [visit.arrival, visit.start, visit.end];
            let windows = &stop.windows[..];
            let stop = Stop { number, is_call: false, place: stop.place, windows, takes, floor, stated };
            // Calls with the number of a visit come before it.
            Some(((number, 1), stop))
        });
        let count = self.route.visits.len();
        let calls = self.route.calls.iter().enumerate().filter_map(|(number, call)| {
            let depot = self.problem.depots().get(call.depot.index())?;
            let stated = [call.arrival, call.start, call.end];
            let (place, windows, takes, floor) = (depot.place, &depot.windows[..], depot.service, Time::MIN);
            let stop = Stop { number, is_call: true, place, windows, takes, floor, stated };
            Some((((call.before as usize).min(count), 0), stop))
        });
        let mut stops = visits.chain(calls).collect::<Vec<_>>();
        stops.sort_by_key(|&(order, _)| order);
        stops.into_iter().map(|(_, stop)| stop).collect()
    }

    /// Before which of the stops, and whether behind the last, nothing of a need is on board.
    fn empty_gaps(&self, stops: &[Stop<'_>]) -> Vec<bool> {
        let visits = stops.iter().filter(|stop| !stop.is_call).map(|stop| &self.route.visits[stop.number]);
        let mut on_board = OnBoard::new(self.problem, visits.map(|visit| (visit.need, visit.role)));
        let mut empty = vec![on_board.is_empty()];
        for stop in stops {
            if stop.is_call {
                let call = &self.route.calls[stop.number];
                on_board.call(&call.takes, &call.gives);
            } else {
                let visit = &self.route.visits[stop.number];
                on_board.visit(visit.need, visit.role, visit.stop);
            }
            empty.push(on_board.is_empty());
        }
        empty
    }

    /// How many of the breaks that are due may be taken where so many stops are ahead.
    fn allowed(&self, ahead: usize) -> usize {
        let is_empty = self.empty[self.empty.len() - 1 - ahead] || self.route.breaks.is_some();
        self.due.iter().take_while(|rest| is_empty || !rest.only_when_empty).count()
    }

    /// When a break may begin at the earliest that is not taken before the next stop, which starts at `start`.
    fn next_chance(&self, ahead: &[Stop<'_>], start: Time, rest: &Break) -> Time {
        let mut end = start + ahead[0].takes;
        if rest.only_when_empty {
            let (mut here, mut next) = (ahead[0].place, 1);
            while next < ahead.len() && !self.empty[self.empty.len() - 1 - (ahead.len() - next)] {
                let stop = &ahead[next];
                let setup = self.problem.setup(here, stop.place);
                let travel = self.problem.travel().seconds(self.unit.mode, here, stop.place);
                end = (stop.start((end + travel + setup).min(Time::MAX)) + stop.takes).min(Time::MAX);
                (here, next) = (stop.place, next + 1);
            }
        }
        end
    }

    fn travel(&self, from: PlaceId, to: PlaceId) -> Seconds {
        self.problem.travel().seconds(self.unit.mode, from, to)
    }

    /// The setup at a stop for somebody who comes from the stop before and was last at a place.
    fn setup(&self, place: PlaceId, last: PlaceId) -> Seconds {
        let is_there = self.here == place && last == place;
        if is_there { Seconds::ZERO } else { self.problem.place(place).setup }
    }

    /// Where a break is taken on the way from a place that is left at `now`: of its places the one from which the way on is soonest done.
    fn station(&self, rest: &Break, (here, now): (PlaceId, Time), to: Option<PlaceId>) -> Option<PlaceId> {
        let on = |place: PlaceId| to.map_or(Seconds::ZERO, |to| self.travel(place, to));
        let there = |place: PlaceId| self.travel(here, place);
        let over = |place: PlaceId| (now + there(place)).max(rest.earliest) + on(place);
        rest.at.iter().copied().min_by_key(|&place| (over(place), there(place) + on(place)))
    }

    /// The moment to leave for the first stop, just in time: after the breaks before it that are taken at home, or with those on the way
    /// that would make it later.
    fn leave(&mut self, ahead: &[Stop<'_>]) -> Time {
        let stop = &ahead[0];
        let (travel, setup) = (self.travel(self.here, stop.place), self.setup(stop.place, self.here));
        let stated_rests = self.route.breaks.is_some();
        let (mut free, mut home) = (self.now, 0);
        let left = loop {
            let start = stop.start(free + travel + setup);
            // Who was told when to start leaves in time for it, before the shift if need be.
            let left = start - travel - setup;
            match self.due.get(home).filter(|_| !stated_rests) {
                Some(rest) if rest.earliest + rest.duration <= left => home += 1,
                Some(rest) if self.next_chance(ahead, start, rest) > rest.latest && left >= free => {
                    free = free.max(rest.earliest + rest.duration);
                    home += 1;
                }
                _ => break left,
            }
        };
        let on_the_way = self.way(ahead);
        let (start, rests) = (stop.start(on_the_way.ready), on_the_way.rests.len());
        let sooner = start < left + travel + setup || rests > home && start == left + travel + setup;
        if rests > 0 && (stated_rests || sooner) {
            return self.latest(rests, stop.place, start);
        }
        self.due.drain(..home);
        left
    }

    /// The latest moment to leave on a way with `count` breaks on it and yet to start in time.
    fn latest(&self, count: usize, place: PlaceId, start: Time) -> Time {
        let in_time = |leave: Time| {
            let way = self.with(leave, count, Some(place), true);
            way.is_some_and(|way| way.ready <= start)
        };
        // Who leaves later is there no sooner, so the search may halve its way.
        let (mut good, mut bad) = (self.now, start + Seconds(1));
        while bad - good > Seconds(1) {
            let middle = good + Seconds((bad - good).0 / 2);
            if in_time(middle) { good = middle } else { bad = middle }
        }
        good
    }

    /// The way to a stop with the breaks that must be taken before its end, and those that cost nothing there.
    fn way(&self, ahead: &[Stop<'_>]) -> Way {
        let stop = &ahead[0];
        let mut best: Option<(Time, bool, Way)> = None;
        for count in 0..=self.allowed(ahead.len()) {
            let Some(way) = self.with(self.now, count, Some(stop.place), true) else { break };
            let start = stop.start(way.ready);
            let in_time = |rest: &Break| self.next_chance(ahead, start, rest) <= rest.latest;
            let fits = self.due.get(count).is_none_or(in_time);
            // Later breaks than must be are taken only where they cost nothing.
            let better = best
                .as_ref()
                .is_none_or(|(before, fitted, _)| !fitted || fits && start == *before && way.ready <= start);
            if better {
                best = Some((start, fits, way));
            }
        }
        best.map_or_else(
            || {
                let arrival = self.now + self.travel(self.here, stop.place);
                Way { arrival, ready: arrival + self.setup(stop.place, self.here), rests: Vec::new() }
            },
            |(.., way)| way,
        )
    }

    /// The way home, with the breaks that are due before its end; who is back in time rests at home.
    fn way_back(&self) -> Way {
        let travel = self.unit.to.map_or(Seconds::ZERO, |to| self.travel(self.here, to));
        let mut best =
            Way { arrival: self.now, ready: (self.now + travel).min(Time::MAX), rests: Vec::new() };
        for count in 0..=self.allowed(0) {
            let Some(way) = self.with(self.now, count, self.unit.to, false) else { break };
            best = way;
            let back = best.ready;
            let at_home = |rest: &Break| back <= rest.latest && self.route.breaks.is_none();
            if self.due.get(count).is_none_or(at_home) {
                break;
            }
        }
        best
    }

    /// The way from here with the next `count` breaks on it, to a stop or to the end of the route; nothing where one of them is past.
    fn with(&self, leave: Time, count: usize, to: Option<PlaceId>, is_stop: bool) -> Option<Way> {
        let due = &self.due[..count];
        // Where the way from a place next ends: at the first break from `number` on that asks for a place, or at its end.
        let next = |number: usize, here: PlaceId, now: Time| {
            let rest = due[number..].iter().find(|rest| !rest.at.is_empty());
            rest.map_or(to, |rest| self.station(rest, (here, now), to))
        };
        let way = |here: PlaceId, to: Option<PlaceId>| to.map_or(Seconds::ZERO, |to| self.travel(here, to));
        let (mut here, mut now) = (self.here, leave);
        let mut end = next(0, here, now);
        let mut left = way(here, end);
        let (mut arrival, mut rests) = (None, Vec::new());
        for (number, rest) in due.iter().enumerate() {
            let place = end.filter(|_| !rest.at.is_empty());
            let start = if place.is_some() { now + left } else { now }.max(rest.earliest);
            if start > rest.latest {
                return None;
            }
            rests.push(Rest { start, duration: rest.duration, place });
            if let Some(place) = place {
                (here, now, arrival) = (place, start + rest.duration, None);
                end = next(number + 1, here, now);
                left = way(here, end);
                continue;
            }
            let gone = left.min(start - now);
            left -= gone;
            if left == Seconds::ZERO {
                arrival = arrival.or(Some(now + gone));
            }
            now = start + rest.duration;
        }
        let there = (now + left).min(Time::MAX);
        let setup = to.filter(|_| is_stop).map_or(Seconds::ZERO, |place| self.setup(place, here));
        Some(Way { arrival: arrival.unwrap_or(there), ready: (there + setup).min(Time::MAX), rests })
    }
}

impl Stop<'_> {
    /// The start: as stated, or the first moment from `ready` on that windows and others allow; `ready` where none does.
    fn start(&self, ready: Time) -> Time {
        let ready = ready.max(self.floor);
        let open = || self.windows.iter().find(|window| ready <= window.to);
        self.stated[1].unwrap_or_else(|| open().map_or(ready, |window| ready.max(window.from)))
    }
}

/// How long a visit takes the person of a unit; nothing where unit, need, role or stop are unknown.
pub(super) fn service_of(problem: &Problem, unit: UnitId, visit: &DraftVisit) -> Option<Seconds> {
    let who: VolunteerId = problem.units().get(unit.index())?.volunteer;
    let need = problem.needs().get(visit.need.index())?;
    let (role, stop) = (need.roles.get(usize::from(visit.role))?, need.stops.get(usize::from(visit.stop))?);
    let own = role.service_by.iter().find(|(named, _)| *named == who).map(|&(_, own)| own);
    Some(own.unwrap_or_else(|| problem.volunteer(who).paced(role.service.unwrap_or(stop.service))))
}
