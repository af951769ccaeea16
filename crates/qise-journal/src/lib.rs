//! The journal of the live service: what was decided, in one order, and durable.
//!
//! A service decides; the journal remembers. An [`Entry`] holds a command, its outcome, the events
//! that followed and the notices that people must get, as bytes the journal never looks into. One
//! writer numbers entries densely from 1, and each is chained to the one before by SHA-256, so that
//! a copy can be checked by anybody.
//!
//! - [`Journal`] is what a store must do. [`SqliteJournal`] keeps a file, [`MemoryJournal`] is for
//!   tests.
//! - [`Committer`] owns a journal on a thread of its own and groups commits: appending returns at
//!   once, and what may only be said after the sync waits for [`Committer::wait_durable`].
//! - [`Outbox`] hands out the notices of durable entries until they are marked as delivered.
//! - [`Journal::verify`] walks the whole chain and says where it is broken.
//! - `testing`, a feature, has a simulated disk that fails by a seed.
//!
//! ```
//! use qise_journal::{Committer, Draft, Hash, Journal, MemoryJournal, Settings};
//! use std::time::Duration;
//!
//! let committer = Committer::start(MemoryJournal::default(), Settings::default())?;
//! let command = br#"{"add_need":"water-77"}"#;
//! let seq = committer.append(Draft {
//!     at: 1_700_000_000,
//!     recorded_at: 1_700_000_000,
//!     actor: "desk-2".into(),
//!     key: Some("call-4711".into()),
//!     payload_hash: Hash::of(command),
//!     command: command.to_vec(),
//!     outcome: br#"{"committed":{}}"#.to_vec(),
//!     events: b"[]".to_vec(),
//!     notices: Vec::new(),
//!     schema_version: 1,
//! })?;
//! assert!(committer.wait_durable(seq, Duration::from_secs(5))?);
//!
//! let journal = committer.into_journal()?;
//! assert!(journal.verify(&[])?.is_sound());
//! # Ok::<(), qise_journal::JournalError>(())
//! ```

#![forbid(unsafe_code)]

#[cfg(feature = "testing")]
pub mod testing;

mod changes;
mod committer;
mod damage;
mod entry;
mod error;
mod hash;
mod journal;
mod memory;
mod outbox;
mod snapshot;
mod sqlite;
mod verify;

pub use changes::{Changes, Delivery};
pub use committer::{Committer, Settings};
pub use damage::{Damage, DamageKind};
pub use entry::{Draft, Entry, Known, MAX_ENTRY_BYTES, Message, Notice, NoticeId};
pub use error::{Doing, JournalError};
pub use hash::{Hash, Head};
pub use journal::{Entries, FORMAT, Journal, entries};
pub use memory::MemoryJournal;
pub use outbox::Outbox;
pub use snapshot::{SNAPSHOTS_KEPT, Snapshot};
pub use sqlite::{APPLICATION_ID, LEAST_SQLITE, SqliteJournal};
pub use verify::{MOST_DAMAGE, Report};
