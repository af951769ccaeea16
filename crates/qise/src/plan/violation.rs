//! What a plan breaks: where, which rule, and by how much. Words and paths in documents are made from it elsewhere.

use super::Location;
use crate::model::{
    DepotId, DimensionId, Fingerprint, GoodId, Metres, NeedId, PlaceId, ProfileId, Quality, Rule, Seconds,
    TeamId, Time, UnitId, VehicleId, VolunteerId,
};

/// One broken rule, where, and by how much.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where in the plan.
    pub at: Location,
    /// The rule.
    pub rule: Rule,
    /// What was found, and what should have been.
    pub detail: Detail,
}

/// What the judge found, and what it expected. Ids are those of the problem, or of the plan where the problem has no such thing.
// Not `non_exhaustive`: whoever adds a detail must learn from the compiler where it is put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Nothing beside the place.
    Nothing,
    /// By so much too soon, too late, too short or off.
    By(Seconds),
    /// A place.
    Place(PlaceId),
    /// At a moment at which it may not be.
    At(Time),
    /// More than there may be.
    AtMost {
        /// What was found.
        is: Quantity,
        /// The most that there may be.
        limit: Quantity,
    },
    /// Less than there must be.
    AtLeast {
        /// What was found.
        is: Quantity,
        /// The least that there must be.
        limit: Quantity,
    },
    /// Another length of time than it must have.
    Length {
        /// What was found.
        is: Seconds,
        /// What it must be.
        due: Seconds,
    },
    /// People of one crew who are there at the same time for too short.
    Overlap {
        /// For how long they are; below zero, how far apart they are.
        is: Seconds,
        /// For how long they must be.
        least: Seconds,
    },
    /// Starts of one crew that lie too far apart, or too near.
    Gap {
        /// From the one to the other; below zero where the other is first.
        is: Seconds,
        /// The least that must lie between them.
        min: Seconds,
        /// The most that may.
        max: Seconds,
    },
    /// Too soon or too late after the end of a linked need.
    After {
        /// The linked need.
        need: NeedId,
        /// What lies between its end and this start.
        is: Seconds,
        /// The least that must lie between them.
        min: Seconds,
        /// The most that may; `None`: no limit.
        max: Option<Seconds>,
    },
    /// The wrong number of days after a linked need.
    DaysAfter {
        /// The linked need.
        need: NeedId,
        /// The days between them.
        is: i64,
        /// The fewest days.
        min: i64,
        /// The most days.
        max: i64,
        /// Whether it must be whole weeks.
        weeks: bool,
    },
    /// A role that too few people fill.
    Role {
        /// Its number, counted from 0.
        role: usize,
        /// How many fill it.
        is: usize,
        /// How many must.
        due: usize,
    },
    /// Too few or too many of a crew of whom something is true.
    Tally {
        /// What is true of them.
        quality: Quality,
        /// Of how many it is.
        is: usize,
        /// The fewest.
        min: usize,
        /// The most; `None`: no limit.
        max: Option<usize>,
    },
    /// Something that is not true of the person, or may not be.
    Quality(Quality),
    /// Something that is no longer true of the person.
    Expired {
        /// What they held.
        quality: Quality,
        /// Until when.
        expires: Time,
    },
    /// None of these is true of the person.
    NoneOf(Vec<Quality>),
    /// More on board than can be carried.
    Load {
        /// Of what.
        dimension: DimensionId,
        /// The most that is on board at any time.
        is: i64,
        /// What can be carried.
        most: i64,
    },
    /// Goods that are not on board.
    GoodsShort {
        /// The kind.
        good: GoodId,
        /// How much is short.
        short: i64,
    },
    /// Goods that a depot does not have at that time.
    StockShort {
        /// The depot.
        depot: DepotId,
        /// The kind.
        good: GoodId,
        /// How much is short.
        short: i64,
    },
    /// Members of a team who go out.
    Members {
        /// The team.
        team: TeamId,
        /// How many do.
        is: i64,
        /// How many must at least.
        least: i64,
    },
    /// A break of the shift, by its number, counted from 0.
    Break(usize),
    /// A need.
    Need(NeedId),
    /// A role and a stop of a need.
    Part {
        /// The need.
        need: NeedId,
        /// The role.
        role: u16,
        /// The stop.
        stop: u16,
    },
    /// A unit.
    Unit(UnitId),
    /// A person.
    Volunteer(VolunteerId),
    /// Several people.
    Volunteers(Vec<VolunteerId>),
    /// A vehicle.
    Vehicle(VehicleId),
    /// How somebody moves.
    Profile(ProfileId),
    /// A depot.
    Depot(DepotId),
    /// A kind of goods.
    Good(GoodId),
    /// Two problems.
    Problems {
        /// That of the plan.
        plan: Fingerprint,
        /// That by which it is judged.
        judged: Fingerprint,
    },
}

/// Something measured or counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// A length of time.
    Time(Seconds),
    /// A distance.
    Distance(Metres),
    /// A number of things, or a price.
    Count(i64),
}

impl Quantity {
    /// The number alone: seconds, metres, or how many.
    pub fn value(self) -> i64 {
        match self {
            Self::Time(time) => time.0,
            Self::Distance(distance) => distance.0,
            Self::Count(count) => count,
        }
    }

    /// A quantity of the same kind with another number.
    fn with(self, value: i64) -> Self {
        match self {
            Self::Time(_) => Self::Time(Seconds(value)),
            Self::Distance(_) => Self::Distance(Metres(value)),
            Self::Count(_) => Self::Count(value),
        }
    }
}

impl Violation {
    /// How far a limit is exceeded or missed; `None` where the rule has no limit that is measured.
    pub fn excess(&self) -> Option<Quantity> {
        let apart = |one: i64, other: i64| one.saturating_sub(other).saturating_abs();
        let outside = |is: Seconds, min: Seconds, max: Option<Seconds>| {
            let limit = if is < min { min } else { max.unwrap_or(min) };
            Some(Quantity::Time(Seconds(apart(is.0, limit.0))))
        };
        match self.detail {
            Detail::By(by) => Some(Quantity::Time(by)),
            Detail::AtMost { is, limit } | Detail::AtLeast { is, limit } => {
                Some(is.with(apart(is.value(), limit.value())))
            }
            Detail::Length { is, due: limit } | Detail::Overlap { is, least: limit } => {
                Some(Quantity::Time(Seconds(apart(is.0, limit.0))))
            }
            Detail::Gap { is, min, max } => outside(is, min, Some(max)),
            Detail::After { is, min, max, .. } => outside(is, min, max),
            Detail::Load { is, most, .. } => Some(Quantity::Count(apart(is, most))),
            Detail::GoodsShort { short, .. } | Detail::StockShort { short, .. } => {
                Some(Quantity::Count(short))
            }
            Detail::Members { is, least, .. } => Some(Quantity::Count(apart(is, least))),
            Detail::Role { is, due, .. } => Some(Quantity::Count(apart(is as i64, due as i64))),
            Detail::Nothing
            | Detail::At(_)
            | Detail::Place(_)
            | Detail::DaysAfter { .. }
            | Detail::Tally { .. }
            | Detail::Quality(_)
            | Detail::Expired { .. }
            | Detail::NoneOf(_)
            | Detail::Break(_)
            | Detail::Need(_)
            | Detail::Part { .. }
            | Detail::Unit(_)
            | Detail::Volunteer(_)
            | Detail::Volunteers(_)
            | Detail::Vehicle(_)
            | Detail::Profile(_)
            | Detail::Depot(_)
            | Detail::Good(_)
            | Detail::Problems { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excess(detail: Detail) -> Option<i64> {
        let violation = Violation { at: Location::UnservedList, rule: Rule::NotListed, detail };
        violation.excess().map(Quantity::value)
    }

    #[test]
    fn an_excess_is_what_lies_beyond_the_limit() {
        let time = |seconds| Quantity::Time(Seconds(seconds));
        let need = NeedId(0);
        let gap = |is, min, max| Detail::Gap { is: Seconds(is), min: Seconds(min), max: Seconds(max) };
        let after = |is, max: Option<i64>| Detail::After {
            need,
            is: Seconds(is),
            min: Seconds(10),
            max: max.map(Seconds),
        };
        for (detail, expected) in [
            (Detail::By(Seconds(5)), Some(5)),
            (Detail::AtMost { is: time(12), limit: time(10) }, Some(2)),
            (Detail::AtLeast { is: time(-3), limit: time(10) }, Some(13)),
            (Detail::Length { is: Seconds(8), due: Seconds(10) }, Some(2)),
            (gap(-7, -5, 5), Some(2)),
            (gap(9, -5, 5), Some(4)),
            (after(7, None), Some(3)),
            (after(21, Some(20)), Some(1)),
            (Detail::Load { dimension: DimensionId(0), is: i64::MAX, most: -1 }, Some(i64::MAX)),
            (Detail::Role { role: 0, is: 1, due: 3 }, Some(2)),
            (Detail::Need(need), None),
        ] {
            assert_eq!(excess(detail.clone()), expected, "{detail:?}");
        }
        let far = Quantity::Distance(Metres(7));
        let violation = Violation {
            at: Location::UnservedList,
            rule: Rule::BeyondRange,
            detail: Detail::AtMost { is: far, limit: Quantity::Distance(Metres(4)) },
        };
        assert_eq!(violation.excess(), Some(Quantity::Distance(Metres(3))), "in the unit of the limit");
    }
}
