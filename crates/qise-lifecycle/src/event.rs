//! What has happened. Events hold results, so that folding them asks nobody anything.

use crate::base::{Moment, NeedNo, OfferNo, PersonNo, coded_enum};
use crate::reason::{
    CancelReason, DeclineReason, HoldReason, Level, ReleaseReason, ReopenReason, WithdrawReason,
};
use crate::record::{Facts, Raised};

/// Something that has happened. The moment stands beside it in the journal.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields of a variant are what its sentence names")]
pub enum Event {
    /// A need is known and waits for people. `released` is never changed again.
    NeedAdded { need: NeedNo, facts: Facts, released: Moment, raised: Option<Raised> },
    /// What a need asks for is now this.
    NeedChanged { need: NeedNo, facts: Facts },
    /// A need waits until a moment.
    NeedHeld { need: NeedNo, reason: HoldReason, until: Moment },
    /// The wait of a need is over.
    HoldEnded { need: NeedNo },
    /// A need is given up.
    NeedCancelled { need: NeedNo, reason: CancelReason },
    /// A need is refused by the office.
    NeedRejected { need: NeedNo, reason: CancelReason },
    /// A need had no whole crew at its deadline.
    NeedExpired { need: NeedNo },
    /// A need is taken up again, with this deadline.
    NeedReopened { need: NeedNo, reason: ReopenReason, deadline: Option<Moment> },
    /// A need counts as served: nobody said otherwise in time.
    NeedConfirmed { need: NeedNo },
    /// The resident gave this many stars, 1 to 5.
    NeedRated { need: NeedNo, stars: u8 },
    /// Nothing more is expected of a need.
    NeedClosed { need: NeedNo },
    /// Notice: a need without a whole crew has waited for this share of its promise.
    Escalated { need: NeedNo, level: Level },
    /// Notice: the resident should be called, as the rating was low.
    CallBackDue { need: NeedNo },
    /// A person was asked to take a place and may answer until `expires`; the visit would start at
    /// `start`.
    Offered { offer: OfferNo, need: NeedNo, who: PersonNo, role: u16, start: Moment, expires: Moment },
    /// The person who was asked takes the place and starts at `start`.
    Accepted { offer: OfferNo, start: Moment },
    /// The person who was asked does not want to.
    Declined { offer: OfferNo, reason: DeclineReason },
    /// The person who was asked has not answered.
    OfferExpired { offer: OfferNo },
    /// An offer was taken back.
    OfferWithdrawn { offer: OfferNo, reason: WithdrawReason },
    /// A dispatcher gave a place to a person, without an offer.
    Committed { need: NeedNo, who: PersonNo, role: u16, start: Moment },
    /// A member will start at another time.
    Retimed { need: NeedNo, who: PersonNo, start: Moment },
    /// A member is on the way to a stop.
    Departed { need: NeedNo, who: PersonNo, stop: u16 },
    /// A member is at a stop.
    Arrived { need: NeedNo, who: PersonNo, stop: u16 },
    /// A member has done a stop that is not the last one.
    StopDone { need: NeedNo, who: PersonNo, stop: u16 },
    /// A member has done the last stop.
    Done { need: NeedNo, who: PersonNo },
    /// A member did not come.
    NoShow { need: NeedNo, who: PersonNo },
    /// A member gave up the place.
    Released { need: NeedNo, who: PersonNo, reason: ReleaseReason },
    /// A member need not come, as the need has ended.
    StoodDown { need: NeedNo, who: PersonNo },
    /// Notice: a member has not arrived so long after the start.
    VisitOverdue { need: NeedNo, who: PersonNo },
    /// What was lent should be back.
    LoanOverdue { need: NeedNo },
    /// What was lent is back.
    LoanReturned { need: NeedNo },
}

macro_rules! kinds {
    ($($variant:ident = $code:literal;)*) => {
        coded_enum!(
            /// The kind of an [`Event`]: a column of every table.
            pub enum EventKind;
            $(
                #[doc = concat!("[`Event::", stringify!($variant), "`].")]
                $variant = $code;
            )*
        );

        impl Event {
            /// Its kind.
            pub fn kind(&self) -> EventKind {
                match self { $(Self::$variant { .. } => EventKind::$variant),* }
            }
        }
    };
}

kinds!(
    NeedAdded = "need_added";
    NeedChanged = "need_changed";
    NeedHeld = "need_held";
    HoldEnded = "hold_ended";
    NeedCancelled = "need_cancelled";
    NeedRejected = "need_rejected";
    NeedExpired = "need_expired";
    NeedReopened = "need_reopened";
    NeedConfirmed = "need_confirmed";
    NeedRated = "need_rated";
    NeedClosed = "need_closed";
    Escalated = "escalated";
    CallBackDue = "call_back_due";
    Offered = "offered";
    Accepted = "accepted";
    Declined = "declined";
    OfferExpired = "offer_expired";
    OfferWithdrawn = "offer_withdrawn";
    Committed = "committed";
    Retimed = "retimed";
    Departed = "departed";
    Arrived = "arrived";
    StopDone = "stop_done";
    Done = "done";
    NoShow = "no_show";
    Released = "released";
    StoodDown = "stood_down";
    VisitOverdue = "visit_overdue";
    LoanOverdue = "loan_overdue";
    LoanReturned = "loan_returned";
);

impl Event {
    /// The stable code of its kind.
    pub fn code(&self) -> &'static str {
        self.kind().code()
    }
}
