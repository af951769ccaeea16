//! Notices leave after the sync, and come again until they are marked.

use std::time::Duration;

use qise_journal::{Committer, NoticeId, Settings, SqliteJournal};

use crate::support::{draft, folder};

const LONG: Duration = Duration::from_mins(1);

fn ids(notices: &[qise_journal::Notice]) -> Vec<String> {
    notices.iter().map(|notice| notice.id.to_string()).collect()
}

#[test]
fn what_was_not_marked_comes_again_in_the_next_life() {
    let folder = folder();
    let path = folder.path().join("day.qise");
    let committer = Committer::start(SqliteJournal::open(&path).unwrap(), Settings::default()).unwrap();
    let outbox = committer.outbox();
    for n in 1..=6 {
        committer.append(draft(n)).unwrap();
    }
    let handed = outbox.wait(None, 3, LONG).unwrap();
    assert!(!handed.is_empty());
    assert_eq!(ids(&outbox.pending(None, 9).unwrap()), ["3.0", "3.1", "6.0", "6.1"]);
    outbox.mark_delivered(&[NoticeId { seq: 3, index: 0 }, NoticeId { seq: 6, index: 0 }], 9).unwrap();
    outbox.mark_delivered(&[], 9).unwrap();
    assert_eq!(ids(&outbox.pending(None, 9).unwrap()), ["3.1", "6.1"]);
    // One that cannot be delivered does not hold up the others.
    assert_eq!(ids(&outbox.pending(Some(NoticeId { seq: 3, index: 1 }), 9).unwrap()), ["6.1"]);
    drop(committer);
    assert_eq!(outbox.pending(None, 9).unwrap_err().code(), "closed");

    let committer = Committer::start(SqliteJournal::open(&path).unwrap(), Settings::default()).unwrap();
    assert_eq!(ids(&committer.outbox().wait(None, 9, LONG).unwrap()), ["3.1", "6.1"]);
}

#[test]
fn waiting_ends_with_a_notice_or_with_time() {
    let committer = Committer::start(qise_journal::MemoryJournal::default(), Settings::default()).unwrap();
    let outbox = committer.outbox();
    assert!(outbox.wait(None, 9, Duration::from_millis(5)).unwrap().is_empty());
    std::thread::scope(|scope| {
        let waits = scope.spawn(|| outbox.wait(None, 9, LONG).unwrap());
        for n in 1..=3 {
            committer.append(draft(n)).unwrap();
        }
        assert_eq!(ids(&waits.join().unwrap()), ["3.0", "3.1"]);
    });
    // What was handed out waits; nothing new does.
    let last = Some(NoticeId { seq: 3, index: 1 });
    assert!(outbox.wait(last, 9, Duration::from_millis(5)).unwrap().is_empty());
    let waited = std::thread::scope(|scope| {
        let waits = scope.spawn(|| outbox.wait(last, 9, LONG));
        committer.close().unwrap();
        waits.join().unwrap()
    });
    assert_eq!(waited.unwrap_err().code(), "closed");
}

#[test]
fn a_mark_of_what_is_not_there_poisons() {
    let committer = Committer::start(qise_journal::MemoryJournal::default(), Settings::default()).unwrap();
    committer.outbox().mark_delivered(&[NoticeId { seq: 1, index: 0 }], 1).unwrap();
    let error = committer.ask(|journal| journal.head()).unwrap_err();
    assert_eq!(error.code(), "poisoned");
    assert!(error.text().contains("there is no notice 1.0"));
}
