//! The machine of a loan: the equipment that one need lends.

use crate::base::coded_enum;
use crate::event::EventKind;

coded_enum!(
    /// Where the equipment is. It goes out when the need is fulfilled.
    pub enum LoanState;
    /// With the resident.
    Out = "out";
    /// With the resident, and should be back.
    Overdue = "overdue";
    /// Back.
    Returned = "returned";
);

impl LoanState {
    /// The table: where an event of this kind leads, or `None` where it cannot happen.
    pub fn after(self, event: EventKind) -> Option<Self> {
        match (event, self) {
            (EventKind::LoanOverdue, Self::Out) => Some(Self::Overdue),
            (EventKind::LoanReturned, Self::Out | Self::Overdue) => Some(Self::Returned),
            _ => None,
        }
    }
}
