//! A member of the crew of a need.

use crate::base::{Moment, PersonNo};
use crate::machine::AssignmentState;

/// A member of the crew of a need, present or former: the record of an assignment.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The person.
    pub who: PersonNo,
    /// The role that is filled.
    pub role: u16,
    /// Where the assignment stands.
    pub state: AssignmentState,
    /// Since when.
    pub since: Moment,
    /// When the visit is to start, as the person was told.
    pub start: Moment,
    /// When the place was taken.
    pub committed: Moment,
    /// When the person last left for a stop, if that was said.
    pub departed: Option<Moment>,
    /// When the person first arrived.
    pub arrived: Option<Moment>,
    /// How many stops are done: the number of the next one.
    pub stops_done: u16,
    /// Whether it was noticed that the person has not arrived.
    pub overdue: bool,
}

impl Member {
    pub(crate) fn new(who: PersonNo, role: u16, start: Moment, at: Moment) -> Self {
        Self {
            who,
            role,
            state: AssignmentState::Committed,
            since: at,
            start,
            committed: at,
            departed: None,
            arrived: None,
            stops_done: 0,
            overdue: false,
        }
    }

    pub(crate) fn enter(&mut self, state: AssignmentState, at: Moment) {
        if state == self.state {
            return;
        }
        (self.state, self.since) = (state, at);
        match state {
            AssignmentState::Departed => self.departed = Some(at),
            AssignmentState::Arrived => self.arrived = self.arrived.or(Some(at)),
            AssignmentState::Between | AssignmentState::Done => {
                self.stops_done = self.stops_done.saturating_add(1);
            }
            _ => {}
        }
    }
}
