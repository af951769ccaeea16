//! Who does what in which order; the times are those of drafts, of which some later ones are tried as well.

use qise::Problem;
use qise::model::{Amount, DepotId, LinkRule, NeedId, PlaceId, Seconds, Time, UnitId};
use qise::plan::{Draft, DraftCall, DraftRoute, DraftVisit, Plan, Route, RouteStarts, Step};

use crate::goods;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Need, role, stop.
    Visit(NeedId, u16, u16),
    /// A call that starts no sooner.
    Call(DepotId, Option<Time>),
}

/// A plan without times: the stops of each unit.
#[derive(Clone, Debug)]
pub(super) struct Sketch {
    pub(super) routes: Vec<Vec<Stop>>,
    pub(super) company: Vec<Vec<UnitId>>,
    pub(super) outsourced: Vec<NeedId>,
}

impl Sketch {
    pub(super) fn empty(problem: &Problem) -> Self {
        let units = problem.units().len();
        Self { routes: vec![Vec::new(); units], company: vec![Vec::new(); units], outsourced: Vec::new() }
    }

    /// What is done in a plan.
    pub(super) fn of(problem: &Problem, plan: &Plan) -> Self {
        let mut sketch = Self::empty(problem);
        for route in &plan.routes {
            let stops = route.steps().map(|step| match step {
                Step::Visit(_, visit) => Stop::Visit(visit.need, visit.role, visit.stop),
                Step::Call(_, call) => Stop::Call(call.depot, None),
            });
            sketch.routes[route.unit.index()] = stops.collect();
            sketch.company[route.unit.index()].clone_from(&route.company);
        }
        sketch.outsourced.clone_from(&plan.outsourced);
        sketch
    }

    pub(super) fn serves(&self, need: NeedId) -> bool {
        self.routes.iter().flatten().any(|stop| matches!(stop, Stop::Visit(of, ..) if *of == need))
    }

    /// The same without a need.
    pub(super) fn without(&self, need: NeedId) -> Self {
        let mut sketch = self.clone();
        for route in &mut sketch.routes {
            route.retain(|stop| !matches!(stop, Stop::Visit(of, ..) if *of == need));
        }
        sketch
    }

    /// The plan with the earliest times.
    pub(super) fn plan(&self, problem: &Problem) -> Plan {
        self.draft(problem).dated(problem)
    }

    /// The plans that are worth judging: as early as can be, near the times that were told, and each moved together from behind.
    pub(super) fn plans(&self, problem: &Problem) -> Vec<Plan> {
        let early = self.plan(problem);
        let mut plans = vec![later(problem, &early)];
        if let Some(previous) = problem.previous() {
            let mut draft = self.draft(problem);
            let mut moved = false;
            for (route, timed) in draft.routes.iter_mut().zip(&early.routes) {
                let who = problem.unit(route.unit).volunteer;
                for (visit, timed) in route.visits.iter_mut().zip(&timed.visits) {
                    let told = problem.told(visit.need).iter().find(|told| told.volunteer == who);
                    let told = told.filter(|_| visit.stop == 0).map(|told| told.start - previous.tolerance);
                    if let Some(told) = told.filter(|&told| told > timed.start) {
                        visit.start = Some(told);
                        moved = true;
                    }
                }
            }
            if moved {
                let near = draft.dated(problem);
                plans.push(later(problem, &near));
                plans.push(near);
            }
        }
        if plans[0] != early {
            plans.push(early);
        }
        plans
    }

    fn draft(&self, problem: &Problem) -> Draft {
        let mut draft = Draft::default();
        for (u, stops) in self.routes.iter().enumerate() {
            if !stops.iter().any(|stop| matches!(stop, Stop::Visit(..))) {
                continue;
            }
            let unit = UnitId::new(u);
            let mut route = DraftRoute::new(unit);
            route.company.clone_from(&self.company[u]);
            let plain = stops.iter().map(|stop| match *stop {
                Stop::Visit(need, ..) => goods::Stop::Visit(need),
                Stop::Call(depot, from) => goods::Stop::Call(depot, from.unwrap_or(Time::MIN)),
            });
            let moves = goods::exchanged(problem, unit, &plain.collect::<Vec<_>>());
            for (stop, moves) in stops.iter().zip(&moves) {
                match *stop {
                    Stop::Visit(need, role, stop) => {
                        let (arrival, start, end) = (None, None, None);
                        route.visits.push(DraftVisit { need, role, stop, arrival, start, end });
                    }
                    Stop::Call(depot, start) => {
                        let list = |sign: i64| {
                            let some = moves.iter().filter(|(_, moved)| **moved * sign > 0);
                            some.map(|(&good, moved)| Amount { good, amount: moved.abs() }).collect()
                        };
                        let (takes, gives) = (list(1), list(-1));
                        let before = route.visits.len() as u32;
                        let (arrival, end) = (None, None);
                        route.calls.push(DraftCall { depot, before, arrival, start, end, takes, gives });
                    }
                }
            }
            draft.routes.push(route);
        }
        draft.outsourced.clone_from(&self.outsourced);
        draft.unserved = left(problem, |need| self.serves(need) || self.outsourced.contains(&need));
        draft
    }
}

/// The needs to be listed as left where those are seen to for which `seen` says so.
pub(super) fn left(problem: &Problem, seen: impl Fn(NeedId) -> bool) -> Vec<NeedId> {
    let any = |need: NeedId| seen(need) || problem.ways(need).iter().any(|&way| seen(way));
    problem.standing().filter(|&need| !any(need)).collect()
}

/// The same plan with every visit as late as the one behind it allows, where nothing but the route itself says when it is.
fn later(problem: &Problem, plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let alone = |need: NeedId| {
        let of = problem.need(need);
        let after = |link: &qise::model::Link| {
            matches!(link.rule, LinkRule::After { .. }) && [link.from, link.to].contains(&need)
        };
        of.people() == 1 && !of.is_ride() && !problem.links().iter().any(after)
    };
    let may_move = |route: &Route| {
        route.breaks.is_empty()
            && route.calls.is_empty()
            && route.visits.iter().all(|visit| alone(visit.need))
    };
    let starts = RouteStarts::of(problem, &plan);
    for route in plan.routes.iter_mut().filter(|route| may_move(route)) {
        let unit = starts.unit(route.unit).expect("a unit of the problem");
        let place = |need: NeedId| problem.need_place(need);
        let way = |from: PlaceId, to: PlaceId| {
            let setup = if from == to { Seconds::ZERO } else { problem.place(to).setup };
            (problem.travel().seconds(unit.mode, from, to), setup)
        };
        let mut limit = route.visits.last().map_or(route.departure, |visit| visit.end);
        for v in (0..route.visits.len()).rev() {
            let from = v.checked_sub(1).map_or(unit.from, |before| place(route.visits[before].need));
            let visit = &mut route.visits[v];
            let need = problem.need(visit.need);
            let takes = visit.end - visit.start;
            let open = need.stops[0].windows.iter().find(|window| window.contains(visit.start));
            let mut start = (limit - takes).min(open.map_or(visit.start, |window| window.to));
            if let Some(promise) = need.promise {
                let finish = promise.finish_by.map_or(Time::MAX, |by| by - takes);
                start = start.min(promise.start_by.unwrap_or(Time::MAX).min(finish).max(visit.start));
            }
            let told = problem.told(visit.need).iter().find(|told| told.volunteer == unit.volunteer);
            if let (Some(told), Some(previous)) = (told, problem.previous()) {
                start = start.min((told.start + previous.tolerance).max(visit.start));
            }
            if problem.need(visit.need).roles[0].pin.and_then(|pin| pin.start).is_none()
                && start > visit.start
            {
                (visit.start, visit.end) = (start, start + takes);
            }
            let (travel, setup) = way(from, place(visit.need));
            limit = visit.start - setup - travel;
        }
        route.departure = limit;
        let (mut here, mut free) = (unit.from, route.departure);
        for visit in &mut route.visits {
            visit.arrival = free + way(here, place(visit.need)).0;
            (here, free) = (place(visit.need), visit.end);
        }
    }
    plan
}
