//! Where the program writes to, and how it hears that it shall stop.

use std::io::{IsTerminal, Write};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// Where the program writes to, and how it hears that it shall stop.
pub struct Terminal<'a> {
    out: Box<dyn Write + 'a>,
    err: Box<dyn Write + 'a>,
    cancelled: &'a AtomicBool,
    /// Whether a person watches standard error, so that progress is worth drawing.
    watched: bool,
    begun: Instant,
}

impl<'a> Terminal<'a> {
    /// The terminal of the process. `cancelled` turns true when the user wants the search to end.
    pub fn new(cancelled: &'a AtomicBool) -> Self {
        let begun = Instant::now();
        let watched = std::io::stderr().is_terminal();
        Self { out: Box::new(std::io::stdout()), err: Box::new(std::io::stderr()), cancelled, watched, begun }
    }

    /// Buffers instead of a terminal, for tests.
    pub fn into_buffers(out: &'a mut Vec<u8>, err: &'a mut Vec<u8>, cancelled: &'a AtomicBool) -> Self {
        let begun = Instant::now();
        Self { out: Box::new(out), err: Box::new(err), cancelled, watched: false, begun }
    }

    /// Writes to standard output. A reader who has gone away (`qise … | head`) is no error.
    pub(crate) fn say(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }

    /// Writes to standard error.
    pub(crate) fn complain(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }

    /// Whether progress is worth drawing.
    pub(crate) fn is_watched(&self) -> bool {
        self.watched
    }

    /// The flag that ends a search.
    pub(crate) fn cancelled(&self) -> &'a AtomicBool {
        self.cancelled
    }

    /// When the program was started.
    pub(crate) fn begun(&self) -> Instant {
        self.begun
    }
}
