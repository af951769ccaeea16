//! How to search, how far a search has come, and what it has found.

use super::instance::Instance;
use super::moves::counts::MoveCounts;
use super::state::WorkingPlan;
use crate::plan::{Evaluation, Plan, Score};
use crate::solve::state::export;

/// The largest share that is not yet all of the budget.
pub(crate) const JUST_BEFORE: f64 = 0.999_999;

/// How to search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Seed of all random choices.
    pub seed: u64,
    /// Threads to use; 1 or more. They change how soon an answer comes, never the answer of [`Stop::iterations`](crate::Stop::iterations).
    pub threads: usize,
    /// A plan to start from. What of it breaks a rule is left out. The plan of another problem, or of another version of it, is not
    /// used at all, as [`Statistics::foreign_warm`] tells: take it over with [`Plan::carried`] first.
    pub warm: Option<Plan>,
    /// Whether a first complete plan is made even where the budget is spent before: only a budget spent without end
    /// (infinity, as for a search that is cancelled) stops it. Otherwise the search keeps to its budget, and may return a plan
    /// that leaves needs which nobody was asked for: [`Statistics::complete`] tells.
    pub complete_first: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 1, threads: 1, warm: None, complete_first: false }
    }
}

/// What the phases of a search go by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Seed of all random choices.
    pub(crate) seed: u64,
    /// Threads to use; 1 or more.
    pub(crate) threads: usize,
    /// Steps of ruin and recreate, over all threads; `None` if the search goes on until its time is spent.
    pub(crate) iterations: Option<u64>,
    /// Whether there is a plan to start from.
    pub(crate) is_warm: bool,
}

/// How far a search has come.
pub struct Progress<'a> {
    /// Steps so far.
    pub iterations: u64,
    /// Score of the best plan so far; of its terms only those that the objective counts.
    pub score: &'a Score,
    pub(crate) best: &'a WorkingPlan,
    pub(crate) instance: &'a Instance<'a>,
}

impl Progress<'_> {
    /// The best plan so far.
    pub fn plan(&self) -> Plan {
        export::to_plan(self.best, self.instance)
    }

    /// Number of needs that the best plan does not serve.
    pub fn unserved(&self) -> usize {
        self.best.unserved_needs(self.instance.problem).count()
    }
}

/// What a search has found.
#[derive(Clone, Debug)]
pub struct Solved {
    /// The plan.
    pub plan: Plan,
    /// What the judge says of it; it breaks no rule, but that fewer people may go out than must, where no such plan was found.
    pub evaluation: Evaluation,
    /// How the search went.
    pub statistics: Statistics,
}

/// How a search went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Steps of ruin and recreate.
    pub iterations: u64,
    /// Entries of all candidate lists.
    pub candidates: usize,
    /// Whether the plan to start from was one of another problem, and was not used.
    pub foreign_warm: bool,
    /// Whether there was time for a first complete plan: then everybody who could was asked for every need that is left.
    pub complete: bool,
    /// What each move brought.
    pub moves: MoveCounts,
}
