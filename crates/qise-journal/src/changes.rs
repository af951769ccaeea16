//! What one transaction writes.

use std::collections::HashMap;

use crate::{Entry, Head, JournalError, NoticeId};

/// That a notice was delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The notice.
    pub id: NoticeId,
    /// When, by the clock on the wall, in seconds.
    pub at: i64,
}

/// What one transaction writes: all of it or nothing.
///
/// Deliveries come after the entries, so that a notice may be marked together with its entry.
#[derive(Clone, Copy, Debug, Default)]
pub struct Changes<'a> {
    /// The entries that follow, in order.
    pub entries: &'a [Entry],
    /// The notices that were delivered. One that was marked before keeps its time.
    pub delivered: &'a [Delivery],
}

impl Changes<'_> {
    /// Whether the entries continue a journal that ends at `head`; gives its new end.
    ///
    /// Whether their keys are in the journal already is for the store to find.
    pub(crate) fn check_after(&self, mut head: Head) -> Result<Head, JournalError> {
        let mut keys = HashMap::new();
        for entry in self.entries {
            entry.check_after(head)?;
            head = entry.head();
            let Some(key) = &entry.key else { continue };
            if let Some(seq) = keys.insert(key, entry.seq) {
                return Err(JournalError::DuplicateKey { key: key.clone(), seq });
            }
        }
        Ok(head)
    }
}
