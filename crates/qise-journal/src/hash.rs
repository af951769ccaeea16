//! Hashes, the end of a chain, and the encoding over which entries are hashed.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::{Draft, Entry, Notice, NoticeId};

/// What the hash of an entry begins with, so that it is the hash of nothing else.
pub(crate) const ENTRY_TAG: &[u8] = b"qise-journal entry 1\n";

/// A SHA-256 hash.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// What the first entry names as the hash before it.
    pub const ZERO: Self = Self([0; 32]);

    /// That of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// A place in the chain: a sequence number and the hash of the entry there.
///
/// Whoever notes one down elsewhere can later have it proved by
/// [`verify`](crate::Journal::verify) that the journal still goes through it: only so can it be
/// told that the end was cut off by someone who knew how to put everything else right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Head {
    /// The sequence number, 0 before the first entry.
    pub seq: u64,
    /// The hash of that entry, [`Hash::ZERO`] before the first.
    pub hash: Hash,
}

impl Head {
    /// Makes the next entry out of a draft, and moves on to it.
    pub fn seal(&mut self, draft: Draft) -> Entry {
        let seq = self.seq + 1;
        let notice = |(index, message): (usize, crate::Message)| Notice {
            id: NoticeId { seq, index: index as u32 },
            to: message.to,
            body: message.body,
        };
        let mut entry = Entry {
            seq,
            at: draft.at,
            recorded_at: draft.recorded_at,
            actor: draft.actor,
            key: draft.key,
            payload_hash: draft.payload_hash,
            command: draft.command,
            outcome: draft.outcome,
            events: draft.events,
            notices: draft.notices.into_iter().enumerate().map(notice).collect(),
            schema_version: draft.schema_version,
            previous: self.hash,
            hash: Hash::ZERO,
        };
        entry.hash = entry.computed_hash();
        *self = entry.head();
        entry
    }
}

/// The hash of an entry: SHA-256 over its [encoding](encode).
pub(crate) fn hash_of(entry: &Entry) -> Hash {
    let mut hasher = Sha256::new();
    encode(entry, &mut |bytes| hasher.update(bytes));
    Hash(hasher.finalize().into())
}

/// Everything an entry says but its hash, in one way only.
///
/// Numbers have a fixed width, highest byte first; whatever varies in length is preceded by its
/// length as eight bytes; a key is preceded by 1, no key is 0. Two entries that differ anywhere are
/// never encoded alike.
pub(crate) fn encode(entry: &Entry, to: &mut impl FnMut(&[u8])) {
    to(ENTRY_TAG);
    to(&entry.seq.to_be_bytes());
    to(&entry.previous.0);
    to(&entry.schema_version.to_be_bytes());
    to(&entry.at.to_be_bytes());
    to(&entry.recorded_at.to_be_bytes());
    to(&entry.payload_hash.0);
    match &entry.key {
        None => to(&[0]),
        Some(key) => {
            to(&[1]);
            with_length(key.as_bytes(), to);
        }
    }
    for part in [entry.actor.as_bytes(), &entry.command, &entry.outcome, &entry.events] {
        with_length(part, to);
    }
    to(&(entry.notices.len() as u64).to_be_bytes());
    for notice in &entry.notices {
        to(&notice.id.seq.to_be_bytes());
        to(&notice.id.index.to_be_bytes());
        with_length(notice.to.as_bytes(), to);
        with_length(&notice.body, to);
    }
}

fn with_length(bytes: &[u8], to: &mut impl FnMut(&[u8])) {
    to(&(bytes.len() as u64).to_be_bytes());
    to(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft {
            at: 5,
            recorded_at: 6,
            actor: "desk".into(),
            key: None,
            payload_hash: Hash::of(b"c"),
            command: b"c".to_vec(),
            outcome: b"o".to_vec(),
            events: b"e".to_vec(),
            notices: vec![crate::Message { to: "bat".into(), body: b"come".to_vec() }],
            schema_version: 1,
        }
    }

    #[test]
    fn a_hash_is_that_of_the_standard() {
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Hash::of(b"abc").to_string(), known);
    }

    #[test]
    fn the_encoding_stays_as_it_is() {
        // Files are hashed so: when this fails, the format of journals has changed.
        let entry = Head::default().seal(draft());
        assert_eq!(
            entry.hash.to_string(),
            "cb240bec0afb62ee854a86c96263d8fd5487878ebe5298ae5692d8988e8a26a7"
        );
    }

    #[test]
    fn whatever_differs_is_hashed_differently() {
        let entry = Head::default().seal(draft());
        let changes: [fn(&mut Entry); 14] = [
            |e| e.seq = 2,
            |e| e.at += 1,
            |e| e.recorded_at += 1,
            |e| e.actor.push('x'),
            |e| e.key = Some(String::new()),
            |e| e.payload_hash.0[31] ^= 1,
            |e| e.command.push(b' '),
            |e| e.outcome.push(b' '),
            |e| e.events.push(b' '),
            |e| e.notices[0].to.push('x'),
            |e| e.notices[0].body.push(b' '),
            |e| e.notices[0].id.index = 1,
            |e| e.schema_version = 2,
            |e| e.previous.0[0] ^= 1,
        ];
        for change in changes {
            let mut other = entry.clone();
            change(&mut other);
            assert_ne!(other.computed_hash(), entry.hash, "{other:?}");
        }
        // What moves from one field to the next is another entry too.
        let mut moved = entry.clone();
        moved.command = b"co".to_vec();
        moved.outcome.clear();
        assert_ne!(moved.computed_hash(), entry.hash);
    }
}
