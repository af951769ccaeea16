//! What people must be told, until it is marked that they were.

use std::sync::Arc;
use std::time::Duration;

use crate::committer::{Item, Shared};
use crate::{Delivery, JournalError, Notice, NoticeId};

/// Hands out the notices of durable entries, in order, at least once each.
///
/// A notice comes again until it is [marked](Self::mark_delivered), also after a crash; its
/// [`NoticeId`] stays, by which the receiver tells a repetition. No notice is handed out before its
/// entry is durable, so nobody is told what a crash could undo.
///
/// ```
/// # use qise_journal::{Committer, Draft, Hash, MemoryJournal, Message, Settings};
/// # use std::time::Duration;
/// # let committer = Committer::start(MemoryJournal::default(), Settings::default())?;
/// # let message = Message { to: "bat".into(), body: b"\"come\"".to_vec() };
/// # let draft = Draft {
/// #     at: 0, recorded_at: 0, actor: "desk".into(), key: None, payload_hash: Hash::of(b""),
/// #     command: b"{}".to_vec(), outcome: b"{}".to_vec(), events: b"[]".to_vec(),
/// #     notices: vec![message], schema_version: 1,
/// # };
/// # committer.append(draft)?;
/// let outbox = committer.outbox();
/// for notice in outbox.wait(None, 100, Duration::from_secs(1))? {
///     println!("to {}: {}", notice.to, String::from_utf8_lossy(&notice.body));
///     outbox.mark_delivered(&[notice.id], 1_700_000_000)?;
/// }
/// assert!(outbox.pending(None, 100)?.is_empty());
/// # Ok::<(), qise_journal::JournalError>(())
/// ```
pub struct Outbox {
    shared: Arc<Shared>,
}

impl Outbox {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// The first `most` notices after `after` that are not marked as delivered.
    ///
    /// With `None` it begins with the first; with the last one handed out, those that cannot be
    /// delivered just now are passed over.
    ///
    /// # Errors
    ///
    /// When the committer is poisoned or closed, or the journal cannot be read.
    pub fn pending(&self, after: Option<NoticeId>, most: usize) -> Result<Vec<Notice>, JournalError> {
        self.shared.ask(move |journal| journal.pending(after, most))?
    }

    /// Like [`pending`](Self::pending), but where there is none, waits for one up to `timeout`.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn wait(
        &self,
        after: Option<NoticeId>,
        most: usize,
        timeout: Duration,
    ) -> Result<Vec<Notice>, JournalError> {
        self.shared.may_wait()?;
        let noticed = self.shared.noticed();
        let found = self.pending(after, most)?;
        if !found.is_empty() || !self.shared.wait_noticed(noticed, timeout)? {
            return Ok(found);
        }
        self.pending(after, most)
    }

    /// Marks notices as delivered, at a time of the clock on the wall. Returns at once: the marks
    /// go with the next commit, and what was handed out last may come again after a crash.
    ///
    /// Only notices that were handed out may be marked: an unknown one poisons the committer.
    ///
    /// # Errors
    ///
    /// When the committer is poisoned or closed.
    pub fn mark_delivered(&self, notices: &[NoticeId], at: i64) -> Result<(), JournalError> {
        if notices.is_empty() {
            return Ok(());
        }
        let delivered = notices.iter().map(|&id| Delivery { id, at }).collect();
        self.shared.push(Item::Deliver(delivered))
    }
}

impl std::fmt::Debug for Outbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outbox").finish_non_exhaustive()
    }
}
