//! What people of a crew, and needs, have to do with each other.

use super::Price;
use super::demand::{Days, Seconds32};
use crate::read::{Choice, Count, List, Str, When, Whole};
use qise::model::Gender;

record! {
    /// What must be true of the people of a crew together.
    Crew<'a> {
        /// All are members of one team; false when missing.
        default same_team: bool,
        /// How many of them hold what.
        default tallies: List<Tally<'a>>,
    }
}

record! {
    /// How many people of a crew hold a quality: exactly one of skill, gender, team, category and volunteer.
    Tally<'a> {
        /// Holds the skill of this id.
        default skill: Str<'a>,
        /// At this level or higher; 1 when missing. Only with skill.
        default level: Whole,
        /// Is of this gender.
        default gender: Choice<Gender>,
        /// Is a member of the team of this id.
        default team: Str<'a>,
        /// Is a member of a team of this category.
        default category: Str<'a>,
        /// Is this person.
        default volunteer: Str<'a>,
        /// No fewer people; 0 when missing.
        default min: Count<0, 1000>,
        /// No more people; as many as like when missing.
        default max: Count<0, 1000>,
    }
}

record! {
    /// Two people who must not be in one crew.
    Apart<'a> {
        /// The id of one.
        required volunteer: Str<'a>,
        /// The id of the other.
        required other: Str<'a>,
    }
}

record! {
    /// A group of needs of which it counts when the last is done.
    Makespan<'a> {
        /// The ids of the needs.
        required needs: List<Str<'a>>,
        /// From when on time is counted.
        required from: When<'a>,
        /// How much a second counts; 1 when missing.
        default weight: Count<1, 1_000_000_000>,
    }
}

/// How two needs hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkWord {
    After,
    SamePerson,
    DifferentPerson,
    SameDay,
    DaysApart,
    Together,
}

record! {
    /// What one need has to do with another. After: the second is served only where the first is, and starts when it has ended.
    /// Same person (whoever serves the second serves the first), different person and same day hold where both are served.
    /// Days apart: where both are served, as many days as stated lie between the days on which they start, by the calendar of
    /// `time_zone`. Together: both are served, or none. Of a ride the end of its last stop counts where something comes after it, and the start of
    /// its first stop where it comes after something.
    Link<'a> {
        /// The id of the need that comes first, where there is an order.
        required from: Str<'a>,
        /// The id of the other.
        required to: Str<'a>,
        /// How they hang together.
        required rule: Choice<LinkWord>,
        /// Only with "after": the second starts no sooner than so many seconds after the end of the first; 0 when missing, less
        /// than 0 where they may overlap. Of a ride that comes first the last stop counts, of one that comes second the first stop.
        default min_s: Seconds32,
        /// Only with "after": it starts no later than so many seconds after that end, between the same two stops.
        default max_s: Seconds32,
        /// Only with `days_apart`: the second starts no fewer than so many days after the day of the first; 0 when missing, less than 0
        /// where it may be sooner.
        default min_days: Days,
        /// Only with `days_apart`, where it must be stated: no more than so many days after it.
        default max_days: Days,
        /// Only with `days_apart`: true where only whole weeks will do, so that both are on one weekday.
        default whole_weeks: bool,
        /// Only with the rule of the same person: what it costs for each who serves the second but not the first; it may not be when missing.
        default price: Price,
    }
}

record! {
    /// Ways to do one thing, of which one is done at most. They count as one need, worth as much as the dearest of them, and the first
    /// stands for all of them while none is served.
    Alternatives<'a> {
        /// The ids of the needs.
        required needs: List<Str<'a>>,
    }
}
