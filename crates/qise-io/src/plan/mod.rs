//! Reading plans, and checking them.

mod check;
mod csv;
mod previous;
mod reading;
mod stated;
mod table;
mod warm;

pub use check::{CheckedPlan, check_plan};
pub use previous::{PreviousDocument, read_previous};
pub use stated::{StatedFigures, StatedScore, StatedWays, Way};
pub use table::read_plan_table;
pub use warm::{WarmPlan, read_warm, read_warm_table};

use qise::model::Previous;
use qise::plan::Plan;
use qise::{Faults, Problem};

use crate::time::Zone;
use reading::Reading;

/// A plan as a document states it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanDocument {
    /// The plan, with every time that the document leaves out filled in.
    pub plan: Plan,
    /// How many times were filled in.
    pub filled: usize,
    /// What the document says the plan is worth.
    pub score: Option<StatedScore>,
    /// The ways and figures that it states.
    pub stated: StatedFigures,
    /// The plan that people had been told when this one was made, and which its score is reckoned with; that of the problem
    /// when the document states none.
    pub previous: Option<Previous>,
    /// The fingerprint that it states: see [`crate::fingerprint`].
    pub fingerprint: Option<String>,
}

/// Reads a plan for `problem`. Times without offset are in the document's own zone, or else in `zone`.
///
/// The plan need not keep any rule: see [`check_plan`]. Times that are left out are filled in as [`qise::plan::Draft::dated`] does.
///
/// # Errors
/// Everything that is wrong with the document at once: its syntax, its structure, ids that the problem does not have.
pub fn read_plan(problem: &Problem, zone: &Zone, bytes: &[u8]) -> Result<PlanDocument, Faults> {
    let (document, mut reading) = Reading::open(problem, zone, bytes)?;
    let draft = reading.plan(&document);
    let previous = document.previous.as_ref().map(|previous| reading.previous(previous));
    reading.finish()?;
    Ok(PlanDocument {
        plan: draft.dated(problem),
        filled: draft.missing(),
        score: document.score.as_ref().map(StatedScore::new),
        stated: StatedFigures::new(&document),
        previous,
        fingerprint: document.fingerprint.map(|fingerprint| fingerprint.0.into_owned()),
    })
}
