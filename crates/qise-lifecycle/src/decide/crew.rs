//! Places given without an offer, and places given up.

use crate::answer::{Decision, Outcome, Refusal};
use crate::base::{Moment, NeedNo, PersonNo};
use crate::conflict::Conflict;
use crate::event::{Event, EventKind};
use crate::lifecycle::Lifecycle;
use crate::machine::AssignmentState;
use crate::planning::{Planning, Seat};
use crate::reason::{ReleaseReason, WithdrawReason};

impl Lifecycle {
    pub(super) fn commit<P: Planning>(
        &self,
        at: Moment,
        no: NeedNo,
        who: &[PersonNo],
        planning: &mut P,
    ) -> Result<Decision, Refusal<P::Obstacle>> {
        self.step(no, EventKind::Committed)?;
        self.check_named(no, who)?;
        let seats = planning.crew(at, no, who).map_err(Refusal::Obstacle)?;
        self.check_seats(no, who, &seats)?;

        let need = &self.needs[no.index()];
        let mut events = Vec::with_capacity(seats.len());
        for seat in &seats {
            let reason = WithdrawReason::Revoked;
            events.extend(self.open_offer(no, seat.who).map(|offer| Event::OfferWithdrawn { offer, reason }));
        }
        for &Seat { role, who, start } in &seats {
            events.push(Event::Committed { need: no, who, role, start });
        }
        for role in 0..need.facts.places.len() as u16 {
            let seated = seats.iter().filter(|seat| seat.role == role).count();
            if seated > 0 && seated == usize::from(need.missing_in(role)) {
                events.extend(self.filled(no, role, who));
            }
        }
        let missing = need.missing().saturating_sub(seats.len() as u16);
        Ok(Decision { outcome: Outcome::Crew { seats, missing }, events })
    }

    /// Whether these people can be asked to go together.
    fn check_named(&self, no: NeedNo, who: &[PersonNo]) -> Result<(), Conflict> {
        let missing = self.known(no)?.missing();
        if who.is_empty() {
            return Err(Conflict::NobodyNamed { need: no });
        }
        for (n, &one) in who.iter().enumerate() {
            self.check_newcomer(no, one)?;
            if n >= usize::from(missing) {
                return Err(Conflict::TooMany { need: no, named: who.len(), missing });
            }
            if who[..n].contains(&one) {
                return Err(Conflict::NamedTwice { need: no, who: one });
            }
        }
        Ok(())
    }

    /// Whether the planning seats everybody who was named, each once, on places that are free.
    fn check_seats(&self, no: NeedNo, who: &[PersonNo], seats: &[Seat]) -> Result<(), Conflict> {
        let need = self.known(no)?;
        if seats.len() != who.len() || !who.iter().all(|who| seats.iter().any(|seat| seat.who == *who)) {
            return Err(Conflict::OtherCrew { need: no });
        }
        for seat in seats {
            let seated = seats.iter().filter(|other| other.role == seat.role).count();
            if seated > usize::from(need.missing_in(seat.role)) {
                return Err(Conflict::NoPlace { need: no, role: seat.role });
            }
        }
        Ok(())
    }

    /// Takes back a place or an open offer.
    pub(super) fn withdraw(&self, at: Moment, need: NeedNo, who: PersonNo) -> Result<Decision, Conflict> {
        let known = self.known(need)?;
        let is_member = known.member(who).is_some_and(|member| member.state.is_pending());
        match self.open_offer(need, who) {
            Some(offer) if !is_member => {
                self.noted(at, Event::OfferWithdrawn { offer, reason: WithdrawReason::Revoked })
            }
            _ => {
                let reason = ReleaseReason::Withdrawn;
                self.gives_up(at, need, who, Event::Released { need, who, reason })
            }
        }
    }

    pub(super) fn no_show(&self, at: Moment, need: NeedNo, who: PersonNo) -> Result<Decision, Conflict> {
        self.gives_up(at, need, who, Event::NoShow { need, who })
    }

    fn gives_up(&self, at: Moment, need: NeedNo, who: PersonNo, event: Event) -> Result<Decision, Conflict> {
        self.check(at, &event)?;
        let missing = self.known(need)?.missing().saturating_add(1);
        Ok(Decision { outcome: Outcome::Released { who: vec![who], missing }, events: vec![event] })
    }

    pub(super) fn off_duty(&self, who: PersonNo, until: Option<Moment>) -> Result<Decision, Conflict> {
        let is_before = |start: Moment| until.is_none_or(|until| start < until);
        let person = self.person(who);
        let mut events = Vec::new();
        let mut needs = Vec::new();
        for &need in &person.needs {
            let Some(member) = self.needs[need.index()].member(who) else { continue };
            if member.state != AssignmentState::Committed {
                return Err(Conflict::UnderWay { who, need });
            }
            if is_before(member.start) {
                events.push(Event::Released { need, who, reason: ReleaseReason::OffDuty });
                needs.push(need);
            }
        }
        for &offer in person.offers.iter().filter(|offer| is_before(self.offers[offer.index()].start)) {
            events.push(Event::OfferWithdrawn { offer, reason: WithdrawReason::Revoked });
        }
        Ok(Decision { outcome: Outcome::OffDuty { needs }, events })
    }
}
