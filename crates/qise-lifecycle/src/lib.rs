//! The machines of need, offer, assignment and loan: commands in, events out.
//!
//! Whoever drives them (a live service, a simulator) has the clock, the plan, the keys and the
//! journal. This crate has none of these. It decides what a command leads to, and folds what has
//! happened:
//!
//! - [`Lifecycle::decide`] is pure. It answers a [`Command`] with an [`Outcome`] and events, or
//!   refuses it; what does not fit the state is a [`Conflict`]. It asks a [`Planning`] who fits.
//! - [`Lifecycle::apply`] folds one [`Event`]. Events hold results, so that this asks nobody; an
//!   event that does not fit is a [`Conflict`] too, and changes nothing.
//! - [`Lifecycle::next_timer`] tells what happens by itself next, [`Lifecycle::fire`] which events
//!   that is. [`Lifecycle::timer_before`] tells what must fire before a command.
//!
//! ```
//! use qise_lifecycle::{
//!     Command, Event, Facts, Lifecycle, Limits, Moment, NeedNo, NeedState, OfferNo, Outcome, PersonNo,
//!     Placed, Planning, Refusal, Seat, Seconds,
//! };
//!
//! /// Everybody is there ten minutes later.
//! struct TenMinutes;
//!
//! impl Planning for TenMinutes {
//!     type Obstacle = ();
//!     fn place(&mut self, at: Moment, _: NeedNo, _: u16, _: PersonNo) -> Result<Placed, ()> {
//!         Ok(Placed { start: at.after(Seconds::minutes(10)) })
//!     }
//!     fn crew(&mut self, at: Moment, _: NeedNo, who: &[PersonNo]) -> Result<Vec<Seat>, ()> {
//!         let start = at.after(Seconds::minutes(10));
//!         Ok(who.iter().map(|&who| Seat { role: 0, who, start }).collect())
//!     }
//!     fn still_fits(&mut self, at: Moment, _: NeedNo, _: u16, _: PersonNo) -> Result<Placed, ()> {
//!         Ok(Placed { start: at.after(Seconds::minutes(10)) })
//!     }
//! }
//!
//! /// Fires what is due, decides, applies: what a shell does, which also writes a journal.
//! fn submit(life: &mut Lifecycle, at: i64, command: &Command) -> Result<Outcome, Refusal<()>> {
//!     let at = Moment(at);
//!     while let Some((due, timer)) = life.timer_before(at, command) {
//!         for event in life.fire(timer)? {
//!             life.apply(due, &event)?;
//!         }
//!     }
//!     let decision = life.decide(at, command, &mut TenMinutes)?;
//!     for event in &decision.events {
//!         life.apply(at, event)?;
//!     }
//!     Ok(decision.outcome)
//! }
//!
//! let (water, bat, saran) = (NeedNo(0), PersonNo(7), PersonNo(8));
//! let mut life = Lifecycle::new(Limits::default());
//! let (facts, released) = (Facts::one_person(), Moment(0));
//! submit(&mut life, 0, &Command::AddNeed { need: water, facts, released, raised: None })?;
//! for who in [bat, saran] {
//!     let expires = Seconds::minutes(10);
//!     submit(&mut life, 60, &Command::Offer { need: water, who, role: 0, expires })?;
//! }
//! let quicker = submit(&mut life, 90, &Command::Accept { offer: OfferNo(1) })?;
//! // 30 s later than offered
//! assert_eq!(quicker, Outcome::Committed { start: Moment(690), missing: 0 });
//! assert_eq!(submit(&mut life, 95, &Command::Accept { offer: OfferNo(0) })?, Outcome::Filled);
//! assert_eq!(life.need(water).map(|need| need.state), Some(NeedState::Staffed));
//!
//! let again = submit(&mut life, 99, &Command::Accept { offer: OfferNo(1) }).unwrap_err();
//! assert_eq!(again.code(), "offer_state");
//! assert_eq!(again.to_string(), "offer 1 is accepted: accepted cannot follow");
//! # Ok::<(), Refusal<()>>(())
//! ```
//!
//! What must stay true:
//!
//! 1. No I/O, no clock, no random number, no text key. Time is what the caller says.
//! 2. The same events give the same `Lifecycle`, and a snapshot (feature `serde`) equals the fold.
//! 3. What `decide` and `fire` return can be applied, in order and at that moment.
//! 4. A refusal changes nothing; a command that is repeated is refused, or leads to no event.
//! 5. A role is never filled by more people than it asks for. Nobody is on the way to, or at, two
//!    needs at a time. The release of a need never changes.
//! 6. What one event costs does not depend on how many needs there are, but for logarithms.

#![forbid(unsafe_code)]

mod answer;
mod apply;
mod base;
mod check;
mod command;
mod conflict;
mod decide;
mod event;
mod fire;
mod index;
mod lifecycle;
mod machine;
mod planning;
mod reason;
mod record;
#[cfg(feature = "serde")]
mod snapshot;
mod timer;

pub use answer::{Decision, Outcome, Refusal};
pub use base::{Moment, NeedNo, OfferNo, PersonNo, Seconds};
pub use command::{Command, Precedence};
pub use conflict::Conflict;
pub use event::{Event, EventKind};
pub use lifecycle::Lifecycle;
pub use machine::{AssignmentState, LoanState, NeedState, OfferState, Step};
pub use planning::{Placed, Planning, Seat};
pub use reason::{
    CancelReason, DeclineReason, HoldReason, Level, ReleaseReason, ReopenReason, WithdrawReason,
};
pub use record::{
    Asked, Facts, FactsFault, Hold, Lending, Limits, Loan, Member, Need, Offer, Person, PersonState, Raised,
};
#[cfg(feature = "serde")]
pub use snapshot::Stored;
pub use timer::Timer;
