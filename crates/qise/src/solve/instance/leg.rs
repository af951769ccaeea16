//! A way from one place to another.

/// A way from one place to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Leg {
    pub(crate) seconds: i64,
    pub(crate) metres: i64,
}

impl Leg {
    #[inline]
    pub(crate) fn plus(self, other: Self) -> Self {
        Self { seconds: self.seconds + other.seconds, metres: self.metres + other.metres }
    }

    #[inline]
    pub(crate) fn minus(self, other: Self) -> Self {
        Self { seconds: self.seconds - other.seconds, metres: self.metres - other.metres }
    }
}
