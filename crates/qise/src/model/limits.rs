//! What a person does at most in one day and in one week: one record, and a rule for each of its fields and spans.

use super::{Metres, Rule, Seconds};
use crate::base::named_enum;

/// What a person does at most in one day, or in one week, over all shifts of it. Each limit may be missing.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Time on the way.
    pub travel: Option<Seconds>,
    /// Time between departure and return, breaks included but for those off duty.
    pub work: Option<Seconds>,
    /// Distance on the way.
    pub distance: Option<Metres>,
    /// Number of visits.
    pub visits: Option<u32>,
}

named_enum!(
    /// The days over which limits add up.
    pub enum Span;

    /// One day: that of the shift.
    Day = "day";
    /// One week, Monday to Sunday, where days are counted since 1970.
    Week = "week";
);

named_enum!(
    /// What is limited.
    pub enum Measure;

    /// Time on the way, in seconds.
    Travel = "travel";
    /// Time between departure and return, in seconds.
    Work = "work";
    /// Distance on the way, in metres.
    Distance = "distance";
    /// Number of visits.
    Visits = "visits";
);

/// How much somebody does: seconds, metres and visits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// Time on the way.
    pub travel: i64,
    /// Time between departure and return.
    pub work: i64,
    /// Distance on the way.
    pub distance: i64,
    /// Number of visits.
    pub visits: i64,
}

impl Span {
    /// The number of the span in which a day lies.
    pub fn number(self, day: i32) -> i64 {
        match self {
            Self::Day => day.into(),
            // The first of January 1970 was a Thursday.
            Self::Week => (i64::from(day) + 3).div_euclid(7),
        }
    }
}

impl Effort {
    /// How much of one measure.
    #[inline]
    pub fn of(&self, what: Measure) -> i64 {
        match what {
            Measure::Travel => self.travel,
            Measure::Work => self.work,
            Measure::Distance => self.distance,
            Measure::Visits => self.visits,
        }
    }

    /// Both together. Sums stop at the end of the range, however much is added.
    #[must_use]
    #[inline]
    pub fn plus(self, other: Self) -> Self {
        Self {
            travel: self.travel.saturating_add(other.travel),
            work: self.work.saturating_add(other.work),
            distance: self.distance.saturating_add(other.distance),
            visits: self.visits.saturating_add(other.visits),
        }
    }
}

impl Limits {
    /// Whether anything is limited.
    #[inline]
    pub fn are_set(&self) -> bool {
        *self != Self::default()
    }

    /// The limit of one measure, in seconds, metres or visits.
    #[inline]
    pub fn most(&self, what: Measure) -> Option<i64> {
        match what {
            Measure::Travel => self.travel.map(|most| most.0),
            Measure::Work => self.work.map(|most| most.0),
            Measure::Distance => self.distance.map(|most| most.0),
            Measure::Visits => self.visits.map(i64::from),
        }
    }

    /// The measures of which this is too much.
    #[inline]
    pub fn exceeded_by(self, effort: Effort) -> impl Iterator<Item = Measure> {
        let over = move |&what: &Measure| self.most(what).is_some_and(|most| effort.of(what) > most);
        Measure::ALL.iter().copied().filter(over)
    }

    /// No limit of this measure any more.
    pub(crate) fn lift(&mut self, what: Measure) {
        match what {
            Measure::Travel => self.travel = None,
            Measure::Work => self.work = None,
            Measure::Distance => self.distance = None,
            Measure::Visits => self.visits = None,
        }
    }
}

impl Rule {
    /// The rule of a limit.
    pub fn of_limit(span: Span, what: Measure) -> Self {
        match (span, what) {
            (Span::Day, Measure::Travel) => Self::DayTravel,
            (Span::Day, Measure::Work) => Self::DayWork,
            (Span::Day, Measure::Distance) => Self::DayDistance,
            (Span::Day, Measure::Visits) => Self::DayVisits,
            (Span::Week, Measure::Travel) => Self::WeekTravel,
            (Span::Week, Measure::Work) => Self::WeekWork,
            (Span::Week, Measure::Distance) => Self::WeekDistance,
            (Span::Week, Measure::Visits) => Self::WeekVisits,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        // Thursday the first of January 1970, Sunday the fourth, Monday the fifth; Sunday the 28th of December before.
        assert_eq!([0, 3, 4, -4].map(|day| Span::Week.number(day)), [0, 0, 1, -1]);
        assert_eq!(Span::Day.number(-4), -4);
    }

    #[test]
    fn what_is_exceeded_is_named() {
        let limits = Limits { work: Some(Seconds(10)), visits: Some(2), ..Limits::default() };
        let effort = Effort { travel: 99, work: 11, distance: 99, visits: 2 };
        assert_eq!(limits.exceeded_by(effort).collect::<Vec<_>>(), [Measure::Work]);
        let twice = effort.plus(effort);
        assert_eq!(limits.exceeded_by(twice).collect::<Vec<_>>(), [Measure::Work, Measure::Visits]);
        assert_eq!(Limits::default().exceeded_by(twice).count(), 0);
    }
}
