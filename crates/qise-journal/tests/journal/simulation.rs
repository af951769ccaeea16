//! Many lives of a service on a disk that fails, each following from a seed.
//!
//! Between two lives the power goes. What is recovered must be a prefix of what was appended, hold
//! all that was acknowledged, and hold the entry of each notice that was handed out.

use std::collections::{BTreeMap, BTreeSet};

use qise_journal::testing::{Dice, Disk, Faults, FaultyJournal, Flaw};
use qise_journal::{Committer, Draft, Entry, Journal, JournalError, Notice, NoticeId, Outbox, Settings};

use crate::support::{all, draft, times};

/// What the world outside knows.
#[derive(Default)]
struct World {
    /// What was appended and may still be there, in order.
    appended: Vec<Draft>,
    /// What a crash took; its clients try again.
    lost: Vec<Draft>,
    /// How many drafts there were.
    count: u64,
    /// The last entry that was acknowledged.
    acknowledged: u64,
    /// What people were told.
    handed: BTreeMap<NoticeId, Notice>,
    /// What was ever marked, in this life, and what of it is known to be durable.
    marked: BTreeSet<NoticeId>,
    marked_now: BTreeSet<NoticeId>,
    surely_marked: BTreeSet<NoticeId>,
    /// The last snapshot that was acknowledged.
    snapshot: Option<u64>,
}

/// How much happened, so that a simulation in which nothing happens is noticed.
#[derive(Debug, Default)]
struct Tally {
    lives: u64,
    poisoned: u64,
    lost: u64,
    acknowledged: u64,
    handed: u64,
}

/// What must hold does not.
type Broken = String;

macro_rules! must {
    ($holds:expr, $($what:tt)+) => {
        if !$holds {
            return Err(format!($($what)+));
        }
    };
}

impl World {
    /// What a journal must hold that was opened after a crash.
    fn check(&self, journal: &FaultyJournal) -> Result<(), Broken> {
        let entries = all(journal);
        let length = entries.len() as u64;
        must!(journal.verify(&[]).is_ok_and(|report| report.is_sound()), "the chain is broken");
        must!(length >= self.acknowledged, "{length} are left of {} acknowledged", self.acknowledged);
        must!(entries.len() <= self.appended.len(), "{length} are more than were appended");
        for (entry, draft) in entries.iter().zip(&self.appended) {
            must!(is_of(entry, draft), "entry {} is another one", entry.seq);
        }
        let notices: BTreeMap<NoticeId, &Notice> =
            entries.iter().flat_map(|entry| &entry.notices).map(|notice| (notice.id, notice)).collect();
        for (id, handed) in &self.handed {
            must!(notices.get(id) == Some(&handed), "notice {id} was handed out too early");
        }
        let pending = journal.pending(None, usize::MAX).map_err(|error| error.text())?;
        let pending: BTreeSet<NoticeId> = pending.iter().map(|notice| notice.id).collect();
        for id in notices.keys() {
            must!(pending.contains(id) || self.marked.contains(id), "notice {id} is lost");
            must!(!pending.contains(id) || !self.surely_marked.contains(id), "the mark of {id} is lost");
        }
        let snapshot = journal.latest_snapshot().map_err(|error| error.text())?;
        let of = snapshot.as_ref().map(|snapshot| snapshot.of.seq);
        must!(of >= self.snapshot, "the snapshot at {:?} is lost", self.snapshot);
        let is_body = snapshot.is_none_or(|found| found.body == found.of.seq.to_string().into_bytes());
        must!(is_body, "the snapshot is another one");
        Ok(())
    }

    fn next_draft(&mut self, dice: &mut Dice) -> Draft {
        if !self.lost.is_empty() && dice.chance(400) {
            return self.lost.swap_remove(dice.below(self.lost.len()));
        }
        self.count += 1;
        draft(self.count)
    }

    /// Does something at random.
    fn act(&mut self, committer: &Committer, outbox: &Outbox, dice: &mut Dice) -> Result<(), Stop> {
        match dice.below(20) {
            0..=8 => {
                let draft = self.next_draft(dice);
                let seq = match committer.try_append(draft.clone()) {
                    Ok(seq) => seq,
                    Err(error) => {
                        self.lost.push(draft);
                        return if error.code() == "queue_full" { Ok(()) } else { Err(error.into()) };
                    }
                };
                self.appended.push(draft);
                if seq != self.appended.len() as u64 {
                    return Err(Stop::Broken(format!("entry {seq} is not the next")));
                }
            }
            9..=12 => committer.step(),
            13 | 14 => {
                let seq = dice.below(self.appended.len() + 1) as u64;
                committer.wait_durable(seq, std::time::Duration::ZERO)?;
            }
            15 | 16 => {
                let notices = outbox.pending(None, 1 + dice.below(5))?;
                // That was answered after the marks before it.
                self.surely_marked.append(&mut self.marked_now);
                let early = notices.iter().find(|notice| notice.id.seq > committer.durable());
                if let Some(early) = early {
                    return Err(Stop::Broken(format!("notice {} is not durable", early.id)));
                }
                let ids: Vec<NoticeId> =
                    notices.iter().map(|notice| notice.id).filter(|_| dice.chance(500)).collect();
                self.handed.extend(notices.into_iter().map(|notice| (notice.id, notice)));
                self.marked.extend(&ids);
                self.marked_now.extend(&ids);
                outbox.mark_delivered(&ids, 1)?;
            }
            17 => {
                let seq = dice.below(committer.durable() as usize + 1) as u64;
                committer.put_snapshot(seq, 1, seq.to_string().into_bytes())?;
                self.surely_marked.append(&mut self.marked_now);
                self.snapshot = self.snapshot.max(Some(seq));
            }
            _ => {
                let Some(at) = dice.below(self.appended.len() + 1).checked_sub(1) else { return Ok(()) };
                let Some(key) = self.appended[at].key.clone() else { return Ok(()) };
                let known = committer.find_key(&key)?;
                if known.map(|known| (known.seq, known.outcome))
                    != Some((at as u64 + 1, self.appended[at].outcome.clone()))
                {
                    return Err(Stop::Broken(format!("the key {key} is not known")));
                }
            }
        }
        Ok(())
    }
}

/// Why a life ends early.
enum Stop {
    Failed(JournalError),
    Broken(Broken),
}

impl From<JournalError> for Stop {
    fn from(error: JournalError) -> Self {
        Self::Failed(error)
    }
}

fn is_of(entry: &Entry, draft: &Draft) -> bool {
    let notices = entry.notices.iter().map(|notice| (&notice.to, &notice.body));
    (&entry.key, &entry.command, &entry.outcome, entry.at)
        == (&draft.key, &draft.command, &draft.outcome, draft.at)
        && notices.eq(draft.notices.iter().map(|message| (&message.to, &message.body)))
}

/// Several lives.
fn run(seed: u64, flaw: Flaw, tally: &mut Tally) -> Result<(), Broken> {
    let mut dice = Dice::new(seed ^ 0x5eed);
    let rate = [0, 10, 50, 200];
    let mut pick = || rate[dice.below(rate.len())];
    let disk = Disk::new(seed, Faults { torn_write: pick(), failed_sync: pick(), cut_sync: pick() });
    let mut world = World::default();
    for _ in 0..2 + dice.below(4) {
        life(&disk, flaw, &mut world, &mut dice, tally)?;
        disk.crash();
    }
    let journal = FaultyJournal::open(&disk, flaw).map_err(|error| error.text())?;
    world.check(&journal)?;
    tally.acknowledged += world.acknowledged;
    tally.handed += world.handed.len() as u64;
    Ok(())
}

fn life(
    disk: &Disk,
    flaw: Flaw,
    world: &mut World,
    dice: &mut Dice,
    tally: &mut Tally,
) -> Result<(), Broken> {
    let journal = FaultyJournal::open(disk, flaw).map_err(|error| error.text())?;
    world.check(&journal)?;
    let length = journal.head().map_err(|error| error.text())?.seq as usize;
    tally.lives += 1;
    tally.lost += (world.appended.len() - length) as u64;
    let lost = world.appended.split_off(length);
    world.lost.extend(lost);
    // A mark of what was lost says nothing about what takes its number.
    let left = |id: &NoticeId| id.seq <= length as u64;
    world.marked.retain(left);
    world.surely_marked.retain(left);
    world.marked_now.clear();

    let settings = Settings::default().queue(1 + dice.below(20)).batch(1 + dice.below(8));
    let committer = Committer::by_hand(journal, settings).map_err(|error| error.text())?;
    let outbox = committer.outbox();
    let mut seen = committer.durable();
    for _ in 0..dice.below(60) {
        let ended = world.act(&committer, &outbox, dice);
        must!(committer.durable() >= seen, "durable goes back");
        seen = committer.durable();
        world.acknowledged = world.acknowledged.max(seen);
        must!(seen <= world.appended.len() as u64, "more is durable than was appended");
        match ended {
            Ok(()) => {}
            Err(Stop::Broken(what)) => return Err(what),
            Err(Stop::Failed(error)) => {
                tally.poisoned += 1;
                must!(matches!(error.code(), "poisoned" | "storage"), "{error}");
                for error in [committer.append(draft(1)).err(), committer.find_key("no such").err()] {
                    must!(
                        error.is_some_and(|error| error.code() == "poisoned"),
                        "it goes on after a failure"
                    );
                }
                must!(committer.durable() == seen, "durable moves after a failure");
                return Ok(());
            }
        }
        if dice.chance(20) {
            // The power goes; whatever still waits comes to nothing.
            disk.crash();
            return Ok(());
        }
    }
    if dice.chance(300) && committer.close().is_ok() {
        world.acknowledged = world.appended.len() as u64;
        world.surely_marked.append(&mut world.marked_now);
    } else {
        disk.crash();
    }
    Ok(())
}

#[test]
fn what_is_recovered_holds_all_that_was_acknowledged() {
    let mut tally = Tally::default();
    let count = times("QISE_JOURNAL_SEEDS", 2000);
    for seed in 0..count {
        if let Err(broken) = run(seed, Flaw::None, &mut tally) {
            panic!("seed {seed}: {broken}");
        }
    }
    for happened in [tally.lives, tally.poisoned, tally.lost, tally.acknowledged, tally.handed] {
        assert!(happened > count / 4, "too little happened: {tally:?}");
    }
}

#[test]
fn the_same_seed_is_the_same_run() {
    let tally = |seed| {
        let mut tally = Tally::default();
        run(seed, Flaw::None, &mut tally).map(|()| format!("{tally:?}"))
    };
    assert!((0..20).all(|seed| tally(seed) == tally(seed)));
}

#[test]
fn a_store_that_lies_is_found() {
    for flaw in [Flaw::NoSync, Flaw::Retry] {
        let found = (0..300).filter(|&seed| run(seed, flaw, &mut Tally::default()).is_err()).count();
        assert!(found > 10, "{flaw:?} was found in {found} of 300 runs");
    }
}
