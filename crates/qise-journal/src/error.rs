//! What can go wrong, each with a stable code and a text in two languages.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use crate::{Damage, NoticeId};

/// What a journal was doing when its store failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doing {
    /// Opening the file, or making it.
    Open,
    /// Writing and syncing.
    Write,
    /// Reading.
    Read,
}

impl Doing {
    fn en(self) -> &'static str {
        match self {
            Self::Open => "opened",
            Self::Write => "written",
            Self::Read => "read",
        }
    }

    fn zh(self) -> &'static str {
        match self {
            Self::Open => "打开",
            Self::Write => "写入",
            Self::Read => "读取",
        }
    }
}

/// What can go wrong with a journal.
///
/// It is cloned to everybody who waits when a committer fails.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// Another journal has the file open for writing, in this process or in another one.
    #[error("{} is already open for writing; only one process may write to a journal", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The file is not a journal. Nothing was changed in it.
    #[error("{} is not a journal of qise", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a newer version. Nothing was changed in it.
    #[error("{} has format {found}; this version reads formats up to {known}", path.display())]
    NewerFormat {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest format that is known here.
        known: u32,
    },
    /// The `SQLite` that is linked can corrupt a file.
    #[error("SQLite {found} can corrupt a journal; {least} or newer is needed")]
    OldSqlite {
        /// Its version.
        found: String,
        /// The least version that will do.
        least: String,
    },
    /// The journal was opened for reading only.
    #[error("the journal is open for reading only")]
    ReadOnly,
    /// An entry does not have the number after the last one.
    #[error("entry {seq} cannot follow entry {last}")]
    NotNext {
        /// Its number.
        seq: u64,
        /// The last entry of the journal.
        last: u64,
    },
    /// An entry has the right number, but its hashes or the numbers of its notices are wrong.
    #[error("the hashes of entry {seq} do not continue the chain")]
    NotChained {
        /// Its number.
        seq: u64,
    },
    /// A key is in the journal already. Ask [`find_key`](crate::Journal::find_key) first.
    #[error("the key '{key}' is already that of entry {seq}")]
    DuplicateKey {
        /// The key.
        key: String,
        /// The entry that has it.
        seq: u64,
    },
    /// A key came again with another payload.
    #[error("the key '{key}' was used for another command, entry {seq}")]
    KeyConflict {
        /// The key.
        key: String,
        /// The entry that has it.
        seq: u64,
    },
    /// What should be JSON is not even UTF-8.
    #[error("the field '{field}' is not UTF-8 text")]
    NotText {
        /// The field.
        field: &'static str,
    },
    /// An entry is too large.
    #[error("an entry of {bytes} bytes is too large; {most} are allowed")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The most allowed.
        most: usize,
    },
    /// A snapshot is of an entry that the journal does not have.
    #[error("there is no entry {seq}")]
    NoSuchEntry {
        /// The number.
        seq: u64,
    },
    /// A notice to be marked does not exist.
    #[error("there is no notice {id}")]
    NoSuchNotice {
        /// The notice.
        id: NoticeId,
    },
    /// What is stored is not what was written.
    #[error("the journal is damaged: {damage}")]
    Damaged {
        /// Where, and how.
        damage: Damage,
    },
    /// The disk or the database failed.
    #[error("the journal could not be {}: {source}", doing.en())]
    Storage {
        /// What it was doing.
        doing: Doing,
        /// What it said.
        source: Arc<dyn Error + Send + Sync>,
    },
    /// A write failed before, so nobody knows what is on the disk. Open the journal anew.
    #[error("the journal stopped when a write failed: {source}")]
    Poisoned {
        /// What failed.
        source: Arc<JournalError>,
    },
    /// The thread of the committer panicked, most likely in the function called after each sync.
    #[error("the thread that commits panicked")]
    Panicked,
    /// The committer was closed.
    #[error("the journal is closed")]
    Closed,
    /// More entries wait for the disk than the queue may hold.
    #[error("{most} entries wait for the disk; no more are taken")]
    QueueFull {
        /// How many may wait.
        most: usize,
    },
    /// The function called after each sync would wait for its own thread.
    #[error("a function that is called after a sync must not wait for the committer")]
    WaitsForItself,
}

impl JournalError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Busy { .. } => "busy",
            Self::Foreign { .. } => "foreign",
            Self::NewerFormat { .. } => "newer_format",
            Self::OldSqlite { .. } => "old_sqlite",
            Self::ReadOnly => "read_only",
            Self::NotNext { .. } => "not_next",
            Self::NotChained { .. } => "not_chained",
            Self::DuplicateKey { .. } => "duplicate_key",
            Self::KeyConflict { .. } => "key_conflict",
            Self::NotText { .. } => "not_text",
            Self::TooLarge { .. } => "too_large",
            Self::NoSuchEntry { .. } => "no_such_entry",
            Self::NoSuchNotice { .. } => "no_such_notice",
            Self::Damaged { .. } => "damaged",
            Self::Storage { .. } => "storage",
            Self::Poisoned { .. } => "poisoned",
            Self::Panicked => "panicked",
            Self::Closed => "closed",
            Self::QueueFull { .. } => "queue_full",
            Self::WaitsForItself => "waits_for_itself",
        }
    }

    /// What is wrong, in English.
    pub fn text(&self) -> String {
        self.to_string()
    }

    /// What is wrong, in Chinese.
    pub fn text_zh(&self) -> String {
        match self {
            Self::Busy { path } => {
                format!("{} 已被打开写入；一个日志同时只能由一个进程写入", path.display())
            }
            Self::Foreign { path } => format!("{} 不是 qise 的日志", path.display()),
            Self::NewerFormat { path, found, known } => {
                format!("{} 的格式为 {found}；本版本最高只能读取格式 {known}", path.display())
            }
            Self::OldSqlite { found, least } => {
                format!("SQLite {found} 可能损坏日志；需要 {least} 或更新的版本")
            }
            Self::ReadOnly => "日志以只读方式打开".into(),
            Self::NotNext { seq, last } => format!("第 {seq} 条记录不能接在第 {last} 条之后"),
            Self::NotChained { seq } => format!("第 {seq} 条记录的哈希与哈希链不衔接"),
            Self::DuplicateKey { key, seq } => format!("键“{key}”已属于第 {seq} 条记录"),
            Self::KeyConflict { key, seq } => format!("键“{key}”已用于另一条命令，即第 {seq} 条记录"),
            Self::NotText { field } => format!("字段“{field}”不是 UTF-8 文本"),
            Self::TooLarge { bytes, most } => format!("记录有 {bytes} 字节，过大；最多允许 {most} 字节"),
            Self::NoSuchEntry { seq } => format!("没有第 {seq} 条记录"),
            Self::NoSuchNotice { id } => format!("没有通知 {id}"),
            Self::Damaged { damage } => format!("日志已损坏：{}", damage.text_zh()),
            Self::Storage { doing, source } => format!("日志无法{}：{source}", doing.zh()),
            Self::Poisoned { source } => format!("日志因一次写入失败而停止：{}", source.text_zh()),
            Self::Panicked => "提交线程发生崩溃".into(),
            Self::Closed => "日志已关闭".into(),
            Self::QueueFull { most } => format!("已有 {most} 条记录等待写盘；不再接收"),
            Self::WaitsForItself => "同步之后调用的函数不得等待提交线程".into(),
        }
    }

    pub(crate) fn storage(doing: Doing, source: impl Error + Send + Sync + 'static) -> Self {
        Self::Storage { doing, source: Arc::new(source) }
    }

    /// What everybody is told from now on.
    pub(crate) fn poisoned(self) -> Self {
        match self {
            Self::Poisoned { .. } | Self::Panicked => self,
            other => Self::Poisoned { source: Arc::new(other) },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::DamageKind;

    #[test]
    fn every_error_has_a_code_and_two_texts() {
        let (path, key) = (PathBuf::from("day.qise"), String::from("call-1"));
        let damage = Damage { seq: 3, kind: DamageKind::WrongHash };
        let poisoned = JournalError::ReadOnly.poisoned();
        let errors = [
            JournalError::Busy { path: path.clone() },
            JournalError::Foreign { path: path.clone() },
            JournalError::NewerFormat { path, found: 2, known: 1 },
            JournalError::OldSqlite { found: "3.40.0".into(), least: "3.51.3".into() },
            JournalError::ReadOnly,
            JournalError::NotNext { seq: 3, last: 1 },
            JournalError::NotChained { seq: 3 },
            JournalError::DuplicateKey { key: key.clone(), seq: 3 },
            JournalError::KeyConflict { key, seq: 3 },
            JournalError::NotText { field: "events" },
            JournalError::TooLarge { bytes: 9, most: 8 },
            JournalError::NoSuchEntry { seq: 3 },
            JournalError::NoSuchNotice { id: NoticeId { seq: 3, index: 0 } },
            JournalError::Damaged { damage },
            JournalError::storage(Doing::Write, std::io::Error::other("no space left")),
            poisoned,
            JournalError::Panicked,
            JournalError::Closed,
            JournalError::QueueFull { most: 8 },
            JournalError::WaitsForItself,
        ];
        let codes: BTreeSet<_> = errors.iter().map(JournalError::code).collect();
        assert_eq!(codes.len(), errors.len());
        for error in &errors {
            assert!(error.text_zh().chars().any(|letter| letter > '\u{4e00}'), "{}", error.text_zh());
            assert!(error.text().is_ascii(), "{}", error.text());
        }
        assert_eq!(errors[14].text(), "the journal could not be written: no space left");
        assert!(errors[14].source().is_some() && errors[15].source().is_some());
        assert_eq!(errors[15].clone().poisoned().text(), errors[15].text(), "told once");
    }
}
