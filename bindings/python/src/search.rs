//! A search in a thread of its own, so that the caller's thread stays free for signals and for reports.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use qise::plan::Score;
use qise::solve::Progress;
use qise::{Cancel, Stop};

/// How far a search had come when it last said so.
pub struct Seen {
    pub iterations: u64,
    pub unserved: usize,
    pub score: Score,
}

/// A search, or several one after the other, that runs beside its caller. Dropped, it stops soon by itself.
pub struct Search<R>(Arc<Shared<R>>);

struct Shared<R> {
    cancel: Cancel,
    state: Mutex<State<R>>,
    done: Condvar,
}

struct State<R> {
    seen: Option<Seen>,
    found: Option<std::thread::Result<R>>,
}

impl<R: Send + 'static> Search<R> {
    /// Starts a work that stops `limit` seconds after `begun`, if there is a limit.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        begun: Instant,
        limit: Option<f64>,
        work: impl FnOnce(&Stop, &mut dyn FnMut(&Progress<'_>)) -> R + Send + 'static,
    ) -> std::io::Result<Self> {
        let state = Mutex::new(State { seen: None, found: None });
        let shared = Arc::new(Shared { cancel: Cancel::new(), state, done: Condvar::new() });
        let theirs = Arc::clone(&shared);
        std::thread::Builder::new().name("qise-solve".into()).spawn(move || {
            let spent = move || limit.map_or(0.0, |limit| begun.elapsed().as_secs_f64() / limit.max(1e-9));
            let stop = Stop::measured(spent).or(Stop::cancelled_by(&theirs.cancel));
            let found = catch_unwind(AssertUnwindSafe(|| {
                work(&stop, &mut |progress| {
                    let (iterations, unserved) = (progress.iterations, progress.unserved());
                    theirs.state().seen = Some(Seen { iterations, unserved, score: progress.score.clone() });
                })
            }));
            theirs.state().found = Some(found);
            theirs.done.notify_all();
        })?;
        Ok(Self(shared))
    }

    /// Waits for the end of the search, but no longer than `patience`.
    pub fn wait(&self, patience: Duration) -> Option<R> {
        let state = self.0.state();
        let waited = self.0.done.wait_timeout_while(state, patience, |state| state.found.is_none());
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let found = state.found.take()?;
        drop(state);
        // A panic would be a defect of the engine: let it be seen.
        Some(found.unwrap_or_else(|panic| resume_unwind(panic)))
    }

    /// How far the search has come, if it has said so since this was last asked.
    pub fn news(&self) -> Option<Seen> {
        self.0.state().seen.take()
    }

    /// Asks the search to stop and hand over its best plan.
    pub fn stop(&self) {
        self.0.cancel.cancel();
    }
}

impl<R> Drop for Search<R> {
    fn drop(&mut self) {
        self.0.cancel.cancel();
    }
}

impl<R> Shared<R> {
    fn state(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
