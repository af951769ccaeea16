//! Random commands: what is replayed answers every question as the live state does.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use serde_json::{Value, json};

use crate::support::{Client, Shared, day};
use qise_dispatch::Start;

fn pick<'a, T>(random: &mut Pcg64Mcg, list: &'a [T]) -> &'a T {
    &list[random.random_range(0..list.len())]
}

pub(crate) struct Random {
    draws: Pcg64Mcg,
    pub(crate) needs: Vec<String>,
    pub(crate) people: Vec<String>,
    documents: Vec<Value>,
    offers: u64,
    /// Needs for which somebody was sent.
    pub(crate) sent: Vec<String>,
    seconds: i64,
    added: usize,
}

impl Random {
    pub(crate) fn new(start: &Start, seed: u64) -> Self {
        let problem = &start.scenario.problem;
        let document: Value =
            serde_json::from_str(&qise_io::write_scenario(problem, &start.scenario.zone)).expect("JSON");
        Self {
            draws: Pcg64Mcg::seed_from_u64(seed),
            needs: problem.needs().iter().map(|need| need.key.clone()).collect(),
            people: problem.volunteers().iter().map(|who| who.key.clone()).collect(),
            documents: document["needs"].as_array().expect("a list").clone(),
            offers: 0,
            sent: Vec::new(),
            seconds: 0,
            added: 0,
        }
    }

    pub(crate) fn command(&mut self, client: &mut Client) -> Value {
        let random = &mut self.draws;
        self.seconds +=
            if random.random_bool(0.1) { random.random_range(0..3600) } else { random.random_range(-30..90) };
        let at = self.seconds.max(0);
        let clock = format!("2026-11-24T{:02}:{:02}:{:02}", 7 + at / 3600, at / 60 % 60, at % 60);
        let (need, who) = (pick(random, &self.needs).clone(), pick(random, &self.people).clone());
        let offer = random.random_range(self.offers.saturating_sub(3)..=self.offers);
        let busy = if self.sent.is_empty() { need.clone() } else { pick(random, &self.sent).clone() };
        let mut command = match random.random_range(0..24) {
            0..5 => {
                // somebody who fits
                let ranked = client.ask(json!({"ask": "rank", "need": need, "best": 3}));
                let offers = ranked["offers"].as_array().cloned().unwrap_or_default();
                let Some(best) = offers.first() else { return json!({"do": "tick", "at": clock}) };
                let visits =
                    best["visits"].as_array().into_iter().flatten().filter(|visit| visit["stop"] == 0);
                let visits = visits.collect::<Vec<_>>();
                let mut who = visits.iter().map(|visit| visit["volunteer"].clone()).collect::<Vec<_>>();
                if random.random_bool(0.6) {
                    let (who, role) = (&who[0], &visits[0]["role"]);
                    json!({"do": "offer", "need": need, "who": who, "role": role, "expires_s": random.random_range(1..2000)})
                } else {
                    if random.random_bool(0.3) {
                        who.truncate(1);
                    }
                    json!({"do": "commit", "need": need, "who": who})
                }
            }
            5..8 => json!({"do": "accept", "offer": offer}),
            8 => json!({"do": "decline", "offer": offer, "reason": "too_far"}),
            9 => json!({"do": "cancel_need", "need": need, "reason": "no_longer_needed"}),
            10 => json!({"do": "reopen", "need": need, "reason": "not_solved"}),
            11 | 12 => {
                let need = busy;
                let members = client.ask(json!({"ask": "need", "need": need}))["members"].clone();
                let who = members[0]["who"].as_str().map_or(who, str::to_owned);
                let word = pick(random, &["withdraw", "no_show"]);
                json!({"do": word, "need": need, "who": who})
            }
            13..17 => {
                let need = busy;
                let members = client.ask(json!({"ask": "need", "need": need}))["members"].clone();
                let who = members[0]["who"].as_str().map_or(who, str::to_owned);
                let stop = members[0]["stops_done"].as_u64().unwrap_or(0);
                let word = pick(random, &["depart", "arrive", "done"]);
                json!({"do": word, "need": need, "who": who, "stop": stop})
            }
            17 => json!({"do": "rate", "need": need, "stars": random.random_range(1..6)}),
            18 => json!({"do": "hold", "need": need, "reason": "weather", "until": "2026-11-24T16:00"}),
            19 | 20 => {
                let mut document = pick(random, &self.documents).clone();
                if random.random_bool(0.6) {
                    self.added += 1;
                    document["id"] = json!(format!("new {}", self.added));
                    document["at"] =
                        json!({"lat": 38.85, "lon": 105.7 + f64::from(random.random_range(0..100)) / 1000.0});
                    json!({"do": "add_need", "need": document})
                } else {
                    document["priority"] = json!(random.random_range(1..50));
                    if random.random_bool(0.5) {
                        document["service"] = json!("PT25M");
                    }
                    json!({"do": "change_need", "need": document})
                }
            }
            21 if random.random_bool(0.3) => json!({"do": "off_duty", "who": who}),
            22 => {
                json!({"do": "on_duty", "who": who, "from": clock, "until": "2026-11-24T20:00", "lat": 38.9, "lon": 105.8})
            }
            _ => {
                json!({"do": "position", "who": who, "lat": 38.8 + f64::from(random.random_range(0..100)) / 500.0, "lon": 105.7})
            }
        };
        command["at"] = json!(clock);
        command
    }
}

#[test]
fn a_replay_answers_every_question_as_the_live_state_does() {
    let cases = std::env::var("QISE_DISPATCH_CASES").map_or(3, |cases| cases.parse().expect("a number"));
    let steps = 120;
    let mut carried_out = std::collections::BTreeMap::<String, usize>::new();
    let mut refusals = std::collections::BTreeMap::<String, usize>::new();
    for seed in 0..cases {
        let start = day(seed);
        let mut script = Random::new(&start, seed);
        let mut client = Client::open(Shared::default(), Some(start));
        let mut middle = None;
        for step in 0..steps {
            let mut command = script.command(&mut client);
            command["key"] = json!(format!("k-{step}"));
            let answer = client.say(command.clone());
            let word = command["do"].as_str().unwrap_or_default().to_owned();
            if let Some(code) = answer["error"]["code"].as_str() {
                assert!(!matches!(code, "broken" | "internal" | "closed"), "{command}: {answer}");
                *refusals.entry(format!("{word}: {code}")).or_default() += 1;
            } else {
                *carried_out.entry(word.clone()).or_default() += 1;
                if word == "add_need" {
                    script.needs.push(command["need"]["id"].as_str().unwrap_or_default().to_owned());
                }
                script.offers += u64::from(word == "offer");
                if let ("commit", Some(need)) = (word.as_str(), command["need"].as_str()) {
                    script.sent.push(need.to_owned());
                }
            }
            if step == steps / 2 {
                let mut again = client.reopened();
                let told = again.everything(&script.needs, &script.people);
                assert_eq!(
                    told,
                    client.everything(&script.needs, &script.people),
                    "seed {seed}, in the middle"
                );
                middle = Some(again);
            }
        }
        let live = client.everything(&script.needs, &script.people);
        let mut again = client.reopened();
        assert_eq!(again.everything(&script.needs, &script.people), live, "seed {seed}");
        assert!(middle.is_some());
    }
    for word in [
        "add_need",
        "offer",
        "accept",
        "commit",
        "withdraw",
        "arrive",
        "done",
        "on_duty",
        "position",
        "cancel_need",
    ] {
        assert!(carried_out.contains_key(word), "{word} was never carried out: {carried_out:?} {refusals:?}");
    }
}
