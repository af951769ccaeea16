//! Integer measures: time, distance, and nothing that can round.
//!
//! A document counts in seconds and metres. A benchmark reader that needs a finer grain scales its instance, up to
//! 10⁶ to the unit: every limit below leaves room for that.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

macro_rules! measure {
    ($(#[$doc:meta])* $name:ident, $unit:literal) => {
        $(#[$doc])*
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $name {
            /// Nothing at all.
            pub const ZERO: Self = Self(0);
            /// More than any valid problem can reach; sums of two still fit.
            pub const MAX: Self = Self(i64::MAX / 4);
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
                all.fold(Self::ZERO, Add::add)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{} ", $unit), self.0)
            }
        }
    };
}

measure!(
    /// A length of time, in seconds.
    Seconds,
    "s"
);
measure!(
    /// A distance, in metres.
    Metres,
    "m"
);

impl Seconds {
    /// The longest duration that a problem may state (service, setup, break, limit): 10¹² s.
    pub const LIMIT: Self = Self(1_000_000_000_000);
    /// One minute.
    pub const MINUTE: Self = Self(60);
    /// One hour.
    pub const HOUR: Self = Self(3600);

    /// So many minutes.
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes * 60)
    }

    /// So many hours.
    pub const fn hours(hours: i64) -> Self {
        Self(hours * 3600)
    }
}

impl Metres {
    /// The longest distance that a problem may state: 10¹² m.
    pub const LIMIT: Self = Self(1_000_000_000_000);
}

/// A point in time: seconds since 1970-01-01T00:00:00Z, or since any other origin the caller keeps to.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

impl Time {
    /// Before every valid time.
    pub const MIN: Self = Self(i64::MIN / 4);
    /// After every valid time.
    pub const MAX: Self = Self(i64::MAX / 4);
    /// The farthest from the origin that a problem may state: 10¹⁵ s.
    pub const LIMIT: i64 = 1_000_000_000_000_000;

    /// Whether a problem may state this time.
    pub fn in_limits(self) -> bool {
        (-Self::LIMIT..=Self::LIMIT).contains(&self.0)
    }
}

/// In coordinated universal time, such as `2026-11-24T09:00:00Z`: whoever knows the zone of the problem may show it there.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, second) = (self.0.div_euclid(86_400), self.0.rem_euclid(86_400));
        // Civil from days, as H. Hinnant (2013) counts them: years begin in March, so that leap days come last.
        let shifted = days.saturating_add(719_468);
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let (hour, minute, second) = (second / 3600, second % 3600 / 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

impl Add<Seconds> for Time {
    type Output = Self;
    fn add(self, by: Seconds) -> Self {
        Self(self.0 + by.0)
    }
}

impl AddAssign<Seconds> for Time {
    fn add_assign(&mut self, by: Seconds) {
        self.0 += by.0;
    }
}

impl Sub<Seconds> for Time {
    type Output = Self;
    fn sub(self, by: Seconds) -> Self {
        Self(self.0 - by.0)
    }
}

impl Sub for Time {
    type Output = Seconds;
    fn sub(self, earlier: Self) -> Seconds {
        Seconds(self.0 - earlier.0)
    }
}

/// A span of time `[from, to]` in which something may start; both ends belong to it.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    /// The first moment.
    pub from: Time,
    /// The last moment.
    pub to: Time,
}

impl Window {
    /// Every moment.
    pub const ALWAYS: Self = Self { from: Time::MIN, to: Time::MAX };

    /// From one moment to another.
    pub const fn new(from: Time, to: Time) -> Self {
        Self { from, to }
    }

    /// Whether `time` lies inside.
    pub fn contains(self, time: Time) -> bool {
        self.from <= time && time <= self.to
    }
}
