//! Windows, services, shifts, breaks, and limits of days and weeks.

use std::collections::BTreeMap;

use qise::model::{Area, AreaId, Break, Promise, Seconds, Slowdown, VolunteerId, Window};
use qise::plan::Route;
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

/// A break in the middle of what somebody does.
pub(super) fn rest(draw: &mut Draw) -> Option<()> {
    let route = draw.route()?;
    let spans = route.visits.iter().map(|visit| (visit.start, visit.end)).collect::<Vec<_>>();
    let (start, end) = spans[draw.random.random_range(0..spans.len())];
    let (sooner, later, duration) = (draw.minutes(0, 30), draw.minutes(0, 20), draw.minutes(10, 50));
    let latest = (end - Seconds(60)).min(start + later);
    let rest = Break { earliest: start - sooner, latest, duration, off_duty: draw.random.random_bool(0.3) };
    let shift = draw.shift(route.unit);
    shift.breaks.push(rest);
    shift.breaks.sort_by_key(|rest| rest.earliest);
    Some(())
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

fn worked(routes: &[Route]) -> Seconds {
    routes.iter().map(|route| route.finish - route.departure).sum()
}

/// The sum of some measure of one day of somebody, who then gives less.
fn day(draw: &mut Draw, measure: impl Fn(&Draw, &Route) -> i64) -> Option<(VolunteerId, i64)> {
    let (who, days) = days(draw)?;
    let all = days.into_values().collect::<Vec<_>>();
    let routes = &all[draw.random.random_range(0..all.len())];
    let sum: i64 = routes.iter().map(|route| measure(draw, route)).sum();
    let by = draw.random.random_range(1..=(sum / 3).max(1));
    Some((who, (sum - by).max(0)))
}

/// The ways of a route one after the other: seconds and metres.
fn ways(draw: &Draw, route: &Route) -> (i64, i64) {
    let (problem, unit) = (&draw.problem, draw.problem.unit(route.unit));
    let mut here = unit.from;
    let (mut seconds, mut metres) = (0, 0);
    let stops = route.steps().map(|step| match step {
        qise::plan::Step::Visit(_, visit) => problem.stop_place(visit.need, visit.stop),
        qise::plan::Step::Call(_, call) => problem.depot(call.depot).place,
    });
    for place in stops.chain(unit.to) {
        seconds += problem.travel().seconds(unit.mode, here, place).0;
        metres += problem.travel().metres(unit.mode, here, place).0;
        here = place;
    }
    (seconds, metres)
}

pub(super) fn metres(draw: &Draw, route: &Route) -> i64 {
    ways(draw, route).1
}

pub(super) fn week_work(draw: &mut Draw) -> Option<()> {
    let (who, days) = days(draw)?;
    let sum: Seconds = days.values().map(|routes| worked(routes)).sum();
    draw.volunteer(who).week_work = Some((sum - draw.minutes(1, 60)).max(Seconds::ZERO));
    Some(())
}

pub(super) fn day_travel(draw: &mut Draw) -> Option<()> {
    let (who, most) = day(draw, |draw, route| ways(draw, route).0)?;
    draw.volunteer(who).per_day.travel = Some(Seconds(most));
    Some(())
}

pub(super) fn day_work(draw: &mut Draw) -> Option<()> {
    let (who, most) = day(draw, |_, route| (route.finish - route.departure).0)?;
    draw.volunteer(who).per_day.work = Some(Seconds(most));
    Some(())
}

pub(super) fn day_distance(draw: &mut Draw) -> Option<()> {
    let (who, most) = day(draw, metres)?;
    draw.volunteer(who).per_day.distance = Some(qise::model::Metres(most));
    Some(())
}

pub(super) fn day_visits(draw: &mut Draw) -> Option<()> {
    let (who, most) = day(draw, |_, route| route.visits.len() as i64)?;
    draw.volunteer(who).per_day.visits = Some(most as u32);
    Some(())
}
