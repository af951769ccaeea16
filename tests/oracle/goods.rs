//! Every way to bring, fetch and carry goods for up to three needs: none is better than what the solver finds.
//!
//! Every order of visits is tried with every way to put up to two calls between them, each as early as it can be or not before more comes
//! in; at every call just what is asked for until the next is taken, and all is given back that nobody asks for. The judge says
//! whether that may be and what it is worth.

use std::collections::BTreeMap;

use qise::Problem;
use qise::model::{
    Amount, DepotId, GoodId, Handling, Limits, NeedId, Objective, Requirement, RouteEnd, Seconds, Term, Time,
    UnitId,
};
use qise::plan::{Call, Plan, Route, Score, Visit, evaluate};
use qise::solve::{Options, solve};

use crate::support::goods::{with_goods, with_vehicles};
use crate::support::{Mix, problem};

/// More calls are not tried on one route.
const MOST_CALLS: usize = 2;

/// Small problems with goods; time at work does not count, so that leaving later than needed changes nothing.
fn case(seed: u64) -> Problem {
    let (needs, volunteers) = (2 + (seed % 2) as usize, 1 + (seed % 3 / 2) as usize);
    let mix = Mix {
        breaks: false,
        shifts: false,
        windows: false,
        soft: false,
        tight: seed.is_multiple_of(4),
        ..Mix::all(needs, volunteers)
    };
    let mut mixed = with_goods(seed, &problem(seed, mix));
    if seed.is_multiple_of(3) {
        mixed = with_vehicles(seed, &mixed);
    }
    let replaced = mixed.replace(|data| {
        for role in data.needs.iter_mut().flat_map(|need| &mut need.roles) {
            role.requires = Requirement::default();
            role.pin = None;
        }
        for volunteer in &mut data.volunteers {
            volunteer.per_day = Limits::default();
            volunteer.max_radius = None;
            (volunteer.rest, volunteer.per_week) = (Seconds::ZERO, Limits::default());
            volunteer.shifts.iter_mut().for_each(|shift| shift.to = RouteEnd::Home);
        }
        data.depots.truncate(2);
        data.links.clear();
        data.previous = None;
        let levels = [Term::UnservedMandatory, Term::UnservedPriority, Term::TravelTime];
        data.objective = Objective::ordered(&levels);
    });
    replaced.expect("fewer rules and another objective are as valid")
}

/// What is done on a route: a visit, or a call that starts no sooner than some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    Visit(NeedId),
    Call(DepotId, Time),
}

/// What is taken and given at each call, kind by kind; negative where it is given.
pub(crate) fn exchanged(problem: &Problem, unit: UnitId, stops: &[Stop]) -> Vec<BTreeMap<GoodId, i64>> {
    let mut moves = vec![BTreeMap::new(); stops.len()];
    for g in (0..problem.goods().len()).map(GoodId::new) {
        let own: i64 = problem.carries(problem.unit(unit)).filter(|a| a.good == g).map(|a| a.amount).sum();
        let keeps = |stop: &Stop| match stop {
            Stop::Call(depot, _) => problem.depot(*depot).stocks.iter().any(|stock| stock.good == g),
            Stop::Visit(_) => false,
        };
        let mut on_board = own;
        let mut s = 0;
        while s < stops.len() {
            if !keeps(&stops[s]) {
                on_board += change(problem, stops[s], g).1;
                s += 1;
                continue;
            }
            let end = (s + 1..stops.len()).find(|&next| keeps(&stops[next])).unwrap_or(stops.len());
            let (mut asked, mut so_far) = (0, 0);
            for &stop in &stops[s + 1..end] {
                let (needs, grows) = change(problem, stop, g);
                asked = asked.max(needs - so_far);
                so_far += grows;
            }
            let mut then = on_board.max(asked);
            if problem.good(g).comes_back {
                then = then.min(asked.max(own.min(on_board)));
            }
            if then != on_board {
                moves[s].insert(g, then - on_board);
            }
            on_board = then;
            s += 1;
        }
    }
    moves
}

/// How much of a kind a visit asks for, and by how much what is on board grows.
fn change(problem: &Problem, stop: Stop, good: GoodId) -> (i64, i64) {
    let Stop::Visit(need) = stop else { return (0, 0) };
    let supply = problem.need(need).goods.iter().find(|supply| supply.what.good == good);
    supply.map_or((0, 0), |supply| match supply.handling {
        Handling::Deliver => (supply.what.amount, -supply.what.amount),
        Handling::Carry => (supply.what.amount, 0),
        Handling::Collect => (0, supply.what.amount),
    })
}

/// The least starts of a route; nothing where somebody would be too late.
fn timed(problem: &Problem, unit_id: UnitId, stops: &[Stop]) -> Option<Route> {
    let unit = problem.unit(unit_id);
    let moves = exchanged(problem, unit_id, stops);
    let (mut here, mut free) = (unit.from, unit.start);
    let (mut visits, mut calls) = (Vec::new(), Vec::new());
    for (&stop, moves) in stops.iter().zip(&moves) {
        let place = match stop {
            Stop::Visit(need) => problem.need_place(need),
            Stop::Call(depot, _) => problem.depot(depot).place,
        };
        let away = here != place;
        let travel = if away { problem.travel().seconds(unit.mode, here, place) } else { Seconds::ZERO };
        let setup = if away { problem.place(place).setup } else { Seconds::ZERO };
        let arrival = free + travel;
        let ready = arrival + setup;
        match stop {
            Stop::Visit(need) => {
                let window = problem.need(need).stops[0].windows.iter().find(|window| window.to >= ready)?;
                let start = ready.max(window.from);
                let end = start + problem.service(problem.first_slot(need), unit.volunteer);
                visits.push(Visit { need, role: 0, stop: 0, arrival, start, end });
                free = end;
            }
            Stop::Call(id, from) => {
                let depot = problem.depot(id);
                let ready = ready.max(from);
                let window = depot.windows.iter().find(|window| window.to >= ready);
                let start = if depot.windows.is_empty() { ready } else { ready.max(window?.from) };
                let (before, end) = (visits.len() as u32, start + depot.service);
                let list = |sign: i64| {
                    let some = moves.iter().filter(|(_, moved)| **moved * sign > 0);
                    some.map(|(&good, moved)| Amount { good, amount: moved.abs() }).collect()
                };
                let (takes, gives) = (list(1), list(-1));
                calls.push(Call { depot: id, before, arrival, start, end, takes, gives });
                free = end;
            }
        }
        here = place;
    }
    let back = unit.to.map_or(Seconds::ZERO, |to| problem.travel().seconds(unit.mode, here, to));
    let finish = free + back;
    let (departure, company, breaks) = (unit.start, Vec::new(), Vec::new());
    (finish <= unit.end).then_some(Route { unit: unit_id, company, departure, visits, calls, breaks, finish })
}

/// All routes of a unit along these visits, with up to [`MOST_CALLS`] calls between them, that the judge finds good when they are alone.
fn routes(problem: &Problem, unit: UnitId, visits: &[NeedId]) -> Vec<Route> {
    let calls = problem.depots().iter().enumerate().flat_map(|(d, depot)| {
        let moments = depot.stocks.iter().flat_map(|stock| &stock.restocks).map(|restock| restock.at);
        std::iter::once(Time::MIN).chain(moments).map(move |from| Stop::Call(DepotId::new(d), from))
    });
    let calls = calls.collect::<Vec<_>>();
    let mut layer = vec![visits.iter().map(|&need| Stop::Visit(need)).collect::<Vec<_>>()];
    let mut all = layer.clone();
    for _ in 0..MOST_CALLS {
        let longer = layer.iter().flat_map(|stops| {
            let calls = &calls;
            (0..=stops.len()).flat_map(move |at| {
                calls.iter().map(move |&call| {
                    let mut longer = stops.clone();
                    longer.insert(at, call);
                    longer
                })
            })
        });
        layer = longer.collect();
        all.extend_from_slice(&layer);
    }
    let alone = |route: &Route| {
        let mut plan = Plan { routes: vec![route.clone()], ..Plan::empty(problem) };
        plan.unserved.retain(|need| !visits.contains(need));
        evaluate(problem, &plan).is_valid()
    };
    all.iter().filter_map(|stops| timed(problem, unit, stops)).filter(alone).collect()
}

/// All plans whose routes are among those of each unit, one after the other; the best score.
fn explore(
    problem: &Problem,
    unit: usize,
    left: &[NeedId],
    routes: &BTreeMap<(usize, Vec<NeedId>), Vec<Route>>,
    chosen: &mut Vec<Route>,
    best: &mut Score,
) {
    if unit == problem.units().len() {
        let plan = Plan { routes: chosen.clone(), unserved: left.to_vec(), ..Plan::default() };
        let judged = evaluate(problem, &plan);
        if judged.is_valid() && judged.score.better_than(best) {
            *best = judged.score;
        }
        return;
    }
    explore(problem, unit + 1, left, routes, chosen, best);
    for visits in orders(left) {
        for route in &routes[&(unit, visits.clone())] {
            let rest = left.iter().copied().filter(|need| !visits.contains(need)).collect::<Vec<_>>();
            chosen.push(route.clone());
            explore(problem, unit + 1, &rest, routes, chosen, best);
            chosen.pop();
        }
    }
}

/// All orders of all subsets but the empty one.
fn orders(needs: &[NeedId]) -> Vec<Vec<NeedId>> {
    let mut all: Vec<Vec<NeedId>> = Vec::new();
    let mut layer: Vec<Vec<NeedId>> = vec![Vec::new()];
    for _ in 0..needs.len() {
        let longer = layer.iter().flat_map(|order| {
            let others = needs.iter().filter(|need| !order.contains(need));
            others.map(|&need| [&order[..], &[need]].concat())
        });
        layer = longer.collect();
        all.extend_from_slice(&layer);
    }
    all
}

#[test]
fn no_plan_with_goods_is_better_than_the_one_found() {
    let (mut left, mut calls, mut beaten) = (0, 0, Vec::new());
    for seed in 0..300 {
        let problem = case(seed);
        let needs = problem.need_ids().collect::<Vec<_>>();
        let mut known = BTreeMap::new();
        for unit in 0..problem.units().len() {
            for visits in orders(&needs) {
                let found = routes(&problem, UnitId::new(unit), &visits);
                known.insert((unit, visits), found);
            }
        }
        let mut best = evaluate(&problem, &Plan::empty(&problem)).score;
        explore(&problem, 0, &needs, &known, &mut Vec::new(), &mut best);
        let found = solve(&problem, &Options::default(), &qise::Stop::iterations(2000));
        if best.better_than(&found.evaluation.score) {
            let levels = found.evaluation.score.levels;
            beaten.push(format!("seed {seed}: {levels:?} found, {:?} is possible", best.levels));
        }
        left += found.plan.unserved.len();
        calls += found.plan.routes.iter().map(|route| route.calls.len()).sum::<usize>();
    }
    assert!(beaten.is_empty(), "{}", beaten.join("\n"));
    assert!(left > 50 && calls > 100, "{left} left, {calls} calls");
}
