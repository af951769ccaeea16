//! Changes of one route that leave the times of all others as they are: then what they cost is told by that route alone.

use super::WorkingPlan;
use super::schedule::timing::Timing;
use crate::model::{Seconds, SlotId, Term, Time, UnitId};
use crate::solve::instance::Instance;

/// Whether a route tells what a change of it costs that leaves the times of all others as they are: nothing counts that hangs on several
/// routes, nor does anything change hands at depots.
pub(crate) fn routes_tell(instance: &Instance<'_>) -> bool {
    instance.weights.of(Term::Spread) == 0
        && !instance.weights.weighs_shares()
        && instance.makespans.is_empty()
        && instance.parties.is_empty()
        && instance.depot_calls.is_empty()
}

/// When the visits of a route are made.
pub(crate) fn starts(
    plan: &WorkingPlan,
    instance: &Instance<'_>,
    unit: UnitId,
    timing: &mut Timing,
    starts: &mut Vec<Time>,
) {
    let start = plan.route(unit).start(instance.unit(unit));
    let good = timing.set(instance, unit, start, &plan.route(unit).visits, &plan.sync_starts.release);
    debug_assert!(good, "every route of a working plan can be timed");
    starts.clone_from(&timing.starts);
}

/// How long somebody waits behind a visit, at most, on a route that is timed like that.
pub(crate) fn waits_behind(
    plan: &WorkingPlan,
    instance: &Instance<'_>,
    unit: UnitId,
    at: usize,
    timing: &Timing,
) -> Seconds {
    let (owner, visits) = (instance.unit(unit), &plan.route(unit).visits);
    let over = timing.starts[at] + instance.service(visits[at], owner);
    let mut busy = plan.route(unit).back.seconds;
    for pair in visits[at..].windows(2) {
        let here = instance.slot(pair[0]).place;
        busy += (instance.arc(owner, here, pair[1]) + instance.service(pair[1], owner)).0;
    }
    Seconds((timing.finish - over).0 - busy)
}

/// Whether everybody else may keep their times where a route becomes `visits`, timed like that, of which the one with number `at` is new:
/// whoever is met is met when they were `before`.
pub(crate) fn meets_as_before(
    instance: &Instance<'_>,
    visits: &[SlotId],
    at: usize,
    timing: &Timing,
    before: &[Time],
) -> bool {
    let mut others = visits.iter().zip(&timing.starts).enumerate().filter(|&(v, _)| v != at);
    let same = |(v, (&slot, &start))| {
        !instance.slot(slot).is_synchronised || start == before[v - usize::from(v > at)]
    };
    others.all(same)
}
