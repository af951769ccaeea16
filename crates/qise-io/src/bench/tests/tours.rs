//! Two technicians, a depot between them, and three requests: one asks for a tool, one for a part, one for nothing.

use qise::Stop;
use qise::solve::{Options, solve};
use serde_json::{Value, json};

use super::super::{Convention, Family};

/// The first lives at x = 0 and has the skill; the second, at x = 100, has the other. The depot is at x = 30. The first has one part on board.
const TINY: &str = "TINY

INFO
CREW COUNT  SKILLS  TOOLS  SPARE PARTS
2  2  1  1

DEPOT TECHNICIANS AND REQUESTS
ID X Y TWS TWE Serv SKILLS TOOLS SPARE PARTS
0 30 0 0 1000 0 [] [] []
1 0 0 0 1000 0 [0] [] [1]
2 100 0 0 1000 0 [1] [] [0]
3 10 0 0 1000 5 [0] [] [1]
4 50 0 0 1000 5 [0] [0] [1]
5 90 0 300 310 5 [1] [] []
";

#[test]
fn tools_and_parts_are_taken_at_the_depot() {
    let family = Family::TrspPillac;
    let instance = family.read("TINY", TINY.as_bytes()).expect("an instance");
    assert_eq!(instance.customer_count(), 3);
    let benchmark = instance.benchmark("TINY", Convention::of(family)[0]).expect("a problem");
    let solved = solve(&benchmark.problem, &Options::default(), &Stop::iterations(500));
    assert!(solved.evaluation.is_valid(), "{:?}", solved.evaluation.violations);
    // The first goes to x = 50 and back, serving twice; the second to x = 90 and back, leaving late enough not to wait.
    let value = benchmark.exact_value(&solved.plan, &solved.evaluation.score.terms);
    assert!((value - 135.0).abs() < 1e-9, "{value}");
    let written: Value = serde_json::from_str(&benchmark.solution(&solved.plan)).expect("a document");
    let tours = written["tours"].as_array().expect("tours");
    let stops = tours[0]["stops"].as_array().expect("stops");
    assert_eq!(tours[0]["technician"], json!(1));
    let at = |stop: i64| stops.iter().position(|known| *known == json!(stop)).expect("a stop");
    assert!(at(0) < at(4), "the tool is taken before it is needed: {stops:?}");
    assert_eq!(tours[1], json!({ "technician": 2, "stops": [5] }));
}

#[test]
fn a_line_that_is_not_as_it_should_be_is_named() {
    let family = Family::TrspPillac;
    let wrong = |from: &str, to: &str| {
        let faults = family.read("TINY", TINY.replacen(from, to, 1).as_bytes()).expect_err("a fault");
        faults.0[0].path.clone()
    };
    assert_eq!(wrong("2  2  1  1", "2  2  1"), "line 5");
    assert_eq!(wrong("3 10 0", "4 10 0"), "line 12");
    assert_eq!(wrong("[0] [0] [1]", "[0] [1] [1]"), "line 13");
    assert_eq!(wrong("[1] [] []\n", "[1] []\n"), "line 14");
    assert_eq!(wrong("CREW", "STAFF"), "line 14");
    assert_eq!(wrong("2  2  1  1", "9  2  1  1"), "line 5");
}
