//! What happens by itself, each at its own time.

use serde_json::json;

use crate::support::{Client, morning, need};

#[test]
fn timers_fire_before_what_comes_later_each_as_an_entry_of_its_own() {
    let mut client = Client::new(morning());
    let mut promised = need("soon", "2026-11-24T09:00", "2026-11-24T11:00");
    promised["promise"] = json!({"start_by": "2026-11-24T10:00"});
    client.must("09:00", json!({"do": "add_need", "need": promised}));
    let offered =
        client.must("09:00", json!({"do": "offer", "need": "soon", "who": "bat", "expires_s": 600}));
    let tick = client.say(json!({"do": "tick", "at": "2026-11-24T13:00"}));
    // the offer, three levels, and three deadlines
    assert_eq!(tick["seq"], 12, "{tick}");
    let audit = client.ask(json!({"ask": "audit", "need": "soon"}));
    let story = audit["story"].as_array().unwrap();
    let told = story
        .iter()
        .map(|step| (step["what"].as_str().unwrap(), step["at"].as_str().unwrap().get(11..16).unwrap()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            ("need_added", "09:00"),
            ("weighed", "09:00"),
            ("offered", "09:00"),
            ("offer_expired", "09:10"),
            ("escalated", "09:30"),
            ("escalated", "09:48"),
            ("escalated", "10:00"),
            ("need_expired", "11:00"),
        ]
    );
    assert_eq!((client.state("soon"), client.state("wood-1")), ("expired".to_owned(), "expired".to_owned()));
    assert_eq!(client.refused("13:00", json!({"do": "accept", "offer": offered["offer"]})), "offer_state");
    assert_eq!(client.ask(json!({"ask": "plan"}))["unserved"], json!([]));
    let mut again = client.reopened();
    assert_eq!(again.ask(json!({"ask": "audit", "need": "soon"})), audit);
}

#[test]
fn an_answer_counts_at_the_last_moment_and_not_after() {
    let mut client = Client::new(morning());
    let offer = |client: &mut Client, who: &str| {
        client.must("09:00", json!({"do": "offer", "need": "wood-1", "who": who, "expires_s": 600}))["offer"]
            .clone()
    };
    let (one, other) = (offer(&mut client, "bat"), offer(&mut client, "saran"));
    assert!(client.must("09:10", json!({"do": "accept", "offer": one}))["filled"].is_null());
    assert_eq!(client.must("09:10:01", json!({"do": "accept", "offer": other})), json!({"filled": {}}));
}

#[test]
fn a_clock_that_goes_backwards_counts_as_now() {
    let mut client = Client::new(morning());
    client.must("10:00", json!({"do": "tick"}));
    let offered =
        client.must("09:00", json!({"do": "offer", "need": "wood-1", "who": "bat", "expires_s": 600}));
    assert_eq!(offered["expires"], "2026-11-24T10:10:00+08:00");
    assert!(offered["start"].as_str().unwrap() >= "2026-11-24T10:00");
    assert_eq!(client.ask(json!({"ask": "status"}))["now"], "2026-11-24T10:00:00+08:00");
}

#[test]
fn a_need_waits() {
    let mut client = Client::new(morning());
    let hold = json!({"do": "hold", "need": "wood-1", "reason": "weather", "until": "2026-11-24T10:00"});
    client.must("09:00", hold.clone());
    assert_eq!(client.state("wood-1"), "on_hold");
    assert_eq!(client.refused("09:00", hold), "unchanged");
    assert_eq!(
        client.refused("09:30", json!({"do": "commit", "need": "wood-1", "who": ["bat"]})),
        "need_state"
    );
    client.must("10:00", json!({"do": "commit", "need": "wood-1", "who": ["bat"]}));
}
