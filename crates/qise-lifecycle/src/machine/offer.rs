//! The machine of an offer.

use crate::event::Event;
use crate::reason::{DeclineReason, WithdrawReason};

/// Where an offer stands.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OfferState {
    /// Waits for an answer.
    Sent,
    /// The person took the place.
    Accepted,
    /// The person does not want to.
    Declined(DeclineReason),
    /// The person has not answered.
    TimedOut,
    /// It was taken back.
    Withdrawn(WithdrawReason),
}

impl OfferState {
    /// The table: where an event leads, or `None` where it cannot happen.
    pub fn after(self, event: &Event) -> Option<Self> {
        match (self, event) {
            (Self::Sent, Event::Accepted { .. }) => Some(Self::Accepted),
            (Self::Sent, Event::Declined { reason, .. }) => Some(Self::Declined(*reason)),
            (Self::Sent, Event::OfferExpired { .. }) => Some(Self::TimedOut),
            (Self::Sent, Event::OfferWithdrawn { reason, .. }) => Some(Self::Withdrawn(*reason)),
            _ => None,
        }
    }

    /// The stable code, without the reason.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::Declined(_) => "declined",
            Self::TimedOut => "timed_out",
            Self::Withdrawn(_) => "withdrawn",
        }
    }
}
