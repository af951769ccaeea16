//! Who could serve a need with nothing else to do, against every route there is: breaks, rides, limits of the day and of the week, slow
//! roads. All lengths are whole steps, so that starts and rests at whole steps are all that is worth trying.

use qise::Problem;
use qise::eligibility::Exclusion;
use qise::explain::{Depth, Verdict, reasons};
use qise::model::{
    Break, Limits, Metres, Need, NeedId, Place, PlaceId, Profile, ProfileId, Seconds, Shift, Slowdown, Stop,
    Time, TravelMatrix, TravelRule, UnitId, Volunteer, Window,
};
use qise::plan::{Plan, Rest, Route, Visit, evaluate};
use qise_io::words;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

const STEP: i64 = 600;
const DAY: i64 = 30;

/// Two needs, some of them rides, and one or two people with whatever may keep them from it.
fn case(seed: u64) -> Problem {
    let random = &mut Pcg64Mcg::seed_from_u64(seed);
    let mut data = qise::ProblemData::new("alone");
    for p in 0..4 {
        let setup = Seconds(STEP * i64::from(random.random_bool(0.2)));
        data.places.push(Place { key: format!("p{p}"), name: None, at: None, area: None, setup });
    }
    let mut steps = |from: i64, to: i64| STEP * random.random_range(from..=to);
    let table = |steps: &mut dyn FnMut(i64, i64) -> i64, most: i64| {
        (0..16).map(|at| if at % 5 == 0 { 0 } else { steps(1, most) as u32 }).collect::<Vec<_>>()
    };
    let (mut seconds, mut metres) = (table(&mut steps, 5), table(&mut steps, 5));
    if !seed.is_multiple_of(4) {
        // No detour is quicker, or shorter.
        for table in [&mut seconds, &mut metres] {
            for via in 0..4 {
                for at in 0..16 {
                    table[at] = table[at].min(table[at / 4 * 4 + via] + table[via * 4 + at % 4]);
                }
            }
        }
    }
    let places = (0..4).map(PlaceId::new).collect();
    let rule = TravelRule::Matrix(TravelMatrix { places, seconds, metres });
    data.profiles.push(Profile { key: "way".into(), name: None, rule });
    if steps(0, 3) == 0 {
        let (from, to) = (Time(0), Time(1));
        data.slowdowns.push(Slowdown { areas: vec![], profiles: vec![], from, to, factor_permille: 2000 });
    }
    let window = |steps: &mut dyn FnMut(i64, i64) -> i64, from: i64| {
        let from = from + steps(0, 6);
        Window { from: Time(from), to: Time(from + steps(0, 3)) }
    };
    for n in 0..2 {
        let first = window(&mut steps, 4 * STEP);
        let mut need = Need::new(format!("n{n}"), PlaceId(1 + n), first, Seconds(steps(1, 3)));
        if steps(0, 1) == 0 {
            let place = PlaceId((steps(0, 3) / STEP) as u32);
            let windows = vec![window(&mut steps, first.from.0 + 3 * STEP)];
            need.stops.push(Stop { place, windows, service: Seconds(steps(0, 2)) });
            need.max_ride = (steps(0, 1) == 0).then(|| Seconds(steps(1, 6)));
        }
        data.needs.push(need);
    }
    for v in 0..=steps(0, 1) / STEP {
        let mut volunteer = Volunteer::new(format!("v{v}"), PlaceId(0), ProfileId(0));
        let mut shift = Shift::new(Time(0), Time(STEP * DAY), 0);
        if steps(0, 1) == 0 {
            let (earliest, slack, duration) = (steps(3, 14), steps(0, 2), Seconds(steps(1, 3)));
            let (earliest, latest) = (Time(earliest), Time(earliest + slack));
            shift.breaks.push(Break { off_duty: steps(0, 3) == 0, ..Break::new(earliest, latest, duration) });
        }
        volunteer.shifts = vec![shift];
        let mut some = |from: i64, to: i64| (steps(0, 3) == 0).then(|| steps(from, to));
        volunteer.per_day = Limits {
            travel: some(2, 10).map(Seconds),
            work: some(3, 16).map(Seconds),
            distance: some(2, 10).map(Metres),
            visits: some(0, 3).map(|visits| (visits / STEP) as u32),
        };
        volunteer.per_week.work = some(3, 16).map(Seconds);
        data.volunteers.push(volunteer);
    }
    Problem::new(data).expect("valid")
}

/// Whether somebody could make these stops, in this order and nothing else, at any times.
fn holds(problem: &Problem, unit: UnitId, stops: &[(NeedId, u16)]) -> bool {
    let due = problem.volunteer(problem.unit(unit).volunteer).shifts[0].breaks.first();
    let rests = due.into_iter().flat_map(|due| {
        let starts = (due.earliest.0..=due.latest.0).step_by(STEP as usize);
        starts.map(|start| Some(Rest::new(Time(start), due.duration)))
    });
    let rests = std::iter::once(None).chain(rests).collect::<Vec<_>>();
    rests.iter().any(|rest| goes_on(problem, unit, stops, *rest, &mut Vec::new()))
}

/// Whether the rest of the stops can follow, each at every time at which it may start.
fn goes_on(
    problem: &Problem,
    unit: UnitId,
    stops: &[(NeedId, u16)],
    rest: Option<Rest>,
    made: &mut Vec<Visit>,
) -> bool {
    let owner = problem.unit(unit);
    let place = |(need, stop): (NeedId, u16)| problem.stop_place(need, stop);
    let way = |from, to| problem.travel().seconds(owner.mode, from, to);
    let Some(&next) = stops.get(made.len()) else {
        return departures(problem, unit, stops, rest, made);
    };
    let here = made.last().map_or(owner.from, |_| place(stops[made.len() - 1]));
    let free = made.last().map_or(owner.start, |visit| visit.end);
    let setup = if here == place(next) { Seconds::ZERO } else { problem.place(place(next)).setup };
    let slot = problem.slots_of(next.0).nth(usize::from(next.1)).expect("a stop");
    let service = problem.service(slot, owner.volunteer);
    for window in problem.windows_of(slot) {
        for start in (window.from.0..=window.to.0).step_by(STEP as usize) {
            let start = Time(start);
            if start < free + way(here, place(next)) + setup {
                continue;
            }
            // There as late as can be, or before a rest that is taken there.
            let late = start - setup;
            let arrivals =
                [Some(late), rest.map(|rest| rest.start.min(late)), rest.map(|r| late - r.duration)];
            for arrival in arrivals.into_iter().flatten().filter(|&arrival| arrival >= free) {
                let (need, stop) = next;
                made.push(Visit { need, role: 0, stop, arrival, start, end: start + service });
                let found = goes_on(problem, unit, stops, rest, made);
                made.pop();
                if found {
                    return true;
                }
            }
        }
    }
    false
}

/// Whether the visits hold for some departure and finish.
fn departures(
    problem: &Problem,
    unit: UnitId,
    stops: &[(NeedId, u16)],
    rest: Option<Rest>,
    made: &[Visit],
) -> bool {
    let owner = problem.unit(unit);
    let way = |from, to| problem.travel().seconds(owner.mode, from, to);
    let first = problem.stop_place(stops[0].0, stops[0].1);
    let (last, stop) = stops[stops.len() - 1];
    let out = made[0].arrival - way(owner.from, first);
    let done = made[made.len() - 1].end;
    let back = done + owner.to.map_or(Seconds::ZERO, |to| way(problem.stop_place(last, stop), to));
    let pause = rest.map_or(Seconds::ZERO, |rest| rest.duration);
    let served = |need: &NeedId| made.iter().any(|visit| visit.need == *need);
    let unserved = problem.need_ids().filter(|need| !served(need)).collect::<Vec<_>>();
    let departures = [out, out - pause, rest.map_or(out, |rest| rest.start.min(out))];
    let finishes = [back, back + pause, rest.map_or(back, |rest| rest.end().max(back))];
    departures.into_iter().any(|departure| {
        finishes.into_iter().any(|finish| {
            let (visits, breaks) = (made.to_vec(), rest.into_iter().collect());
            let route = Route { unit, company: vec![], departure, visits, calls: vec![], breaks, finish };
            let (routes, unserved) = (vec![route], unserved.clone());
            evaluate(problem, &Plan { routes, unserved, ..Plan::default() }).is_valid()
        })
    })
}

fn stops_of(problem: &Problem, need: NeedId) -> Vec<(NeedId, u16)> {
    (0..problem.need(need).stops.len() as u16).map(|stop| (need, stop)).collect()
}

/// Every order of the stops of both needs that keeps the order of each.
fn mixed(one: &[(NeedId, u16)], other: &[(NeedId, u16)]) -> Vec<Vec<(NeedId, u16)>> {
    if one.is_empty() || other.is_empty() {
        return vec![[one, other].concat()];
    }
    let after = |first, rest: Vec<Vec<_>>| rest.into_iter().map(move |rest| [&[first], &rest[..]].concat());
    let ones = after(one[0], mixed(&one[1..], other));
    ones.chain(after(other[0], mixed(one, &other[1..]))).collect()
}

#[test]
fn impossible_is_nobodys_in_any_plan_and_able_is_who_can_alone() {
    let mut named = [0; Exclusion::COUNT];
    let [mut impossible, mut open, mut unfound, mut together, mut missed] = [0; 5];
    for seed in 0..1200 {
        let problem = case(seed);
        let empty = Plan::empty(&problem);
        for reason in reasons(&problem, &empty, Depth::Proven, &qise::Stop::never()) {
            let need = reason.need;
            let own = stops_of(&problem, need);
            let who = |unit: UnitId| problem.unit(unit).volunteer;
            let alone = problem.unit_ids().filter(|&unit| holds(&problem, unit, &own)).map(who);
            let alone = alone.collect::<Vec<_>>();
            assert!(reason.able.iter().all(|able| alone.contains(able)), "seed {seed}: {:?}", reason.able);
            let at = format!(
                "seed {seed}, {need:?}: {:?}, {alone:?} could alone",
                words::reason(&problem, &reason).en
            );
            match reason.verdict {
                Verdict::Impossible => {
                    assert!(alone.is_empty(), "{at}");
                    let other = NeedId::new(1 - need.index());
                    let orders = mixed(&own, &stops_of(&problem, other));
                    for unit in problem.unit_ids() {
                        assert!(!orders.iter().any(|order| holds(&problem, unit, order)), "{at}");
                    }
                    for cut in reason.rules.iter() {
                        named[cut as usize] += 1;
                    }
                    let funnel = reason.funnel.as_ref().expect("there is time to ask");
                    if funnel.left > 0 {
                        together += 1;
                        assert!(reason.able.is_empty(), "{at}");
                    } else {
                        assert!(!reason.rules.is_empty(), "{at}");
                    }
                    impossible += 1;
                }
                Verdict::Open => {
                    assert!(!alone.is_empty() && !reason.able.is_empty(), "{at}");
                    open += 1;
                }
                Verdict::Unfound => {
                    // A ride may have to wait at a stop so as not to take too long, a visit until a break is over: that is not always
                    // looked for.
                    let breaks =
                        problem.volunteers().iter().any(|v| v.shifts.iter().any(|s| !s.breaks.is_empty()));
                    let waits = breaks || problem.need(need).is_ride();
                    assert!((alone.is_empty() || waits) && reason.able.is_empty(), "{at}");
                    missed += usize::from(!alone.is_empty());
                    unfound += 1;
                }
                Verdict::Displacing | Verdict::Unexamined => panic!("{at}"),
            }
        }
    }
    let rules = [
        Exclusion::OutOfTime,
        Exclusion::Slowdown,
        Exclusion::MaxRide,
        Exclusion::Break,
        Exclusion::DayTravel,
        Exclusion::DayWork,
        Exclusion::DayDistance,
        Exclusion::DayVisits,
        Exclusion::WeekWork,
    ];
    let counts = rules.map(|cut| (cut, named[cut as usize]));
    assert!(impossible > 400 && open > 400, "{impossible} {open}");
    assert!(missed <= 8, "{missed} plans that serve a need alone are missed");
    // Where a detour may be quicker, less can be proven.
    assert!(unfound < impossible / 4, "{unfound} of {impossible}, {together} together");
    assert!(counts.iter().all(|&(_, count)| count >= 10), "{counts:?}");
}
