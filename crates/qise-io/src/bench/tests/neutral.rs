//! The neutral format.

use qise::model::Term;
use qise::plan::evaluate;
use serde_json::{Value, json};

use super::plan;
use crate::bench::neutral;

fn neutral_problem() -> Value {
    json!({
        "name": "tiny", "metric": {"type": "haversine", "radius_m": 6_371_000, "speed_kmh": 60, "detour": 1.3},
        "needs": [
            {"id": 7, "at": [105.6, 38.8], "service": 600, "skills": [3, 1], "tw": [0, 3600], "priority": 5, "demand": 2},
            {"id": "b", "at": [105.7, 38.8], "service": 600, "skills": [], "tw": [0, 3600], "priority": 1, "demand": 9},
        ],
        "teams": [
            {"id": 0, "start": [105.6, 38.8], "end": [105.7, 38.8], "skills": [1, 3], "shift": [0, 36000], "capacity": 10, "max_travel": 900},
            {"id": 1, "start": [105.6, 38.8], "end": [105.6, 38.8], "skills": [1], "shift": [0, 36000], "capacity": null, "max_travel": null},
        ],
    })
}

#[test]
fn the_neutral_format() {
    let read =
        neutral::read(neutral_problem().to_string().as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    let problem = &read.problem;
    assert_eq!((problem.places().len(), problem.skills().len()), (2, 2));
    // 8666 m as the crow flies, a third more by road, a kilometre a minute.
    let served = plan(problem, &[(0, &[0]), (1, &[1])]);
    let judged = evaluate(problem, &served);
    assert!(judged.is_valid(), "{:?}", judged.violations);
    assert_eq!(judged.score.levels, [0, 3 * 676]);
    let written: Value = serde_json::from_str(&read.plan(&served)).unwrap();
    assert_eq!(written, json!({"routes": [{"team": 0, "needs": [7]}, {"team": 1, "needs": ["b"]}]}));
    let rules = |routes: &[(u32, &[u32])]| {
        let violations = evaluate(problem, &plan(problem, routes)).violations;
        violations.iter().map(|violation| violation.rule.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(rules(&[(0, &[0, 1])]), ["overload"]);
    assert_eq!(rules(&[(0, &[1, 0])]), ["overload", "day_travel"]);
    assert_eq!(rules(&[(1, &[0])]), ["skill_missing"]);
}

#[test]
fn the_neutral_format_in_the_plane() {
    let mut document = neutral_problem();
    document["metric"] = json!({"type": "euclid10"});
    for (list, field) in [("needs", "at"), ("teams", "start"), ("teams", "end")] {
        document[list][0][field] = json!([0, 0]);
        document[list][1][field] = json!([1, 1]);
    }
    let read = neutral::read(document.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    let terms = evaluate(&read.problem, &plan(&read.problem, &[(0, &[1])])).score.terms;
    assert_eq!(terms.get(Term::TravelTime), 28, "√2 is cut to 1.4");
}

#[test]
fn faults_of_neutral_problems() {
    let refused = |change: fn(&mut Value)| {
        let mut document = neutral_problem();
        change(&mut document);
        neutral::read(document.to_string().as_bytes()).unwrap_err().0[0].path.clone()
    };
    assert_eq!(refused(|d| d["needs"][1]["at"] = json!([205.6, 38.8])), "$.needs[1].at");
    assert_eq!(refused(|d| d["metric"]["speed_kmh"] = json!(0.000_1)), "$.metric.speed_kmh");
    assert_eq!(refused(|d| d["metric"]["radius_m"] = json!(1)), "$.metric.radius_m");
    assert_eq!(refused(|d| d["teams"][1]["id"] = json!(0)), "$.teams[1].id");
    assert_eq!(refused(|d| d["needs"][0]["tw"] = json!([9, 1])), "$.needs[0].windows[0].to");
    assert!(refused(|d| d["needs"][0]["queue"] = json!(1)).starts_with("line 1 column "));
    assert!(refused(|d| d["metric"]["type"] = json!("manhattan")).starts_with("line 1 column "));
}
