//! How [`FaultyJournal`](super::FaultyJournal) writes: records with a length and a hash.

use crate::hash::{ENTRY_TAG, encode};
use crate::{Changes, Delivery, Entry, Hash, Notice, NoticeId, Snapshot};

/// What one transaction wrote.
pub(super) enum Record {
    Changes { entries: Vec<Entry>, delivered: Vec<Delivery> },
    Snapshot(Snapshot),
}

const HEADER: usize = 8 + 32;

pub(super) fn of_changes(changes: Changes<'_>) -> Vec<u8> {
    let mut body = vec![0];
    body.extend((changes.entries.len() as u64).to_be_bytes());
    for entry in changes.entries {
        encode(entry, &mut |bytes| body.extend_from_slice(bytes));
        body.extend(entry.hash.0);
    }
    body.extend((changes.delivered.len() as u64).to_be_bytes());
    for delivery in changes.delivered {
        body.extend(delivery.id.seq.to_be_bytes());
        body.extend(delivery.id.index.to_be_bytes());
        body.extend(delivery.at.to_be_bytes());
    }
    framed(&body)
}

pub(super) fn of_snapshot(snapshot: &Snapshot) -> Vec<u8> {
    let mut body = vec![1];
    body.extend(snapshot.of.seq.to_be_bytes());
    body.extend(snapshot.of.hash.0);
    body.extend(snapshot.format.to_be_bytes());
    body.extend(snapshot.hash.0);
    body.extend((snapshot.body.len() as u64).to_be_bytes());
    body.extend(&snapshot.body);
    framed(&body)
}

fn framed(body: &[u8]) -> Vec<u8> {
    let mut record = (body.len() as u64).to_be_bytes().to_vec();
    record.extend(Hash::of(body).0);
    record.extend(body);
    record
}

/// The first record and its length; nothing where it is not whole.
pub(super) fn first(file: &[u8]) -> Option<(Record, usize)> {
    let mut header = Reader(file);
    let length = usize::try_from(header.number()?).ok()?;
    let hash = header.hash()?;
    let body = header.bytes(length)?;
    let record = (Hash::of(body) == hash).then(|| record(&mut Reader(body))).flatten()?;
    Some((record, HEADER + length))
}

fn record(from: &mut Reader<'_>) -> Option<Record> {
    if from.bytes(1)? == [0] {
        let entries = (0..from.number()?).map(|_| entry(from)).collect::<Option<_>>()?;
        let delivered = (0..from.number()?).map(|_| delivery(from)).collect::<Option<_>>()?;
        return Some(Record::Changes { entries, delivered });
    }
    let of = crate::Head { seq: from.number()?, hash: from.hash()? };
    let (format, hash, body) = (from.small()?, from.hash()?, from.with_length()?);
    Some(Record::Snapshot(Snapshot { of, format, body, hash }))
}

/// Undoes the canonical encoding.
fn entry(from: &mut Reader<'_>) -> Option<Entry> {
    if from.bytes(ENTRY_TAG.len())? != ENTRY_TAG {
        return None;
    }
    let (seq, previous, schema_version) = (from.number()?, from.hash()?, from.small()?);
    let (at, recorded_at, payload_hash) = (from.signed()?, from.signed()?, from.hash()?);
    let key = if from.bytes(1)? == [1] { Some(from.text()?) } else { None };
    let (actor, command, outcome, events) =
        (from.text()?, from.with_length()?, from.with_length()?, from.with_length()?);
    let notices = (0..from.number()?).map(|_| notice(from)).collect::<Option<_>>()?;
    Some(Entry {
        seq,
        at,
        recorded_at,
        actor,
        key,
        payload_hash,
        command,
        outcome,
        events,
        notices,
        schema_version,
        previous,
        hash: from.hash()?,
    })
}

fn notice(from: &mut Reader<'_>) -> Option<Notice> {
    let id = NoticeId { seq: from.number()?, index: from.small()? };
    Some(Notice { id, to: from.text()?, body: from.with_length()? })
}

fn delivery(from: &mut Reader<'_>) -> Option<Delivery> {
    let id = NoticeId { seq: from.number()?, index: from.small()? };
    Some(Delivery { id, at: from.signed()? })
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }

    fn number(&mut self) -> Option<u64> {
        self.array().map(u64::from_be_bytes)
    }

    fn signed(&mut self) -> Option<i64> {
        self.array().map(i64::from_be_bytes)
    }

    fn small(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }

    fn hash(&mut self) -> Option<Hash> {
        self.array().map(Hash)
    }

    fn with_length(&mut self) -> Option<Vec<u8>> {
        let length = usize::try_from(self.number()?).ok()?;
        self.bytes(length).map(<[u8]>::to_vec)
    }

    fn text(&mut self) -> Option<String> {
        String::from_utf8(self.with_length()?).ok()
    }
}
