//! Which part of the search keeps a plan from breaking which rule.

use crate::model::Rule;

/// The files, below this folder, that keep a rule in every state of the search; the first to look at where a plan breaks it.
#[allow(clippy::match_same_arms)] // rules in the order of what they are about
pub(super) fn held_by(rule: Rule) -> &'static [&'static str] {
    match rule {
        // How a plan is written down.
        Rule::OtherProblem
        | Rule::UnknownId
        | Rule::TimeOutOfRange
        | Rule::NotListed
        | Rule::WronglyListed
        | Rule::WrongScore => &["state/export.rs"],
        Rule::ServedTwice => &["state/mod.rs", "insertion/crew.rs"],
        // Who may serve what: slots and units are compatible or not, and whoever is not is never tried.
        Rule::SkillMissing
        | Rule::SkillLevel
        | Rule::CredentialMissing
        | Rule::CredentialLevel
        | Rule::LanguageMissing
        | Rule::LanguageLevel
        | Rule::WrongGender
        | Rule::WrongTeam
        | Rule::WrongPerson
        | Rule::NoAlternative
        | Rule::Forbidden
        | Rule::PinMoved
        | Rule::TooNear
        | Rule::BeyondRadius => &["instance/mod.rs"],
        // When a visit may start, and what a route takes.
        Rule::SkillExpired
        | Rule::CredentialExpired
        | Rule::LanguageExpired
        | Rule::OutsideWindow
        | Rule::PromiseBroken
        | Rule::PinRetimed => &["instance/starts.rs", "state/schedule/timing.rs"],
        Rule::EarlyDeparture
        | Rule::LateFinish
        | Rule::TravelTooShort
        | Rule::Overlap
        | Rule::EarlyStart
        | Rule::WrongService => &["state/schedule/timing.rs"],
        Rule::BreakMissing | Rule::BreakMisplaced => &["state/schedule/breaks.rs"],
        Rule::Overload => &["state/route/load_profile.rs"],
        Rule::GoodsMissing | Rule::GoodsKept => &["state/route/goods_transfers.rs"],
        Rule::NotKept | Rule::DepotClosed | Rule::TooManyCalls => {
            &["instance/depot_calls.rs", "state/route/goods_transfers.rs"]
        }
        Rule::OutOfStock => &["state/depot_stock.rs"],
        // Limits of a person and of a vehicle.
        Rule::WeekWork
        | Rule::RestTooShort
        | Rule::DayTravel
        | Rule::DayWork
        | Rule::DayDistance
        | Rule::DayVisits
        | Rule::BeyondRange => &["state/limits.rs"],
        Rule::DuplicateRoute | Rule::VehicleTaken => &["instance/exclusive_units.rs", "state/blocked.rs"],
        // Rides and crews go in and out as a whole.
        Rule::RideBroken => &["state/rides.rs", "insertion/sequence/mod.rs"],
        Rule::RideTooLong => &["instance/precedence.rs", "state/sync_starts.rs"],
        Rule::CrewIncomplete | Rule::CrewSamePerson => &["state/crews.rs", "insertion/crew.rs"],
        Rule::CrewApart => &["instance/precedence.rs", "state/sync_starts.rs"],
        Rule::CrewTeam | Rule::CrewTally | Rule::CrewMeets => &["instance/together.rs", "state/party.rs"],
        Rule::PartyStranger => &["instance/party_pools.rs"],
        // What needs have to do with each other.
        Rule::LinkMissing => &["insertion/prerequisites.rs"],
        Rule::LinkTime => &["instance/precedence.rs", "state/sync_starts.rs"],
        Rule::LinkDays => &["instance/precedence.rs", "state/sync_starts.rs", "state/retiming.rs"],
        Rule::LinkPerson | Rule::LinkDay | Rule::SecondWay => &["instance/links.rs", "instance/together.rs"],
        Rule::NotOutsourced | Rule::OverBudget => &["state/outsourced.rs"],
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_rule_is_held_by_files_that_are_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/solve");
        for &rule in Rule::ALL {
            assert!(!held_by(rule).is_empty(), "{rule}");
            for file in held_by(rule) {
                assert!(root.join(file).is_file(), "{rule}: {file}");
            }
        }
    }
}
