//! Plans that are judged against what people were told before.

use serde_json::{Value, json};

use crate::program::{Outcome, qise, scratch};

/// Two visits that people were told at hours at which one may no longer be made.
fn base() -> Value {
    let spot = json!({"lon": 105.66, "lat": 38.84});
    let need = |id: &str, from: &str, to: &str| json!({"id": id, "at": spot, "service": "PT30M", "windows": [{"from": from, "to": to}]});
    let person = |id: &str| json!({"id": id, "home": spot, "shifts": [{"start": "2026-11-25T08:00", "end": "2026-11-25T17:00"}]});
    json!({
        "format": "qise/scenario", "version": 1, "name": "told before", "time_zone": "Asia/Shanghai", "datum": "WGS-84",
        "volunteers": [person("suriya"), person("bao")],
        "needs": [
            need("coal", "2026-11-25T13:00", "2026-11-25T14:00"),
            need("letters", "2026-11-25T08:00", "2026-11-25T16:00"),
        ],
    })
}

fn told() -> Value {
    let visit = |need: &str, start: &str| json!({"need": need, "start": start});
    json!({
        "format": "qise/plan", "version": 1, "time_zone": "Asia/Shanghai",
        "routes": [{"volunteer": "bao", "visits": [
            visit("coal", "2026-11-25T09:00"), visit("letters", "2026-11-25T10:00"), visit("dog", "2026-11-25T11:00"),
        ]}, {"volunteer": "nobody", "visits": [visit("chess", "2026-11-25T15:00")]}],
    })
}

fn written(name: &str, document: &Value) -> String {
    let path = scratch(&format!("previous-{name}.json"));
    std::fs::write(&path, document.to_string()).expect("writable");
    path
}

fn document(path: &str) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("written")).expect("JSON")
}

fn well(args: &[&str]) -> Outcome {
    let outcome = qise(args);
    assert_eq!(outcome.code, 0, "{args:?}: {}{}", outcome.out, outcome.err);
    outcome
}

#[test]
fn a_plan_is_never_called_invalid_for_what_was_told_before() {
    let (scenario, before) = (written("a", &base()), written("a-told", &told()));
    let [plan, plain] = ["previous-a-plan.json", "previous-a-plain.json"].map(scratch);
    well(&["solve", &scenario, "--previous", &before, "--iterations", "50", "--quiet", "--out", &plan]);
    well(&["solve", &scenario, "--iterations", "50", "--quiet", "--out", &plain]);
    let levels = &document(&plan)["score"]["levels"];
    let shown = |run: Outcome| {
        let report: Value = serde_json::from_str(&run.out).expect("JSON");
        report["score"]["levels"].clone()
    };
    // With what it was made against, said or not, its score is the one it states; with anything else it is another, and no fault.
    assert_eq!(&shown(well(&["check", &scenario, &plan, "--json"])), levels);
    assert_eq!(&shown(well(&["check", &scenario, &plan, "--previous", &before, "--json"])), levels);
    let dear = ["--previous", &before, "--retime-price", "50000"];
    assert_ne!(&shown(well(&[&["check", &scenario, &plan, "--json"][..], &dear].concat())), levels);
    let against = shown(well(&["check", &scenario, &plain, "--previous", &before, "--json"]));
    assert_ne!(against, document(&plain)["score"]["levels"]);
    well(&["check", &scenario, &plain]);

    // A scenario that has a previous plan of its own is no exception.
    let mut own = base();
    own["previous"] = json!({"assignments": [{"need": "coal", "volunteer": "suriya", "start": "2026-11-25T13:30"}], "reassign_price": 70});
    let own = written("own", &own);
    let by_own = scratch("previous-own-plan.json");
    well(&["solve", &own, "--iterations", "50", "--quiet", "--out", &by_own]);
    well(&["check", &own, &by_own]);
    well(&["check", &own, &by_own, "--previous", &before]);
    well(&["solve", &own, "--previous", &before, "--iterations", "50", "--quiet", "--out", &by_own]);
    well(&["check", &own, &by_own]);
    well(&["check", &own, &by_own, "--previous", &before]);

    // A score that is wrong is wrong whatever it is held against.
    let mut tampered = document(&plan);
    tampered["score"]["terms"]["disruption"] = json!(1);
    let tampered = written("tampered", &tampered);
    for more in [&[][..], &["--previous", &before]] {
        let run = qise(&[&["check", &scenario, &tampered][..], more].concat());
        assert_eq!(run.code, 1, "{}", run.out);
        assert!(run.out.contains("$.score.terms.disruption: wrong_score"), "{}", run.out);
    }
}

#[test]
fn every_question_takes_the_plan_that_was_told() {
    let (scenario, before) = (written("b", &base()), written("b-told", &told()));
    let plan = scratch("previous-b-plan.json");
    well(&["solve", &scenario, "--previous", &before, "--iterations", "50", "--quiet", "--out", &plan]);
    let prices = ["--previous", &before, "--reassign-price", "5000", "--retime-price", "7"];
    let ask = |args: &[&str]| well(&[args, &prices].concat());
    let offers = |run: Outcome| -> Value { serde_json::from_str(&run.out).expect("JSON") };
    let rank = ["rank", &scenario, "--plan", &plan, "--need", "letters", "--json"];
    let last = |offers: &Value| {
        let offers = offers["offers"].as_array().expect("a list");
        assert_eq!(offers.len(), 2);
        offers.iter().map(|offer| offer["levels"].to_string()).collect::<Vec<_>>()
    };
    assert_ne!(last(&offers(ask(&rank))), last(&offers(well(&rank))));
    ask(&["explain", &scenario, "--plan", &plan, "--need", "coal"]);
    ask(&["diff", &scenario, &plan, &nothing()]);
    ask(&["improve", &scenario, "--plan", &plan, "--need", "coal", "--steps", "5"]);
    for command in [&["check", &scenario, &plan][..], &["rank", &scenario, "--need", "coal"]] {
        let wrong = qise(&[command, &["--retime-price", "7"]].concat());
        assert_eq!(wrong.code, 2, "{}", wrong.err);
    }
    let told = ask(&["check", &scenario, &plan]).err;
    assert!(told.contains("\"dog\"") && told.contains("\"nobody\""), "{told}");
}

/// A plan of nothing.
fn nothing() -> String {
    let nothing = json!({
        "format": "qise/plan", "version": 1, "routes": [], "unserved": [{"need": "coal"}, {"need": "letters"}],
    });
    written("nothing", &nothing)
}

#[test]
fn a_plan_to_start_from_may_know_more_than_the_scenario() {
    let scenario = written("c", &base());
    let warm = written("c-warm", &told());
    let run = well(&["solve", &scenario, "--warm", &warm, "--iterations", "0", "--json"]);
    assert!(run.err.contains("\"dog\"") && run.err.contains("\"nobody\""), "{}", run.err);
    let plan: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(plan["unserved"], json!([]), "{plan:#}");
    let table = scratch("previous-warm.csv");
    std::fs::write(&table, "need,volunteer\ndog,bao\nletters,bao\ncoal,nobody\n").expect("writable");
    let run = well(&["solve", &scenario, "--warm", &table, "--iterations", "0", "--quiet"]);
    assert!(run.err.contains("\"dog\"") && run.err.contains("\"nobody\""), "{}", run.err);
    // What is wrong with the document itself is still a fault.
    let mut wrong = told();
    wrong["routes"][0]["visits"][1]["start"] = json!("soon");
    assert_eq!(qise(&["solve", &scenario, "--warm", &written("c-wrong", &wrong)]).code, 3);
}
