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
    /// Whether standard output and standard error take colours.
    coloured: (bool, bool),
}

impl<'a> Terminal<'a> {
    /// The terminal of the process. `cancelled` turns true when the user wants the search to end.
    pub fn new(cancelled: &'a AtomicBool) -> Self {
        let begun = Instant::now();
        let watched = std::io::stderr().is_terminal();
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let coloured = (wanted && std::io::stdout().is_terminal(), wanted && watched);
        Self {
            out: Box::new(std::io::stdout()),
            err: Box::new(std::io::stderr()),
            cancelled,
            watched,
            begun,
            coloured,
        }
    }

    /// Buffers instead of a terminal, for tests.
    pub fn into_buffers(out: &'a mut Vec<u8>, err: &'a mut Vec<u8>, cancelled: &'a AtomicBool) -> Self {
        Self {
            out: Box::new(out),
            err: Box::new(err),
            cancelled,
            watched: false,
            begun: Instant::now(),
            coloured: (false, false),
        }
    }

    /// Writes to standard output. A reader who has gone away (`qise … | head`) is no error.
    pub(crate) fn say(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }

    /// Writes to standard error.
    pub(crate) fn complain(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }

    /// Shows what the reader of the arguments has to say: help, or what is wrong with them.
    pub(crate) fn show(&mut self, message: &clap::Error) {
        let (out, err) = self.coloured;
        let words = message.render();
        let in_colour = if message.use_stderr() { err } else { out };
        let words = if in_colour { words.ansi().to_string() } else { words.to_string() };
        if message.use_stderr() { self.complain(&words) } else { self.say(&words) }
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
