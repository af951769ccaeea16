//! Random commands on a random day: most of them make sense, some do not.

use std::collections::BTreeMap;

use qise::Problem;
use qise_dispatch::Start;
use qise_io::datum::Datum;
use qise_io::generate::{GenerateOptions, generate};
use qise_io::time::Zone;
use qise_io::{read_scenario, write_scenario};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use serde_json::{Value, json};

use crate::support::Client;

pub(crate) fn pick<'a, T>(random: &mut Pcg64Mcg, list: &'a [T]) -> &'a T {
    &list[random.random_range(0..list.len())]
}

/// A small day of one of many kinds: crews, rides, goods from depots, loans that are fetched again, vehicles, and what is rarer.
pub(crate) fn any_day(seed: u64) -> Start {
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0xda7);
    let mut percent = |most: u32| if random.random_bool(0.4) { 0 } else { random.random_range(1..=most) };
    let (crews_percent, rides_percent) = (percent(60), percent(40));
    let (deliveries_percent, loans_percent, extras_percent) = (percent(50), percent(50), percent(40));
    let vehicles = percent(3) as usize;
    let options = GenerateOptions {
        needs: random.random_range(5..=12),
        volunteers: random.random_range(12..=30),
        teams: random.random_range(0..=3),
        settlements: 3,
        crews_percent,
        rides_percent,
        deliveries_percent,
        loans_percent,
        depots: if deliveries_percent + loans_percent > 0 { 2 } else { 0 },
        vehicles,
        extras_percent,
        seed,
        ..GenerateOptions::default()
    };
    let problem = Problem::new(generate(&options).expect("good options")).expect("a valid problem");
    let text = write_scenario(&problem, &Zone::parse("Asia/Shanghai").expect("a zone"));
    Start::new(read_scenario(text.as_bytes()).expect("it can be read"), Datum::Wgs84)
}

/// Who says what next.
pub(crate) struct Script {
    draws: Pcg64Mcg,
    pub(crate) needs: Vec<String>,
    pub(crate) people: Vec<String>,
    /// Needs as they were asked for.
    documents: Vec<Value>,
    offers: u64,
    /// For which need each offer is.
    asked_for: BTreeMap<u64, String>,
    /// Needs for which somebody was sent.
    pub(crate) sent: Vec<String>,
    seconds: i64,
    added: usize,
}

impl Script {
    pub(crate) fn new(seed: u64, start: &Start) -> Self {
        let problem = &start.scenario.problem;
        let document: Value =
            serde_json::from_str(&write_scenario(problem, &start.scenario.zone)).expect("JSON");
        Self {
            draws: Pcg64Mcg::seed_from_u64(seed),
            needs: problem.needs().iter().map(|need| need.key.clone()).collect(),
            people: problem.volunteers().iter().map(|who| who.key.clone()).collect(),
            documents: document["needs"].as_array().expect("a list").clone(),
            offers: 0,
            asked_for: BTreeMap::new(),
            sent: Vec::new(),
            seconds: 0,
            added: 0,
        }
    }

    /// The next command, at its time, without a key.
    pub(crate) fn next(&mut self, client: &mut Client) -> Value {
        let random = &mut self.draws;
        self.seconds +=
            if random.random_bool(0.1) { random.random_range(0..3600) } else { random.random_range(-30..90) };
        let at = self.seconds.max(0);
        let day = 24 + at / 61_200;
        let at = at % 61_200;
        let clock = format!("2026-11-{day}T{:02}:{:02}:{:02}", 7 + at / 3600, at / 60 % 60, at % 60);
        let mut command = self.command(client, &clock);
        command["at"] = json!(clock);
        command
    }

    /// Learns what a command has led to.
    pub(crate) fn learn(&mut self, command: &Value, answer: &Value) {
        if !answer["error"].is_null() {
            return;
        }
        let need = || command["need"].as_str().unwrap_or_default().to_owned();
        match command["do"].as_str().unwrap_or_default() {
            "add_need" | "raise" => {
                self.needs.push(command["need"]["id"].as_str().unwrap_or_default().to_owned());
                self.documents.push(command["need"].clone());
            }
            "offer" => {
                self.asked_for.insert(answer["outcome"]["offer"].as_u64().unwrap_or(0), need());
                self.offers += 1;
            }
            "commit" => self.sent.push(need()),
            // Whoever was asked may come.
            "accept" => {
                self.sent.extend(self.asked_for.get(&command["offer"].as_u64().unwrap_or(0)).cloned());
            }
            _ => {}
        }
    }

    /// How many people each role of a need asks for.
    pub(crate) fn places(&self, need: &str) -> Vec<u64> {
        let document = self.documents.iter().find(|document| document["id"] == need);
        let roles = document.and_then(|document| document["roles"].as_array());
        let count = |role: &Value| role["count"].as_u64().unwrap_or(1);
        roles.map_or(vec![1], |roles| roles.iter().map(count).collect())
    }

    fn command(&mut self, client: &mut Client, clock: &str) -> Value {
        let random = &mut self.draws;
        let (need, who) = (pick(random, &self.needs).clone(), pick(random, &self.people).clone());
        let offer = random.random_range(self.offers.saturating_sub(4)..=self.offers);
        match random.random_range(0..100) {
            0..26 => self.asked(client),
            26..28 => {
                // anybody, whether they fit or not
                let role = random.random_range(0..2);
                json!({"do": "offer", "need": need, "who": who, "role": role, "expires_s": 600})
            }
            28..39 => json!({"do": "accept", "offer": offer}),
            39..42 => json!({"do": "decline", "offer": offer, "reason": "too_far"}),
            42..44 => json!({"do": "cancel_need", "need": need, "reason": "no_longer_needed"}),
            44..46 => json!({"do": "reopen", "need": need, "reason": "not_solved"}),
            46..72 => self.on_the_way(client),
            72..74 => {
                json!({"do": "rate", "need": need, "stars": random.random_range(1..6), "text": "so so"})
            }
            74..76 => json!({"do": "hold", "need": need, "reason": "weather", "until": "2026-11-24T16:00"}),
            76 => json!({"do": "loan_back", "need": need}),
            77..87 => self.document(),
            87 => json!({"do": "off_duty", "who": who}),
            88..91 => {
                let until = format!("{}T23:30", &clock[..10]);
                json!({"do": "on_duty", "who": who, "from": clock, "until": until, "lat": 38.9, "lon": 105.8})
            }
            91..97 => {
                let lat = 38.8 + f64::from(random.random_range(0..100)) / 500.0;
                json!({"do": "position", "who": who, "lat": lat, "lon": 105.7})
            }
            97 => json!({"do": "tick"}),
            98 => {
                json!({"do": "stock", "depot": "depot-1", "good": "water", "amount": random.random_range(0..50)})
            }
            _ => json!({"do": "commit", "need": need, "who": [who]}),
        }
    }

    /// Somebody who fits is asked, or sent.
    fn asked(&mut self, client: &mut Client) -> Value {
        let random = &mut self.draws;
        for _ in 0..4 {
            let need = pick(random, &self.needs).clone();
            let ranked = client.ask(json!({"ask": "rank", "need": need, "best": 3}));
            let offers = ranked["offers"].as_array().cloned().unwrap_or_default();
            let Some(best) = offers.first() else { continue };
            let visits = best["visits"].as_array().into_iter().flatten();
            let first = visits.filter(|visit| visit["stop"] == 0).collect::<Vec<_>>();
            if random.random_bool(if first.len() == 1 { 0.6 } else { 0.3 }) {
                let one = *pick(random, &first);
                let (who, role) = (&one["volunteer"], &one["role"]);
                let expires = random.random_range(1..2000);
                return json!({"do": "offer", "need": need, "who": who, "role": role, "expires_s": expires});
            }
            let who = first.iter().map(|visit| visit["volunteer"].clone()).collect::<Vec<_>>();
            return json!({"do": "commit", "need": need, "who": who});
        }
        json!({"do": "tick"})
    }

    /// Somebody who has a place goes on, gives it up, or sees what else is needed.
    fn on_the_way(&mut self, client: &mut Client) -> Value {
        let random = &mut self.draws;
        for _ in 0..6 {
            let need = pick(random, if self.sent.is_empty() { &self.needs } else { &self.sent }).clone();
            let told = client.ask(json!({"ask": "need", "need": need}));
            let members = told["members"].as_array().cloned().unwrap_or_default();
            if members.is_empty() {
                continue;
            }
            let member = pick(random, &members);
            let (who, state) = (member["who"].clone(), member["state"].as_str().unwrap_or_default());
            let next = match state {
                "committed" | "between_stops" => {
                    pick(random, &["depart", "depart", "depart", "arrive", "withdraw"])
                }
                "departed" => pick(random, &["arrive", "arrive", "arrive", "no_show"]),
                "arrived" => pick(random, &["done", "done", "raise"]),
                _ => pick(random, &["depart", "arrive", "done", "withdraw", "no_show"]),
            };
            let any = pick(random, &["depart", "arrive", "done", "withdraw", "no_show", "raise"]);
            let word = *if random.random_bool(0.9) { next } else { any };
            return match word {
                "raise" => {
                    let mut command = self.document();
                    command["do"] = json!("raise");
                    (command["by"], command["during"]) = (who, json!(need));
                    command
                }
                "withdraw" | "no_show" => json!({"do": word, "need": need, "who": who}),
                _ => json!({"do": word, "need": need, "who": who, "stop": member["stops_done"]}),
            };
        }
        json!({"do": "tick"})
    }

    /// A need that comes or changes.
    fn document(&mut self) -> Value {
        let random = &mut self.draws;
        let mut document = pick(random, &self.documents).clone();
        if random.random_bool(0.7) {
            self.added += 1;
            document["id"] = json!(format!("new {}", self.added));
            if document["stops"].is_null() {
                document["at"] =
                    json!({"lat": 38.85, "lon": 105.7 + f64::from(random.random_range(0..100)) / 1000.0});
            }
            return json!({"do": "add_need", "need": document});
        }
        document["priority"] = json!(random.random_range(1..50));
        if random.random_bool(0.5) && !document["service"].is_null() {
            document["service"] = json!("PT25M");
        }
        json!({"do": "change_need", "need": document})
    }
}
