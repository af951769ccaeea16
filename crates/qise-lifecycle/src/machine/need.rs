//! The machine of a need.

use crate::base::coded_enum;
use crate::event::EventKind;

coded_enum!(
    /// Where a need stands. The first five are *working* states: which of them holds is told by the
    /// crew, see [`Step::ByCrew`].
    pub enum NeedState;
    /// A place is free and nobody is asked.
    Queued = "queued";
    /// A place is free and somebody is asked.
    Offering = "offering";
    /// Every place is taken and nobody has left.
    Staffed = "staffed";
    /// Every place is taken and somebody is on the way.
    EnRoute = "en_route";
    /// Every place is taken and somebody has arrived.
    OnSite = "on_site";
    /// Everybody has done the work.
    Fulfilled = "fulfilled";
    /// Nobody said otherwise in time.
    Confirmed = "confirmed";
    /// The resident gave stars, which confirms it too.
    Rated = "rated";
    /// Nothing more is expected.
    Closed = "closed";
    /// Waits until a moment. Members keep their places; the promise and the deadline run on.
    OnHold = "on_hold";
    /// Refused by the office.
    Rejected = "rejected";
    /// Given up.
    Cancelled = "cancelled";
    /// Had no whole crew at its deadline.
    Expired = "expired";
);

/// Where an event leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To this state.
    To(NeedState),
    /// The state stays.
    Stay,
    /// To the state that the crew tells, once the event has changed it: the first that holds of
    ///
    /// - a place is free: `Offering` if an offer is open, else `Queued`;
    /// - all are done: `Fulfilled`;
    /// - somebody has arrived: `OnSite`;
    /// - somebody is on the way: `EnRoute`;
    /// - `Staffed`.
    ByCrew,
}

impl NeedState {
    /// Whether the need still asks for something: it is worked on or on hold.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::Queued | Self::Offering | Self::Staffed | Self::EnRoute | Self::OnSite | Self::OnHold
        )
    }

    /// The table: where an event of this kind leads, or `None` where it cannot happen.
    #[allow(clippy::match_same_arms, reason = "a table: one line for what belongs together")]
    pub fn after(self, event: EventKind) -> Option<Step> {
        use EventKind as E;
        use NeedState::{
            Cancelled, Closed, Confirmed, EnRoute, Expired, Fulfilled, Offering, OnHold, OnSite, Queued,
            Rated, Rejected, Staffed,
        };
        Some(match (event, self) {
            (E::NeedChanged, Queued | Offering | Staffed | EnRoute | OnSite) => Step::ByCrew,
            (E::NeedChanged, OnHold) => Step::Stay,
            (E::NeedHeld, Queued | Offering | Staffed | OnHold) => Step::To(OnHold),
            (E::HoldEnded, OnHold) => Step::ByCrew,
            (E::NeedCancelled, Queued | Offering | Staffed | EnRoute | OnHold) => Step::To(Cancelled),
            (E::NeedRejected, Queued | Offering | OnHold) => Step::To(Rejected),
            (E::NeedExpired, Queued | Offering | OnHold) => Step::To(Expired),
            (E::NeedReopened, Fulfilled | Confirmed | Rated | Closed | Rejected | Cancelled | Expired) => {
                Step::To(Queued)
            }
            (E::NeedConfirmed, Fulfilled) => Step::To(Confirmed),
            (E::NeedRated, Fulfilled | Confirmed) => Step::To(Rated),
            (E::NeedClosed, Confirmed | Rated) => Step::To(Closed),
            (E::CallBackDue, Rated) => Step::Stay,
            (E::Escalated, Queued | Offering | OnHold) => Step::Stay,

            (E::Offered | E::Committed, Queued | Offering) => Step::ByCrew,
            (E::Accepted | E::Declined | E::OfferExpired, Offering) => Step::ByCrew,
            (E::OfferWithdrawn, Offering | Staffed | EnRoute | OnSite) => Step::ByCrew,
            (E::OfferWithdrawn, OnHold | Rejected | Cancelled | Expired) => Step::Stay,

            (E::Retimed | E::VisitOverdue, Queued | Offering | Staffed | EnRoute | OnSite) => Step::Stay,
            (E::Retimed, OnHold) => Step::Stay,
            (E::Departed | E::Arrived, Queued | Offering | Staffed | EnRoute | OnSite) => Step::ByCrew,
            (E::StopDone | E::Done, Queued | Offering | OnSite) => Step::ByCrew,
            (E::NoShow | E::Released, Queued | Offering | Staffed | EnRoute | OnSite) => Step::ByCrew,
            (E::Released, OnHold) => Step::Stay,
            (E::StoodDown, Rejected | Cancelled | Expired) => Step::Stay,

            // the machine of the loan decides: equipment may come back at any time, and a need that is
            // taken up again may still have some out
            (E::LoanOverdue | E::LoanReturned, _) => Step::Stay,
            _ => return None,
        })
    }
}
