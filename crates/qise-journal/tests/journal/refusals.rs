//! What is refused, and that nothing is changed by it.

use std::fs;

use qise_journal::{Hash, Head, Journal, JournalError, MAX_ENTRY_BYTES, SqliteJournal};
use rusqlite::Connection;

use crate::support::{all, draft, folder, on_each, sealed};

#[test]
fn entries_that_do_not_follow_are_refused() {
    on_each(|journal| {
        let written = sealed(Head::default(), 1, 10);
        journal.append(&written[..5]).unwrap();
        let refused = |journal: &mut dyn Journal, entries: &[_]| journal.append(entries).unwrap_err().code();

        assert_eq!(refused(journal, &written[6..]), "not_next");
        assert_eq!(refused(journal, &written[..1]), "not_next");
        let mut altered = written[5].clone();
        altered.actor.push('x');
        assert_eq!(refused(journal, &[altered]), "not_chained");
        let foreign = Head { seq: 5, hash: Hash::of(b"another") }.seal(draft(6));
        assert_eq!(refused(journal, &[foreign]), "not_chained");
        let mut misnumbered = written[5].clone();
        misnumbered.notices[1].id.index = 2;
        misnumbered.hash = misnumbered.computed_hash();
        assert_eq!(refused(journal, &[misnumbered]), "not_chained");

        // The key of an entry before, and twice the same in one batch.
        assert_eq!(refused(journal, &sealed(written[4].head(), 4, 4)), "duplicate_key");
        let mut head = written[4].head();
        let twice = [head.seal(draft(8)), head.seal(draft(8))];
        assert_eq!(refused(journal, &twice), "duplicate_key");

        let mut head = written[4].head();
        let mut binary = draft(6);
        binary.events = vec![0xff];
        assert_eq!(refused(journal, &[head.seal(binary)]), "not_text");

        assert_eq!(all(journal), written[..5]);
        journal.append(&written[5..]).unwrap();
        assert!(journal.verify(&[]).unwrap().is_sound());
    });
    let mut large = draft(1);
    large.command = vec![b' '; MAX_ENTRY_BYTES];
    assert_eq!(large.check().unwrap_err().code(), "too_large");
}

#[test]
fn one_process_writes() {
    let folder = folder();
    let path = folder.path().join("day.qise");
    let journal = SqliteJournal::open(&path).unwrap();
    let error = SqliteJournal::open(&path).unwrap_err();
    assert!(matches!(&error, JournalError::Busy { path } if path.ends_with("day.qise")), "{error}");
    assert!(error.text_zh().contains("只能由一个进程写入"));
    #[cfg(unix)]
    {
        // The same file by another name.
        let link = folder.path().join("link.qise");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert_eq!(SqliteJournal::open(&link).unwrap_err().code(), "busy");
    }
    drop(journal);
    SqliteJournal::open(&path).unwrap();
}

#[test]
fn who_writes_past_the_lock_is_noticed() {
    let folder = folder();
    let path = folder.path().join("day.qise");
    let mut journal = SqliteJournal::open(&path).unwrap();
    journal.append(&sealed(Head::default(), 1, 3)).unwrap();
    Connection::open(&path).unwrap().execute("UPDATE meta SET last_seq = 9", ()).unwrap();
    let error = journal.append(&sealed(journal.head().unwrap(), 4, 4)).unwrap_err();
    assert!(matches!(error, JournalError::NotNext { last: 9, .. }), "{error}");
}

#[test]
fn a_reader_does_not_write() {
    let folder = folder();
    let path = folder.path().join("day.qise");
    SqliteJournal::open(&path).unwrap().append(&sealed(Head::default(), 1, 3)).unwrap();
    let mut reader = SqliteJournal::open_read_only(&path).unwrap();
    let next = sealed(reader.head().unwrap(), 4, 4);
    assert_eq!(reader.append(&next).unwrap_err().code(), "read_only");
    assert_eq!(reader.put_snapshot(1, 1, b"").unwrap_err().code(), "read_only");
    let missing = SqliteJournal::open_read_only(folder.path().join("other.qise")).unwrap_err();
    assert_eq!(missing.code(), "storage");
    assert!(!folder.path().join("other.qise").exists());
}

#[test]
fn files_that_are_not_ours_are_refused_and_left_alone() {
    let folder = folder();
    let path = folder.path().join("day.qise");
    let both = || [SqliteJournal::open(&path), SqliteJournal::open_read_only(&path)];
    let codes = || both().map(|opened| opened.unwrap_err().code());

    fs::write(&path, "a text, long enough not to be taken for an empty database".repeat(20)).unwrap();
    let before = fs::read(&path).unwrap();
    assert_eq!(codes(), ["foreign", "foreign"]);
    assert_eq!(fs::read(&path).unwrap(), before);

    fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE other (x)").unwrap();
    let before = fs::read(&path).unwrap();
    assert_eq!(codes(), ["foreign", "foreign"]);
    assert_eq!(fs::read(&path).unwrap(), before);

    // Another program's mark, and ours with a format that never was.
    for pragmas in ["application_id = 77", "application_id = 0x71697365; PRAGMA user_version = 0"] {
        Connection::open(&path).unwrap().execute_batch(&format!("PRAGMA {pragmas}")).unwrap();
        assert_eq!(codes(), ["foreign", "foreign"], "{pragmas}");
    }
}

#[test]
fn a_newer_format_is_refused() {
    let folder = folder();
    let path = folder.path().join("day.qise");
    drop(SqliteJournal::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 2).unwrap();
    for opened in [SqliteJournal::open(&path), SqliteJournal::open_read_only(&path)] {
        let error = opened.unwrap_err();
        assert!(matches!(error, JournalError::NewerFormat { found: 2, known: 1, .. }), "{error}");
        assert!(error.text_zh().contains("格式为 2"));
    }
}

#[test]
fn an_empty_file_becomes_a_journal() {
    let folder = folder();
    let path = folder.path().join("day.qise");
    fs::write(&path, "").unwrap();
    assert_eq!(SqliteJournal::open_read_only(&path).unwrap_err().code(), "foreign");
    SqliteJournal::open(&path).unwrap();
    SqliteJournal::open_read_only(&path).unwrap();
}
