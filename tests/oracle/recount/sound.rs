//! Plans of the solver, counted again: new ones, those that go on from another, those stopped early, those that keep to another.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use qise::Stop;
use qise::model::Previous;
use qise::plan::Plan;
use qise::solve::{Options, solve};
use qise_io::{PlanNotes, Scenario, read_previous, read_scenario, write_plan};
use serde_json::Value;

use super::recount;

/// A scenario of the repository, as its bytes and as the engine reads it.
pub(super) fn scenario(name: &str) -> (Value, Scenario) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let bytes = fs::read(path).expect("readable");
    (serde_json::from_slice(&bytes).expect("JSON"), read_scenario(&bytes).expect("valid"))
}

/// The document of the plan that a run ends with. The run stops after so many looks at the clock, where a number is given.
pub(super) fn planned(
    scenario: &Scenario,
    iterations: u64,
    warm: Option<Plan>,
    looks: Option<u32>,
) -> (Plan, Value) {
    let options = Options { seed: 3, threads: 1, warm, ..Options::default() };
    let seen = AtomicU32::new(0);
    let spent = move || {
        let seen = seen.fetch_add(1, Ordering::Relaxed);
        if looks.is_some_and(|looks| seen >= looks) { 1.0 } else { 0.0 }
    };
    let solved = solve(&scenario.problem, &options, &(Stop::iterations(iterations) | Stop::measured(spent)));
    let notes = PlanNotes { reasons: &[], figures: [].into(), statistics: [].into() };
    let text = write_plan(&scenario.problem, &scenario.zone, &solved.plan, &solved.evaluation, &notes);
    (solved.plan, serde_json::from_str(&text).expect("JSON"))
}

fn check(name: &str, iterations: u64) {
    let (document, scenario) = scenario(name);
    let sound =
        |what: &str, plan: &Value| assert_eq!(recount(&document, plan), BTreeSet::new(), "{name}, {what}");
    let (plan, told) = planned(&scenario, iterations, None, None);
    sound("new", &told);
    sound("warm", &planned(&scenario, iterations / 4, Some(plan), None).1);
    for looks in [0, 1, 3, 10] {
        sound(&format!("stopped after {looks}"), &planned(&scenario, iterations, None, Some(looks)).1);
    }
    let read =
        read_previous(&scenario.problem, &scenario.zone, told.to_string().as_bytes(), &Previous::default());
    let held = scenario.problem.with_previous(Some(read.expect("readable").previous)).expect("valid");
    let held = Scenario { problem: held, ..scenario };
    sound("held to another", &planned(&held, iterations / 4, None, None).1);
}

#[test]
fn nothing_is_lost_on_the_fodder_run() {
    check("alxa/fodder.json", 60);
}

#[test]
fn nothing_is_lost_at_the_lending_points() {
    check("alxa/lending.json", 60);
}

#[test]
fn the_small_example_is_sound() {
    let (document, scenario) = scenario("goods/winter.json");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/goods/winter_plan.json");
    let plan = serde_json::from_slice(&fs::read(path).expect("readable")).expect("JSON");
    assert_eq!(recount(&document, &plan), BTreeSet::new());
    assert_eq!(recount(&document, &planned(&scenario, 200, None, None).1), BTreeSet::new());
}
