//! What is refused changes nothing.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use serde_json::{Value, json};

use crate::support::{Client, morning, need};

#[test]
fn bad_input_has_a_typed_answer_and_changes_nothing() {
    let mut client = Client::new(morning());
    client.must("09:00", json!({"do": "commit", "need": "wood-1", "who": ["bat"]}));
    let names = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (needs, people) = (names(&["wood-1", "wood-2"]), names(&["bat", "saran", "qimuge", "narin"]));
    let before = client.everything(&needs, &people);
    let mut bad = need("bad", "2026-11-24T12:00", "2026-11-24T09:00");
    bad["requires"] = json!({"all": [{"skill": "flying"}]});
    let mut weekly = need("weekly", "2026-11-24T09:00", "2026-11-24T12:00");
    weekly["recurrence"] = json!({"times": 2, "every_days": 7});
    let past = need("past", "2026-11-23T09:00", "2026-11-23T12:00");
    for (command, code) in [
        (json!({"do": "offer", "need": "nothing", "who": "bat", "expires_s": 60}), "unknown_need"),
        (json!({"do": "offer", "need": "wood-1", "who": "nobody", "expires_s": 60}), "unknown_person"),
        (json!({"do": "offer", "need": "wood-2", "who": "bat", "expires_s": 0}), "not_in_future"),
        (json!({"do": "offer", "need": "wood-2", "who": "bat", "role": 3, "expires_s": 60}), "no_place"),
        (json!({"do": "accept", "offer": 99}), "unknown_offer"),
        (json!({"do": "commit", "need": "wood-1", "who": ["saran"]}), "need_state"),
        (json!({"do": "commit", "need": "wood-2", "who": []}), "nobody_named"),
        (json!({"do": "done", "need": "wood-1", "who": "bat"}), "need_state"),
        (json!({"do": "arrive", "need": "wood-1", "who": "saran"}), "not_concerned"),
        (json!({"do": "depart", "need": "wood-1", "who": "bat", "stop": 4}), "wrong_stop"),
        (json!({"do": "rate", "need": "wood-1", "stars": 5}), "need_state"),
        (json!({"do": "reopen", "need": "wood-1", "reason": "mistake"}), "need_state"),
        (json!({"do": "loan_back", "need": "wood-1"}), "nothing_lent"),
        (json!({"do": "hold", "need": "wood-2", "reason": "weather", "until": "soon"}), "bad_time"),
        (json!({"do": "add_need", "need": bad}), "faults"),
        (json!({"do": "add_need", "need": 5}), "faults"),
        (json!({"do": "add_need", "need": weekly}), "unsupported"),
        (json!({"do": "add_need", "need": past}), "not_in_future"),
        (json!({"do": "change_need", "need": bad}), "faults"),
        (json!({"do": "change_need", "need": past}), "unknown_need"),
        (
            json!({"do": "on_duty", "who": "bat", "from": "2026-11-24T09:00", "until": "2026-11-24T08:00"}),
            "shift_conflict",
        ),
        (json!({"do": "stock", "depot": "d", "good": "g", "amount": 3}), "unsupported"),
        (json!({"do": "replan", "limit_s": 1, "most_changes": 3}), "unsupported"),
    ] {
        let told = command.to_string();
        assert_eq!(client.refused("09:00", command), code, "{told}");
    }
    assert_eq!(client.everything(&needs, &people), before);
    let faults = client.say(json!({"do": "add_need", "at": "2026-11-24T09:00", "need": bad}));
    assert_eq!(faults["error"]["faults"].as_array().map(Vec::len), Some(2), "{faults}");
    for question in [json!({"ask": "rank", "need": "x"}), json!({"ask": "person", "who": "x"})] {
        assert!(client.say(question)["error"]["code"].as_str().unwrap().starts_with("unknown_"));
    }
}

#[test]
fn random_bytes_are_answered() {
    let mut client = Client::new(morning());
    let mut random = Pcg64Mcg::seed_from_u64(7);
    let good = json!({"id": 1, "key": "k", "at": "2026-11-24T09:00", "do": "commit", "need": "wood-1", "who": ["bat"]}).to_string();
    for _ in 0..3000 {
        let mut line = if random.random_bool(0.3) { Vec::new() } else { good.clone().into_bytes() };
        for _ in 0..random.random_range(1..6) {
            let at = random.random_range(0..=line.len());
            match random.random_range(0..3) {
                0 => line.insert(at, random.random::<u8>()),
                1 if at < line.len() => drop(line.remove(at)),
                _ if at < line.len() => line[at] = random.random::<u8>(),
                _ => line.push(random.random::<u8>()),
            }
        }
        let answer = client.bytes(&line);
        let said = ["outcome", "answer", "error"].iter().filter(|&&field| !answer[field].is_null()).count();
        assert_eq!(said, 1, "{answer}");
        if let Value::Object(error) = &answer["error"] {
            assert!(error["code"].is_string() && error["text"].is_string() && error["text_zh"].is_string());
        }
    }
    client.reopened();
}
