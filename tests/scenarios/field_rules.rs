//! Rules of the field as documents state them: links with rides, papers that run out, rounds, pins, days, and warnings.

use serde_json::{Value, json};

use crate::program::{Outcome, qise, scratch};

/// A document of two places twenty minutes apart, one person and these needs; `change` may alter the whole.
fn document(zone: &str, shifts: &Value, needs: &Value, change: impl FnOnce(&mut Value)) -> Value {
    let mut document = json!({
        "format": "qise/scenario", "version": 1, "name": "field", "time_zone": zone,
        "profiles": [{"id": "van", "matrix": {
            "places": ["ward", "door"], "seconds": [[0, 1200], [1200, 0]], "metres": [[0, 15000], [15000, 0]]
        }}],
        "places": [{"id": "ward"}, {"id": "door"}],
        "dimensions": [{"id": "seat"}],
        "skills": [{"id": "card", "kind": "credential", "levels": 3}],
        "volunteers": [{
            "id": "mira", "home": "ward", "capacity": [{"dimension": "seat", "amount": 1}], "shifts": shifts
        }],
        "needs": needs
    });
    change(&mut document);
    document
}

fn saved(name: &str, document: &Value) -> String {
    let path = scratch(name);
    std::fs::write(&path, document.to_string()).expect("writable");
    path
}

fn solved(name: &str, document: &Value) -> (Outcome, Value) {
    let path = saved(name, document);
    let plan = scratch(&format!("plan-{name}"));
    let outcome = qise(&["solve", &path, "--iterations", "300", "--out", &plan]);
    let written = std::fs::read_to_string(&plan).unwrap_or_else(|_| panic!("{}{}", outcome.out, outcome.err));
    let judged = qise(&["check", &path, &plan]);
    assert_eq!(judged.code, 0, "{}", judged.out);
    (outcome, serde_json::from_str(&written).expect("JSON"))
}

fn served(plan: &Value) -> Vec<(&str, &str)> {
    let routes = plan["routes"].as_array().into_iter().flatten();
    let visits = routes.flat_map(|route| route["visits"].as_array().into_iter().flatten());
    visits.filter_map(|visit| Some((visit["need"].as_str()?, visit["start"].as_str()?))).collect()
}

fn reason(plan: &Value, lang: &str) -> String {
    let field = if lang == "zh" { "text_zh" } else { "text" };
    plan["unserved"][0]["reason"][field].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_link_runs_from_the_last_stop_of_a_ride_and_to_the_first_of_one() {
    let shifts = json!([{"start": "2027-03-02T08:00", "end": "2027-03-02T13:00"}]);
    let seat = json!([{"dimension": "seat", "amount": 1}]);
    let fetch = json!({"id": "fetch", "at": "door", "service": "PT5M", "load": seat,
        "windows": [{"from": "2027-03-02T09:00", "to": "2027-03-02T09:00"}], "then": [{"at": "ward", "service": "PT5M"}]});
    let dialysis = json!({"id": "dialysis", "at": "ward", "service": "PT40M",
        "windows": [{"from": "2027-03-02T08:00", "to": "2027-03-02T12:00"}]});
    let bring = json!({"id": "bring", "at": "ward", "service": "PT5M", "load": seat,
        "windows": [{"from": "2027-03-02T08:00", "to": "2027-03-02T12:00"}], "then": [{"at": "door", "service": "PT5M"}]});
    let day = document("Europe/Oslo", &shifts, &json!([bring, dialysis, fetch]), |document| {
        document["links"] = json!([
            {"from": "fetch", "to": "dialysis", "rule": "after", "max_s": 300},
            {"from": "dialysis", "to": "bring", "rule": "after", "min_s": 60, "max_s": 900},
        ]);
    });
    let (_, plan) = solved("linked-rides.json", &day);
    let starts = served(&plan);
    // There by 09:05, back by 09:25 and out of the van by 09:30; and home a minute after the treatment at the earliest.
    assert_eq!(starts.len(), 5, "{starts:?}");
    assert_eq!(starts[2], ("dialysis", "2027-03-02T09:30:00+01:00"));
    assert_eq!(starts[3], ("bring", "2027-03-02T10:11:00+01:00"));
    let late = document("Europe/Oslo", &shifts, &day["needs"], |document| {
        document["links"] = json!([{"from": "fetch", "to": "bring", "rule": "after", "min_s": 20_000}]);
    });
    let (_, plan) = solved("linked-rides-late.json", &late);
    assert!(
        served(&plan).iter().all(|(need, _)| *need != "bring"),
        "no sooner than so long after the last stop"
    );
}

#[test]
fn papers_count_until_they_expire_whatever_the_shift() {
    let shifts = json!([{"start": "2027-05-04T20:00", "end": "2027-05-05T02:00"}]);
    let need = |id: &str, from: &str| {
        json!({"id": id, "at": "ward", "service": "PT1H", "windows": [{"from": from, "to": from}],
            "requires": {"all": [{"skill": "card", "level": 2}]}})
    };
    let ward = |expires: &str, needs: Value| {
        document("America/Lima", &shifts, &needs, |document| {
            document["volunteers"][0]["skills"] = json!([{"skill": "card", "level": 3, "expires": expires}]);
        })
    };
    let by_midnight = json!([need("by-midnight", "2027-05-04T23:00")]);
    let (_, plan) = solved("papers-good.json", &ward("2027-05-04", by_midnight.clone()));
    assert_eq!(served(&plan), [("by-midnight", "2027-05-04T23:00:00-05:00")]);
    // A second too late, an hour too late, and long before.
    let cases = [
        (ward("2027-05-04T23:59:59", by_midnight), "2027-05-04 23:59:59"),
        (ward("2027-05-04", json!([need("after", "2027-05-04T23:30")])), "2027-05-04"),
        (ward("2027-01-31", json!([need("long", "2027-05-04T21:00")])), "2027-01-31"),
    ];
    for (k, (document, date)) in cases.iter().enumerate() {
        let (_, plan) = solved(&format!("papers-{k}.json"), document);
        assert_eq!(served(&plan), []);
        let (en, zh) = (reason(&plan, "en"), reason(&plan, "zh"));
        assert!(en.contains(&format!("expires {date}")) && !en.contains("without"), "{en}");
        assert!(zh.contains(&format!("有效期至 {date}")) && !en.contains('Z'), "{zh}");
    }
}

#[test]
fn who_holds_a_paper_first_serves_what_asks_for_it_first() {
    // Both fit, but only in one order: what asks for the paper must be over by noon.
    let shifts = json!([{"start": "2027-05-04T08:00", "end": "2027-05-04T18:00"}]);
    let window = json!([{"from": "2027-05-04T08:00", "to": "2027-05-04T17:00"}]);
    let needs = json!([
        {"id": "long", "at": "door", "service": "PT3H", "windows": window, "priority": 9},
        {"id": "papers", "at": "ward", "service": "PT3H", "windows": window, "requires": {"all": [{"skill": "card"}]}},
    ]);
    let day = document("America/Lima", &shifts, &needs, |document| {
        document["volunteers"][0]["skills"] = json!([{"skill": "card", "expires": "2027-05-04T12:00"}]);
    });
    let (_, plan) = solved("papers-order.json", &day);
    let order = served(&plan).into_iter().map(|(need, _)| need).collect::<Vec<_>>();
    assert_eq!(order, ["papers", "long"]);
    let path = saved("papers-order.json", &day);
    let ranked = qise(&["rank", &path, "--plan", &scratch("plan-papers-order.json"), "--need", "papers"]);
    assert!(ranked.code == 0 && ranked.out.contains("mira"), "{}{}", ranked.out, ranked.err);
}

#[test]
fn a_pin_outside_the_windows_is_told_at_its_start() {
    let shifts = json!([{"start": "2027-03-02T08:00", "end": "2027-03-02T18:00"}]);
    let needs = json!([{"id": "two-spells", "at": "door", "service": "PT30M",
        "windows": [{"from": "2027-03-02T09:00", "to": "2027-03-02T10:00"}, {"from": "2027-03-02T15:00", "to": "2027-03-02T16:00"}],
        "pinned": {"volunteer": "mira", "start": "2027-03-02T12:30"}}]);
    let path = saved("pin-outside.json", &document("Europe/Oslo", &shifts, &needs, |_| {}));
    let told = qise(&["solve", &path]);
    assert_eq!(told.code, 3);
    let place = "$.needs[0].pinned.start: pin_impossible: found 2027-03-02T12:30:00+01:00";
    assert!(told.err.contains(place) && told.err.contains("does not override windows"), "{}", told.err);
    let zh = qise(&["solve", &path, "--lang", "zh"]);
    assert!(zh.err.contains("时间窗") && !zh.err.contains("不在岗"), "{}", zh.err);
}

#[test]
fn moments_are_told_with_their_dates_and_never_in_seconds() {
    let shifts = json!([{"start": "2027-07-12T08:00", "end": "2027-07-14T20:00",
        "breaks": [{"earliest": "2027-07-13T01:00", "latest": "2027-07-13T02:00", "duration": "PT1H"}]}]);
    let at = |id: &str, from: &str| json!({"id": id, "at": "door", "service": "PT1H", "windows": [{"from": from, "to": from}]});
    let needs = json!([at("first", "2027-07-12T10:00"), at("last", "2027-07-14T15:00")]);
    let days = document("Europe/Rome", &shifts, &needs, |_| {});
    let (told, plan) = solved("several-days.json", &days);
    for words in ["2027-07-12 10:00–11:00", "2027-07-14 15:00–16:00", "2027-07-13 01:00–02:00"] {
        assert!(told.out.contains(words), "{words} is missing in\n{}", told.out);
    }
    let mut wrong = plan;
    wrong["routes"][0]["breaks"][0]["start"] = json!("2027-07-12T10:30");
    let (path, hand) = (scratch("several-days.json"), saved("several-days-hand.json", &wrong));
    for (lang, words) in [("en", "at 2027-07-12 10:30"), ("zh", "于 2027-07-12 10:30")] {
        let judged = qise(&["check", &path, &hand, "--lang", lang]);
        assert!(judged.out.contains("break_misplaced") && judged.out.contains(words), "{}", judged.out);
    }
}

#[test]
fn the_night_of_a_clock_change_tells_offsets() {
    let shifts = json!([{"start": "2027-10-30T22:00", "end": "2027-10-31T06:00"}]);
    let needs = json!([{"id": "twice", "at": "door", "service": "PT1H",
        "windows": [{"from": "2027-10-31T02:30:00+02:00", "to": "2027-10-31T02:30:00+02:00"}]}]);
    let (told, _) = solved("night.json", &document("Europe/Rome", &shifts, &needs, |_| {}));
    assert!(told.out.contains("02:30+02:00–02:30+01:00"), "{}", told.out);
    // A summer's day has no need of that.
    let shifts = json!([{"start": "2027-07-30T22:00", "end": "2027-07-31T06:00"}]);
    let needs = json!([{"id": "once", "at": "door", "service": "PT1H",
        "windows": [{"from": "2027-07-31T02:30", "to": "2027-07-31T02:30"}]}]);
    let (told, _) = solved("no-change.json", &document("Europe/Rome", &shifts, &needs, |_| {}));
    assert!(told.out.contains("02:30–03:30") && !told.out.contains("+02:00"), "{}", told.out);
}

#[test]
fn what_is_legal_and_surely_wrong_is_said_on_standard_error() {
    let shifts = json!([{"start": "2027-03-02T08:00", "end": "2027-03-02T18:00"}]);
    let window = |date: &str| json!([{"from": format!("{date}T09:00"), "to": format!("{date}T10:00")}]);
    let good = json!({"id": "good", "at": "door", "service": "PT1M", "windows": window("2027-03-02")});
    let needs = json!([
        good,
        {"id": "sunday", "name": "on Sunday", "at": "door", "service": "PT1H", "windows": window("2027-03-07")},
        {"id": "year", "at": "door", "service": "PT1H", "windows": window("2026-03-02")},
        {"id": "expert", "at": "door", "service": "PT1H", "windows": window("2027-03-02"),
            "requires": {"all": [{"skill": "card", "level": 3}]}},
        {"id": "brief", "at": "door", "service": "PT30S", "windows": window("2027-03-02")},
        {"id": "nothing", "at": "door", "service": "PT1H", "windows": window("2027-03-02"), "priority": 0},
    ]);
    let odd = document("Europe/Oslo", &shifts, &needs, |document| {
        document["volunteers"][0]["skills"] = json!([{"skill": "card", "level": 2}]);
    });
    let path = saved("odd.json", &odd);
    let told = qise(&["solve", &path, "--iterations", "10"]);
    let expected = [
        ("$.needs[1].windows sunday (on Sunday)", "outside every shift: the nearest is on 2027-03-02"),
        ("$.needs[2].windows year", "364 days away; is the year right?"),
        ("$.needs[3] expert", "nobody holds card at level 3, the highest is 2"),
        ("$.needs[4].service brief", "the service takes 30 s"),
        ("$.needs[5].priority nothing", "the objective gains nothing by serving it"),
    ];
    let lines = told.err.lines().filter(|line| line.contains("warning")).collect::<Vec<_>>();
    assert_eq!(lines.len(), expected.len(), "{}", told.err);
    for (place, words) in expected {
        assert!(
            lines.iter().any(|line| line.contains(place) && line.contains(words)),
            "{words}: {}",
            told.err
        );
    }
    let zh = qise(&["solve", &path, "--iterations", "10", "--lang", "zh"]);
    assert_eq!(zh.err.lines().filter(|line| line.contains("警告")).count(), 5, "{}", zh.err);
    assert!(!qise(&["solve", &path, "--iterations", "10", "--quiet"]).err.contains("warning"));

    let fine = saved("fine.json", &document("Europe/Oslo", &shifts, &json!([good]), |_| {}));
    assert!(!qise(&["solve", &fine, "--iterations", "10"]).err.contains("warning"));
    let nobody =
        document("Europe/Oslo", &shifts, &json!([good]), |document| document["volunteers"] = json!([]));
    let told = qise(&["solve", &saved("nobody.json", &nobody), "--iterations", "10"]);
    assert!(told.err.contains("$.volunteers: there are no volunteers"), "{}", told.err);
}

#[test]
fn a_place_far_from_all_others_is_pointed_out() {
    let shifts = json!([{"start": "2027-03-02T08:00", "end": "2027-03-02T18:00"}]);
    let mut needs = (0..30)
        .map(|n| {
            let at = json!({"lon": 10.7 + 0.01 * f64::from(n), "lat": 59.9});
            json!({"id": format!("n{n}"), "at": at, "service": "PT5M",
                "windows": [{"from": "2027-03-02T09:00", "to": "2027-03-02T17:00"}]})
        })
        .collect::<Vec<_>>();
    // Longitude and latitude exchanged.
    needs[17]["at"] = json!({"lon": 59.9, "lat": 10.7});
    let far = document("Europe/Oslo", &shifts, &json!(needs), |document| {
        document["datum"] = json!("WGS-84");
        document["profiles"] = json!([{"id": "car", "speed_kmh": 50}]);
        document["places"] = json!([{"id": "ward", "lon": 10.75, "lat": 59.91}]);
    });
    let told = qise(&["solve", &saved("far.json", &far), "--iterations", "10"]);
    let lines = told.err.lines().filter(|line| line.contains("warning")).collect::<Vec<_>>();
    assert_eq!(lines.len(), 1, "{}", told.err);
    assert!(lines[0].contains("$.needs[17].at n17: more than 200 km from all others"), "{}", lines[0]);
}
