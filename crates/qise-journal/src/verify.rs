//! The walk along the chain, the same for every store.

use crate::{Damage, DamageKind, Entry, Hash, Head};

/// How many faults are reported at most.
pub const MOST_DAMAGE: usize = 100;

/// What [`verify`](crate::Journal::verify) found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many entries there are.
    pub entries: u64,
    /// How many notices they have.
    pub notices: u64,
    /// The last entry.
    pub head: Head,
    /// What is wrong, by sequence number; the first [`MOST_DAMAGE`] of it.
    pub damage: Vec<Damage>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.damage.is_empty()
    }
}

/// Goes from entry to entry.
pub(crate) struct Walk<'a> {
    anchors: &'a [Head],
    report: Report,
    /// The place before the next entry; nothing where the entry before is missing or unreadable.
    before: Option<Head>,
    next: u64,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(anchors: &'a [Head]) -> Self {
        Self { anchors, report: Report::default(), before: Some(Head::default()), next: 1 }
    }

    pub(crate) fn found(&mut self, seq: u64, kind: DamageKind) {
        if self.report.damage.len() < MOST_DAMAGE {
            self.report.damage.push(Damage { seq, kind });
        }
    }

    fn expect(&mut self, seq: u64) {
        if seq != self.next {
            self.found(seq, DamageKind::Gap { expected: self.next });
            self.before = None;
        }
        self.next = seq.saturating_add(1);
        self.report.entries += 1;
    }

    /// The next entry, which could be read.
    pub(crate) fn entry(&mut self, entry: &Entry) {
        self.expect(entry.seq);
        self.report.notices += entry.notices.len() as u64;
        if entry.computed_hash() != entry.hash {
            self.found(entry.seq, DamageKind::WrongHash);
        }
        if self.before.is_some_and(|before| before.hash != entry.previous) {
            self.found(entry.seq, DamageKind::BrokenLink);
        }
        self.before = Some(entry.head());
        self.report.head = entry.head();
        if self.anchors.iter().any(|anchor| anchor.seq == entry.seq && anchor.hash != entry.hash) {
            self.found(entry.seq, DamageKind::WrongAnchor);
        }
    }

    /// The next entry, which could not be read.
    pub(crate) fn unreadable(&mut self, damage: Damage) {
        self.expect(damage.seq);
        self.report.head = Head { seq: damage.seq, hash: Hash::ZERO };
        self.before = None;
        self.found(damage.seq, damage.kind);
    }

    /// The end, and where the store had noted it to be, if that can be read.
    pub(crate) fn end(mut self, noted: Option<Head>) -> Report {
        let head = self.report.head;
        // Of a last entry that cannot be read only the number is known.
        let differs = |noted: &Head| noted.seq != head.seq || self.before.is_some_and(|last| last != *noted);
        if let Some(noted) = noted.filter(differs) {
            self.found(head.seq, DamageKind::WrongEnd { noted: noted.seq });
        }
        let anchors = self.anchors;
        for beyond in anchors.iter().filter(|anchor| anchor.seq > head.seq) {
            self.found(beyond.seq, DamageKind::WrongAnchor);
        }
        self.report.damage.sort_by_key(|damage| damage.seq);
        self.report
    }
}
