//! Rounds move by the calendar, and their interval is held whatever their windows are.

#![allow(clippy::unwrap_used)] // what cannot be had fails the test

use qise::model::{LinkRule, Need};
use qise_io::{Scenario, read_scenario, write_scenario};
use serde_json::{Value, json};

fn document(zone: &str, need: &Value, recurrence: &Value) -> String {
    let mut round = json!({"id": "round", "at": "yard", "service": "PT20M", "recurrence": recurrence});
    for (name, value) in need.as_object().unwrap() {
        round[name] = value.clone();
    }
    json!({
        "format": "qise/scenario", "version": 1, "name": "rounds", "time_zone": zone, "datum": "WGS-84",
        "places": [{"id": "yard", "lon": -71.0, "lat": 42.3}, {"id": "shop", "lon": -71.1, "lat": 42.3}],
        "volunteers": [{"id": "ode", "home": "yard",
            "shifts": [{"start": "2027-03-01T08:00", "end": "2027-03-01T18:00"}]}],
        "needs": [round]
    })
    .to_string()
}

fn read(zone: &str, need: &Value, recurrence: &Value) -> Scenario {
    let document = document(zone, need, recurrence);
    read_scenario(document.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"))
}

fn window(from: &str, to: &str) -> Value {
    json!({"from": from, "to": to})
}

fn windows(scenario: &Scenario, need: &Need, stop: usize) -> Vec<String> {
    let told = |window: &qise::model::Window| {
        format!("{}/{}", scenario.zone.format(window.from), scenario.zone.format(window.to))
    };
    need.stops[stop].windows.iter().map(told).collect()
}

fn days(scenario: &Scenario) -> Vec<(u32, u32, i32, i32, bool)> {
    let links = scenario.problem.links().iter().filter_map(|link| match link.rule {
        LinkRule::DaysApart { min, max, weeks } => Some((link.from.0, link.to.0, min, max, weeks)),
        _ => None,
    });
    links.collect()
}

#[test]
fn nine_o_clock_stays_nine_o_clock() {
    let need = json!({"windows": [window("2027-03-08T09:00", "2027-03-08T11:00")], "promise": {"start_by": "2027-03-08T10:00"}});
    let scenario =
        read("America/New_York", &need, &json!({"times": 3, "every_days": 7, "tolerance_days": 1}));
    let needs = scenario.problem.needs();
    assert_eq!(windows(&scenario, &needs[0], 0), ["2027-03-08T09:00:00-05:00/2027-03-08T11:00:00-05:00"]);
    let second = ["14", "15", "16"];
    let second = second.map(|day| format!("2027-03-{day}T09:00:00-04:00/2027-03-{day}T11:00:00-04:00"));
    assert_eq!(windows(&scenario, &needs[1], 0), second, "clocks go on in the night to the fourteenth");
    let by = |n: usize| scenario.zone.format(needs[n].promise.unwrap().start_by.unwrap());
    assert_eq!([by(0), by(2)], ["2027-03-08T10:00:00-05:00", "2027-03-23T10:00:00-04:00"]);
    // What is skipped is done as much later, and a window does not end before it begins.
    let night = json!({"windows": [window("2027-03-07T02:15", "2027-03-07T03:00")]});
    let scenario = read("America/New_York", &night, &json!({"times": 2, "every_days": 7}));
    let moved = windows(&scenario, &scenario.problem.needs()[1], 0);
    assert_eq!(moved, ["2027-03-14T03:15:00-04:00/2027-03-14T03:15:00-04:00"]);
}

#[test]
fn every_stop_of_a_ride_moves_along() {
    let need = json!({
        "windows": [window("2027-03-08T09:00", "2027-03-08T11:00")],
        "then": [{"at": "shop", "service": "PT5M", "windows": [window("2027-03-08T10:00", "2027-03-08T12:00")]}]
    });
    let scenario = read("America/New_York", &need, &json!({"times": 2, "every_days": 7}));
    let last = windows(&scenario, &scenario.problem.needs()[1], 1);
    assert_eq!(last, ["2027-03-15T10:00:00-04:00/2027-03-15T12:00:00-04:00"]);
}

#[test]
fn the_interval_is_held_where_windows_leave_it_open() {
    let day = |date: &str| window(&format!("{date}T09:00"), &format!("{date}T11:00"));
    let one = json!({"windows": [day("2027-03-08")]});
    let weekly = |tolerance: i64| json!({"times": 3, "every_days": 7, "tolerance_days": tolerance});
    assert_eq!(days(&read("America/New_York", &one, &weekly(0))), [], "windows say it all");
    let loose = read("America/New_York", &one, &weekly(2));
    assert_eq!(days(&loose), [(1, 2, 5, 9, false)], "the first has one day, the others may meet too soon");
    let workdays = ["08", "09", "10"].map(|day_of| day(&format!("2027-03-{day_of}")));
    let scenario = read("America/New_York", &json!({"windows": workdays}), &weekly(0));
    assert_eq!(days(&scenario), [(0, 1, 7, 7, false), (0, 2, 14, 14, false), (1, 2, 7, 7, false)]);
    // Windows that meet are one.
    let meeting = read("America/New_York", &json!({"windows": workdays}), &weekly(1));
    assert_eq!(meeting.problem.needs()[1].stops[0].windows.len(), 5);
    let written = write_scenario(&scenario.problem, &scenario.zone);
    let again = read_scenario(written.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(again.problem.to_data(), scenario.problem.to_data());
}

#[test]
fn every_way_to_serve_a_round_keeps_the_interval() {
    let day = |date: &str| window(&format!("{date}T09:00"), &format!("{date}T11:00"));
    let need = json!({"windows": [day("2027-03-08"), day("2027-03-09")], "roles": [{}, {"optional": 3}]});
    let scenario = read("America/New_York", &need, &json!({"times": 2, "every_days": 7, "same_visitor": 4}));
    assert_eq!(days(&scenario).len(), 4, "two ways each");
    let same =
        scenario.problem.links().iter().filter(|link| matches!(link.rule, LinkRule::SamePerson { .. }));
    assert_eq!(same.count(), 4);
}

#[test]
fn one_weekday_asks_for_whole_weeks() {
    let day = |date: &str| window(&format!("{date}T09:00"), &format!("{date}T11:00"));
    let need = json!({"windows": [day("2027-03-08"), day("2027-03-09")]});
    let same = json!({"times": 2, "every_days": 8, "tolerance_days": 2, "same_weekday": true});
    assert_eq!(days(&read("America/New_York", &need, &same)), [(0, 1, 6, 10, true)]);
    let never = json!({"times": 2, "every_days": 10, "tolerance_days": 2, "same_weekday": true});
    let faults = read_scenario(document("America/New_York", &need, &never).as_bytes()).unwrap_err();
    assert_eq!(faults.0.len(), 1, "{faults}");
    assert_eq!(faults.0[0].path, "$.needs[0].recurrence.same_weekday");
}

#[test]
fn days_between_needs_can_be_stated() {
    let text = document(
        "America/New_York",
        &json!({"windows": [window("2027-03-08T09:00", "2027-03-08T11:00")]}),
        &json!({"times": 2, "every_days": 7}),
    );
    let mut scenario = serde_json::from_str::<Value>(&text).unwrap();
    scenario["links"] = json!([{"from": "round", "to": "round#2", "rule": "days_apart", "min_days": 5, "max_days": 9, "whole_weeks": true}]);
    let read = |scenario: &Value| read_scenario(scenario.to_string().as_bytes());
    assert_eq!(days(&read(&scenario).unwrap()), [(0, 1, 5, 9, true)]);
    let codes = |scenario: &Value| {
        let faults = read(scenario).unwrap_err();
        faults.0.into_iter().map(|fault| format!("{} {}", fault.code, fault.path)).collect::<Vec<_>>()
    };
    scenario["links"][0]["max_days"] = json!(6);
    assert_eq!(codes(&scenario), ["contradiction $.links[0].whole_weeks"]);
    scenario["links"][0] = json!({"from": "round", "to": "round#2", "rule": "days_apart"});
    assert_eq!(codes(&scenario), ["missing_field $.links[0].max_days"]);
    scenario["links"][0] = json!({"from": "round", "to": "round#2", "rule": "same_day", "max_days": 3});
    assert_eq!(codes(&scenario), ["conflict $.links[0]"]);
}
