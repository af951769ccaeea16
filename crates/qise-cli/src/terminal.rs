//! Where the program writes to, and how it hears that it shall stop.

use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal, Write};
use std::time::Instant;

use qise::Cancel;
use qise_io::visible::visible;

use crate::Signals;
use crate::signals::Heeding;

/// Where the program writes to, and how it hears that it shall stop.
pub struct Terminal<'a> {
    out: Box<dyn Write + 'a>,
    err: Box<dyn Write + 'a>,
    /// Where a conversation is read from; nothing once somebody reads it.
    input: Option<Box<dyn BufRead + Send>>,
    cancel: &'a Cancel,
    /// Nothing where nobody sends signals.
    signals: Option<&'a Signals>,
    /// Whether a person watches standard error, so that progress is worth drawing.
    watched: bool,
    begun: Instant,
    /// Whether standard output and standard error take colours.
    coloured: (bool, bool),
    /// Why standard output took nothing more.
    lost: Option<io::Error>,
}

impl<'a> Terminal<'a> {
    /// The terminal of the process. `signals` hear when the user wants the search to end; without `has_output` there is no
    /// standard output.
    pub fn new(signals: &'a Signals, has_output: bool) -> Self {
        let begun = Instant::now();
        let watched = io::stderr().is_terminal();
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let coloured = (wanted && io::stdout().is_terminal(), wanted && watched);
        Self {
            out: if has_output { Box::new(io::stdout()) } else { Box::new(Closed) },
            err: Box::new(io::stderr()),
            input: Some(Box::new(BufReader::new(io::stdin()))),
            cancel: signals.cancel(),
            signals: Some(signals),
            watched,
            begun,
            coloured,
            lost: None,
        }
    }

    /// Buffers instead of a terminal, for tests.
    pub fn into_buffers(out: &'a mut Vec<u8>, err: &'a mut Vec<u8>, cancel: &'a Cancel) -> Self {
        Self {
            out: Box::new(out),
            err: Box::new(err),
            input: None,
            cancel,
            signals: None,
            watched: false,
            begun: Instant::now(),
            coloured: (false, false),
            lost: None,
        }
    }

    /// What is read as standard input, for tests.
    #[must_use]
    pub fn reading(self, lines: Vec<u8>) -> Self {
        Self { input: Some(Box::new(io::Cursor::new(lines))), ..self }
    }

    /// Standard input, for a thread that reads it to the end; empty for whoever comes second.
    pub(crate) fn input(&mut self) -> Box<dyn BufRead + Send> {
        self.input.take().unwrap_or_else(|| Box::new(io::empty()))
    }

    /// Writes to standard output. Where that fails nothing more is written, and [`Terminal::lost`] says why.
    pub(crate) fn say(&mut self, text: &str) {
        if self.lost.is_none() {
            self.lost = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush()).err();
        }
    }

    /// Why something that was said is lost. That a reader has gone away (`qise … | head`) is no loss.
    pub(crate) fn lost(&self) -> Option<&io::Error> {
        self.lost.as_ref().filter(|error| error.kind() != ErrorKind::BrokenPipe)
    }

    /// Writes to standard error, as it stands.
    pub(crate) fn complain(&mut self, text: &str) {
        // There is no place left to say that nobody hears.
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }

    /// Writes one line to standard error. Names in it may have come from anywhere: nothing in them is for the terminal.
    pub(crate) fn complain_line(&mut self, line: &str) {
        self.complain(&format!("{}\n", visible(line)));
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
    pub(crate) fn cancel(&self) -> &'a Cancel {
        self.cancel
    }

    /// From now on until the answer is dropped, a signal ends the work and not the program.
    pub(crate) fn heed(&self) -> Option<Heeding<'a>> {
        self.signals.map(Signals::heed)
    }

    /// When the program was started.
    pub(crate) fn begun(&self) -> Instant {
        self.begun
    }
}

/// A standard output that is closed.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::other("it is closed"))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
