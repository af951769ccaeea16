//! Keeps snapshots beside the writer: it takes the state in a moment, and another thread writes it down.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use qise_journal::Committer;

use crate::engine::Engine;
use crate::snapshot::{FORMAT, Taken};

/// Keeps a snapshot every so many entries.
pub(crate) struct Keeper {
    /// 0: none.
    every: u64,
    /// The entry of the last one that was taken.
    last: u64,
    /// Whether it is written on a thread of its own.
    is_beside: bool,
    /// Who writes one down.
    under_way: Option<JoinHandle<()>>,
}

impl Keeper {
    /// The newest snapshot that there is already is of the entry `last`.
    pub(crate) fn new(every: u64, last: u64, is_beside: bool) -> Self {
        Self { every, last, is_beside, under_way: None }
    }

    /// Takes a snapshot if one is due. While one is being written no other is taken.
    pub(crate) fn follow(&mut self, engine: &mut Engine, committer: &Arc<Committer>) {
        let is_due = self.every > 0 && engine.as_of() - self.last.min(engine.as_of()) >= self.every;
        if !is_due || self.under_way.as_ref().is_some_and(|thread| !thread.is_finished()) {
            return;
        }
        self.rest();
        let taken = engine.taken();
        self.last = taken.seq();
        if !self.is_beside {
            keep(&taken, committer);
            return;
        }
        let committer = Arc::clone(committer);
        let thread = thread::Builder::new().name("qise-snapshot".into());
        self.under_way = thread.spawn(move || keep(&taken, &committer)).ok();
    }

    /// Takes the last snapshot, and waits until it is kept.
    pub(crate) fn finish(&mut self, engine: &mut Engine, committer: &Committer) {
        self.rest();
        if self.every > 0 && engine.as_of() > self.last {
            let taken = engine.taken();
            self.last = taken.seq();
            keep(&taken, committer);
        }
    }

    /// Waits for whoever writes one down.
    fn rest(&mut self) {
        // A snapshot that was not kept is none: the entries are there.
        drop(self.under_way.take().map(JoinHandle::join));
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.rest();
    }
}

fn keep(taken: &Taken, committer: &Committer) {
    if let Some(body) = taken.to_bytes() {
        // It is written after all entries up to it. Where the journal fails the service learns it by the next command.
        drop(committer.put_snapshot(taken.seq(), FORMAT, body));
    }
}
