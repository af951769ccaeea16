//! What everything else is built on, reckoned by hand: slow roads, edges of expiry, and who falls to which rule. Judge and
//! search both go by these, so no comparison of the two could find them wrong.

use qise::eligibility::{Exclusion, can_reach, funnel};
use qise::model::{
    Area, AreaId, Held, LatLon, Metres, Need, Place, PlaceId, Profile, ProfileId, Promise, Quality, Rounding,
    Seconds, Shift, Skill, SkillId, SkillKind, SkillLevel, SlotId, Slowdown, Time, TravelMatrix, TravelRule,
    UnitId, Volunteer, Window,
};
use qise::{Problem, ProblemData};

/// A step of 0.01° along a meridian is 1112 m, 111.2 s at 10 m/s.
const STEP: f64 = 0.01;

/// A step at these thousandths of the ordinary time, rounded up.
fn slowed(permille: i64) -> Seconds {
    let metres = 6_371_000.0 * STEP.to_radians();
    Seconds((metres / 10.0 * permille as f64 / 1000.0).ceil() as i64)
}

/// A car and a bike, both at 10 m/s; places 0, 1, 2, … steps north, each in an area of its own but for the first.
fn land(places: usize) -> ProblemData {
    let mut data = ProblemData::new("by hand");
    for p in 0..places {
        let at = LatLon::new(38.8 + STEP * p as f64, 105.6).expect("on the globe");
        let area = p.checked_sub(1).map(AreaId::new);
        data.places.push(Place { area, ..Place::new(format!("p{p}"), at) });
        data.areas.push(Area { key: format!("a{p}"), name: None, outline: Vec::new() });
    }
    let rule =
        TravelRule::GreatCircle { metres_per_hour: 36_000, detour_permille: 1000, rounding: Rounding::Up };
    for key in ["car", "bike"] {
        data.profiles.push(Profile { key: key.into(), name: None, rule: rule.clone() });
    }
    data
}

fn person(data: &mut ProblemData, profile: u32, shifts: &[(i64, i64)]) {
    let mut volunteer = Volunteer::new(format!("v{}", data.volunteers.len()), PlaceId(0), ProfileId(profile));
    volunteer.shifts = shifts.iter().map(|&(start, end)| Shift::new(Time(start), Time(end), 0)).collect();
    data.volunteers.push(volunteer);
}

fn need(place: u32, from: i64, to: i64, service: i64) -> Need {
    Need::new("n", PlaceId(place), Window { from: Time(from), to: Time(to) }, Seconds(service))
}

#[test]
fn a_leg_is_as_slow_as_the_slower_of_its_ends() {
    let mut data = land(4);
    person(&mut data, 0, &[(0, 9000)]);
    person(&mut data, 1, &[(0, 9000)]);
    let slow = |areas: &[u32], profiles: &[u32], factor_permille| Slowdown {
        areas: areas.iter().copied().map(AreaId).collect(),
        profiles: profiles.iter().copied().map(ProfileId).collect(),
        from: Time(0),
        to: Time(1),
        factor_permille,
    };
    // Place 1 lies in area 0, place 2 in area 1, place 3 in area 2.
    data.slowdowns = vec![slow(&[0], &[], 1500), slow(&[0, 1], &[], 1200), slow(&[2], &[1], 3000)];
    let problem = Problem::new(data).expect("valid");
    let seconds = |unit: u32, from: u32, to: u32| {
        problem.travel().seconds(problem.unit(UnitId(unit)).mode, PlaceId(from), PlaceId(to))
    };
    assert_eq!((seconds(0, 0, 1), seconds(0, 1, 0)), (slowed(1500), slowed(1500)));
    assert_eq!((seconds(0, 1, 2), seconds(0, 2, 1)), (slowed(1500), slowed(1500)));
    assert_eq!((seconds(0, 2, 3), seconds(0, 3, 2)), (slowed(1200), slowed(1200)));
    assert_eq!((seconds(1, 2, 3), seconds(1, 3, 2)), (slowed(3000), slowed(3000)));
    let ordinary = |from, to| problem.travel().least_seconds(problem.unit(UnitId(1)).mode, from, to);
    // All roads to place 3 are slow for it, and no detour is quicker.
    assert_eq!(ordinary(PlaceId(2), PlaceId(3)), slowed(3000));
}

#[test]
fn a_slowdown_holds_for_shifts_from_its_first_moment_to_before_its_last() {
    let mut data = land(2);
    for start in [99, 100, 199, 200] {
        person(&mut data, 0, &[(start, 9000)]);
    }
    let (from, to) = (Time(100), Time(200));
    data.slowdowns = vec![Slowdown { areas: vec![], profiles: vec![], from, to, factor_permille: 2000 }];
    let problem = Problem::new(data).expect("valid");
    let times = problem
        .unit_ids()
        .map(|unit| problem.travel().seconds(problem.unit(unit).mode, PlaceId(0), PlaceId(1)));
    assert_eq!(times.collect::<Vec<_>>(), [1000, 2000, 2000, 1000].map(slowed));
}

#[test]
fn a_skill_counts_to_the_very_moment_at_which_it_runs_out() {
    let mut data = land(1);
    data.skills.push(Skill { key: "s".into(), name: None, kind: SkillKind::Skill, levels: 3 });
    let what = |level| SkillLevel { skill: SkillId(0), level };
    let held =
        [(2, None), (2, Some(900)), (2, Some(60)), (2, Some(59)), (2, Some(-1)), (1, None), (3, Some(61))];
    for (level, expires) in held {
        person(&mut data, 0, &[(0, 900)]);
        let who = data.volunteers.last_mut().expect("just added");
        who.holds = vec![Held { what: what(level), expires: expires.map(Time) }];
    }
    let mut asks = need(0, 0, 500, 60);
    asks.roles[0].requires.all = vec![Quality::Skill(what(2))];
    data.needs = vec![asks];
    let problem = Problem::new(data).expect("valid");
    let reached = problem.unit_ids().map(|unit| can_reach(&problem, SlotId(0), unit));
    let (good, late, low) = (Ok(()), Err(Exclusion::Expired), Err(Exclusion::Skill));
    assert_eq!(reached.collect::<Vec<_>>(), [good, good, good, late, late, low, good]);
    let found = funnel(&problem, SlotId(0));
    assert_eq!(found.cuts().collect::<Vec<_>>(), [(Exclusion::Skill, 1), (Exclusion::Expired, 2)]);
    assert_eq!(found.expires, Some(Time(59)), "the one who holds it longest");
}

#[test]
fn a_person_falls_where_the_best_of_their_shifts_does() {
    let mut data = land(2);
    let there = slowed(1000).0;
    // Present but without time for the way back; gone before the window opens; and in either order both.
    let (short, early) = ((1000, 1000 + 2 * there + 59), (0, 50));
    person(&mut data, 0, &[short]);
    person(&mut data, 0, &[early]);
    person(&mut data, 0, &[early, short]);
    let later = (2 * 1000, 2 * 1000 + 50);
    person(&mut data, 0, &[short, later]);
    person(&mut data, 0, &[(1000, 1000 + 2 * there + 60)]);
    data.needs = vec![need(1, 1000, 1500, 60)];
    let problem = Problem::new(data).expect("valid");
    let found = funnel(&problem, SlotId(0));
    assert_eq!(found.cuts().collect::<Vec<_>>(), [(Exclusion::Absent, 1), (Exclusion::OutOfTime, 3)]);
    assert_eq!((found.people, found.left), (5, 1));
}

#[test]
fn a_hard_promise_ends_the_window() {
    let mut data = land(2);
    let there = slowed(1000).0;
    person(&mut data, 0, &[(0, 9000)]);
    let promised = |start_by| {
        let mut need = need(1, 0, 5000, 60);
        need.key = format!("by {start_by}");
        need.promise = Some(Promise { start_by: Some(Time(start_by)), finish_by: None, hard: true });
        need
    };
    data.needs = vec![promised(there), promised(there - 1), promised(-1)];
    let problem = Problem::new(data).expect("valid");
    let reached = problem.slot_ids().map(|slot| can_reach(&problem, slot, UnitId(0))).collect::<Vec<_>>();
    assert_eq!(reached, [Ok(()), Err(Exclusion::OutOfTime), Err(Exclusion::Absent)]);
}

#[test]
fn without_coordinates_a_home_is_as_far_as_its_own_matrix_says() {
    let mut data = land(2);
    data.places[1].at = None;
    let (seconds, metres) = (vec![0, 60, 60, 0], vec![0, 700, 900, 0]);
    let places = vec![PlaceId(0), PlaceId(1)];
    data.profiles[1].rule = TravelRule::Matrix(TravelMatrix { places, seconds, metres });
    person(&mut data, 1, &[(0, 9000)]);
    for least in [700, 701] {
        let mut need = need(1, 0, 5000, 60);
        need.key = format!("{least} m");
        need.roles[0].min_home_distance = Metres(least);
        data.needs.push(need);
    }
    let problem = Problem::new(data).expect("valid");
    let reached = problem.slot_ids().map(|slot| can_reach(&problem, slot, UnitId(0))).collect::<Vec<_>>();
    assert_eq!(reached, [Ok(()), Err(Exclusion::TooNear)]);
}
