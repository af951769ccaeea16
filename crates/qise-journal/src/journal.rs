//! What a store of entries must do.

use std::vec;

use crate::{Changes, Delivery, Entry, Head, JournalError, Known, Notice, NoticeId, Report, Snapshot};

/// The newest format of journals that is known here.
pub const FORMAT: u32 = 1;

/// How many entries are read at once when all are wanted one by one.
const PAGE: usize = 256;

/// A store of entries: a file, the memory, a server.
///
/// It belongs to one writer at a time, in a service to a [`Committer`](crate::Committer). A write is durable when it returns. Where one fails in the store itself, nobody knows what is on
/// the disk: every later write then fails with [`JournalError::Poisoned`], until the journal is
/// opened anew. A write that was refused because of what it says changes nothing.
pub trait Journal: Send {
    /// The format of what is stored.
    fn format(&self) -> u32;

    /// The last entry.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    fn head(&self) -> Result<Head, JournalError>;

    /// Writes in one transaction with one sync, and is durable when it returns.
    ///
    /// # Errors
    ///
    /// When entries do not continue the journal, when a key is in it already, when a notice does
    /// not exist, and when the store fails.
    fn commit(&mut self, changes: Changes<'_>) -> Result<(), JournalError>;

    /// The entries after `after` up to `to`, but at most `most` of them, in order.
    ///
    /// [`entries`] reads on from page to page.
    ///
    /// # Errors
    ///
    /// When the store cannot be read, or what it holds is no entry. Hashes are not checked here.
    fn read(&self, after: u64, to: u64, most: usize) -> Result<Vec<Entry>, JournalError>;

    /// The entry that has a key.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    fn find_key(&self, key: &str) -> Result<Option<Known>, JournalError>;

    /// What is known of the keys of the entries after `after` up to `to`, but at most `most` of them, in order: all that a service which
    /// begins with a snapshot must know of what was before.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    fn keys(&self, after: u64, to: u64, most: usize) -> Result<Vec<Known>, JournalError> {
        let (mut found, mut last) = (Vec::new(), after);
        loop {
            let page = self.read(last, to, PAGE)?;
            let Some(end) = page.last() else { return Ok(found) };
            last = end.seq;
            for Entry { key, seq, payload_hash, outcome, .. } in page {
                found.extend(key.map(|key| Known { key, seq, payload_hash, outcome }));
                if found.len() >= most {
                    return Ok(found);
                }
            }
        }
    }

    /// Keeps the state of the service after the entry `seq`, and drops all but the newest two.
    ///
    /// # Errors
    ///
    /// [`JournalError::NoSuchEntry`] when there is no such entry yet, and when the store fails.
    fn put_snapshot(&mut self, seq: u64, format: u32, body: &[u8]) -> Result<(), JournalError>;

    /// The newest snapshot that is sound: one that was altered is passed over.
    ///
    /// # Errors
    ///
    /// [`JournalError::Damaged`] when there are snapshots, but none is sound; and when the store
    /// cannot be read.
    fn latest_snapshot(&self) -> Result<Option<Snapshot>, JournalError>;

    /// The first `most` notices after `after` that are not marked as delivered, in order.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    fn pending(&self, after: Option<NoticeId>, most: usize) -> Result<Vec<Notice>, JournalError>;

    /// Walks through everything and says what is wrong.
    ///
    /// `anchors` are places in the chain that were noted elsewhere, through which it must go.
    ///
    /// # Errors
    ///
    /// Only when the store cannot be read at all; damage is reported, not an error.
    fn verify(&self, anchors: &[Head]) -> Result<Report, JournalError>;

    /// [`commit`](Self::commit)s entries alone.
    ///
    /// # Errors
    ///
    /// As there.
    fn append(&mut self, entries: &[Entry]) -> Result<(), JournalError> {
        self.commit(Changes { entries, delivered: &[] })
    }

    /// Marks notices as delivered at a time of the clock on the wall.
    ///
    /// # Errors
    ///
    /// [`JournalError::NoSuchNotice`], and when the store fails.
    fn mark_delivered(&mut self, notices: &[NoticeId], at: i64) -> Result<(), JournalError> {
        let delivered: Vec<Delivery> = notices.iter().map(|&id| Delivery { id, at }).collect();
        self.commit(Changes { entries: &[], delivered: &delivered })
    }
}

impl<J: Journal + ?Sized> Journal for Box<J> {
    fn format(&self) -> u32 {
        (**self).format()
    }

    fn head(&self) -> Result<Head, JournalError> {
        (**self).head()
    }

    fn commit(&mut self, changes: Changes<'_>) -> Result<(), JournalError> {
        (**self).commit(changes)
    }

    fn read(&self, after: u64, to: u64, most: usize) -> Result<Vec<Entry>, JournalError> {
        (**self).read(after, to, most)
    }

    fn find_key(&self, key: &str) -> Result<Option<Known>, JournalError> {
        (**self).find_key(key)
    }

    fn keys(&self, after: u64, to: u64, most: usize) -> Result<Vec<Known>, JournalError> {
        (**self).keys(after, to, most)
    }

    fn put_snapshot(&mut self, seq: u64, format: u32, body: &[u8]) -> Result<(), JournalError> {
        (**self).put_snapshot(seq, format, body)
    }

    fn latest_snapshot(&self) -> Result<Option<Snapshot>, JournalError> {
        (**self).latest_snapshot()
    }

    fn pending(&self, after: Option<NoticeId>, most: usize) -> Result<Vec<Notice>, JournalError> {
        (**self).pending(after, most)
    }

    fn verify(&self, anchors: &[Head]) -> Result<Report, JournalError> {
        (**self).verify(anchors)
    }
}

/// The entries after `after` up to `to`, one by one: `entries(&journal, 0, u64::MAX)` are all.
///
/// They are read in pages, so that neither the memory nor a transaction must hold all of them.
pub fn entries(journal: &dyn Journal, after: u64, to: u64) -> Entries<'_> {
    Entries { journal, after, to, page: Vec::new().into_iter(), over: false }
}

/// An iterator over [`entries`]. It ends after the first error.
pub struct Entries<'a> {
    journal: &'a dyn Journal,
    after: u64,
    to: u64,
    page: vec::IntoIter<Entry>,
    over: bool,
}

impl Iterator for Entries<'_> {
    type Item = Result<Entry, JournalError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.page.len() == 0 && !self.over {
            match self.journal.read(self.after, self.to, PAGE) {
                Ok(page) => self.page = page.into_iter(),
                Err(error) => {
                    self.over = true;
                    return Some(Err(error));
                }
            }
        }
        let entry = self.page.next();
        match &entry {
            Some(entry) => self.after = entry.seq,
            None => self.over = true,
        }
        entry.map(Ok)
    }
}
