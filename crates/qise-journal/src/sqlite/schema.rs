//! The tables, which can be read with any tool for `SQLite`.

use rusqlite::Connection;

use crate::{FORMAT, Hash};

/// The mark of our files: "qise" as a number.
pub const APPLICATION_ID: u32 = 0x7169_7365;

/// JSON is text, so that `json_extract(command, '$.add_need')` works; hashes are 32 bytes.
///
/// The triggers keep a hand from altering by mistake what is written once. They do not stop whoever
/// means it; the chain does.
const TABLES: &str = "
CREATE TABLE meta (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    last_seq INTEGER NOT NULL,
    last_hash BLOB NOT NULL
) STRICT;

CREATE TABLE entries (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    key TEXT UNIQUE,
    payload_hash BLOB NOT NULL,
    command TEXT NOT NULL,
    outcome TEXT NOT NULL,
    events TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE notices (
    seq INTEGER NOT NULL REFERENCES entries (seq),
    idx INTEGER NOT NULL CHECK (idx >= 0),
    recipient TEXT NOT NULL,
    body TEXT NOT NULL,
    delivered_at INTEGER,
    PRIMARY KEY (seq, idx)
) STRICT, WITHOUT ROWID;

CREATE INDEX notices_pending ON notices (seq, idx) WHERE delivered_at IS NULL;

CREATE TABLE snapshots (
    seq INTEGER PRIMARY KEY CHECK (seq >= 0),
    entry_hash BLOB NOT NULL,
    format INTEGER NOT NULL,
    body BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;

CREATE TRIGGER entries_last BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;

CREATE TRIGGER notices_stay BEFORE UPDATE OF seq, idx, recipient, body ON notices
BEGIN SELECT RAISE(ABORT, 'notices are never changed'); END;

CREATE TRIGGER notices_last BEFORE DELETE ON notices
BEGIN SELECT RAISE(ABORT, 'notices are never deleted'); END;
";

/// Makes the tables and the marks of the file, within a transaction.
pub(super) fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES)?;
    connection.execute("INSERT INTO meta (id, last_seq, last_hash) VALUES (1, 0, ?1)", [Hash::ZERO.0])?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", FORMAT)
}
