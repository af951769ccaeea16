//! A journal on a disk that fails.

use super::Disk;
use super::codec::{self, Record};
use crate::{
    Changes, Doing, Entry, Head, Journal, JournalError, Known, MemoryJournal, Notice, NoticeId, Report,
    Snapshot,
};

/// A mistake that a store could make, by which a test shows that it would find it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flaw {
    /// No mistake.
    #[default]
    None,
    /// It says that entries are durable without a sync.
    NoSync,
    /// It tries a failed sync again, and believes the second.
    Retry,
}

/// A journal that writes a record for each transaction to a [`Disk`], and knows no more after a
/// crash than what the disk gives back.
#[derive(Debug)]
pub struct FaultyJournal {
    disk: Disk,
    flaw: Flaw,
    state: MemoryJournal,
    broken: Option<JournalError>,
}

impl FaultyJournal {
    /// Switches the disk on and reads it up to the first record that is not whole.
    ///
    /// # Errors
    ///
    /// When whole records do not continue each other.
    pub fn open(disk: &Disk, flaw: Flaw) -> Result<Self, JournalError> {
        let file = disk.restart();
        let (mut state, mut at) = (MemoryJournal::default(), 0);
        while let Some((record, length)) = codec::first(&file[at..]) {
            match record {
                Record::Changes { entries, delivered } => {
                    state.commit(Changes { entries: &entries, delivered: &delivered })?;
                }
                Record::Snapshot(snapshot) => state.keep(snapshot),
            }
            at += length;
        }
        disk.truncate(at);
        Ok(Self { disk: disk.clone(), flaw, state, broken: None })
    }

    fn write(&mut self, record: &[u8]) -> Result<(), JournalError> {
        let written = self.disk.write(record).and_then(|()| match self.flaw {
            Flaw::None => self.disk.sync(),
            Flaw::NoSync => Ok(()),
            Flaw::Retry => self.disk.sync().or_else(|_| self.disk.sync()),
        });
        written.map_err(|error| {
            let error = JournalError::storage(Doing::Write, error);
            self.broken = Some(error.clone().poisoned());
            error
        })
    }

    fn writable(&self) -> Result<(), JournalError> {
        self.broken.clone().map_or(Ok(()), Err)
    }
}

impl Journal for FaultyJournal {
    fn format(&self) -> u32 {
        self.state.format()
    }

    fn head(&self) -> Result<Head, JournalError> {
        self.state.head()
    }

    fn commit(&mut self, changes: Changes<'_>) -> Result<(), JournalError> {
        self.writable()?;
        self.state.check(changes)?;
        self.write(&codec::of_changes(changes))?;
        self.state.apply(changes);
        Ok(())
    }

    fn read(&self, after: u64, to: u64, most: usize) -> Result<Vec<Entry>, JournalError> {
        self.state.read(after, to, most)
    }

    fn find_key(&self, key: &str) -> Result<Option<Known>, JournalError> {
        self.state.find_key(key)
    }

    fn put_snapshot(&mut self, seq: u64, format: u32, body: &[u8]) -> Result<(), JournalError> {
        self.writable()?;
        let snapshot = self.state.snapshot(seq, format, body)?;
        self.write(&codec::of_snapshot(&snapshot))?;
        self.state.keep(snapshot);
        Ok(())
    }

    fn latest_snapshot(&self) -> Result<Option<Snapshot>, JournalError> {
        self.state.latest_snapshot()
    }

    fn pending(&self, after: Option<NoticeId>, most: usize) -> Result<Vec<Notice>, JournalError> {
        self.state.pending(after, most)
    }

    fn verify(&self, anchors: &[Head]) -> Result<Report, JournalError> {
        self.state.verify(anchors)
    }
}
