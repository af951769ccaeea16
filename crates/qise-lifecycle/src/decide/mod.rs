//! What a command leads to: one file for each part of a need's life.

mod crew;
mod need;
mod offer;
mod visit;

use crate::answer::{Decision, Outcome, Refusal};
use crate::base::{Moment, NeedNo};
use crate::command::Command;
use crate::conflict::Conflict;
use crate::event::Event;
use crate::lifecycle::Lifecycle;
use crate::machine::AssignmentState;
use crate::planning::Planning;
use crate::reason::WithdrawReason;

impl Lifecycle {
    /// What a command leads to at a moment. Nothing changes: apply the events in order, at that
    /// moment.
    ///
    /// # Errors
    ///
    /// [`Refusal::Obstacle`] is what the planning says, [`Refusal::Conflict`] what does not fit the
    /// state, [`Conflict::TimerDue`] among it: see [`Self::timer_before`].
    pub fn decide<P: Planning>(
        &self,
        at: Moment,
        command: &Command,
        planning: &mut P,
    ) -> Result<Decision, Refusal<P::Obstacle>> {
        self.check_time(at)?;
        if let Some((due, timer)) = self.timer_before(at, command) {
            return Err(Conflict::TimerDue { timer, due }.into());
        }
        let decided = match *command {
            Command::AddNeed { need, ref facts, released, raised } => {
                self.add_need(at, need, facts, released, raised)
            }
            Command::ChangeNeed { need, ref facts } => return self.change_need(at, need, facts, planning),
            Command::CancelNeed { need, reason } => self.cancel_need(at, need, reason),
            Command::Reopen { need, reason, deadline } => {
                self.noted(at, Event::NeedReopened { need, reason, deadline })
            }
            Command::Offer { need, who, role, expires } => {
                return self.make_offer(at, (need, who, role), expires, planning);
            }
            Command::Accept { offer } => return self.accept(at, offer, planning),
            Command::Decline { offer, reason } => self.noted(at, Event::Declined { offer, reason }),
            Command::Commit { need, ref who } => return self.commit(at, need, who, planning),
            Command::Withdraw { need, who } => self.withdraw(at, need, who),
            Command::NoShow { need, who } => self.no_show(at, need, who),
            Command::Depart { need, who, stop } => self.noted(at, Event::Departed { need, who, stop }),
            Command::Arrive { need, who, stop } => self.noted(at, Event::Arrived { need, who, stop }),
            Command::Done { need, who, stop } => self.done(at, need, who, stop),
            Command::Rate { need, stars } => self.rate(at, need, stars),
            Command::Hold { need, reason, until } => self.hold(at, need, reason, until),
            Command::LoanBack { need } => self.noted(at, Event::LoanReturned { need }),
            Command::OffDuty { who, until } => self.off_duty(who, until),
            Command::Tick => Ok(Decision { outcome: Outcome::Noted, events: Vec::new() }),
        };
        decided.map_err(Refusal::Conflict)
    }

    /// One event, if it fits.
    fn noted(&self, at: Moment, event: Event) -> Result<Decision, Conflict> {
        self.check(at, &event)?;
        Ok(Decision { outcome: Outcome::Noted, events: vec![event] })
    }

    /// A need ends without being served: who was asked and who was to come are told.
    pub(crate) fn ending(&self, no: NeedNo, end: Event, reason: WithdrawReason) -> Vec<Event> {
        let need = &self.needs[no.index()];
        let mut events = vec![end];
        events.extend(need.open_offers.iter().map(|&offer| Event::OfferWithdrawn { offer, reason }));
        for state in [AssignmentState::Committed, AssignmentState::Departed] {
            events
                .extend(need.members_in(state).map(|member| Event::StoodDown { need: no, who: member.who }));
        }
        events
    }
}
