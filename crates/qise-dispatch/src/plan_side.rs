//! The plan that stands, and the changes that are made to it.
//!
//! Every change is told by an event that says all of it, times included, so that a replay makes the same change and asks nobody:
//! before somebody is put into a route the need is given exactly the times at which it will be served.

use qise::model::{LatLon, NeedId, Shift, Time, UnitId, VolunteerId, Window};
use qise::plan::Plan;
use qise::query::{LivePlan, LiveState, NeedInput, Seat};
use qise::{Faults, Problem};
use qise_lifecycle::{Moment, NeedNo, PersonNo};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::rows::{Row, Rows, SeatAt};

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
}

impl PlanSide {
    /// Takes over a problem and a plan. Whoever serves in the plan does so at exactly these times.
    pub(crate) fn new(start: &Problem, plan: &Plan) -> Result<Self, Faults> {
        let mut live = LivePlan::new(start, plan);
        if !plan.routes.is_empty() {
            // what of the plan breaks a rule is left out before times are settled
            let kept = live.plan();
            let stops = start.needs().iter().map(|need| need.stops.len());
            let times = settled_windows(stops, &kept);
            let settled = start.replace(|data| {
                for (need, windows) in times {
                    for (stop, window) in data.needs[need].stops.iter_mut().zip(windows) {
                        if let Some(window) = window {
                            stop.windows = vec![window];
                        }
                    }
                }
            })?;
            let (kept, _) = kept.carried(live.problem(), &settled);
            live = LivePlan::new(&settled, &kept);
        }
        let taken = live.plan();
        let mut side = Self {
            live,
            start: start.clone(),
            rows: Rows::default(),
            hangs: hanging(start),
            positions: FxHashMap::default(),
            now: Time::MIN,
            visits: FxHashMap::default(),
        };
        for need in start.standing() {
            let given = start.need(need).clone();
            side.rows.add(given.key.clone(), NeedInput::from(given), need);
        }
        side.take_over(&taken);
        for need in taken.routes.iter().flat_map(|route| &route.visits).map(|visit| visit.need) {
            side.live.agree(need);
        }
        Ok(side)
    }

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
        };
        let seats = side.rows.iter().flat_map(|(_, row)| row.seats.clone()).collect::<Vec<_>>();
        for seat in &seats {
            side.count(seat, 1);
        }
        Some(side)
    }

    /// Notes who serves what in a plan.
    fn take_over(&mut self, plan: &Plan) {
        let problem = self.live.problem().clone();
        for route in &plan.routes {
            let unit = problem.unit(route.unit);
            for visit in &route.visits {
                let stands_for = self.start.stands_for(visit.need);
                let Some(no) = self.rows.of_live(stands_for).or_else(|| self.rows.of_live(visit.need)) else {
                    continue;
                };
                if stands_for != visit.need {
                    self.rows.set_live(no, Some(visit.need));
                }
                let seat = SeatAt::of(unit, visit);
                self.count(&seat, 1);
                self.rows.get_mut(no).seats.push(seat);
            }
        }
        for no in (0..self.rows.next().0).map(NeedNo) {
            self.rows.get_mut(no).seats.sort_by_key(SeatAt::order);
        }
    }

    fn count(&mut self, seat: &SeatAt, by: i32) {
        let visits = self.visits.entry((seat.who, seat.shift)).or_default();
        *visits = visits.saturating_add_signed(by);
    }

    /// Whether a need cannot be moved by itself.
    pub(crate) fn hangs(&self, no: NeedNo) -> bool {
        self.rows.get(no).live.is_some_and(|live| self.hangs.contains(&live))
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

    /// A need may be served from now on only; false if all its windows have passed. What hangs on others stays as it is.
    pub(crate) fn freshen(&mut self, no: NeedNo, now: Moment) -> bool {
        let row = self.rows.get(no);
        let Some(live) = row.live else { return false };
        if !row.seats.is_empty() || self.hangs.contains(&live) {
            return true;
        }
        let first = row.input.need.stops.first().map_or(&[][..], |stop| &stop.windows);
        let now = Time(now.0.max(-Time::LIMIT));
        let ahead = first.iter().filter(|window| window.to >= now);
        let ahead =
            ahead.map(|window| Window { from: window.from.max(now), to: window.to }).collect::<Vec<_>>();
        if ahead.is_empty() {
            return false;
        }
        let mut need = self.live.problem().need(live).clone();
        if need.stops[0].windows != ahead {
            need.stops[0].windows = ahead;
            // A pinned start that has passed keeps its window.
            drop(self.live.change_need(live, NeedInput::from(need)));
        }
        true
    }

    /// A need has other windows, stop by stop; `None` are those of old.
    pub(crate) fn set_windows(
        &mut self,
        no: NeedNo,
        windows: Option<&[Option<Window>]>,
    ) -> Result<(), Diverged> {
        let row = self.rows.get(no);
        let live = row.live.ok_or(Diverged)?;
        let mut need = self.live.problem().need(live).clone();
        for (s, (stop, old)) in need.stops.iter_mut().zip(&row.input.need.stops).enumerate() {
            let own = windows.and_then(|windows| windows.get(s).copied().flatten());
            stop.windows = own.map_or_else(|| old.windows.clone(), |window| vec![window]);
        }
        if need == *self.live.problem().need(live) {
            return Ok(());
        }
        self.live.change_need(live, NeedInput::from(need)).map(drop).map_err(|_| Diverged)
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

    /// Whoever has these seats serves a need from here on, at these times. A crew that is not whole, or of which some have their places, is
    /// filled one by one.
    pub(crate) fn seat(&mut self, no: NeedNo, seats: &[SeatAt]) -> Result<(), Diverged> {
        self.agreed(|side| side.seat_at_once(no, seats))
    }

    fn seat_at_once(&mut self, no: NeedNo, seats: &[SeatAt]) -> Result<(), Diverged> {
        let row = self.rows.get(no);
        let live = row.live.ok_or(Diverged)?;
        let people = seats.iter().filter(|seat| seat.stop == 0).count();
        if !row.seats.is_empty() || people < row.input.need.people() {
            return self.seat_one_by_one(no, seats);
        }
        let units = self.units(seats).ok_or(Diverged)?;
        let windows = self.windows_of(no, seats);
        self.set_windows(no, Some(&windows))?;
        let taken = self.live.commit(live, &units);
        let taken = taken.map(|taken| self.seats_of(&taken)).map_err(|_| Diverged);
        if taken.as_deref() != Ok(seats) {
            if taken.is_ok() {
                self.live.withdraw(live);
            }
            self.set_windows(no, None)?;
            return Err(Diverged);
        }
        self.note_seats(no, seats);
        Ok(())
    }

    /// When a need is served by those who have these seats, stop by stop.
    pub(crate) fn windows_of(&self, no: NeedNo, seats: &[SeatAt]) -> Vec<Option<Window>> {
        (0..self.row(no).input.need.stops.len()).map(|stop| window_of(seats, stop)).collect()
    }

    /// All of them or none.
    fn seat_one_by_one(&mut self, no: NeedNo, seats: &[SeatAt]) -> Result<(), Diverged> {
        let live = self.rows.get(no).live.ok_or(Diverged)?;
        let mut taken = Vec::new();
        for seat in seats {
            let now = self
                .unit_of(seat)
                .and_then(|unit| self.live.seat(live, seat.role, unit, Some(Time(seat.start))).ok());
            taken.extend(now);
            if now.is_none_or(|now| self.seat_at(&now) != *seat) {
                for seat in taken {
                    self.live.unseat(live, seat.unit);
                }
                return Err(Diverged);
            }
        }
        self.note_seats(no, seats);
        Ok(())
    }

    fn note_seats(&mut self, no: NeedNo, seats: &[SeatAt]) {
        for seat in seats {
            self.count(seat, 1);
        }
        let own = &mut self.rows.get_mut(no).seats;
        own.extend(seats);
        own.sort_by_key(SeatAt::order);
    }

    /// These people serve a need no more; the others of the crew stay, at their times.
    pub(crate) fn unseat(&mut self, no: NeedNo, who: &[PersonNo]) -> Result<(), Diverged> {
        let row = self.rows.get(no);
        let live = row.live.ok_or(Diverged)?;
        let (leaving, staying) = row.seats.iter().partition::<Vec<SeatAt>, _>(|seat| who.contains(&seat.who));
        if self.live.seats(live).is_empty() {
            let whole = self.rows.get(no).seats.clone();
            self.live.withdraw(live);
            self.forget_seats(no);
            self.set_windows(no, None)?;
            let stays = staying.is_empty() || self.agreed(|side| side.seat_one_by_one(no, &staying)).is_ok();
            return if stays { Ok(()) } else { self.seat(no, &whole).and(Err(Diverged)) };
        }
        for seat in &leaving {
            let unit = self.unit_of(seat).ok_or(Diverged)?;
            self.live.unseat(live, unit);
            self.count(seat, -1);
        }
        let is_empty = staying.is_empty();
        self.rows.get_mut(no).seats = staying;
        if is_empty { self.set_windows(no, None) } else { Ok(()) }
    }

    /// Whether somebody can take, or give up, a place in a crew by themselves.
    pub(crate) fn fills_one_by_one(&self, no: NeedNo) -> bool {
        self.rows.get(no).live.is_some_and(|live| self.live.fills_one_by_one(live))
    }

    /// Which seats these units would have together, in the plan as it is and with the windows that the need has. Nothing has changed
    /// afterwards. `agreed`: whatever time it is now.
    pub(crate) fn try_crew(&mut self, no: NeedNo, units: &[UnitId], agreed: bool) -> Option<Vec<SeatAt>> {
        let live = self.rows.get(no).live?;
        let seats = if agreed {
            self.agreed(|side| side.live.commit(live, units))
        } else {
            self.live.commit(live, units)
        };
        let seats = self.seats_of(&seats.ok()?);
        self.live.withdraw(live);
        Some(seats)
    }

    /// The seat that somebody would take in a crew of which some have their places, or nobody has yet: nothing has changed afterwards. `agreed`:
    /// whatever time it is now.
    pub(crate) fn try_seat(
        &mut self,
        no: NeedNo,
        role: u16,
        unit: UnitId,
        start: Option<Time>,
        agreed: bool,
    ) -> Option<SeatAt> {
        let live = self.rows.get(no).live?;
        let seat = |side: &mut Self| side.live.seat(live, role, unit, start);
        let seat = if agreed { self.agreed(seat) } else { seat(self) }.ok()?;
        let taken = self.seat_at(&seat);
        self.live.unseat(live, seat.unit);
        Some(taken)
    }

    fn forget_seats(&mut self, no: NeedNo) {
        for seat in std::mem::take(&mut self.rows.get_mut(no).seats) {
            self.count(&seat, -1);
        }
    }

    /// A need comes into the plan.
    pub(crate) fn add(&mut self, input: NeedInput) -> Result<NeedNo, Faults> {
        let live = self.live.add_need(input.clone())?;
        Ok(self.rows.add(input.need.key.clone(), input, live))
    }

    /// A need that nobody serves is another from here on.
    pub(crate) fn change(&mut self, no: NeedNo, input: NeedInput) -> Result<(), Faults> {
        if let Some(live) = self.rows.get(no).live {
            let live = self.live.change_need(live, input.clone())?;
            self.rows.set_live(no, Some(live));
        }
        self.rows.get_mut(no).input = input;
        Ok(())
    }

    /// The plan knows a need no more.
    pub(crate) fn vacate(&mut self, no: NeedNo) {
        self.forget_seats(no);
        if let Some(live) = self.rows.get(no).live
            && !self.hangs.contains(&live)
        {
            drop(self.live.cancel_need(live));
            self.rows.set_live(no, None);
        }
    }

    /// The plan knows a need again, which nobody serves.
    pub(crate) fn renew(&mut self, no: NeedNo) -> Result<(), Faults> {
        self.vacate(no);
        if self.rows.get(no).live.is_none() {
            let live = self.live.add_need(self.rows.get(no).input.clone())?;
            self.rows.set_live(no, Some(live));
        }
        Ok(())
    }

    /// Somebody is present, and where.
    pub(crate) fn on_duty(&mut self, who: PersonNo, shift: Shift, at: Option<LatLon>) -> Result<(), Faults> {
        let id = VolunteerId(who.0);
        let number = self.live.add_shift(id, shift)?;
        if let Some(at) = at {
            self.live.set_position(id, number, at)?;
        }
        Ok(())
    }

    /// Somebody is in none of these shifts. `is_open` tells which needs still ask for something.
    pub(crate) fn off_duty(
        &mut self,
        who: PersonNo,
        shifts: &[u32],
        is_open: impl Fn(NeedNo) -> bool,
    ) -> Result<(), Faults> {
        for &shift in shifts {
            let lost = self.live.change_shift(VolunteerId(who.0), shift as usize, None)?;
            for no in lost.into_iter().filter_map(|live| self.rows.of_live(live)).collect::<Vec<_>>() {
                let is_left = |seat: &SeatAt| seat.who != who || seat.shift != shift;
                let staying = self.rows.get(no).seats.iter().copied().filter(is_left).collect::<Vec<_>>();
                let is_split = self.rows.get(no).live.is_some_and(|live| !self.live.seats(live).is_empty());
                self.forget_seats(no);
                if is_split {
                    // the others have kept their places
                    self.note_seats(no, &staying);
                } else if is_open(no) {
                    let _ = self.set_windows(no, None);
                    let _ = self.agreed(|side| side.seat_one_by_one(no, &staying));
                } else {
                    // what is done asks for nobody any more
                    self.vacate(no);
                }
            }
        }
        Ok(())
    }

    /// The shift in which somebody who has no visit in it can be elsewhere at a moment.
    pub(crate) fn free_shift(&self, who: PersonNo, now: Moment) -> Option<u32> {
        let shifts = &self.live.problem().volunteer(VolunteerId(who.0)).shifts;
        let is_on = |shift: &Shift| shift.start.0 <= now.0 && now.0 < shift.end.0;
        let number = shifts.iter().position(is_on)? as u32;
        let visits = self.visits.get(&(who, number)).copied().unwrap_or(0);
        (visits == 0).then_some(number)
    }

    /// Somebody is somewhere. In a shift without a visit they start from there, and not before now.
    pub(crate) fn position(
        &mut self,
        who: PersonNo,
        at: LatLon,
        now: Moment,
        shift: Option<u32>,
    ) -> Result<(), Faults> {
        self.positions.insert(who, Position { at, since: now });
        let Some(number) = shift else { return Ok(()) };
        let id = VolunteerId(who.0);
        let mut own = self.live.problem().volunteer(id).shifts[number as usize].clone();
        own.start = Time(now.0).max(own.start);
        // Breaks may bind the shift to its old start.
        drop(self.live.change_shift(id, number as usize, Some(own)));
        self.live.set_position(id, number as usize, at)?;
        Ok(())
    }

    pub(crate) fn row(&self, no: NeedNo) -> &Row {
        self.rows.get(no)
    }
}

/// From the first start at a stop to the last.
fn window_of(seats: &[SeatAt], stop: usize) -> Option<Window> {
    let starts = || seats.iter().filter(|seat| usize::from(seat.stop) == stop).map(|seat| Time(seat.start));
    Some(Window { from: starts().min()?, to: starts().max()? })
}

/// The times at which a plan serves needs, stop by stop.
fn settled_windows(stops: impl Iterator<Item = usize>, plan: &Plan) -> Vec<(usize, Vec<Option<Window>>)> {
    let mut all = stops.map(|count| vec![None::<Window>; count]).collect::<Vec<_>>();
    for visit in plan.routes.iter().flat_map(|route| &route.visits) {
        let own = all.get_mut(visit.need.index()).and_then(|stops| stops.get_mut(usize::from(visit.stop)));
        if let Some(own) = own {
            let (from, to) = own.map_or((visit.start, visit.start), |own| {
                (own.from.min(visit.start), own.to.max(visit.start))
            });
            *own = Some(Window { from, to });
        }
    }
    let mut settled = all.into_iter().enumerate().collect::<Vec<_>>();
    settled.retain(|(_, windows)| windows.iter().any(Option::is_some));
    settled
}

/// The needs of a problem that something else speaks of.
fn hanging(problem: &Problem) -> FxHashSet<NeedId> {
    let links = problem.links().iter().flat_map(|link| [link.from, link.to]);
    let ways = problem.choices().iter().flatten().copied();
    let groups = problem.makespans().iter().flat_map(|group| group.needs.iter().copied());
    let told = problem.need_ids().filter(|&need| !problem.told(need).is_empty());
    links.chain(ways).chain(groups).chain(told).collect()
}
