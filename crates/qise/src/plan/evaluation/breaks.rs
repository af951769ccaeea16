//! Breaks: where they lie in a route, whether all of the shift are taken, and the ways to those at a place.

use super::judge::{Judge, known};
use crate::model::{Break, PlaceId, Problem, Rule, Seconds, Time, Unit};
use crate::plan::on_board::OnBoard;
use crate::plan::route_starts::rest_place;
use crate::plan::{Detail, Rest, Route, RoutePart, Step, Visit};

impl Judge<'_> {
    /// Breaks taken where they may be, and breaks of the shift all taken.
    pub(super) fn rests(&mut self, r: usize, route: &Route, unit: &Unit) {
        let mut before = route.departure;
        for (b, rest) in route.breaks.iter().enumerate() {
            if let Some(place) = rest.place.filter(|_| rest_place(self.problem, rest).is_none()) {
                self.route_broken(r, RoutePart::Break(b), Rule::UnknownId, Detail::Place(place));
            }
            let inside = rest.duration >= Seconds::ZERO && rest.start >= before && rest.end() <= route.finish;
            let free = route.steps().all(|step| {
                let apart = |from: Time, to: Time| rest.end() <= from || to <= rest.start;
                let arrives_within = rest.start < step.arrival() && step.arrival() < rest.end();
                apart(step.start(), step.end()) && !arrives_within
            });
            if !inside || !free {
                let at = Detail::At(rest.start);
                self.route_broken(r, RoutePart::Break(b), Rule::BreakMisplaced, at);
            }
            before = rest.end().max(before);
        }
        for (b, due) in self.problem.shift(unit).breaks.iter().enumerate() {
            self.due(r, route, (b, due));
        }
    }

    /// Whether a break of the shift is taken, in one of its places and with nothing on board where it asks for that.
    fn due(&mut self, r: usize, route: &Route, (number, due): (usize, &Break)) {
        if due.earliest + due.duration <= route.departure || route.finish <= due.latest {
            return;
        }
        let in_time = |rest: &Rest| {
            due.earliest <= rest.start && rest.start <= due.latest && rest.duration >= due.duration
        };
        let mut taken = route.breaks.iter().enumerate().filter(|(_, rest)| in_time(rest)).collect::<Vec<_>>();
        let Some(&(first, rest)) = taken.first() else {
            return self.route_broken(r, RoutePart::Breaks, Rule::BreakMissing, Detail::Break(number));
        };
        let is_there = |rest: &Rest| rest.place.is_some_and(|place| due.at.contains(&place));
        taken.retain(|(_, rest)| due.at.is_empty() || is_there(rest));
        let Some(&(first, rest)) = taken.first() else {
            return self.route_broken(
                r,
                RoutePart::Break(first),
                Rule::BreakElsewhere,
                Detail::At(rest.start),
            );
        };
        let is_empty = |&(_, rest): &(usize, &Rest)| is_empty_at(self.problem, route, rest.start);
        if due.only_when_empty && !taken.iter().any(is_empty) {
            self.route_broken(r, RoutePart::Break(first), Rule::BreakLaden, Detail::At(rest.start));
        }
    }

    /// The way from a stop by the breaks at a place that are taken between `free` and `until`: where somebody is after the last of them, and
    /// from when on.
    pub(super) fn by_breaks(
        &mut self,
        (r, route): (usize, &Route),
        unit: &Unit,
        mut here: PlaceId,
        (free, until): (Time, Time),
    ) -> (PlaceId, Time) {
        let mut left = free;
        for (b, rest) in route.breaks.iter().enumerate() {
            let Some(place) = rest_place(self.problem, rest) else { continue };
            if rest.start < free || until <= rest.start {
                continue;
            }
            let travel = self.problem.travel().seconds(unit.mode, here, place);
            let soonest = left + travel + rest_between(route, left, rest.start);
            if rest.start < soonest {
                let by = Detail::By(soonest - rest.start);
                self.route_broken(r, RoutePart::Break(b), Rule::TravelTooShort, by);
            }
            (here, left) = (place, rest.end());
        }
        (here, left)
    }

    /// Breaks between arrival and start are taken where the stop is.
    pub(super) fn rests_at_stop(
        &mut self,
        (r, route): (usize, &Route),
        place: PlaceId,
        (arrival, start): (Time, Time),
    ) {
        for (b, rest) in route.breaks.iter().enumerate() {
            let within = arrival <= rest.start && rest.start < start;
            if within && rest_place(self.problem, rest).is_some_and(|other| other != place) {
                let at = Detail::At(rest.start);
                self.route_broken(r, RoutePart::Break(b), Rule::BreakMisplaced, at);
            }
        }
    }
}

/// Whether nothing of a need is on board at some moment between the stops of a route.
fn is_empty_at(problem: &Problem, route: &Route, moment: Time) -> bool {
    let known = |visit: &&Visit| known(problem, visit);
    let visits = route.visits.iter().filter(known).map(|visit| (visit.need, visit.role));
    let mut on_board = OnBoard::new(problem, visits);
    for step in route.steps().filter(|step| step.end() <= moment) {
        match step {
            Step::Visit(_, visit) if known(&visit) => on_board.visit(visit.need, visit.role, visit.stop),
            Step::Visit(..) => {}
            Step::Call(_, call) => on_board.call(&call.takes, &call.gives),
        }
    }
    on_board.is_empty()
}

/// Time of the breaks that start within `[from, to)`.
pub(super) fn rest_between(route: &Route, from: Time, to: Time) -> Seconds {
    let within = route.breaks.iter().filter(|rest| from <= rest.start && rest.start < to);
    Seconds(within.fold(0_i64, |sum, rest| sum.saturating_add(rest.duration.0)).min(Seconds::MAX.0))
}

/// The setup at a stop for somebody who comes from another one, and was `last` there or at a break's place: none where both are here.
pub(super) fn setup_at(problem: &Problem, place: PlaceId, before: PlaceId, last: PlaceId) -> Seconds {
    if before == place && last == place { Seconds::ZERO } else { problem.place(place).setup }
}

/// Where somebody was last who has left a stop at `free` and arrives at the next at `until`: there, or at a break's place.
pub(super) fn last_place(
    problem: &Problem,
    route: &Route,
    before: PlaceId,
    (free, until): (Time, Time),
) -> PlaceId {
    let between = |rest: &&Rest| free <= rest.start && rest.start < until;
    route.breaks.iter().filter(between).filter_map(|rest| rest_place(problem, rest)).last().unwrap_or(before)
}
