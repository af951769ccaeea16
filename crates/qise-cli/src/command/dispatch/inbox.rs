//! What the conversation waits for: lines of the client, answers that took a while, and entries that have become durable.

use std::collections::VecDeque;
use std::io::{self, BufRead, ErrorKind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use qise_dispatch::MOST_OF_A_LINE;

/// So many lines wait at most; then nothing more is read.
const MOST_LINES: usize = 1024;

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Incoming {
    /// A line, without its end.
    Line(Vec<u8>),
    /// A line that is too long; the rest of it was skipped.
    TooLong,
    /// The answer to a line that came before.
    Answer(String),
    /// Every entry up to this one is durable.
    Durable(u64),
    /// Nothing more will come.
    Over,
}

#[derive(Debug, Default)]
struct State {
    lines: VecDeque<Incoming>,
    durable: u64,
    told: u64,
    answers: VecDeque<String>,
    /// How many answers are still to come.
    under_way: usize,
    is_over: bool,
}

/// Lines from one thread, and durable entries from another, for the one that answers.
#[derive(Clone, Debug, Default)]
pub(super) struct Inbox(Arc<(Mutex<State>, Condvar)>);

impl Inbox {
    pub(super) fn new() -> Self {
        Self::default()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every entry up to this one is durable. Never waits.
    pub(super) fn durable(&self, seq: u64) {
        let mut state = self.lock();
        state.durable = state.durable.max(seq);
        self.0.1.notify_all();
    }

    fn put(&self, line: Incoming) {
        let mut state = self.lock();
        while state.lines.len() >= MOST_LINES {
            state = self.0.1.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.lines.push_back(line);
        self.0.1.notify_all();
    }

    fn over(&self) {
        self.lock().is_over = true;
        self.0.1.notify_all();
    }

    /// An answer will come later: nothing is over before.
    pub(super) fn promise(&self) -> Promise {
        self.lock().under_way += 1;
        Promise { inbox: self.clone(), answer: None }
    }

    /// Waits for what comes next.
    pub(super) fn next(&self) -> Incoming {
        let mut state = self.lock();
        loop {
            if state.durable > state.told {
                state.told = state.durable;
                return Incoming::Durable(state.told);
            }
            if let Some(answer) = state.answers.pop_front() {
                return Incoming::Answer(answer);
            }
            if let Some(line) = state.lines.pop_front() {
                self.0.1.notify_all();
                return line;
            }
            if state.is_over && state.under_way == 0 {
                return Incoming::Over;
            }
            state = self.0.1.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// What has become durable since it was last told.
    pub(super) fn untold(&self) -> Option<u64> {
        let mut state = self.lock();
        (state.durable > state.told).then(|| {
            state.told = state.durable;
            state.told
        })
    }

    /// Reads lines to the end.
    pub(super) fn read(&self, mut from: impl BufRead) {
        while let Ok(Some(line)) = next_line(&mut from) {
            self.put(line);
        }
        self.over();
    }
}

/// An answer that is to come. Whoever lets go of it without one has none to give.
pub(super) struct Promise {
    inbox: Inbox,
    answer: Option<String>,
}

impl Promise {
    pub(super) fn keep(mut self, answer: String) {
        self.answer = Some(answer);
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        let mut state = self.inbox.lock();
        state.under_way -= 1;
        state.answers.extend(self.answer.take());
        self.inbox.0.1.notify_all();
    }
}

/// The next line that is not blank; nothing at the end.
fn next_line(from: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let (mut line, mut is_long, mut any) = (Vec::new(), false, false);
    loop {
        let found = match from.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            found => found?,
        };
        if found.is_empty() {
            let is_blank = !is_long && line.trim_ascii().is_empty();
            return Ok((any && !is_blank).then(|| ended(line, is_long)));
        }
        any = true;
        let end = found.iter().position(|&byte| byte == b'\n');
        let part = &found[..end.unwrap_or(found.len())];
        is_long |= line.len() + part.len() > MOST_OF_A_LINE;
        if is_long {
            line.clear();
        } else {
            line.extend_from_slice(part);
        }
        let used = end.map_or(found.len(), |end| end + 1);
        from.consume(used);
        if end.is_some() {
            if is_long || !line.trim_ascii().is_empty() {
                return Ok(Some(ended(line, is_long)));
            }
            (line, any) = (Vec::new(), false);
        }
    }
}

fn ended(line: Vec<u8>, is_long: bool) -> Incoming {
    if is_long { Incoming::TooLong } else { Incoming::Line(line) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<Incoming> {
        let inbox = Inbox::new();
        inbox.read(io::BufReader::with_capacity(7, bytes));
        std::iter::from_fn(|| Some(inbox.next()).filter(|next| *next != Incoming::Over)).collect()
    }

    #[test]
    fn lines_end_where_they_end() {
        let line = |text: &str| Incoming::Line(text.as_bytes().to_vec());
        assert_eq!(lines(b"one\n\n  \r\ntwo\r\nthree"), [line("one"), line("two\r"), line("three")]);
        assert_eq!(lines(b""), []);
        let long = [vec![b'x'; MOST_OF_A_LINE + 1], b"\nnext\n".to_vec()].concat();
        assert_eq!(lines(&long), [Incoming::TooLong, line("next")]);
        let most = [vec![b'x'; MOST_OF_A_LINE], b"\n".to_vec()].concat();
        assert_eq!(lines(&most), [Incoming::Line(vec![b'x'; MOST_OF_A_LINE])]);
    }

    #[test]
    fn durable_entries_are_told_once_and_together() {
        let inbox = Inbox::new();
        inbox.durable(3);
        inbox.durable(5);
        inbox.durable(4);
        inbox.over();
        assert_eq!((inbox.next(), inbox.next()), (Incoming::Durable(5), Incoming::Over));
        assert_eq!(inbox.untold(), None);
    }
}
