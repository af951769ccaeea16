//! A need that outweighs any number of others is served at their price, whatever it is: mandatory or pinned needs against ordinary
//! ones, priority against numbers and against lateness, alone, with a crew, as a ride.

use qise::model::{
    LatLon, Need, Objective, Pin, Place, PlaceId, Profile, ProfileId, Promise, Role, Seconds, Shift, Stop,
    Term, Time, TravelMatrix, TravelRule, Volunteer, VolunteerId, Window,
};
use qise::plan::{Plan, evaluate};
use qise::query::PlanQuery;
use qise::solve::{Options, solve};
use qise::{Problem, ProblemData};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::support::MORNING;

/// What makes the needs far away outweigh those near by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weighty {
    Mandatory,
    Pinned,
    /// They have a priority, the others only a number.
    Priority,
    /// The others would be late.
    Lateness,
}

const KINDS: [Weighty; 4] = [Weighty::Mandatory, Weighty::Pinned, Weighty::Priority, Weighty::Lateness];

/// What a need far away asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Visit,
    Crew,
    Ride,
}

const HOME: PlaceId = PlaceId(0);
const NEAR: PlaceId = PlaceId(1);
const FAR: PlaceId = PlaceId(2);

/// A place that only tables of travel know.
fn place(key: &str) -> Place {
    Place { at: None, ..Place::new(key, LatLon::new(0.0, 0.0).expect("a point")) }
}

/// People who live together have two hours; needs far away take all of them, many others fit in near by.
fn crowded(random: &mut Pcg64Mcg, kind: Weighty, shape: Shape) -> (Problem, usize) {
    let mut data = ProblemData::new("crowded");
    let shift = Window { from: MORNING, to: MORNING + Seconds(7200) };
    data.places = ["home", "near", "far"].map(place).into();
    let far = random.random_range(2800..3300);
    let seconds = vec![0, 60, far, 60, 0, far, far, far, 0];
    let metres = seconds.iter().map(|s| s * 10).collect();
    let rule = TravelRule::Matrix(TravelMatrix { places: vec![HOME, NEAR, FAR], seconds, metres });
    data.profiles = vec![Profile { key: "car".into(), name: None, rule }];
    let people = if shape == Shape::Crew { 2 } else { random.random_range(1..=3) };
    for v in 0..people {
        let mut volunteer = Volunteer::new(format!("v{v}"), HOME, ProfileId(0));
        volunteer.shifts = vec![Shift::new(shift.from, shift.to, 0)];
        data.volunteers.push(volunteer);
    }
    let weighty = if shape == Shape::Crew { 1 } else { people };
    let many = random.random_range(2 * people..=5 * people);
    let late = kind == Weighty::Lateness;
    for n in 0..many {
        let service = Seconds(if late { 240 } else { 6600 * people as i64 / many as i64 - 60 });
        let mut need = Need::new(format!("near{n}"), NEAR, shift, service.max(Seconds(60)));
        need.priority = match kind {
            Weighty::Priority => 0,
            Weighty::Lateness => 1,
            _ => random.random_range(1..=9),
        };
        if late {
            let by = MORNING + Seconds(300 + 300 * (n / people) as i64);
            need.promise = Some(Promise { start_by: Some(by), finish_by: None, hard: false });
        }
        data.needs.push(need);
    }
    for n in 0..weighty {
        // Where others would be late it is to be done first, near by, and takes half of the time.
        let (place, window) =
            if late { (NEAR, Window { from: MORNING, to: MORNING + Seconds(120) }) } else { (FAR, shift) };
        let service = Seconds(if late { 3600 } else { 600 });
        let mut need = Need::new(format!("far{n}"), place, window, service);
        match kind {
            Weighty::Mandatory => need.mandatory = true,
            Weighty::Pinned => {
                need.roles[0].pin = Some(Pin { volunteer: VolunteerId(n as u32), start: None });
            }
            Weighty::Priority | Weighty::Lateness => {}
        }
        match shape {
            Shape::Visit => {}
            Shape::Crew => need.roles.push(Role::new(need.roles[0].requires.clone())),
            Shape::Ride => {
                need.stops[0].service = Seconds(service.0 / 2);
                need.stops.push(Stop { place, windows: vec![shift], service: Seconds(service.0 / 2) });
            }
        }
        data.needs.push(need);
    }
    data.objective = match kind {
        Weighty::Priority => Objective::ordered(&[Term::UnservedPriority, Term::Unserved, Term::TravelTime]),
        _ => Objective::default(),
    };
    (Problem::new(data).expect("a valid problem"), many)
}

fn best(problem: &Problem, seed: u64) -> Plan {
    let options = Options { seed, ..Options::default() };
    let solved = solve(problem, &options, &qise::Stop::iterations(400));
    assert!(evaluate(problem, &solved.plan).is_valid());
    solved.plan
}

#[test]
fn one_outweighs_any_number() {
    let mut random = Pcg64Mcg::seed_from_u64(7);
    for case in 0..60 {
        let kind = KINDS[case % KINDS.len()];
        let shape = [Shape::Visit, Shape::Crew, Shape::Ride][case / KINDS.len() % 3];
        if kind == Weighty::Pinned && shape == Shape::Crew {
            continue;
        }
        let (problem, many) = crowded(&mut random, kind, shape);
        let plan = best(&problem, case as u64);
        let left = plan.unserved.iter().map(|&need| problem.need(need).key.clone()).collect::<Vec<_>>();
        let weighty = left.iter().filter(|key| key.starts_with("far")).count();
        assert_eq!(weighty, 0, "{kind:?} {shape:?}, {many} others: {left:?} are left");
    }
}

#[test]
fn rest_is_kept_by_who_has_not_gone_out_yet() {
    for gap in [1, 4, 7] {
        let mut data = ProblemData::new("rest");
        data.places = vec![place("home")];
        let table = TravelMatrix { places: vec![HOME], seconds: vec![0], metres: vec![0] };
        data.profiles = vec![Profile { key: "foot".into(), name: None, rule: TravelRule::Matrix(table) }];
        let mut volunteer = Volunteer::new("v", HOME, ProfileId(0));
        volunteer.rest = Seconds(8 * 3600);
        let late = Window { from: MORNING, to: MORNING + Seconds(3600) };
        let next = MORNING + Seconds(2 * 3600 + gap * 3600);
        let soon = Window { from: next, to: next + Seconds(3600) };
        let day = |window: Window, day| Shift::new(window.from, window.to + Seconds(3600), day);
        volunteer.shifts = vec![day(late, 0), day(soon, 1)];
        data.volunteers = vec![volunteer];
        let at = |time: Time| Window { from: time, to: time };
        for (n, start) in [late.to, soon.from].into_iter().enumerate() {
            data.needs.push(Need::new(format!("n{n}"), HOME, at(start), Seconds(3600)));
        }
        let problem = Problem::new(data).expect("a valid problem");
        for (iterations, warm) in [(0, false), (200, false), (200, true)] {
            let warm = warm.then(|| best(&problem, 1));
            let options = Options { warm, ..Options::default() };
            let plan = solve(&problem, &options, &qise::Stop::iterations(iterations)).plan;
            let judged = evaluate(&problem, &plan);
            assert!(judged.is_valid(), "{:?}", judged.violations);
            assert_eq!(plan.unserved.len(), 1, "one of the two is left");
            let mut standing = PlanQuery::new(&problem, &plan);
            assert!(
                standing.rank(plan.unserved[0], 5).is_some_and(|offers| offers.is_empty()),
                "nobody is offered who must rest"
            );
        }
    }
}
