//! How good a plan is.

use std::cmp::Ordering;

use crate::model::{Objective, Term, Terms};

/// How good a plan is: level by level, and term by term. Less is better.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Value of each level of the objective.
    pub levels: Vec<i64>,
    /// Value of every term, whether the objective uses it or not.
    pub terms: Terms,
}

impl Score {
    /// People missing from teams of which more must go out come first; then level by level, the first difference decides.
    pub fn cmp_levels(&self, other: &Self) -> Ordering {
        let short = |score: &Self| score.terms.get(Term::PeopleShort);
        short(self).cmp(&short(other)).then_with(|| self.levels.cmp(&other.levels))
    }

    /// Whether this plan is better than `other`.
    pub fn better_than(&self, other: &Self) -> bool {
        self.cmp_levels(other) == Ordering::Less
    }
}

impl Objective {
    /// The score of these term values.
    pub fn score(&self, terms: &Terms) -> Score {
        let levels = self
            .levels
            .iter()
            .map(|level| {
                let values = level.iter().map(|w| i64::from(w.weight).saturating_mul(terms.get(w.term)));
                values.fold(0, i64::saturating_add)
            })
            .collect();
        Score { levels, terms: *terms }
    }
}
