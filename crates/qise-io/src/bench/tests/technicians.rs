//! Two technicians of one domain each, and what they do together, one by one, and not at all.

use qise::Stop;
use qise::model::Term;
use qise::solve::{Options, solve};
use serde_json::{Value, json};

use super::super::{Convention, Family};

/// Work 1 takes both all day; 2 follows it; 3 is for the other; 4 may be handed to others for all that may be spent.
const TINY: &str = "name domains level techs interv abandon
TINY 2 1 2 4 5

number time preds prio cost d1_1 d2_1
1 120 [ ] 1 10 1 1
2 60 [ 1 ] 2 10 1 0
3 60 [ ] 3 10 0 1
4 60 [ ] 4 5 1 0

tech d1 d2 dispo
1 1 0 [ 3 ]
2 0 1 [ ]
";

#[test]
fn parties_form_and_what_does_not_pay_goes_to_others() {
    let family = Family::Roadef2007;
    let instance = family.read("TINY", TINY.as_bytes()).expect("an instance");
    assert_eq!(instance.customer_count(), 4);
    let benchmark = instance.benchmark("TINY", Convention::of(family)[0]).expect("a problem");
    let solved = solve(&benchmark.problem, &Options::default(), &Stop::iterations(2000));
    assert!(solved.evaluation.is_valid(), "{:?}", solved.evaluation.violations);
    // Both on the first day; on the second each does one piece of work in its first half.
    let terms = &solved.evaluation.score.terms;
    assert_eq!(terms.get(Term::Makespan), 28 * 120 + 14 * 180 + 4 * 180 + 180);
    assert_eq!(benchmark.show(benchmark.value(terms)), "6780");
    let written: Value = serde_json::from_str(&benchmark.solution(&solved.plan)).expect("a document");
    assert_eq!(written["days"].as_array().expect("days").len(), 2);
    assert_eq!(written["days"][0]["teams"].as_array().expect("teams").len(), 1);
    assert_eq!(written["days"][0]["teams"][0].as_array().expect("a team").len(), 2);
    assert_eq!(written["days"][1]["teams"].as_array().expect("teams").len(), 2);
    let works = written["interventions"].as_array().expect("works");
    assert_eq!(works.iter().filter(|work| work["day"] == 2).count(), 2);
    assert!(works.iter().all(|work| work["id"] != 4 && work["start"] == json!(0)));
}

#[test]
fn a_list_that_is_not_as_it_should_be_is_named_by_its_line() {
    let family = Family::Roadef2007;
    let wrong = |from: &str, to: &str| {
        let faults = family.read("TINY", TINY.replacen(from, to, 1).as_bytes()).expect_err("a fault");
        faults.0[0].path.clone()
    };
    assert_eq!(wrong("TINY 2 1 2 4 5", "TINY 2 1 2 4"), "line 2");
    assert_eq!(wrong("1 120 [ ] 1 10 1 1", "1 121 [ ] 1 10 1 1"), "line 5");
    assert_eq!(wrong("2 60 [ 1 ] 2 10 1 0", "2 60 [ x ] 2 10 1 0"), "line 6");
    assert_eq!(wrong("3 60 [ ] 3 10 0 1", "3 60 3 10 0 1"), "line 7");
    assert_eq!(wrong("1 1 0 [ 3 ]", "1 2 0 [ 3 ]"), "line 11");
    assert_eq!(wrong("2 0 1 [ ]", "2 0 1 [ ]\n3 0 0 [ ]"), "line 13");
}
