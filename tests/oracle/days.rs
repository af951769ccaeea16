//! Rounds that come again: their days are counted by hand, and no way to make them is better than what the solver finds.
//!
//! Every need is tried on every day, with everybody, in every order. Days are told by the zone, not by the calendar of the problem.

use std::fmt::Write;

use qise::model::{NeedId, PlaceId, Seconds, Time, UnitId};
use qise::plan::{Plan, Route, Score, Visit, evaluate};
use qise::solve::{Options, solve};
use qise::{Problem, Stop};
use qise_io::time::Zone;
use qise_io::{Scenario, read_scenario};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// What is asked of two rounds.
struct Interval {
    every: i64,
    tolerance: i64,
    same_weekday: bool,
}

/// Rounds about the night on which the clocks go back, and one more need.
fn case(seed: u64) -> (Scenario, Interval) {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let every = random.random_range(2..9);
    let tolerance = random.random_range(0..=(every - 1) / 2).min(3);
    let whole = (every - tolerance..=every + tolerance).any(|days| days % 7 == 0);
    let same_weekday = whole && random.random_bool(0.5);
    let times = random.random_range(2..4);
    let day = |days: i64| match 20 + days {
        date @ ..32 => format!("2026-10-{date:02}"),
        date => format!("2026-11-{:02}", date - 31),
    };
    let window = |days: i64, from: i64, to: i64| {
        format!(r#"{{"from": "{0}T{from:02}:00", "to": "{0}T{to:02}:00"}}"#, day(days))
    };
    let mut windows = Vec::new();
    let (from, to) = ([0, 6, 9][random.random_range(0..3)], random.random_range(9..24));
    for days in 0..random.random_range(1..5) {
        if windows.is_empty() || random.random_bool(0.8) {
            windows.push(window(days, from, to));
        }
    }
    let mut volunteers = Vec::new();
    for v in 0..random.random_range(1..3) {
        let mut shifts = Vec::new();
        let mut days = 0;
        while days < 22 {
            let length = if random.random_bool(0.2) { random.random_range(1..6) } else { 0 };
            if random.random_bool(0.5) {
                let (start, end) = (day(days), day(days + length));
                shifts.push(format!(r#"{{"start": "{start}T08:00", "end": "{end}T20:00"}}"#));
            }
            days += length + 1;
        }
        volunteers.push(format!(r#"{{"id": "v{v}", "home": "p{v}", "shifts": [{}]}}"#, shifts.join(", ")));
    }
    let mut recurrence = format!(r#""times": {times}, "every_days": {every}"#);
    if tolerance > 0 {
        write!(recurrence, r#", "tolerance_days": {tolerance}"#).expect("a string grows");
    }
    if same_weekday {
        recurrence += r#", "same_weekday": true"#;
    }
    let other = window(random.random_range(0..8), 8, 20);
    let places =
        (0..4).map(|p| format!(r#"{{"id": "p{p}", "lon": {}, "lat": 40}}"#, 3.0 + 0.2 * f64::from(p)));
    let document = format!(
        r#"{{"format": "qise/scenario", "version": 1, "name": "rounds", "time_zone": "Europe/Madrid", "datum": "WGS-84",
        "profiles": [{{"id": "car", "speed_kmh": 40}}], "places": [{}], "volunteers": [{}],
        "needs": [{{"id": "round", "at": "p2", "service": "PT1H", "windows": [{}], "recurrence": {{{recurrence}}}}},
        {{"id": "once", "at": "p3", "service": "PT6H", "windows": [{other}]}}],
        "objective": [[{{"term": "unserved_priority"}}], [{{"term": "travel_time"}}]]}}"#,
        places.collect::<Vec<_>>().join(", "),
        volunteers.join(", "),
        windows.join(", "),
    );
    let scenario = read_scenario(document.as_bytes()).unwrap_or_else(|faults| panic!("{faults}\n{document}"));
    (scenario, Interval { every, tolerance, same_weekday })
}

/// A need on a day.
type Visited = (NeedId, i32);

/// These visits as early as they can be on their days; nothing where somebody is too late.
fn walk(problem: &Problem, zone: &Zone, unit_id: UnitId, visits: &[Visited]) -> Option<Route> {
    let unit = problem.unit(unit_id);
    let (mut here, mut free): (PlaceId, Time) = (unit.from, unit.start);
    let mut made = Vec::new();
    for &(need, day) in visits {
        let place = problem.need_place(need);
        let arrival = free + problem.travel().seconds(unit.mode, here, place);
        let mut starts = problem.windows(need).iter().map(|window| (window.from.max(arrival), window.to));
        // No window is longer than a day here.
        let (start, _) = starts.find(|&(start, to)| start <= to && zone.day(start) == day)?;
        let end = start + problem.need(need).stops[0].service;
        made.push(Visit { need, role: 0, stop: 0, arrival, start, end });
        (here, free) = (place, end);
    }
    let finish = free + unit.to.map_or(Seconds::ZERO, |to| problem.travel().seconds(unit.mode, here, to));
    let (company, calls, breaks) = (vec![], vec![], vec![]);
    let departure = unit.start;
    (finish <= unit.end).then_some(Route {
        unit: unit_id,
        company,
        departure,
        visits: made,
        calls,
        breaks,
        finish,
    })
}

/// Whether all rounds that are made lie as far apart as they are asked to.
fn are_apart(interval: &Interval, days: &[Option<i32>]) -> bool {
    let made = days.iter().enumerate().filter_map(|(k, day)| Some((k as i64, i64::from((*day)?))));
    let made = made.collect::<Vec<_>>();
    let pairs =
        made.iter().enumerate().flat_map(|(k, &one)| made[k + 1..].iter().map(move |&other| (one, other)));
    pairs.into_iter().all(|((first, day), (second, later))| {
        let (intervals, days) = (second - first, later - day);
        let good = (days - intervals * interval.every).abs() <= intervals * interval.tolerance;
        good && (!interval.same_weekday || days % 7 == 0)
    })
}

struct Search<'a> {
    problem: &'a Problem,
    zone: &'a Zone,
    interval: &'a Interval,
    best: Score,
    /// Plans that keep everything but the interval.
    refused: usize,
}

impl Search<'_> {
    /// Puts need number `n` and all that follow on any day into any route.
    fn explore(&mut self, n: usize, routes: &mut Vec<Vec<Visited>>) {
        let needs = self.problem.needs();
        if n == needs.len() {
            let mut plan = Plan::empty(self.problem);
            for (u, visits) in routes.iter().enumerate().filter(|(_, visits)| !visits.is_empty()) {
                let Some(route) = walk(self.problem, self.zone, UnitId::new(u), visits) else { return };
                plan.routes.push(route);
            }
            plan.unserved.retain(|need| routes.iter().flatten().all(|(served, _)| served != need));
            let of =
                |k: usize| routes.iter().flatten().find(|(need, _)| need.index() == k).map(|&(_, day)| day);
            let rounds = (0..needs.len()).filter(|&k| needs[k].key.starts_with("round")).map(of);
            let good = are_apart(self.interval, &rounds.collect::<Vec<_>>());
            let judged = evaluate(self.problem, &plan);
            assert_eq!(judged.is_valid(), good, "{routes:?}: {:?}", judged.violations);
            self.refused += usize::from(!good);
            if good && judged.score.better_than(&self.best) {
                self.best = judged.score;
            }
            return;
        }
        self.explore(n + 1, routes);
        let need = NeedId::new(n);
        let windows = self.problem.windows(need).iter().map(|window| self.zone.day(window.from));
        let mut days = windows.collect::<Vec<_>>();
        days.dedup();
        for day in days {
            for u in 0..routes.len() {
                for at in 0..=routes[u].len() {
                    routes[u].insert(at, (need, day));
                    if walk(self.problem, self.zone, UnitId::new(u), &routes[u]).is_some() {
                        self.explore(n + 1, routes);
                    }
                    routes[u].remove(at);
                }
            }
        }
    }
}

#[test]
fn no_plan_of_rounds_is_better_than_the_one_found() {
    let (mut linked, mut refused, mut left, mut served) = (0, 0, 0, 0);
    for seed in 0..250 {
        let (Scenario { problem, zone, .. }, interval) = case(seed);
        let (zone, interval) = (&zone, &interval);
        let best = evaluate(&problem, &Plan::empty(&problem)).score;
        let mut search = Search { problem: &problem, zone, interval, best, refused: 0 };
        search.explore(0, &mut vec![Vec::new(); problem.units().len()]);
        let found = solve(&problem, &Options::default(), &Stop::iterations(2000));
        assert!(found.evaluation.is_valid(), "seed {seed}: {:?}", found.evaluation.violations);
        assert!(
            !search.best.better_than(&found.evaluation.score),
            "seed {seed}: {:?} found, {:?} is possible",
            found.evaluation.score.levels,
            search.best.levels
        );
        linked += usize::from(!problem.links().is_empty());
        refused += usize::from(search.refused > 0);
        left += found.plan.unserved.len();
        served += found.plan.visits().count();
    }
    let counts = format!("{linked} linked, {refused} where the interval binds, {left} left, {served} served");
    assert!(linked > 100 && refused > 100 && left > 50 && served > 300, "{counts}");
}
