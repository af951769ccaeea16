//! What is written: drafts, entries, notices.

use std::fmt;

use crate::{Hash, Head, JournalError, hash};

/// The most bytes an entry may have, all its fields together.
///
/// `SQLite` takes a row of about four times that.
pub const MAX_ENTRY_BYTES: usize = 256 << 20;

/// What its writer knows of an entry; the rest follows from where in the journal it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// When it happened by the clock of the service, in seconds.
    pub at: i64,
    /// When it was written down by the clock on the wall, in seconds.
    ///
    /// It is hashed like everything else, as it is evidence. Whoever replays for equal hashes gives
    /// the same times again: the journal reads no clock.
    pub recorded_at: i64,
    /// Who gave the command.
    pub actor: String,
    /// The idempotency key of the command: no two entries of a journal have the same.
    pub key: Option<String>,
    /// The hash of the command's canonical payload: it tells a repeated key from a reused one.
    pub payload_hash: Hash,
    /// The command, as JSON.
    pub command: Vec<u8>,
    /// What was answered, as JSON.
    pub outcome: Vec<u8>,
    /// What followed, as JSON.
    pub events: Vec<u8>,
    /// What people must be told once the entry is durable.
    pub notices: Vec<Message>,
    /// The version of what the JSON says.
    pub schema_version: u32,
}

impl Draft {
    /// Whether a journal can take it: texts are UTF-8, and it is not too large.
    ///
    /// # Errors
    ///
    /// [`JournalError::NotText`] and [`JournalError::TooLarge`].
    pub fn check(&self) -> Result<(), JournalError> {
        let parts = [("command", &self.command), ("outcome", &self.outcome), ("events", &self.events)];
        let bodies = self.notices.iter().map(|message| ("notice", &message.to, &message.body));
        check_parts(&self.actor, self.key.as_deref(), parts, bodies)
    }
}

/// A notice before its entry has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who must get it.
    pub to: String,
    /// What is said, as JSON.
    pub body: Vec<u8>,
}

/// Which notice: the entry it belongs to, and its place there from 0.
///
/// It stays the same when the notice is handed out again, so receivers can tell repetitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NoticeId {
    /// The sequence number of the entry.
    pub seq: u64,
    /// The place among the notices of the entry.
    pub index: u32,
}

impl fmt::Display for NoticeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.seq, self.index)
    }
}

/// What somebody must be told because of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Which one.
    pub id: NoticeId,
    /// Who must get it.
    pub to: String,
    /// What is said, as JSON.
    pub body: Vec<u8>,
}

/// An entry in its place in the chain. Made by [`Head::seal`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number: 1 for the first, without a gap.
    pub seq: u64,
    /// As in [`Draft::at`].
    pub at: i64,
    /// As in [`Draft::recorded_at`].
    pub recorded_at: i64,
    /// As in [`Draft::actor`].
    pub actor: String,
    /// As in [`Draft::key`].
    pub key: Option<String>,
    /// As in [`Draft::payload_hash`].
    pub payload_hash: Hash,
    /// As in [`Draft::command`].
    pub command: Vec<u8>,
    /// As in [`Draft::outcome`].
    pub outcome: Vec<u8>,
    /// As in [`Draft::events`].
    pub events: Vec<u8>,
    /// As in [`Draft::notices`], numbered.
    pub notices: Vec<Notice>,
    /// As in [`Draft::schema_version`].
    pub schema_version: u32,
    /// The hash of the entry before, [`Hash::ZERO`] for the first.
    pub previous: Hash,
    /// The hash of everything above.
    pub hash: Hash,
}

impl Entry {
    /// Its place in the chain.
    pub fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash }
    }

    /// The hash that it ought to have.
    pub fn computed_hash(&self) -> Hash {
        hash::hash_of(self)
    }

    /// Whether a journal that ends at `head` can take it as the next.
    pub(crate) fn check_after(&self, head: Head) -> Result<(), JournalError> {
        if self.seq != head.seq + 1 {
            return Err(JournalError::NotNext { seq: self.seq, last: head.seq });
        }
        let counts = (0u32..).map(|index| NoticeId { seq: self.seq, index });
        let numbered = self.notices.iter().zip(counts).all(|(notice, id)| notice.id == id);
        if self.previous != head.hash || !numbered || self.computed_hash() != self.hash {
            return Err(JournalError::NotChained { seq: self.seq });
        }
        let parts = [("command", &self.command), ("outcome", &self.outcome), ("events", &self.events)];
        let bodies = self.notices.iter().map(|notice| ("notice", &notice.to, &notice.body));
        check_parts(&self.actor, self.key.as_deref(), parts, bodies)
    }
}

fn check_parts<'a>(
    actor: &str,
    key: Option<&str>,
    parts: [(&'static str, &'a Vec<u8>); 3],
    notices: impl Iterator<Item = (&'static str, &'a String, &'a Vec<u8>)>,
) -> Result<(), JournalError> {
    let mut bytes = actor.len() + key.map_or(0, str::len);
    let mut check = |field: &'static str, body: &[u8], besides: usize| {
        bytes += body.len() + besides;
        str::from_utf8(body).map(|_| ()).map_err(|_| JournalError::NotText { field })
    };
    for (field, body) in parts {
        check(field, body, 0)?;
    }
    for (field, to, body) in notices {
        check(field, body, to.len())?;
    }
    if bytes > MAX_ENTRY_BYTES {
        return Err(JournalError::TooLarge { bytes, most: MAX_ENTRY_BYTES });
    }
    Ok(())
}

/// What is known of a key that was used: see [`Journal::find_key`](crate::Journal::find_key).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The key.
    pub key: String,
    /// The entry that has it.
    pub seq: u64,
    /// The hash of that command's payload.
    pub payload_hash: Hash,
    /// What was answered, as JSON.
    pub outcome: Vec<u8>,
}

impl Known {
    /// The old answer to a repeated command.
    ///
    /// # Errors
    ///
    /// [`JournalError::KeyConflict`] where the payload is another: the key was used for something
    /// else.
    pub fn answer(&self, payload_hash: Hash) -> Result<&[u8], JournalError> {
        if payload_hash == self.payload_hash {
            return Ok(&self.outcome);
        }
        Err(JournalError::KeyConflict { key: self.key.clone(), seq: self.seq })
    }
}
