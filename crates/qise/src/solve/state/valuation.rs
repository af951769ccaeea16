//! What a plan is worth: its terms, the levels that the search compares, the score, and what one more need would add.

use super::WorkingPlan;
use super::route::RouteTotals;
use super::terms::continuity::continuity_penalty;
use crate::model::{Problem, SlotId, Term, Terms, UnitId};
use crate::plan::Score;
use crate::solve::instance::Instance;
use crate::solve::instance::weights::Measure;

impl WorkingPlan {
    /// Cost in the currency of insertions.
    pub(crate) fn cost(&self, instance: &Instance<'_>) -> i128 {
        let guidance = self.terms.last_ends.cost_of_guidance(instance, instance.makespans.guidance);
        let cost = instance.weights.cost(self.terms.all()) + i128::from(guidance);
        let strangers = i128::from(continuity_penalty(self, instance.problem));
        cost + i128::from(instance.weights.of(Term::Preferences)) * strangers
    }

    /// What the search compares of the plan.
    pub(crate) fn measure(&self, instance: &Instance<'_>) -> Measure {
        let mut measure = Measure::default();
        self.measure_into(instance, &mut measure);
        measure
    }

    /// The same into a buffer.
    pub(crate) fn measure_into(&self, instance: &Instance<'_>, measure: &mut Measure) {
        let pull = self.terms.last_ends.cost_of_guidance(instance, instance.makespans.guidance);
        instance.weights.measure(&self.all_terms(instance.problem), pull, measure);
    }

    pub(crate) fn score(&self, problem: &Problem) -> Score {
        problem.objective().score(&self.all_terms(problem))
    }

    /// All terms that the objective uses; others may not be kept up to date.
    pub(crate) fn all_terms(&self, problem: &Problem) -> Terms {
        let mut terms = *self.terms.all();
        terms.add(Term::Preferences, continuity_penalty(self, problem));
        terms
    }
}

/// By how much every term grows when one more need is served by a route that then has these totals; but for terms that no single route
/// tells: the last ends, how far service times and shares lie apart.
pub(crate) fn growth(
    plan: &WorkingPlan,
    instance: &Instance<'_>,
    unit: UnitId,
    totals: &RouteTotals,
    slot: SlotId,
) -> Terms {
    let (flat, route) = (instance.slot(slot), plan.route(unit));
    let mut growth = Terms::default();
    route.totals.add_to(&mut growth, -1);
    totals.add_to(&mut growth, 1);
    growth.add(
        Term::Load,
        plan.routes.load_with(instance, unit, totals.work)
            - plan.routes.load_with(instance, unit, route.totals.work),
    );
    let goes = route.out || plan.routes.goes_out_besides(instance, instance.unit(unit).volunteer, unit);
    growth.add(Term::People, i64::from(!goes));
    growth.add(Term::WorstTardiness, (totals.worst - plan.terms.worst()).max(0));
    growth.add(Term::Unserved, -1);
    growth.add(Term::UnservedPriority, -flat.priority);
    growth.add(Term::UnservedMandatory, -i64::from(flat.comes_first));
    growth
}

/// Counts the needs left anew, after the priorities of the search have changed.
pub(crate) fn recount(plan: &mut WorkingPlan, instance: &Instance<'_>) {
    let left = plan.unserved().iter().map(|&n| instance.slot(n).priority).sum();
    plan.terms.set_unserved_priority(left);
}
