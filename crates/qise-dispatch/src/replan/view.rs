//! Where needs and people stand at a moment, to be held against another moment.

use qise::Problem;
use qise::model::{Need, NeedId, RouteStart, Shift, VolunteerId};
use qise_lifecycle::{AssignmentState, Lifecycle, NeedNo, NeedState, PersonNo};
use rustc_hash::FxHashMap;

use crate::plan_side::PlanSide;
use crate::rows::SeatAt;

/// A route: somebody in one of their shifts.
pub(super) type RouteKey = (PersonNo, u32);

/// Where needs and people stand at a moment.
pub(super) struct View {
    pub(super) problem: Problem,
    needs: Vec<NeedView>,
    routes: FxHashMap<RouteKey, Vec<(NeedNo, SeatAt)>>,
}

/// Where a need stands.
#[derive(PartialEq)]
struct NeedView {
    live: Option<NeedId>,
    state: Option<NeedState>,
    attempt: u16,
    /// How many were asked so far: whoever declines is among them.
    asked: usize,
    seats: Vec<SeatAt>,
    members: Vec<(PersonNo, AssignmentState)>,
}

impl View {
    pub(super) fn of(side: &PlanSide, life: &Lifecycle) -> Self {
        let mut routes = FxHashMap::<RouteKey, Vec<(NeedNo, SeatAt)>>::default();
        let mut needs = Vec::new();
        for (no, row) in side.rows.iter() {
            for &seat in &row.seats {
                routes.entry((seat.who, seat.shift)).or_default().push((no, seat));
            }
            let need = life.need(no);
            let members = need.into_iter().flat_map(|need| &need.members);
            needs.push(NeedView {
                live: row.live,
                state: need.map(|need| need.state),
                attempt: need.map_or(0, |need| need.attempt),
                asked: need.map_or(0, |need| need.asked.len()),
                seats: row.seats.clone(),
                members: members.map(|member| (member.who, member.state)).collect(),
            });
        }
        Self { problem: side.live.problem().clone(), needs, routes }
    }

    /// Whether a need stands in another view as it does here, and asks for the same. When it may be served is not asked: times that
    /// have passed are forgotten now and then.
    pub(super) fn has_same_need(&self, other: &Self, no: NeedNo) -> bool {
        let (Some(own), Some(its)) = (self.needs.get(no.0 as usize), other.needs.get(no.0 as usize)) else {
            return false;
        };
        own == its && own.live.is_none_or(|live| self.record(live) == other.record(live))
    }

    /// What a need asks for but for its times, and where.
    fn record(&self, live: NeedId) -> (Need, Vec<Option<qise::model::LatLon>>) {
        let mut need = self.problem.need(live).clone();
        need.stops.iter_mut().for_each(|stop| stop.windows.clear());
        let at = need.stops.iter().map(|stop| self.problem.place(stop.place).at).collect();
        (need, at)
    }

    /// Whether somebody has the same shift, starts from the same place and makes the same visits in another view, and has come as far
    /// with each.
    pub(super) fn has_same_route(&self, other: &Self, key: RouteKey) -> bool {
        let none = Vec::new();
        let (own, its) = (self.routes.get(&key).unwrap_or(&none), other.routes.get(&key).unwrap_or(&none));
        let has_come = |view: &Self, no: NeedNo| {
            let members = &view.needs[no.0 as usize].members;
            members.iter().find(|(who, _)| *who == key.0).map(|(_, state)| *state)
        };
        own == its
            && own.iter().all(|&(no, _)| has_come(self, no) == has_come(other, no))
            && self.shift(key) == other.shift(key)
            && self.start(key) == other.start(key)
    }

    fn shift(&self, (who, number): RouteKey) -> Option<&Shift> {
        self.problem.volunteer(VolunteerId(who.0)).shifts.get(number as usize)
    }

    fn start(&self, key: RouteKey) -> Option<qise::model::LatLon> {
        let home = self.problem.volunteer(VolunteerId(key.0.0)).home;
        let place = match self.shift(key)?.from {
            RouteStart::At(place) => place,
            RouteStart::Home | RouteStart::Previous => home,
        };
        self.problem.place(place).at
    }

    /// When somebody who is on the way to a need, or there, is done with it; `None` if they are not.
    pub(super) fn busy_until(&self, who: PersonNo, life: &Lifecycle) -> Option<i64> {
        let no = life.person(who).occupied?;
        let seats = &self.needs.get(no.0 as usize)?.seats;
        Some(seats.iter().filter(|seat| seat.who == who).map(|seat| seat.end).max().unwrap_or(i64::MAX))
    }
}
