use super::*;
use crate::model::{Load, Metres, ProfileId, Requirement, Shift, Term, Time, Vehicle, Volunteer};
use crate::solve::state::WorkingPlan;
use crate::tests::{built, instance, line, need, person, slots, weighing};
use crate::{Problem, ProblemData};

const DAY: i64 = 86_400;

/// Somebody with two shifts on one day and one on each of the two days that follow, the second of which is a Monday; a need of ten
/// seconds, ten steps away, in each.
fn shifts(limit: impl FnOnce(&mut Volunteer)) -> ProblemData {
    let mut data = line(&[0, 10]);
    data.objective = weighing(&[(Term::TravelTime, 1)]);
    let somebody = person(&mut data, 0, (0, 100));
    // Day 2 of 1970 was a Saturday.
    let begins = [(0, 2), (200, 2), (DAY, 3), (2 * DAY, 4)];
    somebody.shifts = begins.map(|(from, day)| Shift::new(Time(from), Time(from + 100), day)).into();
    limit(somebody);
    for (from, _) in begins {
        need(&mut data, 1, (from, from + 60), 10);
    }
    data
}

/// Whether the need of the last of these shifts can be served beside those of the others.
fn goes(data: &ProblemData, served: &[u32]) -> bool {
    let problem: Problem = built(data);
    let instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    let good = served.iter().map(|&n| plan.try_route(&instance, UnitId(n), &slots([n])));
    let good = good.collect::<Vec<_>>();
    let (last, before) = good.split_last().unwrap();
    assert!(before.iter().all(|&good| good));
    *last
}

/// Sets a limit.
type Set = dyn Fn(&mut Volunteer, i64);

#[test]
fn limits_of_a_day_hold_for_all_shifts_of_it() {
    let limits: [(&Set, i64); 4] = [
        (&|v, most| v.per_day.travel = Some(Seconds(most)), 20),
        (&|v, most| v.per_day.work = Some(Seconds(most)), 30),
        (&|v, most| v.per_day.distance = Some(Metres(most)), 200),
        (&|v, most| v.per_day.visits = Some(most as u32), 1),
    ];
    for (limit, (set, one)) in limits.iter().enumerate() {
        let most = |most| shifts(|v| set(v, most));
        assert!(goes(&most(2 * one), &[0, 1]), "limit {limit}: two together");
        assert!(!goes(&most(2 * one - 1), &[0, 1]), "limit {limit}");
        assert!(goes(&most(*one), &[0, 2]), "limit {limit}: another day");
        assert!(!goes(&most(one - 1), &[0]), "limit {limit}: one alone");
    }
}

#[test]
fn hours_of_a_week_run_from_monday_to_sunday() {
    let most = |most| shifts(|v| v.per_week.work = Some(Seconds(most)));
    assert!(goes(&most(60), &[0, 2]), "Saturday and Sunday");
    assert!(!goes(&most(59), &[0, 2]));
    assert!(goes(&most(30), &[2, 3]), "Sunday and Monday");
    assert!(!goes(&most(89), &[0, 1, 2]));
}

#[test]
fn rest_between_two_days_is_kept_whichever_is_planned_first() {
    let least = |least| shifts(|v| v.rest = Seconds(least));
    for served in [[0, 2], [2, 0]] {
        // Back at 30, and out again ten before the need, which starts a minute after midnight.
        let mut late = least(DAY + 20);
        late.needs[2].stops[0].windows[0].from = Time(DAY + 60);
        assert!(goes(&late, &served));
        late.volunteers[0].rest = Seconds(DAY + 21);
        assert!(!goes(&late, &served));
    }
    assert!(goes(&least(90_000), &[0, 1]), "shifts of one day");
}

#[test]
fn a_vehicle_goes_no_farther_than_its_range() {
    let ranged = |metres| {
        let mut data = shifts(|_| ());
        data.vehicles = vec![Vehicle {
            key: "car".into(),
            name: None,
            place: crate::model::PlaceId(0),
            profile: ProfileId(0),
            capacity: Vec::<Load>::new(),
            unload: crate::model::Unload::AnyOrder,
            range: Some(Metres(metres)),
            drivers: Requirement::default(),
            windows: Vec::new(),
            carries: Vec::new(),
        }];
        let problem = built(&data);
        let instance = instance(&problem);
        let with = problem.unit_ids().find(|&unit| problem.unit(unit).vehicle.is_some()).unwrap();
        WorkingPlan::new(&instance).try_route(&instance, with, &slots([0]))
    };
    assert!(ranged(200) && !ranged(199));
}
