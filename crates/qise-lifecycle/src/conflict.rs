//! Why a command or an event does not fit the state.

use crate::base::{Moment, NeedNo, OfferNo, PersonNo};
use crate::event::EventKind;
use crate::machine::{AssignmentState, LoanState, NeedState, OfferState};
use crate::record::FactsFault;
use crate::timer::Timer;

/// Why a command or an event does not fit the state. `event` is what would have happened first.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the fields of a variant are what its sentence names")]
pub enum Conflict {
    /// There is no such need.
    #[error("there is no {need}")]
    UnknownNeed { need: NeedNo },
    /// There is no such offer.
    #[error("there is no {offer}")]
    UnknownOffer { offer: OfferNo },
    /// Needs are numbered without a gap.
    #[error("{need} cannot be added: the next one is {next}")]
    NeedNumber { need: NeedNo, next: NeedNo },
    /// Offers are numbered without a gap.
    #[error("{offer} cannot be made: the next one is {next}")]
    OfferNumber { offer: OfferNo, next: OfferNo },
    /// Something has happened later.
    #[error("{at} is before {now}, when something happened")]
    Backwards { at: Moment, now: Moment },
    /// A timer has to fire first.
    #[error("{} has to fire first, at {due}", timer.code())]
    TimerDue { timer: Timer, due: Moment },
    /// This timer is not the next one.
    #[error("{} is not the next timer", timer.code())]
    TimerNotNext { timer: Timer },

    /// The need is in a state in which this cannot happen.
    #[error("{need} is {state}: {event} cannot follow")]
    Need { need: NeedNo, state: NeedState, event: EventKind },
    /// The offer is in a state in which this cannot happen.
    #[error("{offer} is {}: {event} cannot follow", state.code())]
    Offer { offer: OfferNo, state: OfferState, event: EventKind },
    /// The member is in a state in which this cannot happen.
    #[error("{who} at {need} is {state}: {event} cannot follow")]
    Assignment { need: NeedNo, who: PersonNo, state: AssignmentState, event: EventKind },
    /// The loan is in a state in which this cannot happen.
    #[error("the loan of {need} is {state}: {event} cannot follow")]
    Loan { need: NeedNo, state: LoanState, event: EventKind },
    /// Nothing of this need was lent.
    #[error("nothing of {need} was lent")]
    NothingLent { need: NeedNo },

    /// The person was never a member of this need, in this attempt, and is not asked.
    #[error("{who} has no part in {need}")]
    NotConcerned { need: NeedNo, who: PersonNo },
    /// The person has a place in this need.
    #[error("{who} has a place in {need}")]
    AlreadyMember { need: NeedNo, who: PersonNo },
    /// The person has an open offer for this need.
    #[error("{who} is asked for {need}, by {offer}")]
    AlreadyAsked { need: NeedNo, who: PersonNo, offer: OfferNo },
    /// No place of this role is free.
    #[error("{need} has no free place of role {role}")]
    NoPlace { need: NeedNo, role: u16 },
    /// More people than places are free.
    #[error("{need} has {missing} free places, not {named}")]
    TooMany { need: NeedNo, named: usize, missing: u16 },
    /// Nobody is named.
    #[error("nobody is named for {need}")]
    NobodyNamed { need: NeedNo },
    /// Somebody is named twice.
    #[error("{who} is named twice for {need}")]
    NamedTwice { need: NeedNo, who: PersonNo },
    /// The planning did not answer for the people who were named.
    #[error("the planning seats others than were named for {need}")]
    OtherCrew { need: NeedNo },

    /// The person is on the way to, or at, another need; or, going off duty, at any need.
    #[error("{who} is under way for {need}")]
    UnderWay { who: PersonNo, need: NeedNo },
    /// Somebody has left or arrived, so that this can no longer change.
    #[error("{who} has begun {need}")]
    Begun { need: NeedNo, who: PersonNo },
    /// People who have left hold more places of this role than there would be.
    #[error("{need} has more people under way in role {role} than places")]
    PlacesTaken { need: NeedNo, role: u16 },
    /// Members or offers are not settled.
    #[error("{need} still has members or offers")]
    Unsettled { need: NeedNo },
    /// The member is to do another stop.
    #[error("{who} is to do stop {expected} of {need}, not {stop}")]
    WrongStop { need: NeedNo, who: PersonNo, stop: u16, expected: u16 },
    /// This is the last stop: the visit is done with it.
    #[error("stop {stop} is the last one of {need} for {who}")]
    LastStop { need: NeedNo, who: PersonNo, stop: u16 },

    /// This must lie in the future.
    #[error("{moment} is not after {at}")]
    NotInFuture { moment: Moment, at: Moment },
    /// A need cannot be released later than it is added.
    #[error("released at {released}, after {at}")]
    ReleasedLater { released: Moment, at: Moment },
    /// A need can no longer be reopened.
    #[error("{need} could be reopened until {until}")]
    TooLate { need: NeedNo, until: Moment },
    /// What the need asks for makes no sense.
    #[error("{need}: {fault}")]
    Facts { need: NeedNo, fault: FactsFault },
    /// Nothing would change.
    #[error("{need} is so already")]
    Unchanged { need: NeedNo },
    /// Stars are 1 to 5.
    #[error("{stars} stars: 1 to 5 can be given")]
    Stars { stars: u8 },
}

impl Conflict {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownNeed { .. } => "unknown_need",
            Self::UnknownOffer { .. } => "unknown_offer",
            Self::NeedNumber { .. } => "need_number",
            Self::OfferNumber { .. } => "offer_number",
            Self::Backwards { .. } => "backwards",
            Self::TimerDue { .. } => "timer_due",
            Self::TimerNotNext { .. } => "timer_not_next",
            Self::Need { .. } => "need_state",
            Self::Offer { .. } => "offer_state",
            Self::Assignment { .. } => "assignment_state",
            Self::Loan { .. } => "loan_state",
            Self::NothingLent { .. } => "nothing_lent",
            Self::NotConcerned { .. } => "not_concerned",
            Self::AlreadyMember { .. } => "already_member",
            Self::AlreadyAsked { .. } => "already_asked",
            Self::NoPlace { .. } => "no_place",
            Self::TooMany { .. } => "too_many",
            Self::NobodyNamed { .. } => "nobody_named",
            Self::NamedTwice { .. } => "named_twice",
            Self::OtherCrew { .. } => "other_crew",
            Self::UnderWay { .. } => "under_way",
            Self::Begun { .. } => "begun",
            Self::PlacesTaken { .. } => "places_taken",
            Self::Unsettled { .. } => "unsettled",
            Self::WrongStop { .. } => "wrong_stop",
            Self::LastStop { .. } => "last_stop",
            Self::NotInFuture { .. } => "not_in_future",
            Self::ReleasedLater { .. } => "released_later",
            Self::TooLate { .. } => "too_late",
            Self::Facts { fault, .. } => fault.code(),
            Self::Unchanged { .. } => "unchanged",
            Self::Stars { .. } => "bad_stars",
        }
    }

    /// The codes of the states in which it could have happened, where the state is what is wrong.
    pub fn expected(&self) -> Vec<&'static str> {
        match *self {
            Self::Need { event, .. } => {
                let able = NeedState::ALL.iter().filter(|state| state.after(event).is_some());
                able.map(|state| state.code()).collect()
            }
            Self::Assignment { event, .. } => {
                let able = AssignmentState::ALL.iter().filter(|state| state.after(event).is_some());
                able.map(|state| state.code()).collect()
            }
            Self::Loan { event, .. } => {
                let able = LoanState::ALL.iter().filter(|state| state.after(event).is_some());
                able.map(|state| state.code()).collect()
            }
            Self::Offer { .. } => vec![OfferState::Sent.code()],
            _ => Vec::new(),
        }
    }
}
