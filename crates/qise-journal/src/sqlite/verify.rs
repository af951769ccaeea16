//! The walk through a file.

use rusqlite::Connection;

use super::open::fault;
use super::{SqliteJournal, rows};
use crate::verify::Walk;
use crate::{DamageKind, Doing, Head, JournalError, Report};

/// How many entries are read at once.
const PAGE: usize = 1024;

impl SqliteJournal {
    /// Everything is read in one transaction, so a writer may go on meanwhile.
    pub(super) fn walk(&self, anchors: &[Head]) -> Result<Report, JournalError> {
        let transaction =
            self.connection.unchecked_transaction().map_err(|error| fault(Doing::Read, error))?;
        let mut walk = Walk::new(anchors);
        let noted = match self.go(&transaction, &mut walk) {
            Ok(noted) => noted,
            Err(JournalError::Damaged { damage }) => {
                walk.found(damage.seq, damage.kind);
                None
            }
            Err(error) => return Err(error),
        };
        Ok(walk.end(noted))
    }

    fn go(&self, connection: &Connection, walk: &mut Walk<'_>) -> Result<Option<Head>, JournalError> {
        let read = |error| fault(Doing::Read, error);
        check_database(connection, walk).map_err(read)?;
        let mut after = i64::MIN;
        loop {
            let page = rows::page(connection, after, i64::MAX, PAGE).map_err(read)?;
            let Some(last) = page.last else { break };
            after = last;
            for entry in page.entries {
                match entry {
                    Ok(entry) => walk.entry(&entry),
                    Err(damage) => walk.unreadable(damage),
                }
            }
        }
        check_keys(connection, walk).map_err(read)?;
        check_notices(connection, walk).map_err(read)?;
        self.check_snapshots(connection, walk)?;
        rows::noted_head(connection).map(Some)
    }

    fn check_snapshots(&self, connection: &Connection, walk: &mut Walk<'_>) -> Result<(), JournalError> {
        for seq in super::snapshot_seqs(connection)? {
            if self.sound_snapshot(seq)?.is_none() {
                walk.found(u64::try_from(seq).unwrap_or(0), DamageKind::WrongSnapshot);
            }
        }
        Ok(())
    }
}

/// Asks `SQLite` whether pages, indexes and constraints are sound.
fn check_database(connection: &Connection, walk: &mut Walk<'_>) -> rusqlite::Result<()> {
    let mut check = connection.prepare("PRAGMA integrity_check")?;
    let mut said = check.query(())?;
    while let Some(row) = said.next()? {
        let what: String = row.get(0)?;
        if what != "ok" {
            walk.found(0, DamageKind::Database { what });
        }
    }
    Ok(())
}

/// Keys that occur twice. The index may be the very thing that is broken, so it is not used.
fn check_keys(connection: &Connection, walk: &mut Walk<'_>) -> rusqlite::Result<()> {
    let mut find = connection.prepare(
        "SELECT seq, first FROM (SELECT seq, min(seq) OVER (PARTITION BY key) AS first FROM entries NOT INDEXED \
         WHERE key IS NOT NULL) WHERE seq > first ORDER BY seq",
    )?;
    let mut found = find.query(())?;
    while let Some(row) = found.next()? {
        let [seq, first] = [row.get::<_, i64>(0)?, row.get(1)?].map(|seq| u64::try_from(seq).unwrap_or(0));
        walk.found(seq, DamageKind::DuplicateKey { first });
    }
    Ok(())
}

fn check_notices(connection: &Connection, walk: &mut Walk<'_>) -> rusqlite::Result<()> {
    let mut find = connection.prepare(
        "SELECT DISTINCT seq FROM notices WHERE seq NOT IN (SELECT seq FROM entries) ORDER BY seq",
    )?;
    let mut found = find.query(())?;
    while let Some(row) = found.next()? {
        let seq = u64::try_from(row.get::<_, i64>(0)?).unwrap_or(0);
        walk.found(seq, DamageKind::NoticeWithoutEntry);
    }
    Ok(())
}
