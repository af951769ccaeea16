//! The zone of a document.

use std::sync::LazyLock;

use jiff::fmt::temporal::{DateTimeParser, DateTimePrinter};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use jiff::{Span, Timestamp};
use qise::model::{Calendar, Time};

static PARSER: DateTimeParser = DateTimeParser::new();
static PRINTER: DateTimePrinter = DateTimePrinter::new().precision(Some(0));
static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The zones inside the program.
pub(super) fn database() -> &'static TimeZoneDatabase {
    &DATABASE
}

/// The names of all zones.
pub(crate) fn names() -> impl Iterator<Item = String> {
    database().available().map(|name| name.to_string())
}

/// The time zone in which a document is read and written: a name of the IANA database, or a fixed offset.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

impl Default for Zone {
    fn default() -> Self {
        Self::utc()
    }
}

impl Zone {
    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self { name: "UTC".into(), rules: TimeZone::UTC }
    }

    /// The zone of a name such as `Asia/Shanghai` or an offset such as `+08:00`; nothing when there is none such.
    ///
    /// ```
    /// use qise::model::Time;
    /// use qise_io::time::Zone;
    ///
    /// let zone = Zone::parse("Asia/Shanghai").unwrap();
    /// assert_eq!(zone.format(Time(1_795_482_000)), "2026-11-24T09:00:00+08:00");
    /// assert!(Zone::parse("Asia/Alxa").is_none());
    /// ```
    pub fn parse(name: &str) -> Option<Self> {
        if name.starts_with(['+', '-']) {
            let rules = PARSER.parse_time_zone_with(database(), name).ok()?;
            rules.to_fixed_offset().ok()?;
            return Some(Self { name: name.into(), rules });
        }
        let rules = database().get(name).ok()?;
        // The database knows a zone for "unknown", which no document can mean.
        let name = rules.iana_name().filter(|_| !rules.is_unknown())?.to_owned();
        Some(Self { name, rules })
    }

    /// The name as documents write it.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn rules(&self) -> &TimeZone {
        &self.rules
    }

    /// The time in this zone, with its offset. Times beyond the calendar (years −9999 to 9999), which no document can
    /// hold, are written as `@` and their seconds since 1970.
    pub fn format(&self, time: Time) -> String {
        let Ok(instant) = Timestamp::from_second(time.0) else {
            return format!("@{}", time.0);
        };
        let offset = self.rules.to_offset(instant);
        // Old local mean times have offsets with seconds, which ISO 8601 cannot write.
        if offset == Offset::UTC || offset.seconds() % 60 != 0 {
            PRINTER.timestamp_to_string(&instant)
        } else {
            PRINTER.timestamp_with_offset_to_string(&instant, offset)
        }
    }

    /// Seconds by which its clocks are ahead at a moment.
    pub fn offset(&self, time: Time) -> i32 {
        Timestamp::from_second(time.0).map_or(0, |instant| self.rules.to_offset(instant).seconds())
    }

    /// The same time of day so many days later by the calendar: where the clocks have changed in between, more or less than so often 24
    /// hours. A time of day that is skipped on that day becomes the one as much later; of one that is shown twice, the first counts.
    /// Beyond the calendar days are 24 hours long.
    pub fn days_later(&self, time: Time, days: i64) -> Time {
        let later = || {
            let local = self.rules.to_datetime(Timestamp::from_second(time.0).ok()?);
            let moved = local.checked_add(Span::new().try_days(days).ok()?).ok()?;
            Some(Time(self.rules.to_ambiguous_timestamp(moved).compatible().ok()?.as_second()))
        };
        later().unwrap_or_else(|| {
            let moved = time.0.saturating_add(days.saturating_mul(86_400));
            Time(moved.clamp(-Time::LIMIT, Time::LIMIT))
        })
    }

    /// When the days begin on which moments from `from` to `to` lie.
    pub fn calendar(&self, from: Time, to: Time) -> Calendar {
        Calendar::of_zone(&self.rules, from, to)
    }

    /// The local date at `time`, as days since 1970-01-01.
    pub fn day(&self, time: Time) -> i32 {
        let day = time.0.saturating_add(i64::from(self.offset(time))).div_euclid(86_400);
        day.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
    }
}
