//! The score: every term counted from the plan as it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::breaks::{last_place, rest_between, setup_at};
use super::judge::known;
use super::route::{in_range, worked};
use super::suits::holds;
use crate::model::{Link, LinkRule, NeedId, Problem, Seconds, TeamId, Term, Terms, Time, Unit, VolunteerId};
use crate::plan::route_starts::{legs, place_of};
use crate::plan::{Plan, Route, RouteStarts, Score, Visit};

/// The score of a plan. Routes of unknown units, visits of unknown needs and times beyond all limits count nothing.
pub(super) fn score(problem: &Problem, plan: &Plan) -> Score {
    let mut terms = Terms::default();
    let mut served = vec![false; problem.needs().len()];
    let mut service: BTreeMap<VolunteerId, i64> = BTreeMap::new();
    // Who serves what, and when first.
    let mut started: BTreeMap<(NeedId, VolunteerId), Time> = BTreeMap::new();
    let mut work: BTreeMap<VolunteerId, Seconds> = BTreeMap::new();
    let mut ends: BTreeMap<NeedId, Time> = BTreeMap::new();

    let starts = RouteStarts::of(problem, plan);
    for route in &plan.routes {
        let Some(unit) = starts.unit(route.unit) else { continue };
        if route.visits.is_empty() || !in_range(route) {
            continue;
        }
        let company = route.company.iter().filter_map(|other| problem.units().get(other.index()));
        let people = std::iter::once(&*unit).chain(company).map(|unit| unit.volunteer).collect::<Vec<_>>();
        for who in &people {
            let time = worked(problem, &unit, route);
            let sum = work.entry(*who).or_default();
            *sum = Seconds(sum.0.saturating_add(time.0));
            terms.add(Term::WorkTime, time.0);
            terms.add(Term::Overtime, (route.finish - unit.overtime_from).0.max(0));
        }
        for (from, to) in legs(problem, &unit, route) {
            terms.add(Term::TravelTime, problem.travel().seconds(unit.mode, from, to).0);
            terms.add(Term::Distance, problem.travel().metres(unit.mode, from, to).0);
        }
        terms.add(Term::Waiting, waiting(problem, &unit, route).0);
        for visit in route.visits.iter().filter(|v| known(problem, v)) {
            served[visit.need.index()] = true;
            for who in &people {
                let time = service.entry(*who).or_default();
                *time = time.saturating_add((visit.end - visit.start).0);
            }
            ends.entry(visit.need)
                .and_modify(|end: &mut Time| *end = visit.end.max(*end))
                .or_insert(visit.end);
            let start = started.entry((visit.need, unit.volunteer)).or_insert(visit.start);
            *start = visit.start.min(*start);
            promises(problem, visit, &mut terms);
            let wishes = &problem.need(visit.need).roles[usize::from(visit.role)].prefers;
            let unmet = wishes
                .iter()
                .filter(|_| visit.stop == 0)
                .filter(|w| holds(problem, &unit, w.quality, unit.end).is_ok() != w.wanted);
            terms.add(Term::Preferences, unmet.map(|w| i64::from(w.price)).sum());
        }
    }

    terms.set(Term::People, work.len() as i64);
    let teams = work.keys().flat_map(|&who| &problem.volunteer(who).teams).collect::<BTreeSet<_>>();
    terms.set(Term::Teams, teams.len() as i64);
    for (short, price) in short_teams(problem, work.keys().copied()).map(|(_, short, price)| (short, price)) {
        match price {
            Some(price) => terms.add(Term::Preferences, short.saturating_mul(price.into())),
            None => terms.add(Term::PeopleShort, short),
        }
    }
    terms.set(Term::Spread, spread(problem, &service));
    for (&who, &worked) in &work {
        terms.add(Term::Load, load(problem, who, worked));
    }
    let (most, range) = shares(problem, &work);
    terms.set(Term::LoadWorst, most);
    terms.set(Term::LoadRange, range);
    for &need in &plan.outsourced {
        if let Some(seen_to) = served.get_mut(need.index()) {
            *seen_to = true;
        }
    }
    terms.set(Term::Makespan, makespan(problem, &ends));
    left(problem, &served, &mut terms);
    terms.add(Term::Preferences, strangers(problem, plan));
    if let Some(previous) = problem.previous() {
        for before in &previous.assignments {
            let own = problem.need(before.need).change_price;
            let price = match started.get(&(before.need, before.volunteer)) {
                Some(&start) => {
                    let moved = (start - before.start).0.abs() > previous.tolerance.0;
                    if moved { own.unwrap_or(previous.retime_price) } else { 0 }
                }
                None => own.unwrap_or(previous.reassign_price),
            };
            terms.add(Term::Disruption, i64::from(price));
        }
    }
    problem.objective().score(&terms)
}

/// The teams of which fewer go out than should: how many are missing, and the price of each, where there is one.
pub(super) fn short_teams(
    problem: &Problem,
    out: impl Iterator<Item = VolunteerId>,
) -> impl Iterator<Item = (TeamId, i64, Option<u32>)> {
    let mut members = vec![0_i64; problem.teams().len()];
    for team in out.flat_map(|who| &problem.volunteer(who).teams) {
        members[team.index()] += 1;
    }
    problem.teams().iter().zip(members).enumerate().filter_map(|(number, (team, is))| {
        let least = team.least_people?;
        let short = i64::from(least.count) - is;
        (short > 0).then_some((TeamId::new(number), short, least.price))
    })
}

/// What is left. Ways to do one thing count once, as much as the dearest of them less the one that is served.
fn left(problem: &Problem, served: &[bool], terms: &mut Terms) {
    for id in problem.need_ids() {
        let (need, alone) = (problem.need(id), [id]);
        let ways = if problem.ways(id).is_empty() { &alone } else { problem.ways(id) };
        if ways[0] != id || need.is_vacant() {
            continue;
        }
        let is_served = |way: &&NeedId| served[way.index()];
        let priority = |way: &NeedId| i64::from(problem.need(*way).priority);
        let most = ways.iter().map(priority).max().unwrap_or(0);
        if let Some(way) = ways.iter().find(is_served) {
            terms.add(Term::UnservedPriority, most - priority(way));
            continue;
        }
        terms.add(Term::Unserved, 1);
        terms.add(Term::UnservedPriority, most);
        terms.add(Term::UnservedMandatory, i64::from(need.mandatory || need.is_pinned()));
    }
}

/// Prices of people who come to a need although they do not to another, where the same people should come to both.
fn strangers(problem: &Problem, plan: &Plan) -> i64 {
    let priced = |link: &Link| match link.rule {
        LinkRule::SamePerson { price: Some(price) } => Some((link.from, link.to, i64::from(price))),
        _ => None,
    };
    let links = problem.links().iter().filter_map(priced).collect::<Vec<_>>();
    if links.is_empty() {
        return 0;
    }
    let mut who: BTreeMap<NeedId, BTreeSet<VolunteerId>> = BTreeMap::new();
    for route in &plan.routes {
        let units = std::iter::once(&route.unit).chain(&route.company);
        let units = units.filter_map(|unit| problem.units().get(unit.index()));
        for visit in route.visits.iter().filter(|visit| known(problem, visit)) {
            who.entry(visit.need).or_default().extend(units.clone().map(|unit| unit.volunteer));
        }
    }
    let prices = links.iter().map(|(from, to, price)| match (who.get(from), who.get(to)) {
        (Some(known), Some(come)) => price * come.difference(known).count() as i64,
        _ => 0,
    });
    prices.fold(0, i64::saturating_add)
}

/// Σ weight · (last end − from) over the groups of which some need is served.
fn makespan(problem: &Problem, ends: &BTreeMap<NeedId, Time>) -> i64 {
    let groups = problem.makespans().iter().map(|group| {
        let last = group.needs.iter().filter_map(|need| ends.get(need)).max();
        let time = last.map_or(0, |last| (last.0 - group.from.0).max(0));
        time.saturating_mul(group.weight.into())
    });
    groups.fold(0, i64::saturating_add)
}

/// The greatest share that anybody works of what they offered, in thousandths, and how far it lies above the least.
fn shares(problem: &Problem, work: &BTreeMap<VolunteerId, Seconds>) -> (i64, i64) {
    let shares = problem.volunteers().iter().enumerate().filter_map(|(v, volunteer)| {
        let shifts: Seconds = volunteer.shifts.iter().map(|shift| shift.end - shift.start).sum();
        let offered = i128::from((shifts + volunteer.ledger.offered).0);
        let now = work.get(&VolunteerId::new(v)).map_or(0, |work| work.0.max(0));
        let worked = i128::from(volunteer.ledger.worked.0) + i128::from(now);
        (offered > 0).then(|| i64::try_from(worked * 1000 / offered).unwrap_or(i64::MAX))
    });
    let (least, most) =
        shares.fold((i64::MAX, i64::MIN), |(least, most), share| (least.min(share), most.max(share)));
    if least > most { (0, 0) } else { (most, most - least) }
}

/// The longest service time of anybody on duty less the shortest.
fn spread(problem: &Problem, service: &BTreeMap<VolunteerId, i64>) -> i64 {
    let on_duty =
        problem.volunteers().iter().enumerate().filter(|(_, volunteer)| !volunteer.shifts.is_empty());
    let times = on_duty.map(|(v, _)| service.get(&VolunteerId::new(v)).copied().unwrap_or(0));
    let (least, most) =
        times.fold((i64::MAX, i64::MIN), |(least, most), time| (least.min(time), most.max(time)));
    most.saturating_sub(least).max(0)
}

fn promises(problem: &Problem, visit: &Visit, terms: &mut Terms) {
    let Some(promise) = problem.need(visit.need).promise.filter(|p| !p.hard) else { return };
    let late = |limit, actual| -> i64 { actual - limit };
    let (is_first, is_last) =
        (visit.stop == 0, usize::from(visit.stop) + 1 == problem.need(visit.need).stops.len());
    let start = promise.start_by.filter(|_| is_first).map_or(0, |limit| late(limit.0, visit.start.0));
    let finish = promise.finish_by.filter(|_| is_last).map_or(0, |limit| late(limit.0, visit.end.0));
    let tardiness = start.max(finish);
    if tardiness > 0 {
        terms.add(Term::Tardiness, tardiness);
        terms.add(Term::Late, 1);
        terms.set(Term::WorstTardiness, terms.get(Term::WorstTardiness).max(tardiness));
    }
}

/// Time between being ready at a door and starting, breaks apart.
fn waiting(problem: &Problem, unit: &Unit, route: &Route) -> Seconds {
    let (mut here, mut free) = (unit.from, route.departure);
    let mut sum = 0_i64;
    for step in route.steps() {
        let Some(place) = place_of(problem, step) else { continue };
        let last = last_place(problem, route, here, (free, step.arrival()));
        let setup = setup_at(problem, place, here, last);
        let rest = rest_between(route, step.arrival(), step.start());
        sum = sum.saturating_add((step.start() - step.arrival() - setup - rest).0.max(0));
        (here, free) = (place, step.end());
    }
    Seconds(sum)
}

/// Growth of (time worked)² / (time offered) by `worked` more seconds.
fn load(problem: &Problem, who: VolunteerId, worked: Seconds) -> i64 {
    let volunteer = problem.volunteer(who);
    let shifts: Seconds = volunteer.shifts.iter().map(|s| s.end - s.start).sum();
    let offered = i128::from((shifts + volunteer.ledger.offered).0.max(1));
    let past = i128::from(volunteer.ledger.worked.0);
    let now = past + i128::from(worked.0);
    i64::try_from((now * now - past * past) / offered).unwrap_or(i64::MAX)
}
