//! The day in Alxa: planned, judged, explained, drawn.

use serde_json::Value;

use crate::program::{qise, scenario, scratch};

#[test]
fn the_day_is_planned_and_the_judge_agrees() {
    let (day, plan, map) = (scenario("alxa/day.json"), scratch("day-plan.json"), scratch("day.geojson"));
    let solved = qise(&["solve", &day, "--iterations", "24000", "--out", &plan, "--geojson", &map]);
    assert_eq!(solved.code, 0, "{}", solved.err);
    for words in
        ["with ", "Routes", "Unserved", "impossible for all 77 people", "needs served", "promises kept"]
    {
        assert!(solved.out.contains(words), "{words:?} is missing in\n{}", solved.out);
    }
    let checked = qise(&["check", &day, &plan]);
    assert_eq!(checked.code, 0, "{}", checked.out);

    let document: Value = serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON");
    let unserved = document["unserved"].as_array().expect("a list");
    assert!(unserved.iter().all(|u| u["need"].is_string() && u["reason"]["text"].is_string()));
    let impossible = unserved.iter().filter(|u| u["reason"]["verdict"] == "impossible").count();
    assert_eq!(impossible, 12, "twelve needs of the day are impossible, each for a reason of its own");
    // Beyond those, more work than people: the floor is proven in the scenario's README.
    assert_eq!(document["score"]["levels"][1], 73);

    let map: Value = serde_json::from_slice(&std::fs::read(&map).expect("written")).expect("GeoJSON is JSON");
    assert_eq!(map["type"], "FeatureCollection");
    let crews =
        map["features"].as_array().expect("a list").iter().filter(|f| f["properties"]["need"] == "n-crew-02");
    let with =
        crews.map(|f| f["properties"]["with"].as_array().expect("a crew of three").len()).collect::<Vec<_>>();
    assert_eq!(with, [2, 2, 2]);
}

#[test]
fn every_unserved_need_is_explained_in_both_languages() {
    let (day, plan) = (scenario("alxa/day.json"), scratch("explained-plan.json"));
    assert_eq!(qise(&["solve", &day, "--iterations", "500", "--out", &plan, "--quiet"]).code, 0);
    let document: Value = serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON");
    for unserved in document["unserved"].as_array().expect("a list") {
        let need = unserved["need"].as_str().expect("an id");
        for lang in ["en", "zh"] {
            let told = qise(&["explain", &day, "--plan", &plan, "--need", need, "--lang", lang]);
            assert_eq!(told.code, 0, "{}", told.err);
            assert!(told.out.contains(need), "{}", told.out);
        }
    }
    let wrong = qise(&["explain", &day, "--plan", &plan, "--need", "n-watr-01"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean \"n-water-01\""), "{}", wrong.err);
}

#[test]
fn a_plan_fed_back_is_kept_or_bettered_and_changes_cost() {
    let (day, plan, again) = (scenario("alxa/day.json"), scratch("first.json"), scratch("again.json"));
    // Long enough to serve all that can be: to serve more would come before any price.
    assert_eq!(qise(&["solve", &day, "--iterations", "24000", "--out", &plan, "--quiet"]).code, 0);
    let warm = qise(&["solve", &day, "--iterations", "200", "--warm", &plan, "--out", &again, "--quiet"]);
    assert_eq!(warm.code, 0, "{}", warm.err);
    let levels = |path: &str| -> Vec<i64> {
        let document: Value = serde_json::from_slice(&std::fs::read(path).expect("written")).expect("JSON");
        let levels = document["score"]["levels"].as_array().expect("a list").iter();
        levels.map(|l| l.as_i64().expect("an integer")).collect()
    };
    assert!(levels(&again) <= levels(&plan));

    // At a price that nothing outweighs, nobody who was told a visit is told another.
    let args = [
        "solve",
        &day,
        "--iterations",
        "200",
        "--warm",
        &plan,
        "--previous",
        &plan,
        "--reassign-price",
        "100000000",
    ];
    let held = qise(&[&args[..], &["--out", &again, "--json"]].concat());
    assert_eq!(held.code, 0, "{}", held.err);
    let document: Value = serde_json::from_str(&held.out).expect("--json prints the plan document");
    assert!(document["score"]["terms"]["disruption"].as_i64() < Some(100_000_000), "{}", document["score"]);
}

#[test]
fn the_tiny_scenario_comes_out_as_by_hand() {
    let (tiny, plan) = (scenario("alxa/tiny.json"), scratch("tiny-plan.json"));
    let solved = qise(&["solve", &tiny, "--iterations", "300", "--out", &plan, "--json"]);
    assert_eq!(solved.code, 0, "{}", solved.err);
    let document: Value = serde_json::from_str(&solved.out).expect("JSON");
    assert_eq!(document["score"]["levels"], serde_json::json!([0, 3, 0, 124_300]));
}

#[test]
fn two_weeks_of_rounds_are_planned_in_parties() {
    let (rounds, plan) = (scenario("alxa/rounds.json"), scratch("rounds-plan.json"));
    assert_eq!(qise(&["solve", &rounds, "--iterations", "3000", "--out", &plan, "--quiet"]).code, 0);
    let checked = qise(&["check", &rounds, &plan]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    let document: Value = serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON");
    assert_eq!(document["unserved"], serde_json::json!([]));
    let routes = document["routes"].as_array().expect("a list");
    assert!(routes.iter().any(|route| route["company"].is_array()), "nobody goes alone to high voltage");
    let visits = routes.iter().flat_map(|route| route["visits"].as_array().expect("a list"));
    let days = |need: &str| {
        let mut starts = visits.clone().filter(|visit| visit["need"] == need).map(|visit| &visit["start"]);
        starts.next().and_then(Value::as_str).and_then(|start| start[8..10].parse::<u32>().ok())
    };
    // Two weeks of November and December: a week later, give or take a day.
    let (first, again) = (days("round-01"), days("round-01#2"));
    assert_eq!(first, Some(24));
    assert!([Some(1), Some(2)].contains(&again), "{again:?}");
    assert_eq!(visits.clone().filter(|visit| visit["need"] == "lesson#2").count(), 2);
}

#[test]
fn crews_and_linked_needs_of_the_day_are_served() {
    let (day, plan) = (scenario("alxa/day.json"), scratch("crews-plan.json"));
    assert_eq!(qise(&["solve", &day, "--iterations", "24000", "--out", &plan, "--quiet"]).code, 0);
    let document: Value = serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON");
    let routes = document["routes"].as_array().expect("a list").iter();
    let visits = routes.flat_map(|route| route["visits"].as_array().expect("a list"));
    let ids = visits.map(|visit| visit["need"].as_str().expect("an id")).collect::<Vec<_>>();
    let people = |need: &str| ids.iter().filter(|id| **id == need).count();
    let crews = [2, 3, 2, 2, 2, 2, 2, 2, 3, 2, 2, 2];
    for (c, crew) in crews.into_iter().enumerate() {
        assert_eq!(people(&format!("n-crew-{:02}", c + 1)), crew, "n-crew-{:02}", c + 1);
    }
    assert_eq!(people("n-session-01"), 2);
    // One way of each is taken: with the one who may stay away; two people or one; in either order; two who overlap.
    let ways = |need: &str, way: &str| (people(need), people(&format!("{need}~{way}")));
    assert_eq!(ways("n-ways-01", "2"), (2, 0));
    assert!([(2, 0), (0, 1)].contains(&ways("n-ways-02", "2")));
    assert!([(2, 0), (0, 2)].contains(&ways("n-ways-03", "2")));
    assert_eq!(people("n-ways-04"), 2);
    assert!((1..=8).all(|link| people(&format!("n-link-{link:02}")) == 1));
    // To the hospital, an hour there, and home; there and back with a wheelchair; two in one car; shopping on the way.
    let stops = [3, 2, 2, 2, 2];
    for (r, stops) in stops.into_iter().enumerate() {
        assert_eq!(people(&format!("n-ride-{:02}", r + 1)), stops, "n-ride-{:02}", r + 1);
    }
}
