//! Moments by the clocks of the scenario.

use qise::Lang;
use qise::model::Time;
use qise_io::time::Zone;

/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;

/// Seconds since 1970-01-01T00:00 as the clocks of the scenario show them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Local(pub(crate) i64);

impl Local {
    /// A moment by the clocks of a zone.
    pub(crate) fn of(zone: &Zone, time: Time) -> Self {
        Self(time.0.saturating_add(i64::from(zone.offset(time))))
    }

    /// Days since 1970-01-01.
    pub(crate) fn day(self) -> i64 {
        self.0.div_euclid(DAY)
    }

    /// Hours and minutes.
    pub(crate) fn clock(self) -> String {
        let minutes = self.0.rem_euclid(DAY) / 60;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// The date, as `2026-11-24`.
    pub(crate) fn date(self) -> String {
        date(self.day())
    }
}

/// A day as `2026-11-24`, by the calendar of Gregory: civil from days (Hinnant, "chrono-compatible low-level date algorithms").
pub(crate) fn date(day: i64) -> String {
    let shifted = day + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// A day as short as it can be told: `11-24 Tue`.
pub(crate) fn short_date(day: i64, lang: Lang) -> String {
    let number = (day + 3).rem_euclid(7) as usize;
    let weekday = match lang {
        Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][number],
        Lang::Zh => ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][number],
    };
    let date = date(day);
    let (_, short) = date.split_at(date.len() - 5);
    format!("{short} {weekday}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_their_dates() {
        assert_eq!(
            (date(0), date(-1), date(20_781)),
            ("1970-01-01".into(), "1969-12-31".into(), "2026-11-24".into())
        );
        assert_eq!(date(11_016), "2000-02-29");
        assert_eq!(short_date(20_781, Lang::Zh), "11-24 周二");
    }

    #[test]
    fn moments_are_those_of_the_zone() {
        let zone = Zone::parse("Asia/Shanghai").expect("a zone");
        let local = Local::of(&zone, Time(1_795_482_000));
        assert_eq!((local.date(), local.clock()), ("2026-11-24".into(), "09:00".into()));
    }
}
