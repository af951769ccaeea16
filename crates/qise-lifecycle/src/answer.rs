//! What a command leads to.

use crate::base::{Moment, NeedNo, OfferNo, PersonNo};
use crate::conflict::Conflict;
use crate::event::Event;
use crate::planning::Seat;

/// What a command leads to: the answer, and what happens. Nothing has happened yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The answer for whoever asked.
    pub outcome: Outcome,
    /// What happens, in order. Empty if nothing does.
    pub events: Vec<Event>,
}

/// The answer to a command that was not refused.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields of a variant are what its sentence names")]
pub enum Outcome {
    /// It was done as asked.
    Noted,
    /// The offer is out, under this number.
    Offered { offer: OfferNo, start: Moment, expires: Moment },
    /// The place is taken, as the offer said, or later by no more than the answer took; so many are still free.
    Committed { start: Moment, missing: u16 },
    /// The place is taken, but the visit starts at another time than the offer said.
    Changed { start: Moment, missing: u16 },
    /// Somebody was quicker. Nothing has changed, and the person has not declined.
    Filled,
    /// The crew has these places; so many are still free.
    Crew { seats: Vec<Seat>, missing: u16 },
    /// These people have no place in the need any more; so many are free.
    Released { who: Vec<PersonNo>, missing: u16 },
    /// The person has no place in these needs any more.
    OffDuty { needs: Vec<NeedNo> },
}

impl Outcome {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Noted => "noted",
            Self::Offered { .. } => "offered",
            Self::Committed { .. } => "committed",
            Self::Changed { .. } => "changed",
            Self::Filled => "filled",
            Self::Crew { .. } => "crew",
            Self::Released { .. } => "released",
            Self::OffDuty { .. } => "off_duty",
        }
    }
}

/// Why a command was refused. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal<O> {
    /// It does not fit the state.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// The planning found an obstacle.
    #[error("it does not fit the plan")]
    Obstacle(O),
}

impl<O> Refusal<O> {
    /// The stable code; `obstacle` for those of the planning.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Conflict(conflict) => conflict.code(),
            Self::Obstacle(_) => "obstacle",
        }
    }
}
