//! How well a demand is covered: sums by category and moment, and point by point.

use super::point::Where;
use crate::model::{CategoryId, NeedId, Seconds, Time};

/// In what a demand is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Needs, one each.
    Needs,
    /// Residents.
    Residents,
    /// Square metres of land.
    Land,
}

impl Measure {
    /// The name in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Needs => "needs",
            Self::Residents => "residents",
            Self::Land => "area",
        }
    }
}

/// How much was asked, and how much of it is covered within each limit: mass × weight, summed over moments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// All that was asked.
    pub asked: u128,
    /// What is covered within each limit, in the order of the limits.
    pub covered: Vec<u128>,
}

impl Share {
    /// The share within a limit, from 0 to 1; nothing where nothing was asked.
    pub fn of(&self, limit: usize) -> Option<f64> {
        (self.asked > 0).then(|| self.covered[limit] as f64 / self.asked as f64)
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.asked += other.asked;
        self.covered.resize(self.covered.len().max(other.covered.len()), 0);
        for (sum, more) in self.covered.iter_mut().zip(&other.covered) {
            *sum += more;
        }
    }
}

/// One category, moment by moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The category; nothing for what belongs to none.
    pub category: Option<CategoryId>,
    /// The share at each moment.
    pub at: Vec<Share>,
}

impl Row {
    /// Over all moments together.
    pub fn total(&self) -> Share {
        let mut total = Share::default();
        self.at.iter().for_each(|share| total.add(share));
        total
    }
}

/// How well one demand is covered.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Layer {
    /// In what it is counted.
    pub measure: Measure,
    /// The moments.
    pub moments: Vec<Time>,
    /// The limits.
    pub limits: Vec<Seconds>,
    /// One row for each category that is asked for, in the order of the categories, that of none last.
    pub rows: Vec<Row>,
    /// Where the points are, in the order of the demand; the needs in the order of their ids.
    pub at: Vec<Where>,
    /// How much each point stands for.
    pub masses: Vec<u64>,
    /// The needs of a demand of needs, in their order; empty for other demands.
    pub needs: Vec<NeedId>,
    /// How much was asked at each point, over moments and asks, were its mass one.
    pub(super) asked: Vec<u64>,
    /// For each point and limit what of it is covered.
    pub(super) covered: Vec<u64>,
}

impl Layer {
    /// The mass of all points: so many needs, residents or square metres.
    pub fn total(&self) -> u128 {
        self.masses.iter().map(|&mass| u128::from(mass)).sum()
    }

    /// The share of everything at each moment.
    pub fn at_moments(&self) -> Vec<Share> {
        let mut all = vec![Share { asked: 0, covered: vec![0; self.limits.len()] }; self.moments.len()];
        for row in &self.rows {
            all.iter_mut().zip(&row.at).for_each(|(sum, share)| sum.add(share));
        }
        all
    }

    /// The share of everything, over all moments.
    pub fn overall(&self) -> Share {
        let mut total = Share { asked: 0, covered: vec![0; self.limits.len()] };
        self.rows.iter().for_each(|row| total.add(&row.total()));
        total
    }

    /// How many points there are.
    pub fn len(&self) -> usize {
        self.masses.len()
    }

    /// Whether there is nothing to be covered.
    pub fn is_empty(&self) -> bool {
        self.masses.is_empty()
    }

    /// How much was asked at one point, and how much of it is covered within each limit, were its mass one.
    pub fn point(&self, n: usize) -> (u64, &[u64]) {
        let limits = self.limits.len();
        (self.asked[n], &self.covered[n * limits..(n + 1) * limits])
    }

    /// What of a point is not covered within a limit, over moments and asks: mass × weight.
    pub fn missed(&self, n: usize, limit: usize) -> u128 {
        let (asked, covered) = self.point(n);
        u128::from(self.masses[n]) * u128::from(asked - covered[limit])
    }
}
