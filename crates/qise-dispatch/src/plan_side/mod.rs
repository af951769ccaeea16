//! The plan that stands, and the changes that are made to it.
//!
//! Every change is told by an event that says all of it, times included, so that a replay makes the same change and asks nobody:
//! before somebody is put into a route the need is given exactly the times at which it will be served.

mod lost;
mod moves;
mod needs;
mod seats;
mod shifts;
mod take_over;

use qise::Problem;
use qise::model::{LatLon, NeedId, Time, UnitId, VolunteerId};
use qise::query::{LivePlan, LiveState, Seat};
use qise_lifecycle::{Moment, NeedNo, PersonNo};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::rows::{Row, Rows, SeatAt};
pub(crate) use moves::{MOST_DELAY, Moved, Moves, Wanted};
use take_over::hanging;

/// Where somebody said they were.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Position {
    pub(crate) at: LatLon,
    pub(crate) since: Moment,
}

/// The plan does not take what it should: what was decided does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Diverged;

/// The plan, the needs by their ids, and where people are.
pub(crate) struct PlanSide {
    pub(crate) live: LivePlan,
    /// The problem as it was at first: the ids of people in it are those of now.
    pub(crate) start: Problem,
    pub(crate) rows: Rows,
    /// Needs of the start that hang on others, or can be served in several ways, or whose plan people were told.
    hangs: FxHashSet<NeedId>,
    pub(crate) positions: FxHashMap<PersonNo, Position>,
    /// The time of the last command.
    now: Time,
    /// How many visits there are in each shift of a person.
    visits: FxHashMap<(PersonNo, u32), u32>,
    /// Needs that are lost and could not be put back yet.
    still_lost: Vec<NeedId>,
}

impl PlanSide {
    /// The plan that a snapshot tells of; `None` if that cannot be of this problem.
    pub(crate) fn restored(
        start: &Problem,
        live: LiveState,
        rows: Vec<Row>,
        positions: Vec<(PersonNo, Position)>,
    ) -> Option<Self> {
        let mut side = Self {
            live: LivePlan::restored(start, live)?,
            start: start.clone(),
            rows: Rows::restored(rows)?,
            hangs: hanging(start),
            positions: positions.into_iter().collect(),
            now: Time::MIN,
            visits: FxHashMap::default(),
            still_lost: Vec::new(),
        };
        let seats = side.rows.iter().flat_map(|(_, row)| row.seats.clone()).collect::<Vec<_>>();
        for seat in &seats {
            side.count(seat, 1);
        }
        Some(side)
    }

    pub(crate) fn row(&self, no: NeedNo) -> &Row {
        self.rows.get(no)
    }

    /// Whether a need cannot be moved by itself.
    pub(crate) fn hangs(&self, no: NeedNo) -> bool {
        self.rows.get(no).live.is_some_and(|live| self.hangs.contains(&live))
    }

    /// Whether the visits of a need can be moved by themselves: all who come start together, nothing is fetched for it from a depot, and
    /// it does not hang on others.
    pub(crate) fn moves_alone(&self, no: NeedNo) -> bool {
        let need = &self.rows.get(no).input.need;
        need.gaps.is_empty() && need.overlaps.is_empty() && need.goods.is_empty() && !self.hangs(no)
    }

    /// Whether somebody serves, in one of these shifts, a need that cannot be moved by itself.
    pub(crate) fn hangs_in(&self, who: PersonNo, shifts: &[u32]) -> bool {
        let is_in = |seat: &SeatAt| seat.who == who && shifts.contains(&seat.shift);
        let has_visits = shifts.iter().any(|&shift| self.visits.get(&(who, shift)).is_some_and(|&n| n > 0));
        has_visits && self.rows.iter().any(|(no, row)| row.seats.iter().any(is_in) && self.hangs(no))
    }

    pub(crate) fn person(&self, key: &str) -> Option<PersonNo> {
        self.start.volunteer_id(key).map(|who| PersonNo(who.0))
    }

    pub(crate) fn key_of(&self, who: PersonNo) -> &str {
        &self.start.volunteer(VolunteerId(who.0)).key
    }

    /// The units of a person.
    pub(crate) fn units_of(&self, who: PersonNo) -> impl Iterator<Item = UnitId> + use<> {
        self.live.problem().units_of(VolunteerId(who.0))
    }

    fn unit_of(&self, seat: &SeatAt) -> Option<UnitId> {
        let problem = self.live.problem();
        let is_it = |&id: &UnitId| {
            let unit = problem.unit(id);
            unit.shift == seat.shift && unit.vehicle == seat.vehicle
        };
        self.units_of(seat.who).find(is_it)
    }

    /// The units of seats, each once.
    pub(crate) fn units(&self, seats: &[SeatAt]) -> Option<Vec<UnitId>> {
        let mut units = seats.iter().map(|seat| self.unit_of(seat)).collect::<Option<Vec<_>>>()?;
        units.sort_unstable();
        units.dedup();
        Some(units)
    }

    /// A seat that the plan tells of.
    fn seat_at(&self, seat: &Seat) -> SeatAt {
        let unit = self.live.problem().unit(seat.unit);
        SeatAt {
            who: PersonNo(unit.volunteer.0),
            shift: unit.shift,
            vehicle: unit.vehicle,
            role: seat.role,
            stop: seat.stop,
            start: seat.start.0,
            end: seat.end.0,
        }
    }

    /// The seats that the plan tells of.
    pub(crate) fn seats_of(&self, seats: &[Seat]) -> Vec<SeatAt> {
        let mut seats = seats.iter().map(|seat| self.seat_at(seat)).collect::<Vec<_>>();
        seats.sort_by_key(SeatAt::order);
        seats
    }

    fn count(&mut self, seat: &SeatAt, by: i32) {
        let visits = self.visits.entry((seat.who, seat.shift)).or_default();
        *visits = visits.saturating_add_signed(by);
    }

    /// It is now that late.
    pub(crate) fn set_now(&mut self, now: Moment) {
        self.now = Time(now.0).max(Time::MIN);
        self.live.set_now(self.now);
    }

    /// Changes the plan as was agreed, whatever time it is now: whoever comes may be on the way already.
    pub(crate) fn agreed<R>(&mut self, change: impl FnOnce(&mut Self) -> R) -> R {
        self.live.set_now(Time::MIN);
        let result = change(self);
        self.live.set_now(self.now);
        result
    }
}
