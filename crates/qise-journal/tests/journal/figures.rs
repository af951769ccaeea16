//! How fast it is on this disk. Nothing is asserted but that it works.

use std::collections::VecDeque;
use std::io::{Write, stdout};
use std::thread;
use std::time::{Duration, Instant};

use qise_journal::{Committer, Journal, Settings, SqliteJournal};

use crate::support::{draft, folder, sealed, times};

const PRODUCERS: u64 = 8;
const UNDER_WAY: usize = 16;

#[test]
fn figures() {
    let (folder, mut times_taken) = (folder(), Vec::new());
    let mut journal = SqliteJournal::open(folder.path().join("single.qise")).unwrap();
    for n in 1..=200 {
        let entries = sealed(journal.head().unwrap(), n, n);
        let start = Instant::now();
        journal.append(&entries).unwrap();
        times_taken.push(start.elapsed());
    }
    times_taken.sort();
    let [p50, p99] = [50, 99].map(|percent| times_taken[times_taken.len() * percent / 100]);
    drop(journal);

    let each = times("QISE_JOURNAL_EACH", 500);
    let journal = SqliteJournal::open(folder.path().join("group.qise")).unwrap();
    let committer = Committer::start(journal, Settings::default()).unwrap();
    let start = Instant::now();
    thread::scope(|scope| {
        for producer in 0..PRODUCERS {
            let committer = &committer;
            scope.spawn(move || {
                let mut waiting = VecDeque::new();
                for n in 0..each {
                    waiting.push_back(committer.append(draft(producer * each + n)).unwrap());
                    if waiting.len() == UNDER_WAY {
                        let oldest = waiting.pop_front().expect("it is full");
                        assert!(committer.wait_durable(oldest, Duration::from_mins(1)).unwrap());
                    }
                }
            });
        }
    });
    let count = PRODUCERS * each;
    assert!(committer.wait_durable(count, Duration::from_mins(1)).unwrap());
    let taken = start.elapsed();
    let rate = count as f64 / taken.as_secs_f64();

    let journal = committer.into_journal().unwrap();
    let start = Instant::now();
    let report = journal.verify(&[]).unwrap();
    let walked = report.entries as f64 / start.elapsed().as_secs_f64();
    assert!(report.is_sound() && report.entries == count);

    // Past the harness, which keeps the output of tests that pass.
    let mut out = stdout().lock();
    writeln!(out, "SQLite {}: single appends p50 {p50:.1?}, p99 {p99:.1?}", SqliteJournal::sqlite_version())
        .unwrap();
    writeln!(
        out,
        "{PRODUCERS} producers with {UNDER_WAY} under way: {rate:.0} entries/s; verify {walked:.0}/s"
    )
    .unwrap();
}
