use super::*;
use crate::model::{NeedId, Previous, PreviousVisit, Promise, Term, VolunteerId};
use crate::tests::{built, instance, line, need, person, slots, times, weighing};
use crate::{Problem, ProblemData};

/// Ten steps to a need that is open long, ten more to one that opens late.
fn waiting(term: Term) -> ProblemData {
    let mut data = line(&[0, 10, 20]);
    data.objective = weighing(&[(term, 1), (Term::Tardiness, 1), (Term::Disruption, 1)]);
    person(&mut data, 0, (0, 200));
    need(&mut data, 1, (0, 100), 5);
    need(&mut data, 2, (100, 120), 5);
    data
}

fn timed(problem: &Problem, releases: &[Time]) -> Option<Timing> {
    let mut timing = Timing::default();
    let instance = instance(problem);
    let start = instance.unit(UnitId(0)).usual_start;
    timing.set(&instance, UnitId(0), start, &slots([0, 1]), releases).then_some(timing)
}

fn all(timing: &Timing) -> (i64, Vec<i64>, i64) {
    (timing.departure.0, timing.starts.iter().map(|start| start.0).collect(), timing.finish.0)
}

#[test]
fn visits_start_as_soon_as_they_can_where_time_at_work_has_no_price() {
    let timing = timed(&built(&waiting(Term::TravelTime)), &[]).unwrap();
    assert_eq!(all(&timing), (0, vec![10, 100], 125));
}

#[test]
fn visits_move_together_from_behind_where_it_has_one() {
    let mut data = waiting(Term::WorkTime);
    assert_eq!(all(&timed(&built(&data), &[]).unwrap()), (75, vec![85, 100], 125));
    data.needs[0].promise = Some(Promise { start_by: Some(Time(50)), finish_by: None, hard: false });
    assert_eq!(all(&timed(&built(&data), &[]).unwrap()), (40, vec![50, 100], 125), "a promise is kept");
    data.needs[0].promise = Some(Promise { start_by: None, finish_by: Some(Time(4)), hard: false });
    assert_eq!(all(&timed(&built(&data), &[]).unwrap()), (0, vec![10, 100], 125), "or missed by no more");
}

#[test]
fn the_place_where_one_parks_is_set_up_before_the_start() {
    let mut data = waiting(Term::WorkTime);
    data.places[2].setup = Seconds(3);
    assert_eq!(all(&timed(&built(&data), &[]).unwrap()), (72, vec![82, 100], 125));
}

#[test]
fn a_visit_stays_near_the_start_told_before_as_far_as_that_pays() {
    let told = |retime_price| {
        let mut data = waiting(Term::WorkTime);
        let told = PreviousVisit { need: NeedId(0), volunteer: VolunteerId(0), start: Time(60) };
        let assignments = vec![told];
        data.previous =
            Some(Previous { assignments, retime_price, tolerance: Seconds(5), reassign_price: 0 });
        timed(&built(&data), &[]).unwrap().starts[0].0
    };
    assert_eq!(told(19), 85, "20 seconds of work are dearer");
    assert_eq!(told(21), 65, "the tolerance is used");
}

#[test]
fn nobody_starts_before_others_let_them() {
    let problem = built(&waiting(Term::WorkTime));
    assert_eq!(all(&timed(&problem, &times([95, 0])).unwrap()), (85, vec![95, 110], 135));
    assert!(timed(&problem, &times([0, 121])).is_none(), "beyond the window");
    assert!(timed(&problem, &times([0, 120])).is_some());
}

#[test]
fn what_does_not_end_within_the_shift_is_refused() {
    let mut data = waiting(Term::TravelTime);
    data.volunteers[0].shifts[0].end = Time(125);
    assert!(timed(&built(&data), &[]).is_some());
    data.volunteers[0].shifts[0].end = Time(124);
    assert!(timed(&built(&data), &[]).is_none());
}

#[test]
fn a_break_on_the_way_is_no_arrival() {
    let mut data = waiting(Term::WorkTime);
    data.needs[0].stops[0].windows[0].to = Time(50);
    let rest = |earliest, latest, off_duty| Break {
        off_duty,
        ..Break::new(Time(earliest), Time(latest), Seconds(30))
    };
    data.volunteers[0].shifts[0].breaks = vec![rest(4, 6, false), rest(57, 60, true)];
    let problem = built(&data);
    let timing = timed(&problem, &[]).unwrap();
    assert_eq!(timing.rests.iter().map(|rest| rest.start.0).collect::<Vec<_>>(), [57]);
    assert_eq!((timing.off_duty, timing.departure), (Seconds(30), Time(40)), "the first is over before");
    let instance = instance(&problem);
    let arrivals = timing.arrivals(&instance, instance.unit(UnitId(0)), &slots([0, 1]));
    assert_eq!(arrivals, times([50, 95]), "2 of 10 seconds, 30 of rest, then 8");
}
