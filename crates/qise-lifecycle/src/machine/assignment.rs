//! The machine of an assignment: one member of the crew of one need.

use crate::base::coded_enum;
use crate::event::EventKind;

coded_enum!(
    /// Where a member stands.
    pub enum AssignmentState;
    /// Has a place and has not left.
    Committed = "committed";
    /// On the way to a stop.
    Departed = "departed";
    /// At a stop.
    Arrived = "arrived";
    /// Has done a stop and not yet left for the next one. Another need may be served in between:
    /// so a driver fetches two people before bringing either home.
    Between = "between_stops";
    /// Has done all stops.
    Done = "done";
    /// Did not come.
    NoShow = "no_show";
    /// Gave up the place.
    Released = "released";
    /// Need not come, as the need has ended.
    StoodDown = "stood_down";
);

impl AssignmentState {
    /// Whether the member counts towards the crew.
    pub fn holds_place(self) -> bool {
        self.is_pending() || self == Self::Done
    }

    /// Whether the member still has something to do.
    pub fn is_pending(self) -> bool {
        matches!(self, Self::Committed | Self::Departed | Self::Arrived | Self::Between)
    }

    /// Whether the member is on the way to a stop or at one: nobody is at two needs at a time.
    pub fn is_occupied(self) -> bool {
        matches!(self, Self::Departed | Self::Arrived)
    }

    /// Whether the member has arrived at a stop, now or before.
    pub fn has_begun(self) -> bool {
        matches!(self, Self::Arrived | Self::Between | Self::Done)
    }

    /// The table: where an event of this kind leads, or `None` where it cannot happen.
    ///
    /// People forget to say that they leave: `Arrived` is taken without `Departed`.
    #[allow(clippy::match_same_arms, reason = "a table: one line for what belongs together")]
    pub fn after(self, event: EventKind) -> Option<Self> {
        use EventKind as E;
        Some(match (event, self) {
            (E::Retimed | E::VisitOverdue, Self::Committed | Self::Departed) => self,
            (E::Departed, Self::Committed | Self::Between) => Self::Departed,
            (E::Arrived, Self::Committed | Self::Departed | Self::Between) => Self::Arrived,
            (E::StopDone, Self::Arrived) => Self::Between,
            (E::Done, Self::Arrived) => Self::Done,
            (E::NoShow, Self::Committed | Self::Departed) => Self::NoShow,
            (E::Released, Self::Committed | Self::Departed | Self::Arrived | Self::Between) => Self::Released,
            (E::StoodDown, Self::Committed | Self::Departed) => Self::StoodDown,
            _ => return None,
        })
    }
}
