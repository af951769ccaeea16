//! What makes one plan better than another: terms, in levels, with weights.

use super::Term;

/// A term and how much it weighs within its level.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighted {
    /// The term.
    pub term: Term,
    /// Its weight, 1 or more.
    pub weight: u32,
}

/// Levels of weighted terms. A level counts only where all levels before it are equal:
/// `value(level) = Σ weight · term`, compared from the first level to the last; less is better.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objective {
    /// The levels, the most important first.
    pub levels: Vec<Vec<Weighted>>,
}

impl Default for Objective {
    /// Mandatory needs, then priority, then promises, then effort: travel and working time, overtime, kilometres, people, with the
    /// fairness of load and the prices of wishes and of changes weighed against them.
    ///
    /// Fairness, wishes and changes share the last level because a level of their own would only ever decide between
    /// plans that are equal to the second.
    fn default() -> Self {
        let level = |terms: &[(Term, u32)]| {
            terms.iter().map(|&(term, weight)| Weighted { term, weight }).collect::<Vec<_>>()
        };
        Self {
            levels: vec![
                level(&[(Term::UnservedMandatory, 1)]),
                level(&[(Term::UnservedPriority, 1)]),
                level(&[(Term::Tardiness, 1), (Term::WorstTardiness, 1)]),
                level(&[
                    (Term::TravelTime, 10),
                    (Term::WorkTime, 5),
                    (Term::Overtime, 10),
                    (Term::Distance, 1),
                    (Term::People, 6000),
                    (Term::Load, 2),
                    (Term::Preferences, 10),
                    (Term::Disruption, 10),
                ]),
            ],
        }
    }
}

impl Objective {
    /// An objective with one term a level, each of weight 1.
    pub fn ordered(terms: &[Term]) -> Self {
        Self { levels: terms.iter().map(|&term| vec![Weighted { term, weight: 1 }]).collect() }
    }

    /// Whether `term` counts anywhere.
    pub fn uses(&self, term: Term) -> bool {
        self.levels.iter().flatten().any(|w| w.term == term)
    }
}

impl Weighted {
    /// A term with a weight of 1 or more.
    pub fn new(term: Term, weight: u32) -> Self {
        Self { term, weight }
    }
}
