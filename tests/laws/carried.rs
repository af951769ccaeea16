//! A plan knows its problem, and is taken to another by its keys.

use qise::model::{Fingerprint, Need, NeedId, Rule};
use qise::plan::{LeftOut, Plan, evaluate};
use qise::query::PlanQuery;
use qise::solve::{Options, solve};
use qise::{Problem, Stop};
use qise_io::{Scenario, read_plan, read_scenario};
use serde_json::Value;

const SCENARIOS: [(&str, &[u8]); 5] = [
    ("day", include_bytes!("../data/alxa/day.json")),
    ("fodder", include_bytes!("../data/alxa/fodder.json")),
    ("lending", include_bytes!("../data/alxa/lending.json")),
    ("rounds", include_bytes!("../data/alxa/rounds.json")),
    ("winter", include_bytes!("../data/goods/winter.json")),
];

fn scenario(document: &[u8]) -> Scenario {
    read_scenario(document).unwrap_or_else(|faults| panic!("{faults}"))
}

fn found(problem: &Problem) -> Plan {
    solve(problem, &Options::default(), &Stop::iterations(40)).plan
}

/// The scenario with every list in which order means nothing turned round.
fn turned(document: &[u8]) -> Scenario {
    let mut document = serde_json::from_slice::<Value>(document).expect("a document");
    for list in ["needs", "volunteers", "vehicles", "depots", "goods", "teams", "places", "skills"] {
        if let Some(Value::Array(list)) = document.get_mut(list) {
            list.reverse();
        }
    }
    scenario(document.to_string().as_bytes())
}

/// The key of everybody and everything in a plan, with all times.
fn told(scenario: &Scenario, plan: &Plan) -> Value {
    let Scenario { problem, zone } = scenario;
    let evaluation = evaluate(problem, plan);
    let document = qise_io::write_plan(problem, zone, plan, &evaluation, &qise_io::PlanNotes::default());
    let mut document = serde_json::from_str::<Value>(&document).expect("a document");
    // The document knows the scenario by all that it says, in its order.
    if let Some(document) = document.as_object_mut() {
        document.remove("fingerprint");
    }
    for list in ["routes", "unserved", "outsourced"] {
        if let Some(Value::Array(list)) = document.get_mut(list) {
            list.sort_by_key(Value::to_string);
        }
    }
    document
}

#[test]
fn turned_round_everything_is_found_again() {
    for (name, document) in SCENARIOS {
        let (from, to) = (scenario(document), turned(document));
        assert_ne!(from.problem.fingerprint(), to.problem.fingerprint(), "{name}");
        let plan = found(&from.problem);
        assert!(plan.is_of(&from.problem) && !plan.is_of(&to.problem), "{name}");
        let (carried, lost) = plan.carried(&from.problem, &to.problem);
        assert!(lost.is_empty(), "{name}: {lost:?}");
        assert_eq!(told(&to, &carried), told(&from, &plan), "{name}");
        assert_eq!(evaluate(&to.problem, &carried).violations, [], "{name}");
        let (back, lost) = carried.carried(&to.problem, &from.problem);
        assert!(lost.is_empty() && back == plan, "{name}");
    }
}

#[test]
fn what_is_there_no_more_is_told_and_the_rest_stands() {
    for (name, document) in SCENARIOS {
        let from = scenario(document);
        let plan = found(&from.problem);
        for gone in ["needs", "volunteers"] {
            let mut changed = serde_json::from_slice::<Value>(document).expect("a document");
            let list = changed[gone].as_array_mut().expect("a list");
            list.remove(0);
            // What another part of the document names cannot be taken away alone.
            let Ok(to) = read_scenario(changed.to_string().as_bytes()) else { continue };
            let (carried, lost) = plan.carried(&from.problem, &to.problem);
            assert!(carried.is_of(&to.problem), "{name}");
            let key = |need: &Need| to.problem.needs().iter().any(|other| other.key == need.key);
            let needs = from.problem.need_ids().filter(|&need| !key(from.problem.need(need)));
            let mentioned =
                |need: &NeedId| plan.served_needs().contains(need) || plan.unserved.contains(need);
            assert_eq!(lost.needs, needs.filter(mentioned).collect::<Vec<_>>(), "{name}: {gone}");
            let visits = |plan: &Plan| plan.visits().count();
            let dropped = plan
                .visits()
                .filter(|(unit, visit)| lost.units.contains(unit) || lost.needs.contains(&visit.need));
            assert_eq!(visits(&carried), visits(&plan) - dropped.count(), "{name}: {gone}");
            let rules = evaluate(&to.problem, &carried).violations;
            assert!(
                rules.iter().all(|v| v.rule != Rule::NotListed && v.rule != Rule::OtherProblem),
                "{name}"
            );
        }
    }
}

#[test]
fn a_plan_of_another_version_is_never_read_by_position() {
    let day = scenario(SCENARIOS[0].1);
    let plan = found(&day.problem);
    let shorter = turned(SCENARIOS[0].1).problem;
    let judged = evaluate(&shorter, &plan);
    assert_eq!(judged.violations[0].rule, Rule::OtherProblem);
    let options = Options { warm: Some(plan.clone()), ..Options::default() };
    let solved = solve(&shorter, &options, &Stop::iterations(0));
    assert!(solved.statistics.foreign_warm);
    assert!(solved.evaluation.is_valid() && solved.plan.is_of(&shorter));
    let cold = solve(&shorter, &Options { warm: None, ..options.clone() }, &Stop::iterations(0));
    assert_eq!(solved.plan, cold.plan);
    assert!(!cold.statistics.foreign_warm);
    assert_eq!(PlanQuery::new(&shorter, &plan).plan(), Plan::empty(&shorter));
    let own = Options { warm: Some(plan.carried(&day.problem, &shorter).0), ..options };
    assert!(!solve(&shorter, &own, &Stop::iterations(0)).statistics.foreign_warm);
}

#[test]
fn only_what_ids_mean_counts() {
    let day = scenario(SCENARIOS[0].1);
    let same = day.problem.replace(|data| {
        data.name = "another name".into();
        data.needs[0].priority += 1;
        data.needs[1].stops[0].service += qise::model::Seconds::MINUTE;
    });
    assert_eq!(same.expect("valid").fingerprint(), day.problem.fingerprint());
    let renamed = day.problem.replace(|data| data.needs[0].key.push('x')).expect("valid");
    assert_ne!(renamed.fingerprint(), day.problem.fingerprint());
    let written = day.problem.fingerprint().to_string();
    assert_eq!(written.parse::<Fingerprint>(), Ok(day.problem.fingerprint()));
    for odd in ["", "xyz", "0123456789ABCDEF", "00000000000000000", "+123456789abcdef"] {
        assert!(odd.parse::<Fingerprint>().is_err(), "{odd}");
    }
    // Documents are read on other machines, and by later versions.
    assert_eq!(scenario(SCENARIOS[4].1).problem.fingerprint().to_string(), "f977ecd07233a3f9");
}

#[test]
fn a_plan_read_from_a_document_is_of_the_problem_it_is_read_for() {
    let day = scenario(SCENARIOS[0].1);
    let plan = found(&day.problem);
    let document = told(&day, &plan).to_string();
    let read =
        read_plan(&day.problem, &day.zone, document.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(read.plan.fingerprint, Some(day.problem.fingerprint()));
    assert_eq!(LeftOut::default(), plan.carried(&day.problem, &day.problem).1);
}
