//! Group commits under many threads, and what happens when something fails.

use std::ops::RangeInclusive;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use qise_journal::testing::{Disk, Faults, FaultyJournal, Flaw};
use qise_journal::{Committer, Journal, MemoryJournal, Settings, SqliteJournal};

use crate::support::{all, draft, folder, sealed};

const LONG: Duration = Duration::from_mins(1);

fn started(settings: Settings) -> Committer {
    Committer::start(MemoryJournal::default(), settings).unwrap()
}

/// Settings under which the thread stops after each commit until it is told to go on.
fn held(settings: Settings) -> (Settings, Receiver<RangeInclusive<u64>>, Sender<()>) {
    let ((said, hear), (go, wait)) = (mpsc::channel(), mpsc::channel());
    let settings = settings.on_durable(move |range| {
        // When nobody is there any more, it goes on.
        if said.send(range).is_ok() {
            let _ = wait.recv();
        }
    });
    (settings, hear, go)
}

#[test]
fn eight_threads_get_one_order() {
    let folder = folder();
    let ranges = Arc::new(Mutex::new(Vec::new()));
    let seen = ranges.clone();
    let settings = Settings::default().queue(64).on_durable(move |range| seen.lock().unwrap().push(range));
    let journal = SqliteJournal::open(folder.path().join("day.qise")).unwrap();
    let committer = Committer::start(journal, settings).unwrap();
    let written: Vec<(u64, u64)> = thread::scope(|scope| {
        let write = |producer: u64| {
            let committer = &committer;
            move || {
                let (mut seen, mut written) = (0, Vec::new());
                for n in 0..100 {
                    let n = producer * 1000 + n;
                    let seq = committer.append(draft(n)).unwrap();
                    written.push((seq, n));
                    if n.is_multiple_of(10) {
                        assert!(committer.wait_durable(seq, LONG).unwrap());
                        assert!(committer.durable() >= seq);
                    }
                    let durable = committer.durable();
                    assert!(durable >= seen, "it goes back from {seen} to {durable}");
                    seen = durable;
                }
                assert!(written.is_sorted());
                written
            }
        };
        let threads: Vec<_> = (0..8).map(|producer| scope.spawn(write(producer))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(committer.last_seq(), 800);
    let journal = committer.into_journal().unwrap();
    let entries = all(&*journal);
    assert_eq!(entries.len(), 800);
    for (seq, n) in written {
        assert_eq!(entries[seq as usize - 1].command, draft(n).command);
    }
    assert!(journal.verify(&[]).unwrap().is_sound());
    // What was called after each sync tells of each entry once, in order.
    let ranges = ranges.lock().unwrap();
    assert_eq!(ranges.iter().cloned().flatten().collect::<Vec<_>>(), (1..=800).collect::<Vec<_>>());
    assert!(ranges.len() < 400, "{} commits are no groups", ranges.len());
}

#[test]
fn what_waits_is_committed_together() {
    let (settings, hear, go) = held(Settings::default().batch(5));
    let committer = started(settings);
    committer.append(draft(1)).unwrap();
    assert_eq!(hear.recv().unwrap(), 1..=1);
    for n in 2..=9 {
        committer.append(draft(n)).unwrap();
    }
    assert_eq!((committer.last_seq(), committer.durable()), (9, 1));
    assert!(!committer.wait_durable(9, Duration::from_millis(5)).unwrap());
    go.send(()).unwrap();
    assert_eq!(hear.recv().unwrap(), 2..=6);
    go.send(()).unwrap();
    assert_eq!(hear.recv().unwrap(), 7..=9);
    drop((hear, go));
    assert!(committer.wait_durable(9, LONG).unwrap());
}

#[test]
fn a_full_queue_holds_back() {
    let (settings, hear, go) = held(Settings::default().queue(3));
    let committer = started(settings);
    committer.append(draft(1)).unwrap();
    hear.recv().unwrap();
    for n in 2..=4 {
        committer.try_append(draft(n)).unwrap();
    }
    assert_eq!(committer.try_append(draft(5)).unwrap_err().code(), "queue_full");
    thread::scope(|scope| {
        let waits = scope.spawn(|| committer.append(draft(5)).unwrap());
        drop((hear, go));
        assert_eq!(waits.join().unwrap(), 5);
    });
    assert!(committer.wait_durable(5, LONG).unwrap());
}

#[test]
fn keys_are_known_before_they_are_durable() {
    let (settings, hear, go) = held(Settings::default());
    let committer = started(settings);
    committer.append(draft(2)).unwrap();
    hear.recv().unwrap();
    committer.append(draft(4)).unwrap();
    let known = committer.find_key("call-4").unwrap().expect("it waits");
    assert_eq!((known.seq, known.answer(draft(4).payload_hash).unwrap()), (2, &draft(4).outcome[..]));
    // Refused, as its number is not given away.
    assert_eq!(committer.append(draft(4)).unwrap_err().code(), "duplicate_key");
    let mut binary = draft(6);
    binary.command = vec![0xff];
    assert_eq!(committer.append(binary).unwrap_err().code(), "not_text");
    assert_eq!(committer.append(draft(6)).unwrap(), 3);
    drop((hear, go));
    assert!(committer.wait_durable(3, LONG).unwrap());
    assert_eq!(committer.find_key("call-4").unwrap().unwrap().seq, 2);
    assert_eq!(committer.find_key("call-5").unwrap(), None);

    // One that is in the journal already cannot be taken back.
    committer.append(draft(4)).unwrap();
    let error = committer.wait_durable(4, LONG).unwrap_err();
    assert_eq!((error.code(), committer.durable()), ("poisoned", 3));
    assert!(error.text_zh().contains("键“call-4”已属于第 2 条记录"), "{}", error.text_zh());
}

#[test]
fn closing_writes_what_waits() {
    for drops in [false, true] {
        let folder = folder();
        let path = folder.path().join("day.qise");
        let committer = Committer::start(SqliteJournal::open(&path).unwrap(), Settings::default()).unwrap();
        for n in 1..=50 {
            committer.append(draft(n)).unwrap();
        }
        if drops {
            drop(committer);
        } else {
            committer.close().unwrap();
            committer.close().unwrap();
            assert_eq!(committer.durable(), 50);
            assert_eq!(committer.append(draft(51)).unwrap_err().code(), "closed");
            assert_eq!(committer.wait_durable(51, LONG).unwrap_err().code(), "closed");
            assert_eq!(committer.put_snapshot(1, 1, vec![]).unwrap_err().code(), "closed");
            assert_eq!(committer.into_journal().err().unwrap().code(), "closed");
        }
        let journal = SqliteJournal::open(&path).unwrap();
        assert_eq!(all(&journal), sealed(qise_journal::Head::default(), 1, 50));
    }
}

#[test]
fn a_snapshot_comes_after_what_was_appended() {
    let committer = started(Settings::default());
    for n in 1..=20 {
        committer.append(draft(n)).unwrap();
    }
    committer.put_snapshot(20, 1, b"state".to_vec()).unwrap();
    assert_eq!(committer.durable(), 20);
    assert_eq!(committer.put_snapshot(21, 1, vec![]).unwrap_err().code(), "no_such_entry");
    assert_eq!(committer.latest_snapshot().unwrap().unwrap().of.seq, 20);
    assert_eq!(committer.append(draft(21)).unwrap(), 21, "that was no failure");
}

#[test]
fn a_failed_sync_ends_it() {
    let faults = Faults { failed_sync: 1000, ..Faults::default() };
    for snapshot in [false, true] {
        let disk = Disk::new(1, faults);
        let committer =
            Committer::start(FaultyJournal::open(&disk, Flaw::None).unwrap(), Settings::default()).unwrap();
        if snapshot {
            assert_eq!(committer.put_snapshot(0, 1, vec![]).unwrap_err().code(), "storage");
        } else {
            committer.append(draft(1)).unwrap();
            assert_eq!(committer.wait_durable(1, LONG).unwrap_err().code(), "poisoned");
        }
        let outbox = committer.outbox();
        let codes = [
            committer.append(draft(2)).unwrap_err(),
            committer.try_append(draft(2)).unwrap_err(),
            committer.wait_durable(1, LONG).unwrap_err(),
            committer.find_key("call-9").unwrap_err(),
            committer.put_snapshot(0, 1, vec![]).unwrap_err(),
            committer.latest_snapshot().unwrap_err(),
            outbox.pending(None, 1).unwrap_err(),
            outbox.wait(None, 1, LONG).unwrap_err(),
            committer.close().unwrap_err(),
        ]
        .map(|error| error.code());
        assert_eq!(codes, ["poisoned"; 9]);
        assert_eq!(committer.durable(), 0);
    }
}

#[test]
fn a_function_that_panics_or_waits_for_itself() {
    let committer = started(Settings::default().on_durable(|_| panic!("as the test wants")));
    committer.append(draft(1)).unwrap();
    assert!(committer.wait_durable(1, LONG).unwrap(), "it was written before");
    assert_eq!(committer.close().unwrap_err().code(), "panicked");
    assert_eq!(committer.append(draft(2)).unwrap_err().code(), "panicked");

    let cell: Arc<Mutex<Option<Arc<Committer>>>> = Arc::default();
    let (tell, hear) = mpsc::channel();
    let inner = cell.clone();
    let settings = Settings::default().queue(1).on_durable(move |range| {
        let Some(committer) = inner.lock().unwrap().clone() else { return };
        if *range.start() > 1 {
            return;
        }
        // There is room for one; for the second it would have to wait.
        tell.send(committer.append(draft(2)).map_err(|error| error.code())).unwrap();
        tell.send(committer.append(draft(3)).map_err(|error| error.code())).unwrap();
        tell.send(committer.ask(|_| 0).map_err(|error| error.code())).unwrap();
        tell.send(committer.close().map(|()| 0).map_err(|error| error.code())).unwrap();
    });
    let committer = Arc::new(started(settings));
    *cell.lock().unwrap() = Some(committer.clone());
    committer.append(draft(1)).unwrap();
    let said: Vec<_> = (0..4).map(|_| hear.recv_timeout(LONG).unwrap()).collect();
    assert_eq!(said, [Ok(2), Err("queue_full"), Err("waits_for_itself"), Err("waits_for_itself")]);
    *cell.lock().unwrap() = None;
    committer.close().unwrap();
    assert_eq!(committer.durable(), 2);
}
