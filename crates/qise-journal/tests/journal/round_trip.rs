//! What is written is read.

use qise_journal::{Changes, Delivery, Hash, Head, Journal, NoticeId, SqliteJournal, entries};

use crate::support::{all, draft, folder, on_each, sealed};

#[test]
fn entries_come_back_as_they_were() {
    on_each(|journal| {
        assert_eq!(journal.head().unwrap(), Head::default());
        let written = sealed(Head::default(), 1, 600);
        journal.append(&written[..1]).unwrap();
        journal.append(&written[1..]).unwrap();
        journal.append(&[]).unwrap();
        assert_eq!(all(journal), written);
        assert_eq!(journal.head().unwrap(), written[599].head());
        assert_eq!(journal.format(), 1);

        // Pages end where they should: 256 entries are read at once.
        for (after, to) in [(0, 0), (0, 256), (255, 257), (256, 512), (599, 600), (600, 600), (7, 3)] {
            let found: Vec<_> = entries(journal, after, to).map(|entry| entry.unwrap().seq).collect();
            assert_eq!(found, (after + 1..=to).collect::<Vec<_>>(), "({after}, {to}]");
        }
        assert!(journal.read(u64::MAX, u64::MAX, 5).unwrap().is_empty());
        assert_eq!(journal.read(10, u64::MAX, 3).unwrap(), written[10..13]);
    });
}

#[test]
fn a_file_is_the_same_when_it_is_opened_again() {
    let folder = folder();
    let path = folder.path().join("day.qise");
    let written = sealed(Head::default(), 1, 40);
    SqliteJournal::open(&path).unwrap().append(&written).unwrap();

    let mut journal = SqliteJournal::open(&path).unwrap();
    assert_eq!(journal.head().unwrap(), written[39].head());
    let more = sealed(written[39].head(), 41, 50);
    journal.append(&more).unwrap();

    // While it is written to, others read it.
    let reader = SqliteJournal::open_read_only(&path).unwrap();
    assert_eq!(all(&reader), [written, more].concat());
    let next = sealed(journal.head().unwrap(), 51, 51);
    journal.append(&next).unwrap();
    assert_eq!(reader.head().unwrap().seq, 51);
    assert!(reader.verify(&[]).unwrap().is_sound());
}

#[test]
fn a_key_finds_its_answer() {
    on_each(|journal| {
        journal.append(&sealed(Head::default(), 1, 10)).unwrap();
        assert_eq!(journal.find_key("call-5").unwrap(), None, "odd ones have no key");
        let known = journal.find_key("call-4").unwrap().expect("it was used");
        assert_eq!(known.seq, 4);
        assert_eq!(known.answer(draft(4).payload_hash).unwrap(), draft(4).outcome);
        let conflict = known.answer(Hash::of(b"another command")).unwrap_err();
        assert_eq!(conflict.code(), "key_conflict");
        assert_eq!(conflict.text_zh(), "键“call-4”已用于另一条命令，即第 4 条记录");
    });
}

#[test]
fn the_last_two_snapshots_are_kept() {
    on_each(|journal| {
        assert_eq!(journal.latest_snapshot().unwrap(), None);
        journal.put_snapshot(0, 7, b"the start").unwrap();
        assert_eq!(journal.latest_snapshot().unwrap().unwrap().body, b"the start");
        let written = sealed(Head::default(), 1, 30);
        journal.append(&written).unwrap();
        for seq in [10, 20, 30] {
            journal.put_snapshot(seq, 7, format!("state {seq}").as_bytes()).unwrap();
        }
        let latest = journal.latest_snapshot().unwrap().unwrap();
        assert_eq!(
            (latest.of, latest.format, latest.body.as_slice()),
            (written[29].head(), 7, &b"state 30"[..])
        );
        // One at the same place takes the place of the old.
        journal.put_snapshot(30, 8, b"newer").unwrap();
        assert_eq!(journal.latest_snapshot().unwrap().unwrap().body, b"newer");
        assert_eq!(journal.put_snapshot(31, 7, b"").unwrap_err().code(), "no_such_entry");
        assert!(journal.verify(&[]).unwrap().is_sound());
    });
}

#[test]
fn notices_wait_until_they_are_marked() {
    on_each(|journal| {
        journal.append(&sealed(Head::default(), 1, 12)).unwrap();
        let ids = |after, most| -> Vec<String> {
            journal.pending(after, most).unwrap().iter().map(|notice| notice.id.to_string()).collect()
        };
        assert_eq!(ids(None, 3), ["3.0", "3.1", "6.0"]);
        assert_eq!(ids(Some(NoticeId { seq: 6, index: 0 }), 2), ["6.1", "9.0"]);
        assert_eq!(journal.pending(None, 2).unwrap()[1].to, "其其格");

        journal.mark_delivered(&[NoticeId { seq: 3, index: 1 }, NoticeId { seq: 9, index: 0 }], 5).unwrap();
        journal.mark_delivered(&[NoticeId { seq: 9, index: 0 }], 6).unwrap();
        let left: Vec<_> =
            journal.pending(None, 99).unwrap().iter().map(|notice| notice.id.to_string()).collect();
        assert_eq!(left, ["3.0", "6.0", "6.1", "9.1", "12.0", "12.1"]);

        // A notice may be marked with its entry; all of a transaction is written, or nothing.
        let head = journal.head().unwrap();
        let next = sealed(head, 15, 15);
        let deliver = |seq, index| Delivery { id: NoticeId { seq, index }, at: 7 };
        let unknown = Changes { entries: &next, delivered: &[deliver(13, 0), deliver(13, 2)] };
        assert_eq!(journal.commit(unknown).unwrap_err().code(), "no_such_notice");
        assert_eq!(journal.head().unwrap(), head);
        journal.commit(Changes { entries: &next, delivered: &[deliver(13, 0)] }).unwrap();
        assert_eq!(journal.pending(Some(NoticeId { seq: 12, index: 1 }), 9).unwrap().len(), 1);
    });
}

#[test]
fn the_tables_can_be_asked_in_sql() {
    let folder = folder();
    let path = folder.path().join("day.qise");
    SqliteJournal::open(&path).unwrap().append(&sealed(Head::default(), 1, 12)).unwrap();
    let database = rusqlite::Connection::open(&path).unwrap();
    let asked = "SELECT json_extract(command, '$.add_need'), actor, recipient FROM entries JOIN notices USING (seq) \
                 WHERE key = 'call-6' AND delivered_at IS NULL ORDER BY idx";
    let found: (String, String, String) =
        database.query_row(asked, (), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    assert_eq!(found, ("water-6".into(), "服务台-2".into(), "bat".into()));
    for write in ["UPDATE entries SET actor = 'x'", "DELETE FROM entries", "DELETE FROM notices"] {
        assert!(database.execute(write, ()).unwrap_err().to_string().contains("are never"), "{write}");
    }
}
