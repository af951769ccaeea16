//! Whether an event fits the state. `decide` asks before it answers, `apply` before it changes.

use crate::base::{Moment, NeedNo, OfferNo, PersonNo};
use crate::conflict::Conflict;
use crate::event::{Event, EventKind};
use crate::lifecycle::Lifecycle;
use crate::machine::{AssignmentState, NeedState, Step};
use crate::record::{Facts, Member, Need};

impl Lifecycle {
    /// Where an event leads its need, if it fits the state.
    ///
    /// # Errors
    ///
    /// Why it does not fit.
    pub(crate) fn check(&self, at: Moment, event: &Event) -> Result<Step, Conflict> {
        self.check_time(at)?;
        if let Event::NeedAdded { need, facts, released, .. } = event {
            self.check_new(at, *need, facts, *released)?;
            return Ok(Step::To(NeedState::Queued));
        }
        let no = self.need_of(event)?;
        let kind = event.kind();
        if let Event::Accepted { offer, .. }
        | Event::Declined { offer, .. }
        | Event::OfferExpired { offer }
        | Event::OfferWithdrawn { offer, .. } = *event
        {
            self.check_offer(offer, event)?; // says more than the state of the need
        }
        let step = self.step(no, kind)?;
        let need = &self.needs[no.index()];
        match *event {
            Event::NeedChanged { ref facts, .. } => check_change(no, need, facts)?,
            Event::NeedHeld { until, .. } => {
                check_future(at, until)?;
                check_nobody_left(no, need)?;
            }
            Event::NeedCancelled { .. } | Event::NeedRejected { .. } | Event::NeedExpired { .. } => {
                need.begun_by().map_or(Ok(()), |who| Err(Conflict::Begun { need: no, who }))?;
            }
            Event::NeedReopened { deadline, .. } => self.check_reopening(at, no, need, deadline)?,
            Event::NeedRated { stars, .. } if !(1..=5).contains(&stars) => {
                return Err(Conflict::Stars { stars });
            }
            Event::Offered { offer, who, role, expires, .. } => {
                let next = self.next_offer();
                if offer != next {
                    return Err(Conflict::OfferNumber { offer, next });
                }
                check_future(at, expires)?;
                self.check_place(no, who, role, None)?;
            }
            Event::Committed { who, role, .. } => self.check_place(no, who, role, None)?,
            Event::Accepted { offer, .. } => {
                let made = &self.offers[offer.index()];
                self.check_place(no, made.who, made.role, Some(offer))?;
            }
            Event::Departed { who, stop, .. } | Event::Arrived { who, stop, .. } => {
                let member = check_member(no, need, who, kind)?;
                check_stop(no, member, stop)?;
                if let Some(other) = self.person(who).occupied.filter(|&other| other != no) {
                    return Err(Conflict::UnderWay { who, need: other });
                }
            }
            Event::StopDone { who, stop, .. } => {
                check_stop(no, check_member(no, need, who, kind)?, stop)?;
                if is_last_stop(need, stop) {
                    return Err(Conflict::LastStop { need: no, who, stop });
                }
            }
            Event::Done { who, .. } => {
                let expected = check_member(no, need, who, kind)?.stops_done;
                if !is_last_stop(need, expected) {
                    let stop = need.facts.stops - 1;
                    return Err(Conflict::WrongStop { need: no, who, stop, expected });
                }
            }
            Event::Retimed { who, .. }
            | Event::NoShow { who, .. }
            | Event::Released { who, .. }
            | Event::StoodDown { who, .. }
            | Event::VisitOverdue { who, .. } => drop(check_member(no, need, who, kind)?),
            Event::LoanOverdue { .. } | Event::LoanReturned { .. } => {
                let state = need.loan.ok_or(Conflict::NothingLent { need: no })?.state;
                state.after(kind).ok_or(Conflict::Loan { need: no, state, event: kind })?;
            }
            _ => {}
        }
        Ok(step)
    }

    /// # Errors
    ///
    /// [`Conflict::Backwards`].
    pub(crate) fn check_time(&self, at: Moment) -> Result<(), Conflict> {
        if at < self.now { Err(Conflict::Backwards { at, now: self.now }) } else { Ok(()) }
    }

    /// Where an event of this kind leads a need.
    ///
    /// # Errors
    ///
    /// [`Conflict::UnknownNeed`], [`Conflict::Need`].
    pub(crate) fn step(&self, need: NeedNo, event: EventKind) -> Result<Step, Conflict> {
        let state = self.known(need)?.state;
        state.after(event).ok_or(Conflict::Need { need, state, event })
    }

    /// The need that an event concerns.
    ///
    /// # Errors
    ///
    /// [`Conflict::UnknownNeed`], [`Conflict::UnknownOffer`].
    pub(crate) fn need_of(&self, event: &Event) -> Result<NeedNo, Conflict> {
        match *event {
            Event::Accepted { offer, .. }
            | Event::Declined { offer, .. }
            | Event::OfferExpired { offer }
            | Event::OfferWithdrawn { offer, .. } => Ok(self.known_offer(offer)?.need),
            Event::NeedAdded { need, .. }
            | Event::NeedChanged { need, .. }
            | Event::NeedHeld { need, .. }
            | Event::HoldEnded { need }
            | Event::NeedCancelled { need, .. }
            | Event::NeedRejected { need, .. }
            | Event::NeedExpired { need }
            | Event::NeedReopened { need, .. }
            | Event::NeedConfirmed { need, .. }
            | Event::NeedRated { need, .. }
            | Event::NeedClosed { need }
            | Event::Escalated { need, .. }
            | Event::CallBackDue { need }
            | Event::Offered { need, .. }
            | Event::Committed { need, .. }
            | Event::Retimed { need, .. }
            | Event::Departed { need, .. }
            | Event::Arrived { need, .. }
            | Event::StopDone { need, .. }
            | Event::Done { need, .. }
            | Event::NoShow { need, .. }
            | Event::Released { need, .. }
            | Event::StoodDown { need, .. }
            | Event::VisitOverdue { need, .. }
            | Event::LoanOverdue { need }
            | Event::LoanReturned { need } => Ok(need),
        }
    }

    fn check_new(&self, at: Moment, need: NeedNo, facts: &Facts, released: Moment) -> Result<(), Conflict> {
        let next = self.next_need();
        if need != next {
            return Err(Conflict::NeedNumber { need, next });
        }
        if released > at {
            return Err(Conflict::ReleasedLater { released, at });
        }
        facts.check().map_err(|fault| Conflict::Facts { need, fault })
    }

    fn check_reopening(
        &self,
        at: Moment,
        no: NeedNo,
        need: &Need,
        deadline: Option<Moment>,
    ) -> Result<(), Conflict> {
        if need.members.iter().any(|member| member.state.is_pending()) || !need.open_offers.is_empty() {
            return Err(Conflict::Unsettled { need: no });
        }
        let until = need.ended.unwrap_or(need.since).after(self.limits.reopen);
        if at > until {
            return Err(Conflict::TooLate { need: no, until });
        }
        deadline.map_or(Ok(()), |deadline| check_future(at, deadline))
    }

    /// Whether a person can be asked for a place, or take it: by `answered`, or without an offer.
    fn check_place(
        &self,
        need: NeedNo,
        who: PersonNo,
        role: u16,
        answered: Option<OfferNo>,
    ) -> Result<(), Conflict> {
        self.check_newcomer(need, who)?;
        if let Some(offer) = self.open_offer(need, who).filter(|&offer| Some(offer) != answered) {
            return Err(Conflict::AlreadyAsked { need, who, offer });
        }
        if self.needs[need.index()].missing_in(role) == 0 {
            return Err(Conflict::NoPlace { need, role });
        }
        Ok(())
    }

    /// # Errors
    ///
    /// [`Conflict::AlreadyMember`].
    pub(crate) fn check_newcomer(&self, need: NeedNo, who: PersonNo) -> Result<(), Conflict> {
        let is_member = self.needs[need.index()].member(who).is_some_and(|member| member.state.holds_place());
        if is_member { Err(Conflict::AlreadyMember { need, who }) } else { Ok(()) }
    }

    /// The offer of a need that waits for a person's answer.
    pub(crate) fn open_offer(&self, need: NeedNo, who: PersonNo) -> Option<OfferNo> {
        let mut offers = self.person(who).offers.iter().copied();
        offers.find(|offer| self.offers[offer.index()].need == need)
    }

    fn check_offer(&self, offer: OfferNo, event: &Event) -> Result<(), Conflict> {
        let state = self.known_offer(offer)?.state;
        let next = state.after(event);
        next.map(drop).ok_or(Conflict::Offer { offer, state, event: event.kind() })
    }
}

/// The member whom an event concerns, if it can happen to the member.
pub(crate) fn check_member(
    no: NeedNo,
    need: &Need,
    who: PersonNo,
    event: EventKind,
) -> Result<&Member, Conflict> {
    let member = need.member(who).ok_or(Conflict::NotConcerned { need: no, who })?;
    let state = member.state;
    state.after(event).ok_or(Conflict::Assignment { need: no, who, state, event })?;
    Ok(member)
}

pub(crate) fn check_stop(need: NeedNo, member: &Member, stop: u16) -> Result<(), Conflict> {
    let (who, expected) = (member.who, member.stops_done);
    if stop == expected { Ok(()) } else { Err(Conflict::WrongStop { need, who, stop, expected }) }
}

pub(crate) fn is_last_stop(need: &Need, stop: u16) -> bool {
    stop >= need.facts.stops - 1
}

pub(crate) fn check_future(at: Moment, moment: Moment) -> Result<(), Conflict> {
    if moment > at { Ok(()) } else { Err(Conflict::NotInFuture { moment, at }) }
}

/// Whether nobody is on the way, on site or between two stops.
fn check_nobody_left(no: NeedNo, need: &Need) -> Result<(), Conflict> {
    let left = |member: &&Member| member.state.is_pending() && member.state != AssignmentState::Committed;
    match need.members.iter().find(left) {
        Some(member) => Err(Conflict::Begun { need: no, who: member.who }),
        None => Ok(()),
    }
}

/// Whether a need can ask for this instead, with the members that it has.
fn check_change(no: NeedNo, need: &Need, facts: &Facts) -> Result<(), Conflict> {
    facts.check().map_err(|fault| Conflict::Facts { need: no, fault })?;
    check_stops(no, need, facts)?;
    let roles = need.facts.places.len().max(facts.places.len()) as u16;
    match (0..roles).find(|&role| need.taken(role) > facts.places_of(role)) {
        Some(role) => Err(Conflict::PlacesTaken { need: no, role }),
        None => Ok(()),
    }
}

/// Whether the stops can become those: not once somebody has left.
pub(crate) fn check_stops(no: NeedNo, need: &Need, facts: &Facts) -> Result<(), Conflict> {
    if facts.stops == need.facts.stops {
        return Ok(());
    }
    match need.crew().find(|member| member.state != AssignmentState::Committed) {
        Some(member) => Err(Conflict::Begun { need: no, who: member.who }),
        None => Ok(()),
    }
}
