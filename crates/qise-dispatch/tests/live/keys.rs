//! A command that comes again is carried out once.

use std::sync::Arc;
use std::thread;

use qise_dispatch::{Command, Outcome, Submit};
use serde_json::json;

use crate::support::{Client, morning, need};

#[test]
fn the_same_key_gives_the_old_outcome_and_another_payload_an_error() {
    let mut client = Client::new(morning());
    let offer = json!({"key": "o-1", "at": "2026-11-24T09:00", "do": "offer", "need": "wood-1", "who": "bat", "expires_s": 600});
    let first = client.say(offer.clone());
    let mut later = offer.clone();
    later["at"] = json!("2026-11-24T09:30");
    let mut again = client.reopened();
    for client in [&mut client, &mut again] {
        for repeated in [&offer, &later] {
            let answer = client.say(repeated.clone());
            assert_eq!((&answer["seq"], &answer["outcome"]), (&first["seq"], &first["outcome"]));
        }
        let mut other = offer.clone();
        other["who"] = json!("saran");
        assert_eq!(client.say(other)["error"]["code"], "key_conflict");
        let needs = client.ask(json!({"ask": "need", "need": "wood-1"}));
        assert_eq!(needs["offers"].as_array().map(Vec::len), Some(1));
    }
    // what was refused may be tried again
    let early = json!({"key": "d-1", "do": "depart", "need": "wood-2", "who": "saran"});
    assert_eq!(client.refused("09:31", early.clone()), "not_concerned");
    client.must("09:31", json!({"do": "commit", "need": "wood-2", "who": ["saran"]}));
    client.must("09:32", early);
}

#[test]
fn many_threads_take_each_place_once() {
    let client = Client::new(morning());
    let live = Arc::new(client.live);
    let at = qise_io::time::parse_time("2026-11-24T09:00", Some(&live.zone().unwrap())).unwrap();
    let mut offers = Vec::new();
    for who in ["bat", "saran", "qimuge", "narin"] {
        let (need, who) = ("wood-1".to_owned(), who.to_owned());
        let command = Command::Offer { need, who, role: 0, expires_s: 3600 };
        offers.push(live.submit(&Submit::new(at, command)).unwrap().outcome.offer().unwrap());
    }
    let threads = (0..16).map(|n| {
        let (live, offer) = (Arc::clone(&live), offers[n % 4]);
        thread::spawn(move || {
            let submit = Submit::new(at, Command::Accept { offer }).keyed(format!("a-{offer}"));
            let answer = live.submit_durable(&submit).unwrap();
            assert!(live.durable() >= answer.seq);
            (answer.seq, answer.outcome)
        })
    });
    let answers =
        threads.collect::<Vec<_>>().into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>();
    let taken =
        answers.iter().filter(|(_, outcome)| !matches!(outcome, Outcome::Filled { .. })).collect::<Vec<_>>();
    assert!(
        !taken.is_empty() && taken.iter().all(|(seq, _)| *seq == taken[0].0),
        "one acceptance, told often: {answers:?}"
    );
    live.close().unwrap();
    let before = live.reader().as_of();
    assert_eq!(live.submit(&Submit::new(at, Command::Tick {})).unwrap_err().code, "closed");
    assert_eq!(live.reader().as_of(), before, "nothing is decided any more");
}

#[test]
fn ids_are_used_once() {
    let mut client = Client::new(morning());
    let again = need("wood-1", "2026-11-24T09:00", "2026-11-24T12:00");
    assert_eq!(client.refused("09:00", json!({"do": "add_need", "need": again})), "duplicate_key");
    client.must("09:00", json!({"do": "cancel_need", "need": "wood-1", "reason": "duplicate"}));
    assert_eq!(client.refused("09:00", json!({"do": "add_need", "need": again})), "duplicate_key");
}
