//! A plan with goods, a depot and a vehicle, from its document to the words of the program.

use std::fs;

use serde_json::{Value, json};

use crate::program::{qise, scenario, scratch};

/// The plan, after a change, as a file.
fn plan(name: &str, change: impl FnOnce(&mut Value)) -> String {
    let bytes = fs::read(scenario("goods/winter_plan.json")).expect("readable");
    let mut plan = serde_json::from_slice(&bytes).expect("JSON");
    change(&mut plan);
    let file = scratch(&format!("goods-{name}.json"));
    fs::write(&file, plan.to_string()).expect("writable");
    file
}

/// The rules that a changed plan breaks, with their paths.
fn broken(name: &str, change: impl FnOnce(&mut Value)) -> Vec<String> {
    let file = plan(name, change);
    let checked = qise(&["check", &scenario("goods/winter.json"), &file, "--json"]);
    assert_eq!(checked.err, "", "{name}");
    let report: Value = serde_json::from_str(&checked.out).expect("JSON");
    let violations = report["violations"].as_array().expect("a list").iter();
    let words = |value: &Value| value.as_str().expect("a text").to_owned();
    let mut found =
        violations.map(|v| format!("{} {}", words(&v["rule"]), words(&v["path"]))).collect::<Vec<_>>();
    found.sort();
    let in_words = qise(&["check", &scenario("goods/winter.json"), &file, "--lang", "zh"]);
    assert_eq!(in_words.code, u8::from(!found.is_empty()), "{name}: {}", in_words.out);
    found
}

#[test]
fn the_plan_is_valid() {
    assert_eq!(broken("none", |_| ()), Vec::<String>::new());
}

/// A name, a change, and the rules that it breaks, where {} is the route of the truck.
type Case = (&'static str, fn(&mut Value), &'static [&'static str]);

#[test]
fn faults_in_the_document_are_named() {
    let truck = "$.routes[0]";
    let cases: [Case; 9] = [
        (
            "early",
            |plan| plan["routes"][0]["calls"][0]["start"] = json!("2026-11-24T08:09"),
            &[
                "early_start {}.calls[0].start",
                "out_of_stock {}.calls[0].takes[1]",
                "overlap {}.calls[0].start",
                "wrong_service {}.calls[0].end",
            ],
        ),
        (
            "closed",
            |plan| plan["routes"][0]["calls"][1]["start"] = json!("2026-11-24T17:01"),
            &["depot_closed {}.calls[1].start", "wrong_service {}.calls[1].end"],
        ),
        (
            "more",
            |plan| plan["routes"][0]["calls"][0]["takes"][0]["amount"] = json!(101),
            &["out_of_stock {}.calls[0].takes[0]", "overload {}"],
        ),
        (
            "less",
            |plan| plan["routes"][0]["calls"][0]["takes"][0]["amount"] = json!(59),
            &["goods_missing {}.visits[1].need"],
        ),
        ("kept", |plan| plan["routes"][0]["calls"][1]["gives"] = json!([]), &["goods_kept {}.finish"]),
        (
            "no-way-round",
            |plan| plan["routes"][0]["calls"] = json!([]),
            &[
                "goods_missing {}.visits[0].need",
                "goods_missing {}.visits[1].need",
                "goods_missing {}.visits[1].need",
            ],
        ),
        (
            "on-foot",
            |plan| plan["routes"][0]["vehicle"] = Value::Null,
            &["overload {}", "travel_too_short {}.calls[0].arrival", "travel_too_short {}.finish"],
        ),
        (
            "without-a-saw",
            |plan| plan["routes"][1]["volunteer"] = json!("saran"),
            &[
                "duplicate_route $.routes[1].volunteer",
                "goods_missing $.routes[1].visits[0].need",
                "week_work $.routes[1]",
            ],
        ),
        (
            "called-thrice",
            |plan| {
                let calls = plan["routes"][0]["calls"].as_array_mut().expect("a list");
                calls.push(json!({"depot": "d-1", "before": 3, "arrival": "2026-11-24T15:40", "start": "2026-11-24T15:40", "end": "2026-11-24T15:55"}));
                plan["routes"][0]["finish"] = json!("2026-11-24T15:55");
            },
            &["too_many_calls {}.calls"],
        ),
    ];
    for (name, change, expected) in cases {
        let expected = expected.iter().map(|words| words.replace("{}", truck)).collect::<Vec<_>>();
        assert_eq!(broken(name, change), expected, "{name}");
    }
}

#[test]
fn unknown_ids_are_told_with_what_was_meant() {
    let file = plan("unknown", |plan| {
        plan["routes"][0]["vehicle"] = json!("trucks");
        plan["routes"][0]["calls"][0]["depot"] = json!("d1");
        plan["routes"][0]["calls"][1]["gives"][0]["good"] = json!("wheel-chair");
    });
    let checked = qise(&["check", &scenario("goods/winter.json"), &file]);
    assert_eq!(checked.code, 3);
    for near in ["truck", "d-1", "wheelchair"] {
        assert!(checked.err.contains(&format!("did you mean {near:?}?")), "{}", checked.err);
    }
}

#[test]
fn what_a_need_asks_of_goods_is_explained() {
    let explain = |need: &str, lang: &str| {
        let (day, plan) = (scenario("goods/winter.json"), scenario("goods/winter_plan.json"));
        let told = qise(&["explain", &day, "--plan", &plan, "--need", need, "--lang", lang]);
        assert_eq!((told.code, told.err.as_str()), (0, ""));
        told.out
    };
    let fodder = explain("fodder", "en");
    assert!(fodder.contains("is brought 60 bale hay, 20 sack pellet"), "{fodder}");
    assert!(fodder.contains("served by 萨仁 with 货车, 2026-11-24 09:10–09:50"), "{fodder}");
    assert!(explain("fence", "en").contains("takes 1 saw at hand"));
    assert!(explain("chair#back", "zh").contains("取回 1 wheelchair"));
}

#[test]
fn one_van_is_not_taken_by_two() {
    let (path, plan) = (scenario("goods/one_van.json"), scratch("one-van-plan.json"));
    let solved = qise(&["solve", &path, "--iterations", "0", "--threads", "1", "--out", &plan, "--quiet"]);
    assert_eq!(solved.code, 0, "{}", solved.err);
    let checked = qise(&["check", &path, &plan]);
    assert_eq!(checked.code, 0, "{}", checked.out);
}
