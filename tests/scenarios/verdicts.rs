//! What is said of needs that are left: which rule keeps somebody from them, what serving them would cost, and that it is said at all.

use serde_json::{Value, json};

use crate::program::{qise, scratch};

/// A day of one helper at a base, and of one person 40 minutes and 30 km away who asks for a service of an hour.
fn day() -> Value {
    json!({
        "format": "qise/scenario", "version": 1, "name": "one visit", "time_zone": "Asia/Shanghai",
        "profiles": [{ "id": "van", "matrix": {
            "places": ["base", "farm"],
            "seconds": [[0, 2400], [2400, 0]],
            "metres": [[0, 30000], [30000, 0]],
        } }],
        "places": [{ "id": "base" }, { "id": "farm" }],
        "volunteers": [{ "id": "helper", "home": "base", "shifts": [
            { "start": "2026-10-14T07:00", "end": "2026-10-14T19:00" },
        ] }],
        "needs": [{ "id": "visit", "at": "farm", "service": "PT1H", "windows": [
            { "from": "2026-10-14T07:00", "to": "2026-10-14T18:00" },
        ] }],
    })
}

/// What `explain` says of a need once the scenario is changed, nothing being planned.
fn told(name: &str, need: &str, change: impl FnOnce(&mut Value)) -> (Value, String) {
    let mut scenario = day();
    change(&mut scenario);
    let ids = scenario["needs"].as_array().expect("needs").iter();
    let unserved = ids.map(|need| json!({ "need": need["id"] })).collect::<Vec<_>>();
    let plan = json!({ "format": "qise/plan", "version": 1, "routes": [], "unserved": unserved });
    let [file, plan_file] = ["scenario", "plan"].map(|what| scratch(&format!("why-{name}-{what}.json")));
    std::fs::write(&file, scenario.to_string()).expect("writable");
    std::fs::write(&plan_file, plan.to_string()).expect("writable");
    let asked = ["explain", &file, "--plan", &plan_file, "--need", need];
    let data = qise(&[&asked[..], &["--json"]].concat());
    assert_eq!((data.code, data.err.as_str()), (0, ""), "{name}");
    let words = qise(&asked);
    assert_eq!(words.code, 0, "{name}");
    (serde_json::from_str(&data.out).expect("JSON"), words.out)
}

/// A change of the scenario.
type Change<'c> = &'c dyn Fn(&mut Value);

#[test]
fn the_rule_that_keeps_the_only_helper_from_a_need_is_named() {
    let shift = |scenario: &mut Value, name: &str, value: Value| {
        scenario["volunteers"][0]["shifts"][0][name] = value;
    };
    let ride = |scenario: &mut Value| {
        scenario["needs"][0]["then"] = json!([{ "at": "base", "service": "PT20M" }]);
    };
    let changes: [(&str, Change<'_>); 9] = [
        ("break", &|s| {
            let noon = "2026-10-14T12:20";
            shift(s, "breaks", json!([{ "earliest": noon, "latest": noon, "duration": "PT45M" }]));
            s["needs"][0]["windows"] = json!([{ "from": "2026-10-14T11:50", "to": "2026-10-14T12:10" }]);
        }),
        ("day_distance", &|s| s["volunteers"][0]["per_day"] = json!({ "distance_m": 59999 })),
        ("day_travel", &|s| {
            ride(s);
            s["needs"][0]["then"] = json!([
                { "at": "base", "service": "PT5M" }, { "at": "farm", "service": "PT5M" },
            ]);
            s["volunteers"][0]["per_day"] = json!({ "travel": "PT2H39M" });
        }),
        ("day_work", &|s| {
            ride(s);
            s["volunteers"][0]["per_day"] = json!({ "work": "PT2H39M" });
        }),
        ("week_work", &|s| s["volunteers"][0]["per_week"] = json!({ "work": "PT2H19M" })),
        ("max_ride", &|s| {
            ride(s);
            s["needs"][0]["max_ride"] = "PT39M".into();
        }),
        ("depot", &|s| {
            s["goods"] = json!([{ "id": "feed" }]);
            s["needs"][0]["goods"] = json!([{ "good": "feed" }]);
            s["depots"] = json!([{
                "id": "store", "at": "base", "stock": [{ "good": "feed", "amount": 3 }],
                "windows": [{ "from": "2026-10-14T04:00", "to": "2026-10-14T06:50" }],
            }]);
        }),
        ("slowdown", &|s| {
            s["needs"][0]["windows"] = json!([{ "from": "2026-10-14T07:30", "to": "2026-10-14T07:55" }]);
            s["slowdowns"] = json!([{ "from": "2026-10-14T00:00", "to": "2026-10-15T00:00", "factor": 1.5 }]);
        }),
        ("link", &|s| {
            let needs = s["needs"].as_array_mut().expect("needs");
            let mut first = needs[0].clone();
            first["id"] = "before".into();
            first["windows"] = json!([{ "from": "2026-10-14T15:00", "to": "2026-10-14T16:00" }]);
            needs[0]["windows"] = json!([{ "from": "2026-10-14T09:00", "to": "2026-10-14T15:30" }]);
            needs.push(first);
            s["links"] = json!([{ "from": "before", "to": "visit", "rule": "after", "min_s": 0 }]);
        }),
    ];
    for (rule, change) in changes {
        let (data, words) = told(rule, "visit", change);
        assert_eq!(data["verdict"], "impossible", "{rule}: {data:#}");
        assert_eq!(data["rules"], json!([rule]), "{data:#}");
        assert_eq!(data["able"], json!([]), "{data:#}");
        assert!(!words.contains("could serve it with nothing else to do"), "{words}");
        assert!(!words.contains("all 1 people"), "{words}");
    }
    // Without any of it the helper can come, and does so in a plan that was judged.
    let (data, words) = told("none", "visit", |_| {});
    assert_eq!((&data["verdict"], &data["able"]), (&"open".into(), &json!(["helper"])), "{data:#}");
    assert!(words.contains("could serve it with nothing else to do, as tried: helper"), "{words}");
}

#[test]
fn what_breaks_and_limits_only_together_exclude_is_not_called_proven() {
    // The way there and back by noon, and a break that does not fit before it; each would do without the other. Breaks may be taken at
    // more moments than a route is timed for, so that this is no proof.
    let (data, words) = told("together", "visit", |s| {
        s["volunteers"][0]["shifts"][0]["breaks"] = json!([
            { "earliest": "2026-10-14T07:10", "latest": "2026-10-14T12:00", "duration": "PT40M" },
        ]);
        s["volunteers"][0]["shifts"][0]["end"] = "2026-10-14T13:00".into();
        s["volunteers"][0]["per_day"] = json!({ "work": "PT2H25M" });
        s["needs"][0]["windows"] = json!([{ "from": "2026-10-14T07:40", "to": "2026-10-14T07:45" }]);
        s["volunteers"][0]["shifts"][0]["breaks"][0]["latest"] = "2026-10-14T08:50".into();
    });
    assert_eq!((&data["verdict"], &data["able"]), (&"unfound".into(), &json!([])), "{data:#}");
    assert!(words.contains("not even with nothing else to do, and not proven impossible"), "{words}");
}

#[test]
fn what_does_not_pay_says_what_it_would_cost() {
    let (data, words) = told("dear", "visit", |s| {
        s["needs"][0]["priority"] = 1.into();
        s["objective"] =
            json!([[{ "term": "travel_time", "weight": 1 }, { "term": "unserved_priority", "weight": 60 }]]);
    });
    assert_eq!(data["verdict"], "open", "{data:#}");
    let text = data["text"].as_str().expect("words");
    assert!(text.contains("does not pay") && text.contains("+4740"), "{text}");
    assert!(text.contains("1 h 20 min"), "{text}");
    assert!(words.contains("does not pay"), "{words}");
    let (data, _) = told("cheap", "visit", |_| {});
    assert!(data["text"].as_str().expect("words").contains("would be better for it"), "{data:#}");
}

#[test]
fn mandatory_needs_left_are_told_first_and_on_standard_error() {
    let mut scenario = day();
    scenario["needs"][0]["mandatory"] = true.into();
    scenario["volunteers"][0]["per_day"] = json!({ "distance_m": 100 });
    let file = scratch("why-mandatory.json");
    std::fs::write(&file, scenario.to_string()).expect("writable");
    for (lang, words) in [("en", "WARNING: 1 mandatory need left: visit"), ("zh", "警告：1 项必办需求未满足")]
    {
        let outcome = qise(&["solve", &file, "--iterations", "10", "--lang", lang]);
        assert_eq!(outcome.code, 0);
        assert!(outcome.err.contains(words), "{}", outcome.err);
        assert!(outcome.out.starts_with(words), "{}", outcome.out);
    }
    let quiet = qise(&["solve", &file, "--iterations", "10", "--quiet"]);
    assert!(quiet.out.is_empty() && quiet.err.contains("mandatory"), "{}", quiet.err);
}
