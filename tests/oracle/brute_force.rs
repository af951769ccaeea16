//! All sequences of all subsets of needs for every person, and the best way to share the needs among them.

use qise::Problem;
use qise::matching::reach;
use qise::model::{DayLimits, Metres, NeedId, Requirement, Seconds, Time, UnitId};
use qise::plan::{Plan, Rest, Route, Visit, evaluate};
use qise::solve::{Options, solve};

use crate::support::{Mix, problem};

/// One shift a person and no breaks, so that levels add up over people and the timing below is the best there is.
fn mix(seed: u64) -> Mix {
    let needs = 4 + (seed % 4) as usize;
    let volunteers = 1 + (seed % 3) as usize;
    let odd_travel = seed % 10 == 9;
    Mix {
        breaks: false,
        shifts: false,
        windows: false,
        soft: !seed.is_multiple_of(4),
        odd_travel,
        ..Mix::all(needs, volunteers)
    }
}

/// Every level of the objective but the worst lateness, which does not add up over people.
fn additive(problem: &Problem) -> Problem {
    let replaced = problem.replace(|data| {
        for level in &mut data.objective.levels {
            level.retain(|w| w.term != qise::plan::Term::WorstTardiness);
        }
    });
    replaced.expect("a shorter objective is as valid")
}

/// The earliest timing, then moved together from behind; nothing when it cannot be done.
fn route(problem: &Problem, id: UnitId, visits: &[NeedId]) -> Option<Route> {
    let unit = problem.unit(id);
    let travel = |a, b| problem.travel().seconds(unit.mode, a, b);
    let place = |n: NeedId| problem.need_place(n);
    let way = |from, n: NeedId| {
        if from == place(n) {
            (Seconds::ZERO, Seconds::ZERO)
        } else {
            (travel(from, place(n)), problem.place(place(n)).setup)
        }
    };
    let from = |v: usize| if v == 0 { unit.from } else { place(visits[v - 1]) };
    let mut starts: Vec<Time> = Vec::new();
    let mut free = unit.start;
    for (v, &n) in visits.iter().enumerate() {
        let need = problem.need(n);
        let (leg, setup) = way(from(v), n);
        let window = need.stops[0].windows[0];
        let start = (free + leg + setup).max(window.from);
        let start = need.pin.and_then(|p| p.start).map_or(start, |pin| start.max(pin));
        starts.push(start);
        free = start + problem.service(n, unit.volunteer);
    }
    let last = *visits.last()?;
    let back = unit.to.map_or(Seconds::ZERO, |to| travel(place(last), to));
    let finish = free + back;
    let mut limit = free;
    for (v, &n) in visits.iter().enumerate().rev() {
        let need = problem.need(n);
        let service = problem.service(n, unit.volunteer);
        let mut late = (limit - service).min(need.stops[0].windows[0].to);
        if let Some(promise) = need.promise {
            let kept =
                promise.start_by.unwrap_or(Time::MAX).min(promise.finish_by.unwrap_or(Time::MAX) - service);
            late = late.min(kept.max(starts[v]));
        }
        if need.pin.and_then(|p| p.start).is_none() {
            starts[v] = starts[v].max(late);
        }
        let (leg, setup) = way(from(v), n);
        limit = starts[v] - setup - leg;
    }
    let departure = limit;
    let mut free = departure;
    let mut made = Vec::new();
    for (v, &n) in visits.iter().enumerate() {
        let end = starts[v] + problem.service(n, unit.volunteer);
        made.push(Visit {
            need: n,
            role: 0,
            stop: 0,
            arrival: free + way(from(v), n).0,
            start: starts[v],
            end,
        });
        free = end;
    }
    let breaks: Vec<Rest> = Vec::new();
    Some(Route { unit: id, departure, visits: made, breaks, finish })
}

type Levels = Vec<i64>;

/// The best level values for every set of needs that `unit` could serve.
fn by_set(problem: &Problem, unit: UnitId, base: &Levels) -> Vec<Option<(Levels, Vec<NeedId>)>> {
    let count = problem.needs().len();
    let mut best: Vec<Option<(Levels, Vec<NeedId>)>> = vec![None; 1 << count];
    best[0] = Some((vec![0; base.len()], Vec::new()));
    let mut stack: Vec<Vec<NeedId>> = vec![Vec::new()];
    while let Some(visits) = stack.pop() {
        for need in problem.need_ids().filter(|n| !visits.contains(n)) {
            if reach(problem, need, unit).is_err() {
                continue;
            }
            let mut longer = visits.clone();
            longer.push(need);
            let Some(route) = route(problem, unit, &longer) else { continue };
            let unserved = problem.need_ids().filter(|n| !longer.contains(n)).collect();
            let judged = evaluate(problem, &Plan { routes: vec![route], unserved });
            if judged.is_valid() {
                let set = longer.iter().fold(0, |set, n| set | 1 << n.index());
                let growth = judged.score.levels.iter().zip(base).map(|(a, b)| a - b).collect::<Levels>();
                if best[set].as_ref().is_none_or(|(levels, _)| growth < *levels) {
                    best[set] = Some((growth, longer.clone()));
                }
            }
            // A longer sequence can be possible where a shorter is not: a detour may be quicker.
            stack.push(longer);
        }
    }
    best
}

fn optimum(problem: &Problem) -> Levels {
    let base = evaluate(problem, &Plan::empty(problem)).score.levels;
    let sets = 1 << problem.needs().len();
    let mut best: Vec<Option<Levels>> = vec![None; sets];
    best[0] = Some(base.clone());
    for unit in problem.unit_ids() {
        let own = by_set(problem, unit, &base);
        let mut next = best.clone();
        for (taken, levels) in best.iter().enumerate() {
            let Some(levels) = levels else { continue };
            for (set, growth) in own.iter().enumerate() {
                let Some((growth, _)) = growth else { continue };
                if taken & set == 0 {
                    let sum = levels.iter().zip(growth).map(|(a, b)| a + b).collect::<Levels>();
                    if next[taken | set].as_ref().is_none_or(|n| sum < *n) {
                        next[taken | set] = Some(sum);
                    }
                }
            }
        }
        best = next;
    }
    best.into_iter().flatten().min().unwrap_or(base)
}

/// Whether some window decides something: without windows more could be served, or for less.
fn windows_bind(problem: &Problem, found: &Levels) -> bool {
    let wide = problem.replace(|data| {
        for need in &mut data.needs {
            let window = &mut need.stops[0].windows[0];
            (window.from, window.to) = (window.from - Seconds(200_000), window.to + Seconds(200_000));
        }
    });
    wide.is_ok_and(|wide| optimum(&wide) < *found)
}

#[test]
fn nothing_beats_the_solver() {
    let (mut unserved, mut binding) = (0, 0);
    for seed in 0..CASES {
        let problem = additive(&problem(10_000 + seed, mix(seed)));
        let best = optimum(&problem);
        let options = Options { iterations: Some(1500), seed, ..Options::default() };
        let solved = solve(&problem, &options, &|| 0.0, &mut |_| {});
        assert!(solved.evaluation.is_valid(), "seed {seed}");
        let found = &solved.evaluation.score.levels;
        assert_eq!(
            *found,
            best,
            "seed {seed}: {} needs, {} people",
            problem.needs().len(),
            problem.volunteers().len()
        );
        unserved += u64::from(!solved.plan.unserved.is_empty());
        binding += u64::from(windows_bind(&problem, &best));
    }
    assert!(unserved * 2 >= CASES, "only {unserved} of {CASES} cases leave a need unserved");
    assert!(binding * 2 >= CASES, "only {binding} of {CASES} cases have a binding window");
}

/// What a constraint is taken away by.
type Relief = fn(&mut qise::ProblemData);

#[test]
fn taking_a_constraint_away_never_worsens_the_optimum() {
    let reliefs: [(&str, Relief); 7] = [
        ("requirements", |data| {
            data.needs.iter_mut().for_each(|n| n.roles[0].requires = Requirement::default());
        }),
        ("home distance", |data| {
            data.needs.iter_mut().for_each(|n| n.roles[0].min_home_distance = Metres::ZERO);
        }),
        ("radius", |data| data.volunteers.iter_mut().for_each(|v| v.max_radius = None)),
        ("day limits", |data| data.volunteers.iter_mut().for_each(|v| v.per_day = DayLimits::default())),
        ("setup", |data| data.places.iter_mut().for_each(|p| p.setup = Seconds::ZERO)),
        ("hard promises", |data| {
            data.needs.iter_mut().for_each(|n| n.promise = n.promise.filter(|p| !p.hard));
        }),
        ("window ends", |data| data.needs.iter_mut().for_each(|n| n.stops[0].windows[0].to += Seconds::HOUR)),
    ];
    for seed in 0..100 {
        let before = additive(&problem(20_000 + seed, Mix { odd_travel: false, ..mix(seed) }));
        let best = optimum(&before);
        for (name, relief) in reliefs {
            let after = before.replace(relief).expect("less is as valid");
            let better = optimum(&after);
            assert!(better <= best, "seed {seed}: without {name} {better:?}, with {best:?}");
        }
    }
}

/// How many random cases are tried.
const CASES: u64 = 500;
