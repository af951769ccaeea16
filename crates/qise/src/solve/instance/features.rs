//! What the search has to look at in this problem: told by what occurs in it, and by what its objective counts.

use super::weights::Weights;
use crate::model::{Problem, Term};

/// What the search has to look at in this problem.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a record of facts")]
pub(crate) struct Features {
    /// Whether more than the ways count: then the timing of a route is reckoned too.
    pub(crate) timed: bool,
    /// Whether visits are moved together to spare working and waiting time.
    pub(crate) compress: bool,
    /// Whether metres count, in the objective or against a limit.
    pub(crate) metres: bool,
    /// Whether some need has several stops.
    pub(crate) rides: bool,
    /// Whether what is on board changes on the way.
    pub(crate) unloads: bool,
    /// Whether it counts how many people are out.
    pub(crate) counts_people: bool,
    /// Whether the number of people comes before all effort.
    pub(crate) people_first: bool,
    /// Whether effort is weighed against needs left: some are not worth it alone, but together.
    pub(crate) weighs_unserved: bool,
}

impl Features {
    pub(super) fn new(problem: &Problem, weights: &Weights) -> Self {
        let (regime, objective) = (problem.regime(), problem.objective());
        let uses = |terms: &[Term]| terms.iter().any(|&term| objective.uses(term));
        let tardy = regime.promised > 0 && uses(&[Term::Tardiness, Term::WorstTardiness, Term::Late]);
        let retimed = regime.told && uses(&[Term::Disruption]);
        let work = uses(&[Term::WorkTime, Term::Waiting, Term::Load, Term::LoadRange, Term::LoadWorst]);
        Self {
            timed: tardy || retimed || work,
            // Whoever leaves later has rested longer.
            compress: work || regime.work_limited || regime.rests,
            metres: uses(&[Term::Distance]) || regime.distance_limited || regime.vehicle_range,
            rides: regime.rides,
            unloads: regime.rides || regime.goods,
            counts_people: uses(&[Term::People]),
            people_first: Weights::puts_people_first(problem),
            weighs_unserved: weights.coverage_first(problem).is_some(),
        }
    }
}
