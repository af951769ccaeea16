//! What commands and questions cost: `cargo run --release -p qise-dispatch --example speed -- NEEDS PEOPLE`.
//!
//! First the engine alone, one command after the other, then the service with a journal of `SQLite` under eight threads of which
//! each has sixteen commands under way.
#![allow(clippy::print_stdout, reason = "its output is what it is for")]

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use qise::Problem;
use qise::model::Time;
use qise_dispatch::{Command, Dispatch, Question, Settings, Start, Submit};
use qise_io::datum::Datum;
use qise_io::generate::{GenerateOptions, generate};
use qise_io::time::Zone;
use qise_io::{read_scenario, write_scenario};
use qise_journal::{MemoryJournal, SqliteJournal};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1).map(|arg| arg.parse::<usize>());
    let needs = args.next().transpose()?.unwrap_or(1_000);
    let volunteers = args.next().transpose()?.unwrap_or(5_800);
    let options = GenerateOptions { needs, volunteers, crews_percent: 10, ..GenerateOptions::default() };
    let problem = Problem::new(generate(&options)?)?;
    let zone = Zone::parse("Asia/Shanghai").ok_or("no such zone")?;
    let text = write_scenario(&problem, &zone);
    let start = Start::new(read_scenario(text.as_bytes())?, Datum::Wgs84);
    let document: Value = serde_json::from_str(&text)?;
    one_by_one(&start, &document)?;
    many(&start, &document)
}

/// A need like one of those there are, under another id.
fn another(document: &Value, number: usize) -> Value {
    let list = document["needs"].as_array().map_or(&[][..], Vec::as_slice);
    let alone = list.iter().filter(|need| need["roles"].is_null()).collect::<Vec<_>>();
    let mut need = alone[number % alone.len()].clone();
    need["id"] = json!(format!("call-{number}"));
    need["at"] =
        json!({ "lat": 38.8 + (number % 97) as f64 / 970.0, "lon": 105.6 + (number % 89) as f64 / 890.0 });
    need
}

fn one_by_one(start: &Start, document: &Value) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let live = Dispatch::open(MemoryJournal::default(), Some(start.clone()), Settings::default())?;
    println!("opened in {:.1} s", begun.elapsed().as_secs_f64());
    let reader = live.reader();
    let at = Time(1_795_456_800);
    let mut spent = BTreeMap::<&str, Vec<Duration>>::new();
    live.tick(at)?;
    for number in 0..2_000 {
        let mut timed = |word: &'static str, command: Command| {
            let begun = Instant::now();
            let answer = live.submit(&Submit::new(at, command));
            spent.entry(if answer.is_ok() { word } else { "refused" }).or_default().push(begun.elapsed());
            answer.ok()
        };
        timed("add_need", Command::AddNeed { need: another(document, number) });
        let need = format!("call-{number}");
        let begun = Instant::now();
        let ranked = reader.ask(&Question::Rank { need: need.clone(), best: 10 })?;
        let taken = begun.elapsed();
        if let Some(who) = ranked["offers"][0]["visits"][0]["volunteer"].as_str() {
            let who = who.to_owned();
            let offer = Command::Offer { need: need.clone(), who: who.clone(), role: 0, expires_s: 600 };
            let offer = timed("offer", offer).and_then(|answer| answer.outcome.offer());
            if let Some(offer) = offer {
                timed("accept", Command::Accept { offer });
                if number % 3 == 0 {
                    timed("withdraw", Command::Withdraw { need: need.clone(), who: who.clone() });
                }
            }
            timed("position", Command::Position { who, lat: 38.85, lon: 105.7 });
        }
        if number % 5 == 0 {
            let reason = qise_lifecycle::CancelReason::NoLongerNeeded;
            timed("cancel_need", Command::CancelNeed { need, reason });
        }
        timed("tick", Command::Tick {});
        spent.entry("ask rank").or_default().push(taken);
    }
    for (word, mut times) in spent {
        times.sort_unstable();
        let part = |permille: usize| times[(times.len() - 1) * permille / 1000].as_secs_f64() * 1e3;
        println!(
            "{word:12} {:6} times: p50 {:.3} ms, p99 {:.3} ms, most {:.3} ms",
            times.len(),
            part(500),
            part(990),
            part(1000)
        );
    }
    let status = reader.ask(&Question::Status {})?;
    println!(
        "{} entries, {} rebuilds, {} MB",
        status["as_of"],
        status["rebuilds"],
        status["memory"].as_u64().unwrap_or(0) >> 20
    );
    Ok(())
}

fn many(start: &Start, document: &Value) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir_in(".")?;
    let path = folder.path().join("speed.qise");
    let journal = SqliteJournal::open(&path)?;
    let live = Arc::new(Dispatch::open(journal, Some(start.clone()), Settings::default())?);
    let at = Time(1_795_456_800);
    let (threads, under_way, rounds) = (8, 16, 20);
    let begun = Instant::now();
    let workers = (0..threads).map(|worker| {
        let (live, document) = (Arc::clone(&live), document.clone());
        thread::spawn(move || {
            for round in 0..rounds {
                let mut last = 0;
                for n in 0..under_way {
                    let number = (worker * rounds + round) * under_way + n;
                    let command = Command::AddNeed { need: another(&document, number) };
                    let submit = Submit::new(at, command).keyed(format!("k-{number}"));
                    last = live.submit(&submit).map_or(last, |answer| answer.seq);
                }
                while !live.wait_durable(last, Duration::from_mins(1)).unwrap_or(true) {}
            }
        })
    });
    let workers = workers.collect::<Vec<_>>();
    for worker in workers {
        worker.join().map_err(|_| "a thread panicked")?;
    }
    let (count, seconds) = (threads * under_way * rounds, begun.elapsed().as_secs_f64());
    println!("{count} durable commands of 8 threads: {:.0} a second", f64::from(count as u32) / seconds);
    live.close()?;
    drop(live);
    let begun = Instant::now();
    let journal = SqliteJournal::open(&path)?;
    let live = Dispatch::open(journal, None, Settings::default())?;
    let entries = live.reader().as_of()?;
    println!("{entries} entries replayed in {:.1} s", begun.elapsed().as_secs_f64());
    Ok(())
}
