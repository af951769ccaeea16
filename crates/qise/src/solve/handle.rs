//! A search that runs beside its caller.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::{Options, Solved, solve_with};
use crate::base::{Cancel, Stop};
use crate::model::Problem;
use crate::plan::{Plan, Score};

/// A search that runs beside its caller: it can be asked for its best plan so far, cancelled, and waited for. Who lets go of it without
/// waiting cancels it, unless they [`Handle::detach`] it.
#[derive(Debug)]
pub struct Handle {
    shared: Arc<Shared>,
    /// Nothing once it is waited for or left to itself.
    thread: Option<JoinHandle<Solved>>,
}

#[derive(Debug, Default)]
struct Shared {
    cancel: Cancel,
    iterations: AtomicU64,
    best: Mutex<Option<(Plan, Score)>>,
}

/// Starts a search in a thread of its own, which ends when `stop` says so, as in [`solve`](super::solve()), or when it is cancelled.
///
/// ```
/// # use qise::model::{Seconds, Time, TravelRule, Window};
/// # let mut b = qise::Problem::builder("example");
/// # let car = b.profile("car", TravelRule::great_circle(35_000, 1300));
/// # let (home, door) = (b.place("home", 38.83, 105.66), b.place("door", 38.84, 105.70));
/// # let bat = b.volunteer("bat", home, car).shift(Time(0), Time(20_000)).id();
/// # let visit = b.need("visit", door, Window::new(Time(0), Time(9000)), Seconds::minutes(30)).id();
/// # let problem = b.build()?;
/// use qise::solve::{Options, spawn};
/// use qise::Stop;
///
/// let search = spawn(problem.clone(), Options::default(), Stop::after(60.0)).expect("a thread");
/// if let Some((plan, score)) = search.best() {
///     println!("so far: {} served, {:?}", plan.served(), score.levels);
/// }
/// search.cancel();
/// assert!(search.join().evaluation.is_valid());
/// # Ok::<(), qise::Faults>(())
/// ```
///
/// # Errors
/// When the system gives no thread.
pub fn spawn(problem: Problem, options: Options, stop: Stop) -> std::io::Result<Handle> {
    let shared = Arc::new(Shared::default());
    let theirs = Arc::clone(&shared);
    let stop = stop.or(Stop::cancelled_by(&shared.cancel));
    let thread = std::thread::Builder::new().name("qise-solve".into()).spawn(move || {
        solve_with(&problem, &options, &stop, &mut |progress| {
            theirs.iterations.store(progress.iterations, Ordering::Relaxed);
            let mut best = theirs.best.lock().unwrap_or_else(PoisonError::into_inner);
            if best.as_ref().is_none_or(|(_, score)| progress.score.better_than(score)) {
                *best = Some((progress.plan(), progress.score.clone()));
            }
        })
    })?;
    Ok(Handle { shared, thread: Some(thread) })
}

impl Handle {
    /// Asks the search to stop; [`Handle::join`] then returns its best plan soon.
    pub fn cancel(&self) {
        self.shared.cancel.cancel();
    }

    /// The best plan so far and its score; `None` before the first complete plan.
    pub fn best(&self) -> Option<(Plan, Score)> {
        self.shared.best.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Steps so far.
    pub fn iterations(&self) -> u64 {
        self.shared.iterations.load(Ordering::Relaxed)
    }

    /// Whether the search has ended.
    pub fn is_finished(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// Waits for the end of the search.
    ///
    /// # Panics
    /// If the search itself panicked, which would be a defect of the engine.
    pub fn join(mut self) -> Solved {
        let thread = self.thread.take().expect("only here and in `detach` the thread is let go of");
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    /// Leaves the search to itself: it goes on until its `stop` says that it must end, and what it finds is told to nobody.
    pub fn detach(mut self) {
        self.thread = None;
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if self.thread.is_some() {
            self.cancel();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::Problem;
    use crate::model::{Seconds, Time, TravelRule, Window};

    fn problem() -> Problem {
        let mut b = Problem::builder("handle");
        let (car, here) =
            (b.profile("car", TravelRule::great_circle(60_000, 1000)), b.place("here", 38.8, 105.6));
        b.volunteer("v", here, car).shift(Time(0), Time(100));
        for key in ["one", "two"] {
            b.need(key, here, Window::new(Time(0), Time(0)), Seconds(60));
        }
        b.build().unwrap()
    }

    /// Whether a search that never ends by itself has ended, once its handle was let go of in this way.
    fn ends(let_go: impl FnOnce(Handle)) -> bool {
        let problem = problem();
        let alive = Arc::new(());
        let theirs = Arc::clone(&alive);
        // The search holds it as long as it runs.
        let stop = Stop::when(move || Arc::strong_count(&theirs) == 0);
        let handle = spawn(problem, Options::default(), stop).unwrap();
        std::thread::sleep(Duration::from_millis(50));
        assert!(!handle.is_finished(), "it never ends by itself");
        let begun = Instant::now();
        let_go(handle);
        while begun.elapsed() < Duration::from_secs(5) {
            if Arc::strong_count(&alive) == 1 {
                return true;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        false
    }

    #[test]
    fn a_search_ends_when_its_handle_is_dropped() {
        assert!(ends(drop));
    }
}
