//! A journal in one file of `SQLite`.

mod open;
mod rows;
mod schema;
mod verify;
mod write;

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Changes, Damage, DamageKind, Doing, Entry, FORMAT, Hash, Head, Journal, JournalError, Known, Notice,
    NoticeId, Report, Snapshot,
};
pub use open::LEAST_SQLITE;
use open::fault;
pub use schema::APPLICATION_ID;

/// A journal in one file of `SQLite`: tables `entries`, `notices`, `snapshots` and `meta` in plain
/// columns.
///
/// One connection, in WAL mode with `synchronous=FULL`: a commit is one sync. Now and then `SQLite`
/// moves its log into the file, after a commit, which then takes a few syncs more.
#[derive(Debug)]
pub struct SqliteJournal {
    connection: Connection,
    path: PathBuf,
    /// The last entry, of a journal that is open for writing.
    head: Head,
    /// The lock of a journal that is open for writing. It goes after the connection.
    writer: Option<File>,
    /// Why nothing is written any more.
    broken: Option<JournalError>,
}

impl SqliteJournal {
    /// The version of `SQLite` in use.
    pub fn sqlite_version() -> &'static str {
        rusqlite::version()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn hash_at(&self, seq: u64) -> Result<Option<Hash>, JournalError> {
        if seq == 0 {
            return Ok(Some(Hash::ZERO));
        }
        let Ok(seq) = i64::try_from(seq) else { return Ok(None) };
        let found = self
            .connection
            .prepare_cached("SELECT hash FROM entries WHERE seq = ?1")
            .and_then(|mut find| find.query_row([seq], |row| Ok(rows::hash(row, 0, "hash"))).optional());
        let found = found.map_err(|error| fault(Doing::Read, error))?;
        found.transpose().map_err(|what| unreadable(seq, what))
    }

    /// A snapshot, when it is what was written.
    fn sound_snapshot(&self, seq: i64) -> Result<Option<Snapshot>, JournalError> {
        let Ok(number) = u64::try_from(seq) else { return Ok(None) };
        let snapshot = self
            .connection
            .prepare_cached("SELECT entry_hash, format, body, hash FROM snapshots WHERE seq = ?1")
            .and_then(|mut find| {
                find.query_row([seq], |row| {
                    let read = || {
                        let of = Head { seq: number, hash: rows::hash(row, 0, "entry_hash")? };
                        Ok::<_, String>(Snapshot {
                            of,
                            format: rows::small(row, 1, "format")?,
                            body: rows::bytes(row, 2, "body")?,
                            hash: rows::hash(row, 3, "hash")?,
                        })
                    };
                    Ok(read().ok())
                })
            })
            .map_err(|error| fault(Doing::Read, error))?;
        // An entry that cannot be read proves nothing.
        let at_seq = self.hash_at(number).unwrap_or(None);
        Ok(snapshot.filter(|snapshot| snapshot.is_sound(at_seq)))
    }
}

/// The entries of which there are snapshots, newest first.
fn snapshot_seqs(connection: &Connection) -> Result<Vec<i64>, JournalError> {
    let seqs = connection
        .prepare_cached("SELECT seq FROM snapshots ORDER BY seq DESC")
        .and_then(|mut find| find.query_map((), |row| row.get(0))?.collect());
    seqs.map_err(|error| fault(Doing::Read, error))
}

fn unreadable(seq: i64, what: String) -> JournalError {
    let seq = u64::try_from(seq).unwrap_or(0);
    JournalError::Damaged { damage: Damage { seq, kind: DamageKind::Unreadable { what } } }
}

/// A number for `SQLite`, which has no larger ones.
fn signed(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

impl Journal for SqliteJournal {
    fn format(&self) -> u32 {
        FORMAT
    }

    fn head(&self) -> Result<Head, JournalError> {
        if self.writer.is_some() { Ok(self.head) } else { rows::noted_head(&self.connection) }
    }

    fn commit(&mut self, changes: Changes<'_>) -> Result<(), JournalError> {
        self.write(changes)
    }

    fn read(&self, after: u64, to: u64, most: usize) -> Result<Vec<Entry>, JournalError> {
        let page = rows::page(&self.connection, signed(after), signed(to), most);
        let page = page.map_err(|error| fault(Doing::Read, error))?;
        let sound = page.entries.into_iter().collect::<Result<_, _>>();
        sound.map_err(|damage| JournalError::Damaged { damage })
    }

    fn find_key(&self, key: &str) -> Result<Option<Known>, JournalError> {
        let found = self
            .connection
            .prepare_cached("SELECT seq, payload_hash, outcome FROM entries WHERE key = ?1")
            .and_then(|mut find| {
                find.query_row([key], |row| {
                    let seq: i64 = row.get(0)?;
                    Ok((seq, rows::hash(row, 1, "payload_hash"), rows::bytes(row, 2, "outcome")))
                })
                .optional()
            });
        let Some((seq, payload_hash, outcome)) = found.map_err(|error| fault(Doing::Read, error))? else {
            return Ok(None);
        };
        Ok(Some(Known {
            key: key.to_owned(),
            seq: u64::try_from(seq).unwrap_or(0),
            payload_hash: payload_hash.map_err(|what| unreadable(seq, what))?,
            outcome: outcome.map_err(|what| unreadable(seq, what))?,
        }))
    }

    fn keys(&self, after: u64, to: u64, most: usize) -> Result<Vec<Known>, JournalError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let found = self
            .connection
            .prepare_cached(
                "SELECT seq, key, payload_hash, outcome FROM entries \
                 WHERE seq > ?1 AND seq <= ?2 AND key IS NOT NULL ORDER BY seq LIMIT ?3",
            )
            .and_then(|mut find| {
                let rows = find.query_map(params![signed(after), signed(to), most], |row| {
                    let seq: i64 = row.get(0)?;
                    let read = || {
                        Ok::<_, String>(Known {
                            key: rows::text(row, 1, "key")?,
                            seq: u64::try_from(seq).unwrap_or(0),
                            payload_hash: rows::hash(row, 2, "payload_hash")?,
                            outcome: rows::bytes(row, 3, "outcome")?,
                        })
                    };
                    Ok(read().map_err(|what| unreadable(seq, what)))
                })?;
                rows.collect::<Result<Vec<_>, _>>()
            });
        found.map_err(|error| fault(Doing::Read, error))?.into_iter().collect()
    }

    fn put_snapshot(&mut self, seq: u64, format: u32, body: &[u8]) -> Result<(), JournalError> {
        self.write_snapshot(seq, format, body)
    }

    fn latest_snapshot(&self) -> Result<Option<Snapshot>, JournalError> {
        let seqs = snapshot_seqs(&self.connection)?;
        for &seq in &seqs {
            if let Some(snapshot) = self.sound_snapshot(seq)? {
                return Ok(Some(snapshot));
            }
        }
        match seqs.first() {
            None => Ok(None),
            Some(&seq) => {
                let seq = u64::try_from(seq).unwrap_or(0);
                Err(JournalError::Damaged { damage: Damage { seq, kind: DamageKind::WrongSnapshot } })
            }
        }
    }

    fn pending(&self, after: Option<NoticeId>, most: usize) -> Result<Vec<Notice>, JournalError> {
        let (seq, index) = after.map_or((-1, 0), |id| (signed(id.seq), id.index));
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let found = self
            .connection
            .prepare_cached(
                "SELECT seq, idx, recipient, body FROM notices \
                 WHERE delivered_at IS NULL AND (seq, idx) > (?1, ?2) ORDER BY seq, idx LIMIT ?3",
            )
            .and_then(|mut find| {
                let rows =
                    find.query_map(params![seq, index, most], |row| Ok((row.get(0)?, rows::notice(row))))?;
                rows.collect::<Result<Vec<(i64, _)>, _>>()
            });
        let found = found.map_err(|error| fault(Doing::Read, error))?;
        found.into_iter().map(|(seq, notice)| notice.map_err(|what| unreadable(seq, what))).collect()
    }

    fn verify(&self, anchors: &[Head]) -> Result<Report, JournalError> {
        self.walk(anchors)
    }
}
