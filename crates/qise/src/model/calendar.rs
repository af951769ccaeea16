//! When days begin: told to the problem, for it knows no time zones.
//!
//! Days are stated in stretches between changes of the clocks. So a link of days is an arc between starts like any other; only whether
//! whole weeks lie between is asked once times are settled.

use super::Time;

/// Seconds of an ordinary day.
const DAY: i64 = 86_400;

/// When each day begins, in the zone of the problem. Days are counted from 1970-01-01, which is day 0.
///
/// Days are 24 hours long but where a stretch says otherwise: on the day before the clocks change the next stretch begins an hour
/// sooner or later. [`Calendar::default`] has days of 24 hours from the origin of [`Time`] on.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "Vec<(i64, Time)>", try_from = "Vec<(i64, Time)>"))]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The first day of each stretch, and when it begins; both ascending.
    stretches: Vec<(i64, Time)>,
}

/// Days or moments of a calendar that are not in order, or beyond the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("days and moments of a calendar are in order, and within its limits")]
pub struct NoCalendar;

impl TryFrom<Vec<(i64, Time)>> for Calendar {
    type Error = NoCalendar;

    fn try_from(stretches: Vec<(i64, Time)>) -> Result<Self, NoCalendar> {
        Self::new(stretches).ok_or(NoCalendar)
    }
}

impl From<Calendar> for Vec<(i64, Time)> {
    fn from(calendar: Calendar) -> Self {
        calendar.stretches
    }
}

impl Calendar {
    /// No day lies farther from 1970-01-01.
    pub const LIMIT: i64 = 4_000_000;

    /// A calendar of these days, each with its first moment: those between two of them are 24 hours long, but the last of them may be longer
    /// or shorter. Nothing where days or moments are not in order, or beyond the limits.
    ///
    /// ```
    /// use qise::model::{Calendar, Time};
    ///
    /// // Days that begin an hour sooner from day 3 on.
    /// let calendar = Calendar::new(vec![(0, Time(0)), (3, Time(3 * 86_400 - 3600))]).unwrap();
    /// assert_eq!(calendar.day(Time(3 * 86_400 - 3601)), 2);
    /// assert_eq!(calendar.day(Time(3 * 86_400 - 3600)), 3);
    /// assert_eq!(calendar.begin(4), Time(4 * 86_400 - 3600));
    /// ```
    pub fn new(stretches: Vec<(i64, Time)>) -> Option<Self> {
        let in_order = stretches.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1);
        let known = |&(day, begin): &(i64, Time)| day.abs() <= Self::LIMIT && begin.in_limits();
        (in_order && stretches.iter().all(known)).then_some(Self { stretches })
    }

    /// The day on which a moment lies.
    #[inline]
    pub fn day(&self, time: Time) -> i64 {
        let next = self.stretches.partition_point(|&(_, begin)| begin <= time);
        let (day, begin) = match next.checked_sub(1) {
            Some(this) => self.stretches[this],
            // Before the first stretch days are as long as ever.
            None => self.stretches.first().copied().unwrap_or((0, Time(0))),
        };
        let day = day + time.0.saturating_sub(begin.0).div_euclid(DAY);
        // The last day of a stretch may be longer.
        self.stretches.get(next).map_or(day, |&(next, _)| day.min(next - 1))
    }

    /// The first moment of a day.
    #[inline]
    pub fn begin(&self, day: i64) -> Time {
        let next = self.stretches.partition_point(|&(first, _)| first <= day);
        let (first, begin) = match next.checked_sub(1) {
            Some(this) => self.stretches[this],
            None => self.stretches.first().copied().unwrap_or((0, Time(0))),
        };
        let begin = begin.0.saturating_add(day.saturating_sub(first).saturating_mul(DAY));
        let begin = Time(begin.clamp(Time::MIN.0, Time::MAX.0));
        self.stretches.get(next).map_or(begin, |&(_, next)| begin.min(next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_their_beginnings_agree() {
        // A day of 23 hours, one of 25, and one that is left out.
        let stretches = [(10, 0), (12, 2 * DAY - 3600), (14, 4 * DAY), (15, 4 * DAY)];
        let calendar =
            Calendar::new(stretches.map(|(day, begin)| (day, Time(begin))).into()).expect("in order");
        for plain in [Calendar::default(), calendar.clone()] {
            let mut before = plain.day(Time(-DAY * 3));
            for time in (-DAY * 3..DAY * 8).step_by(600).map(Time) {
                let day = plain.day(time);
                assert!(day >= before && plain.begin(day) <= time && time < plain.begin(day + 1), "{time:?}");
                before = day;
            }
        }
        assert_eq!([9, 10, 11, 12, 13, 14, 15, 16].map(|day| calendar.begin(day).0), {
            [-DAY, 0, DAY, 2 * DAY - 3600, 3 * DAY - 3600, 4 * DAY, 4 * DAY, 5 * DAY]
        });
        assert_eq!(calendar.day(Time(4 * DAY)), 15, "day 14 is left out");
        let far = [Time::MIN, Time::MAX, Time(i64::MIN), Time(i64::MAX)].map(|time| calendar.day(time));
        assert!(far[0] < 0 && far[1] > 0 && far[2] < 0 && far[3] > 0);
        assert_eq!((calendar.begin(i64::MIN), calendar.begin(i64::MAX)), (Time::MIN, Time::MAX));
    }

    #[test]
    fn days_out_of_order_are_no_calendar() {
        assert_eq!(Calendar::new(vec![(1, Time(0)), (1, Time(DAY))]), None);
        assert_eq!(Calendar::new(vec![(1, Time(DAY)), (2, Time(0))]), None);
        assert_eq!(Calendar::new(vec![(1, Time::MAX)]), None);
    }
}
