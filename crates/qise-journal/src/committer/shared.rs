//! What the callers and the thread share.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender, TryRecvError};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use super::engine::Engine;
use crate::{Delivery, Draft, Journal, JournalError, Known};

/// Looks at the journal and sends what it saw.
type Question = Box<dyn FnOnce(&dyn Journal) + Send>;

/// Something for the thread to do, in order.
pub(crate) enum Item {
    Append(Draft),
    Deliver(Vec<Delivery>),
    Snapshot { seq: u64, format: u32, body: Vec<u8>, reply: SyncSender<Result<(), JournalError>> },
    Ask(Question),
}

/// Whether an append may wait for room.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Waiting {
    Allowed,
    Refused,
}

pub(crate) struct State {
    pub(super) queue: VecDeque<Item>,
    /// How many of the queue are entries, with those being written now.
    pub(super) entries: usize,
    /// The number of the next entry.
    pub(super) next: u64,
    /// The keys of entries that are not durable yet.
    pub(super) keys: HashMap<String, Known>,
    /// The last durable entry that has notices.
    pub(super) noticed: u64,
    /// Why nothing works any more.
    pub(super) failed: Option<JournalError>,
    pub(super) closing: bool,
}

pub(crate) struct Shared {
    state: Mutex<State>,
    /// The last durable entry. It is only changed with the state locked.
    pub(super) durable: AtomicU64,
    /// There is something to do.
    work: Condvar,
    /// There is room in the queue.
    room: Condvar,
    /// Something became durable.
    synced: Condvar,
    most: usize,
    thread: OnceLock<ThreadId>,
    /// The engine of a committer that is driven by hand.
    by_hand: Option<Mutex<Option<Engine>>>,
}

impl Shared {
    pub(super) fn new(last: u64, most: usize, by_hand: Option<Mutex<Option<Engine>>>) -> Self {
        let state = State {
            queue: VecDeque::new(),
            entries: 0,
            next: last + 1,
            keys: HashMap::new(),
            // What was left by the life before is asked for in any case.
            noticed: last,
            failed: None,
            closing: false,
        };
        Self {
            state: Mutex::new(state),
            durable: AtomicU64::new(last),
            work: Condvar::new(),
            room: Condvar::new(),
            synced: Condvar::new(),
            most: most.max(1),
            thread: OnceLock::new(),
            by_hand,
        }
    }

    /// No user code runs with the lock held, so a poisoned lock says nothing.
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn append(&self, draft: Draft, waiting: Waiting) -> Result<u64, JournalError> {
        draft.check()?;
        let mut state = self.lock();
        loop {
            state.open()?;
            if state.entries < self.most {
                break;
            }
            if waiting == Waiting::Refused || self.by_hand.is_some() || self.is_own_thread() {
                return Err(JournalError::QueueFull { most: self.most });
            }
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let seq = state.next;
        if let Some(key) = &draft.key {
            if let Some(known) = state.keys.get(key) {
                return Err(JournalError::DuplicateKey { key: key.clone(), seq: known.seq });
            }
            let Draft { payload_hash, ref outcome, .. } = draft;
            let known = Known { key: key.clone(), seq, payload_hash, outcome: outcome.clone() };
            state.keys.insert(key.clone(), known);
        }
        state.next += 1;
        state.entries += 1;
        state.queue.push_back(Item::Append(draft));
        drop(state);
        self.work.notify_one();
        Ok(seq)
    }

    pub(crate) fn push(&self, item: Item) -> Result<(), JournalError> {
        let mut state = self.lock();
        state.open()?;
        state.queue.push_back(item);
        drop(state);
        self.work.notify_one();
        Ok(())
    }

    pub(crate) fn ask<R: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Journal) -> R + Send + 'static,
    ) -> Result<R, JournalError> {
        let (reply, answer) = mpsc::sync_channel(1);
        // Who asked may have gone.
        self.push(Item::Ask(Box::new(move |journal| drop(reply.send(question(journal))))))?;
        self.receive(&answer)
    }

    /// Waits for the thread's answer. It hangs up when it fails.
    pub(super) fn receive<R>(&self, answer: &Receiver<R>) -> Result<R, JournalError> {
        self.may_wait()?;
        let answer = if self.by_hand.is_some() {
            loop {
                match answer.try_recv() {
                    Ok(answer) => break Some(answer),
                    Err(TryRecvError::Disconnected) => break None,
                    Err(TryRecvError::Empty) => self.step(),
                }
            }
        } else {
            answer.recv().ok()
        };
        answer.ok_or_else(|| self.failure().unwrap_or(JournalError::Closed))
    }

    pub(super) fn wait_durable(&self, seq: u64, timeout: Duration) -> Result<bool, JournalError> {
        let is_durable = || self.durable.load(Ordering::Acquire) >= seq;
        if is_durable() {
            return Ok(true);
        }
        self.wait_for(timeout, |_| is_durable())
    }

    /// Waits until an entry after `after` that has notices is durable.
    pub(crate) fn wait_noticed(&self, after: u64, timeout: Duration) -> Result<bool, JournalError> {
        self.wait_for(timeout, |state| state.noticed > after)
    }

    /// The last durable entry that has notices, as far as this life knows.
    pub(crate) fn noticed(&self) -> u64 {
        self.lock().noticed
    }

    fn wait_for(&self, timeout: Duration, is_done: impl Fn(&State) -> bool) -> Result<bool, JournalError> {
        let until = Instant::now().checked_add(timeout);
        let mut state = self.lock();
        loop {
            if is_done(&state) {
                return Ok(true);
            }
            if let Some(error) = &state.failed {
                return Err(error.clone());
            }
            if state.closing && state.entries == 0 {
                return Err(JournalError::Closed);
            }
            if self.by_hand.is_some() {
                if state.queue.is_empty() {
                    return Ok(false);
                }
                drop(state);
                self.step();
                state = self.lock();
                continue;
            }
            let left = match until {
                Some(until) => until.saturating_duration_since(Instant::now()),
                None => Duration::MAX,
            };
            if left.is_zero() {
                return Ok(false);
            }
            state = self.synced.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// What there is to do, up to `batch` entries; nothing when there will be no more.
    ///
    /// Entries and deliveries go together; anything else goes alone.
    pub(super) fn take(&self, batch: usize, may_wait: bool) -> Option<Vec<Item>> {
        let mut state = self.lock();
        while state.queue.is_empty() {
            if state.closing || state.failed.is_some() {
                return None;
            }
            if !may_wait {
                return Some(Vec::new());
            }
            state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let goes_along = |item: &Item| matches!(item, Item::Append(_) | Item::Deliver(_));
        let count = state.queue.iter().take(batch).take_while(|item| goes_along(item)).count();
        Some(state.queue.drain(..count.max(1)).collect())
    }

    /// Says that entries up to `last` are durable; `noticed` is the last of them that has notices.
    pub(super) fn publish(&self, count: usize, last: u64, keys: &[String], noticed: Option<u64>) {
        let mut state = self.lock();
        state.entries -= count;
        for key in keys {
            state.keys.remove(key);
        }
        state.noticed = noticed.unwrap_or(state.noticed);
        self.durable.store(last, Ordering::Release);
        drop(state);
        self.room.notify_all();
        self.synced.notify_all();
    }

    /// Nothing works from now on.
    pub(super) fn fail(&self, error: JournalError) {
        let mut state = self.lock();
        state.failed.get_or_insert(error);
        let dropped = std::mem::take(&mut state.queue);
        state.entries = 0;
        state.keys.clear();
        drop(state);
        // Questions may own anything: they go without the lock.
        drop(dropped);
        self.wake_all();
    }

    pub(super) fn close(&self) {
        self.lock().closing = true;
        self.wake_all();
    }

    fn wake_all(&self) {
        self.work.notify_all();
        self.room.notify_all();
        self.synced.notify_all();
    }

    pub(super) fn failure(&self) -> Option<JournalError> {
        self.lock().failed.clone()
    }

    /// Notes that the current thread is the one that commits.
    pub(super) fn set_own_thread(&self) {
        self.thread.get_or_init(|| thread::current().id());
    }

    fn is_own_thread(&self) -> bool {
        self.thread.get() == Some(&thread::current().id())
    }

    pub(crate) fn may_wait(&self) -> Result<(), JournalError> {
        if self.is_own_thread() { Err(JournalError::WaitsForItself) } else { Ok(()) }
    }

    #[cfg(feature = "testing")]
    pub(super) fn set_by_hand(&self, engine: Engine) {
        if let Some(slot) = &self.by_hand {
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(engine);
        }
    }

    pub(super) fn take_by_hand(&self) -> Option<Engine> {
        self.by_hand.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(super) fn step(&self) {
        let Some(slot) = &self.by_hand else { return };
        if let Some(engine) = slot.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            engine.turn(false);
        }
    }
}

impl State {
    fn open(&self) -> Result<(), JournalError> {
        match &self.failed {
            Some(error) => Err(error.clone()),
            None if self.closing => Err(JournalError::Closed),
            None => Ok(()),
        }
    }
}
