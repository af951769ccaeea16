//! How much of a budget is spent, and on how many threads.

/// Says which share of its budget a search has spent: 0 at the start, 1 or more when it must stop.
/// What callers say as a [`Stop`](super::Stop) is handed down as this, so that a part of the work
/// can have a part of the budget.
pub(crate) type Spent<'a> = &'a (dyn Fn() -> f64 + Sync);

/// The threads of one search, or of other work.
pub(crate) struct Threads(Option<rayon::ThreadPool>);

impl Threads {
    /// As many threads as asked for, or those of the process where the system gives no more.
    pub(crate) fn new(threads: usize) -> Self {
        Self(rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).build().ok())
    }

    pub(crate) fn install<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        match &self.0 {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_runs_on_as_many_threads_as_asked_for() {
        for (asked, given) in [(0, 1), (1, 1), (3, 3)] {
            assert_eq!(Threads::new(asked).install(rayon::current_num_threads), given);
        }
        assert_eq!(Threads(None).install(|| 7), 7, "without threads of its own it is done here");
    }
}
