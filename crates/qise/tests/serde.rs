//! Feature `serde`: what is written is read again, ids are numbers, and what cannot be is refused.

#![cfg(feature = "serde")]

use qise::model::{
    Calendar, Fingerprint, LatLon, LinkRule, Promise, Requirement, Seconds, SkillId, Time, TravelRule, Window,
};
use qise::plan::Score;
use qise::solve::Options;
use qise::{Plan, Problem, ProblemData, Stop, solve};
use serde_json::json;

fn problem() -> Problem {
    let mut b = Problem::builder("to and fro");
    let car = b.profile("car", TravelRule::great_circle(35_000, 1300));
    let (home, door) = (b.place("home", 38.83, 105.66), b.place("door", 38.84, 105.70));
    let care = b.skill("care", 3);
    b.volunteer("bat", home, car).skill(care, 2).shift(Time(0), Time(20_000));
    let window = Window::new(Time(0), Time(9000));
    let visit =
        b.need("visit", door, window, Seconds(600)).skill(care, 1).promise(Promise::to_start(Time(800)));
    let visit = visit.id();
    let other = b.need("other", home, window, Seconds(60)).id();
    b.link(visit, other, LinkRule::AFTER);
    b.data().calendar = Calendar::new(vec![(0, Time(-3600))]).expect("one day");
    b.build().expect("nothing is wrong")
}

#[test]
fn a_problem_and_its_plan_are_read_as_they_were() {
    let problem = problem();
    let data = problem.to_data();
    let text = serde_json::to_string(&data).expect("plain data");
    assert_eq!(serde_json::from_str::<ProblemData>(&text).expect("what was written"), data);

    let solved = solve(&problem, &Options::default(), &Stop::iterations(50));
    let plan = serde_json::to_value(&solved.plan).expect("plain data");
    assert_eq!(plan["routes"][0]["visits"][0]["need"], json!(0), "ids are numbers");
    assert_eq!(serde_json::from_value::<Plan>(plan).expect("what was written"), solved.plan);
    let score = serde_json::to_value(&solved.evaluation.score).expect("plain data");
    assert!(score["terms"]["travel_time"].is_i64(), "terms have their names: {score}");
    assert_eq!(serde_json::from_value::<Score>(score).expect("what was written"), solved.evaluation.score);
    let requirement = serde_json::to_value(Requirement::skill(SkillId(4), 2)).expect("plain data");
    assert_eq!(requirement["all"], json!([{"Skill": {"skill": 4, "level": 2}}]));
}

#[test]
fn what_cannot_be_is_refused() {
    assert!(serde_json::from_value::<LatLon>(json!([38.8, 105.6])).is_ok());
    assert!(serde_json::from_value::<LatLon>(json!([91.0, 0.0])).is_err());
    assert!(serde_json::from_value::<Calendar>(json!([[1, 0], [1, 9]])).is_err());
    assert!(serde_json::from_value::<Fingerprint>(json!("0123")).is_err());
    assert_eq!(serde_json::to_value(LatLon::new(1.0, 2.0)).expect("plain data"), json!([1.0, 2.0]));
}
