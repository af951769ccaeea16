//! A need: what it asks for, where it stands, and who is concerned.

use crate::base::{Moment, NeedNo, OfferNo, PersonNo};
use crate::machine::{AssignmentState, LoanState, NeedState};
use crate::reason::{HoldReason, Level};
use crate::record::{Facts, Member};
use crate::timer::Timer;

/// A need: what it asks for, where it stands, and who is concerned.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// What it asks for.
    pub facts: Facts,
    /// When it was first submitted. Never changes: promises and key figures count from here.
    pub released: Moment,
    /// Who raised it on a visit, if anybody did.
    pub raised: Option<Raised>,
    /// 1, and one more each time it is reopened.
    pub attempt: u16,
    /// Where it stands.
    pub state: NeedState,
    /// Since when.
    pub since: Moment,
    /// Why and until when it waits; only on hold.
    pub hold: Option<Hold>,
    /// The crew of this attempt, with those who gave up their places; nobody twice.
    pub members: Vec<Member>,
    /// Who declined or did not answer in this attempt; nobody twice.
    pub asked: Vec<Asked>,
    /// The offers that wait for an answer, by number.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub open_offers: Vec<OfferNo>,
    /// The last level that was told in this attempt.
    pub escalated: Option<Level>,
    /// When this attempt was fulfilled, cancelled, rejected or expired.
    pub ended: Option<Moment>,
    /// When this attempt was confirmed, or rated before that.
    pub confirmed: Option<Moment>,
    /// The stars for this attempt.
    pub stars: Option<u8>,
    /// The equipment that was lent; outlives attempts.
    pub loan: Option<Loan>,
    /// Its next timer, as it stands in the list of all.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) timer: Option<(Moment, Timer)>,
}

/// Who raised a need, and while doing what.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raised {
    /// The person.
    pub by: PersonNo,
    /// The need at which the person was.
    pub during: Option<NeedNo>,
}

/// Why and until when a need waits.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Why.
    pub reason: HoldReason,
    /// Until when.
    pub until: Moment,
}

/// Somebody who was asked and does not come: a ranking can leave the person out.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The person.
    pub who: PersonNo,
    /// The last offer that was declined or not answered. It knows the reason.
    pub offer: OfferNo,
}

/// Equipment that was lent.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loan {
    /// Where it is.
    pub state: LoanState,
    /// Since when.
    pub since: Moment,
}

impl Need {
    pub(crate) fn new(facts: Facts, released: Moment, raised: Option<Raised>, at: Moment) -> Self {
        Self {
            facts,
            released,
            raised,
            attempt: 1,
            state: NeedState::Queued,
            since: at,
            hold: None,
            members: Vec::new(),
            asked: Vec::new(),
            open_offers: Vec::new(),
            escalated: None,
            ended: None,
            confirmed: None,
            stars: None,
            loan: None,
            timer: None,
        }
    }

    /// The record of a person, present or former member.
    pub fn member(&self, who: PersonNo) -> Option<&Member> {
        self.members.iter().find(|member| member.who == who)
    }

    /// Those who hold a place, including those who are done.
    pub fn crew(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.state.holds_place())
    }

    /// Those who stand in this state.
    pub(crate) fn members_in(&self, state: AssignmentState) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(move |member| member.state == state)
    }

    /// How many places of a role are taken.
    pub fn taken(&self, role: u16) -> u16 {
        self.crew().filter(|member| member.role == role).count() as u16
    }

    /// How many places of a role are free.
    pub fn missing_in(&self, role: u16) -> u16 {
        self.facts.places_of(role).saturating_sub(self.taken(role))
    }

    /// How many places are free. No role is ever filled by more than it asks for.
    pub fn missing(&self) -> u16 {
        self.facts.people().saturating_sub(self.crew().count()) as u16
    }

    /// Somebody who has arrived at a stop, now or before.
    pub(crate) fn begun_by(&self) -> Option<PersonNo> {
        self.members.iter().find(|member| member.state.has_begun()).map(|member| member.who)
    }

    /// The working state that the crew tells.
    pub(crate) fn by_crew(&self) -> NeedState {
        let (mut held, mut done, mut begun, mut left) = (0, 0, false, false);
        for member in self.crew() {
            held += 1;
            done += usize::from(member.state == AssignmentState::Done);
            begun |= member.state.has_begun();
            left |= member.state == AssignmentState::Departed;
        }
        if held < self.facts.people() {
            if self.open_offers.is_empty() { NeedState::Queued } else { NeedState::Offering }
        } else if done == held {
            NeedState::Fulfilled
        } else if begun {
            NeedState::OnSite
        } else if left {
            NeedState::EnRoute
        } else {
            NeedState::Staffed
        }
    }

    /// Changes the state; equipment is lent with fulfilment.
    pub(crate) fn enter(&mut self, state: NeedState, at: Moment) {
        (self.state, self.since) = (state, at);
        if state != NeedState::OnHold {
            self.hold = None;
        }
        match state {
            NeedState::Fulfilled => {
                self.ended = Some(at);
                let is_out = self.loan.is_some_and(|loan| loan.state != LoanState::Returned);
                if self.facts.lends.is_some() && !is_out {
                    self.loan = Some(Loan { state: LoanState::Out, since: at });
                }
            }
            NeedState::Rejected | NeedState::Cancelled | NeedState::Expired => self.ended = Some(at),
            NeedState::Confirmed | NeedState::Rated => self.confirmed = self.confirmed.or(Some(at)),
            _ => {}
        }
    }
}
