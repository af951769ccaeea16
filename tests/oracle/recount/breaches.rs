//! Breaches planted into the documents of good plans: the recount must find each of them.

use serde_json::{Value, json};

use super::sound::{planned, scenario};
use super::{list, recount, time, word};

/// A name, what is done to the document of a plan, and what the recount must say among other things.
type Case = (&'static str, fn(&mut Value), &'static str);

fn check(name: &str, iterations: u64, cases: &[Case]) {
    let (document, scenario) = scenario(name);
    let (_, good) = planned(&scenario, iterations, None, None);
    for (case, change, says) in cases {
        let mut plan = good.clone();
        change(&mut plan);
        assert_ne!(plan, good, "{case}: nothing was changed");
        let found = recount(&document, &plan);
        assert!(found.iter().any(|(word, _)| word == says), "{case}: no {says:?} in {found:?}");
    }
}

#[test]
fn planted_in_the_fodder_run() {
    let cases: [Case; 10] = [
        ("take more than there is", |plan| *amount(plan, "takes", "bale") = json!(500), "out of stock"),
        (
            "take more than it can carry",
            |plan| *amount(plan, "takes", "bale") = json!(120),
            "too much on board",
        ),
        ("take one less", |plan| less(amount(plan, "takes", "bale")), "not on board"),
        ("drop a call", |plan| drop(entries(plan, "calls", takes_any).remove(0)), "not on board"),
        ("two drivers, one truck", one_truck, "taken by two"),
        ("a driver with two trucks", one_driver, "in two places"),
        ("by their own means", |plan| drop(route(plan, |_| true).remove("vehicle")), "too much on board"),
        ("before what comes in", take_before_it_comes_in, "out of stock"),
        ("drop a visit", |plan| drop(entries(plan, "visits", |_| true).remove(1)), "lost"),
        (
            "a shorter call",
            |plan| call(plan, takes_any)["end"] = call(plan, takes_any)["start"].clone(),
            "hurried",
        ),
    ];
    check("alxa/fodder.json", 60, &cases);
}

#[test]
fn planted_at_the_lending_points() {
    let cases: [Case; 11] = [
        ("keep what comes back", |plan| drop(entries(plan, "calls", gives_any).remove(0)), "kept"),
        ("give back one less", |plan| less(amount(plan, "gives", "wheelchair")), "kept"),
        ("take one twice", |plan| *amount(plan, "takes", "wheelchair") = json!(9), "out of stock"),
        ("no tools", |plan| less(amount(plan, "takes", "toolbox")), "not at hand"),
        ("swap the order", swap, "out of order"),
        ("call too late", |plan| later(plan), "out of order"),
        (
            "fetch too late",
            |plan| visit(plan, fetches)["start"] = json!("2026-12-09T10:00:00+08:00"),
            "at a wrong time",
        ),
        ("fetch what was never lent", never_lent, "nothing there"),
        ("lend twice", lend_twice, "served twice"),
        ("another depot", |plan| bed_call(plan)["depot"] = json!("d-jilantai"), "not kept there"),
        (
            "at night",
            |plan| call(plan, gives_any)["start"] = json!("2026-11-24T03:00:00+08:00"),
            "at a wrong time",
        ),
    ];
    check("alxa/lending.json", 60, &cases);
}

fn takes_any(call: &Value) -> bool {
    list(call, "takes").next().is_some()
}

fn gives_any(call: &Value) -> bool {
    list(call, "gives").next().is_some()
}

fn fetches(visit: &Value) -> bool {
    word(visit, "need").ends_with("#back")
}

/// The first list of visits or calls that begins with such an entry.
fn entries<'p>(plan: &'p mut Value, field: &str, such: impl Fn(&Value) -> bool) -> &'p mut Vec<Value> {
    let routes = plan["routes"].as_array_mut().expect("routes").iter_mut();
    let mut lists = routes.filter_map(|route| route.get_mut(field).and_then(Value::as_array_mut));
    lists.find(|list| list.len() > usize::from(field == "visits") && such(&list[0])).expect("one such list")
}

fn any<'p>(plan: &'p mut Value, field: &str, such: impl Fn(&Value) -> bool) -> &'p mut Value {
    let routes = plan["routes"].as_array_mut().expect("routes").iter_mut();
    let lists = routes.filter_map(|route| route.get_mut(field).and_then(Value::as_array_mut));
    lists.flatten().find(|entry| such(entry)).expect("one such entry")
}

fn call(plan: &mut Value, such: impl Fn(&Value) -> bool) -> &mut Value {
    any(plan, "calls", such)
}

fn visit(plan: &mut Value, such: impl Fn(&Value) -> bool) -> &mut Value {
    any(plan, "visits", such)
}

fn route(plan: &mut Value, such: impl Fn(&Value) -> bool) -> &mut serde_json::Map<String, Value> {
    let mut routes = plan["routes"].as_array_mut().expect("routes").iter_mut();
    routes.find(|route| such(route)).and_then(Value::as_object_mut).expect("one such route")
}

/// How much of a kind is taken or given at the first call that takes or gives it.
fn amount<'p>(plan: &'p mut Value, field: &str, good: &str) -> &'p mut Value {
    let moves = |call: &Value| list(call, field).any(|parcel| parcel["good"] == good);
    let parcels = call(plan, moves)[field].as_array_mut().expect("parcels");
    let parcel = parcels.iter_mut().find(|parcel| parcel["good"] == good).expect("the kind");
    &mut parcel["amount"]
}

fn less(amount: &mut Value) {
    *amount = json!(amount.as_i64().expect("how much") - 1);
}

fn one_truck(plan: &mut Value) {
    let vehicle = plan["routes"][0]["vehicle"].clone();
    plan["routes"][1]["vehicle"] = vehicle;
}

fn one_driver(plan: &mut Value) {
    let who = plan["routes"][0]["volunteer"].clone();
    plan["routes"][1]["volunteer"] = who;
}

/// All that is taken at the depot where more comes in on the second day is taken on the first.
fn take_before_it_comes_in(plan: &mut Value) {
    let routes = plan["routes"].as_array_mut().expect("routes").iter_mut();
    let calls = routes.filter_map(|route| route.get_mut("calls").and_then(Value::as_array_mut)).flatten();
    for call in calls.filter(|call| call["depot"] == "d-jilantai" && takes_any(call)) {
        call["start"] = json!("2026-11-24T08:00:00+08:00");
    }
}

/// The first two visits of a route change places, and keep their times.
fn swap(plan: &mut Value) {
    entries(plan, "visits", |_| true).swap(0, 1);
}

/// What is taken at first is taken after the first visit, at the time at which it was taken.
fn later(plan: &mut Value) {
    call(plan, |call| call["before"] == 0 && takes_any(call))["before"] = json!(1);
}

/// Somebody else's visit takes the place of the one that lent.
fn never_lent(plan: &mut Value) {
    let lent = word(visit(plan, fetches), "need").trim_end_matches("#back").to_owned();
    let routes = plan["routes"].as_array_mut().expect("routes").iter_mut();
    for visits in routes.filter_map(|route| route["visits"].as_array_mut()) {
        visits.retain(|visit| visit["need"] != lent.as_str());
    }
}

/// What was left with one is brought to another again.
fn lend_twice(plan: &mut Value) {
    let lends = |visit: &Value| word(visit, "need").starts_with("n-walker") && !fetches(visit);
    let other = |id: &str| visit_of(plan, |visit| lends(visit) && visit["need"] != id);
    let first = visit_of(plan, lends);
    let second = other(&first);
    visit(plan, |visit| visit["need"] == second.as_str())["need"] = json!(first);
}

fn visit_of(plan: &Value, such: impl Fn(&Value) -> bool) -> String {
    let mut visits = list(plan, "routes").flat_map(|route| list(route, "visits"));
    word(visits.find(|visit| such(visit)).expect("one such visit"), "need").to_owned()
}

fn bed_call(plan: &mut Value) -> &mut Value {
    call(plan, |call| list(call, "gives").chain(list(call, "takes")).any(|parcel| parcel["good"] == "bed"))
}

#[test]
fn times_are_counted_by_hand() {
    let parse = |text: &str| time(&json!(text));
    assert_eq!(parse("1970-01-01T00:00"), 0);
    assert_eq!(parse("2026-11-24T08:00:04+08:00") - parse("2026-11-24T08:00"), 4);
    assert_eq!(parse("2026-03-01T00:00") - parse("2026-02-28T00:00"), 86_400);
    assert_eq!(parse("2024-03-01T00:00") - parse("2024-02-28T00:00"), 2 * 86_400);
    assert_eq!(super::duration(&json!("PT1H30M")), 5400);
}
