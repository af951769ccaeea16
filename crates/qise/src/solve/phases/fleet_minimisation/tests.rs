use super::*;
use crate::ProblemData;
use crate::model::{Objective, Pin, Term, UnitId, VolunteerId};
use crate::tests::{built, good, instance, line, load, need, person, slots};

/// Three people at one home; six needs, of which two are served by each.
fn six() -> ProblemData {
    let mut data = line(&[0, 10, 20, 30, 40, 50, 60]);
    data.objective = Objective::ordered(&[Term::Unserved, Term::People, Term::TravelTime]);
    good(&mut data, false);
    for _ in 0..3 {
        person(&mut data, 0, (0, 1000)).capacity = load(6);
    }
    for place in 1..7 {
        need(&mut data, place, (0, 900), 5).roles[0].load = load(1);
    }
    data
}

/// How many people are out once fewer were looked for, and the steps it took.
fn reduced(data: &ProblemData) -> (i64, u64) {
    let problem = built(data);
    let mut instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    for (unit, visits) in [(0, [0, 1]), (1, [2, 3]), (2, [4, 5])] {
        assert!(plan.try_route(&instance, UnitId(unit), &slots(visits)));
    }
    let before =
        (instance.weights.of(Term::People), instance.slots.iter().map(|s| s.prize).collect::<Vec<_>>());
    let options = Settings { seed: 1, threads: 1, iterations: Some(3000), is_warm: false };
    let threads = Threads::new(1);
    let mut moves = MoveCounts::default();
    let (plan, steps) = reduce(&mut instance, plan, &options, &|| 0.0, &mut |_| {}, &threads, &mut moves);
    let after =
        (instance.weights.of(Term::People), instance.slots.iter().map(|s| s.prize).collect::<Vec<_>>());
    assert_eq!(before, after, "weights and prizes are what they were");
    assert!(plan.unserved().is_empty());
    (plan.terms().get(Term::People), steps)
}

#[test]
fn one_person_does_what_one_can() {
    let mut data = six();
    assert_eq!(reduced(&data).0, 1);
    data.volunteers.iter_mut().for_each(|v| v.capacity = load(4));
    let (people, steps) = reduced(&data);
    assert_eq!(people, 2);
    assert!(steps < 1000, "two can carry no less: nobody tries with one: {steps}");
    data.volunteers.iter_mut().for_each(|v| v.capacity = load(2));
    assert_eq!(reduced(&data), (3, 0));
}

#[test]
fn it_is_left_alone_where_people_do_not_come_before_effort_or_somebody_is_left() {
    let mut data = six();
    data.objective = Objective::ordered(&[Term::Unserved, Term::TravelTime, Term::People]);
    assert_eq!(reduced(&data), (3, 0));
}

#[test]
fn who_is_pinned_does_not_stay_at_home() {
    let mut data = six();
    for (need, who) in [(0, 0), (2, 1), (4, 2)] {
        data.needs[need].roles[0].pin = Some(Pin { volunteer: VolunteerId(who), start: None });
    }
    assert_eq!(reduced(&data), (3, 0));
}
