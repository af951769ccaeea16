//! People take their places in the plan and give them up.

use qise::model::{Time, UnitId, Window};
use qise_lifecycle::{NeedNo, PersonNo};

use super::{Diverged, PlanSide};
use crate::rows::SeatAt;

impl PlanSide {
    /// Whoever has these seats serves a need from here on, at these times. A crew that is not whole, or of which some have their places, is
    /// filled one by one.
    pub(crate) fn seat(&mut self, no: NeedNo, seats: &[SeatAt]) -> Result<(), Diverged> {
        self.agreed(|side| side.seat_at_once(no, seats))
    }

    fn seat_at_once(&mut self, no: NeedNo, seats: &[SeatAt]) -> Result<(), Diverged> {
        if !self.is_whole(no, seats) {
            return self.seat_one_by_one(no, seats);
        }
        self.set_starts(no, seats)?;
        self.seat_together(no, seats)
    }

    /// Whoever has these seats serves a need at these times, whatever it asks for.
    pub(crate) fn seat_as(&mut self, no: NeedNo, seats: &[SeatAt]) -> Result<(), Diverged> {
        self.seat_with(no, seats, true)
    }

    /// The same, with what the need asks to be brought or without it.
    pub(super) fn seat_with(
        &mut self,
        no: NeedNo,
        seats: &[SeatAt],
        with_goods: bool,
    ) -> Result<(), Diverged> {
        let seated = self.set_times(no, seats, with_goods).and_then(|()| {
            self.agreed(|side| {
                if side.is_whole(no, seats) {
                    side.seat_together(no, seats)
                } else {
                    side.seat_one_by_one(no, seats)
                }
            })
        });
        if seated.is_err() && self.rows.get(no).seats.is_empty() {
            self.set_windows(no, None)?;
        }
        seated
    }

    /// Whether these are all whom a need asks for that nobody serves yet.
    fn is_whole(&self, no: NeedNo, seats: &[SeatAt]) -> bool {
        let row = self.rows.get(no);
        let people = seats.iter().filter(|seat| seat.stop == 0).count();
        row.seats.is_empty() && people >= row.input.need.people()
    }

    /// All at once, where the need has these times already.
    fn seat_together(&mut self, no: NeedNo, seats: &[SeatAt]) -> Result<(), Diverged> {
        let live = self.rows.get(no).live.ok_or(Diverged)?;
        let crew = seats.iter().map(|seat| Some((seat.role, self.unit_of(seat)?)));
        let crew = crew.collect::<Option<Vec<_>>>().ok_or(Diverged)?;
        let taken = self.live.commit_in_roles(live, &crew);
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

    /// All of them or none. A crew that is whole by then is served as one: so it does not matter in which order its people came.
    pub(super) fn seat_one_by_one(&mut self, no: NeedNo, seats: &[SeatAt]) -> Result<(), Diverged> {
        self.seat_in_turn(no, seats)?;
        let row = self.rows.get(no);
        let all = row.seats.clone();
        if all.len() < row.input.need.people() || !self.is_split(no) {
            return Ok(());
        }
        self.give_up_places(no, &all);
        self.forget_seats(no);
        let is_one = self.set_times(no, &all, true).and_then(|()| self.seat_together(no, &all)).is_ok();
        if is_one { Ok(()) } else { self.seat_in_turn(no, &all) }
    }

    fn seat_in_turn(&mut self, no: NeedNo, seats: &[SeatAt]) -> Result<(), Diverged> {
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

    fn give_up_places(&mut self, no: NeedNo, seats: &[SeatAt]) {
        let Some(live) = self.rows.get(no).live else { return };
        for seat in seats {
            if let Some(unit) = self.unit_of(seat) {
                self.live.unseat(live, unit);
            }
        }
    }

    pub(super) fn note_seats(&mut self, no: NeedNo, seats: &[SeatAt]) {
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
            let stays = staying.is_empty() || self.seat_as(no, &staying).is_ok();
            return if stays { Ok(()) } else { self.seat_as(no, &whole).and(Err(Diverged)) };
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

    /// Whether some of a crew have come one by one.
    pub(crate) fn is_split(&self, no: NeedNo) -> bool {
        self.rows.get(no).live.is_some_and(|live| !self.live.seats(live).is_empty())
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
            self.agreed(|side| side.live.try_commit(live, units))
        } else {
            self.live.try_commit(live, units)
        };
        Some(self.seats_of(&seats.ok()?))
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
        let kept = if self.live.has_calls(unit) { self.live.keep_routes() } else { None };
        let seat = |side: &mut Self| side.live.seat(live, role, unit, start);
        let seat = if agreed { self.agreed(seat) } else { seat(self) }.ok()?;
        let taken = self.seat_at(&seat);
        self.live.unseat(live, seat.unit);
        // Calls at depots are where they were.
        if let Some(kept) = kept.filter(|kept| !self.live.is_as_kept(kept)) {
            self.live.bring_back(&kept);
        }
        Some(taken)
    }

    pub(super) fn forget_seats(&mut self, no: NeedNo) {
        for seat in std::mem::take(&mut self.rows.get_mut(no).seats) {
            self.count(&seat, -1);
        }
    }
}

/// From the first start at a stop to the last.
fn window_of(seats: &[SeatAt], stop: usize) -> Option<Window> {
    let starts = || seats.iter().filter(|seat| usize::from(seat.stop) == stop).map(|seat| Time(seat.start));
    Some(Window { from: starts().min()?, to: starts().max()? })
}
