//! What [`verify`](crate::Journal::verify) finds.

use std::fmt;

/// Something wrong in a journal, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The entry, 0 where it is none in particular.
    pub seq: u64,
    /// What is wrong there.
    pub kind: DamageKind,
}

/// What is wrong with an entry, or with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DamageKind {
    /// What it says, or a notice of it, is not what was hashed.
    WrongHash,
    /// It names another hash than that of the entry before it.
    BrokenLink,
    /// Entries are missing before it.
    Gap {
        /// The first that is missing.
        expected: u64,
    },
    /// An earlier entry has the same key.
    DuplicateKey {
        /// That entry.
        first: u64,
    },
    /// There is a notice of it, but no such entry.
    NoticeWithoutEntry,
    /// A column of it cannot be read.
    Unreadable {
        /// What was said about it.
        what: String,
    },
    /// The snapshot at it is not what was written, or is of another chain.
    WrongSnapshot,
    /// The journal ends with it, but was noted to end elsewhere: its end was cut off, or added to.
    WrongEnd {
        /// The last entry by the note.
        noted: u64,
    },
    /// The journal does not go through it with the hash that was noted elsewhere.
    WrongAnchor,
    /// The database itself is damaged.
    Database {
        /// What it says.
        what: String,
    },
}

impl Damage {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self.kind {
            DamageKind::WrongHash => "wrong_hash",
            DamageKind::BrokenLink => "broken_link",
            DamageKind::Gap { .. } => "gap",
            DamageKind::DuplicateKey { .. } => "duplicate_key",
            DamageKind::NoticeWithoutEntry => "notice_without_entry",
            DamageKind::Unreadable { .. } => "unreadable",
            DamageKind::WrongSnapshot => "wrong_snapshot",
            DamageKind::WrongEnd { .. } => "wrong_end",
            DamageKind::WrongAnchor => "wrong_anchor",
            DamageKind::Database { .. } => "database",
        }
    }

    /// What is wrong, in English.
    pub fn text(&self) -> String {
        let seq = self.seq;
        match &self.kind {
            DamageKind::WrongHash => format!("entry {seq} or a notice of it was altered"),
            DamageKind::BrokenLink => format!("entry {seq} does not continue the entry before it"),
            DamageKind::Gap { expected } => format!("entry {expected} is missing before entry {seq}"),
            DamageKind::DuplicateKey { first } => format!("entry {seq} has the key of entry {first}"),
            DamageKind::NoticeWithoutEntry => format!("a notice belongs to entry {seq}, which is missing"),
            DamageKind::Unreadable { what } => format!("entry {seq} cannot be read: {what}"),
            DamageKind::WrongSnapshot => format!("the snapshot at entry {seq} was altered or is foreign"),
            DamageKind::WrongEnd { noted } => {
                format!("the journal ends with entry {seq}, but was noted to end with entry {noted}")
            }
            DamageKind::WrongAnchor => format!("entry {seq} is not the one noted elsewhere"),
            DamageKind::Database { what } => format!("the database is damaged: {what}"),
        }
    }

    /// What is wrong, in Chinese.
    pub fn text_zh(&self) -> String {
        let seq = self.seq;
        match &self.kind {
            DamageKind::WrongHash => format!("第 {seq} 条记录或其通知被改动"),
            DamageKind::BrokenLink => format!("第 {seq} 条记录与前一条不衔接"),
            DamageKind::Gap { expected } => format!("第 {seq} 条记录之前缺少第 {expected} 条"),
            DamageKind::DuplicateKey { first } => format!("第 {seq} 条记录与第 {first} 条的键相同"),
            DamageKind::NoticeWithoutEntry => format!("有通知属于第 {seq} 条记录，但该记录不存在"),
            DamageKind::Unreadable { what } => format!("第 {seq} 条记录无法读取：{what}"),
            DamageKind::WrongSnapshot => format!("第 {seq} 条记录处的快照被改动或不属于本日志"),
            DamageKind::WrongEnd { noted } => {
                format!("日志结束于第 {seq} 条记录，但登记的末条为第 {noted} 条")
            }
            DamageKind::WrongAnchor => format!("第 {seq} 条记录与别处登记的不符"),
            DamageKind::Database { what } => format!("数据库已损坏：{what}"),
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}
