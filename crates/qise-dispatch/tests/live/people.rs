//! People come on duty, say where they are, raise needs and leave.

use qise::Stop;
use qise::solve::{Options, solve};
use serde_json::json;

use crate::support::{Client, day, morning, need};

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

#[test]
fn a_plan_that_holds_is_taken_over_with_its_times() {
    for seed in 1..4 {
        let mut start = day(seed);
        let problem = start.scenario.problem.clone();
        let solved = solve(&problem, &Options::default(), &Stop::iterations(300));
        let visits =
            solved.plan.visits().map(|(_, visit)| (problem.need(visit.need).key.clone(), visit.start));
        let visits = visits.collect::<Vec<_>>();
        assert!(visits.len() > 10);
        start.plan = solved.plan;
        let zone = start.scenario.zone.clone();
        let mut client = Client::new(start);
        client.must("00:00", json!({"do": "tick"}));
        let told = client.ask(json!({"ask": "plan"}));
        let mut planned = Vec::new();
        for route in told["routes"].as_array().unwrap() {
            for visit in route["visits"].as_array().unwrap() {
                planned.push((
                    visit["need"].as_str().unwrap().to_owned(),
                    visit["start"].as_str().unwrap().to_owned(),
                ));
            }
        }
        let mut meant = visits.iter().map(|(need, at)| (need.clone(), zone.format(*at))).collect::<Vec<_>>();
        planned.sort();
        meant.sort();
        assert_eq!(planned, meant, "everybody who was told a time keeps it");
        let needs = visits.iter().map(|(need, _)| need.clone()).collect::<Vec<_>>();
        assert!(needs.iter().all(|need| client.state(need) == "staffed"));

        // taken off, and put back at any of the times that the need has
        let mut moved = 0;
        for need in &needs {
            let members = client.ask(json!({"ask": "need", "need": need}))["members"].clone();
            let [one] = members.as_array().unwrap().as_slice() else { continue };
            client.must("00:00", json!({"do": "withdraw", "need": need, "who": one["who"]}));
            let ranked = client.ask(json!({"ask": "rank", "need": need, "best": 5}));
            moved += ranked["offers"].as_array().unwrap().len();
            client.must("00:00", json!({"do": "commit", "need": need, "who": [one["who"]]}));
        }
        assert!(moved > needs.len(), "there is more than one way");
        let all = client.everything(&needs, &[]);
        assert_eq!(client.reopened().everything(&needs, &[]), all);
    }
}
