//! A search that runs beside its caller.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::{Options, Solved, solve};
use crate::model::Problem;
use crate::plan::{Plan, Score};

/// A search that runs beside its caller: it can be asked for its best plan so far, cancelled, and waited for.
#[derive(Debug)]
pub struct Handle {
    shared: Arc<Shared>,
    thread: JoinHandle<Solved>,
}

#[derive(Debug, Default)]
struct Shared {
    cancelled: AtomicBool,
    iterations: AtomicU64,
    best: Mutex<Option<(Plan, Score)>>,
}

/// Starts a search in a thread of its own. `spent` is as for [`solve`].
///
/// # Errors
/// When the system gives no thread.
pub fn spawn(
    problem: Problem,
    options: Options,
    spent: impl Fn() -> f64 + Send + Sync + 'static,
) -> std::io::Result<Handle> {
    let shared = Arc::new(Shared::default());
    let theirs = Arc::clone(&shared);
    let thread = std::thread::Builder::new().name("qise-solve".into()).spawn(move || {
        let spent = || if theirs.cancelled.load(Ordering::Relaxed) { f64::INFINITY } else { spent() };
        solve(&problem, &options, &spent, &mut |progress| {
            theirs.iterations.store(progress.iterations, Ordering::Relaxed);
            let mut best = theirs.best.lock().unwrap_or_else(PoisonError::into_inner);
            if best.as_ref().is_none_or(|(_, score)| progress.score.better_than(score)) {
                *best = Some((progress.plan(), progress.score.clone()));
            }
        })
    })?;
    Ok(Handle { shared, thread })
}

impl Handle {
    /// Asks the search to stop; [`Handle::join`] then returns its best plan soon.
    pub fn cancel(&self) {
        self.shared.cancelled.store(true, Ordering::Relaxed);
    }

    /// The best plan so far and its score; nothing before the first complete plan.
    pub fn best(&self) -> Option<(Plan, Score)> {
        self.shared.best.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Steps so far.
    pub fn iterations(&self) -> u64 {
        self.shared.iterations.load(Ordering::Relaxed)
    }

    /// Whether the search has ended.
    pub fn is_finished(&self) -> bool {
        self.thread.is_finished()
    }

    /// Waits for the end of the search.
    ///
    /// # Panics
    /// If the search itself panicked, which would be a defect of the engine.
    pub fn join(self) -> Solved {
        self.thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}
