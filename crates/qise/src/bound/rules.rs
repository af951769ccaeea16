//! Which rules a relaxation keeps, and which it leaves out.

use super::Relaxation;
use crate::model::{Family, Rule, Scope};

/// Those that know who could fill which slot.
const PAIRS: &[Relaxation] =
    &[Relaxation::Able, Relaxation::Knapsack, Relaxation::NgRoutes, Relaxation::Routes];
/// Those that add up the time of shifts.
const SHIFTS: &[Relaxation] =
    &[Relaxation::Hours, Relaxation::Knapsack, Relaxation::NgRoutes, Relaxation::Routes];
/// Those that know routes in order.
const ROUTES: &[Relaxation] = &[Relaxation::NgRoutes, Relaxation::Routes];
/// All but the one that knows nothing but what is asked for.
const ALL: &[Relaxation] =
    &[Relaxation::Able, Relaxation::Hours, Relaxation::Knapsack, Relaxation::NgRoutes, Relaxation::Routes];

/// The relaxations that keep a rule, all of it or the part that a single visit, shift or route shows.
///
/// The others leave it out: no plan that breaks only such rules is beyond a bound that they prove.
pub fn kept_by(rule: Rule) -> &'static [Relaxation] {
    match rule {
        Rule::DuplicateRoute => SHIFTS,
        Rule::CrewIncomplete | Rule::RideBroken => ALL,
        Rule::CrewApart => PAIRS,
        Rule::CrewSamePerson => ROUTES,
        Rule::RestTooShort | Rule::UnloadOrder => &[],
        _ => match rule.family() {
            // Pairs that eligibility excludes are left out of every route: of goods, breaks and limits that is all that is kept, and what
            // one route shows.
            Family::Who
            | Family::Moment
            | Family::Break
            | Family::Load
            | Family::Goods
            | Family::Limit
            | Family::Ride => PAIRS,
            // What keeps visits between the start and the end of a shift, and apart; and needs are served or not, or handed to others for
            // what there is to spend.
            Family::Timing | Family::Outside => ALL,
            // What several routes owe each other; and no plan is better for breaking rules of form.
            Family::Twice | Family::Crew | Family::Link | Family::Form => &[],
        },
    }
}

impl Relaxation {
    /// The rules that it leaves out altogether, but for those of form, which no plan is better for breaking.
    pub fn relaxes(self) -> impl Iterator<Item = Rule> {
        let relaxed = move |&rule: &Rule| rule.scope() != Scope::Form && !kept_by(rule).contains(&self);
        Rule::ALL.iter().copied().filter(relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eligibility::exclusions;

    #[test]
    fn what_eligibility_checks_is_kept_wherever_pairs_are_known() {
        for &rule in Rule::ALL.iter().filter(|rule| !exclusions(**rule).is_empty()) {
            assert!(PAIRS.iter().all(|known| kept_by(rule).contains(known)), "{rule}");
        }
    }

    #[test]
    fn closer_relaxations_of_routes_keep_what_looser_ones_keep() {
        let chain = [Relaxation::Able, Relaxation::Knapsack, Relaxation::NgRoutes, Relaxation::Routes];
        for pair in chain.windows(2) {
            let looser = pair[0].relaxes().collect::<Vec<_>>();
            assert!(pair[1].relaxes().all(|rule| looser.contains(&rule)), "{:?}", pair[1]);
        }
        assert!(Relaxation::Asked.relaxes().count() > Relaxation::Routes.relaxes().count());
    }
}
