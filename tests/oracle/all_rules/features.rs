//! What makes a problem tight: each feature asks for something that the plan at hand does not keep.

mod people;
mod things;
mod times;
mod together;

use qise::model::{Measure, Rule, Span};

use super::draw::{Draw, told};

/// Changes the data, or nothing where the plan gives no occasion.
pub(super) type Feature = fn(&mut Draw) -> Option<()>;

/// All of them: name, what it does, and the rule that is to bind then.
#[rustfmt::skip] // a table
pub(super) const FEATURES: &[(&str, Feature, Rule)] = &[
    ("window", times::window, Rule::OutsideWindow),
    ("hard promise", times::hard_promise, Rule::PromiseBroken),
    ("setup", times::setup, Rule::EarlyStart),
    ("service", times::service, Rule::WrongService),
    ("slow road", times::slow_road, Rule::TravelTooShort),
    ("late start", times::late_start, Rule::EarlyDeparture),
    ("early end", times::early_end, Rule::LateFinish),
    ("overtime", times::overtime, Rule::LateFinish),
    ("break", times::rest, Rule::BreakMissing),
    ("break across a visit", times::rest, Rule::BreakMisplaced),
    ("break with nothing on board", times::rest_when_empty, Rule::BreakLaden),
    ("break on a ride", together::rest_on_a_ride, Rule::BreakLaden),
    ("rest", times::rest_between_days, Rule::RestTooShort),
    ("week travel", |draw| times::limit(draw, Span::Week, Measure::Travel), Rule::WeekTravel),
    ("week work", |draw| times::limit(draw, Span::Week, Measure::Work), Rule::WeekWork),
    ("week distance", |draw| times::limit(draw, Span::Week, Measure::Distance), Rule::WeekDistance),
    ("week visits", |draw| times::limit(draw, Span::Week, Measure::Visits), Rule::WeekVisits),
    ("day travel", |draw| times::limit(draw, Span::Day, Measure::Travel), Rule::DayTravel),
    ("day work", |draw| times::limit(draw, Span::Day, Measure::Work), Rule::DayWork),
    ("day distance", |draw| times::limit(draw, Span::Day, Measure::Distance), Rule::DayDistance),
    ("day visits", |draw| times::limit(draw, Span::Day, Measure::Visits), Rule::DayVisits),
    ("pinned person", people::pinned_person, Rule::PinMoved),
    ("pinned start", people::pinned_start, Rule::PinRetimed),
    ("skill", |draw| people::missing(draw, 0), Rule::SkillMissing),
    ("skill level", |draw| people::too_low(draw, 0), Rule::SkillLevel),
    ("skill expired", |draw| people::expired(draw, 0), Rule::SkillExpired),
    ("credential", |draw| people::missing(draw, 1), Rule::CredentialMissing),
    ("credential level", |draw| people::too_low(draw, 1), Rule::CredentialLevel),
    ("credential expired", |draw| people::expired(draw, 1), Rule::CredentialExpired),
    ("language", |draw| people::missing(draw, 2), Rule::LanguageMissing),
    ("language level", |draw| people::too_low(draw, 2), Rule::LanguageLevel),
    ("language expired", |draw| people::expired(draw, 2), Rule::LanguageExpired),
    ("gender", people::gender, Rule::WrongGender),
    ("team", people::team, Rule::WrongTeam),
    ("person", people::person, Rule::WrongPerson),
    ("alternatives", people::alternatives, Rule::NoAlternative),
    ("forbidden", people::forbidden, Rule::Forbidden),
    ("dignity", people::too_near, Rule::TooNear),
    ("radius", people::radius, Rule::BeyondRadius),
    ("load", things::load, Rule::Overload),
    ("goods", things::goods, Rule::GoodsMissing),
    ("goods that come back", things::goods, Rule::GoodsKept),
    ("depot without", things::depot_without, Rule::NotKept),
    ("stock", things::stock, Rule::OutOfStock),
    ("depot closed", things::depot_closed, Rule::DepotClosed),
    ("calls", things::calls, Rule::TooManyCalls),
    ("vehicle", things::vehicle, Rule::DuplicateRoute),
    ("one vehicle for two", things::vehicle, Rule::VehicleTaken),
    ("vehicle of a need", things::vehicle_asked, Rule::WrongVehicle),
    ("late vehicle", things::vehicle_late, Rule::EarlyDeparture),
    ("range", things::range, Rule::BeyondRange),
    ("crew", together::crew, Rule::CrewIncomplete),
    ("crew one after the other", together::crew_in_turn, Rule::CrewSamePerson),
    ("crew apart", together::crew_apart, Rule::CrewApart),
    ("crew that overlaps", together::crew_overlap, Rule::CrewApart),
    ("crew of two alike", together::crew_of_two, Rule::CrewIncomplete),
    ("crew of one team", together::crew_team, Rule::CrewTeam),
    ("crew tally", together::crew_tally, Rule::CrewTally),
    ("crew that must not meet", together::crew_meets, Rule::CrewMeets),
    ("party", together::party, Rule::CrewTally),
    ("party of strangers", together::party, Rule::PartyStranger),
    ("team that must go out", together::least_people, Rule::TooFewPeople),
    ("handed to others", together::outsourced, Rule::NotOutsourced),
    ("budget", together::budget, Rule::OverBudget),
    ("needed", together::needed, Rule::LinkMissing),
    ("after", together::after, Rule::LinkTime),
    ("same or different person", together::persons, Rule::LinkPerson),
    ("same day", together::same_day, Rule::LinkDay),
    ("days apart", together::days_apart, Rule::LinkDays),
    ("last in, first out", together::last_in_first_out, Rule::UnloadOrder),
    ("last in, first out, with loads", together::loads_below_rides, Rule::UnloadOrder),
    ("ride", together::ride, Rule::RideBroken),
    ("long ride", together::long_ride, Rule::RideTooLong),
    ("choice", together::choice, Rule::SecondWay),
    ("told", told, Rule::Overlap),
];
