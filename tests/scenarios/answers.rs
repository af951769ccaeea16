//! What is asked of a plan: who could come, and why somebody is left.

use std::collections::BTreeSet;

use qise::explain::choice;
use qise::model::NeedId;
use qise::plan::evaluate;
use qise_io::{PlanNotes, read_plan, read_scenario, write_plan};
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
    let moves = |offer: &Value| offer["moves_others"].as_bool().expect("yes or no");
    assert!(offers.iter().map(|offer| (moves(offer), levels(offer))).is_sorted());
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
        if verdict == "unfound" {
            let (most, serves) = (&reason["bound"]["most"], &reason["bound"]["plan"]);
            assert!(most.as_i64() >= serves.as_i64() && serves.as_i64() > Some(0), "{need}: {reason}");
            let words = reason["text"].as_str().expect("words");
            assert!(words.contains(&format!("{most} points")), "{words}");
        } else {
            assert!(reason["bound"].is_null(), "{need}: {reason}");
        }
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
    for relaxation in bound["levels"].as_array().into_iter().flatten().chain([priority]) {
        let relaxed = &bound["relaxes"][relaxation["relaxation"].as_str().expect("a name")];
        assert!(relaxed.as_array().is_some_and(|rules| rules.contains(&"link_time".into())), "{bound}");
    }
    let again = json(&["bound", &day, "--plan", &plan, "--rounds", "3", "--threads", "1", "--json"]);
    assert_eq!(bound, again, "threads change nothing");
    let words = qise(&["bound", &day, "--rounds", "1", "--lang", "zh"]);
    assert_eq!((words.code, words.err.as_str()), (0, ""));
    assert!(words.out.contains("优先级"), "{}", words.out);
    let document: Value = serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON");
    assert!(document["statistics"]["bound"].is_object(), "a quick bound comes with every plan");
}

#[test]
fn why_somebody_comes_is_told_with_the_next_best_and_the_difference() {
    let (day, plan) = planned("alxa/day.json", "answers-choice.json");
    let scenario = read_scenario(&std::fs::read(&day).expect("there")).expect("a scenario");
    let people = scenario.problem.volunteers().iter().filter_map(|who| who.name.as_deref());
    let people = people.collect::<Vec<_>>();
    let document = std::fs::read(&plan).expect("written");
    let read = read_plan(&scenario.problem, &scenario.zone, &document).expect("a plan").plan;
    let firsts = read.routes.iter().filter_map(|route| route.visits.first()).map(|visit| visit.need);
    let mut needs = firsts.step_by(4).collect::<BTreeSet<_>>();
    // Whatever hangs together or takes several people, stops or ways.
    let kinds = ["n-link-", "n-ride-", "n-crew-", "n-ways-"];
    let is_special =
        |need: &NeedId| kinds.iter().any(|kind| scenario.problem.need(*need).key.starts_with(kind));
    needs.extend(read.visits().map(|(_, visit)| visit.need).filter(is_special));
    let mut compared = 0;
    for need in needs {
        let key = &scenario.problem.need(need).key;
        let told = json(&["explain", &day, "--plan", &plan, "--need", key, "--json"]);
        let told = &told["choice"];
        assert_eq!(told["as_stated"], true, "{key}");
        for words in ["public_text", "public_text_zh"] {
            let words = told[words].as_str().expect("words");
            assert!(!words.is_empty() && !people.iter().any(|name| words.contains(name)), "{words}");
        }
        let other = &told["runner_up"];
        if other.is_null() {
            assert!(
                ["only", "alone", "pinned"].contains(&told["verdict"].as_str().expect("a word")),
                "{key}"
            );
            continue;
        }
        // The plan with the others, judged and compared by the program.
        let why = choice(&scenario.problem, &read, need).expect("it is served");
        let taken = why.runner_up.expect("told").offer.taken(&scenario.problem, &read);
        let (judged, notes) = (evaluate(&scenario.problem, &taken), PlanNotes::default());
        let written = write_plan(&scenario.problem, &scenario.zone, &taken, &judged, &notes);
        let file = scratch(&format!("answers-choice-{compared}.json"));
        std::fs::write(&file, written).expect("a file");
        let differ = json(&["diff", &day, &plan, &file, "--json"]);
        assert_eq!(differ["new"]["valid"], true);
        for (term, difference) in other["difference"]["terms"].as_object().expect("an object") {
            assert_eq!(&differ["terms"][term]["difference"], difference, "{key}: {term}");
        }
        let levels = differ["levels"].as_array().expect("a list").iter().map(|level| &level["difference"]);
        let told_levels = other["difference"]["levels"].as_array().expect("a list");
        assert_eq!(levels.collect::<Vec<_>>(), told_levels.iter().collect::<Vec<_>>(), "{key}");
        compared += 1;

        let english = qise(&["explain", &day, "--plan", &plan, "--need", key]).out;
        let text = told["text"].as_str().expect("words");
        assert!(english.contains("served by") && english.contains(text), "{english}");
        assert!(english.contains("difference (* decides)"), "{english}");
        let chinese = qise(&["explain", &day, "--plan", &plan, "--need", key, "--lang", "zh"]).out;
        assert!(chinese.contains(told["text_zh"].as_str().expect("words")), "{chinese}");
    }
    assert!(compared > 15, "{compared} with others");
    let pinned = json(&["explain", &day, "--plan", &plan, "--need", "n-escort-01", "--json"]);
    assert_eq!(pinned["choice"]["verdict"], "pinned");
}
