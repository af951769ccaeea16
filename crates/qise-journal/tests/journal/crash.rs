//! A process that is killed while it writes: nothing that it said to be durable is lost.

use std::io::{BufRead, BufReader, Write, stdout};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use qise_journal::testing::Dice;
use qise_journal::{Committer, Journal, Settings, SqliteJournal};

use crate::support::{all, draft, folder, sealed, times};

/// Where the child writes; without it, there is none.
const PATH: &str = "QISE_JOURNAL_CHILD";

/// The child: appends until it is killed.
#[test]
fn child() {
    let Some(path) = std::env::var_os(PATH) else { return };
    let journal = SqliteJournal::open(path).expect("the life before is over");
    let first = journal.head().unwrap().seq + 1;
    let say = |durable: u64| {
        let mut out = stdout().lock();
        writeln!(out, "durable {durable}").and_then(|()| out.flush()).expect("somebody listens");
    };
    let settings = Settings::default().on_durable(move |range| say(*range.end()));
    let committer = Committer::start(journal, settings).unwrap();
    let outbox = committer.outbox();
    for n in first.. {
        // What is the nth entry is fixed, so that the parent can tell.
        let seq = committer.append(draft(n)).unwrap();
        assert_eq!(seq, n);
        if n.is_multiple_of(16) {
            committer.wait_durable(seq, Duration::from_mins(1)).unwrap();
        }
        if n.is_multiple_of(40) {
            let ids: Vec<_> = outbox.pending(None, 8).unwrap().iter().map(|notice| notice.id).collect();
            outbox.mark_delivered(&ids, 1).unwrap();
        }
        if n.is_multiple_of(100) {
            committer.put_snapshot(seq, 1, format!("state {seq}").into_bytes()).unwrap();
        }
    }
}

#[test]
fn nothing_said_to_be_durable_is_lost() {
    let folder = folder();
    let mut dice = Dice::new(11);
    let (mut path, mut most) = (folder.path().join("day-0.qise"), 0);
    let mut written = 0;
    for round in 0..times("QISE_JOURNAL_KILLS", 20) {
        if dice.chance(250) {
            path = folder.path().join(format!("day-{round}.qise"));
            most = 0;
        }
        let before = most;
        most = most.max(killed_after(&path, Duration::from_millis(dice.below(150) as u64)));
        written += most - before;
        check(&path, most);
        most = SqliteJournal::open(&path).unwrap().head().unwrap().seq;
    }
    assert!(written > 100, "it was never killed while it wrote: {written}");
}

/// Has a child write, kills it, and gives the last entry that it said to be durable.
fn killed_after(path: &Path, time: Duration) -> u64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::child", "--nocapture"])
        .env(PATH, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap());
    let reader = thread::spawn(move || {
        let durable =
            said.lines().map_while(Result::ok).filter_map(|line| line.strip_prefix("durable ")?.parse().ok());
        durable.max().unwrap_or(0)
    });
    thread::sleep(time);
    // SIGKILL.
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success(), "it ended by itself");
    reader.join().unwrap()
}

fn check(path: &Path, durable: u64) {
    // Killed while the file was made, there may be nothing yet.
    let journal = SqliteJournal::open(path).unwrap();
    let found = all(&journal);
    assert!(found.len() as u64 >= durable, "{} are left of {durable}", found.len());
    assert_eq!(found, sealed(qise_journal::Head::default(), 1, found.len() as u64));
    let report = journal.verify(&[]).unwrap();
    assert!(report.is_sound(), "{:?}", report.damage);
    let last = found.len() as u64;
    if let Some(snapshot) = journal.latest_snapshot().unwrap() {
        assert!(snapshot.of.seq <= last);
        assert_eq!(snapshot.body, format!("state {}", snapshot.of.seq).into_bytes());
    }
    assert!(journal.pending(None, usize::MAX).unwrap().iter().all(|notice| notice.id.seq <= last));
}
