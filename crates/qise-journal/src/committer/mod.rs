//! A thread that owns the journal and groups commits.
//!
//! What a service decides is visible at once and durable a few milliseconds later. Appending
//! numbers an entry, puts it in a queue and returns; the thread takes all that waits, writes it in
//! one transaction with one sync, and only then says that it is durable. Acknowledgements and
//! notices leave after that.
//!
//! A failed write is never tried again: after a failed sync the system may have dropped what it had
//! not written, and the next sync would succeed without it. The committer is poisoned instead, and
//! the service must open the journal anew and see how far it goes.

mod engine;
mod shared;

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::{Draft, Journal, JournalError, Known, Outbox, Snapshot};
use engine::Engine;
use shared::Waiting;
pub(crate) use shared::{Item, Shared};

/// What is called after each sync, with the entries that it made durable.
type OnDurable = Box<dyn FnMut(RangeInclusive<u64>) + Send>;

/// How a committer works.
pub struct Settings {
    queue: usize,
    batch: usize,
    on_durable: Option<OnDurable>,
}

impl Settings {
    /// How many entries may wait for the disk, those being written included: 4,096 unless told.
    /// Above it [`Committer::append`] waits.
    #[must_use]
    pub fn queue(mut self, entries: usize) -> Self {
        self.queue = entries.max(1);
        self
    }

    /// How many entries go into one transaction at most: 1,024 unless told.
    #[must_use]
    pub fn batch(mut self, entries: usize) -> Self {
        self.batch = entries.max(1);
        self
    }

    /// Calls a function on the committer's thread after each sync, with the entries that became
    /// durable. It must not wait for the committer.
    #[must_use]
    pub fn on_durable(mut self, call: impl FnMut(RangeInclusive<u64>) + Send + 'static) -> Self {
        self.on_durable = Some(Box::new(call));
        self
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { queue: 4096, batch: 1024, on_durable: None }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("queue", &self.queue)
            .field("batch", &self.batch)
            .finish_non_exhaustive()
    }
}

/// The one writer of a journal. It may be shared between threads by reference.
///
/// Once a write has failed, everything fails with [`JournalError::Poisoned`]. Dropping it writes
/// what waits and joins the thread; [`close`](Self::close) also tells whether that went well.
pub struct Committer {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<Box<dyn Journal>>>>,
}

impl Committer {
    /// Gives a journal to a thread of its own.
    ///
    /// # Errors
    ///
    /// When the end of the journal cannot be read, or the system gives no thread.
    pub fn start(journal: impl Journal + 'static, settings: Settings) -> Result<Self, JournalError> {
        let head = journal.head()?;
        let shared = Arc::new(Shared::new(head.seq, settings.queue, None));
        let mut engine =
            Engine::new(Box::new(journal), head, shared.clone(), settings.batch, settings.on_durable);
        let own = shared.clone();
        let run = move || {
            own.set_own_thread();
            while engine.turn(true) {}
            engine.into_journal()
        };
        let thread = thread::Builder::new().name("qise-journal".into()).spawn(run);
        let thread = thread.map_err(|error| JournalError::storage(crate::Doing::Open, error))?;
        Ok(Self { shared, thread: Mutex::new(Some(thread)) })
    }

    /// Numbers an entry and has it written. Returns at once, unless the queue is full: then it
    /// waits for room.
    ///
    /// The entry is not durable yet: see [`wait_durable`](Self::wait_durable). Its key must be new.
    /// Where it is that of an entry which waits as well, the append is refused; where it is in the
    /// journal already, the writer has decided on something that cannot be, and the committer is
    /// poisoned. Ask [`find_key`](Self::find_key) before deciding.
    ///
    /// # Errors
    ///
    /// Those of [`Draft::check`], [`JournalError::DuplicateKey`], [`JournalError::Closed`], and
    /// [`JournalError::QueueFull`] where waiting would wait for itself. Nothing is appended then.
    pub fn append(&self, draft: Draft) -> Result<u64, JournalError> {
        self.shared.append(draft, Waiting::Allowed)
    }

    /// Like [`append`](Self::append), but never waits.
    ///
    /// # Errors
    ///
    /// As there, and [`JournalError::QueueFull`].
    pub fn try_append(&self, draft: Draft) -> Result<u64, JournalError> {
        self.shared.append(draft, Waiting::Refused)
    }

    /// The last entry that was appended, durable or not.
    pub fn last_seq(&self) -> u64 {
        self.shared.lock().next - 1
    }

    /// The last entry that is durable. It never goes back.
    pub fn durable(&self) -> u64 {
        self.shared.durable.load(Ordering::Acquire)
    }

    /// Waits until an entry is durable: false when that takes longer than `timeout`.
    ///
    /// # Errors
    ///
    /// When it will never be: the committer was poisoned or closed before.
    pub fn wait_durable(&self, seq: u64, timeout: Duration) -> Result<bool, JournalError> {
        self.shared.wait_durable(seq, timeout)
    }

    /// The entry that has a key, durable or not.
    ///
    /// An answer from the journal waits for the thread, up to the length of a sync. Who cannot wait
    /// remembers recent keys.
    ///
    /// # Errors
    ///
    /// When the journal cannot be read.
    pub fn find_key(&self, key: &str) -> Result<Option<Known>, JournalError> {
        if let Some(known) = self.shared.lock().keys.get(key) {
            return Ok(Some(known.clone()));
        }
        let key = key.to_owned();
        self.ask(move |journal| journal.find_key(&key))?
    }

    /// Has the thread answer a question about the journal, after everything appended so far.
    ///
    /// Entries wait meanwhile. Long walks are for [`SqliteJournal::open_read_only`].
    ///
    /// [`SqliteJournal::open_read_only`]: crate::SqliteJournal::open_read_only
    ///
    /// # Errors
    ///
    /// When the committer is poisoned or closed.
    pub fn ask<R: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Journal) -> R + Send + 'static,
    ) -> Result<R, JournalError> {
        self.shared.ask(question)
    }

    /// Keeps the state of the service after an entry, on the thread, after everything appended so
    /// far; durable when it returns. As [`Journal::put_snapshot`].
    ///
    /// # Errors
    ///
    /// As there. [`JournalError::NoSuchEntry`] does not poison the committer.
    pub fn put_snapshot(&self, seq: u64, format: u32, body: Vec<u8>) -> Result<(), JournalError> {
        let (reply, answer) = mpsc::sync_channel(1);
        self.shared.push(Item::Snapshot { seq, format, body, reply })?;
        self.shared.receive(&answer)?
    }

    /// The newest snapshot that is sound. As [`Journal::latest_snapshot`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn latest_snapshot(&self) -> Result<Option<Snapshot>, JournalError> {
        self.ask(|journal| journal.latest_snapshot())?
    }

    /// Hands out notices. One outbox is meant to be used at a time: two would hand out the same.
    pub fn outbox(&self) -> Outbox {
        Outbox::new(self.shared.clone())
    }

    /// Takes no more, writes what waits, and ends the thread. May be called again.
    ///
    /// # Errors
    ///
    /// When the committer was poisoned: then not everything appended is in the journal.
    pub fn close(&self) -> Result<(), JournalError> {
        self.end()?;
        Ok(())
    }

    /// Closes, and gives the journal back.
    ///
    /// # Errors
    ///
    /// As [`close`](Self::close), and [`JournalError::Closed`] when that was called before.
    pub fn into_journal(self) -> Result<Box<dyn Journal>, JournalError> {
        self.end()?.ok_or(JournalError::Closed)
    }

    fn end(&self) -> Result<Option<Box<dyn Journal>>, JournalError> {
        self.shared.may_wait()?;
        self.shared.close();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        let journal = match (thread, self.shared.take_by_hand()) {
            (Some(thread), _) => Some(thread.join().map_err(|_| JournalError::Panicked)?),
            (None, Some(mut engine)) => {
                while engine.turn(false) {}
                Some(engine.into_journal())
            }
            (None, None) => None,
        };
        self.shared.failure().map_or(Ok(journal), Err)
    }
}

#[cfg(feature = "testing")]
impl Committer {
    /// A committer without a thread: it writes when [`step`](Self::step) is called, and whenever
    /// somebody waits for it. So a test decides what happens when.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    pub fn by_hand(journal: impl Journal + 'static, settings: Settings) -> Result<Self, JournalError> {
        let head = journal.head()?;
        let make = |shared: Arc<Shared>| {
            Engine::new(Box::new(journal), head, shared, settings.batch, settings.on_durable)
        };
        let shared = Arc::new(Shared::new(head.seq, settings.queue, Some(Mutex::new(None))));
        let engine = make(shared.clone());
        shared.set_by_hand(engine);
        Ok(Self { shared, thread: Mutex::new(None) })
    }

    /// Writes one batch, or does one other thing that waits.
    pub fn step(&self) {
        self.shared.step();
    }
}

impl Drop for Committer {
    fn drop(&mut self) {
        // On its own thread nothing is waited for. Who wants to know how it went calls `close`.
        self.shared.close();
        drop(self.end());
    }
}

impl fmt::Debug for Committer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Committer").field("durable", &self.durable()).finish_non_exhaustive()
    }
}
