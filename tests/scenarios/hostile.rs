//! What nobody in an office would send: names that steer terminals, plans that say what is not so, sizes beyond all sense.

use serde_json::{Value, json};

use crate::program::{qise, scenario, scratch};

/// A scenario whose every name and id is made to mislead.
fn hostile() -> Value {
    let name =
        |what: &str| format!("{what}\u{1b}[2J\u{202e}\nKey figures\n  needs served  9 / 9\u{9b}31m\u{7}");
    let spot = json!({"lon": 105.66, "lat": 38.84});
    let window = json!([{"from": "2026-11-25T09:00", "to": "2026-11-25T10:00"}]);
    json!({
        "format": "qise/scenario", "version": 1, "name": name("s"), "time_zone": "Asia/Shanghai", "datum": "WGS-84",
        "skills": [{"id": name("skill"), "name": name("skill")}],
        "places": [{"id": name("place"), "name": name("place"), "lon": 105.67, "lat": 38.83}],
        "teams": [{"id": name("team"), "name": name("team"), "category": "red", "members": [name("v")]}],
        "volunteers": [
            {"id": name("v"), "name": name("v"), "home": spot,
             "shifts": [{"start": "2026-11-25T08:00", "end": "2026-11-25T17:00"}]},
            {"id": name("w"), "home": name("place"), "shifts": [{"start": "2026-11-25T08:00", "end": "2026-11-25T17:00"}]},
        ],
        "needs": [
            {"id": name("n"), "name": name("n"), "at": spot, "service": "PT30M", "windows": window},
            {"id": name("m"), "at": name("place"), "service": "PT30M", "windows": window,
             "requires": {"all": [{"skill": name("skill")}]}},
        ],
    })
}

fn written(name: &str, document: &Value) -> String {
    let path = scratch(&format!("hostile-{name}.json"));
    std::fs::write(&path, document.to_string()).expect("writable");
    path
}

/// Whether nothing in it steers a terminal or turns the direction of writing.
fn is_harmless(words: &str) -> bool {
    let steers = |c: char| {
        c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    !words.contains(steers)
}

#[test]
fn names_steer_no_terminal_and_forge_no_line() {
    let document = hostile();
    let path = written("names", &document);
    let plan = scratch("hostile-names-plan.json");
    let key = |list: &str, n: usize| document[list][n]["id"].as_str().expect("an id").to_owned();
    let (need, left, who, team) = (key("needs", 0), key("needs", 1), key("volunteers", 0), key("teams", 0));
    let told = scratch("hostile-told.json");
    let picture = scratch("hostile-frontier.svg");
    let commands: Vec<Vec<&str>> = vec![
        vec!["solve", &path, "--iterations", "5", "--out", &plan],
        vec!["solve", &path, "--iterations", "5"],
        vec!["check", &path, &plan],
        vec!["explain", &path, "--plan", &plan, "--need", &need],
        vec!["explain", &path, "--plan", &plan, "--need", &left],
        vec!["rank", &path, "--need", &need],
        vec!["rank", &path, "--volunteer", &who],
        vec!["diff", &path, &plan, &told],
        vec!["improve", &path, "--plan", &plan, "--steps", "5"],
        vec!["fairness", &path, &plan, "--people"],
        vec!["frontier", &path, "--weights", "0,3", "--iterations", "5", "--plot", &picture],
        vec!["coverage", &path],
        vec!["coverage", &path, "--place", "1", "--like", &team],
        vec!["bound", &path, "--rounds", "1"],
    ];
    let nothing = json!({
        "format": "qise/plan", "version": 1, "routes": [], "unserved": [{"need": need}, {"need": left}],
    });
    std::fs::write(&told, nothing.to_string()).expect("writable");
    for lang in ["en", "zh"] {
        for command in &commands {
            let run = qise(&[&command[..], &["--lang", lang]].concat());
            assert_eq!(run.code, 0, "{command:?}: {}", run.err);
            assert!(is_harmless(&run.out) && is_harmless(&run.err), "{command:?}: {:?}", run.out);
            // Only a line of our own may begin so.
            let forged = run.out.lines().filter(|line| line.trim_start().starts_with("needs served  9"));
            assert_eq!(forged.count(), 0, "{command:?}: {}", run.out);
        }
    }
    let svg = std::fs::read_to_string(&picture).expect("written");
    assert!(is_harmless(&svg) && svg.contains("\\u{1b}"), "{svg}");
    // As data everything is as it was.
    let document: Value = serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON");
    assert_eq!(document["unserved"][0]["need"], Value::from(left));
}

#[test]
fn faults_steer_no_terminal() {
    let mut document = hostile();
    document["\u{85}\u{202e}x\u{1b}c"] = json!(1);
    document["needs"][0]["\u{9b}31m"] = json!(1);
    document["needs"][0]["at"] = json!("\u{1b}]0;x\u{7}");
    document["needs"][1]["service"] = json!("\n\u{2028}PT1H");
    let path = written("faults", &document);
    for lang in ["en", "zh"] {
        let run = qise(&["solve", &path, "--lang", lang]);
        assert_eq!(run.code, 3);
        assert!(is_harmless(&run.err), "{:?}", run.err);
        assert_eq!(run.err.lines().count(), 5, "one line each: {}", run.err);
    }
    let nowhere = scratch("no\u{1b}[2Jsuch\nfile");
    let run = qise(&["check", &nowhere, &nowhere]);
    assert!(run.code == 4 && is_harmless(&run.err) && run.err.lines().count() == 1, "{:?}", run.err);
}

#[test]
fn files_of_remedies_have_names_of_their_own() {
    let mut document = hostile();
    let ids = ["a/b", "a_b", "a.b", "../../x", &"长".repeat(100), &"长".repeat(101), "A_B"];
    let need = document["needs"][1].clone();
    document["needs"] = ids
        .iter()
        .map(|id| {
            let mut need = need.clone();
            need["id"] = json!(id);
            need
        })
        .collect();
    let path = written("files", &document);
    let [plan, folder] = ["hostile-files-plan.json", "hostile-files"].map(scratch);
    let _ = std::fs::remove_dir_all(&folder);
    assert_eq!(qise(&["solve", &path, "--iterations", "5", "--quiet", "--out", &plan]).code, 0);
    let run = qise(&["improve", &path, "--plan", &plan, "--steps", "20", "--json", "--plans", &folder]);
    assert_eq!(run.code, 0, "{}", run.err);
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    let count = |list: &Value, each: &str| -> usize {
        list.as_array().expect("a list").iter().map(|item| item[each].as_array().map_or(1, Vec::len)).sum()
    };
    let remedies = count(&report["needs"], "remedies");
    assert!(remedies >= ids.len(), "{report:#}");
    let worths = report["plan"].as_array().map_or(0, Vec::len);
    let names =
        std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("readable").file_name());
    let names = names.map(|name| name.into_string().expect("text")).collect::<Vec<_>>();
    assert_eq!(names.len(), 2 * (remedies + worths), "{names:?}");
    assert!(names.iter().all(|name| name.len() <= 100), "{names:?}");
}

#[test]
fn what_a_plan_states_is_held_against_the_plan() {
    let day = scenario("goods/day.json");
    let day = if std::path::Path::new(&day).exists() { day } else { scenario("alxa/day.json") };
    let plan = scratch("hostile-stated.json");
    assert_eq!(qise(&["solve", &day, "--iterations", "20", "--quiet", "--out", &plan]).code, 0);
    let good: Value = serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON");
    let same = qise(&["check", &day, &plan]);
    // What is odd in the scenario is told whatever the plan says.
    let complaints = same.err.lines().filter(|line| !line.contains(": warning: $.needs"));
    assert_eq!((same.code, complaints.count()), (0, 0), "{}{}", same.err, same.out);
    for place in [
        "/routes/0/travel_s",
        "/routes/0/distance_m",
        "/routes/1/visits/0/travel_s",
        "/routes/1/visits/0/distance_m",
        "/figures/served",
        "/figures/needs",
        "/figures/routes",
    ] {
        let mut tampered = good.clone();
        let value = tampered.pointer_mut(place).expect("stated");
        *value = json!(value.as_i64().expect("a number") + 1);
        std::fs::write(&plan, tampered.to_string()).expect("writable");
        let run = qise(&["check", &day, &plan]);
        assert_eq!(run.code, 1, "{place}: {}", run.out);
        let path = place.replace("/0/", "[0].").replace("/1/", "[1].").replace('/', ".");
        assert!(run.out.contains(&format!("${path}: wrong_score")), "{path}: {}", run.out);
        assert_eq!(run.out.matches("wrong_score").count(), 1, "{}", run.out);
    }
    // Nothing but ids has to be stated.
    let mut bare = good;
    for field in ["score", "figures", "statistics", "fingerprint"] {
        bare.as_object_mut().expect("an object").remove(field);
    }
    std::fs::write(&plan, bare.to_string()).expect("writable");
    assert_eq!(qise(&["check", &day, &plan]).code, 0);
}

#[test]
fn a_plan_of_another_scenario_is_told_of() {
    let document = hostile();
    let path = written("print", &document);
    let plan = scratch("hostile-print-plan.json");
    assert_eq!(qise(&["solve", &path, "--iterations", "5", "--quiet", "--out", &plan]).code, 0);
    let asks = |path: &str| {
        let need = document["needs"][0]["id"].as_str().expect("an id").to_owned();
        [
            qise(&["check", path, &plan]),
            qise(&["explain", path, "--plan", &plan, "--need", &need]),
            qise(&["rank", path, "--plan", &plan, "--need", &need]),
            qise(&["diff", path, &plan, &plan]),
            qise(&["fairness", path, &plan]),
            qise(&["bound", path, "--plan", &plan, "--rounds", "1"]),
        ]
    };
    for run in asks(&path) {
        assert!(!run.err.contains("another scenario"), "{}", run.err);
    }
    let mut other = document.clone();
    other["needs"][0]["priority"] = json!(3);
    for run in asks(&written("other", &other)) {
        assert!(run.err.contains("made for another scenario"), "{}", run.err);
    }
    // What is only for people makes no other scenario.
    let mut renamed = document.clone();
    renamed["name"] = json!("another name");
    renamed["needs"][0]["name"] = json!("another name");
    for run in asks(&written("renamed", &renamed)) {
        assert!(!run.err.contains("another scenario"), "{}", run.err);
    }
}

#[test]
fn sizes_of_a_caller_are_capped() {
    let tiny = scenario("alxa/tiny.json");
    for best in ["1000000000", "18446744073709551615"] {
        let run = qise(&["rank", &tiny, "--need", "n-lamp", "--best", best]);
        assert_eq!(run.code, 0, "{}", run.err);
        let run = qise(&["rank", &tiny, "--volunteer", "v-siqin", "--best", best]);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    let weights = (0..101).map(|weight| weight.to_string()).collect::<Vec<_>>().join(",");
    let run = qise(&["frontier", &tiny, "--weights", &weights, "--iterations", "1"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("at most 100"), "{}", run.err);
}

#[test]
fn references_that_lead_nowhere_are_counted_to_a_limit() {
    let mut document = hostile();
    let mut need = document["needs"][0].clone();
    need["at"] = json!("nowhere");
    document["needs"] = (0..20_000)
        .map(|number| {
            need["id"] = json!(number.to_string());
            need.clone()
        })
        .collect();
    let run = qise(&["solve", &written("nowhere", &document)]);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("10000 faults or more"), "{}", &run.err[..500]);
    // What the engine finds counts as well.
    need["at"] = json!({"lon": 105.0, "lat": 38.0});
    need["priority"] = json!(1);
    need["windows"] = json!([]);
    document["needs"] = (0..20_000)
        .map(|number| {
            need["id"] = json!(number.to_string());
            need.clone()
        })
        .collect();
    let run = qise(&["solve", &written("windows", &document)]);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("10000 faults or more"), "{}", &run.err[..500]);
}

#[test]
fn the_calendar_has_an_end() {
    let mut document = hostile();
    document["needs"][0]["windows"] = json!([{"from": "9999-12-31T23:00", "to": "10000-01-01T00:00Z"}]);
    document["needs"][1]["windows"] = json!([{"from": "2026-06-30T23:59:60Z", "to": "2026-07-01T00:30Z"}]);
    document["needs"][1]["service"] = json!("PT1000000000000S");
    let run = qise(&["solve", &written("calendar", &document)]);
    assert_eq!(run.code, 3);
    assert_eq!(run.err.matches("outside the calendar").count(), 2, "{}", run.err);
    assert_eq!(run.err.matches("there are no leap seconds").count(), 1, "{}", run.err);
    assert_eq!(run.err.matches("longer than the calendar").count(), 1, "{}", run.err);
}
