//! The threads that the engine works on, where no search brings its own.
//!
//! They are made once for a process. A process that was forked from it (`multiprocessing` does so on Linux) has the memory
//! of threads and none of the threads, and would wait for them for ever: there each call gets threads of its own.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use pyo3::exceptions::PyRuntimeError;
use pyo3::marker::Ungil;
use pyo3::prelude::*;
use qise::{Cancel, Stop};
use rayon::ThreadPoolBuilder;

/// How often signals are looked at.
const TICK: Duration = Duration::from_millis(5);

/// The process that imported the module.
static IMPORTED_BY: OnceLock<u32> = OnceLock::new();

/// Remembers which process this is; called when the module is imported.
pub fn remember_process() {
    IMPORTED_BY.get_or_init(std::process::id);
}

/// Does the engine's work while other Python threads run.
pub fn beside<R: Send + Ungil>(py: Python<'_>, work: impl FnOnce() -> R + Send + Ungil) -> R {
    py.detach(|| on_threads(work))
}

/// Does work on threads that this process has.
pub fn on_threads<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    let forked = IMPORTED_BY.get().is_some_and(|&importer| importer != std::process::id());
    match forked.then(|| ThreadPoolBuilder::new().build()) {
        Some(Ok(threads)) => threads.install(work),
        _ => work(),
    }
}

/// Does long work in a thread of its own, so that Ctrl-C ends it and other Python threads run meanwhile. The work is told when
/// it must end; without a limit (in seconds), never before a signal.
///
/// # Errors
/// What a signal raised, once the work has stopped; RuntimeError where it has broken off.
pub fn interruptible<R: Send>(
    py: Python<'_>,
    limit: Option<f64>,
    work: impl FnOnce(&Stop) -> R + Send,
) -> PyResult<R> {
    let (begun, cancel) = (Instant::now(), Cancel::new());
    let stop = limit.map_or_else(Stop::never, Stop::after).or(Stop::cancelled_by(&cancel));
    std::thread::scope(|scope| {
        let spawn = || on_threads(|| work(&stop));
        let thread = std::thread::Builder::new().name("qise".into()).spawn_scoped(scope, spawn)?;
        let mut stopped = Ok(());
        while !thread.is_finished() && stopped.is_ok() {
            // Short work is not kept waiting.
            let tick = TICK.min(begun.elapsed() / 8 + Duration::from_micros(50));
            py.detach(|| std::thread::sleep(tick));
            stopped = py.check_signals();
        }
        if stopped.is_err() {
            cancel.cancel();
        }
        let done = py.detach(|| thread.join());
        stopped?;
        done.map_err(|_| PyRuntimeError::new_err("the work has broken off"))
    })
}
