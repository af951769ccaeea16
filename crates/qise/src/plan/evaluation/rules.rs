//! Which part of the judge decides which rule.

use crate::model::{Family, Rule};

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
    /// Limits of a day and of a week of one person.
    Limits,
    /// Rest between days.
    Rest,
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
        Rule::TimeOutOfRange | Rule::ServedTwice | Rule::PinMoved => &[Part::Route],
        Rule::NotListed | Rule::WronglyListed | Rule::DuplicateRoute => &[Part::Lists],
        Rule::WrongService => &[Part::Route, Part::Goods],
        Rule::OutOfStock => &[Part::Stocks],
        Rule::VehicleTaken | Rule::BeyondRange => &[Part::Vehicle],
        Rule::RestTooShort => &[Part::Rest],
        Rule::PartyStranger => &[Part::Party],
        _ => match rule.family() {
            Family::Form | Family::Twice => &[],
            Family::Who => &[Part::Suits],
            Family::Moment | Family::Timing | Family::Break => &[Part::Route],
            Family::Load => &[Part::Loads],
            Family::Goods => &[Part::Goods],
            Family::Limit => &[Part::Limits],
            Family::Ride => &[Part::Ride],
            Family::Crew => &[Part::Crew],
            Family::Link => &[Part::Link],
            Family::Outside => &[Part::Outside],
        },
    }
}
