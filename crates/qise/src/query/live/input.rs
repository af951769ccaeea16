//! A need that comes in, and where.

use crate::model::{Need, Place};

/// A need that is to be served, and where.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq)]
pub struct NeedInput {
    /// What is asked for.
    pub need: Need,
    /// A place of its own for each stop; `None` if the stop is at a place that the problem has. Stops beyond the list are at such places.
    pub at: Vec<Option<Place>>,
}

impl NeedInput {
    /// A need at a place that the problem does not have yet.
    pub fn at(need: Need, place: Place) -> Self {
        Self { need, at: vec![Some(place)] }
    }
}

/// A need at places that the problem has.
impl From<Need> for NeedInput {
    fn from(need: Need) -> Self {
        Self { need, at: Vec::new() }
    }
}
