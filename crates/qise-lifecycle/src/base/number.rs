//! Dense numbers and moments. Keys are given numbers by whoever drives the machines.

use std::fmt;

/// A newtype over a number that is shown as a word and the number.
macro_rules! number {
    ($(#[$meta:meta])* $name:ident, $word:literal) => {
        $(#[$meta])*
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The number as a position in a list.
            pub(crate) fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($word, " {}"), self.0)
            }
        }
    };
}

number!(
    /// A need. Needs are numbered from 0 in the order in which they are added, without a gap.
    NeedNo, "need"
);
number!(
    /// An offer. Offers are numbered from 0 in the order in which they are made, without a gap.
    OfferNo, "offer"
);

/// A person. Any number may be used: nothing is kept of people who are not concerned by a need.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonNo(pub u32);

impl fmt::Display for PersonNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "person {}", self.0)
    }
}

/// A point in time, in seconds since any fixed one. Nothing here reads a clock.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// Before everything: the moment of a `Lifecycle` to which nothing has happened.
    pub const MIN: Self = Self(i64::MIN);

    /// So much later, or the last moment that can be written.
    #[must_use]
    pub const fn after(self, span: Seconds) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "second {}", self.0)
    }
}

/// A length of time.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seconds(pub i64);

impl Seconds {
    /// So many minutes.
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes.saturating_mul(60))
    }

    /// So many hours.
    pub const fn hours(hours: i64) -> Self {
        Self(hours.saturating_mul(3_600))
    }

    /// So many days of 24 hours.
    pub const fn days(days: i64) -> Self {
        Self(days.saturating_mul(86_400))
    }

    /// This share of it, rounded down to a whole second.
    pub(crate) const fn percent(self, percent: u8) -> Self {
        let percent = percent as i64;
        // apart, so that no product overflows for shares up to 100 %
        Self(self.0 / 100 * percent + self.0 % 100 * percent / 100)
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, Seconds};

    #[test]
    fn sums_and_shares_stay_within_their_range() {
        assert_eq!(Moment(i64::MAX).after(Seconds(1)), Moment(i64::MAX));
        assert_eq!(Moment(5).after(Seconds::minutes(2)), Moment(125));
        assert_eq!(Seconds(i64::MAX).percent(100), Seconds(i64::MAX));
        assert_eq!((Seconds(199).percent(50), Seconds(1).percent(80)), (Seconds(99), Seconds(0)));
        assert_eq!((Seconds::hours(48), Seconds::days(2)), (Seconds(172_800), Seconds(172_800)));
    }
}
