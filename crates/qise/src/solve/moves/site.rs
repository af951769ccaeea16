//! What a move works on, and what comes of it.

use super::subproblem::Subproblem;
use crate::base::Random;
use crate::solve::instance::Instance;
use crate::solve::state::WorkingPlan;

/// What a move works on.
pub(crate) struct Site<'s> {
    pub(crate) instance: &'s Instance<'s>,
    pub(crate) plan: &'s mut WorkingPlan,
    pub(crate) subproblem: &'s Subproblem,
    pub(crate) random: &'s mut Random,
    /// What a change may cost more, in units of the weighted cost, drawn from the temperature.
    pub(crate) margin: f64,
}

/// What came of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The plan has changed: whether the change is kept is to be decided.
    Changed,
    /// The plan is as it was: this move is not possible here, another may be.
    NotPossible,
    /// The change led nowhere: it is to be undone.
    Failed,
}
