//! People come on duty and leave, and say where they are.

use qise::Faults;
use qise::model::{LatLon, RouteEnd, Seconds, Shift, Time, VolunteerId};
use qise_lifecycle::{Moment, NeedNo, PersonNo};

use super::{PlanSide, Position};
use crate::rows::SeatAt;

impl PlanSide {
    /// Somebody is present, and where.
    pub(crate) fn on_duty(
        &mut self,
        who: PersonNo,
        shift: Shift,
        at: Option<LatLon>,
        now: Moment,
    ) -> Result<(), Faults> {
        let id = VolunteerId(who.0);
        let number = self.live.add_shift(id, shift)?;
        if let Some(at) = at {
            self.positions.insert(who, Position { at, since: now });
            self.live.set_position(id, number, at)?;
        }
        Ok(())
    }

    /// Somebody leaves these shifts. What they have served in them stays in the plan: such a shift ends now, others are not worked at all.
    /// `is_open` tells which needs still ask for something.
    pub(crate) fn off_duty(
        &mut self,
        who: PersonNo,
        shifts: &[u32],
        now: Moment,
        is_open: impl Fn(NeedNo) -> bool,
    ) -> Result<(), Faults> {
        for &shift in shifts {
            let left = self.served_until_now(who, shift, now);
            let lost = self.live.change_shift(VolunteerId(who.0), shift as usize, left)?;
            for no in lost.into_iter().filter_map(|live| self.rows.of_live(live)).collect::<Vec<_>>() {
                let is_left = |seat: &SeatAt| seat.who != who || seat.shift != shift;
                let staying = self.rows.get(no).seats.iter().copied().filter(is_left).collect::<Vec<_>>();
                self.forget_seats(no);
                if is_open(no) {
                    // The others have kept their places, or are put back with all that was lost.
                    self.note_seats(no, &staying);
                } else {
                    // what is done asks for nobody any more
                    self.vacate(no);
                }
            }
        }
        Ok(())
    }

    /// A shift that ends now; with the last of its visits where that is later, or once a vehicle and what was borrowed are back. `None` if
    /// there are no visits.
    fn served_until_now(&mut self, who: PersonNo, shift: u32, now: Moment) -> Option<Shift> {
        self.visits.get(&(who, shift)).filter(|&&visits| visits > 0)?;
        let mut left = self.live.problem().volunteer(VolunteerId(who.0)).shifts.get(shift as usize)?.clone();
        (left.to, left.end, left.overtime) = (RouteEnd::Anywhere, Time(now.0), Seconds::ZERO);
        left.breaks.clear();
        for id in self.units_of(who).collect::<Vec<_>>() {
            let unit = self.live.problem().unit(id);
            if unit.shift != shift {
                continue;
            }
            let is_brought_back = unit.vehicle.is_some();
            let route = self.live.route(id);
            let Some(last) = route.visits.last() else { continue };
            let end = if is_brought_back || !route.calls.is_empty() { route.finish } else { last.end };
            left.end = left.end.max(end);
        }
        Some(left)
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
}
