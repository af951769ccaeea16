//! Shifts that start where the one before ended, breaks at certain places, breaks with nothing on board.

use serde_json::{Value, json};

use crate::program::{qise, scratch};
use crate::small::{morning, served, solved, two_loads};

/// A morning of two shifts: the first ends with its last visit, or where it is told to, and the second starts there.
fn chained(first_end: &str, needs: Value) -> Value {
    morning(|document| {
        document["volunteers"][0]["shifts"] = json!([
            {"start": "2026-11-24T08:00", "end": "2026-11-24T09:00", "to": first_end},
            {"start": "2026-11-24T09:00", "end": "2026-11-24T10:00", "from": "previous", "to": "anywhere"}
        ]);
        document["needs"] = needs;
    })
}

fn need_at(id: &str, place: &str, from: &str, to: &str) -> Value {
    let time = |clock: &str| format!("2026-11-24T{clock}");
    json!({"id": id, "at": place, "service": "PT30M", "windows": [{"from": time(from), "to": time(to)}]})
}

#[test]
fn a_shift_starts_where_the_one_before_ended() {
    // Whoever is at c0 at nine may go on there at once; from home it takes half an hour.
    let (first, again) = (need_at("first", "c0", "08:00", "08:30"), need_at("again", "c0", "09:00", "09:10"));
    let both = chained("anywhere", json!([first, again]));
    let (outcome, plan) = solved("chained.json", &both);
    assert_eq!((served(&plan), &plan["score"]["terms"]["travel_time"]), (2, &json!(1800)));
    assert_eq!(&plan["routes"][1]["visits"][0]["travel_s"], &json!(0));
    assert!(outcome.out.contains("starts at c0"), "{}", outcome.out);
    // Who has not gone out before starts from home, which nobody calls impossible in every plan.
    let (outcome, plan) = solved("chained-alone.json", &chained("anywhere", json!([again])));
    assert_eq!(served(&plan), 0);
    assert!(outcome.out.contains("not proven impossible"), "{}", outcome.out);
    let late = need_at("late", "c1", "09:00", "09:30");
    let (_, plan) = solved("chained-home.json", &chained("anywhere", json!([late])));
    assert_eq!((served(&plan), &plan["routes"][0]["visits"][0]["travel_s"]), (1, &json!(1800)));
    // Somewhere else than at the last visit.
    let elsewhere = need_at("elsewhere", "c2", "09:00", "09:10");
    let from = |end: &str, name: &str| {
        let mut document = chained(end, json!([need_at("soon", "c0", "07:30", "08:30"), elsewhere]));
        document["volunteers"][0]["shifts"][0]["start"] = json!("2026-11-24T07:00");
        served(&solved(name, &document).1)
    };
    assert_eq!((from("c2", "chained-c2.json"), from("c1", "chained-c1.json")), (2, 1));
}

#[test]
fn a_plan_that_forgets_where_the_shift_before_ended_is_told() {
    let (first, again) = (need_at("first", "c0", "08:00", "08:30"), need_at("again", "c0", "09:00", "09:10"));
    let document = chained("anywhere", json!([first, again]));
    let (_, mut plan) = solved("chained-cut.json", &document);
    plan["routes"].as_array_mut().expect("routes").remove(0);
    plan["unserved"] = json!([{"need": "first"}]);
    plan["score"] = Value::Null;
    let path = scratch("plan-chained-cut.json");
    std::fs::write(&path, plan.to_string()).expect("writable");
    let judged = qise(&["check", &scratch("chained-cut.json"), &path]);
    assert!(judged.code == 1 && judged.out.contains("travel_too_short"), "{}", judged.out);
    // A party is one group from start to end.
    let mut party = document;
    party["volunteers"][0]["shifts"][1]["party"] = json!(true);
    std::fs::write(scratch("chained-party.json"), party.to_string()).expect("writable");
    let outcome = qise(&["solve", &scratch("chained-party.json")]);
    assert!(outcome.code == 3 && outcome.err.contains("shifts[1].party"), "{}", outcome.err);
}

/// Doors to the left and to the right of home, a quarter of an hour away each, and two stations: one at the right door's, one beyond it.
fn on_a_line(at: &Value, change: impl FnOnce(&mut Value)) -> Value {
    let minutes = [("left", -15_i64), ("home", 0), ("right", 15), ("near", 15), ("far", 35)];
    let row = |from: i64| minutes.map(|(_, to)| (from - to).abs() * 60);
    let seconds = minutes.map(|(_, from)| row(from));
    let ids = minutes.map(|(id, _)| id);
    let need = |id: &str, from: &str, to: &str| {
        let time = |clock: &str| format!("2026-11-24T{clock}");
        json!({"id": id, "at": id, "service": "PT1H", "windows": [{"from": time(from), "to": time(to)}]})
    };
    let rest = json!({"earliest": "2026-11-24T09:00", "latest": "2026-11-24T10:30",
        "duration": "PT30M", "at": at});
    let mut document = json!({
        "format": "qise/scenario", "version": 1, "name": "line", "time_zone": "Asia/Shanghai",
        "profiles": [{"id": "foot", "matrix": {"places": ids, "seconds": seconds, "metres": seconds}}],
        "places": ids.map(|id| json!({"id": id})),
        "volunteers": [{"id": "v", "home": "home", "shifts": [
            {"start": "2026-11-24T08:00", "end": "2026-11-24T16:00", "breaks": [rest]}]}],
        "needs": [need("left", "08:15", "08:20"), need("right", "10:45", "12:00")],
        "objective": [[{"term": "unserved"}], [{"term": "travel_time"}]]
    });
    change(&mut document);
    document
}

#[test]
fn a_break_is_taken_at_one_of_its_places() {
    let travel = |plan: &Value| plan["score"]["terms"]["travel_time"].as_i64().map(|travel| travel / 60);
    let place = |plan: &Value| plan["routes"][0]["breaks"][0]["at"].clone();
    let (_, plan) = solved("rest-anywhere.json", &on_a_line(&json!([]), |_| ()));
    assert_eq!((served(&plan), travel(&plan), place(&plan)), (2, Some(60), Value::Null));
    // The station at the door costs nothing.
    let (outcome, plan) = solved("rest-near.json", &on_a_line(&json!(["near", "far"]), |_| ()));
    assert_eq!((served(&plan), travel(&plan), place(&plan)), (2, Some(60), json!("near")));
    assert!(outcome.out.contains("break at near"), "{}", outcome.out);
    // Twenty minutes there, and twenty back.
    let (_, plan) = solved("rest-far.json", &on_a_line(&json!(["far"]), |_| ()));
    assert_eq!((served(&plan), travel(&plan), place(&plan)), (2, Some(100), json!("far")));
    // Nobody is sent out for a break, nor kept from going home before it.
    let alone = on_a_line(&json!(["far"]), |document| {
        document["needs"].as_array_mut().expect("needs").truncate(1);
    });
    let (_, plan) = solved("rest-home.json", &alone);
    assert_eq!((served(&plan), travel(&plan), place(&plan)), (1, Some(30), Value::Null));
    // Where the way leaves no time for it, the need is left: the reason is the break.
    let late = on_a_line(&json!(["far"]), |document| {
        document["needs"] = json!([{"id": "left", "at": "left", "service": "PT2H",
            "windows": [{"from": "2026-11-24T08:20", "to": "2026-11-24T08:30"}]}]);
    });
    let (outcome, plan) = solved("rest-never.json", &late);
    assert_eq!(served(&plan), 0);
    assert!(outcome.out.contains("break"), "{}", outcome.out);
}

#[test]
fn places_of_breaks_that_cannot_be_are_told() {
    let document = on_a_line(&json!(["near", "near", "nowhere"]), |document| {
        document["places"].as_array_mut().expect("places").push(json!({"id": "off"}));
        document["volunteers"][0]["shifts"][0]["breaks"][0]["at"]
            .as_array_mut()
            .expect("places")
            .push(json!("off"));
    });
    let path = scratch("rest-bad.json");
    std::fs::write(&path, document.to_string()).expect("writable");
    let outcome = qise(&["solve", &path]);
    assert_eq!(outcome.code, 3);
    for fault in ["breaks[0].at[1]", "breaks[0].at[2]", "breaks[0].at[3]"] {
        assert!(outcome.err.contains(fault), "{fault}: {}", outcome.err);
    }
}

#[test]
fn nobody_rests_with_passengers_on_board() {
    let of = |only_when_empty: bool| {
        let mut document = two_loads("any_order");
        // A is the only ride, and must wait where it ends; the break falls into that.
        document["needs"].as_array_mut().expect("needs").truncate(1);
        document["needs"][0]["windows"] = json!([{"from": "2026-11-24T08:10", "to": "2026-11-24T08:20"}]);
        document["needs"][0]["then"][0]["windows"] =
            json!([{"from": "2026-11-24T09:00", "to": "2026-11-24T11:00"}]);
        let rest = json!({"earliest": "2026-11-24T08:30", "latest": "2026-11-24T08:50", "duration": "PT10M",
            "only_when_empty": only_when_empty});
        document["volunteers"][0]["shifts"][0]["breaks"] = json!([rest]);
        document
    };
    let (_, plan) = solved("break-any.json", &of(false));
    assert_eq!(plan["routes"][0]["visits"].as_array().map(Vec::len), Some(2));
    let (outcome, plan) = solved("break-empty.json", &of(true));
    assert_eq!(plan["unserved"][0]["need"], json!("A"));
    assert!(outcome.out.contains("kept from it by a break"), "{}", outcome.out);
    let mut later = of(true);
    later["volunteers"][0]["shifts"][0]["breaks"][0]["latest"] = json!("2026-11-24T09:05");
    let (_, plan) = solved("break-later.json", &later);
    assert_eq!(plan["routes"][0]["breaks"][0]["start"], json!("2026-11-24T09:01:00+08:00"), "{plan}");
}
