//! Timers: derived from the state, never stored in a journal before they fire.

use crate::base::{Moment, NeedNo, OfferNo};
use crate::machine::{AssignmentState, LoanState, NeedState};
use crate::reason::Level;
use crate::record::{Limits, Member, Need};

/// Something that happens by itself. At one moment timers fire in this order: by kind, then by
/// number.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// An offer was not answered.
    OfferExpires(OfferNo),
    /// The wait of a need is over.
    HoldEnds(NeedNo),
    /// A need has no whole crew at its deadline, and nobody has begun.
    DeadlinePasses(NeedNo),
    /// A need without a whole crew has waited for a share of its promise.
    Escalates(NeedNo),
    /// A member has not arrived.
    VisitOverdue(NeedNo),
    /// What was lent is not back.
    LoanOverdue(NeedNo),
    /// Nobody has confirmed a need.
    ConfirmLimit(NeedNo),
    /// A need is closed.
    RatingLimit(NeedNo),
}

impl Timer {
    /// The stable code of its kind.
    pub fn code(self) -> &'static str {
        match self {
            Self::OfferExpires(_) => "offer_expires",
            Self::HoldEnds(_) => "hold_ends",
            Self::DeadlinePasses(_) => "deadline_passes",
            Self::Escalates(_) => "escalates",
            Self::VisitOverdue(_) => "visit_overdue",
            Self::LoanOverdue(_) => "loan_overdue",
            Self::ConfirmLimit(_) => "confirm_limit",
            Self::RatingLimit(_) => "rating_limit",
        }
    }
}

/// The next timer of a need itself; its offers have their own.
pub(crate) fn next_of(no: NeedNo, need: &Need, limits: &Limits) -> Option<(Moment, Timer)> {
    use NeedState as S;
    let mut next: Option<(Moment, Timer)> = None;
    let mut consider = |due: Option<Moment>, timer: Timer| {
        if let Some(due) = due
            && next.is_none_or(|next| (due, timer) < next)
        {
            next = Some((due, timer));
        }
    };
    match need.state {
        S::Queued | S::Offering | S::OnHold => {
            consider(need.hold.map(|hold| hold.until), Timer::HoldEnds(no));
            // a need may wait with a whole crew
            if need.state != S::OnHold || need.missing() > 0 {
                if need.begun_by().is_none() {
                    consider(need.facts.deadline, Timer::DeadlinePasses(no));
                }
                let level = Level::above(need.escalated);
                consider(level.and_then(|level| level_due(need, level)), Timer::Escalates(no));
            }
        }
        S::Fulfilled => consider(need.ended.map(|at| at.after(limits.confirm)), Timer::ConfirmLimit(no)),
        S::Confirmed | S::Rated => {
            consider(need.confirmed.map(|at| at.after(limits.rate)), Timer::RatingLimit(no));
        }
        S::Staffed | S::EnRoute | S::OnSite | S::Closed | S::Rejected | S::Cancelled | S::Expired => {}
    }
    if need.state.is_open() && need.state != S::OnHold {
        let first = need.members.iter().filter(|member| is_awaited(member)).map(|member| member.start).min();
        consider(first.map(|start| start.after(limits.grace)), Timer::VisitOverdue(no));
    }
    if need.loan.is_some_and(|loan| loan.state == LoanState::Out) {
        consider(need.facts.lends.and_then(|lends| lends.back_by), Timer::LoanOverdue(no));
    }
    next
}

/// When a need has waited for this level of its promise.
pub(crate) fn level_due(need: &Need, level: Level) -> Option<Moment> {
    need.facts.promise.map(|promise| need.released.after(promise.percent(level.percent())))
}

/// Whether the member is still to arrive and this was not noticed.
pub(crate) fn is_awaited(member: &Member) -> bool {
    let state = member.state;
    !member.overdue
        && member.stops_done == 0
        && matches!(state, AssignmentState::Committed | AssignmentState::Departed)
}
