//! What would help needs that are left, through the program.

use serde_json::Value;

use crate::program::{qise, scenario, scratch};

fn json(args: &[&str]) -> Value {
    let run = qise(args);
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).expect("JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

#[test]
fn every_need_that_the_day_leaves_gets_help_that_holds_or_a_proof() {
    let (day, plan) = (scenario("alxa/day.json"), scratch("improve-plan.json"));
    let solved = qise(&["solve", &day, "--iterations", "2000", "--threads", "2", "--out", &plan, "-q"]);
    assert_eq!(solved.code, 0, "{}", solved.err);
    let document: Value = serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON");
    let left = list(&document["unserved"]).len();
    let folder = scratch("improve-plans");
    let found = json(&["improve", &day, "--plan", &plan, "--threads", "2", "--plans", &folder, "--json"]);
    let needs = list(&found["needs"]);
    assert_eq!(needs.len(), left);
    let helped = |need: &&Value| !list(&need["remedies"]).is_empty() || !need["proof"].is_null();
    assert!(needs.iter().filter(helped).count() * 10 >= left * 9, "{found:#}");
    // What is written is a scenario and a plan for it, which the judge finds valid and which serves the need.
    for need in needs {
        let key = need["need"].as_str().expect("an id");
        for number in 1..=list(&need["remedies"]).len() {
            let [changed, plan] = ["scenario", "plan"].map(|what| {
                let end = format!("-{key}-{number}-{what}.json");
                let names = std::fs::read_dir(&folder).expect("a folder").map(|entry| {
                    let name = entry.expect("readable").file_name();
                    name.into_string().expect("text")
                });
                let of_need = |name: &String| {
                    name.strip_prefix("need-")
                        .is_some_and(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()) == end)
                };
                let found = names.filter(of_need).collect::<Vec<_>>();
                assert_eq!(found.len(), 1, "{end}");
                format!("{folder}/{}", found[0])
            });
            let judged = qise(&["check", &changed, &plan]);
            assert_eq!(judged.code, 0, "{}{}", judged.out, judged.err);
            let plan: Value = serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON");
            let visits = list(&plan["routes"]).iter().flat_map(|route| list(&route["visits"]));
            assert!(visits.into_iter().any(|visit| visit["need"] == key), "{key}");
        }
    }
    let worths = list(&found["plan"]);
    assert!(worths.iter().any(|worth| worth["gain"].as_i64() > Some(0)), "{worths:?}");
}

#[test]
fn one_need_is_told_in_both_languages_and_wrong_words_are_refused() {
    let (day, plan) = (scenario("alxa/day.json"), scratch("improve-one.json"));
    let solved = qise(&["solve", &day, "--iterations", "500", "--threads", "2", "--out", &plan, "-q"]);
    assert_eq!(solved.code, 0, "{}", solved.err);
    let document: Value = serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON");
    let need = document["unserved"][0]["need"].as_str().expect("an id");
    let words = qise(&["improve", &day, "--plan", &plan, "--need", need, "--steps", "50"]);
    assert!(words.out.contains("What would help") && !words.out.contains("whole plan"), "{}", words.out);
    let words = qise(&["improve", &day, "--plan", &plan, "--need", need, "--steps", "50", "--lang", "zh"]);
    assert!(words.out.contains("哪些改变有帮助"), "{}", words.out);
    // Where nothing may change, nothing can help.
    let nothing = ["--window", "0", "--radius", "0", "--people", "0", "--units", "0"];
    let base = ["improve", &day, "--plan", &plan, "--need", need, "--steps", "0", "--json"];
    let found = json(&[&base[..], &nothing].concat());
    assert_eq!(list(&found["needs"][0]["remedies"]).len(), 0, "{found:#}");
    for wrong in
        [&["--need", "nobody"][..], &["--people", "101"], &["--steps", "many"], &["--time-limit", "-1"]]
    {
        let run = qise(&[&["improve", &day, "--plan", &plan][..], wrong].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{wrong:?}");
    }
}
