//! An offer.

use crate::base::{Moment, NeedNo, PersonNo};
use crate::machine::OfferState;

/// A place of a need, offered to a person.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The need.
    pub need: NeedNo,
    /// Who is asked.
    pub who: PersonNo,
    /// To fill which role.
    pub role: u16,
    /// When the visit would start, as the person was told.
    pub start: Moment,
    /// When it was sent.
    pub sent: Moment,
    /// The last moment for an answer.
    pub expires: Moment,
    /// Where it stands.
    pub state: OfferState,
    /// Since when.
    pub since: Moment,
}
