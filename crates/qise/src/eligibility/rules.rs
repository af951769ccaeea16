//! Which rules are checked for a single pair of a person and a need, before any plan is made.

use super::exclusion::Exclusion;
use crate::model::{Family, Rule};

/// Exclusions of somebody who cannot be there in time.
const TIMES: &[Exclusion] = &[
    Exclusion::Absent,
    Exclusion::OutOfTime,
    Exclusion::Expired,
    Exclusion::Slowdown,
    Exclusion::Break,
    Exclusion::Depot,
];
/// Exclusions of somebody who cannot do all of it in the time there is.
const DURATIONS: &[Exclusion] = &[
    Exclusion::TooBrief,
    Exclusion::Absent,
    Exclusion::OutOfTime,
    Exclusion::Expired,
    Exclusion::Slowdown,
    Exclusion::MaxRide,
    Exclusion::Break,
    Exclusion::Depot,
    Exclusion::DayWork,
    Exclusion::WeekWork,
];
/// What a ride is checked for as a whole, from its first stop to its last.
const WHOLE_RIDE: &[Exclusion] = &[
    Exclusion::Capacity,
    Exclusion::TooNear,
    Exclusion::Radius,
    Exclusion::OutOfTime,
    Exclusion::Expired,
    Exclusion::Slowdown,
    Exclusion::MaxRide,
    Exclusion::Break,
    Exclusion::DayTravel,
    Exclusion::DayWork,
    Exclusion::DayDistance,
    Exclusion::DayVisits,
    Exclusion::WeekTravel,
    Exclusion::WeekWork,
    Exclusion::WeekDistance,
    Exclusion::WeekVisits,
    Exclusion::Range,
];
/// What people hold and are.
const QUALITIES: &[Exclusion] = &[
    Exclusion::Skill,
    Exclusion::Credential,
    Exclusion::Language,
    Exclusion::Gender,
    Exclusion::Team,
    Exclusion::Person,
    Exclusion::Expired,
];

/// The exclusions that rule out a pair of slot and unit because every plan with it breaks `rule`, or another rule of the same
/// exclusion; none for a rule that no single pair breaks by itself.
///
/// So a plan in which an excluded unit fills the slot all the same, in its shift, breaks at least one rule for which that exclusion is
/// listed here.
pub fn exclusions(rule: Rule) -> &'static [Exclusion] {
    match rule {
        Rule::SkillMissing | Rule::SkillLevel => &[Exclusion::Skill],
        Rule::SkillExpired => &[Exclusion::Skill, Exclusion::Expired],
        Rule::CredentialMissing | Rule::CredentialLevel => &[Exclusion::Credential],
        Rule::CredentialExpired => &[Exclusion::Credential, Exclusion::Expired],
        Rule::LanguageMissing | Rule::LanguageLevel => &[Exclusion::Language],
        Rule::LanguageExpired => &[Exclusion::Language, Exclusion::Expired],
        Rule::WrongGender => &[Exclusion::Gender],
        Rule::WrongTeam => &[Exclusion::Team],
        Rule::WrongPerson => &[Exclusion::Person],
        Rule::PinMoved => &[Exclusion::Pinned],
        Rule::WrongVehicle => &[Exclusion::Vehicle],
        Rule::TooNear => &[Exclusion::TooNear],
        Rule::BeyondRadius => &[Exclusion::Radius],
        Rule::EarlyDeparture | Rule::LateFinish => TIMES,
        // A break during a service would shorten the time at work.
        Rule::BreakMisplaced => &[Exclusion::Break, Exclusion::DayWork, Exclusion::WeekWork],
        // What is collected goes to a depot that keeps it, or stays on board.
        Rule::OutOfStock | Rule::GoodsKept => &[Exclusion::Goods],
        Rule::DepotClosed | Rule::TooManyCalls => &[Exclusion::Depot],
        Rule::DayTravel => &[Exclusion::DayTravel],
        Rule::DayWork => &[Exclusion::DayWork],
        Rule::DayDistance => &[Exclusion::DayDistance],
        Rule::DayVisits => &[Exclusion::DayVisits],
        Rule::WeekTravel => &[Exclusion::WeekTravel],
        Rule::WeekWork => &[Exclusion::WeekWork],
        Rule::WeekDistance => &[Exclusion::WeekDistance],
        Rule::WeekVisits => &[Exclusion::WeekVisits],
        Rule::BeyondRange => &[Exclusion::Range],
        // What is on top of something is of another need.
        Rule::UnloadOrder => &[],
        Rule::RideTooLong => &[Exclusion::MaxRide],
        Rule::CrewIncomplete | Rule::CrewApart => &[Exclusion::TooBrief],
        _ => match rule.family() {
            Family::Who => QUALITIES,
            Family::Moment => TIMES,
            Family::Timing => DURATIONS,
            Family::Break => &[Exclusion::Break],
            Family::Load => &[Exclusion::Capacity],
            Family::Goods => &[Exclusion::Goods, Exclusion::Depot],
            Family::Ride => WHOLE_RIDE,
            // Rules of form, of several visits, and of several people.
            Family::Form | Family::Limit | Family::Twice | Family::Crew | Family::Link | Family::Outside => {
                &[]
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exclusion_has_a_rule_of_a_plan() {
        for &cut in Exclusion::ALL {
            let some = Rule::ALL.iter().any(|&rule| exclusions(rule).contains(&cut));
            // Links are between needs: only an explanation says that one keeps somebody from a need.
            assert_eq!(some, cut != Exclusion::Link, "{cut}");
        }
    }
}
