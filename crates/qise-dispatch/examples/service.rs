//! A small service: a call comes in, people are ranked and asked, one declines, one goes, and the journal remembers.
//!
//! `cargo run -p qise-dispatch --example service -- SCENARIO JOURNAL`, with `tests/data/alxa/day.json` and a file in the system's
//! folder of temporary files where nothing is said. Run again with the same journal it goes on where it was left.
#![allow(clippy::print_stdout, reason = "its output is what it is for")]

use std::error::Error;
use std::time::Duration;

use qise::model::{Seconds, Time};
use qise_dispatch::{Answer, Command, Dispatch, Outcome, Question, Refusal, Settings, Start, Submit};
use qise_io::time::parse_time;
use qise_io::{read_scenario, scenario_datum};
use qise_journal::SqliteJournal;
use qise_lifecycle::DeclineReason;
use serde_json::{Value, json};

const MORNING: &str = "2026-11-24T09:00";

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let day = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/alxa/day.json");
    let scenario = std::fs::read(args.next().unwrap_or_else(|| day.to_owned()))?;
    let journal = args.next().map_or_else(|| std::env::temp_dir().join("qise-service.qise"), Into::into);

    // A new journal begins with the scenario; an old one has its own, and this must be the same.
    let start = Start::new(read_scenario(&scenario)?, scenario_datum(&scenario));
    let nine = parse_time(MORNING, Some(&start.scenario.zone)).map_err(|_| "no time")?;
    let live = Dispatch::open(SqliteJournal::open(&journal)?, Some(start), Settings::default())?;
    let desk = Desk { live: &live, nine };

    // Whoever opens the journal again finds the day as it was left.
    if live.reader().ask(&Question::Need { need: "water-77".into() }).is_err() {
        desk.take_the_call()?;
    }

    // Time passes by ticks, and only by what is said: at 11:00 timers that were due have fired.
    live.tick(nine + Seconds::hours(2))?;
    let audit = live.reader().ask(&Question::Audit { need: "water-77".into() })?;
    for step in audit["story"].as_array().into_iter().flatten() {
        println!("{} {}", step["at"].as_str().unwrap_or_default(), step["text"].as_str().unwrap_or_default());
    }
    live.close()?;
    println!("the journal is {}", journal.display());
    Ok(())
}

/// One desk of the service.
struct Desk<'a> {
    live: &'a Dispatch,
    nine: Time,
}

impl Desk<'_> {
    fn take_the_call(&self) -> Result<(), Box<dyn Error>> {
        // A call: somebody in 巴彦浩特 needs water.
        let need = json!({
            "id": "water-77", "name": "停水送水", "at": {"lat": 38.83, "lon": 105.67}, "service": "PT20M",
            "windows": [{"from": MORNING, "to": "2026-11-24T12:00"}], "promise": {"start_by": "2026-11-24T11:00"},
        });
        self.say("call-4711", 0, Command::AddNeed { need })?;

        // The best is asked, and has something else to do.
        let best = self.best()?;
        let [first, second, ..] = best.as_slice() else {
            return Err("nobody, or one alone, could go".into());
        };
        let asked = self.offer("o-1", 1, first)?;
        self.say("d-1", 3, Command::Decline { offer: asked, reason: DeclineReason::Busy })?;

        // The next best goes, and what the acceptance led to says when.
        let asked = self.offer("o-2", 4, second)?;
        let taken = self.say("a-2", 6, Command::Accept { offer: asked })?;
        match &taken.outcome {
            Outcome::Committed { committed: seats } | Outcome::Changed { changed: seats } => {
                println!("{second} starts {}, {} places are free", seats.start, seats.missing);
            }
            Outcome::Filled { .. } => println!("somebody was quicker"),
            other => println!("{}", other.code()),
        }

        // Nobody is told before it is durable. The outbox hands notices out until they are marked.
        self.live.wait_durable(taken.seq, Duration::from_secs(10))?;
        let outbox = self.live.outbox();
        for notice in outbox.pending(None, 100)? {
            println!("to {}: {}", notice.to, String::from_utf8_lossy(&notice.body));
            outbox.mark_delivered(&[notice.id], self.nine.0)?;
        }
        Ok(())
    }

    /// Gives a command, so many minutes after nine.
    fn say(&self, key: &str, minutes: i64, command: Command) -> Result<Answer, Refusal> {
        let at = self.nine + Seconds::minutes(minutes);
        self.live.submit(&Submit { key: Some(key.into()), at, actor: "desk-2".into(), command })
    }

    /// Who could go: the ids of volunteers, the best first.
    fn best(&self) -> Result<Vec<String>, Refusal> {
        let ranking = self.live.reader().ask(&Question::Rank { need: "water-77".into(), best: 3 })?;
        let offers = ranking["offers"].as_array().map_or(&[][..], Vec::as_slice);
        let who = offers.iter().filter_map(|offer| offer["visits"][0]["volunteer"].as_str());
        let who = who.map(str::to_owned).collect::<Vec<_>>();
        println!("{} could go: {}", who.len(), Value::from(who.clone()));
        Ok(who)
    }

    /// Asks somebody, and gives the number of the offer.
    fn offer(&self, key: &str, minutes: i64, who: &str) -> Result<u32, Box<dyn Error>> {
        let (need, who) = ("water-77".to_owned(), who.to_owned());
        let asked = self.say(key, minutes, Command::Offer { need, who, role: 0, expires_s: 600 })?;
        asked.outcome.offer().ok_or_else(|| "no offer is out".into())
    }
}
