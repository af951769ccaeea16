//! A journal in memory, for tests.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use crate::verify::Walk;
use crate::{
    Changes, Damage, DamageKind, Entry, FORMAT, Hash, Head, Journal, JournalError, Known, Notice, NoticeId,
    Report, SNAPSHOTS_KEPT, Snapshot,
};

/// A journal that is gone with the process: nothing in it is durable.
#[derive(Clone, Debug, Default)]
pub struct MemoryJournal {
    entries: Vec<Entry>,
    keys: HashMap<String, u64>,
    pending: BTreeSet<NoticeId>,
    delivered: BTreeMap<NoticeId, i64>,
    snapshots: BTreeMap<u64, Snapshot>,
}

impl MemoryJournal {
    /// When a notice was delivered.
    pub fn delivered_at(&self, id: NoticeId) -> Option<i64> {
        self.delivered.get(&id).copied()
    }

    fn end(&self) -> Head {
        self.entries.last().map_or_else(Head::default, Entry::head)
    }

    fn entry(&self, seq: u64) -> Option<&Entry> {
        self.entries.get(usize::try_from(seq.checked_sub(1)?).ok()?)
    }

    fn notice(&self, id: NoticeId) -> Option<&Notice> {
        self.entry(id.seq)?.notices.get(id.index as usize)
    }

    fn hash_at(&self, seq: u64) -> Option<Hash> {
        if seq == 0 { Some(Hash::ZERO) } else { self.entry(seq).map(|entry| entry.hash) }
    }

    /// Whether the changes can be made.
    pub(crate) fn check(&self, changes: Changes<'_>) -> Result<(), JournalError> {
        changes.check_after(self.end())?;
        for key in changes.entries.iter().filter_map(|entry| entry.key.as_ref()) {
            if let Some(&seq) = self.keys.get(key) {
                return Err(JournalError::DuplicateKey { key: key.clone(), seq });
            }
        }
        let exists = |id: NoticeId| {
            let mut new = changes.entries.iter().flat_map(|entry| &entry.notices);
            self.notice(id).is_some() || new.any(|notice| notice.id == id)
        };
        match changes.delivered.iter().find(|delivery| !exists(delivery.id)) {
            Some(unknown) => Err(JournalError::NoSuchNotice { id: unknown.id }),
            None => Ok(()),
        }
    }

    /// Makes changes that were checked.
    pub(crate) fn apply(&mut self, changes: Changes<'_>) {
        for entry in changes.entries {
            self.pending.extend(entry.notices.iter().map(|notice| notice.id));
            self.keys.extend(entry.key.clone().map(|key| (key, entry.seq)));
            self.entries.push(entry.clone());
        }
        for delivery in changes.delivered {
            self.pending.remove(&delivery.id);
            self.delivered.entry(delivery.id).or_insert(delivery.at);
        }
    }

    /// The snapshot that would be kept.
    pub(crate) fn snapshot(&self, seq: u64, format: u32, body: &[u8]) -> Result<Snapshot, JournalError> {
        let hash = self.hash_at(seq).ok_or(JournalError::NoSuchEntry { seq })?;
        Ok(Snapshot::new(Head { seq, hash }, format, body.to_vec()))
    }

    /// Keeps a snapshot.
    pub(crate) fn keep(&mut self, snapshot: Snapshot) {
        self.snapshots.insert(snapshot.of.seq, snapshot);
        while self.snapshots.len() > SNAPSHOTS_KEPT {
            self.snapshots.pop_first();
        }
    }
}

impl Journal for MemoryJournal {
    fn format(&self) -> u32 {
        FORMAT
    }

    fn head(&self) -> Result<Head, JournalError> {
        Ok(self.end())
    }

    fn commit(&mut self, changes: Changes<'_>) -> Result<(), JournalError> {
        self.check(changes)?;
        self.apply(changes);
        Ok(())
    }

    fn read(&self, after: u64, to: u64, most: usize) -> Result<Vec<Entry>, JournalError> {
        let after = usize::try_from(after).unwrap_or(usize::MAX).min(self.entries.len());
        let until = self.entries[after..].iter().take(most).take_while(|entry| entry.seq <= to);
        Ok(until.cloned().collect())
    }

    fn find_key(&self, key: &str) -> Result<Option<Known>, JournalError> {
        let entry = self.keys.get(key).and_then(|&seq| self.entry(seq));
        Ok(entry.map(|entry| Known {
            key: key.to_owned(),
            seq: entry.seq,
            payload_hash: entry.payload_hash,
            outcome: entry.outcome.clone(),
        }))
    }

    fn put_snapshot(&mut self, seq: u64, format: u32, body: &[u8]) -> Result<(), JournalError> {
        let snapshot = self.snapshot(seq, format, body)?;
        self.keep(snapshot);
        Ok(())
    }

    fn latest_snapshot(&self) -> Result<Option<Snapshot>, JournalError> {
        let sound = |snapshot: &&Snapshot| snapshot.is_sound(self.hash_at(snapshot.of.seq));
        match (self.snapshots.values().rev().find(sound), self.snapshots.last_key_value()) {
            (None, Some((&seq, _))) => {
                Err(JournalError::Damaged { damage: Damage { seq, kind: DamageKind::WrongSnapshot } })
            }
            (found, _) => Ok(found.cloned()),
        }
    }

    fn pending(&self, after: Option<NoticeId>, most: usize) -> Result<Vec<Notice>, JournalError> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let ids = self.pending.range((from, Bound::Unbounded)).take(most);
        Ok(ids.filter_map(|&id| self.notice(id)).cloned().collect())
    }

    fn verify(&self, anchors: &[Head]) -> Result<Report, JournalError> {
        let mut walk = Walk::new(anchors);
        let mut keys = HashMap::new();
        for entry in &self.entries {
            walk.entry(entry);
            let Some(key) = &entry.key else { continue };
            if let Some(first) = keys.insert(key, entry.seq) {
                walk.found(entry.seq, DamageKind::DuplicateKey { first });
            }
        }
        for (&seq, snapshot) in &self.snapshots {
            if !snapshot.is_sound(self.hash_at(seq)) {
                walk.found(seq, DamageKind::WrongSnapshot);
            }
        }
        Ok(walk.end(Some(self.end())))
    }
}
