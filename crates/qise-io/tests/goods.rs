//! Goods, depots and vehicles: what entries stand for, and plans with calls, there and back and on a map.

#![allow(clippy::unwrap_used)] // what cannot be had fails the test

use qise::ProblemData;
use qise::model::{Handling, LinkRule, Need, NeedId, Seconds, VehicleId};
use qise::plan::evaluate;
use qise_io::{
    PlanNotes, Scenario, check_plan, geojson, read_plan, read_scenario, schema, write_plan, write_scenario,
};
use serde_json::{Value, json};

const WINTER: &str = include_str!("../../../tests/data/goods/winter.json");
const PLAN: &str = include_str!("../../../tests/data/goods/winter_plan.json");

fn winter() -> Scenario {
    read_scenario(WINTER.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"))
}

fn need<'d>(data: &'d ProblemData, key: &str) -> (NeedId, &'d Need) {
    let number = data.needs.iter().position(|need| need.key == key).unwrap_or_else(|| panic!("no {key}"));
    (NeedId::new(number), &data.needs[number])
}

/// What a need asks of goods.
fn goods(need: &Need) -> Vec<(u32, i64, Handling)> {
    need.goods.iter().map(|supply| (supply.what.good.0, supply.what.amount, supply.handling)).collect()
}

/// The plan, after a change to its document.
fn plan_with(scenario: &Scenario, change: impl FnOnce(&mut Value)) -> qise_io::PlanDocument {
    let mut document = serde_json::from_str(PLAN).unwrap();
    change(&mut document);
    let bytes = document.to_string();
    read_plan(&scenario.problem, &scenario.zone, bytes.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"))
}

fn map(scenario: &Scenario) -> Vec<Value> {
    let plan = plan_with(scenario, |_| ()).plan;
    let map: Value = serde_json::from_str(&geojson::plan(&scenario.problem, &scenario.zone, &plan)).unwrap();
    map["features"].as_array().unwrap().clone()
}

#[test]
fn what_is_lent_is_fetched_again() {
    let data = winter().problem.to_data();
    let ((lent, chair), (fetched, back)) = (need(&data, "chair"), need(&data, "chair#back"));
    assert_eq!(goods(chair), [(2, 1, Handling::Deliver)]);
    assert_eq!(goods(back), [(2, 1, Handling::Collect)]);
    assert_eq!((back.priority, back.stops[0].place), (chair.priority, chair.stops[0].place));
    assert_eq!(back.stops[0].windows[0].from - chair.stops[0].windows[0].from, Seconds(7 * 3600));
    let rules = data.links.iter().map(|link| (link.from, link.to, link.rule)).collect::<Vec<_>>();
    let after = LinkRule::After { min: Seconds::ZERO, max: None };
    let same = LinkRule::SamePerson { price: Some(40) };
    assert_eq!(rules, [(lent, fetched, after), (lent, fetched, same)]);
}

#[test]
fn other_goods_and_less_of_them_are_ways_to_serve() {
    let data = winter().problem.to_data();
    let ways = data.choices[0].iter().map(|&way| &data.needs[way.index()]);
    let ways = ways.map(|way| (way.key.as_str(), goods(way), way.priority)).collect::<Vec<_>>();
    let deliver = |good, amount| vec![(good, amount, Handling::Deliver)];
    // Of seven a third, rounded down, is two.
    assert_eq!(
        ways,
        [("hay", deliver(0, 90), 7), ("hay~2", deliver(1, 50), 6), ("hay~3", deliver(0, 30), 2)]
    );
}

#[test]
fn ways_to_be_supplied_multiply_and_come_again() {
    let mut document: Value = serde_json::from_str(WINTER).unwrap();
    document["needs"][3]["goods"] = json!([
        {"good": "bale", "amount": 4, "or": [{"good": "pellet", "less": 3}]},
        {"good": "saw", "amount": 2, "least": 1}
    ]);
    document["needs"][3]["recurrence"] = json!({"times": 2, "every_days": 1});
    let data = read_scenario(document.to_string().as_bytes()).unwrap().problem.to_data();
    let shape = |ways: &Vec<NeedId>| {
        let way = |way: &NeedId| {
            let need = &data.needs[way.index()];
            let goods = need.goods.iter().map(|supply| (supply.what.good.0, supply.what.amount));
            (need.key.clone(), goods.collect::<Vec<_>>(), need.priority)
        };
        ways.iter().map(way).collect::<Vec<_>>()
    };
    let expected = |key: &str| {
        let way =
            |suffix, good, saws, priority| (format!("{key}{suffix}"), vec![(good, 4), (3, saws)], priority);
        vec![way("", 0, 2, 7), way("~2", 1, 2, 4), way("~3", 0, 1, 3), way("~4", 1, 1, 0)]
    };
    assert_eq!(data.choices.iter().map(shape).collect::<Vec<_>>(), [expected("hay"), expected("hay#2")]);
}

#[test]
fn what_entries_stand_for_is_written_out() {
    let Scenario { problem, zone } = winter();
    let written = write_scenario(&problem, &zone);
    let document = serde_json::from_str(&written).unwrap();
    assert!(jsonschema::validator_for(&schema::scenario()).unwrap().is_valid(&document));
    assert!(
        jsonschema::validator_for(&schema::scenario())
            .unwrap()
            .is_valid(&serde_json::from_str(WINTER).unwrap())
    );
    let again = read_scenario(written.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(again.problem.to_data(), problem.to_data());
}

#[test]
fn a_plan_with_calls_is_read_back_as_it_was_written() {
    let scenario = winter();
    let Scenario { problem, zone } = &scenario;
    let read = plan_with(&scenario, |_| ());
    let checked = check_plan(problem, &read);
    assert!(checked.is_valid(), "{:#?}", checked.findings);
    let evaluation = checked.evaluation;
    let unit = problem.unit(read.plan.routes[0].unit);
    assert_eq!((unit.vehicle, unit.shift), (Some(VehicleId(0)), 0));

    let written = write_plan(problem, zone, &read.plan, &evaluation, &PlanNotes::default());
    let document: Value = serde_json::from_str(&written).unwrap();
    assert!(jsonschema::validator_for(&schema::plan()).unwrap().is_valid(&document));
    let again = read_plan(problem, zone, written.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(again.plan, read.plan);
    let route = &document["routes"][0];
    assert_eq!((&route["vehicle"], &route["calls"][0]["takes"][1]["amount"]), (&json!("truck"), &json!(20)));
    // The legs go by way of the depot.
    assert_eq!((&route["visits"][0]["travel_s"], &route["calls"][1]["travel_s"]), (&json!(900), &json!(900)));
    assert_eq!((&route["travel_s"], &route["distance_m"]), (&json!(4200), &json!(63_000)));
    assert_eq!(document["routes"][1]["vehicle"], Value::Null);
}

#[test]
fn a_route_belongs_to_the_unit_of_its_shift_and_vehicle() {
    let scenario = winter();
    for (vehicle, shift) in [(None, 0), (Some("truck"), 0), (None, 1), (Some("truck"), 1)] {
        let read = plan_with(&scenario, |plan| {
            plan["routes"][0]["vehicle"] = json!(vehicle);
            plan["routes"][0]["shift"] = json!(shift);
        });
        let unit = scenario.problem.unit(read.plan.routes[0].unit);
        assert_eq!((unit.vehicle.is_some(), unit.shift), (vehicle.is_some(), shift));
    }
}

#[test]
fn calls_out_of_order_keep_their_places_in_the_document() {
    let scenario = winter();
    let Scenario { problem, zone } = &scenario;
    let read = plan_with(&scenario, |plan| {
        plan["routes"][0]["calls"].as_array_mut().unwrap().reverse();
        plan["routes"][0]["calls"][0]["before"] = json!(99);
    });
    let evaluation = evaluate(problem, &read.plan);
    assert!(evaluation.is_valid(), "{:#?}", evaluation.violations);
    let written = write_plan(problem, zone, &read.plan, &evaluation, &PlanNotes::default());
    assert_eq!(read_plan(problem, zone, written.as_bytes()).unwrap().plan, read.plan);
}

#[test]
fn calls_and_depots_are_on_the_map() {
    let mut document: Value = serde_json::from_str(WINTER).unwrap();
    for (number, place) in document["places"].as_array_mut().unwrap().iter_mut().enumerate() {
        (place["lon"], place["lat"]) = (json!(105.0 + number as f64), json!(38.5));
    }
    document["datum"] = json!("WGS-84");
    let features = map(&read_scenario(document.to_string().as_bytes()).unwrap());
    let kinds = features.iter().map(|feature| feature["properties"]["kind"].as_str().unwrap());
    let route = ["route", "call", "visit", "visit", "visit", "call"];
    assert_eq!(
        kinds.collect::<Vec<_>>(),
        route.into_iter().chain(["route", "visit", "unserved", "depot"]).collect::<Vec<_>>()
    );
    let line = features[0]["geometry"]["coordinates"].as_array().unwrap();
    let passes = line.iter().map(|point| point[0].as_f64().unwrap() as i64 - 105).collect::<Vec<_>>();
    assert_eq!(passes, [1, 1, 3, 2, 3, 1, 1]);
    assert_eq!(
        (&features[0]["properties"]["vehicle"], &features[0]["properties"]["calls"]),
        (&json!("truck"), &json!(2))
    );
    let call = &features[1]["properties"];
    assert_eq!(call["takes"], json!({"bale": 60, "pellet": 20, "wheelchair": 1}));
    assert_eq!((&call["gives"], &call["order"]), (&json!({}), &json!(1)));
    assert_eq!(features[9]["properties"]["left"], json!({"bale": 40, "pellet": 30, "wheelchair": 1}));
    assert_eq!(features[9]["geometry"]["coordinates"][0], json!(106.0));
}

#[test]
fn places_without_coordinates_have_no_geometry() {
    assert!(map(&winter()).iter().all(|feature| feature["geometry"].is_null()));
}
