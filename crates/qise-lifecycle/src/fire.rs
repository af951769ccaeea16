//! What happens when a timer fires.

use crate::base::{Moment, NeedNo};
use crate::conflict::Conflict;
use crate::event::Event;
use crate::lifecycle::Lifecycle;
use crate::reason::{Level, WithdrawReason};
use crate::record::Member;
use crate::timer::{Timer, is_awaited, level_due};

impl Lifecycle {
    /// What happens when the next timer fires, at the moment that [`Self::next_timer`] tells. Each
    /// timer is gone, or later, once these events are applied.
    ///
    /// # Errors
    ///
    /// [`Conflict::TimerNotNext`] for any other timer.
    pub fn fire(&self, timer: Timer) -> Result<Vec<Event>, Conflict> {
        let (at, _) =
            self.next_timer().filter(|&(_, next)| next == timer).ok_or(Conflict::TimerNotNext { timer })?;
        Ok(match timer {
            Timer::OfferExpires(offer) => vec![Event::OfferExpired { offer }],
            Timer::HoldEnds(need) => vec![Event::HoldEnded { need }],
            Timer::DeadlinePasses(need) => {
                self.ending(need, Event::NeedExpired { need }, WithdrawReason::Cancelled)
            }
            Timer::Escalates(need) => {
                self.level_at(at, need).map(|level| Event::Escalated { need, level }).into_iter().collect()
            }
            Timer::VisitOverdue(need) => {
                let is_due =
                    |member: &&Member| is_awaited(member) && member.start.after(self.limits.grace) <= at;
                let late = self.needs[need.index()].members.iter().filter(is_due);
                late.map(|member| Event::VisitOverdue { need, who: member.who }).collect()
            }
            Timer::LoanOverdue(need) => vec![Event::LoanOverdue { need }],
            Timer::ConfirmLimit(need) => vec![Event::NeedConfirmed { need }],
            Timer::RatingLimit(need) => vec![Event::NeedClosed { need }],
        })
    }

    /// The highest level that a need has reached: one notice, where several levels are due at once
    /// because the need was reopened or is short again.
    fn level_at(&self, at: Moment, need: NeedNo) -> Option<Level> {
        let need = &self.needs[need.index()];
        let is_due = |level: &&Level| level_due(need, **level).is_some_and(|due| due <= at);
        Level::ALL.iter().rfind(is_due).copied()
    }
}
