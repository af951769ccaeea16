//! Random commands: what is replayed, or restored from a snapshot, answers every question as the live state does.

use std::collections::BTreeMap;

use qise_dispatch::Settings;
use serde_json::json;

use crate::script::{Script, any_day};
use crate::support::{Client, Shared, day};

#[test]
fn a_replay_answers_every_question_as_the_live_state_does() {
    let cases = std::env::var("QISE_DISPATCH_CASES").map_or(4, |cases| cases.parse().expect("a number"));
    let steps = 120;
    let mut carried_out = BTreeMap::<String, usize>::new();
    let mut refusals = BTreeMap::<String, usize>::new();
    for seed in 0..cases {
        let start = if seed % 2 == 0 { day(seed) } else { any_day(seed) };
        let mut script = Script::new(seed, &start);
        let mut client = Client::open(Shared::default(), Some(start));
        let mut middle: Option<Client> = None;
        for step in 0..steps {
            let mut command = script.next(&mut client);
            command["key"] = json!(format!("k-{step}"));
            let answer = client.say(command.clone());
            let word = command["do"].as_str().unwrap_or_default().to_owned();
            if let Some(code) = answer["error"]["code"].as_str() {
                assert!(!matches!(code, "broken" | "internal" | "closed"), "{command}: {answer}");
                *refusals.entry(format!("{word}: {code}")).or_default() += 1;
            } else {
                *carried_out.entry(word.clone()).or_default() += 1;
            }
            script.learn(&command, &answer);
            if let Some(middle) = &mut middle {
                let mut again = middle.say(command.clone());
                again["id"] = answer["id"].clone();
                assert_eq!(again, answer, "seed {seed}, step {step}: {command}");
            }
            if step == steps / 2 {
                let (mut folded, mut restored) = (client.folded(), client.restored());
                let told = client.everything(&script.needs, &script.people);
                for (again, how) in [(&mut folded, "folded"), (&mut restored, "restored")] {
                    let again = again.everything(&script.needs, &script.people);
                    assert_eq!(again, told, "seed {seed}, in the middle, {how}");
                }
                middle = Some(restored);
            }
        }
        let live = client.everything(&script.needs, &script.people);
        for again in [Some(client.folded()), Some(client.restored()), middle] {
            let mut again = again.expect("there was a middle");
            assert_eq!(again.everything(&script.needs, &script.people), live, "seed {seed}");
        }
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

#[test]
fn a_snapshot_that_does_not_fit_is_passed_over() {
    let start = any_day(3);
    let mut script = Script::new(3, &start);
    let settings = || Settings::default().snapshot_every(40);
    let mut client = Client::open_with(Shared::default(), Some(start), settings());
    for _ in 0..150 {
        let command = script.next(&mut client);
        let answer = client.say(command.clone());
        script.learn(&command, &answer);
    }
    let told = client.everything(&script.needs, &script.people);
    let snapshot = client.snapshot().expect("several were taken");
    assert!(snapshot.of.seq > 1);
    // taken again at the end of the day
    client.live.close().expect("the journal works");
    let last = client.snapshot().expect("it is there");
    assert_eq!(last.of.seq, client.live.reader().as_of().expect("it is not broken"));

    let whole = client.journal.0.lock().expect("nobody panics").clone();
    for (name, format, body) in [
        ("as it was", 1, last.body.clone()),
        ("another version", 2, last.body.clone()),
        ("no JSON", 1, b"rubbish".to_vec()),
        ("cut off", 1, last.body[..last.body.len() / 2].to_vec()),
        ("of another entry", 1, snapshot.body.clone()),
        ("another release", 1, changed(&last.body, "made_by", json!("0.0.0"))),
        ("more fields", 1, changed(&last.body, "colour", json!("red"))),
        ("other rows", 1, changed(&last.body, "rows", json!([]))),
    ] {
        let mut journal = whole.clone();
        qise_journal::Journal::put_snapshot(&mut journal, last.of.seq, format, &body).expect("it is kept");
        let mut again = Client::open(Shared::of(journal), None);
        assert_eq!(again.everything(&script.needs, &script.people), told, "{name}");
    }
    // A good one is used: what it tells else is told.
    let mut journal = whole.clone();
    let later = changed(&last.body, "now", json!(2_000_000_000));
    qise_journal::Journal::put_snapshot(&mut journal, last.of.seq, 1, &later).expect("it is kept");
    let mut again = Client::open(Shared::of(journal.clone()), None);
    assert_ne!(again.everything(&script.needs, &script.people), told);
    // One that is beyond what is asked for is not.
    for until in [last.of.seq - 1, last.of.seq] {
        let engine = qise_dispatch::replayed(&journal, None, until).expect("it can be read");
        let now = engine.expect("it is not empty").now().expect("something was said");
        assert_eq!(now.0 == 2_000_000_000, until == last.of.seq);
    }
}

/// A snapshot with another field.
fn changed(body: &[u8], field: &str, value: serde_json::Value) -> Vec<u8> {
    let mut all: serde_json::Value = serde_json::from_slice(body).expect("JSON");
    all[field] = value;
    serde_json::to_vec(&all).expect("JSON")
}
