//! `qise bench assign`: reads a problem, writes an answer, and says what is wrong with what it cannot read.

use crate::program::{qise, scratch};
use serde_json::Value;

const PROBLEM: &str = r#"{"name":"three","n":3,"m":2,"k":2,"cols":[[0,1],[0,1],[1,0]],
    "cost":[[4,9],[5,5],[1,1]],"unserved":[20,20,40]}"#;

#[test]
fn solves_and_writes() {
    let (problem, out) = (scratch("assign.json"), scratch("assign-out.json"));
    std::fs::write(&problem, PROBLEM).unwrap();
    let outcome = qise(&["bench", "assign", &problem, "--out", &out]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert!(outcome.out.starts_with("three: 2 of 3 needs served at 25, proven optimal"), "{}", outcome.out);
    let answer: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    assert_eq!(answer["match"], serde_json::json!([0, null, 1]));
    assert_eq!(answer["objective"], 25);
    assert!(answer["solve_s"].as_f64().unwrap() >= 0.0);
    let outcome = qise(&["bench", "assign", &problem, "--json"]);
    let report: Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!((&report["served"], &report["objective"]), (&2.into(), &25.into()));
}

#[test]
fn says_what_is_wrong() {
    let check = |name: &str, text: &str, code: u8, says: &str| {
        let path = scratch(name);
        std::fs::write(&path, text).unwrap();
        let outcome = qise(&["bench", "assign", &path]);
        assert_eq!(outcome.code, code, "{}", outcome.err);
        assert!(outcome.err.contains(says), "{}", outcome.err);
        assert_eq!(outcome.out, "");
    };
    check("assign-bad-1.json", "[1, 2", 3, "line 1");
    check("assign-bad-2.json", &PROBLEM.replace("[1,0]", "[2,0]"), 3, "row 2 names column 2");
    check("assign-bad-3.json", &PROBLEM.replace("[4,9]", "[4]"), 3, "$.cost[0] has 1 entries, expected 2");
    check("assign-bad-4.json", &PROBLEM.replace("[4,9]", "[4,9e99]"), 3, "line 2");
    let outcome = qise(&["bench", "assign", &scratch("no such file")]);
    assert_eq!(outcome.code, 4);
    assert_eq!(qise(&["bench", "nonsense"]).code, 2);
}
