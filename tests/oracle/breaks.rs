//! The shortest day with breaks in it: every departure and every place for a break, tried in steps of ten minutes.

use qise::model::{
    Break, Need, NeedId, Objective, Place, PlaceId, Profile, ProfileId, Seconds, Shift, Term, Time,
    TravelMatrix, TravelRule, UnitId, Volunteer, Weighted, Window,
};
use qise::plan::{Plan, Rest, Route, Visit, evaluate};
use qise::solve::{Options, solve};
use qise::{Problem, Stop};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

const STEP: i64 = 600;
/// Steps of a day.
const DAY: i64 = 40;

/// One person with up to two breaks and up to three needs that must be served, and only working time that counts.
fn day(random: &mut Pcg64Mcg) -> Problem {
    let mut data = qise::ProblemData::new("a day with breaks");
    let mut steps = |from: i64, to: i64| STEP * random.random_range(from..=to);
    let needs = 1 + (steps(0, 2) / STEP) as usize;
    for p in 0..=needs {
        data.places.push(Place {
            key: format!("p{p}"),
            name: None,
            at: None,
            area: None,
            setup: Seconds::ZERO,
        });
    }
    let seconds: Vec<u32> = (0..(needs + 1).pow(2)).map(|_| steps(1, 4) as u32).collect();
    let places = (0..=needs).map(PlaceId::new).collect();
    let matrix = TravelMatrix { places, metres: vec![0; seconds.len()], seconds };
    data.profiles.push(Profile { key: "way".into(), name: None, rule: TravelRule::Matrix(matrix) });
    for n in 1..=needs {
        let from = steps(4, 24);
        let window = Window { from: Time(from), to: Time(from + steps(0, 12)) };
        let mut need = Need::new(format!("n{n}"), PlaceId::new(n), window, Seconds(steps(1, 4)));
        need.mandatory = true;
        data.needs.push(need);
    }
    let mut volunteer = Volunteer::new("v", PlaceId(0), ProfileId(0));
    let mut shift = Shift::new(Time(0), Time(DAY * STEP), 0);
    let mut free = steps(0, 14);
    for _ in 0..steps(1, 2) / STEP {
        let latest = free + steps(0, 6);
        let rest = Break::new(Time(free), Time(latest), Seconds(steps(1, 3)));
        free = latest + rest.duration.0 + steps(0, 6);
        shift.breaks.push(rest);
    }
    volunteer.shifts = vec![shift];
    data.volunteers.push(volunteer);
    data.objective = Objective {
        levels: vec![
            vec![Weighted { term: Term::UnservedMandatory, weight: 1 }],
            vec![Weighted { term: Term::WorkTime, weight: 1 }],
        ],
    };
    Problem::new(data).expect("valid")
}

/// The route that leaves at `departure`, rests at `rests`, and is otherwise as early as can be.
fn route(problem: &Problem, order: &[NeedId], departure: i64, rests: &[Rest]) -> Route {
    let mut free = Time(departure);
    let mut here = PlaceId(0);
    let mut visits = Vec::new();
    let mode = problem.unit(UnitId(0)).mode;
    // On the way step by step, standing still while resting.
    let go = |mut now: Time, mut left: i64| {
        let resting = |now: Time| rests.iter().find(|r| r.start <= now && now < r.end());
        while left > 0 || resting(now).is_some() {
            if let Some(rest) = resting(now) {
                now = rest.end();
            } else {
                (now, left) = (now + Seconds(STEP), left - STEP);
            }
        }
        now
    };
    for &need in order {
        let place = problem.need_place(need);
        let arrival = go(free, problem.travel().seconds(mode, here, place).0);
        let opens = problem.need(need).stops[0].windows[0].from;
        // A break that begins while waiting delays the start.
        let mut start = arrival.max(opens);
        for rest in rests {
            let before = arrival <= rest.start && rest.start < start;
            start = if before { start.max(rest.end()) } else { start };
        }
        let end = start + problem.need(need).stops[0].service;
        visits.push(Visit { need, role: 0, stop: 0, arrival, start, end });
        (here, free) = (place, end);
    }
    let finish = go(free, problem.travel().seconds(mode, here, PlaceId(0)).0);
    Route {
        unit: UnitId(0),
        company: vec![],
        departure: Time(departure),
        visits,
        calls: vec![],
        breaks: rests.to_vec(),
        finish,
    }
}

fn orders(needs: usize) -> Vec<Vec<NeedId>> {
    let mut orders = vec![Vec::new()];
    for n in 0..needs {
        let longer = |order: &Vec<NeedId>| {
            (0..=order.len())
                .map(|at| {
                    let mut order = order.clone();
                    order.insert(at, NeedId::new(n));
                    order
                })
                .collect::<Vec<_>>()
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    orders
}

/// Every way to take these breaks, or not to.
fn rests(breaks: &[Break]) -> Vec<Vec<Rest>> {
    let mut all = vec![Vec::new()];
    for rest in breaks {
        let starts = (rest.earliest.0..=rest.latest.0).step_by(STEP as usize);
        let taken = starts.map(|start| Some(Rest::new(Time(start), rest.duration)));
        let ways = std::iter::once(None).chain(taken).collect::<Vec<_>>();
        all = all
            .iter()
            .flat_map(|before| ways.iter().map(|way| before.iter().copied().chain(*way).collect()))
            .collect();
    }
    all
}

#[test]
fn no_day_with_breaks_is_shorter() {
    let mut random = Pcg64Mcg::seed_from_u64(17);
    let (mut served, mut rested) = (0, 0);
    for case in 0..150 {
        let problem = day(&mut random);
        let breaks = &problem.volunteers()[0].shifts[0].breaks;
        let mut best: Option<i64> = None;
        for order in orders(problem.needs().len()) {
            for rests in rests(breaks) {
                for departure in 0..DAY {
                    let route = route(&problem, &order, departure * STEP, &rests);
                    let work = (route.finish - route.departure).0;
                    if best.is_none_or(|b| work < b) {
                        let plan = Plan { routes: vec![route], ..Plan::default() };
                        if evaluate(&problem, &plan).is_valid() {
                            best = Some(work);
                        }
                    }
                }
            }
        }
        let options = Options { seed: case, ..Options::default() };
        let solved = solve(&problem, &options, &Stop::iterations(200));
        assert!(solved.evaluation.is_valid(), "case {case}");
        if let Some(best) = best {
            served += 1;
            rested += usize::from(solved.plan.routes.iter().any(|r| !r.breaks.is_empty()));
            assert_eq!(solved.evaluation.score.levels, [0, best], "case {case}");
        } else {
            assert!(!solved.plan.unserved.is_empty(), "case {case}");
        }
    }
    assert!(served > 50 && rested > 20, "{served} days can be done, {rested} with a break on the way");
}
