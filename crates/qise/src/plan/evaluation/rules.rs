//! Which part of the judge decides which rule.

use crate::model::Rule;

/// A part of the judge: mostly a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Which problem the plan is of.
    Problem,
    /// One route, visit by visit: times, windows, breaks, pins.
    Route,
    /// Whether a person suits a need.
    Suits,
    /// What is on board, against what can be carried.
    Loads,
    /// Goods and calls of one route.
    Goods,
    /// What depots have, over all routes.
    Stocks,
    /// Needs listed as unserved, and people listed twice.
    Lists,
    /// People who go together.
    Party,
    /// Vehicles that several people may take.
    Vehicle,
    /// Limits of one day of one person.
    Day,
    /// Limits of a week, and rest between days.
    Week,
    /// The people who come to one need.
    Crew,
    /// Needs with several stops.
    Ride,
    /// Needs that are linked, and ways to do one thing.
    Link,
    /// Needs that are handed to others.
    Outside,
}

/// The parts that decide a rule: none for what only a document states beside its plan. Debug builds check every violation against this.
pub(super) fn parts(rule: Rule) -> &'static [Part] {
    match rule {
        Rule::OtherProblem => &[Part::Problem],
        Rule::UnknownId => &[Part::Route, Part::Goods, Part::Party, Part::Lists],
        Rule::WrongService => &[Part::Route, Part::Goods],
        Rule::TimeOutOfRange
        | Rule::ServedTwice
        | Rule::EarlyDeparture
        | Rule::LateFinish
        | Rule::TravelTooShort
        | Rule::Overlap
        | Rule::EarlyStart
        | Rule::OutsideWindow
        | Rule::PromiseBroken
        | Rule::BreakMissing
        | Rule::BreakMisplaced
        | Rule::PinMoved
        | Rule::PinRetimed => &[Part::Route],
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
        | Rule::TooNear
        | Rule::BeyondRadius => &[Part::Suits],
        Rule::Overload => &[Part::Loads],
        Rule::GoodsMissing | Rule::GoodsKept | Rule::NotKept | Rule::DepotClosed | Rule::TooManyCalls => {
            &[Part::Goods]
        }
        Rule::OutOfStock => &[Part::Stocks],
        Rule::NotListed | Rule::WronglyListed | Rule::DuplicateRoute => &[Part::Lists],
        Rule::PartyStranger => &[Part::Party],
        Rule::VehicleTaken | Rule::BeyondRange => &[Part::Vehicle],
        Rule::DayTravel | Rule::DayWork | Rule::DayDistance | Rule::DayVisits => &[Part::Day],
        Rule::WeekWork | Rule::RestTooShort => &[Part::Week],
        Rule::CrewIncomplete
        | Rule::CrewSamePerson
        | Rule::CrewApart
        | Rule::CrewTeam
        | Rule::CrewTally
        | Rule::CrewMeets => &[Part::Crew],
        Rule::RideBroken | Rule::RideTooLong => &[Part::Ride],
        Rule::LinkMissing
        | Rule::LinkTime
        | Rule::LinkPerson
        | Rule::LinkDays
        | Rule::LinkDay
        | Rule::SecondWay => &[Part::Link],
        Rule::NotOutsourced | Rule::OverBudget => &[Part::Outside],
        Rule::WrongScore => &[],
    }
}
