//! One route, with its times.

use std::collections::BTreeMap;

use crate::Scenario;
use qise::model::{Metres, Need, NeedId, Seconds, Time, UnitId};
use qise::plan::{Route, RouteStarts, Step, Visit};
use qise::{Lang, text};

use super::{count, duration, goods, kilometres, name, table};

/// Who comes to the needs that several people serve.
pub type Crews = BTreeMap<NeedId, Vec<UnitId>>;

/// One route: who goes out when, with which vehicle, and one line for each visit, call and break.
pub fn route(
    scenario: &Scenario,
    starts: &RouteStarts<'_>,
    route: &Route,
    crews: &Crews,
    lang: Lang,
) -> String {
    let problem = &scenario.problem;
    let unit = problem.unit(route.unit);
    let volunteer = problem.volunteer(unit.volunteer);
    let who = name(volunteer.name.as_ref(), &volunteer.key);
    let team = volunteer.teams.first().map(|&t| &problem.teams()[t.index()]);
    let team = team.map_or(String::new(), |t| format!(" · {}", name(t.name.as_ref(), &t.key)));
    let vehicle = unit.vehicle.map(|vehicle| problem.vehicle(vehicle));
    let vehicle = vehicle.map_or(String::new(), |v| format!(" · {}", name(v.name.as_ref(), &v.key)));
    let (travel, distance) = on_the_way(scenario, starts, route);
    let start = start(scenario, starts, route, lang);
    let span = |from: Time, to: Time| span(scenario, route, from, to);
    let times = span(route.departure, route.finish);
    let (visits, in_visits) = (route.visits.len(), count(route.visits.len(), "visit"));
    let (length, time) = (kilometres(distance.0, lang), duration(travel.0, lang));
    let summary =
        text!("{in_visits} · {length}, {time} on the road", "{visits} 次服务 · 路途 {length}，{time}");
    let over = route.finish - unit.overtime_from;
    let over = if over > Seconds::ZERO {
        let over = duration(over.0, lang);
        text!(" · {over} overtime", " · 加班 {over}").in_lang(lang).to_owned()
    } else {
        String::new()
    };
    let mut out = format!("  {who}{team}{vehicle} — {times} · {}{over}{start}\n", summary.in_lang(lang));
    let mut rows = Vec::new();
    for step in route.steps() {
        let times = span(step.start(), step.end());
        let visit = match step {
            Step::Visit(_, visit) => visit,
            Step::Call(_, call) => {
                rows.push((call.start, vec![times, goods::call(problem, call, lang)]));
                continue;
            }
        };
        let need = problem.need(visit.need);
        let place = problem.place(problem.stop_place(visit.need, visit.stop));
        rows.push((
            visit.start,
            vec![
                times,
                name(need.name.as_ref(), &need.key).to_owned(),
                need.key.clone(),
                place.name.clone().unwrap_or_default(),
                if need.is_ride() {
                    stop_of(need, visit.stop, lang)
                } else {
                    with_whom(scenario, crews, visit.need, route.unit, lang)
                },
                late(problem.need(visit.need), visit, lang),
            ],
        ));
    }
    for rest in &route.breaks {
        let times = span(rest.start, rest.end());
        let place = rest.place.and_then(|place| problem.places().get(place.index()));
        let what = place.map_or_else(
            || text!("break", "休息"),
            |place| {
                let place = name(place.name.as_ref(), &place.key);
                text!("break at {place}", "于 {place} 休息")
            },
        );
        rows.push((rest.start, vec![times, what.in_lang(lang).to_owned()]));
    }
    rows.sort_by_key(|(start, _)| *start);
    out.push_str(&table::rows(4, &rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>()));
    out
}

/// Time and distance on the way.
fn on_the_way(scenario: &Scenario, starts: &RouteStarts<'_>, route: &Route) -> (Seconds, Metres) {
    let problem = &scenario.problem;
    let unit = problem.unit(route.unit);
    let places = starts.places(route);
    let legs = places.windows(2).map(|leg| (leg[0], leg[1]));
    let seconds = legs.clone().map(|(a, b)| problem.travel().seconds(unit.mode, a, b)).sum();
    (seconds, legs.map(|(a, b)| problem.travel().metres(unit.mode, a, b)).sum())
}

/// Where the route starts, where that is where the shift before ended.
fn start(scenario: &Scenario, starts: &RouteStarts<'_>, route: &Route, lang: Lang) -> String {
    let problem = &scenario.problem;
    let usual = problem.unit(route.unit).from;
    let Some(from) = starts.unit(route.unit).map(|unit| unit.from).filter(|&from| from != usual) else {
        return String::new();
    };
    let place = problem.place(from);
    let place = name(place.name.as_ref(), &place.key);
    text!(" · starts at {place}", " · 出发地 {place}").in_lang(lang).to_owned()
}

/// The others who come; empty for a need of one person.
fn with_whom(scenario: &Scenario, crews: &Crews, need: NeedId, unit: UnitId, lang: Lang) -> String {
    let problem = &scenario.problem;
    let others = crews.get(&need).into_iter().flatten().filter(|&&other| other != unit);
    let names = others.map(|&other| {
        let volunteer = problem.volunteer(problem.unit(other).volunteer);
        name(volunteer.name.as_ref(), &volunteer.key)
    });
    let names = names.collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " });
    if names.is_empty() { names } else { text!("with {names}", "同行：{names}").in_lang(lang).to_owned() }
}

/// Which stop of a ride it is.
fn stop_of(need: &Need, stop: u16, lang: Lang) -> String {
    let (number, count) = (stop + 1, need.stops.len());
    text!("stop {number} of {count}", "第 {number}/{count} 站").in_lang(lang).to_owned()
}

/// By how much a promise is missed; empty when it is kept or there is none.
fn late(need: &Need, visit: &Visit, lang: Lang) -> String {
    let last = need.stops.len() - 1;
    let start_by = need.promise.and_then(|p| p.start_by).filter(|_| visit.stop == 0);
    let finish_by = need.promise.and_then(|p| p.finish_by).filter(|_| usize::from(visit.stop) == last);
    if start_by.or(finish_by).is_none() {
        return String::new();
    }
    let over = |limit: Option<Time>, actual: Time| limit.map_or(i64::MIN, |l| (actual - l).0);
    let late = over(start_by, visit.start).max(over(finish_by, visit.end));
    if late <= 0 {
        return text!("promise kept", "承诺兑现").in_lang(lang).to_owned();
    }
    let by = duration(late, lang);
    text!("late by {by}", "迟 {by}").in_lang(lang).to_owned()
}

/// When something on a route begins and ends: with dates where the route goes on for several days.
fn span(scenario: &Scenario, route: &Route, from: Time, to: Time) -> String {
    let (first, last) = (date(scenario, from), date(scenario, to));
    let (from, to) = (clock(scenario, from), clock(scenario, to));
    match () {
        () if date(scenario, route.departure) == date(scenario, route.finish) => format!("{from}–{to}"),
        () if first == last => format!("{first} {from}–{to}"),
        () => format!("{first} {from}–{last} {to}"),
    }
}

/// Hours and minutes of a time in the zone of the scenario; with its offset where clocks change about then.
pub fn clock(scenario: &Scenario, time: Time) -> String {
    if scenario.zone.changes_near(time) {
        return scenario.zone.clock(time);
    }
    scenario.zone.format(time).get(11..16).unwrap_or("--:--").to_owned()
}

/// The date of a time in the zone of the scenario.
pub fn date(scenario: &Scenario, time: Time) -> String {
    scenario.zone.format(time).get(..10).unwrap_or_default().to_owned()
}
