//! Entries to write, and journals to write them to.

use qise_journal::{Draft, Entry, Hash, Head, Journal, JournalError, MemoryJournal, Message, SqliteJournal};
use tempfile::TempDir;

/// The `n`th of a row of drafts: each second one has a key, each third one notices.
pub(crate) fn draft(n: u64) -> Draft {
    let command = format!(r#"{{"add_need":"water-{n}"}}"#).into_bytes();
    let message = |who: &str| Message { to: who.to_owned(), body: format!(r#"{{"come":{n}}}"#).into_bytes() };
    Draft {
        at: 1_700_000_000 + n as i64,
        recorded_at: 1_700_000_100 + n as i64,
        actor: "服务台-2".into(),
        key: n.is_multiple_of(2).then(|| format!("call-{n}")),
        payload_hash: Hash::of(&command),
        command,
        outcome: format!(r#"{{"committed":{n}}}"#).into_bytes(),
        events: r#"[{"说":"好"}]"#.into(),
        notices: if n.is_multiple_of(3) { vec![message("bat"), message("其其格")] } else { Vec::new() },
        schema_version: 3,
    }
}

/// The drafts from `first` to `last` in their places after `head`.
pub(crate) fn sealed(head: Head, first: u64, last: u64) -> Vec<Entry> {
    let mut head = head;
    (first..=last).map(|n| head.seal(draft(n))).collect()
}

/// All entries of a journal.
pub(crate) fn all(journal: &dyn Journal) -> Vec<Entry> {
    qise_journal::entries(journal, 0, u64::MAX).collect::<Result<_, JournalError>>().expect("it can be read")
}

/// A folder, gone with the value.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// What is true of every journal is asked of each.
pub(crate) fn on_each(ask: impl Fn(&mut dyn Journal)) {
    ask(&mut MemoryJournal::default());
    let folder = folder();
    ask(&mut SqliteJournal::open(folder.path().join("day.qise")).expect("a new journal"));
}

/// How often something random is done: `usual`, or what the variable says.
pub(crate) fn times(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
}
