//! The side of the thread.

use std::sync::Arc;

use super::OnDurable;
use super::shared::{Item, Shared};
use crate::{Changes, Delivery, Draft, Head, Journal, JournalError};

/// Owns the journal and does what waits, one turn after the other.
pub(crate) struct Engine {
    /// Nothing only once it was given back.
    journal: Option<Box<dyn Journal>>,
    head: Head,
    shared: Arc<Shared>,
    batch: usize,
    on_durable: Option<OnDurable>,
}

impl Engine {
    pub(super) fn new(
        journal: Box<dyn Journal>,
        head: Head,
        shared: Arc<Shared>,
        batch: usize,
        on_durable: Option<OnDurable>,
    ) -> Self {
        Self { journal: Some(journal), head, shared, batch: batch.max(1), on_durable }
    }

    /// Does what waits, once; false when there will be no more.
    pub(super) fn turn(&mut self, may_wait: bool) -> bool {
        let Some(items) = self.shared.take(self.batch, may_wait) else { return false };
        let (mut drafts, mut delivered) = (Vec::new(), Vec::new());
        for item in items {
            match item {
                Item::Append(draft) => drafts.push(draft),
                Item::Deliver(notices) => delivered.extend(notices),
                Item::Ask(question) => question(&**self.journal()),
                Item::Snapshot { seq, format, body, reply } => {
                    let kept = self.journal().put_snapshot(seq, format, &body);
                    if let Err(error) = &kept
                        && !matches!(error, JournalError::NoSuchEntry { .. })
                    {
                        self.shared.fail(error.clone().poisoned());
                    }
                    // Who asked may have gone.
                    drop(reply.send(kept));
                }
            }
        }
        if drafts.is_empty() && delivered.is_empty() {
            return true;
        }
        self.commit(drafts, &delivered)
    }

    fn commit(&mut self, drafts: Vec<Draft>, delivered: &[Delivery]) -> bool {
        let first = self.head.seq + 1;
        let mut head = self.head;
        let entries: Vec<_> = drafts.into_iter().map(|draft| head.seal(draft)).collect();
        if let Err(error) = self.journal().commit(Changes { entries: &entries, delivered }) {
            self.shared.fail(error.poisoned());
            return false;
        }
        self.head = head;
        let noticed = entries.iter().rev().find(|entry| !entry.notices.is_empty()).map(|entry| entry.seq);
        let count = entries.len();
        let keys: Vec<String> = entries.into_iter().filter_map(|entry| entry.key).collect();
        self.shared.publish(count, head.seq, &keys, noticed);
        if let Some(call) = &mut self.on_durable
            && count > 0
        {
            call(first..=head.seq);
        }
        true
    }

    fn journal(&mut self) -> &mut Box<dyn Journal> {
        self.journal.as_mut().expect("the journal is given back last")
    }

    pub(super) fn into_journal(mut self) -> Box<dyn Journal> {
        self.journal.take().expect("the journal is given back once")
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // A journal that was not given back is one whose thread panics.
        if self.journal.is_some() {
            self.shared.fail(JournalError::Panicked);
        }
    }
}
