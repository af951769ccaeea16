//! A service under load: `cargo run --release -p qise-dispatch --example load -- NEEDS PEOPLE EVENTS` (10,000, 58,000 and 100,000 are the
//! League; without numbers it is a small day).
//!
//! With a journal of `SQLite` in the present folder: what each kind of command costs until it is decided, with snapshots taken beside it;
//! how many commands a second become durable with eight threads of which each has sixteen under way; memory; and how long it takes to
//! open the journal with a snapshot and without one.
#![allow(clippy::print_stdout, reason = "its output is what it is for")]

use std::collections::{BTreeMap, VecDeque};
use std::error::Error;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use qise::Problem;
use qise::model::Time;
use qise_dispatch::{Answer, Command, Dispatch, Question, Reader, Settings, Start, Submit};
use qise_io::datum::Datum;
use qise_io::generate::{GenerateOptions, generate};
use qise_io::time::Zone;
use qise_io::{read_scenario, write_scenario};
use qise_journal::{Journal, SqliteJournal};
use qise_lifecycle::{CancelReason, DeclineReason};
use serde_json::{Value, json};

type Failed = Box<dyn Error>;

/// The morning of the generated day.
const MORNING: i64 = 1_795_485_600;
const THREADS: usize = 8;
const UNDER_WAY: usize = 16;

fn main() -> Result<(), Failed> {
    let mut args = std::env::args().skip(1).map(|arg| arg.parse::<usize>());
    let mut number = |else_it_is| args.next().transpose().map(|given| given.unwrap_or(else_it_is));
    let (needs, volunteers, events) = (number(200)?, number(1_200)?, number(3_000)? as u64);
    let options = GenerateOptions { needs, volunteers, crews_percent: 10, ..GenerateOptions::default() };
    let problem = Problem::new(generate(&options)?)?;
    let text = write_scenario(&problem, &Zone::parse("Asia/Shanghai").ok_or("no such zone")?);
    let start = Start::new(read_scenario(text.as_bytes())?, Datum::Wgs84);
    let models = models(&text)?;
    let people = problem.volunteers().iter().map(|who| who.key.clone()).collect::<Vec<_>>();
    drop((problem, text));

    let folder = tempfile::tempdir_in(".")?;
    let path = folder.path().join("load.qise");
    let settings = || Settings::default().snapshot_every((events / 10).max(100));
    let begun = Instant::now();
    let live = Dispatch::open(SqliteJournal::open(&path)?, Some(start), settings())?;
    println!("begun in {:.1} s, {} MB", begun.elapsed().as_secs_f64(), memory(&live)?);
    let mut desk = Desk::new(&live, &models, &people);
    let mut told = 0;
    while live.reader().as_of()? < events {
        desk.round()?;
        let part = live.reader().as_of()? * 5 / events;
        if part > told {
            told = part;
            println!("{} entries: {} MB", live.reader().as_of()?, memory(&live)?);
        }
    }
    let desk = desk.told();
    let seq = durable(&live, &models)?;
    while !live.wait_durable(seq, Duration::from_mins(1))? {}
    let begun = Instant::now();
    live.close()?;
    println!("closed in {:.1} s", begun.elapsed().as_secs_f64());
    drop(live);

    let (with, entries) = opened(&path, settings())?;
    // A snapshot that nobody knows the format of is passed over.
    SqliteJournal::open(&path)?.put_snapshot(entries, 0, b"")?;
    let (without, _) = opened(&path, settings().snapshot_every(0))?;
    println!(
        "{entries} entries opened in {with:.1} s with a snapshot, in {without:.1} s without; {desk} commands"
    );
    Ok(())
}

/// How long it takes to open a journal, and how many entries it has.
fn opened(path: &Path, settings: Settings) -> Result<(f64, u64), Failed> {
    let begun = Instant::now();
    let live = Dispatch::open(SqliteJournal::open(path)?, None, settings)?;
    Ok((begun.elapsed().as_secs_f64(), live.reader().as_of()?))
}

/// Somebody who does all that is done in a day, one after the other, and takes the time.
struct Desk<'d> {
    live: &'d Dispatch,
    reader: Reader,
    models: &'d [Value],
    people: &'d [String],
    number: usize,
    spent: BTreeMap<&'static str, Vec<Duration>>,
}

impl<'d> Desk<'d> {
    fn new(live: &'d Dispatch, models: &'d [Value], people: &'d [String]) -> Self {
        Self { live, reader: live.reader(), models, people, number: 0, spent: BTreeMap::new() }
    }

    fn timed(&mut self, word: &'static str, command: Command) -> Option<Answer> {
        // A working day of eight hours, however many calls there are.
        let at = Time(MORNING + (self.number % 28_800) as i64 / 8);
        let submit = Submit::new(at, command).keyed(format!("{word}-{}-{}", self.number, self.spent.len()));
        let begun = Instant::now();
        let answer = self.live.submit(&submit);
        let kind = if answer.is_ok() { word } else { "refused" };
        self.spent.entry(kind).or_default().push(begun.elapsed());
        answer.ok()
    }

    /// A need from first to last, or as far as it goes.
    fn round(&mut self) -> Result<(), Failed> {
        self.number += 1;
        let n = self.number;
        let need = format!("call-{n}");
        if self.timed("add_need", Command::AddNeed { need: another(self.models, n) }).is_none() {
            return Ok(());
        }
        let begun = Instant::now();
        let ranked = self.reader.ask(&Question::Rank { need: need.clone(), best: 10 })?;
        self.spent.entry("(rank)").or_default().push(begun.elapsed());
        if n.is_multiple_of(6) {
            let mut changed = another(self.models, n);
            changed["priority"] = json!(7);
            self.timed("change_need", Command::ChangeNeed { need: changed });
        }
        let offers = ranked["offers"].as_array().map_or(&[][..], Vec::as_slice);
        let people = offers.iter().filter_map(|offer| offer["visits"][0]["volunteer"].as_str());
        for (k, who) in people.take(2).enumerate() {
            let who = who.to_owned();
            self.timed("position", Command::Position { who: who.clone(), lat: 38.85, lon: 105.7 });
            let offer = Command::Offer { need: need.clone(), who: who.clone(), role: 0, expires_s: 600 };
            let Some(offer) = self.timed("offer", offer).and_then(|answer| answer.outcome.offer()) else {
                continue;
            };
            if k == 0 && n.is_multiple_of(3) {
                self.timed("decline", Command::Decline { offer, reason: DeclineReason::Busy });
                continue;
            }
            if self.timed("accept", Command::Accept { offer }).is_none() {
                continue;
            }
            if n.is_multiple_of(5) {
                self.timed("withdraw", Command::Withdraw { need: need.clone(), who });
                continue;
            }
            let stop = 0;
            self.timed("depart", Command::Depart { need: need.clone(), who: who.clone(), stop });
            self.timed("arrive", Command::Arrive { need: need.clone(), who: who.clone(), stop });
            self.timed("done", Command::Done { need: need.clone(), who, stop });
            break;
        }
        if n.is_multiple_of(5) {
            self.timed("cancel_need", Command::CancelNeed { need, reason: CancelReason::NoLongerNeeded });
        }
        if n.is_multiple_of(20) {
            self.duty();
        }
        self.timed("tick", Command::Tick {});
        Ok(())
    }

    fn duty(&mut self) {
        let who = self.people[self.number % self.people.len()].clone();
        self.timed("off_duty", Command::OffDuty { who: who.clone() });
        let (from, until) = ("2026-11-24T20:00".to_owned(), "2026-11-24T21:00".to_owned());
        self.timed("on_duty", Command::OnDuty { who, from, until, lat: None, lon: None });
    }

    /// What it took, by kind; how many commands there were.
    fn told(mut self) -> usize {
        let (mut all, mut count) = (Vec::new(), 0);
        for (word, times) in &mut self.spent {
            tell(word, times);
            if *word != "(rank)" {
                all.extend_from_slice(times);
                count += times.len();
            }
        }
        tell("all commands", &mut all);
        let status = self.reader.ask(&Question::Status {}).unwrap_or_default();
        let memory = status["memory"].as_u64().unwrap_or(0) >> 20;
        println!("{} entries, {} rebuilds, {memory} MB", status["as_of"], status["rebuilds"]);
        count
    }
}

fn tell(word: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let part = |permille: usize| times[(times.len() - 1) * permille / 1000].as_secs_f64() * 1e3;
    let (p50, p99, worst) = (part(500), part(990), part(1000));
    println!("{word:12} {:6} times: p50 {p50:.3} ms, p99 {p99:.3} ms, worst {worst:.3} ms", times.len());
}

/// The needs of one person and one stop of a scenario, as documents.
fn models(scenario: &str) -> Result<Vec<Value>, Failed> {
    let mut document: Value = serde_json::from_str(scenario)?;
    let needs = document["needs"].as_array_mut().map(std::mem::take).unwrap_or_default();
    let alone = |need: &Value| need["roles"].is_null() && need["stops"].is_null() && need["then"].is_null();
    Ok(needs.into_iter().filter(alone).collect())
}

/// A need like one of those there are, under another id.
fn another(models: &[Value], number: usize) -> Value {
    let mut need = models[number % models.len()].clone();
    need["id"] = json!(format!("call-{number}"));
    need["at"] = json!({
        "lat": 38.8 + (number % 97) as f64 / 970.0,
        "lon": 105.6 + (number % 89) as f64 / 890.0,
    });
    need
}

/// Many threads, each with as many commands under way as it may: the last entry.
fn durable(live: &Dispatch, models: &[Value]) -> Result<u64, Failed> {
    let rounds = 60;
    let begun = Instant::now();
    let first = live.reader().as_of()?;
    thread::scope(|scope| {
        for worker in 0..THREADS {
            scope.spawn(move || {
                let mut under_way = VecDeque::new();
                for n in 0..rounds * UNDER_WAY {
                    let number = 10_000_000 + worker * 1_000_000 + n;
                    let command = Command::AddNeed { need: another(models, number) };
                    let submit = Submit::new(Time(MORNING + 3_600), command).keyed(format!("k-{number}"));
                    under_way.extend(live.submit(&submit).map(|answer| answer.seq));
                    while under_way.len() >= UNDER_WAY
                        || (n + 1 == rounds * UNDER_WAY && !under_way.is_empty())
                    {
                        let seq = under_way.pop_front().unwrap_or(0);
                        while !live.wait_durable(seq, Duration::from_mins(1)).unwrap_or(true) {}
                    }
                }
            });
        }
    });
    let (count, seconds) = (live.reader().as_of()? - first, begun.elapsed().as_secs_f64());
    println!(
        "{count} durable commands of {THREADS} threads with {UNDER_WAY} under way: {:.0} a second",
        count as f64 / seconds
    );
    Ok(live.reader().as_of()?)
}

/// The memory of the service in megabytes.
fn memory(live: &Dispatch) -> Result<u64, Failed> {
    let status = live.reader().ask(&Question::Status {})?;
    Ok(status["memory"].as_u64().unwrap_or(0) >> 20)
}
