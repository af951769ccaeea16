//! Shares, and how evenly they lie.

use std::fmt;

/// A share of a whole, in millionths, rounded down; more than the whole is possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(pub i64);

impl Share {
    /// The whole.
    pub const WHOLE: Self = Self(1_000_000);

    /// So much of a whole; nothing of nothing. Less than nothing counts as nothing.
    pub fn of(part: i64, whole: i64) -> Option<Self> {
        let millionths = i128::from(part.max(0)) * i128::from(Self::WHOLE.0) / i128::from(whole.max(1));
        (whole > 0).then(|| Self(i64::try_from(millionths).unwrap_or(i64::MAX)))
    }

    /// The share as a number: 1 for the whole.
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / Self::WHOLE.0 as f64
    }
}

impl fmt::Display for Share {
    /// In percent, with one decimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} %", 100.0 * self.as_f64())
    }
}

/// How evenly shares lie. Of no shares everything is nothing, and Jain's index 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evenness {
    /// How many shares there are.
    pub count: usize,
    /// The least.
    pub least: Share,
    /// The greatest.
    pub most: Share,
    /// Their mean, 1 for the whole.
    pub mean: f64,
    /// Their variance around the mean (of all, not of a sample).
    pub variance: f64,
    /// The coefficient of C. Gini (1912), half the mean absolute difference over the mean: 0 where all are alike, towards 1 where one
    /// has everything.
    pub gini: f64,
    /// The index of R. Jain, D. Chiu and W. Hawe (1984), (Σx)² / (n · Σx²): 1 where all are alike, 1/n where one has everything.
    pub jain: f64,
}

impl Evenness {
    /// How evenly these shares lie.
    pub fn of(shares: impl IntoIterator<Item = Share>) -> Self {
        let mut shares = shares.into_iter().collect::<Vec<_>>();
        shares.sort_unstable();
        let (Some(&least), Some(&most)) = (shares.first(), shares.last()) else {
            let (least, most) = (Share(0), Share(0));
            return Self { count: 0, least, most, mean: 0.0, variance: 0.0, gini: 0.0, jain: 1.0 };
        };
        let count = shares.len();
        let n = count as f64;
        let mean = shares.iter().map(|share| share.as_f64()).sum::<f64>() / n;
        let deviation = |share: &Share| (share.as_f64() - mean) * (share.as_f64() - mean);
        let variance = shares.iter().map(deviation).sum::<f64>() / n;
        let squares = shares.iter().map(|share| share.as_f64() * share.as_f64()).sum::<f64>();
        // Σ (2i − n + 1) · xᵢ over shares in order, i from 0, is half the sum of all differences.
        let ranked = shares.iter().enumerate().map(|(i, share)| (2.0 * i as f64 - n + 1.0) * share.as_f64());
        let (gini, jain) = if most == Share(0) {
            (0.0, 1.0)
        } else {
            ((ranked.sum::<f64>() / (n * n * mean)).max(0.0), n * mean * mean / squares)
        };
        Self { count, least, most, mean, variance, gini, jain }
    }

    /// The greatest share less the least.
    pub fn range(&self) -> Share {
        Share(self.most.0 - self.least.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} {b}");
    }

    #[test]
    fn of_shares_worked_out_by_hand() {
        let even = Evenness::of([Share(250_000); 4]);
        assert_eq!((even.range(), even.count), (Share(0), 4));
        close(even.mean, 0.25);
        close(even.variance, 0.0);
        close(even.gini, 0.0);
        close(even.jain, 1.0);
        let one = Evenness::of([0, 0, 0, 1_000_000].map(Share));
        assert_eq!((one.least, one.most, one.range()), (Share(0), Share::WHOLE, Share::WHOLE));
        close(one.mean, 0.25);
        close(one.variance, 3.0 / 16.0);
        close(one.gini, 0.75);
        close(one.jain, 0.25);
        // Differences 1, 2, 1 over 2 · 9 · mean 2, in any order.
        let steps = Evenness::of([300_000, 100_000, 200_000].map(Share));
        close(steps.gini, 8.0 / 36.0);
        close(steps.jain, 36.0 / (3.0 * 14.0));
        close(steps.variance, 0.02 / 3.0);
    }

    #[test]
    fn of_nothing_and_of_nothing_done() {
        let none = Evenness::of([]);
        assert_eq!((none.count, none.range()), (0, Share(0)));
        let idle = Evenness::of([Share(0); 3]);
        close(idle.gini, 0.0);
        close(idle.jain, 1.0);
        assert_eq!(Share::of(1, 0), None);
        assert_eq!(Share::of(-5, 10), Some(Share(0)));
        assert_eq!(Share::of(1, 3), Some(Share(333_333)));
        assert_eq!(Share::of(i64::MAX, 1), Some(Share(i64::MAX)));
        assert_eq!(Share(123_456).to_string(), "12.3 %");
    }
}
