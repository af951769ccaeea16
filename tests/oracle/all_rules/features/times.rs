//! Windows, services, shifts, breaks, and limits of days and weeks.

use std::collections::BTreeMap;

use qise::model::{
    Area, AreaId, Break, Measure, Metres, PlaceId, Promise, RouteEnd, RouteStart, Seconds, Slowdown, Span,
    Term, Time, UnitId, VolunteerId, Weighted, Window,
};
use qise::plan::{Route, RouteStarts, Visit};
use rand::RngExt;

use super::super::draw::Draw;

/// The window no longer holds the start.
pub(super) fn window(draw: &mut Draw) -> Option<()> {
    let (_, visit) = draw.visit()?;
    let (by, long) = (draw.minutes(5, 60), draw.minutes(0, 120));
    let sooner = draw.random.random_bool(0.5);
    let from = if sooner { visit.start - by - long } else { visit.start + by };
    draw.need(visit.need).stops[usize::from(visit.stop)].windows = vec![Window { from, to: from + long }];
    Some(())
}

pub(super) fn hard_promise(draw: &mut Draw) -> Option<()> {
    let (_, visit) = draw.visit()?;
    let by = draw.minutes(1, 45);
    let (start, finish) = (visit.start - by, visit.end - by);
    let by_start = draw.random.random_bool(0.5) && visit.stop == 0;
    let need = draw.need(visit.need);
    if !by_start && usize::from(visit.stop) + 1 < need.stops.len() {
        return None;
    }
    let (start_by, finish_by) = if by_start { (Some(start), None) } else { (None, Some(finish)) };
    need.promise = Some(Promise { start_by, finish_by, hard: true });
    // Sooner may be possible.
    for window in need.stops.iter_mut().filter_map(|stop| stop.windows.first_mut()) {
        window.from = window.from - Seconds(1800);
    }
    Some(())
}

pub(super) fn setup(draw: &mut Draw) -> Option<()> {
    let (_, visit) = draw.visit()?;
    let place = draw.problem.stop_place(visit.need, visit.stop);
    let waits = visit.start - visit.arrival;
    draw.data.places[place.index()].setup = waits + draw.minutes(5, 40);
    Some(())
}

pub(super) fn service(draw: &mut Draw) -> Option<()> {
    let (unit, visit) = draw.visit()?;
    let more = draw.minutes(10, 60);
    let (who, way) = (draw.who(unit), draw.random.random_range(0..3));
    let alone = draw.problem.need(visit.need).stops.len() == 1;
    let need = draw.need(visit.need);
    match way {
        0 if alone => {
            need.roles[usize::from(visit.role)].service_by = vec![(who, visit.end - visit.start + more)];
        }
        1 => draw.volunteer(who).pace_permille += 300,
        _ => need.stops[usize::from(visit.stop)].service += more,
    }
    Some(())
}

pub(super) fn slow_road(draw: &mut Draw) -> Option<()> {
    let route = draw.route()?;
    let start = draw.problem.unit(route.unit).start;
    let factor_permille = draw.random.random_range(1300..3500);
    let mut areas = Vec::new();
    if draw.random.random_bool(0.5) {
        // Only where the route leads.
        let area = AreaId::new(draw.data.areas.len());
        draw.data.areas.push(Area { key: format!("a{}", area.0), name: None, outline: Vec::new() });
        for visit in &route.visits {
            let place = draw.problem.stop_place(visit.need, visit.stop);
            draw.data.places[place.index()].area = Some(area);
        }
        areas.push(area);
    }
    let to = start + Seconds(1);
    draw.data.slowdowns.push(Slowdown { areas, profiles: vec![], from: start, to, factor_permille });
    Some(())
}

pub(super) fn late_start(draw: &mut Draw) -> Option<()> {
    let route = draw.route()?;
    let by = draw.minutes(5, 60);
    draw.shift(route.unit).start = route.departure + by;
    Some(())
}

pub(super) fn early_end(draw: &mut Draw) -> Option<()> {
    let route = draw.route()?;
    let by = draw.minutes(5, 60);
    draw.shift(route.unit).end = route.finish - by;
    Some(())
}

/// A shift starts with the last visit of the one before.
pub(super) fn start_with_last_visit(draw: &mut Draw) -> Option<()> {
    chained(draw, RouteEnd::Anywhere)
}

/// A shift starts where the one before ended, somewhere else than at home.
pub(super) fn start_elsewhere(draw: &mut Draw) -> Option<()> {
    let elsewhere = draw.random.random_range(0..draw.data.places.len());
    chained(draw, RouteEnd::At(PlaceId::new(elsewhere)))
}

/// A shift of somebody who has gone out in the one before starts where that ends.
fn chained(draw: &mut Draw, end: RouteEnd) -> Option<()> {
    let routes = draw.plan.routes.iter().map(|route| draw.problem.unit(route.unit));
    let pairs = routes.clone().filter_map(|unit| {
        let before = (unit.volunteer, unit.shift.checked_sub(1)?);
        let mut goes = routes.clone().filter(|other| (other.volunteer, other.shift) == before);
        goes.next().map(|_| (unit.volunteer, unit.shift as usize))
    });
    let pairs = pairs.collect::<Vec<_>>();
    let (who, shift) = *pairs.get(draw.random.random_range(0..pairs.len().max(1)))?;
    let shifts = &mut draw.volunteer(who).shifts;
    (shifts[shift - 1].to, shifts[shift].from) = (end, RouteStart::Previous);
    Some(())
}

/// The shift ends before the route does, and may end later by less than that, or by more.
pub(super) fn overtime(draw: &mut Draw) -> Option<()> {
    let route = draw.route()?;
    let (by, most) = (draw.minutes(5, 60), draw.minutes(1, 100));
    let shift = draw.shift(route.unit);
    (shift.end, shift.overtime) = (route.finish - by, most);
    if !draw.data.objective.uses(Term::Overtime) {
        let weight = draw.random.random_range(1..4);
        let last = draw.data.objective.levels.last_mut()?;
        last.push(Weighted { term: Term::Overtime, weight });
    }
    Some(())
}

/// A break in the middle of what somebody does.
pub(super) fn rest(draw: &mut Draw) -> Option<()> {
    let route = draw.route()?;
    let spans = route.visits.iter().map(|visit| (visit.start, visit.end)).collect::<Vec<_>>();
    let (start, end) = spans[draw.random.random_range(0..spans.len())];
    let (sooner, later, duration) = (draw.minutes(0, 30), draw.minutes(0, 20), draw.minutes(10, 50));
    let latest = (end - Seconds(60)).min(start + later);
    let rest =
        Break { off_duty: draw.random.random_bool(0.3), ..Break::new(start - sooner, latest, duration) };
    let shift = draw.shift(route.unit);
    shift.breaks.push(rest);
    shift.breaks.sort_by_key(|rest| rest.earliest);
    Some(())
}

/// A break of somebody who goes out is taken at one of a few places.
pub(super) fn rest_at_place(draw: &mut Draw) -> Option<()> {
    let route = draw.route()?;
    if draw.shift(route.unit).breaks.is_empty() {
        rest(draw)?;
        // Taken anywhere at first.
        if !draw.settle() {
            return None;
        }
    }
    let route = draw.route()?;
    let (places, count) = (draw.data.places.len(), draw.random.random_range(1..=3));
    let mut at = (0..count).map(|_| PlaceId::new(draw.random.random_range(0..places))).collect::<Vec<_>>();
    at.sort_unstable();
    at.dedup();
    draw.shift(route.unit).breaks.last_mut()?.at = at;
    Some(())
}

/// A break while somebody waits with something on board, where nothing may be on board.
pub(super) fn rest_when_empty(draw: &mut Draw) -> Option<()> {
    if laden_wait(draw).is_none() {
        // Somebody has to wait for the last of what they bring.
        let (_, visit) = draw.visit()?;
        let (by, long) = (draw.minutes(15, 60), draw.minutes(5, 120));
        let windows = &mut draw.need(visit.need).stops[usize::from(visit.stop)].windows;
        *windows = vec![Window { from: visit.start + by, to: visit.start + by + long }];
        if !draw.settle() {
            return None;
        }
    }
    let (unit, from, to) = laden_wait(draw)?;
    let duration = Seconds(60 * draw.random.random_range(1..=(to - from).0 / 60));
    let rest = Break { only_when_empty: true, ..Break::new(from, to - duration, duration) };
    let shift = draw.shift(unit);
    shift.breaks.push(rest);
    shift.breaks.sort_by_key(|rest| rest.earliest);
    Some(())
}

/// Two minutes or more of waiting, with a load that is still to be brought or a ride under way.
fn laden_wait(draw: &Draw) -> Option<(UnitId, Time, Time)> {
    let problem = &draw.problem;
    draw.plan.routes.iter().find_map(|route| {
        (0..route.visits.len()).rev().find_map(|v| {
            let visit = route.visits[v];
            let (head, tail) = route.visits.split_at(v);
            let brings = |visit: &Visit| {
                let need = problem.need(visit.need);
                let load = &need.roles[usize::from(visit.role)].load;
                !need.is_ride() && load.iter().any(|load| load.amount > 0)
            };
            let parted = |visit: &Visit| head.iter().any(|before| before.need == visit.need);
            let laden = tail.iter().any(|visit| brings(visit) || parted(visit));
            let waits = visit.start - visit.arrival >= Seconds(120);
            (laden && waits).then_some((route.unit, visit.arrival, visit.start))
        })
    })
}

/// The routes of a person of the plan, day by day.
fn days(draw: &mut Draw) -> Option<(VolunteerId, BTreeMap<i32, Vec<Route>>)> {
    let first = draw.route()?;
    let who = draw.who(first.unit);
    let mut days: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for route in draw.plan.routes.iter().filter(|route| draw.who(route.unit) == who) {
        days.entry(draw.problem.unit(route.unit).day).or_default().push(route.clone());
    }
    Some((who, days))
}

pub(super) fn rest_between_days(draw: &mut Draw) -> Option<()> {
    let (who, days) = days(draw)?;
    let days = days.into_values().collect::<Vec<_>>();
    let pair = days.windows(2).next()?;
    let back = pair[0].iter().map(|route| route.finish).max()?;
    let out = pair[1].iter().map(|route| route.departure).min()?;
    draw.volunteer(who).rest = out - back + draw.minutes(1, 90);
    Some(())
}

/// The ways of a route one after the other: seconds and metres.
fn ways(draw: &Draw, route: &Route) -> (i64, i64) {
    let (problem, unit) = (&draw.problem, draw.problem.unit(route.unit));
    let (mut seconds, mut metres) = (0, 0);
    for way in RouteStarts::of(problem, &draw.plan).places(route).windows(2) {
        seconds += problem.travel().seconds(unit.mode, way[0], way[1]).0;
        metres += problem.travel().metres(unit.mode, way[0], way[1]).0;
    }
    (seconds, metres)
}

pub(super) fn metres(draw: &Draw, route: &Route) -> i64 {
    ways(draw, route).1
}

/// What somebody does in a day, or in a week, is more than they give from now on.
pub(super) fn limit(draw: &mut Draw, span: Span, what: Measure) -> Option<()> {
    let (who, days) = days(draw)?;
    let mut sums: BTreeMap<i64, i64> = BTreeMap::new();
    for (day, routes) in days {
        // Weeks begin on Monday, and day 0 was a Thursday.
        let number = if span == Span::Day { i64::from(day) } else { (i64::from(day) + 3).div_euclid(7) };
        *sums.entry(number).or_default() +=
            routes.iter().map(|route| measured(draw, route, what)).sum::<i64>();
    }
    let all = sums.into_values().collect::<Vec<_>>();
    let sum = all[draw.random.random_range(0..all.len())];
    let most = (sum - draw.random.random_range(1..=(sum / 3).max(1))).max(0);
    let volunteer = draw.volunteer(who);
    let limits = if span == Span::Day { &mut volunteer.per_day } else { &mut volunteer.per_week };
    match what {
        Measure::Travel => limits.travel = Some(Seconds(most)),
        Measure::Work => limits.work = Some(Seconds(most)),
        Measure::Distance => limits.distance = Some(Metres(most)),
        Measure::Visits => limits.visits = Some(most as u32),
    }
    Some(())
}

fn measured(draw: &Draw, route: &Route, what: Measure) -> i64 {
    match what {
        Measure::Travel => ways(draw, route).0,
        Measure::Work => (route.finish - route.departure).0,
        Measure::Distance => metres(draw, route),
        Measure::Visits => route.visits.len() as i64,
    }
}
