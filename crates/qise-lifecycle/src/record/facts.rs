//! What a need asks for, as far as its machine has to know.

use crate::base::{Moment, Seconds};

/// What a need asks for, as far as its machine has to know.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// How many people each role asks for. The position is the number of the role; 0 keeps a
    /// number for a role that is no longer asked for.
    pub places: Vec<u16>,
    /// How many stops a visit has: 1, or 2 for a ride.
    pub stops: u16,
    /// How much the need matters. Kept for whoever asks.
    pub priority: u32,
    /// From release until it is due.
    pub promise: Option<Seconds>,
    /// A need without a whole crew expires here.
    pub deadline: Option<Moment>,
    /// The equipment that stays with the resident when the need is fulfilled.
    pub lends: Option<Lending>,
}

/// Equipment that stays with the resident.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lending {
    /// When it should be back; without it, it is never overdue.
    pub back_by: Option<Moment>,
}

/// What is wrong with [`Facts`].
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FactsFault {
    /// All places together are none.
    #[error("nobody is asked for")]
    Nobody,
    /// More places, or more roles, than [`Facts::MOST_PEOPLE`].
    #[error("more people or roles than {}", Facts::MOST_PEOPLE)]
    TooMany,
    /// No stop.
    #[error("there is no stop")]
    NoStop,
    /// A promise of less than a second.
    #[error("the promise is not positive")]
    Promise,
}

impl Facts {
    /// How many people one need can ask for: members are looked for one by one.
    pub const MOST_PEOPLE: usize = 10_000;

    /// One person, one stop, nothing promised.
    pub fn one_person() -> Self {
        Self::crew(vec![1])
    }

    /// So many people for each role, one stop, nothing promised.
    pub fn crew(places: Vec<u16>) -> Self {
        Self { places, stops: 1, priority: 1, promise: None, deadline: None, lends: None }
    }

    /// How many people a role asks for: none, if there is no such role.
    pub fn places_of(&self, role: u16) -> u16 {
        self.places.get(usize::from(role)).copied().unwrap_or(0)
    }

    /// How many people are asked for in all.
    pub fn people(&self) -> usize {
        self.places.iter().map(|&count| usize::from(count)).sum()
    }

    /// # Errors
    ///
    /// The first fault.
    pub fn check(&self) -> Result<(), FactsFault> {
        let most = Self::MOST_PEOPLE;
        match self.people() {
            0 => Err(FactsFault::Nobody),
            people if people > most || self.places.len() > most => Err(FactsFault::TooMany),
            _ if self.stops == 0 => Err(FactsFault::NoStop),
            _ if self.promise.is_some_and(|promise| promise < Seconds(1)) => Err(FactsFault::Promise),
            _ => Ok(()),
        }
    }
}

impl FactsFault {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nobody => "nobody_asked_for",
            Self::TooMany => "too_many_people",
            Self::NoStop => "no_stop",
            Self::Promise => "bad_promise",
        }
    }
}
