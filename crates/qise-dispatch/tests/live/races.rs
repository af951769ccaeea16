//! Many threads answer for the places of many crews at once: exactly as many as are asked for get one, whoever comes later is told so, and
//! the order of the entries tells the same end.

use std::collections::BTreeMap;
use std::sync::{Arc, Barrier, Mutex};
use std::thread;

use qise::model::Time;
use qise_dispatch::{Command, Outcome, Start, Submit};
use qise_io::datum::Datum;
use qise_io::read_scenario;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use serde_json::{Value, json};

use crate::support::Client;

/// So many crews of one to three, side by side, and six people at the door of each.
fn crews(count: usize, sizes: &[usize]) -> Start {
    let at = |n: usize| (38.5 + (n / 100) as f64 / 100.0, 105.0 + (n % 100) as f64 / 50.0);
    let needs = (0..count).map(|n| {
        let (lat, lon) = at(n);
        let mut need = json!({
            "id": format!("crew-{n}"), "at": {"lat": lat, "lon": lon}, "service": "PT20M",
            "windows": [{"from": "2026-11-24T09:00", "to": "2026-11-24T17:00"}],
        });
        if sizes[n % sizes.len()] > 1 {
            need["roles"] = json!([{"count": sizes[n % sizes.len()]}]);
        }
        need
    });
    let people = (0..6 * count).map(|p| {
        let (lat, lon) = at(p / 6);
        json!({
            "id": format!("p-{p}"), "home": {"lat": lat, "lon": lon},
            "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T18:00"}],
        })
    });
    let document = json!({
        "format": "qise/scenario", "version": 1, "name": "crews", "time_zone": "Asia/Shanghai",
        "datum": "WGS-84", "volunteers": people.collect::<Value>(), "needs": needs.collect::<Value>(),
    });
    Start::new(read_scenario(document.to_string().as_bytes()).expect("it is a scenario"), Datum::Wgs84)
}

/// What an answer led to.
type Led = (u64, u32, String);

fn race(threads: usize, count: usize, sizes: &[usize]) {
    let client = Client::new(crews(count, sizes));
    let at = Time(1_795_485_600);
    let mut offers = BTreeMap::<u32, usize>::new();
    for n in 0..count {
        for p in 6 * n..6 * n + 6 {
            let (need, who) = (format!("crew-{n}"), format!("p-{p}"));
            let offer = Command::Offer { need, who, role: 0, expires_s: 3600 };
            let answer = client.live.submit(&Submit::new(at, offer)).expect("everybody fits");
            offers.insert(answer.outcome.offer().expect("an offer"), n);
        }
    }
    let (barrier, led) = (Barrier::new(threads), Mutex::new(Vec::<Led>::new()));
    thread::scope(|scope| {
        for worker in 0..threads {
            let (live, barrier, led, offers) = (&client.live, &barrier, &led, &offers);
            scope.spawn(move || {
                let mut random = Pcg64Mcg::seed_from_u64(worker as u64);
                // Each answer is given by two threads, as by a person who taps twice; here and there somebody declines.
                let own = |offer: u32| {
                    offer as usize % threads == worker || (offer as usize + 7) % threads == worker
                };
                let mut mine = offers.keys().copied().filter(|&offer| own(offer)).collect::<Vec<_>>();
                mine.shuffle(&mut random);
                barrier.wait();
                let mut own = Vec::new();
                for offer in mine {
                    let key = if random.random_bool(0.5) {
                        format!("a-{offer}")
                    } else {
                        format!("{worker}-{offer}")
                    };
                    let submit = Submit::new(at, Command::Accept { offer }).keyed(key);
                    match live.submit(&submit) {
                        Ok(answer) if answer.is_repeated => {}
                        Ok(answer) => own.push((answer.seq, offer, answer.outcome.code().to_owned())),
                        Err(refusal) => assert_eq!(refusal.code, "offer_state", "{refusal}"),
                    }
                }
                led.lock().expect("nobody panics").extend(own);
            });
        }
    });
    let mut led = led.into_inner().expect("nobody panics");
    led.sort_unstable();
    // Folding the answers by their numbers: places are taken until there are none.
    let mut free = (0..count).map(|n| sizes[n % sizes.len()]).collect::<Vec<_>>();
    for (seq, offer, code) in &led {
        let n = offers[offer];
        let expected =
            if free[n] > 0 { ["committed", "changed"].contains(&code.as_str()) } else { code == "filled" };
        assert!(expected, "entry {seq}: offer {offer} of crew {n} with {} free places: {code}", free[n]);
        free[n] = free[n].saturating_sub(1);
    }
    assert!(free.iter().all(|&free| free == 0), "a place is free though six were asked");
    assert!(led.iter().filter(|(.., code)| code == "filled").count() >= count, "somebody comes too late");

    let needs = (0..count).map(|n| format!("crew-{n}")).collect::<Vec<_>>();
    let sample = needs.iter().step_by(1 + count / 40).cloned().collect::<Vec<_>>();
    let mut client = client;
    for (n, need) in needs.iter().enumerate() {
        let told = client.ask(json!({"ask": "need", "need": need}));
        let members = told["members"].as_array().map_or(0, Vec::len);
        assert_eq!((told["state"].as_str(), members), (Some("staffed"), sizes[n % sizes.len()]), "{told}");
    }
    let live = client.everything(&sample, &[]);
    assert_eq!(client.folded().everything(&sample, &[]), live);
    assert_eq!(client.restored().everything(&sample, &[]), live);
}

#[test]
fn many_threads_race_for_the_places_of_crews() {
    let crews = std::env::var("QISE_DISPATCH_CREWS").map_or(24, |crews| crews.parse().expect("a number"));
    race(64, crews, &[1, 2, 3]);
}

#[test]
fn a_key_that_many_threads_use_at_once_is_carried_out_once() {
    let client = Arc::new(Client::new(crews(4, &[1])));
    let need = |n: usize| {
        json!({
            "id": format!("new-{n}"), "at": {"lat": 38.5, "lon": 105.0}, "service": "PT20M",
            "windows": [{"from": "2026-11-24T09:00", "to": "2026-11-24T17:00"}],
        })
    };
    let at = Time(1_795_485_600);
    let answers = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for worker in 0..16 {
            let (client, answers) = (&client, &answers);
            scope.spawn(move || {
                for n in 0..20 {
                    // Every fourth thread says something else by the same key.
                    let said = if worker % 4 == 3 { need(n + 100) } else { need(n) };
                    let submit = Submit::new(at, Command::AddNeed { need: said }).keyed(format!("k-{n}"));
                    let answer = client.live.submit(&submit);
                    answers.lock().expect("nobody panics").push((n, answer));
                }
            });
        }
    });
    let mut seqs = BTreeMap::<usize, u64>::new();
    let mut fresh = 0;
    for (n, answer) in answers.into_inner().expect("nobody panics") {
        match answer {
            Ok(answer) => {
                assert!(matches!(answer.outcome, Outcome::Noted { .. }));
                fresh += usize::from(!answer.is_repeated);
                assert_eq!(*seqs.entry(n).or_insert(answer.seq), answer.seq, "key {n}");
            }
            Err(refusal) => assert_eq!(refusal.code, "key_conflict"),
        }
    }
    assert_eq!((fresh, seqs.len()), (20, 20));
}
