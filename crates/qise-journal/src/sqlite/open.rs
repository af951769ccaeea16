//! Opening a file: is it ours, is it free, is it safe.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::{SqliteJournal, rows, schema};
use crate::{APPLICATION_ID, Damage, DamageKind, Doing, FORMAT, Head, JournalError};

/// The least `SQLite` that is safe, as `major * 1,000,000 + minor * 1,000 + patch`.
///
/// Before 3.51.3, a checkpoint at the wrong moment could corrupt a database in WAL mode.
pub const LEAST_SQLITE: i32 = 3_051_003;

/// The level of `PRAGMA synchronous` at which every commit is synced.
const FULL: i64 = 2;

/// How long a write waits for another program that has the database locked.
const PATIENCE: Duration = Duration::from_secs(5);

impl SqliteJournal {
    /// Opens a journal for writing; makes it where there is none, or an empty file.
    ///
    /// The lock is taken on a file beside it, `<name>-lock`, which stays; the system gives it back
    /// when the process ends, however it ends. The disk must be a local one.
    ///
    /// # Errors
    ///
    /// [`JournalError::Busy`] when it is open for writing elsewhere, [`JournalError::Foreign`] and
    /// [`JournalError::NewerFormat`] when it is not for us, [`JournalError::OldSqlite`],
    /// [`JournalError::Damaged`] when its last entry is not the one it should end with, and
    /// [`JournalError::Storage`] for the rest.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, JournalError> {
        check_sqlite(rusqlite::version_number(), rusqlite::version())?;
        let path = full(path.as_ref()).map_err(|error| JournalError::storage(Doing::Open, error))?;
        let lock = lock(&path)?;
        // No URI: a path is a path.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = connect(&path, flags)?;
        let is_new = is_new(&connection, &path)?;
        if !is_new {
            check_marks(&connection, &path)?;
        }
        let told = set_durable(&connection).map_err(|error| fault(Doing::Open, error))?;
        if told != ("wal".to_owned(), FULL) {
            let told = format!("the journal mode is {}, the synchronous level {}", told.0, told.1);
            return Err(JournalError::storage(Doing::Open, io::Error::other(told)));
        }
        if is_new {
            create(&mut connection).map_err(|error| fault(Doing::Open, error))?;
            sync_folder(&path).map_err(|error| JournalError::storage(Doing::Open, error))?;
        }
        let head = checked_end(&connection)?;
        Ok(Self { connection, path, head, writer: Some(lock), broken: None })
    }

    /// Opens a journal for reading, also while another process writes to it: to verify, to export,
    /// to look up.
    ///
    /// `SQLite` may put its files `-wal` and `-shm` beside it, so the folder must be writable. A
    /// journal that is damaged can be opened, so that [`verify`](crate::Journal::verify) can tell.
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open), but for [`JournalError::Busy`].
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self, JournalError> {
        check_sqlite(rusqlite::version_number(), rusqlite::version())?;
        let path = full(path.as_ref()).map_err(|error| JournalError::storage(Doing::Open, error))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = connect(&path, flags)?;
        check_marks(&connection, &path)?;
        Ok(Self { connection, path, head: Head::default(), writer: None, broken: None })
    }
}

/// Whether the linked `SQLite` is safe.
fn check_sqlite(version: i32, name: &str) -> Result<(), JournalError> {
    if version >= LEAST_SQLITE {
        return Ok(());
    }
    let [major, minor, patch] =
        [LEAST_SQLITE / 1_000_000, LEAST_SQLITE / 1_000 % 1_000, LEAST_SQLITE % 1_000];
    Err(JournalError::OldSqlite { found: name.to_owned(), least: format!("{major}.{minor}.{patch}") })
}

/// The path without links, so that one file has one lock.
fn full(path: &Path) -> io::Result<PathBuf> {
    if let Ok(found) = path.canonicalize() {
        return Ok(found);
    }
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok(folder.unwrap_or(Path::new(".")).canonicalize()?.join(name))
}

/// Never a lock on the database itself: to close any handle of a file gives back the locks that
/// `SQLite` holds on it.
fn lock(path: &Path) -> Result<File, JournalError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push("-lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(beside);
    let file = file.map_err(|error| JournalError::storage(Doing::Open, error))?;
    // A program that is being started has a copy of what is open here, for a moment.
    let mut locked = file.try_lock();
    for _ in 0..20 {
        if !matches!(locked, Err(TryLockError::WouldBlock)) {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
        locked = file.try_lock();
    }
    match locked {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(JournalError::Busy { path: path.to_owned() }),
        Err(TryLockError::Error(error)) => Err(JournalError::storage(Doing::Open, error)),
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, JournalError> {
    let connection = Connection::open_with_flags(path, flags).map_err(|error| fault(Doing::Open, error))?;
    connection.busy_timeout(PATIENCE).map_err(|error| fault(Doing::Open, error))?;
    Ok(connection)
}

/// The two marks of a file: whose it is, and in which format.
fn marks(connection: &Connection, path: &Path) -> Result<(u32, u32), JournalError> {
    let mark = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    match mark("application_id").and_then(|id| Ok((id as u32, mark("user_version")? as u32))) {
        Ok(marks) => Ok(marks),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            Err(JournalError::Foreign { path: path.to_owned() })
        }
        Err(error) => Err(fault(Doing::Open, error)),
    }
}

/// Whether there is nothing in it yet: also after a crash while it was made.
fn is_new(connection: &Connection, path: &Path) -> Result<bool, JournalError> {
    if marks(connection, path)? != (0, 0) {
        return Ok(false);
    }
    let count = connection.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get::<_, i64>(0));
    Ok(count.map_err(|error| fault(Doing::Open, error))? == 0)
}

fn check_marks(connection: &Connection, path: &Path) -> Result<(), JournalError> {
    match marks(connection, path)? {
        (APPLICATION_ID, FORMAT) => Ok(()),
        (APPLICATION_ID, found) if found > FORMAT => {
            Err(JournalError::NewerFormat { path: path.to_owned(), found, known: FORMAT })
        }
        _ => Err(JournalError::Foreign { path: path.to_owned() }),
    }
}

/// A commit is to be on the disk when it returns. Gives the journal mode and level that are set.
fn set_durable(connection: &Connection) -> rusqlite::Result<(String, i64)> {
    let mode = connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    connection.pragma_update(None, "synchronous", FULL)?;
    // On macOS a plain fsync leaves the data in the drive's cache.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    let level = connection.pragma_query_value(None, "synchronous", |row| row.get(0))?;
    Ok((mode, level))
}

fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    schema::create(&transaction)?;
    transaction.commit()
}

/// A new file is only there for good when its folder is synced.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

/// The end as noted, when the last entry is that one.
fn checked_end(connection: &Connection) -> Result<Head, JournalError> {
    let noted = rows::noted_head(connection)?;
    let last = rows::last_head(connection)?;
    if noted == last {
        return Ok(noted);
    }
    let kind = DamageKind::WrongEnd { noted: noted.seq };
    Err(JournalError::Damaged { damage: Damage { seq: last.seq, kind } })
}

/// What `SQLite` says, in our words.
pub(super) fn fault(doing: Doing, error: rusqlite::Error) -> JournalError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt) => {
            let kind = DamageKind::Database { what: error.to_string() };
            JournalError::Damaged { damage: Damage { seq: 0, kind } }
        }
        _ => JournalError::storage(doing, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_sqlite_is_refused() {
        assert!(check_sqlite(3_051_003, "3.51.3").is_ok());
        assert!(check_sqlite(rusqlite::version_number(), rusqlite::version()).is_ok());
        let error = check_sqlite(3_051_002, "3.51.2").unwrap_err();
        assert_eq!(error.code(), "old_sqlite");
        assert_eq!(error.text(), "SQLite 3.51.2 can corrupt a journal; 3.51.3 or newer is needed");
        assert!(error.text_zh().contains("3.51.3"));
    }
}
