//! Visits that belong together: a day of three people, small enough to reckon by hand.

use qise::Stop;
use qise::model::Seconds;
use qise::plan::evaluate;
use qise::solve::{Options, solve};
use serde_json::{Value, json};

use super::{Benchmark, Family, benchmark};

/// Two caregivers who go 3 and 4 from the office, 5 from one to the other; the second patient needs both, the second of them
/// from 5 to 8 after the first.
fn home_care() -> Value {
    json!({
        "central_offices": [{"id": "d"}],
        "services": [{"id": "wash", "default_duration": 10}, {"id": "walk", "default_duration": 20}],
        "caregivers": [{"id": "a", "abilities": ["wash"]}, {"id": "b", "abilities": ["walk"]}],
        "patients": [
            {"id": "p1", "time_window": [0, 2], "required_caregivers": [{"service": "wash"}]},
            {
                "id": "p2", "time_window": [0, 100],
                "required_caregivers": [{"service": "wash"}, {"service": "walk", "duration": 7}],
                "synchronization": {"type": "sequential", "distance": [5, 8]}
            },
        ],
        "distances": [[0, 3, 4], [3, 0, 5], [4, 5, 0]],
    })
}

fn solved(benchmark: &Benchmark) -> (String, Value) {
    let solution = solve(&benchmark.problem, &Options::default(), &Stop::iterations(500));
    let judged = evaluate(&benchmark.problem, &solution.plan);
    assert_eq!((&*judged.violations, &*solution.plan.unserved), (&[][..], &[][..]));
    let value = benchmark.exact_value(&solution.plan, &judged.score.terms);
    (benchmark.show(value), serde_json::from_str(&benchmark.solution(&solution.plan)).unwrap())
}

#[test]
fn home_care_in_its_order() {
    let tiny = benchmark(Family::HhcrspMankowska, &home_care().to_string(), "hhcrsp");
    let crew = &tiny.problem.needs()[1];
    assert_eq!(crew.people(), 2);
    assert_eq!((crew.gaps[0].min, crew.gaps[0].max), (Seconds(5000), Seconds(8000)));
    // p1 from 3 on, 1 late; p2 from 18 on, and from 23 to 26 on: (3 + 5 + 4 + 4 + 4 + 1 + 1) / 3.
    let (value, solution) = solved(&tiny);
    assert_eq!(value, "7.333");
    let visits = |c: usize| solution["routes"][c]["visits"].as_array().unwrap().len();
    assert_eq!((visits(0), visits(1)), (2, 1));
}

#[test]
fn home_care_that_is_no_such_thing() {
    let refused = |change: fn(&mut Value)| {
        let mut document = home_care();
        change(&mut document);
        Family::HhcrspMankowska.read("tiny", document.to_string().as_bytes()).is_err()
    };
    assert!(!refused(|_| {}));
    assert!(refused(|document| document["distances"][1] = json!([1])));
    assert!(refused(|document| document["caregivers"][0]["abilities"] = json!(["sing"])));
    assert!(refused(|document| document["patients"][1]["synchronization"] = Value::Null));
    assert!(refused(|document| document["patients"][0]["required_caregivers"] = json!([])));
    assert!(refused(|document| document["services"][0]["default_duration"] = json!(-1)));
}

/// Two people; visits 1 and 2 are one place and one moment, visit 3 lies behind it.
fn together() -> Value {
    json!({
        "staff": 2, "horizon": [0, 100], "service": [0, 10, 10, 5],
        "windows": [[0, 100], [10, 20], [10, 20], [0, 100]],
        "travel": [[0, 6, 6, 8], [6, 0, 0, 2], [6, 0, 0, 2], [8, 2, 2, 0]],
        "sync": [[1, 2]],
        "preferences": [[], [0, 5], [7, 0], [0, 0]],
    })
}

#[test]
fn visits_at_one_moment() {
    let tiny = benchmark(Family::VrptwsynBredstromRonnqvist, &together().to_string(), "travel");
    assert_eq!(tiny.problem.needs().len(), 2);
    let (value, solution) = solved(&tiny);
    assert_eq!(value, "28", "6 + 6, and 6 + 2 + 8");
    assert_eq!(solution["routes"].as_array().unwrap().len(), 2);
}

#[test]
fn what_people_like_and_how_even_it_is() {
    // The first person takes visit 1 and the second visit 2: nobody minds.
    let tiny = benchmark(Family::VrptwsynBredstromRonnqvist, &together().to_string(), "preferences");
    assert_eq!(solved(&tiny).0, "0.0000");
    // Ten each, and five more for one of them.
    let tiny = benchmark(Family::VrptwsynBredstromRonnqvist, &together().to_string(), "fairness");
    assert_eq!(solved(&tiny).0, "5");
}

#[test]
fn visits_that_cannot_be_at_one_moment() {
    let refused = |change: fn(&mut Value)| {
        let mut document = together();
        change(&mut document);
        Family::VrptwsynBredstromRonnqvist.read("tiny", document.to_string().as_bytes()).is_err()
    };
    assert!(!refused(|_| {}));
    assert!(refused(|document| document["sync"] = json!([[1, 3]])));
    assert!(refused(|document| document["sync"] = json!([[1, 4]])));
    assert!(refused(|document| document["windows"][2] = json!([10, 21])));
    assert!(refused(|document| document["service"] = json!([0])));
    assert!(refused(|document| document["preferences"][1] = json!([0])));
}
