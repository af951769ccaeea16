//! The worst lateness of all routes.

use super::counts::Counts;

/// Routes for each worst lateness above zero.
#[derive(Clone, Debug, Default)]
pub(crate) struct WorstLateness(Counts);

impl WorstLateness {
    /// The worst lateness of one route moves: that of the plan then.
    pub(crate) fn replace(&mut self, from: i64, to: i64) -> i64 {
        if from > 0 {
            self.0.remove(from);
        }
        if to > 0 {
            self.0.add(to, 1);
        }
        self.0.greatest().unwrap_or(0)
    }
}
