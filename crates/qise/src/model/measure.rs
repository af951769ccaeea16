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
}

impl Metres {
    /// The longest distance that a problem may state: 10¹² m.
    pub const LIMIT: Self = Self(1_000_000_000_000);
}

/// A point in time: seconds since 1970-01-01T00:00:00Z, or since any other origin the caller keeps to.
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

    /// Whether `time` lies inside.
    pub fn contains(self, time: Time) -> bool {
        self.from <= time && time <= self.to
    }
}
