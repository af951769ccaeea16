//! What comes after a search, and the time for it: the plan in its file, bounds, reasons, and the plan once more with all that is known.

use std::time::Instant;

use qise::{Cancel, Problem, Stop};

use super::search::{Budget, since};

/// What a machine of two slow cores takes, in seconds: to get ready for questions, for each route; to see whom the rules exclude, for
/// each person; to look into one need; to write one need down.
const READY: f64 = 20e-6;
const RULES: f64 = 70e-9;
const NEED: f64 = 3e-3;
const WRITE: f64 = 15e-6;
/// The share of the limit that is kept for it at most.
const MOST: f64 = 0.12;
/// So many seconds there are for it at least, and after the user has had enough.
const LEAST: f64 = 0.1;
const HAD_ENOUGH: f64 = 0.25;
/// The share of its time that bounds take at most.
const BOUNDS: f64 = 0.3;

/// How many seconds to keep for what comes after a search that leaves so many needs.
pub(super) fn reserve(problem: &Problem, left: usize, threads: usize, limit: Option<f64>) -> f64 {
    let count = |count: usize| count as f64;
    let write = count(problem.asked()) * WRITE * 2.0;
    let each = count(problem.volunteers().len()) * RULES + NEED;
    let ready = if left > 0 { count(problem.units().len()) * READY } else { 0.0 };
    let all = write + ready + count(left) * each / count(threads.max(1));
    all.min(limit.unwrap_or(f64::INFINITY) * MOST)
}

/// The time after a search.
pub(super) struct Afterwards {
    begun: Instant,
    /// Seconds that there are; nothing where there is no limit.
    limit: Option<f64>,
    /// What ends it before; nothing where that has ended the search already.
    cancel: Stop,
}

impl Afterwards {
    /// `written`: the seconds that it took to write the plan, which is written once more.
    pub(super) fn new(budget: &Budget, written: f64, cancel: &Cancel) -> Self {
        let had_enough = cancel.is_cancelled();
        let rest = budget.limit().map(|limit| (limit - budget.elapsed() - 1.5 * written).max(LEAST));
        let limit = if had_enough { Some(rest.unwrap_or(HAD_ENOUGH).min(HAD_ENOUGH)) } else { rest };
        let cancel = if had_enough { Stop::never() } else { Stop::cancelled_by(cancel) };
        Self { begun: Instant::now(), limit, cancel }
    }

    /// When all of it must end.
    pub(super) fn stop(&self) -> Stop {
        since(self.begun, self.limit).or(self.cancel.clone())
    }

    /// When bounds must end.
    pub(super) fn stop_of_bounds(&self) -> Stop {
        since(self.begun, self.limit.map(|limit| limit * BOUNDS)).or(self.cancel.clone())
    }
}
