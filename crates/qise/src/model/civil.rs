//! Times of the clock and days of the calendar, by the crate `jiff` (feature `jiff`).
//!
//! It holds for problems whose times are seconds since 1970-01-01T00:00:00Z, and whose days are
//! counted from 1970-01-01, as in documents.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Error, SignedDuration, Timestamp, ToSpan, ZonedDateTime};

use super::{Calendar, Seconds, Time};

/// Fractions of a second are cut off.
impl From<Timestamp> for Time {
    fn from(instant: Timestamp) -> Self {
        Self(instant.as_nanosecond().div_euclid(1_000_000_000) as i64)
    }
}

/// Fractions of a second are cut off.
impl From<&ZonedDateTime> for Time {
    fn from(zoned: &ZonedDateTime) -> Self {
        zoned.timestamp().into()
    }
}

/// Fails beyond the years −9999 to 9999.
impl TryFrom<Time> for Timestamp {
    type Error = Error;

    fn try_from(time: Time) -> Result<Self, Error> {
        Self::from_second(time.0)
    }
}

/// Fractions of a second are cut off.
impl From<SignedDuration> for Seconds {
    fn from(duration: SignedDuration) -> Self {
        Self(duration.as_secs())
    }
}

impl Time {
    /// The moment at which clocks of a zone show this.
    ///
    /// ```
    /// use jiff::{civil::date, tz::TimeZone};
    /// use qise::model::Time;
    ///
    /// let zone = TimeZone::fixed(jiff::tz::offset(8));
    /// let nine = Time::of_civil(date(2026, 11, 24).at(9, 0, 0, 0), &zone)?;
    /// assert_eq!(nine.to_string(), "2026-11-24T01:00:00Z");
    /// assert_eq!(nine.in_zone(&zone)?.datetime(), date(2026, 11, 24).at(9, 0, 0, 0));
    /// # Ok::<(), jiff::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the clocks skip it or show it twice, or beyond the years −9999 to 9999.
    pub fn of_civil(shown: DateTime, zone: &TimeZone) -> Result<Self, Error> {
        zone.to_ambiguous_timestamp(shown).unambiguous().map(Self::from)
    }

    /// The moment as clocks of a zone show it.
    ///
    /// # Errors
    /// Beyond the years −9999 to 9999.
    pub fn in_zone(self, zone: &TimeZone) -> Result<ZonedDateTime, Error> {
        Ok(Timestamp::try_from(self)?.to_zoned_datetime(zone.clone()))
    }
}

impl Calendar {
    /// The number of a day, as shifts and calendars count them: 0 for 1970-01-01.
    pub fn day_of(date: Date) -> i32 {
        // A date differs from another by less than eight million days.
        (date - Date::constant(1970, 1, 1)).get_days()
    }

    /// The date of a day's number.
    ///
    /// # Errors
    /// Beyond the years −9999 to 9999.
    pub fn date_of(day: i64) -> Result<Date, Error> {
        Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(day)?)
    }

    /// When the days of a zone begin on which moments from `from` to `to` lie. A day whose midnight
    /// the clocks skip begins when they go on; of a midnight that they show twice the first counts.
    pub fn of_zone(zone: &TimeZone, from: Time, to: Time) -> Self {
        let day = |time: Time| Some(Self::day_of(time.in_zone(zone).ok()?.date()));
        let midnight = |day: i32| {
            let date = Self::date_of(day.into()).ok()?;
            Some(Time::from(
                zone.to_ambiguous_timestamp(date.to_datetime(jiff::civil::Time::midnight()))
                    .compatible()
                    .ok()?,
            ))
        };
        let mut days = Vec::from_iter(day(from));
        // The clocks of no zone change farther from here than the calendar goes.
        let first =
            Timestamp::try_from(from).and_then(|from| from.checked_sub(24.hours())).unwrap_or(Timestamp::MIN);
        for change in zone.following(first) {
            let at = Time::from(change.timestamp());
            if at > to + Seconds::hours(24) {
                break;
            }
            days.extend(day(at).into_iter().flat_map(|day| [day - 1, day, day + 1]));
        }
        days.sort_unstable();
        days.dedup();
        let stretches = days.into_iter().filter_map(|day| Some((i64::from(day), midnight(day)?)));
        Self::new(stretches.collect()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Five hours behind, four in summer: the clocks change at two in the night.
    fn new_york() -> TimeZone {
        TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").expect("a rule of POSIX")
    }

    #[test]
    fn moments_and_clocks_agree() {
        let zone = new_york();
        let at = |month, day, hour| Time::of_civil(date(2026, month, day).at(hour, 0, 0, 0), &zone);
        let noon = at(11, 24, 12).expect("shown once");
        assert_eq!(noon.to_string(), "2026-11-24T17:00:00Z");
        assert_eq!(Time::from(&noon.in_zone(&zone).expect("in the calendar")), noon);
        assert!(at(3, 8, 2).is_err(), "skipped");
        assert!(at(11, 1, 1).is_err(), "shown twice");
        assert!(Time::MAX.in_zone(&zone).is_err());
        let before = Timestamp::new(-1, -1).expect("in the calendar");
        assert_eq!(
            (Time::from(before), Seconds::from(SignedDuration::from_millis(2500))),
            (Time(-2), Seconds(2))
        );
    }

    #[test]
    fn days_begin_when_the_clocks_show_midnight() {
        let zone = new_york();
        let midnight = |day| Time::of_civil(date(2026, 3, day).at(0, 0, 0, 0), &zone).expect("shown once");
        let calendar = Calendar::of_zone(&zone, midnight(1), midnight(20));
        for day in 1..20 {
            let number = i64::from(Calendar::day_of(date(2026, 3, day)));
            assert_eq!(Calendar::date_of(number).expect("in the calendar"), date(2026, 3, day));
            assert_eq!((calendar.begin(number), calendar.day(midnight(day))), (midnight(day), number));
        }
        // The clocks change on the eighth.
        assert_eq!(midnight(9) - midnight(8), Seconds::hours(23));
        assert!(Calendar::date_of(i64::MAX).is_err());
    }
}
