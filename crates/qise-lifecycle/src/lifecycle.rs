//! The state of all machines, and what can be asked of it.

use crate::base::{Moment, NeedNo, OfferNo, PersonNo};
use crate::command::{Command, Precedence};
use crate::conflict::Conflict;
use crate::index::Index;
use crate::machine::{AssignmentState, NeedState, OfferState};
use crate::reason::DeclineReason;
use crate::record::{Limits, Need, Offer, Person, PersonState};
use crate::timer::Timer;

/// The state of all machines: the fold of all events so far.
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lifecycle {
    pub(crate) limits: Limits,
    /// The moment of the last event.
    pub(crate) now: Moment,
    pub(crate) needs: Vec<Need>,
    pub(crate) offers: Vec<Offer>,
    /// Derived from the others.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) index: Index,
}

impl Lifecycle {
    /// Nothing has happened.
    pub fn new(limits: Limits) -> Self {
        Self { limits, now: Moment::MIN, needs: Vec::new(), offers: Vec::new(), index: Index::default() }
    }

    /// How long things may take.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The moment of the last event.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// A need.
    pub fn need(&self, need: NeedNo) -> Option<&Need> {
        self.needs.get(need.index())
    }

    /// All needs, ended ones too, by number.
    pub fn needs(&self) -> &[Need] {
        &self.needs
    }

    /// The number that the next need must have.
    pub fn next_need(&self) -> NeedNo {
        NeedNo(self.needs.len() as u32)
    }

    /// An offer.
    pub fn offer(&self, offer: OfferNo) -> Option<&Offer> {
        self.offers.get(offer.index())
    }

    /// All offers, answered ones too, by number.
    pub fn offers(&self) -> &[Offer] {
        &self.offers
    }

    /// The number that the next offer will have.
    pub fn next_offer(&self) -> OfferNo {
        OfferNo(self.offers.len() as u32)
    }

    /// The needs that still ask for something, by number.
    pub fn open_needs(&self) -> impl Iterator<Item = NeedNo> {
        self.index.open.iter().copied()
    }

    /// How many needs are in a state.
    pub fn count(&self, state: NeedState) -> usize {
        self.index.counts[state as usize] as usize
    }

    /// The free places of a need, by role.
    pub fn missing(&self, need: NeedNo) -> impl Iterator<Item = (u16, u16)> {
        let need = self.need(need);
        let roles = need.map_or(0, |need| need.facts.places.len() as u16);
        (0..roles).filter_map(move |role| need.map(|need| (role, need.missing_in(role))))
    }

    /// Who was asked for a need, in this attempt, and does not come; without a reason: did not
    /// answer.
    pub fn declined(&self, need: NeedNo) -> impl Iterator<Item = (PersonNo, Option<DeclineReason>)> {
        let asked = self.need(need).map_or(&[][..], |need| &need.asked);
        asked.iter().map(|asked| {
            let reason = match self.offers[asked.offer.index()].state {
                OfferState::Declined(reason) => Some(reason),
                _ => None,
            };
            (asked.who, reason)
        })
    }

    /// What concerns a person.
    pub fn person(&self, who: PersonNo) -> &Person {
        self.index.person(who)
    }

    /// Where a person stands.
    pub fn person_state(&self, who: PersonNo) -> PersonState {
        let person = self.person(who);
        let state_at = |need: NeedNo| self.needs[need.index()].member(who).map(|member| member.state);
        if let Some(need) = person.occupied {
            match state_at(need) {
                Some(AssignmentState::Arrived) => PersonState::OnSite,
                _ => PersonState::EnRoute,
            }
        } else if person.needs.is_empty() {
            PersonState::Free
        } else if person.needs.iter().any(|&need| state_at(need) == Some(AssignmentState::Between)) {
            PersonState::Between
        } else {
            PersonState::Committed
        }
    }

    /// The timer that fires next, and when: never before the last event.
    pub fn next_timer(&self) -> Option<(Moment, Timer)> {
        self.index.timers.first().map(|&(due, timer)| (due.max(self.now), timer))
    }

    /// The timer that must fire before `command` is decided at `at`: those due before, and before
    /// a decision or a tick those due at the same moment.
    pub fn timer_before(&self, at: Moment, command: &Command) -> Option<(Moment, Timer)> {
        let is_decision = command.precedence() == Precedence::Decision;
        self.next_timer().filter(|&(due, _)| due < at || due == at && is_decision)
    }

    /// # Errors
    ///
    /// [`Conflict::UnknownNeed`].
    pub(crate) fn known(&self, need: NeedNo) -> Result<&Need, Conflict> {
        self.need(need).ok_or(Conflict::UnknownNeed { need })
    }

    /// # Errors
    ///
    /// [`Conflict::UnknownOffer`].
    pub(crate) fn known_offer(&self, offer: OfferNo) -> Result<&Offer, Conflict> {
        self.offer(offer).ok_or(Conflict::UnknownOffer { offer })
    }
}
