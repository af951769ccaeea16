//! Which rules a relaxation keeps, and which it leaves out.

use super::Relaxation;
use crate::model::{Rule, Scope};

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
#[allow(clippy::match_same_arms)] // each kind of rule with what is kept of it
pub fn kept_by(rule: Rule) -> &'static [Relaxation] {
    match rule {
        // Who may serve: pairs that eligibility excludes are left out of every route.
        Rule::SkillMissing
        | Rule::SkillLevel
        | Rule::SkillExpired
        | Rule::CredentialMissing
        | Rule::CredentialLevel
        | Rule::CredentialExpired
        | Rule::LanguageMissing
        | Rule::LanguageLevel
        | Rule::LanguageExpired
        | Rule::WrongGender
        | Rule::WrongTeam
        | Rule::WrongPerson
        | Rule::NoAlternative
        | Rule::Forbidden
        | Rule::PinMoved
        | Rule::TooNear
        | Rule::BeyondRadius => PAIRS,
        // What the visit takes by itself: of goods and breaks that is all that is kept.
        Rule::Overload
        | Rule::GoodsMissing
        | Rule::NotKept
        | Rule::OutOfStock
        | Rule::GoodsKept
        | Rule::DepotClosed
        | Rule::TooManyCalls
        | Rule::BreakMissing
        | Rule::BreakMisplaced
        | Rule::RideTooLong
        | Rule::CrewApart => PAIRS,
        // Limits of a day, a week and a vehicle: what one visit takes, and one route.
        Rule::DayTravel
        | Rule::DayWork
        | Rule::DayDistance
        | Rule::DayVisits
        | Rule::WeekWork
        | Rule::BeyondRange => PAIRS,
        Rule::OutsideWindow | Rule::PromiseBroken | Rule::PinRetimed => PAIRS,
        // What keeps visits between the start and the end of a shift, and apart.
        Rule::EarlyDeparture
        | Rule::EarlyStart
        | Rule::TravelTooShort
        | Rule::Overlap
        | Rule::WrongService
        | Rule::LateFinish => ALL,
        Rule::DuplicateRoute => SHIFTS,
        // Needs are served whole or not at all, or handed to others for what there is to spend.
        Rule::CrewIncomplete | Rule::RideBroken | Rule::NotOutsourced | Rule::OverBudget => ALL,
        Rule::CrewSamePerson => ROUTES,
        // What several routes owe each other.
        Rule::CrewTeam
        | Rule::CrewTally
        | Rule::CrewMeets
        | Rule::PartyStranger
        | Rule::LinkMissing
        | Rule::LinkTime
        | Rule::LinkPerson
        | Rule::LinkDays
        | Rule::LinkDay
        | Rule::SecondWay
        | Rule::VehicleTaken
        | Rule::RestTooShort => &[],
        // No plan is better for breaking these: there is nothing to leave out.
        Rule::OtherProblem
        | Rule::UnknownId
        | Rule::TimeOutOfRange
        | Rule::ServedTwice
        | Rule::NotListed
        | Rule::WronglyListed
        | Rule::WrongScore => &[],
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
