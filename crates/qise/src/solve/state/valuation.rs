//! What a plan is worth: its terms, the levels that the search compares, the score, and what one more need would add.

use super::WorkingPlan;
use super::terms::continuity::continuity_penalty;
use crate::model::{Problem, Term, Terms};
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

/// Counts the needs left anew, after the priorities of the search have changed.
pub(crate) fn recount(plan: &mut WorkingPlan, instance: &Instance<'_>) {
    let left = plan.unserved().iter().map(|&n| instance.slot(n).priority).sum();
    plan.terms.set_unserved_priority(left);
}
