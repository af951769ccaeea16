//! Folds events. Nothing here can fail: `check` comes first.

mod crew;

use crate::base::{Moment, NeedNo};
use crate::conflict::Conflict;
use crate::event::Event;
use crate::lifecycle::Lifecycle;
use crate::machine::{LoanState, OfferState, Step};
use crate::record::{Hold, Loan, Need, Offer};

impl Lifecycle {
    /// Folds an event that happened at a moment.
    ///
    /// # Errors
    ///
    /// Why the event does not fit. Nothing has changed then.
    pub fn apply(&mut self, at: Moment, event: &Event) -> Result<(), Conflict> {
        let step = self.check(at, event)?;
        let no = self.need_of(event)?;
        self.now = at;
        self.fold(at, no, event);
        self.settle(at, no, step);
        Ok(())
    }

    /// Changes what the event itself changes.
    fn fold(&mut self, at: Moment, no: NeedNo, event: &Event) {
        match *event {
            Event::NeedAdded { ref facts, released, raised, .. } => {
                let need = Need::new(facts.clone(), released, raised, at);
                self.index.add_need(no, need.state);
                self.needs.push(need);
            }
            Event::NeedChanged { ref facts, .. } => self.needs[no.index()].facts.clone_from(facts),
            Event::NeedHeld { reason, until, .. } => {
                self.needs[no.index()].hold = Some(Hold { reason, until });
            }
            Event::NeedReopened { deadline, .. } => reopen(&mut self.needs[no.index()], deadline),
            Event::NeedRated { stars, .. } => self.needs[no.index()].stars = Some(stars),
            Event::Escalated { level, .. } => self.needs[no.index()].escalated = Some(level),
            Event::Offered { offer, who, role, start, expires, .. } => {
                self.add_offer(
                    offer,
                    Offer {
                        need: no,
                        who,
                        role,
                        start,
                        sent: at,
                        expires,
                        state: OfferState::Sent,
                        since: at,
                    },
                );
            }
            Event::Accepted { offer, start } => {
                self.end_offer(at, offer, event);
                let made = self.offers[offer.index()];
                self.join(at, no, made.who, made.role, start);
            }
            Event::Declined { offer, .. } | Event::OfferExpired { offer } => {
                self.end_offer(at, offer, event);
                self.remember_asked(no, offer);
            }
            Event::OfferWithdrawn { offer, .. } => self.end_offer(at, offer, event),
            Event::Committed { who, role, start, .. } => self.join(at, no, who, role, start),
            Event::Retimed { who, start, .. } => {
                self.change_member(no, who, |member| (member.start, member.overdue) = (start, false));
            }
            Event::VisitOverdue { who, .. } => self.change_member(no, who, |member| member.overdue = true),
            Event::Departed { who, .. }
            | Event::Arrived { who, .. }
            | Event::StopDone { who, .. }
            | Event::Done { who, .. }
            | Event::NoShow { who, .. }
            | Event::Released { who, .. }
            | Event::StoodDown { who, .. } => self.move_member(at, no, who, event.kind()),
            Event::LoanOverdue { .. } => self.set_loan(at, no, LoanState::Overdue),
            Event::LoanReturned { .. } => self.set_loan(at, no, LoanState::Returned),
            Event::HoldEnded { .. }
            | Event::NeedCancelled { .. }
            | Event::NeedRejected { .. }
            | Event::NeedExpired { .. }
            | Event::NeedConfirmed { .. }
            | Event::NeedClosed { .. }
            | Event::CallBackDue { .. } => {}
        }
    }

    /// Takes the step of the need and derives its timer.
    fn settle(&mut self, at: Moment, no: NeedNo, step: Step) {
        let need = &mut self.needs[no.index()];
        let state = match step {
            Step::To(state) => state,
            Step::Stay => need.state,
            Step::ByCrew => need.by_crew(),
        };
        if state != need.state {
            self.index.move_need(no, need.state, state);
            need.enter(state, at);
        }
        self.index.set_timer(no, need, &self.limits);
    }

    fn set_loan(&mut self, at: Moment, no: NeedNo, state: LoanState) {
        self.needs[no.index()].loan = Some(Loan { state, since: at });
    }
}

/// Begins a new attempt. Release, loan and who raised it stay.
fn reopen(need: &mut Need, deadline: Option<Moment>) {
    need.attempt = need.attempt.saturating_add(1);
    need.facts.deadline = deadline;
    need.members.clear();
    need.asked.clear();
    need.escalated = None;
    (need.ended, need.confirmed, need.stars) = (None, None, None);
}
