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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detour_is_two_legs_less_the_one_they_replace() {
        let leg = |seconds, metres| Leg { seconds, metres };
        assert_eq!(leg(5, 70).plus(leg(6, 20)).minus(leg(4, 100)), leg(7, -10));
    }
}
