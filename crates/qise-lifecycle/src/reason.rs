//! Why something was done: closed lists with codes. Free text beside a code is kept by the shell.

use crate::base::coded_enum;

coded_enum!(
    /// Why a person declines an offer.
    pub enum DeclineReason;
    /// Has something else to do.
    Busy = "busy";
    /// The way is too far.
    TooFar = "too_far";
    /// Ill or exhausted.
    Unwell = "unwell";
    /// Cannot do what is asked.
    NotSkilled = "not_skilled";
    /// No vehicle, or no room in it.
    NoTransport = "no_transport";
    /// Anything else.
    Other = "other";
);

coded_enum!(
    /// Why a need is given up.
    pub enum CancelReason;
    /// The resident no longer needs it.
    NoLongerNeeded = "no_longer_needed";
    /// Somebody else has done it.
    ServedElsewhere = "served_elsewhere";
    /// The same need is known by another number.
    Duplicate = "duplicate";
    /// It was entered by mistake.
    Mistake = "mistake";
    /// Nobody answers at the place.
    NotReachable = "not_reachable";
    /// Anything else.
    Other = "other";
    /// The office refuses: not what volunteers do.
    OutOfScope = "out_of_scope";
    /// The office refuses: not safe.
    NotSafe = "not_safe";
    /// The office refuses: handed to another agency.
    Referred = "referred";
);

impl CancelReason {
    /// Whether the office refuses the need, so that it is rejected and not cancelled.
    pub fn is_rejection(self) -> bool {
        matches!(self, Self::OutOfScope | Self::NotSafe | Self::Referred)
    }
}

coded_enum!(
    /// Why a need is taken up again.
    pub enum ReopenReason;
    /// The work did not solve it.
    NotSolved = "not_solved";
    /// It was solved and came back.
    CameBack = "came_back";
    /// The resident is not satisfied.
    NotSatisfied = "not_satisfied";
    /// It was ended by mistake.
    Mistake = "mistake";
    /// Anything else.
    Other = "other";
);

coded_enum!(
    /// Why a need waits.
    pub enum HoldReason;
    /// The resident is away.
    ResidentAway = "resident_away";
    /// Material or equipment is missing.
    SuppliesMissing = "supplies_missing";
    /// Dust, snow, flood.
    Weather = "weather";
    /// The place cannot be reached.
    RoadClosed = "road_closed";
    /// Somebody has to agree first.
    AwaitingApproval = "awaiting_approval";
    /// Anything else.
    Other = "other";
);

coded_enum!(
    /// Why an offer was taken back.
    pub enum WithdrawReason;
    /// Somebody else took the last place. The person who was asked did not decline.
    Filled = "filled";
    /// The dispatcher took it back, or the person was committed without it or went off duty.
    Revoked = "revoked";
    /// The need was cancelled, rejected or has expired.
    Cancelled = "cancelled";
);

coded_enum!(
    /// Why a member gave up a place.
    pub enum ReleaseReason;
    /// The dispatcher took the person off.
    Withdrawn = "withdrawn";
    /// The person went off duty.
    OffDuty = "off_duty";
    /// The need changed and the person no longer fits.
    NoLongerFits = "no_longer_fits";
    /// The need changed and asks for fewer people.
    PlaceDropped = "place_dropped";
    /// The plan was made anew: somebody else comes, or nobody.
    Replanned = "replanned";
);

coded_enum!(
    /// How much of its promise a need has waited for without a whole crew.
    pub enum Level;
    /// 50 %.
    Half = "half";
    /// 80 %.
    Most = "most";
    /// 100 %: it is due.
    Due = "due";
);

impl Level {
    /// The share of the promise, in percent.
    pub fn percent(self) -> u8 {
        match self {
            Self::Half => 50,
            Self::Most => 80,
            Self::Due => 100,
        }
    }

    /// The level above `level`; above none is the first.
    pub(crate) fn above(level: Option<Self>) -> Option<Self> {
        match level {
            None => Some(Self::Half),
            Some(Self::Half) => Some(Self::Most),
            Some(Self::Most) => Some(Self::Due),
            Some(Self::Due) => None,
        }
    }
}
