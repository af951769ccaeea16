//! A file whose last writes did not all reach the disk: the log of `SQLite` is cut anywhere.

use std::fs;

use qise_journal::testing::Dice;
use qise_journal::{Head, Journal, SqliteJournal};

use crate::support::{all, folder, sealed, times};

#[test]
fn a_log_cut_anywhere_gives_a_prefix_with_all_that_was_synced() {
    let folder = folder();
    let path = folder.path().join("day.qise");
    let log = folder.path().join("day.qise-wal");
    let mut journal = SqliteJournal::open(&path).unwrap();
    let written = sealed(Head::default(), 1, 60);
    // The length of the log after each commit: what is cut behind it was not in that commit.
    let mut synced = vec![(fs::metadata(&log).unwrap().len(), 0)];
    for batch in written.chunks(4) {
        journal.append(batch).unwrap();
        synced.push((fs::metadata(&log).unwrap().len(), batch[batch.len() - 1].seq));
    }
    let (database, log) = (fs::read(&path).unwrap(), fs::read(&log).unwrap());
    let mut dice = Dice::new(7);
    for round in 0..times("QISE_JOURNAL_TORN", 100) {
        let start = synced[0].0 as usize;
        let cut = start + dice.below(log.len() - start + 1);
        let mut torn = log[..cut].to_vec();
        // The file may have its length before it has its content.
        if dice.chance(500) {
            let rubbish = dice.below(3000);
            torn.extend((0..rubbish).map(|_| dice.roll() as u8));
        }
        let copy = folder.path().join(format!("copy-{round}.qise"));
        fs::write(&copy, &database).unwrap();
        fs::write(folder.path().join(format!("copy-{round}.qise-wal")), torn).unwrap();

        let mut opened = SqliteJournal::open(&copy).unwrap();
        let found = all(&opened);
        let least =
            synced.iter().filter(|(length, _)| *length <= cut as u64).map(|(_, seq)| *seq).max().unwrap();
        assert_eq!(found.len() as u64, least, "cut at {cut}");
        assert_eq!(found, written[..found.len()]);
        assert!(opened.verify(&[]).unwrap().is_sound());
        opened.append(&sealed(opened.head().unwrap(), 100, 101)).unwrap();
    }
}
