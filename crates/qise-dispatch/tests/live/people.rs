//! People come on duty, say where they are, raise needs and leave.

use serde_json::json;

use crate::support::{Client, morning, need};

#[test]
fn people_come_and_go() {
    let mut client = Client::new(morning());
    client.must("08:30", json!({"do": "commit", "need": "wood-1", "who": ["bat"]}));
    client.must("08:30", json!({"do": "commit", "need": "wood-2", "who": ["bat"]}));
    let off = client.must("08:40", json!({"do": "off_duty", "who": "bat"}));
    assert_eq!(off, json!({"off_duty": {"needs": ["wood-1", "wood-2"]}}));
    assert_eq!(client.state("wood-1"), "queued");
    assert_eq!(
        client.refused("08:41", json!({"do": "offer", "need": "wood-1", "who": "bat", "expires_s": 60})),
        "not_on_duty"
    );
    let on = json!({"do": "on_duty", "who": "bat", "from": "2026-11-24T09:00", "until": "2026-11-24T11:00", "lat": 38.84, "lon": 105.68});
    client.must("08:45", on.clone());
    assert_eq!(client.refused("08:45", on), "shift_conflict", "the shift is there already");
    let sent = client.must("08:50", json!({"do": "commit", "need": "wood-1", "who": ["bat"]}));
    assert_eq!(sent["committed"]["start"], "2026-11-24T09:00:00+08:00", "he is at the well when it begins");
    client.must("09:00", json!({"do": "depart", "need": "wood-1", "who": "bat"}));
    assert_eq!(client.refused("09:01", json!({"do": "off_duty", "who": "bat"})), "under_way");
    client.must("09:02", json!({"do": "arrive", "need": "wood-1", "who": "bat"}));
    client.must("09:20", json!({"do": "done", "need": "wood-1", "who": "bat"}));
    client.must("09:21", json!({"do": "off_duty", "who": "bat"}));
    let plan = client.ask(json!({"ask": "plan"}));
    let unserved =
        plan["unserved"].as_array().unwrap().iter().map(|need| need["need"].clone()).collect::<Vec<_>>();
    assert_eq!(unserved, ["wood-2"], "what is done asks for nobody");
    let mut again = client.reopened();
    assert_eq!(again.ask(json!({"ask": "plan"})), plan);
}

#[test]
fn positions_move_who_has_nothing_to_do() {
    let mut client = Client::new(morning());
    let first = |client: &mut Client| {
        let ranked = client.ask(json!({"ask": "rank", "need": "wood-1", "best": 1}));
        ranked["offers"][0]["visits"][0]["volunteer"].as_str().unwrap().to_owned()
    };
    client.must("09:00", json!({"do": "tick"}));
    assert_eq!(first(&mut client), "saran");
    client.must("09:01", json!({"do": "position", "who": "saran", "lat": 38.5, "lon": 105.681}));
    assert_eq!(first(&mut client), "bat", "saran is far away now");
    let saran = client.ask(json!({"ask": "person", "who": "saran"}));
    assert_eq!(saran["position"]["since"], "2026-11-24T09:01:00+08:00");
    let sent = client.must("09:02", json!({"do": "commit", "need": "wood-1", "who": ["saran"]}));
    assert!(sent["committed"]["start"].as_str().unwrap() > "2026-11-24T09:30", "{sent}");
    // with a visit the position is noted, and the route stays
    client.must("09:03", json!({"do": "position", "who": "saran", "lat": 38.0, "lon": 105.0}));
    let now = client.ask(json!({"ask": "need", "need": "wood-1"}));
    assert_eq!(now["members"][0]["start"], sent["committed"]["start"]);
    assert_eq!(
        client.refused("09:04", json!({"do": "position", "who": "saran", "lat": 138.0, "lon": 105.0})),
        "bad_coordinate"
    );
}

#[test]
fn a_visit_raises_a_need() {
    let mut client = Client::new(morning());
    let seen = need("seen", "2026-11-24T09:00", "2026-11-24T12:00");
    let raise = json!({"do": "raise", "need": seen, "by": "bat", "during": "wood-1"});
    assert_eq!(client.refused("09:00", raise.clone()), "not_concerned");
    client.must("09:00", json!({"do": "commit", "need": "wood-1", "who": ["bat"]}));
    client.must("09:10", json!({"do": "arrive", "need": "wood-1", "who": "bat"}));
    client.must("09:11", raise);
    let told = client.ask(json!({"ask": "need", "need": "seen"}));
    assert_eq!((&told["raised_by"], &told["raised_during"]), (&json!("bat"), &json!("wood-1")));
}
