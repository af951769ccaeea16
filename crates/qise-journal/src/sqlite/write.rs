//! Transactions.

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior, params};

use super::SqliteJournal;
use super::open::fault;
use crate::{
    Changes, Delivery, Doing, Entry, Hash, Head, Journal as _, JournalError, NoticeId, SNAPSHOTS_KEPT,
    Snapshot,
};

impl SqliteJournal {
    /// Runs a transaction. After a failure of the database itself nothing is written any more.
    fn transact<R>(
        &mut self,
        what: impl FnOnce(&Transaction<'_>) -> Result<R, JournalError>,
    ) -> Result<R, JournalError> {
        let written = match self.connection.transaction_with_behavior(TransactionBehavior::Immediate) {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                return Err(JournalError::Busy { path: self.path.clone() });
            }
            Err(error) => Err(fault(Doing::Write, error)),
            Ok(transaction) => what(&transaction).and_then(|result| {
                transaction.commit().map_err(|error| fault(Doing::Write, error))?;
                Ok(result)
            }),
        };
        if let Err(error @ (JournalError::Storage { .. } | JournalError::Damaged { .. })) = &written {
            self.broken = Some(error.clone().poisoned());
        }
        written
    }

    fn writable(&self) -> Result<(), JournalError> {
        match &self.broken {
            Some(error) => Err(error.clone()),
            None if self.writer.is_none() => Err(JournalError::ReadOnly),
            None => Ok(()),
        }
    }

    pub(super) fn write(&mut self, changes: Changes<'_>) -> Result<(), JournalError> {
        self.writable()?;
        if changes.entries.is_empty() && changes.delivered.is_empty() {
            return Ok(());
        }
        let before = self.head;
        let after = changes.check_after(before)?;
        for key in changes.entries.iter().filter_map(|entry| entry.key.as_deref()) {
            if let Some(known) = self.find_key(key)? {
                return Err(JournalError::DuplicateKey { key: known.key, seq: known.seq });
            }
        }
        self.transact(|transaction| {
            insert(transaction, changes.entries).map_err(|error| fault(Doing::Write, error))?;
            if after != before {
                move_head(transaction, before, after)?;
            }
            changes.delivered.iter().try_for_each(|delivery| mark(transaction, delivery))
        })?;
        self.head = after;
        Ok(())
    }

    pub(super) fn write_snapshot(&mut self, seq: u64, format: u32, body: &[u8]) -> Result<(), JournalError> {
        self.writable()?;
        let hash = self.hash_at(seq)?.ok_or(JournalError::NoSuchEntry { seq })?;
        let snapshot = Snapshot::new(Head { seq, hash }, format, body.to_vec());
        self.transact(|transaction| {
            put_snapshot(transaction, &snapshot).map_err(|error| fault(Doing::Write, error))
        })
    }
}

fn insert(connection: &Connection, entries: &[Entry]) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO entries (seq, at, recorded_at, actor, key, payload_hash, command, outcome, events, \
         schema_version, previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    let mut notify = connection
        .prepare_cached("INSERT INTO notices (seq, idx, recipient, body) VALUES (?1, ?2, ?3, ?4)")?;
    for entry in entries {
        let [command, outcome, events] = [text(&entry.command)?, text(&entry.outcome)?, text(&entry.events)?];
        insert.execute(params![
            entry.seq as i64,
            entry.at,
            entry.recorded_at,
            entry.actor,
            entry.key,
            entry.payload_hash.0,
            command,
            outcome,
            events,
            entry.schema_version,
            entry.previous.0,
            entry.hash.0,
        ])?;
        for notice in &entry.notices {
            let NoticeId { seq, index } = notice.id;
            notify.execute(params![seq as i64, index, notice.to, text(&notice.body)?])?;
        }
    }
    Ok(())
}

fn text(bytes: &[u8]) -> rusqlite::Result<&str> {
    str::from_utf8(bytes).map_err(|error| rusqlite::Error::Utf8Error(0, error))
}

/// Notes the new end, when the old one is still the end: else somebody wrote past the lock.
fn move_head(connection: &Connection, before: Head, after: Head) -> Result<(), JournalError> {
    let change = |seq: u64, hash: Hash| (seq as i64, hash.0);
    let ((old, old_hash), (new, new_hash)) = (change(before.seq, before.hash), change(after.seq, after.hash));
    let moved = connection
        .prepare_cached(
            "UPDATE meta SET last_seq = ?3, last_hash = ?4 WHERE id = 1 AND last_seq = ?1 AND last_hash = ?2",
        )
        .and_then(|mut update| update.execute(params![old, old_hash, new, new_hash]));
    match moved.map_err(|error| fault(Doing::Write, error))? {
        1 => Ok(()),
        _ => {
            Err(JournalError::NotNext { seq: before.seq + 1, last: super::rows::noted_head(connection)?.seq })
        }
    }
}

fn mark(connection: &Connection, delivery: &Delivery) -> Result<(), JournalError> {
    let NoticeId { seq, index } = delivery.id;
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    let marked = connection
        .prepare_cached(
            "UPDATE notices SET delivered_at = coalesce(delivered_at, ?3) WHERE seq = ?1 AND idx = ?2",
        )
        .and_then(|mut update| update.execute(params![seq, index, delivery.at]));
    match marked.map_err(|error| fault(Doing::Write, error))? {
        0 => Err(JournalError::NoSuchNotice { id: delivery.id }),
        _ => Ok(()),
    }
}

fn put_snapshot(connection: &Connection, snapshot: &Snapshot) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO snapshots (seq, entry_hash, format, body, hash) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            snapshot.of.seq as i64,
            snapshot.of.hash.0,
            snapshot.format,
            snapshot.body,
            snapshot.hash.0
        ])?;
    connection
        .prepare_cached(
            "DELETE FROM snapshots WHERE seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT ?1)",
        )?
        .execute([SNAPSHOTS_KEPT as i64])?;
    Ok(())
}
