//! A fodder run of two days, and ten days of lending points: from the scenario to a plan that is good, in key figures.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::program::{qise, scenario, scratch};

/// A scenario, planned and judged: the scenario, and the plan.
fn planned(name: &str, iterations: &str) -> (Value, Value) {
    let (path, plan) = (scenario(&format!("alxa/{name}.json")), scratch(&format!("{name}-plan.json")));
    let solved = qise(&["solve", &path, "--iterations", iterations, "--out", &plan]);
    assert_eq!(solved.code, 0, "{}", solved.err);
    let checked = qise(&["check", &path, &plan]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    let read = |path: &str| serde_json::from_slice(&std::fs::read(path).expect("written")).expect("JSON");
    (read(&path), read(&plan))
}

fn list<'v>(of: &'v Value, field: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    of[field].as_array().into_iter().flatten()
}

/// The routes, and all calls of all of them.
fn calls(plan: &Value) -> impl Iterator<Item = &Value> {
    list(plan, "routes").flat_map(|route| list(route, "calls"))
}

/// How much of each kind is taken from depots.
fn taken(plan: &Value) -> BTreeMap<&str, i64> {
    let mut sums = BTreeMap::new();
    for parcel in calls(plan).flat_map(|call| list(call, "takes")) {
        let (good, amount) =
            (parcel["good"].as_str().expect("a kind"), parcel["amount"].as_i64().expect("how much"));
        *sums.entry(good).or_default() += amount;
    }
    sums
}

#[test]
fn fodder_reaches_the_herders_before_the_snow() {
    let (run, plan) = planned("fodder", "200");
    assert_eq!(list(&run, "needs").count(), 27);
    let served = plan["figures"]["served"].as_u64().expect("a number");
    assert!(served >= 26, "{served} of 27");
    let taken = taken(&plan);
    assert!(taken["bale"] > 180, "more than both stores hold at first: {taken:?}");
    assert!(taken["pellet"] >= 30 && taken["cart"] >= 1, "{taken:?}");

    // Nobody carries it all at once: somebody comes back for more, and some of it comes in on the second day.
    let takes = |call: &&Value| list(call, "takes").next().is_some();
    let loads = |route: &Value| list(route, "calls").filter(takes).count();
    assert!(list(&plan, "routes").any(|route| loads(route) > 1), "nobody loads again");
    let late =
        |call: &Value| call["start"].as_str() >= Some("2026-11-25T09:00") && call["depot"] == "d-jilantai";
    assert!(calls(&plan).any(|call| late(call) && takes(&call)), "nobody waits for what comes in");

    // A night out on the way, in a vehicle of the team.
    let night = |route: &&Value| list(route, "breaks").any(|rest| rest["duration"] == "PT10H");
    assert!(list(&plan, "routes").filter(night).count() >= 2);
    assert!(list(&plan, "routes").all(|route| route["vehicle"].is_string()));
    let metres = list(&plan, "routes").filter_map(|route| route["distance_m"].as_i64());
    assert!(metres.sum::<i64>() > 400_000);
    let papers_expired = |route: &Value| route["volunteer"] == "v-buren";
    assert!(!list(&plan, "routes").any(papers_expired));
}

#[test]
fn what_is_lent_comes_back_and_is_lent_again() {
    let (points, plan) = planned("lending", "100");
    let stock = |good: &str| -> i64 {
        let stocks = list(&points, "depots").flat_map(|depot| list(depot, "stock"));
        stocks
            .filter(|stock| stock["good"] == good)
            .map(|stock| stock["amount"].as_i64().expect("how much"))
            .sum()
    };
    let visits = || list(&plan, "routes").flat_map(|route| list(route, "visits"));
    let served = |id: &str| visits().any(|visit| visit["need"] == id);
    // Every unit goes out more than once.
    for (good, lent) in [("wheelchair", 15), ("walker", 11), ("bed", 5)] {
        let begin = format!("n-{good}-");
        let ids = || visits().filter_map(|visit| visit["need"].as_str()).filter(|id| id.starts_with(&begin));
        let (out, back) =
            (ids().filter(|id| !id.ends_with("#back")), ids().filter(|id| id.ends_with("#back")));
        let (out, back) = (out.count(), back.count());
        assert!(out >= lent && out as i64 > stock(good), "{good}: {out}, of {}", stock(good));
        assert!(back + 2 >= out, "{good}: {out} lent, {back} fetched");
    }
    // Not enough for everybody: who waits is among those who matter least.
    let unserved = list(&plan, "unserved").map(|left| left["need"].as_str().expect("an id"));
    let left = unserved.filter(|id| !id.ends_with("#back")).collect::<Vec<_>>();
    assert!(!left.is_empty() && left.len() <= 8, "{left:?}");
    // Tools go out and come back, and beds go by van.
    assert!((1..=8).all(|repair| served(&format!("n-repair-{repair:02}"))));
    for route in list(&plan, "routes") {
        let amount = |field: &str, good: &str| -> i64 {
            let parcels = list(route, "calls").flat_map(|call| list(call, field));
            parcels
                .filter(|parcel| parcel["good"] == good)
                .filter_map(|parcel| parcel["amount"].as_i64())
                .sum()
        };
        assert_eq!(amount("takes", "toolbox"), amount("gives", "toolbox"), "{route}");
        if amount("takes", "bed") + amount("gives", "bed") > 0 {
            assert!(route["vehicle"].is_string(), "{route}");
        }
    }
    assert_eq!(plan["score"]["terms"]["unserved_mandatory"], json!(0));
}
