//! What the machines ask of whoever plans.

use crate::base::{Moment, NeedNo, PersonNo};

/// Knows the plan. It is asked while a command is decided and changes nothing: whoever drives the
/// machines applies the events to the plan afterwards.
///
/// `at` is the moment of the command: nobody can start a way before it.
pub trait Planning {
    /// Why not. Opaque here: it is handed back in [`Refusal::Obstacle`](crate::Refusal::Obstacle).
    type Obstacle;

    /// When `who` would start as one member in `role`, or why this does not fit.
    ///
    /// # Errors
    ///
    /// Why `who` cannot take this place.
    fn place(&mut self, at: Moment, need: NeedNo, role: u16, who: PersonNo)
    -> Result<Placed, Self::Obstacle>;

    /// Which role each of `who` takes and when each starts, all together, or why this does not fit.
    /// Roles have the free places that the need has.
    ///
    /// # Errors
    ///
    /// Why these people cannot go together.
    fn crew(&mut self, at: Moment, need: NeedNo, who: &[PersonNo]) -> Result<Vec<Seat>, Self::Obstacle>;

    /// When `who`, who has a place in `role`, would start now that the need has changed, or why
    /// this no longer fits.
    ///
    /// # Errors
    ///
    /// Why `who` no longer fits.
    fn still_fits(
        &mut self,
        at: Moment,
        need: NeedNo,
        role: u16,
        who: PersonNo,
    ) -> Result<Placed, Self::Obstacle>;
}

/// Where a visit fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// When it starts.
    pub start: Moment,
}

/// One place of a crew and who takes it.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The role.
    pub role: u16,
    /// The person.
    pub who: PersonNo,
    /// When the person starts.
    pub start: Moment,
}
