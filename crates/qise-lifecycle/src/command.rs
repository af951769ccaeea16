//! What can be asked for.

use crate::base::{Moment, NeedNo, OfferNo, PersonNo, Seconds};
use crate::reason::{CancelReason, DeclineReason, HoldReason, ReopenReason};
use crate::record::{Facts, Raised};

/// What can be asked for. What has no machine, as positions, stock and coming on duty, does not
/// pass here.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields of a variant are what its sentence names")]
pub enum Command {
    /// A need, checked by the caller, under the next number. `released` is its first submission,
    /// now or earlier. `raised` tells who raised it, and at which visit.
    AddNeed { need: NeedNo, facts: Facts, released: Moment, raised: Option<Raised> },
    /// A need asks for something else. The planning is asked whether members who have not left
    /// still fit; those who do not are released.
    ChangeNeed { need: NeedNo, facts: Facts },
    /// A need is given up; with a reason of the office, rejected. Nobody may have arrived.
    CancelNeed { need: NeedNo, reason: CancelReason },
    /// A need that has ended is taken up again, with this deadline for the new attempt. It keeps
    /// its release.
    Reopen { need: NeedNo, reason: ReopenReason, deadline: Option<Moment> },
    /// A person is asked to take a place and has so long to answer.
    Offer { need: NeedNo, who: PersonNo, role: u16, expires: Seconds },
    /// The person who was asked takes the place.
    Accept { offer: OfferNo },
    /// The person who was asked does not want to.
    Decline { offer: OfferNo, reason: DeclineReason },
    /// Places are given to these people, without an offer: all or none. Those who declined may be
    /// among them.
    Commit { need: NeedNo, who: Vec<PersonNo> },
    /// A person's place or open offer is taken back.
    Withdraw { need: NeedNo, who: PersonNo },
    /// A member did not come.
    NoShow { need: NeedNo, who: PersonNo },
    /// A member leaves for a stop.
    Depart { need: NeedNo, who: PersonNo, stop: u16 },
    /// A member is at a stop.
    Arrive { need: NeedNo, who: PersonNo, stop: u16 },
    /// A member has done a stop.
    Done { need: NeedNo, who: PersonNo, stop: u16 },
    /// The resident gives 1 to 5 stars.
    Rate { need: NeedNo, stars: u8 },
    /// A need waits until a moment. Nobody may be on the way or on site. Open offers are taken
    /// back, members keep their places.
    Hold { need: NeedNo, reason: HoldReason, until: Moment },
    /// What was lent is back.
    LoanBack { need: NeedNo },
    /// A person goes off duty: places and offers that start before `until` (without it: all) are
    /// given up. Nobody who is on the way, on site or between two stops can go.
    OffDuty { who: PersonNo, until: Option<Moment> },
    /// Time has come: timers that are due have fired.
    Tick,
}

/// The order of commands of one moment. Timers of that moment fire before decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precedence {
    /// What frees people and things, and what is told from the way.
    Release,
    /// Answers to offers, ratings.
    Answer,
    /// Needs that come, change, or come again.
    Arrival,
    /// What somebody decides: offers, crews, waits; and the tick.
    Decision,
}

impl Command {
    /// Its place among commands of the same moment, for whoever sorts them.
    pub fn precedence(&self) -> Precedence {
        match self {
            Self::CancelNeed { .. }
            | Self::Withdraw { .. }
            | Self::NoShow { .. }
            | Self::Depart { .. }
            | Self::Arrive { .. }
            | Self::Done { .. }
            | Self::LoanBack { .. }
            | Self::OffDuty { .. } => Precedence::Release,
            Self::Accept { .. } | Self::Decline { .. } | Self::Rate { .. } => Precedence::Answer,
            Self::AddNeed { .. } | Self::ChangeNeed { .. } | Self::Reopen { .. } => Precedence::Arrival,
            Self::Offer { .. } | Self::Commit { .. } | Self::Hold { .. } | Self::Tick => Precedence::Decision,
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AddNeed { .. } => "add_need",
            Self::ChangeNeed { .. } => "change_need",
            Self::CancelNeed { .. } => "cancel_need",
            Self::Reopen { .. } => "reopen",
            Self::Offer { .. } => "offer",
            Self::Accept { .. } => "accept",
            Self::Decline { .. } => "decline",
            Self::Commit { .. } => "commit",
            Self::Withdraw { .. } => "withdraw",
            Self::NoShow { .. } => "no_show",
            Self::Depart { .. } => "depart",
            Self::Arrive { .. } => "arrive",
            Self::Done { .. } => "done",
            Self::Rate { .. } => "rate",
            Self::Hold { .. } => "hold",
            Self::LoanBack { .. } => "loan_back",
            Self::OffDuty { .. } => "off_duty",
            Self::Tick => "tick",
        }
    }
}
