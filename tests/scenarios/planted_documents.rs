//! Faults planted into the plan document of the Alxa day: `qise check` names each, at its path.
//!
//! Every rule of the judge is covered one by one in `tests/oracle/planted_faults`; here the whole way from a document to
//! the words of the program is tested.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::program::{qise, scenario, scratch};

/// A valid plan of the day.
static PLAN: LazyLock<Value> = LazyLock::new(|| {
    let (day, plan) = (scenario("alxa/day.json"), scratch("planted-base.json"));
    let solved = qise(&["solve", &day, "--iterations", "1500", "--out", &plan, "--quiet"]);
    assert_eq!(solved.code, 0, "{}", solved.err);
    serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON")
});

/// The first route of this person.
fn route_of(plan: &Value, volunteer: &str) -> usize {
    let routes = plan["routes"].as_array().expect("a list");
    routes.iter().position(|r| r["volunteer"] == volunteer).unwrap_or_else(|| panic!("{volunteer} goes out"))
}

/// The route and position of the visit to a need.
fn visit_of(plan: &Value, need: &str) -> (usize, usize) {
    let routes = plan["routes"].as_array().expect("a list");
    let find = |r: &Value| r["visits"].as_array().expect("a list").iter().position(|v| v["need"] == need);
    let found = routes.iter().enumerate().find_map(|(r, route)| Some((r, find(route)?)));
    found.unwrap_or_else(|| panic!("{need} is served"))
}

/// Moves a time of the document by some minutes.
fn shift(time: &mut Value, minutes: i64) {
    let text = time.as_str().expect("a time").to_owned();
    let (hour, minute): (i64, i64) =
        (text[11..13].parse().expect("hours"), text[14..16].parse().expect("minutes"));
    let moved = hour * 60 + minute + minutes;
    *time = json!(format!("{}{:02}:{:02}{}", &text[..11], moved / 60, moved % 60, &text[16..]));
}

/// Gives the visit to `need` to `volunteer` in a route of its own, at the same times.
fn hand_over(plan: &mut Value, need: &str, volunteer: &str, shift: u64) -> usize {
    let (r, v) = visit_of(plan, need);
    let visit = plan["routes"][r]["visits"].as_array_mut().expect("a list").remove(v);
    if plan["routes"][r]["visits"].as_array().expect("a list").is_empty() {
        plan["routes"].as_array_mut().expect("a list").remove(r);
    }
    let routes = plan["routes"].as_array_mut().expect("a list");
    routes.retain(|r| r["volunteer"] != volunteer || r["shift"] != shift);
    let (departure, finish) = (visit["start"].clone(), visit["end"].clone());
    routes.push(json!({ "volunteer": volunteer, "shift": shift, "departure": departure, "visits": [visit], "finish": finish }));
    routes.len() - 1
}

/// Plants a fault and asks for the violation `rule` at the path that the planting returns.
fn check(name: &str, rule: &str, plant: impl FnOnce(&mut Value) -> String) {
    let mut plan = PLAN.clone();
    let path = plant(&mut plan);
    let file = scratch(&format!("planted-{name}.json"));
    std::fs::write(&file, plan.to_string()).expect("writable");
    let checked = qise(&["check", &scenario("alxa/day.json"), &file, "--json"]);
    assert_eq!(checked.code, 1, "{name}: {}{}", checked.out, checked.err);
    let report: Value = serde_json::from_str(&checked.out).expect("JSON");
    assert_eq!(report["valid"], false);
    let found = report["violations"].as_array().expect("a list");
    assert!(
        found.iter().any(|v| v["rule"] == rule && v["path"] == path.as_str()),
        "{name}: no {rule} at {path} in {found:#?}"
    );
    let in_words = qise(&["check", &scenario("alxa/day.json"), &file, "--lang", "zh"]);
    assert!(in_words.out.contains(&format!("{path}: {rule}: ")), "{name}: {}", in_words.out);
}

#[test]
fn the_base_is_valid() {
    let file = scratch("planted-none.json");
    std::fs::write(&file, PLAN.to_string()).expect("writable");
    assert_eq!(qise(&["check", &scenario("alxa/day.json"), &file]).code, 0);
}

#[test]
fn times() {
    let at = |plan: &Value, need: &str| {
        let (r, v) = visit_of(plan, need);
        (r, v, format!("$.routes[{r}].visits[{v}]"))
    };
    for (name, rule, field, minutes, of) in [
        ("late-window", "outside_window", "start", 600, "start"),
        ("early-window", "outside_window", "start", -300, "start"),
        ("early-arrival", "travel_too_short", "arrival", -60, "arrival"),
        ("long-service", "wrong_service", "end", 20, "end"),
        ("short-service", "wrong_service", "end", -5, "end"),
        ("before-arrival", "early_start", "arrival", 90, "start"),
    ] {
        check(name, rule, |plan| {
            let (r, v, path) = at(plan, "n-policy-04");
            shift(&mut plan["routes"][r]["visits"][v][field], minutes);
            format!("{path}.{of}")
        });
    }
    check("overlap", "overlap", |plan| {
        let water = (1..=12).map(|n| format!("n-water-{n:02}")).find(|need| {
            let (r, _) = visit_of(plan, need);
            plan["routes"][r]["visits"].as_array().is_some_and(|visits| visits.len() > 1)
        });
        let (r, v, path) = at(plan, &water.expect("somebody brings water to two doors"));
        let other = if v == 0 { 1 } else { v - 1 };
        let (first, second) = (v.min(other), v.max(other));
        plan["routes"][r]["visits"][second]["start"] = plan["routes"][r]["visits"][first]["start"].clone();
        path.replace(&format!("visits[{v}]"), &format!("visits[{second}].start"))
    });
    for (name, rule, field, minutes) in [
        ("early-departure", "early_departure", "departure", -240),
        ("late-finish", "late_finish", "finish", 600),
        ("quick-return", "travel_too_short", "finish", -45),
    ] {
        check(name, rule, |plan| {
            let r = route_of(plan, "v-mandula");
            shift(&mut plan["routes"][r][field], minutes);
            format!("$.routes[{r}].{field}")
        });
    }
    check("no-break", "break_missing", |plan| {
        let r = route_of(plan, "v-menggen");
        plan["routes"][r].as_object_mut().expect("a route").remove("breaks");
        format!("$.routes[{r}].breaks")
    });
    check("break-in-service", "break_misplaced", |plan| {
        let r = route_of(plan, "v-menggen");
        plan["routes"][r]["breaks"][0]["start"] = plan["routes"][r]["visits"][0]["start"].clone();
        format!("$.routes[{r}].breaks[0]")
    });
}

#[test]
fn lists_and_scores() {
    check("served-twice", "served_twice", |plan| {
        let (r, v) = visit_of(plan, "n-water-01");
        let copy = plan["routes"][r]["visits"][v].clone();
        let other = route_of(plan, "v-mandula");
        plan["routes"][other]["visits"].as_array_mut().expect("a list").push(copy);
        let last = plan["routes"][other]["visits"].as_array().expect("a list").len() - 1;
        if other > r {
            format!("$.routes[{other}].visits[{last}].need")
        } else {
            format!("$.routes[{r}].visits[{v}].need")
        }
    });
    check("forgotten", "not_listed", |plan| {
        plan["unserved"].as_array_mut().expect("a list").remove(0);
        "$.unserved".into()
    });
    check("listed-though-served", "wrongly_listed", |plan| {
        let unserved = plan["unserved"].as_array_mut().expect("a list");
        unserved.push(json!({ "need": "n-water-01" }));
        format!("$.unserved[{}].need", unserved.len() - 1)
    });
    check("two-routes", "duplicate_route", |plan| {
        let r = route_of(plan, "v-mandula");
        let mut copy = plan["routes"][r].clone();
        copy["visits"] = json!([]);
        let routes = plan["routes"].as_array_mut().expect("a list");
        routes.push(copy);
        format!("$.routes[{}].volunteer", routes.len() - 1)
    });
    check("wrong-level", "wrong_score", |plan| {
        plan["score"]["levels"][3] = json!(1);
        "$.score.levels[3]".into()
    });
    check("wrong-term", "wrong_score", |plan| {
        plan["score"]["terms"]["people"] = json!(1);
        "$.score.terms.people".into()
    });
}

/// Sends `volunteer` to a need that nobody serves, at the times given as `HH:MM`.
fn send(plan: &mut Value, need: &str, volunteer: &str, start: &str, end: &str) -> usize {
    plan["unserved"].as_array_mut().expect("a list").retain(|u| u["need"] != need);
    let time = |clock: &str| json!(format!("2026-11-24T{clock}:00+08:00"));
    let routes = plan["routes"].as_array_mut().expect("a list");
    routes.retain(|r| r["volunteer"] != volunteer || r["shift"] != 0);
    let visit = json!({ "need": need, "arrival": time(start), "start": time(start), "end": time(end) });
    let (departure, finish) = (time(start), time(end));
    routes.push(json!({ "volunteer": volunteer, "shift": 0, "departure": departure, "visits": [visit], "finish": finish }));
    routes.len() - 1
}

#[test]
fn people() {
    // Each visit goes to somebody who may not make it; what else breaks is of no matter here.
    for (name, rule, need, volunteer) in [
        ("no-skill", "skill_missing", "n-mediate-03", "v-mandula"),
        ("no-credential", "credential_missing", "n-health-02", "v-siqin"),
        ("no-language", "language_missing", "n-water-03", "v-chen-guoqiang"),
        ("wrong-gender", "wrong_gender", "n-water-12", "v-batu"),
        ("no-alternative", "no_alternative", "n-water-01", "v-suyalatu"),
        ("forbidden-pair", "forbidden", "n-knock-06", "v-feng-kai"),
        ("far-away", "beyond_radius", "n-herder-09", "v-chen-guoqiang"),
        ("pin-moved", "pin_moved", "n-escort-01", "v-qinggele"),
    ] {
        check(name, rule, |plan| {
            let r = hand_over(plan, need, volunteer, 0);
            format!("$.routes[{r}].visits[0].need")
        });
    }
    for (name, rule, need, volunteer) in [
        ("expired", "credential_expired", "n-pro-07", "v-bai-zhiqiang"),
        ("too-near", "too_near", "n-care-03", "v-narengaowa"),
        ("low-level", "language_level", "n-sign-01", SIGNS_A_LITTLE),
    ] {
        check(name, rule, |plan| {
            let r = send(plan, need, volunteer, "10:00", "11:00");
            format!("$.routes[{r}].visits[0].need")
        });
    }
    check("pin-retimed", "pin_retimed", |plan| {
        let (r, v) = visit_of(plan, "n-escort-01");
        shift(&mut plan["routes"][r]["visits"][v]["start"], 5);
        format!("$.routes[{r}].visits[{v}].start")
    });
    check("promise", "promise_broken", |plan| {
        let (r, v) = visit_of(plan, "n-repair-01");
        plan["routes"][r]["visits"][v]["start"] = json!("2026-11-24T09:40:00+08:00");
        format!("$.routes[{r}].visits[{v}].start")
    });
}

#[test]
fn loads() {
    // The day once more, with one bale for every need of one person. Who visits most of these has room for one bale too few.
    let alone = |visit: &&Value| {
        let id = visit["need"].as_str().expect("an id");
        !["n-crew", "n-session", "n-ways", "n-ride"].iter().any(|crew| id.starts_with(crew))
    };
    let (r, visits) = PLAN["routes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|route| route["visits"].as_array().expect("a list").iter().filter(alone).count())
        .enumerate()
        .max_by_key(|&(r, visits)| (visits, std::cmp::Reverse(r)))
        .expect("somebody goes out");
    let who = PLAN["routes"][r]["volunteer"].clone();
    let day = std::fs::read(scenario("alxa/day.json")).expect("readable");
    let mut day: Value = serde_json::from_slice(&day).expect("JSON");
    day["dimensions"].as_array_mut().expect("a list").push(json!({ "id": "bales" }));
    let needs = day["needs"].as_array_mut().expect("a list").iter_mut();
    for need in needs.filter(|need| need["roles"].is_null() && need["then"].is_null()) {
        need["load"] = json!([{ "dimension": "bales", "amount": 1 }]);
    }
    for volunteer in day["volunteers"].as_array_mut().expect("a list") {
        let room = if volunteer["id"] == who { visits - 1 } else { 100 };
        let bales = json!({ "dimension": "bales", "amount": room });
        match volunteer["capacity"].as_array_mut() {
            Some(capacity) => capacity.push(bales),
            None => volunteer["capacity"] = json!([bales]),
        }
    }
    let (heavy, plan) = (scratch("planted-loads-day.json"), scratch("planted-loads.json"));
    std::fs::write(&heavy, day.to_string()).expect("writable");
    std::fs::write(&plan, PLAN.to_string()).expect("writable");
    let checked = qise(&["check", &heavy, &plan, "--json"]);
    let report: Value = serde_json::from_str(&checked.out).expect("JSON");
    let found = report["violations"].as_array().expect("a list");
    let found = found.iter().map(|v| (&v["rule"], &v["path"])).collect::<Vec<_>>();
    assert_eq!(found, [(&json!("overload"), &json!(format!("$.routes[{r}]")))]);
    assert_eq!(
        report["violations"][0]["message"].as_str(),
        Some(&*format!(
            "$.routes[{r}]: overload: more on board than the person can carry: bales: {visits}, at most {}",
            visits - 1
        ))
    );
}

/// The one person who knows some sign language, at too low a level.
const SIGNS_A_LITTLE: &str = "v-wang-min";
