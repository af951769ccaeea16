//! Needs come, change and go, and have other times.

use qise::Faults;
use qise::model::{Need, Promise, Seconds, StartGap, Time, VolunteerId, Window};
use qise::query::NeedInput;
use qise_lifecycle::{Moment, NeedNo};

use super::{Diverged, PlanSide};
use crate::rows::SeatAt;

impl PlanSide {
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
        let need = self.asking(no, windows)?;
        self.put(no, need)
    }

    /// A need is served at the times of these seats, whatever it asks for: what has happened is no fault of the plan. `with_goods`: what it
    /// asks for is brought.
    pub(super) fn set_times(
        &mut self,
        no: NeedNo,
        seats: &[SeatAt],
        with_goods: bool,
    ) -> Result<(), Diverged> {
        let keeps = |promise: &Promise| {
            let starts = || seats.iter().filter(|seat| seat.stop == 0).map(|seat| Time(seat.start));
            let ends = || seats.iter().map(|seat| Time(seat.end));
            promise.start_by.is_none_or(|by| starts().all(|start| start <= by))
                && promise.finish_by.is_none_or(|by| ends().all(|end| end <= by))
        };
        let keeps = self.rows.get(no).input.need.promise.as_ref().is_none_or(keeps);
        let windows = self.windows_of(no, seats);
        self.set_visits(no, &windows, seats, keeps)?;
        if with_goods || self.rows.get(no).input.need.goods.is_empty() {
            return Ok(());
        }
        let live = self.rows.get(no).live.ok_or(Diverged)?;
        let mut need = self.live.problem().need(live).clone();
        need.goods.clear();
        self.put(no, need)
    }

    /// A need starts just when these seats do.
    pub(super) fn set_starts(&mut self, no: NeedNo, seats: &[SeatAt]) -> Result<(), Diverged> {
        let mut need = self.asking(no, Some(&self.windows_of(no, seats)))?;
        hold_roles(&mut need, seats);
        self.put(no, need)
    }

    /// A need is served in these windows, stop by stop, by each of these people for as long as their seats say. A hard promise that is not
    /// kept binds nobody any more; how late a soft one is stays known.
    pub(super) fn set_visits(
        &mut self,
        no: NeedNo,
        windows: &[Option<Window>],
        seats: &[SeatAt],
        keeps_promise: bool,
    ) -> Result<(), Diverged> {
        let mut need = self.asking(no, Some(windows))?;
        need.promise = need.promise.filter(|promise| !promise.hard || keeps_promise);
        if windows.iter().zip(self.windows_of(no, seats)).all(|(one, other)| *one == other) {
            hold_roles(&mut need, seats);
        }
        // How long each stop of a ride takes a person cannot be said.
        let seats = if need.stops.len() == 1 { seats } else { &[] };
        let problem = self.live.problem();
        for seat in seats {
            let who = VolunteerId(seat.who.0);
            let served = Seconds(seat.end - seat.start);
            let role = need.roles.get_mut(usize::from(seat.role)).ok_or(Diverged)?;
            let own = role.service_by.iter().find(|(other, _)| *other == who);
            let ordinary = role.service.unwrap_or(need.stops[0].service);
            let usual = own.map_or_else(|| problem.volunteer(who).paced(ordinary), |&(_, own)| own);
            if usual != served {
                role.service_by.retain(|(other, _)| *other != who);
                role.service_by.push((who, served));
            }
        }
        self.put(no, need)
    }

    /// The need as the plan has it, but with nothing that is known of its visits, and with these windows.
    fn asking(&self, no: NeedNo, windows: Option<&[Option<Window>]>) -> Result<Need, Diverged> {
        let row = self.rows.get(no);
        let asked = &row.input.need;
        let mut need = self.live.problem().need(row.live.ok_or(Diverged)?).clone();
        need.promise.clone_from(&asked.promise);
        need.gaps.clone_from(&asked.gaps);
        need.goods.clone_from(&asked.goods);
        for (role, asked) in need.roles.iter_mut().zip(&asked.roles) {
            role.service_by.clone_from(&asked.service_by);
        }
        for (s, (stop, asked)) in need.stops.iter_mut().zip(&asked.stops).enumerate() {
            let own = windows.and_then(|windows| windows.get(s).copied().flatten());
            stop.windows = own.map_or_else(|| asked.windows.clone(), |window| vec![window]);
        }
        Ok(need)
    }

    fn put(&mut self, no: NeedNo, need: Need) -> Result<(), Diverged> {
        let live = self.rows.get(no).live.ok_or(Diverged)?;
        if need == *self.live.problem().need(live) {
            return Ok(());
        }
        self.live.change_need(live, NeedInput::from(need)).map(drop).map_err(|_| Diverged)
    }
}

/// Roles that may start apart start as these seats do.
pub(super) fn hold_roles(need: &mut Need, seats: &[SeatAt]) {
    if need.gaps.is_empty() && need.overlaps.is_empty() {
        return;
    }
    let start = |role: usize| seats.iter().find(|seat| usize::from(seat.role) == role && seat.stop == 0);
    let starts = (0..need.roles.len()).map(|role| start(role).map(|seat| Time(seat.start)));
    if let Some(starts) = starts.collect::<Option<Vec<_>>>() {
        need.gaps = StartGap::exact(&starts);
    }
}
