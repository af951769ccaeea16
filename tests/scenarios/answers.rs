//! What is asked of a plan: who could come, and why somebody is left.

use serde_json::Value;

use crate::program::{qise, scenario, scratch};

fn planned(name: &str, file: &str) -> (String, String) {
    let (scenario, plan) = (scenario(name), scratch(file));
    let solved = qise(&["solve", &scenario, "--iterations", "2000", "--threads", "2", "--out", &plan, "-q"]);
    assert_eq!(solved.code, 0, "{}", solved.err);
    (scenario, plan)
}

fn json(args: &[&str]) -> Value {
    let run = qise(args);
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).expect("JSON")
}

#[test]
fn who_could_come_is_told_in_order_and_in_both_languages() {
    let (day, plan) = planned("alxa/day.json", "answers-rank.json");
    let document: Value = serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON");
    let visit = &document["routes"][0]["visits"][0];
    let need = visit["need"].as_str().expect("an id");
    let offers = json(&["rank", &day, "--plan", &plan, "--need", need, "--json"]);
    let offers = offers["offers"].as_array().expect("a list");
    let levels = |offer: &Value| {
        offer["levels"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|l| l.as_i64().expect("a number"))
            .collect::<Vec<_>>()
    };
    assert!(offers.iter().map(levels).is_sorted());
    let who = &document["routes"][0]["volunteer"];
    let comes =
        |offer: &Value| offer["visits"].as_array().expect("a list").iter().any(|v| &v["volunteer"] == who);
    assert!(offers.iter().any(comes), "whoever serves it is among those who could");

    let words = qise(&["rank", &day, "--plan", &plan, "--need", need]);
    assert!(words.out.contains("added travel"), "{}", words.out);
    let words = qise(&["rank", &day, "--plan", &plan, "--need", need, "--lang", "zh"]);
    assert!(words.out.contains("增加路途"), "{}", words.out);
    let who = who.as_str().expect("an id");
    assert_eq!(qise(&["rank", &day, "--volunteer", who, "--best", "3"]).code, 0);
    for wrong in
        [&["rank", &day][..], &["rank", &day, "--need", "nobody"], &["rank", &day, "--volunteer", "x"]]
    {
        let run = qise(wrong);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{wrong:?}");
        assert!(run.err.contains("--need") || run.err.contains("--volunteer"), "{}", run.err);
    }
}

#[test]
fn every_need_left_has_a_verdict_and_words_for_whoever_asked() {
    let (day, plan) = planned("alxa/day.json", "answers-verdicts.json");
    let scenario: Value = serde_json::from_slice(&std::fs::read(&day).expect("there")).expect("JSON");
    let people = scenario["volunteers"].as_array().expect("a list");
    let document: Value = serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON");
    let unserved = document["unserved"].as_array().expect("a list");
    assert!(!unserved.is_empty());
    for entry in unserved {
        let (need, reason) = (entry["need"].as_str().expect("an id"), &entry["reason"]);
        let verdict = reason["verdict"].as_str().expect("a word");
        assert!(["impossible", "displacing", "open", "unfound"].contains(&verdict));
        assert!(verdict != "displacing" || reason["gives_up"] != Value::Array(vec![]), "{need}");
        for told in ["public_text", "public_text_zh"] {
            let words = reason[told].as_str().expect("words");
            assert!(!words.is_empty());
            let names = people.iter().filter_map(|who| who["name"].as_str());
            assert!(names.into_iter().all(|name| !words.contains(name)), "{words}");
        }
        let explained = json(&["explain", &day, "--plan", &plan, "--need", need, "--json"]);
        assert_eq!(&explained["verdict"], verdict, "{need}");
    }
}

#[test]
fn a_bound_is_told_with_what_proves_it_and_no_plan_goes_beyond() {
    let (day, plan) = planned("alxa/day.json", "answers-bound.json");
    let bound = json(&["bound", &day, "--plan", &plan, "--rounds", "3", "--threads", "2", "--json"]);
    let priority = &bound["priority"];
    assert!(priority["most"].as_i64() >= priority["plan"].as_i64() && priority["plan"].as_i64() > Some(0));
    assert!(priority["relaxation"].is_string());
    for level in bound["levels"].as_array().expect("a list") {
        assert!(level["least"].as_i64() <= level["plan"].as_i64(), "{level}");
    }
    let again = json(&["bound", &day, "--plan", &plan, "--rounds", "3", "--threads", "1", "--json"]);
    assert_eq!(bound, again, "threads change nothing");
    let words = qise(&["bound", &day, "--rounds", "1", "--lang", "zh"]);
    assert_eq!((words.code, words.err.as_str()), (0, ""));
    assert!(words.out.contains("优先级"), "{}", words.out);
    let document: Value = serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON");
    assert!(document["statistics"]["bound"].is_object(), "a quick bound comes with every plan");
}
