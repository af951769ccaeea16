//! From rows to entries. What a row holds is not trusted: it may have been altered.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};

use super::open::fault;
use crate::{Damage, DamageKind, Doing, Entry, Hash, Head, JournalError, Notice, NoticeId};

/// A page of entries, each sound or not.
pub(super) struct Page {
    pub(super) entries: Vec<Result<Entry, Damage>>,
    /// The number of the last row, after which the next page begins.
    pub(super) last: Option<i64>,
}

/// The entries after `after` up to `to`, at most `most` of them.
pub(super) fn page(connection: &Connection, after: i64, to: i64, most: usize) -> rusqlite::Result<Page> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut found = connection.prepare_cached(
        "SELECT seq, at, recorded_at, actor, key, payload_hash, command, outcome, events, \
         schema_version, previous, hash FROM entries WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT ?3",
    )?;
    let mut found = found.query([after, to, most])?;
    let mut page = Page { entries: Vec::new(), last: None };
    while let Some(row) = found.next()? {
        let number: i64 = row.get(0)?;
        page.last = Some(number);
        page.entries.push(entry(row, number).map_err(|what| unreadable(number, what)));
    }
    if let Some(last) = page.last {
        add_notices(connection, after, last, &mut page.entries)?;
    }
    Ok(page)
}

fn add_notices(
    connection: &Connection,
    after: i64,
    last: i64,
    entries: &mut [Result<Entry, Damage>],
) -> rusqlite::Result<()> {
    let mut found = connection.prepare_cached(
        "SELECT seq, idx, recipient, body FROM notices WHERE seq > ?1 AND seq <= ?2 ORDER BY seq, idx",
    )?;
    let mut found = found.query([after, last])?;
    let mut at = 0;
    while let Some(row) = found.next()? {
        let number: i64 = row.get(0)?;
        let seq_of = |entry: &Result<Entry, Damage>| match entry {
            Ok(entry) => entry.seq as i64,
            Err(damage) => damage.seq as i64,
        };
        while at < entries.len() && seq_of(&entries[at]) < number {
            at += 1;
        }
        // One without its entry is looked for apart.
        let Some(entry) = entries.get_mut(at).filter(|entry| seq_of(entry) == number) else { continue };
        match (notice(row), entry.as_mut()) {
            (Ok(notice), Ok(found)) => found.notices.push(notice),
            (Err(what), Ok(_)) => *entry = Err(unreadable(number, what)),
            (_, Err(_)) => {}
        }
    }
    Ok(())
}

fn unreadable(number: i64, what: String) -> Damage {
    Damage { seq: u64::try_from(number).unwrap_or(0), kind: DamageKind::Unreadable { what } }
}

fn entry(row: &Row<'_>, number: i64) -> Result<Entry, String> {
    Ok(Entry {
        seq: u64::try_from(number).map_err(|_| format!("its number is {number}"))?,
        at: integer(row, 1, "at")?,
        recorded_at: integer(row, 2, "recorded_at")?,
        actor: text(row, 3, "actor")?,
        key: match row.get_ref(4) {
            Ok(ValueRef::Null) => None,
            _ => Some(text(row, 4, "key")?),
        },
        payload_hash: hash(row, 5, "payload_hash")?,
        command: bytes(row, 6, "command")?,
        outcome: bytes(row, 7, "outcome")?,
        events: bytes(row, 8, "events")?,
        notices: Vec::new(),
        schema_version: small(row, 9, "schema_version")?,
        previous: hash(row, 10, "previous")?,
        hash: hash(row, 11, "hash")?,
    })
}

/// A notice out of `seq, idx, recipient, body`.
pub(super) fn notice(row: &Row<'_>) -> Result<Notice, String> {
    let seq =
        u64::try_from(integer(row, 0, "seq")?).map_err(|_| "the notice's seq is negative".to_owned())?;
    let id = NoticeId { seq, index: small(row, 1, "idx")? };
    Ok(Notice { id, to: text(row, 2, "recipient")?, body: bytes(row, 3, "body")? })
}

pub(super) fn integer(row: &Row<'_>, column: usize, name: &str) -> Result<i64, String> {
    match row.get_ref(column) {
        Ok(ValueRef::Integer(number)) => Ok(number),
        _ => Err(format!("{name} is not a number")),
    }
}

pub(super) fn small(row: &Row<'_>, column: usize, name: &str) -> Result<u32, String> {
    let number = integer(row, column, name)?;
    u32::try_from(number).map_err(|_| format!("{name} is {number}"))
}

pub(super) fn bytes(row: &Row<'_>, column: usize, name: &str) -> Result<Vec<u8>, String> {
    match row.get_ref(column) {
        Ok(ValueRef::Text(bytes) | ValueRef::Blob(bytes)) => Ok(bytes.to_vec()),
        _ => Err(format!("{name} has no bytes")),
    }
}

pub(super) fn text(row: &Row<'_>, column: usize, name: &str) -> Result<String, String> {
    String::from_utf8(bytes(row, column, name)?).map_err(|_| format!("{name} is not UTF-8"))
}

pub(super) fn hash(row: &Row<'_>, column: usize, name: &str) -> Result<Hash, String> {
    let bytes = bytes(row, column, name)?;
    bytes.try_into().map(Hash).map_err(|bytes| format!("{name} has {} bytes", bytes.len()))
}

/// The end as it was noted with the last commit.
pub(super) fn noted_head(connection: &Connection) -> Result<Head, JournalError> {
    head(connection, "SELECT last_seq, last_hash FROM meta WHERE id = 1")
}

/// The last entry that is there.
pub(super) fn last_head(connection: &Connection) -> Result<Head, JournalError> {
    head(connection, "SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1")
}

fn head(connection: &Connection, query: &str) -> Result<Head, JournalError> {
    let read = |row: &Row<'_>| {
        let seq = integer(row, 0, "seq")?;
        let seq = u64::try_from(seq).map_err(|_| format!("seq is {seq}"))?;
        Ok(Head { seq, hash: hash(row, 1, "hash")? })
    };
    let found = connection.prepare_cached(query);
    let found = found.and_then(|mut query| query.query_row((), |row| Ok(read(row))).optional());
    match found.map_err(|error| fault(Doing::Read, error))? {
        None => Ok(Head::default()),
        Some(head) => head.map_err(|what| JournalError::Damaged { damage: unreadable(0, what) }),
    }
}
