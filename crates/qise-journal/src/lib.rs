//! The journal of the live service: what was decided, in one order, and durable.
//!
//! A service decides; the journal remembers. An [`Entry`] holds a command, its outcome, the events
//! that followed and the notices that people must get, as bytes the journal never looks into. One
//! writer numbers entries densely from 1, and each is chained to the one before by SHA-256, so that
//! a copy can be checked by anybody.
//!
//! - [`Journal`] is what a store must do. [`SqliteJournal`] keeps a file, [`MemoryJournal`] is for
//!   tests.
//! - [`Journal::verify`] walks the whole chain and says where it is broken.

#![forbid(unsafe_code)]

mod changes;
mod damage;
mod entry;
mod error;
mod hash;
mod journal;
mod memory;
mod snapshot;
mod sqlite;
mod verify;

pub use changes::{Changes, Delivery};
pub use damage::{Damage, DamageKind};
pub use entry::{Draft, Entry, Known, MAX_ENTRY_BYTES, Message, Notice, NoticeId};
pub use error::{Doing, JournalError};
pub use hash::{Hash, Head};
pub use journal::{Entries, FORMAT, Journal, entries};
pub use memory::MemoryJournal;
pub use snapshot::{SNAPSHOTS_KEPT, Snapshot};
pub use sqlite::{APPLICATION_ID, LEAST_SQLITE, SqliteJournal};
pub use verify::{MOST_DAMAGE, Report};
