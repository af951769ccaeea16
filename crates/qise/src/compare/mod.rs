//! Two plans side by side: who goes instead of whom, what is won and lost, and what the difference is worth.
//!
//! Neither plan needs to be complete or valid: what is unknown to the problem is passed over, and the judge says of both what is wrong.
//!
//! A difference is told by need and by person. For those who wait it matters who comes and when; for those who go, what their day looks
//! like. So a need that keeps its people and its start is not listed; a route around it that changed is, at its person.

mod need;
mod person;

use std::cmp::Ordering;

use crate::model::{Problem, Term};
use crate::plan::{Evaluation, Plan, evaluate};

use need::need_changes;
pub use need::{Change, NeedChange, Part};
use person::person_changes;
pub use person::{Duty, PersonChange};

/// How a new plan differs from an old one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What the judge says of the old plan.
    pub old: Evaluation,
    /// What the judge says of the new plan.
    pub new: Evaluation,
    /// The needs of which something changes for those who wait, in the order of the problem.
    pub needs: Vec<NeedChange>,
    /// The people whose routes change, in the order of the problem.
    pub people: Vec<PersonChange>,
}

/// Compares two plans. The order in which a plan lists its routes does not matter.
pub fn diff(problem: &Problem, old: &Plan, new: &Plan) -> Difference {
    Difference {
        old: evaluate(problem, old),
        new: evaluate(problem, new),
        needs: need_changes(problem, old, new),
        people: person_changes(problem, old, new),
    }
}

impl Difference {
    /// Whether nothing changes for anybody.
    pub fn is_empty(&self) -> bool {
        self.needs.is_empty() && self.people.is_empty()
    }

    /// The value of every term in the old plan and in the new one.
    pub fn terms(&self) -> impl Iterator<Item = (Term, i64, i64)> + '_ {
        let (old, new) = (&self.old.score.terms, &self.new.score.terms);
        old.iter().map(|(term, before)| (term, before, new.get(term)))
    }

    /// The value of every level in the old plan and in the new one.
    pub fn levels(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        self.old.score.levels.iter().copied().zip(self.new.score.levels.iter().copied())
    }

    /// Which plan scores better: less where that is the new one. Whether they are valid does not count.
    pub fn better(&self) -> Ordering {
        self.new.score.cmp_levels(&self.old.score)
    }

    /// How many needs change in this way.
    pub fn count(&self, change: Change) -> usize {
        self.needs.iter().filter(|need| need.change == change).count()
    }
}
