//! Debug builds hold the search against the judge on every accepted change.

use super::instance::Instance;
use super::rules::held_by;
use super::state::WorkingPlan;
use crate::model::{Rule, Term, Time};
use crate::plan::{Violation, evaluate};
use crate::solve::state::export;

/// Panics when the judge finds a violation, or another value for any term of the objective.
pub(crate) fn agree(instance: &Instance<'_>, plan: &WorkingPlan) {
    let judged = evaluate(instance.problem, &export::to_plan(plan, instance));
    // Only whole plans send out as many as must go.
    let broken = judged.violations.into_iter().filter(|found| found.rule != Rule::TooFewPeople);
    let broken = broken.collect::<Vec<_>>();
    assert!(broken.is_empty(), "the judge finds violations: {}", blamed(&broken));
    let held = instance.problem.slot_ids().filter(|&slot| plan.unit_of(slot).is_none());
    let held = held.filter(|slot| plan.releases().get(slot.index()).is_some_and(|&until| until > Time::MIN));
    assert_eq!(held.count(), 0, "visits that nobody makes wait for nobody");
    let score = plan.score(instance.problem);
    let counted = judged.score.terms.iter().filter(|&(term, _)| instance.problem.objective().uses(term));
    for (term, value) in counted {
        // Moments are only looked at where they count.
        let kept = match term {
            Term::Distance => instance.features.metres,
            // Where people are sent home, needs left become dearer with time.
            Term::UnservedPriority => instance
                .problem
                .slot_ids()
                .filter(|&n| instance.slot(n).leads)
                .all(|n| instance.slot(n).priority == i64::from(instance.problem.need_of(n).priority)),
            Term::Makespan => !instance.makespans.is_empty(),
            Term::Tardiness | Term::WorstTardiness | Term::Late | Term::Disruption => instance.features.timed,
            _ => true,
        };
        assert!(
            !kept || score.terms.get(term) == value,
            "{term:?}: search {} judge {value}",
            score.terms.get(term)
        );
    }
}

/// What is broken, each with the files that should have kept it.
fn blamed(violations: &[Violation]) -> String {
    let of = |violation: &Violation| {
        let files = held_by(violation.rule).join(", ");
        format!("{violation:?}, which {files} should keep")
    };
    violations.iter().map(of).collect::<Vec<_>>().join("; ")
}
