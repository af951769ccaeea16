//! Carries commands out: decided first, so that a refusal changes nothing.

use qise::model::{LatLon, Shift, Time};
use qise_lifecycle::{
    Command as Ask, Event, Moment, NeedNo, OfferNo, Outcome as Led, PersonNo, Raised, Seconds,
};
use serde_json::Value;

use crate::command::Command;
use crate::engine::{Done, Engine};
use crate::events::{Happened, PlanEvent, written};
use crate::facts::facts_of;
use crate::follow::Fact;
use crate::outcome::{Nothing, OffDuty, Outcome, Released, Seated, Taken};
use crate::planning::{Obstacle, Planner, shifts_of};
use crate::refusal::Refusal;

impl Engine {
    pub(crate) fn perform(&mut self, at: Moment, command: &Command) -> Result<Done, Refusal> {
        use Command as C;
        match command {
            C::AddNeed { need } => self.add_need(at, need, None),
            C::Raise { need, by, during } => {
                let by = self.person(by)?;
                let during = during.as_ref().map(|need| self.need(need)).transpose()?;
                self.add_need(at, need, Some(Raised { by, during }))
            }
            C::ChangeNeed { need } => self.change_need(at, need),
            C::CancelNeed { need, reason } => {
                let need = self.need(need)?;
                self.machine(at, &Ask::CancelNeed { need, reason: *reason })
            }
            C::Reopen { need, reason } => self.reopen(at, need, *reason),
            C::Offer { need, who, role, expires_s } => {
                let (need, who) = (self.need(need)?, self.person(who)?);
                self.machine(at, &Ask::Offer { need, who, role: *role, expires: Seconds(*expires_s) })
            }
            C::Accept { offer } => self.machine(at, &Ask::Accept { offer: OfferNo(*offer) }),
            C::Decline { offer, reason } => {
                self.machine(at, &Ask::Decline { offer: OfferNo(*offer), reason: *reason })
            }
            C::Commit { need, who } => {
                let who = who.iter().map(|who| self.person(who)).collect::<Result<_, _>>()?;
                let need = self.need(need)?;
                self.machine(at, &Ask::Commit { need, who })
            }
            C::Withdraw { need, who } => {
                let (need, who) = (self.need(need)?, self.person(who)?);
                self.machine(at, &Ask::Withdraw { need, who })
            }
            C::NoShow { need, who } => {
                let (need, who) = (self.need(need)?, self.person(who)?);
                self.machine(at, &Ask::NoShow { need, who })
            }
            C::Depart { need, who, stop } => {
                let (need, who, stop) = (self.need(need)?, self.person(who)?, *stop);
                let done = self.machine(at, &Ask::Depart { need, who, stop })?;
                Ok(self.follow(at, Fact::Left, (need, who, stop), done))
            }
            C::Arrive { need, who, stop } => {
                let (need, who, stop) = (self.need(need)?, self.person(who)?, *stop);
                let done = self.machine(at, &Ask::Arrive { need, who, stop })?;
                Ok(self.follow(at, Fact::Came, (need, who, stop), done))
            }
            C::Done { need, who, stop } => {
                let (need, who, stop) = (self.need(need)?, self.person(who)?, *stop);
                let done = self.machine(at, &Ask::Done { need, who, stop })?;
                Ok(self.follow(at, Fact::Ended, (need, who, stop), done))
            }
            C::Rate { need, stars, text } => self.rate(at, need, *stars, text.as_deref()),
            C::Hold { need, reason, until } => {
                let (no, until) = (self.need(need)?, Moment(self.time(until)?.0));
                self.machine(at, &Ask::Hold { need: no, reason: *reason, until })
            }
            C::LoanBack { need } => {
                let need = self.need(need)?;
                self.machine(at, &Ask::LoanBack { need })
            }
            C::OnDuty { who, from, until, lat, lon } => self.on_duty(at, who, (from, until), (*lat, *lon)),
            C::OffDuty { who } => self.off_duty(at, who),
            C::Position { who, lat, lon } => self.position(at, who, *lat, *lon),
            C::Tick {} => self.machine(at, &Ask::Tick),
            C::Stock { depot, good, amount } => self.stock(at, depot, good, *amount),
            C::Replan { .. } => self.replan(at, command),
        }
    }

    /// A command that is the machines' own: they decide, the plan follows.
    fn machine(&mut self, at: Moment, ask: &Ask) -> Result<Done, Refusal> {
        let mut planner = Planner::new(&mut self.side);
        let decided = self.life.decide(at, ask, &mut planner);
        let (chosen, weighed) = (std::mem::take(&mut planner.chosen), std::mem::take(&mut planner.weighed));
        let decision = decided.map_err(|refusal| self.refused(&refusal))?;
        self.check_leaving(&decision.events)?;

        let mut happened = self.leave_for(&decision.events);
        let mut is_asked = false;
        for event in &decision.events {
            let no = match *event {
                Event::Offered { need, .. } => {
                    is_asked = true;
                    Some(need)
                }
                Event::Accepted { offer, .. } => self.life.offer(offer).map(|offer| offer.need),
                Event::Committed { need, .. } => Some(need),
                _ => None,
            };
            let Some(no) = no else { continue };
            happened.extend(weighed.iter().map(|weighed| Happened::Plan(weighed.event(&self.side, no))));
            if !is_asked {
                happened.push(self.seat(no, &chosen)?);
            }
            break;
        }
        let mut outcome = self.outcome(&decision.outcome);
        if let Outcome::Committed { committed: taken } | Outcome::Changed { changed: taken } = &mut outcome {
            taken.seats.extend(decision.events.iter().find_map(|event| self.accepted(event)));
        }
        for event in decision.events {
            self.life.apply(at, &event).expect("what was decided can be applied");
            happened.push(Happened::Life(event));
        }
        Ok(Done { outcome, events: happened })
    }

    /// The place of whoever has accepted an offer.
    fn accepted(&self, event: &Event) -> Option<Seated> {
        let Event::Accepted { offer, start } = *event else { return None };
        let asked = self.life.offer(offer)?;
        let (who, start) = (self.side.key_of(asked.who).to_owned(), self.reader.zone().format(Time(start.0)));
        Some(Seated { who, role: asked.role, start })
    }

    /// Seats people in the plan. The first thing that happens, so that nothing has changed where it fails.
    pub(crate) fn seat(&mut self, no: NeedNo, seats: &[crate::rows::SeatAt]) -> Result<Happened, Refusal> {
        self.side.seat(no, seats).map_err(|_| {
            let who = seats.first().map_or(PersonNo(0), |seat| seat.who);
            Obstacle::Unfit(who).refusal(|who| self.side.key_of(who))
        })?;
        let event =
            PlanEvent::Seated { need: self.side.row(no).key.clone(), seats: written(&self.side, seats) };
        Ok(Happened::Plan(event))
    }

    /// These people serve a need no more.
    pub(crate) fn unseat(&mut self, no: NeedNo, who: &[PersonNo]) -> Option<Happened> {
        self.side.unseat(no, who).ok()?;
        let who = who.iter().map(|&who| self.side.key_of(who).to_owned()).collect();
        Some(Happened::Plan(PlanEvent::Unseated { need: self.side.row(no).key.clone(), who }))
    }

    /// Whether the plan can follow those who give up their places: nothing hangs on them, and where only some leave the others can stay.
    fn check_leaving(&self, events: &[Event]) -> Result<(), Refusal> {
        let name = |who: PersonNo| self.side.key_of(who);
        for (no, leaving) in leaving(events) {
            let row = self.side.row(no);
            let is_leaving = |who: PersonNo| leaving.contains(&who);
            if !row.seats.iter().any(|seat| is_leaving(seat.who)) {
                continue;
            }
            if self.side.hangs(no) {
                return Err(Obstacle::Hangs.refusal(name));
            }
            if !row.seats.iter().all(|seat| is_leaving(seat.who)) && !self.side.fills_one_by_one(no) {
                return Err(Obstacle::Partial.refusal(name));
            }
        }
        let reopened = events.iter().any(|event| match *event {
            Event::NeedReopened { need, .. } => self.side.hangs(need),
            _ => false,
        });
        if reopened { Err(Obstacle::Hangs.refusal(name)) } else { Ok(()) }
    }

    /// The plan follows those who give up their places, and needs that end.
    pub(crate) fn leave_for(&mut self, events: &[Event]) -> Vec<Happened> {
        let mut happened = Vec::new();
        for (no, leaving) in leaving(events) {
            let is_leaving = |who: PersonNo| leaving.contains(&who);
            let seats = &self.side.row(no).seats;
            let is_whole = seats.iter().all(|seat| is_leaving(seat.who));
            let can_leave = !self.side.hangs(no) && (is_whole || self.side.fills_one_by_one(no));
            if seats.iter().any(|seat| is_leaving(seat.who)) && can_leave {
                happened.extend(self.unseat(no, &leaving));
            }
        }
        for event in events {
            let (Event::NeedCancelled { need, .. }
            | Event::NeedRejected { need, .. }
            | Event::NeedExpired { need }) = *event
            else {
                continue;
            };
            if self.side.row(need).live.is_some() && !self.side.hangs(need) {
                self.side.vacate(need);
                happened.push(Happened::Plan(PlanEvent::Vacated { need: self.side.row(need).key.clone() }));
            }
        }
        happened
    }

    fn add_need(&mut self, at: Moment, document: &Value, raised: Option<Raised>) -> Result<Done, Refusal> {
        let input = self.reader.read(self.side.live.problem(), document.to_string().as_bytes())?;
        let key = &input.need.key;
        if self.side.rows.find(key).is_some() {
            let words = qise::text!("there is a need {key:?} already", "已有需求 {key:?}");
            return Err(Refusal::new("duplicate_key", words));
        }
        let no = self.side.rows.next();
        let facts = facts_of(self.side.live.problem(), &input.need, at);
        let ask = Ask::AddNeed { need: no, facts, released: at, raised };
        let mut planner = Planner::new(&mut self.side);
        let decided = self.life.decide(at, &ask, &mut planner);
        let decision = decided.map_err(|refusal| self.refused_of(&refusal, Some(&input.need.key)))?;
        self.side.add(input)?;
        let mut happened = vec![Happened::Plan(PlanEvent::Asked { need: document.clone() })];
        self.apply(at, decision.events, &mut happened);
        Ok(Done { outcome: Outcome::noted(), events: happened })
    }

    /// Applies what was decided.
    pub(crate) fn apply(&mut self, at: Moment, events: Vec<Event>, happened: &mut Vec<Happened>) {
        for event in events {
            self.life.apply(at, &event).expect("what was decided can be applied");
            happened.push(Happened::Life(event));
        }
    }

    fn reopen(
        &mut self,
        at: Moment,
        key: &str,
        reason: qise_lifecycle::ReopenReason,
    ) -> Result<Done, Refusal> {
        let no = self.need(key)?;
        self.side.row(no).input.check(self.side.live.problem())?;
        let deadline = facts_of(self.side.live.problem(), &self.side.row(no).input.need, at)
            .deadline
            .filter(|deadline| *deadline > at);
        let mut done = self.machine(at, &Ask::Reopen { need: no, reason, deadline })?;
        self.side.renew(no)?;
        done.events.push(Happened::Plan(PlanEvent::Renewed { need: key.to_owned() }));
        Ok(done)
    }

    fn rate(&mut self, at: Moment, key: &str, stars: u8, text: Option<&str>) -> Result<Done, Refusal> {
        let no = self.need(key)?;
        let mut done = self.machine(at, &Ask::Rate { need: no, stars })?;
        if let Some(text) = text {
            let event = PlanEvent::Said { need: key.to_owned(), text: text.to_owned() };
            done.events.push(Happened::Plan(event));
        }
        Ok(done)
    }

    fn on_duty(
        &mut self,
        at: Moment,
        key: &str,
        (from, until): (&str, &str),
        (lat, lon): (Option<f64>, Option<f64>),
    ) -> Result<Done, Refusal> {
        let who = self.person(key)?;
        // whoever says so too late is present from now on
        let (start, end) = (self.time(from)?.max(Time(at.0)), self.time(until)?);
        if end <= start {
            let words = qise::text!(
                "{until:?} is not after {from:?} and now",
                "{until:?} 须晚于 {from:?} 和当前时刻"
            );
            return Err(Refusal::new("shift_conflict", words));
        }
        let there = match (lat, lon) {
            (None, None) => None,
            (Some(lat), Some(lon)) => Some(self.coordinate(lat, lon)?),
            _ => {
                let words = qise::text!("both lat and lon, or neither", "lat 与 lon 须同时给出或都不给");
                return Err(Refusal::new("bad_coordinate", words));
            }
        };
        let meets = |shift: &Shift| start < shift.latest_end() && shift.start < end;
        if let Some((_, shift)) = shifts_of(&self.side, who).find(|(_, shift)| meets(shift)) {
            let zone = self.reader.zone();
            let (from, to) = (zone.moment(shift.start), zone.moment(shift.end));
            let words =
                qise::text!("{key} is on duty from {from} to {to} already", "{key} 在 {from} 至 {to} 已在岗");
            return Err(Refusal::new("shift_conflict", words));
        }
        let day = self.reader.zone().day(start);
        self.side.on_duty(who, Shift::new(start, end, day), there, at)?;
        let event = PlanEvent::OnDuty {
            who: key.to_owned(),
            start: start.0,
            end: end.0,
            day,
            at: there.map(|there| (there.lat(), there.lon())),
        };
        Ok(Done { outcome: Outcome::noted(), events: vec![Happened::Plan(event)] })
    }

    fn off_duty(&mut self, at: Moment, key: &str) -> Result<Done, Refusal> {
        let who = self.person(key)?;
        let is_on = |shift: &Shift| shift.start.0 <= at.0 && at.0 < shift.latest_end().0;
        let is_ahead = |shift: &Shift| shift.start.0 > at.0;
        let shifts = shifts_of(&self.side, who);
        let present = shifts.filter(|(_, shift)| is_on(shift)).map(|(n, shift)| (n, shift.latest_end()));
        let present = present.collect::<Vec<_>>();
        let until = present.iter().map(|&(_, end)| Moment(end.0)).max();
        let numbers = if present.is_empty() {
            shifts_of(&self.side, who)
                .filter(|(_, shift)| is_ahead(shift))
                .map(|(n, _)| n)
                .collect::<Vec<_>>()
        } else {
            present.iter().map(|&(n, _)| n).collect()
        };
        if self.side.hangs_in(who, &numbers) {
            return Err(Obstacle::Hangs.refusal(|who| self.side.key_of(who)));
        }
        let mut done = self.machine(at, &Ask::OffDuty { who, until })?;
        let life = &self.life;
        let is_open = |no: NeedNo| life.need(no).is_some_and(|need| need.state.is_open());
        self.side.off_duty(who, &numbers, at, is_open)?;
        done.events.push(Happened::Plan(PlanEvent::OffDuty { who: key.to_owned(), shifts: numbers }));
        Ok(done)
    }

    fn position(&mut self, at: Moment, key: &str, lat: f64, lon: f64) -> Result<Done, Refusal> {
        let (who, there) = (self.person(key)?, self.coordinate(lat, lon)?);
        let shift = self.side.free_shift(who, at);
        self.side.position(who, there, at, shift)?;
        let (lat, lon) = (there.lat(), there.lon());
        let event = PlanEvent::Position { who: key.to_owned(), lat, lon, shift };
        Ok(Done { outcome: Outcome::noted(), events: vec![Happened::Plan(event)] })
    }

    fn coordinate(&self, lat: f64, lon: f64) -> Result<LatLon, Refusal> {
        let there = LatLon::new(lat, lon).map(|there| self.reader.datum().to_wgs84(there));
        there.ok_or_else(|| {
            let words = qise::text!(
                "lat from -90 to 90 and lon from -180 to 180, not {lat} and {lon}",
                "lat 应为 -90 至 90,lon 应为 -180 至 180，现为 {lat}、{lon}"
            );
            Refusal::new("bad_coordinate", words)
        })
    }

    /// What the machines answer, by ids.
    pub(crate) fn outcome(&self, led: &Led) -> Outcome {
        let time = |moment: Moment| self.reader.zone().format(Time(moment.0));
        let key = |who: &PersonNo| self.side.key_of(*who).to_owned();
        match led {
            Led::Noted => Outcome::noted(),
            Led::Offered { offer, start, expires } => {
                Outcome::Offered { offer: offer.0, start: time(*start), expires: time(*expires) }
            }
            Led::Committed { start, missing } => Outcome::Committed {
                committed: Taken { start: time(*start), missing: *missing, seats: Vec::new() },
            },
            Led::Changed { start, missing } => Outcome::Changed {
                changed: Taken { start: time(*start), missing: *missing, seats: Vec::new() },
            },
            Led::Filled => Outcome::Filled { filled: Nothing {} },
            Led::Crew { seats, missing } => {
                let start = seats.iter().map(|seat| seat.start).min().unwrap_or(self.now);
                let seat = |seat: &qise_lifecycle::Seat| Seated {
                    who: key(&seat.who),
                    role: seat.role,
                    start: time(seat.start),
                };
                let seats = seats.iter().map(seat).collect();
                Outcome::Committed { committed: Taken { start: time(start), missing: *missing, seats } }
            }
            Led::Released { who, missing } => Outcome::Released {
                released: Released { who: who.iter().map(key).collect(), missing: *missing },
            },
            Led::OffDuty { needs } => Outcome::OffDuty {
                off_duty: OffDuty {
                    needs: needs.iter().map(|&need| self.side.row(need).key.clone()).collect(),
                },
            },
        }
    }
}

/// Who gives up a place, by need.
fn leaving(events: &[Event]) -> Vec<(NeedNo, Vec<PersonNo>)> {
    let mut leaving: Vec<(NeedNo, Vec<PersonNo>)> = Vec::new();
    for event in events {
        if let Event::Released { need, who, .. }
        | Event::NoShow { need, who }
        | Event::StoodDown { need, who } = *event
        {
            match leaving.iter_mut().find(|(no, _)| *no == need) {
                Some((_, people)) => people.push(who),
                None => leaving.push((need, vec![who])),
            }
        }
    }
    leaving
}
