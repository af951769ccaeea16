//! Whatever is altered in a file is found, and where.

use std::path::Path;

use qise_journal::{Head, Journal, Report, SqliteJournal};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::{folder, sealed};

/// A journal of 12 entries with snapshots at 5 and 10, which `sql` alters behind its back.
fn damaged(sql: &str) -> (TempDir, Report) {
    let folder = folder();
    let path = folder.path().join("day.qise");
    let mut journal = SqliteJournal::open(&path).unwrap();
    journal.append(&sealed(Head::default(), 1, 12)).unwrap();
    for seq in [5, 10] {
        journal.put_snapshot(seq, 1, b"state").unwrap();
    }
    assert!(journal.verify(&[]).unwrap().is_sound());
    drop(journal);
    alter(&path, sql);
    let report = SqliteJournal::open_read_only(&path).unwrap().verify(&[]).unwrap();
    (folder, report)
}

fn alter(path: &Path, sql: &str) {
    let database = Connection::open(path).unwrap();
    let free = "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; \
                DROP TRIGGER IF EXISTS entries_stay; DROP TRIGGER IF EXISTS entries_last; \
                DROP TRIGGER IF EXISTS notices_stay; DROP TRIGGER IF EXISTS notices_last;";
    database.execute_batch(free).unwrap();
    database.execute_batch(sql).unwrap();
}

/// What is found, as `seq:code`.
fn found(sql: &str) -> Vec<String> {
    let (_folder, report) = damaged(sql);
    report.damage.iter().map(|damage| format!("{}:{}", damage.seq, damage.code())).collect()
}

#[test]
fn a_byte_in_any_column_of_an_entry() {
    let text = |column: &str| format!("{column} = substr({column}, 1, 3) || 'x' || substr({column}, 5)");
    let blob = |column: &str| format!("{column} = unhex(substr(hex({column}), 1, 62) || '00')");
    let changes = [
        "at = at + 256".to_owned(),
        "recorded_at = recorded_at - 1".into(),
        "schema_version = 4".into(),
        "key = NULL".into(),
        text("actor"),
        text("key"),
        text("command"),
        text("outcome"),
        text("events"),
        blob("payload_hash"),
        blob("previous"),
        blob("hash"),
    ];
    for change in changes {
        let found = found(&format!("UPDATE entries SET {change} WHERE seq = 6"));
        let first = found.first().map(String::as_str);
        assert!(first == Some("6:wrong_hash"), "{change}: {found:?}");
        let chained = change.starts_with("previous") || change.starts_with("hash");
        assert_eq!(found.len(), if chained { 2 } else { 1 }, "{change}: {found:?}");
    }
    assert_eq!(
        found("UPDATE entries SET hash = zeroblob(32) WHERE seq = 6"),
        ["6:wrong_hash", "7:broken_link"]
    );
    assert_eq!(found("UPDATE entries SET hash = x'00' WHERE seq = 6"), ["6:unreadable"]);
    assert_eq!(found("UPDATE entries SET schema_version = -1 WHERE seq = 6"), ["6:unreadable"]);
    assert_eq!(found("UPDATE entries SET actor = CAST(x'ff' AS TEXT) WHERE seq = 6"), ["6:unreadable"]);
    let moved = found("UPDATE entries SET seq = 106 WHERE seq = 6");
    assert!(moved.contains(&"7:gap".into()) && moved.contains(&"106:gap".into()), "{moved:?}");
    let below = found("UPDATE entries SET seq = -6 WHERE seq = 6");
    assert!(below.contains(&"0:unreadable".into()) && below.contains(&"7:gap".into()), "{below:?}");
}

#[test]
fn a_byte_in_any_column_of_a_notice() {
    for change in ["recipient = 'baT'", "body = body || ' '", "idx = 7"] {
        assert_eq!(
            found(&format!("UPDATE notices SET {change} WHERE seq = 6 AND idx = 1")),
            ["6:wrong_hash"]
        );
    }
    assert_eq!(found("UPDATE notices SET recipient = CAST(x'ff' AS TEXT) WHERE seq = 6"), ["6:unreadable"]);
    assert_eq!(found("DELETE FROM notices WHERE seq = 6 AND idx = 0"), ["6:wrong_hash"]);
    assert_eq!(found("INSERT INTO notices VALUES (6, 2, 'x', 'y', NULL)"), ["6:wrong_hash"]);
    assert_eq!(found("UPDATE notices SET seq = 7 WHERE seq = 6"), ["6:wrong_hash", "7:wrong_hash"]);
    let alone = found("INSERT INTO notices VALUES (99, 0, 'x', 'y', NULL)");
    assert_eq!(alone, ["99:notice_without_entry"]);
    // That a notice was delivered is no evidence: it changes by design.
    assert!(found("UPDATE notices SET delivered_at = 5").is_empty());
}

#[test]
fn a_byte_in_any_column_of_a_snapshot() {
    for change in [
        "seq = 9",
        "format = 2",
        "body = CAST('statE' AS BLOB)",
        "hash = zeroblob(32)",
        "entry_hash = zeroblob(32)",
    ] {
        let (folder, report) = damaged(&format!("UPDATE snapshots SET {change} WHERE seq = 10"));
        let codes: Vec<_> = report.damage.iter().map(qise_journal::Damage::code).collect();
        assert_eq!(codes, ["wrong_snapshot"], "{change}");
        // The one before still serves.
        let journal = SqliteJournal::open(folder.path().join("day.qise")).unwrap();
        assert_eq!(journal.latest_snapshot().unwrap().unwrap().of.seq, 5);
    }
    let (folder, _) = damaged("UPDATE snapshots SET format = 2");
    let journal = SqliteJournal::open(folder.path().join("day.qise")).unwrap();
    assert_eq!(journal.latest_snapshot().unwrap_err().code(), "damaged");
}

#[test]
fn rows_that_are_missing_or_swapped() {
    assert_eq!(found("DELETE FROM entries WHERE seq = 7"), ["8:gap"]);
    assert_eq!(found("DELETE FROM entries WHERE seq IN (3, 4)"), ["3:notice_without_entry", "5:gap"]);
    assert_eq!(found("DELETE FROM entries WHERE seq = 1"), ["2:gap"]);
    let swap = "UPDATE entries SET seq = 100 WHERE seq = 7; UPDATE entries SET seq = 7 WHERE seq = 8; \
                UPDATE entries SET seq = 8 WHERE seq = 100";
    let swapped = found(swap);
    for expected in ["7:wrong_hash", "7:broken_link", "8:wrong_hash", "8:broken_link", "9:broken_link"] {
        assert!(swapped.contains(&expected.to_owned()), "{expected}: {swapped:?}");
    }
    // Their contents, hashes and all, but not their numbers.
    let contents = "UPDATE entries SET (command, outcome) = (SELECT command, outcome FROM entries WHERE seq = 8) \
                    WHERE seq = 7";
    assert_eq!(found(contents), ["7:wrong_hash"]);
}

#[test]
fn a_key_that_occurs_twice() {
    // The index keeps that from happening, so the table is made anew without it.
    let twice = "CREATE TABLE copy AS SELECT * FROM entries; DROP TABLE entries; ALTER TABLE copy RENAME TO entries; \
                 UPDATE entries SET key = 'call-4' WHERE seq = 8";
    let found = found(twice);
    assert!(found.contains(&"8:duplicate_key".into()), "{found:?}");
}

#[test]
fn an_index_that_lies() {
    // Rows that are not in their index, as after a bad sector: what it is an index of is changed.
    let lie = "UPDATE notices SET delivered_at = 5; PRAGMA writable_schema = ON; \
               UPDATE sqlite_schema SET sql = replace(sql, 'IS NULL', 'IS NOT NULL') WHERE name = 'notices_pending'";
    let found = found(lie);
    assert!(found.contains(&"0:database".into()), "{found:?}");
}

#[test]
fn an_end_that_was_cut_off() {
    let cut = "DELETE FROM notices WHERE seq > 10; DELETE FROM entries WHERE seq > 10";
    let (folder, report) = damaged(cut);
    let damage: Vec<_> = report.damage.iter().map(|damage| (damage.seq, damage.code())).collect();
    assert_eq!(damage, [(10, "wrong_end")]);
    let path = folder.path().join("day.qise");
    let error = SqliteJournal::open(&path).unwrap_err();
    assert_eq!(error.code(), "damaged");
    assert_eq!(error.text_zh(), "日志已损坏：日志结束于第 10 条记录，但登记的末条为第 12 条");

    // Who knows how puts the note right and goes on from there.
    alter(&path, "UPDATE meta SET last_seq = 10, last_hash = (SELECT hash FROM entries WHERE seq = 10)");
    let mut journal = SqliteJournal::open(&path).unwrap();
    let kept = journal.head().unwrap();
    journal.append(&sealed(kept, 21, 25)).unwrap();
    assert!(journal.verify(&[kept]).unwrap().is_sound(), "the file alone cannot tell");

    // But a place that was noted elsewhere can.
    let noted = sealed(Head::default(), 1, 12)[10].head();
    let damage = journal.verify(&[noted]).unwrap().damage;
    assert_eq!((damage[0].seq, damage[0].code()), (11, "wrong_anchor"));
    let beyond = Head { seq: 16, ..noted };
    assert_eq!(journal.verify(&[beyond]).unwrap().damage[0].code(), "wrong_anchor");
}

#[test]
fn a_snapshot_of_what_was_cut_off() {
    let cut = "DELETE FROM notices WHERE seq > 8; DELETE FROM entries WHERE seq > 8; \
               UPDATE meta SET last_seq = 8, last_hash = (SELECT hash FROM entries WHERE seq = 8)";
    assert_eq!(found(cut), ["10:wrong_snapshot"]);
}
