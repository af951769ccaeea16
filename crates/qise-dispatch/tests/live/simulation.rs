//! Many lives of the whole service on a disk that fails, with clients that lose answers, repeat and overtake each other. Each run
//! follows from its seed.
//!
//! Between two lives the power goes. What is recovered must be a prefix that holds all that was acknowledged and every notice that was
//! handed out; what comes again by its key does nothing twice.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use qise::model::Time;
use qise_dispatch::{Command, Dispatch, Question, Refusal, Settings, Start, Submit, replayed};
use qise_journal::testing::{Dice, Disk, Faults, FaultyJournal, Flaw};
use qise_journal::{Entry, Journal, MemoryJournal, Notice, NoticeId, entries};

use crate::support::{morning, need};

static MORNING: LazyLock<Start> = LazyLock::new(morning);
const PEOPLE: [&str; 4] = ["bat", "saran", "qimuge", "narin"];
const STEPS: usize = 7;

/// What must hold does not.
type Broken = String;

macro_rules! must {
    ($holds:expr, $($what:tt)+) => {
        if !$holds {
            return Err(format!($($what)+));
        }
    };
}

/// A client that sees one need through: asked for, offered, accepted, left for, there, done, rated.
struct Work {
    number: usize,
    who: usize,
    /// The entry of each step that was answered; refused ones have none.
    answered: Vec<Option<u64>>,
    offer: u32,
    is_over: bool,
}

impl Work {
    fn new(number: usize, dice: &mut Dice) -> Self {
        Self { number, who: dice.below(4), answered: Vec::new(), offer: 0, is_over: false }
    }

    fn need(&self) -> String {
        format!("call-{}", self.number)
    }

    fn key(&self, step: usize) -> String {
        format!("{}-{step}", self.number)
    }

    fn command(&self, step: usize) -> Command {
        let (need_id, who, stop) = (self.need(), PEOPLE[self.who].to_owned(), 0);
        match step {
            0 => {
                let need = need(&need_id, "2026-11-24T08:00", "2026-11-24T17:00");
                Command::AddNeed { need }
            }
            1 => Command::Offer { need: need_id, who, role: 0, expires_s: 7200 },
            2 => Command::Accept { offer: self.offer },
            3 => Command::Depart { need: need_id, who, stop },
            4 => Command::Arrive { need: need_id, who, stop },
            5 => Command::Done { need: need_id, who, stop },
            _ => Command::Rate { need: need_id, stars: 4, text: None },
        }
    }

    fn submit(&self, step: usize, at: Time) -> Submit {
        Submit::new(at, self.command(step)).keyed(self.key(step))
    }

    /// What was answered after the last acknowledged entry may be lost: it is said again.
    fn forget_after(&mut self, acknowledged: u64) {
        let known = self.answered.iter().take_while(|seq| seq.is_none_or(|seq| seq <= acknowledged)).count();
        if known < self.answered.len() {
            self.is_over = false;
            self.answered.truncate(known);
        }
    }
}

/// What the world outside knows.
#[derive(Default)]
struct World {
    works: Vec<Work>,
    acknowledged: u64,
    /// What was found in the journal when it was last opened: durable since then.
    found: Vec<Entry>,
    /// The entry and the outcome of each key that was acknowledged.
    known: BTreeMap<String, (u64, serde_json::Value)>,
    /// Answers that are not acknowledged yet.
    waiting: BTreeMap<String, (u64, serde_json::Value)>,
    handed: BTreeMap<NoticeId, Notice>,
    seconds: i64,
}

/// How much happened, so that a simulation in which nothing happens is noticed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Tally {
    lives: u64,
    failed: u64,
    repeated: u64,
    lost_answers: u64,
    lost_entries: u64,
    handed: u64,
    finished: u64,
    snapshots: u64,
}

fn words(refusal: &Refusal) -> Broken {
    refusal.to_string()
}

/// Whether an error tells that the journal is gone.
fn is_failure(refusal: &Refusal) -> bool {
    matches!(refusal.code, "poisoned" | "storage" | "journal_failed" | "closed")
}

impl World {
    /// What a journal must hold that was opened after a crash.
    fn check(&mut self, journal: &FaultyJournal, tally: &mut Tally) -> Result<(), Broken> {
        must!(journal.verify(&[]).is_ok_and(|report| report.is_sound()), "the chain is broken");
        let all =
            entries(journal, 0, u64::MAX).collect::<Result<Vec<_>, _>>().map_err(|error| error.text())?;
        let length = all.len() as u64;
        must!(length >= self.acknowledged, "{length} are left of {} acknowledged", self.acknowledged);
        must!(all.starts_with(&self.found), "what was recovered before is another");
        let keyed = |entry: &Entry| Some((entry.key.clone()?, entry.seq));
        let keys = all.iter().filter_map(keyed).collect::<BTreeMap<_, _>>();
        must!(keys.len() == all.iter().filter_map(keyed).count(), "a key is there twice");
        for (key, (seq, outcome)) in &self.known {
            must!(keys.get(key) == Some(seq), "the key {key} of entry {seq} is at {:?}", keys.get(key));
            let kept = serde_json::from_slice::<serde_json::Value>(&all[*seq as usize - 1].outcome);
            must!(kept.is_ok_and(|kept| kept == *outcome), "the outcome of {key} is another");
        }
        for (id, notice) in &self.handed {
            let kept = all.get(id.seq as usize - 1).and_then(|entry| entry.notices.get(id.index as usize));
            must!(kept == Some(notice), "notice {id} was handed out too early");
        }
        tally.snapshots += u64::from(journal.latest_snapshot().is_ok_and(|found| found.is_some()));
        tally.lost_entries += self.waiting.values().filter(|(seq, _)| *seq > length).count() as u64;
        self.acknowledged = length;
        self.found = all;
        self.waiting.clear();
        Ok(())
    }

    /// The state that was recovered is that of all entries folded.
    fn check_state(&self, live: &Dispatch) -> Result<(), Broken> {
        let mut folded = MemoryJournal::default();
        folded.append(&self.found).map_err(|error| error.text())?;
        let Some(mut engine) = replayed(&folded, None, u64::MAX).map_err(|error| words(&error))? else {
            return Ok(());
        };
        let mut questions = vec![Question::Plan {}, Question::Status {}];
        questions.extend(PEOPLE.iter().map(|who| Question::Person { who: (*who).into() }));
        questions.extend(self.works.iter().map(|work| Question::Audit { need: work.need() }));
        for question in questions {
            let (told, expected) = (live.reader().ask(&question), engine.ask(&question));
            let same = match (told, expected) {
                (Ok(mut told), Ok(expected)) => {
                    if let (Question::Status {}, Some(told)) = (&question, told.as_object_mut()) {
                        for moving in ["durable", "memory"] {
                            told.remove(moving);
                        }
                    }
                    told == expected
                }
                (told, expected) => told == expected,
            };
            must!(same, "{question:?} is answered otherwise than by the entries");
        }
        Ok(())
    }

    /// Does something at random; false when the journal has failed.
    fn act(&mut self, live: &Dispatch, dice: &mut Dice, tally: &mut Tally) -> Result<bool, Broken> {
        self.seconds += dice.below(20) as i64 - 3;
        let at = Time(1_795_456_800 + self.seconds);
        let w = dice.below(self.works.len());
        match dice.below(20) {
            0..=11 => {
                let step = self.works[w].answered.len();
                if self.works[w].is_over || step >= STEPS {
                    return Ok(true);
                }
                let submit = self.works[w].submit(step, at);
                match live.submit(&submit) {
                    Ok(_) if dice.chance(200) => tally.lost_answers += 1,
                    Ok(answer) => {
                        tally.repeated += u64::from(answer.is_repeated);
                        let work = &mut self.works[w];
                        work.answered.push(Some(answer.seq));
                        work.offer = answer.outcome.offer().unwrap_or(work.offer);
                        work.is_over = answer.outcome.code() == "filled" || step + 1 == STEPS;
                        tally.finished += u64::from(step + 1 == STEPS);
                        let outcome = serde_json::to_value(&answer.outcome).unwrap_or_default();
                        self.waiting.insert(work.key(step), (answer.seq, outcome));
                    }
                    Err(refusal) if is_failure(&refusal) => return Ok(false),
                    Err(_) => self.works[w].is_over = true,
                }
            }
            12 | 13 => {
                // An old command comes again, late, by another way.
                let work = &self.works[w];
                let Some(step) =
                    dice.below(STEPS + 1).checked_sub(1).filter(|step| *step < work.answered.len())
                else {
                    return Ok(true);
                };
                let before = live.reader().as_of().map_err(|refusal| words(&refusal))?;
                match live.submit(&work.submit(step, at)) {
                    Ok(answer) => {
                        tally.repeated += 1;
                        let after = live.reader().as_of().map_err(|refusal| words(&refusal))?;
                        must!(
                            answer.is_repeated && Some(answer.seq) == work.answered[step] && before == after,
                            "{} was done twice: entries {:?} and {}",
                            work.key(step),
                            work.answered[step],
                            answer.seq
                        );
                    }
                    Err(refusal) if is_failure(&refusal) => return Ok(false),
                    // The number of an offer that was lost may be another now.
                    Err(refusal) => must!(refusal.code == "key_conflict" && step == 2, "{refusal}"),
                }
            }
            14..=16 => live.step(),
            _ => {
                let outbox = live.outbox();
                let Ok(notices) = outbox.pending(None, 1 + dice.below(4)) else { return Ok(false) };
                let durable = live.durable();
                for notice in notices {
                    must!(notice.id.seq <= durable, "notice {} is not durable", notice.id);
                    if dice.chance(500) {
                        let Ok(()) = outbox.mark_delivered(&[notice.id], 1) else { return Ok(false) };
                    }
                    tally.handed += 1;
                    self.handed.insert(notice.id, notice);
                }
            }
        }
        Ok(true)
    }

    /// What has become durable is acknowledged.
    fn acknowledge(&mut self, durable: u64) {
        self.acknowledged = self.acknowledged.max(durable);
        let durable = self.acknowledged;
        let done = self.waiting.extract_if(.., |_, (seq, _)| *seq <= durable);
        self.known.extend(done);
    }
}

/// Several lives.
fn run(seed: u64, flaw: Flaw, tally: &mut Tally) -> Result<(), Broken> {
    let mut dice = Dice::new(seed ^ 0xd15c);
    let rate = [0, 5, 20, 60];
    let mut pick = || rate[dice.below(rate.len())];
    let faults = Faults { torn_write: pick(), failed_sync: pick(), cut_sync: pick() };
    let disk = Disk::new(seed, faults);
    let works = (0..4).map(|number| Work::new(number, &mut dice)).collect();
    let mut world = World { works, ..World::default() };
    for _ in 0..2 + dice.below(3) {
        life(&disk, flaw, &mut world, &mut dice, tally)?;
        disk.crash();
    }
    let journal = FaultyJournal::open(&disk, flaw).map_err(|error| error.text())?;
    world.check(&journal, tally)
}

fn life(
    disk: &Disk,
    flaw: Flaw,
    world: &mut World,
    dice: &mut Dice,
    tally: &mut Tally,
) -> Result<(), Broken> {
    let journal = FaultyJournal::open(disk, flaw).map_err(|error| error.text())?;
    world.check(&journal, tally)?;
    tally.lives += 1;
    let acknowledged = world.acknowledged;
    world.works.iter_mut().for_each(|work| work.forget_after(acknowledged));
    let start = world.found.is_empty().then(|| MORNING.clone());
    let settings = Settings::default().snapshot_every(1 + dice.below(12) as u64);
    let live = match Dispatch::open_by_hand(journal, start, settings) {
        Ok(live) => live,
        Err(refusal) if is_failure(&refusal) => return Ok(()),
        Err(refusal) => return Err(words(&refusal)),
    };
    world.check_state(&live)?;
    for _ in 0..20 + dice.below(60) {
        let goes_on = world.act(&live, dice, tally)?;
        world.acknowledge(live.durable());
        if !goes_on {
            tally.failed += 1;
            let more = live.tick(Time(1_795_456_800));
            must!(more.is_err_and(|refusal| is_failure(&refusal)), "it goes on after a failure");
            return Ok(());
        }
        if dice.chance(15) {
            disk.crash();
            return Ok(());
        }
    }
    if dice.chance(400) && live.close().is_ok() {
        let last = live.reader().as_of().map_err(|refusal| words(&refusal))?;
        must!(live.wait_durable(last, Duration::ZERO).is_ok(), "it was closed");
        world.acknowledge(last);
    }
    Ok(())
}

#[test]
fn what_is_recovered_holds_all_that_was_acknowledged_and_nothing_twice() {
    let count = std::env::var("QISE_DISPATCH_SEEDS").map_or(60, |count| count.parse().expect("a number"));
    let mut tally = Tally::default();
    for seed in 0..count {
        if let Err(broken) = run(seed, Flaw::None, &mut tally) {
            panic!("seed {seed}: {broken}");
        }
    }
    let Tally { lives, failed, repeated, lost_answers, lost_entries, handed, finished, snapshots } = tally;
    for happened in [lives, failed, repeated, lost_answers, lost_entries, handed, finished, snapshots] {
        assert!(happened > count / 6, "too little happened: {tally:?}");
    }
}

#[test]
fn the_same_seed_is_the_same_run() {
    let tally = |seed| {
        let mut tally = Tally::default();
        run(seed, Flaw::None, &mut tally).map(|()| tally)
    };
    assert!((0..5).all(|seed| tally(seed) == tally(seed)));
}

#[test]
fn a_store_that_lies_is_found() {
    let found = (0..60).filter(|&seed| run(seed, Flaw::NoSync, &mut Tally::default()).is_err()).count();
    assert!(found > 3, "it was found in {found} of 60 runs");
}
