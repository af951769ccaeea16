//! The threads that the engine works on, where no search brings its own.
//!
//! They are made once for a process. A process that was forked from it (`multiprocessing` does so on Linux) has the memory
//! of threads and none of the threads, and would wait for them for ever: there each call gets threads of its own.

use std::sync::OnceLock;

use pyo3::marker::Ungil;
use pyo3::prelude::*;
use rayon::ThreadPoolBuilder;

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
