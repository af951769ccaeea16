//! A plan of an earlier state of a problem, as far as the problem still knows its needs and people.

use qise::model::{Code, Fault};
use qise::plan::{Draft, DraftVisit, Plan};
use qise::{Faults, Problem};

use super::reading::Reading;
use super::table;
use crate::convert::LOST;
use crate::time::Zone;

/// A plan to start from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WarmPlan {
    /// What the problem knows of it.
    pub plan: Plan,
    /// What was left out, because its need, its person or its vehicle is no longer there.
    pub gone: Vec<Fault>,
}

/// Reads a plan to start from. Needs, people, shifts, vehicles, depots and goods that `problem` does not have are no fault: what
/// the plan says of them is left out, and named in [`WarmPlan::gone`].
///
/// # Errors
/// What is wrong with the document itself.
pub fn read_warm(problem: &Problem, zone: &Zone, bytes: &[u8]) -> Result<WarmPlan, Faults> {
    let (document, mut reading) = Reading::open(problem, zone, bytes)?;
    let mut draft = reading.plan(&document);
    let gone = taken(&mut reading.findings.faults);
    reading.finish()?;
    prune(&mut draft);
    Ok(WarmPlan { plan: draft.dated(problem), gone })
}

/// As [`read_warm`], for a table such as [`crate::read_plan_table`] reads.
///
/// # Errors
/// What is wrong with the table itself.
pub fn read_warm_table(problem: &Problem, zone: &Zone, bytes: &[u8]) -> Result<WarmPlan, Faults> {
    let (draft, mut faults) = table::draft(problem, zone, bytes)?;
    let gone = taken(&mut faults.0);
    faults.into_result()?;
    Ok(WarmPlan { plan: draft.dated(problem), gone })
}

/// Takes out of a list of faults those of ids that lead nowhere.
fn taken(faults: &mut Vec<Fault>) -> Vec<Fault> {
    faults.extract_if(.., |fault| fault.code == Code::UnknownReference).collect()
}

/// Leaves out of a draft whatever belongs to an id that leads nowhere.
fn prune(draft: &mut Draft) {
    draft.unserved.retain(|need| need.0 != LOST);
    draft.outsourced.retain(|need| need.0 != LOST);
    draft.routes.retain_mut(|route| {
        let is_known = |visit: &DraftVisit| visit.need.0 != LOST;
        for call in &mut route.calls {
            let before =
                route.visits.iter().take(call.before as usize).filter(|visit| is_known(visit)).count();
            call.before = u32::try_from(before).unwrap_or(u32::MAX);
            call.takes.retain(|amount| amount.good.0 != LOST);
            call.gives.retain(|amount| amount.good.0 != LOST);
        }
        route.calls.retain(|call| call.depot.0 != LOST);
        route.visits.retain(is_known);
        route.unit.0 != LOST
    });
}
