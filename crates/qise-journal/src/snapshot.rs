//! Snapshots: the state of the service after an entry, so that it need not replay all.

use sha2::{Digest, Sha256};

use crate::{Hash, Head};

/// How many snapshots are kept: should the newest be damaged, the one before it still serves.
pub const SNAPSHOTS_KEPT: usize = 2;

const SNAPSHOT_TAG: &[u8] = b"qise-journal snapshot 1\n";

/// The state of the service after an entry. What it holds is the service's own affair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The entry after which it was taken; 0 for the state before the first.
    pub of: Head,
    /// The version of what it holds.
    pub format: u32,
    /// What it holds.
    pub body: Vec<u8>,
    /// The hash of everything above.
    pub hash: Hash,
}

impl Snapshot {
    pub(crate) fn new(of: Head, format: u32, body: Vec<u8>) -> Self {
        let mut snapshot = Self { of, format, body, hash: Hash::ZERO };
        snapshot.hash = snapshot.computed_hash();
        snapshot
    }

    /// The hash that it ought to have.
    pub fn computed_hash(&self) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(SNAPSHOT_TAG);
        hasher.update(self.of.seq.to_be_bytes());
        hasher.update(self.of.hash.0);
        hasher.update(self.format.to_be_bytes());
        hasher.update(&self.body);
        Hash(hasher.finalize().into())
    }

    /// Whether it is what was written, of a journal where the entry has the hash `at_seq`.
    pub(crate) fn is_sound(&self, at_seq: Option<Hash>) -> bool {
        Some(self.of.hash) == at_seq && self.hash == self.computed_hash()
    }
}
