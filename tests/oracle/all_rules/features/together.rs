//! Crews, parties, needs handed to others, links, rides, choices.

use std::collections::BTreeSet;

use qise::model::{
    DimensionId, LeastPeople, Limits, Link, LinkRule, Load, NeedId, Overlap, PlaceId, Quality, Requirement,
    Role, RouteEnd, RouteStart, Seconds, StartGap, Stop, Tally, TeamId, Term, Unload, VolunteerId, Weighted,
    Window,
};
use qise::plan::{Route, Visit};
use rand::RngExt;

use super::super::draw::{Draw, level};
use super::times::rest_when_empty;

/// Another person comes along, where only one did.
pub(super) fn crew(draw: &mut Draw) -> Option<()> {
    let need = for_more(draw)?;
    draw.need(need).roles.push(Role::new(Requirement::default()));
    Some(())
}

/// A need that one person serves, and that may ask for more people.
fn for_more(draw: &mut Draw) -> Option<NeedId> {
    let (_, visit) = draw.plain_visit()?;
    let priced = draw.data.needs[visit.need.index()].outsource.is_some();
    (draw.data.volunteers.len() > 1 && !priced).then_some(visit.need)
}

/// Two people one after the other, so far apart that one could well do both.
pub(super) fn crew_in_turn(draw: &mut Draw) -> Option<()> {
    let need = for_more(draw)?;
    let service = draw.problem.need(need).stops[0].service;
    let min = service + Seconds(service.0 / 2) + draw.minutes(0, 20);
    let more = draw.minutes(30, 200);
    // Sometimes one alone can do either.
    if let Some(able) = draw.random.random_bool(0.7).then(|| draw.route()).flatten() {
        let able = draw.who(able.unit);
        for (v, volunteer) in draw.data.volunteers.iter_mut().enumerate() {
            volunteer.holds.retain(|held| v == able.index() || held.what.skill.0 != 1);
        }
    }
    let need = draw.need(need);
    let mut second = Role::new(Requirement::default());
    second.requires.all = vec![Quality::Skill(level(1, 1))];
    need.roles[0].requires.all.clone_from(&second.requires.all);
    need.roles.push(second);
    need.gaps = vec![StartGap { from: 0, to: 1, min, max: min + more }];
    for window in &mut need.stops[0].windows {
        window.to += Seconds(3 * 3600);
    }
    need.stops[0].windows.truncate(1);
    Some(())
}

/// A crew that the plan serves: its need, and its first two visits with who makes them.
fn served_crew(draw: &mut Draw, loose: bool) -> Option<(NeedId, [(VolunteerId, Visit); 2])> {
    let need = for_more(draw)?;
    let asked = draw.need(need);
    asked.roles.push(Role::new(Requirement::default()));
    if loose {
        let far = Seconds(4 * 3600);
        asked.gaps = vec![StartGap { from: 0, to: 1, min: -far, max: far }];
    }
    if !draw.settle() {
        return None;
    }
    let visits = draw.plan.visits().filter(|(_, visit)| visit.need == need);
    let mut visits = visits.map(|(unit, visit)| (draw.who(unit), *visit)).collect::<Vec<_>>();
    visits.sort_by_key(|(_, visit)| visit.role);
    Some((need, [*visits.first()?, *visits.get(1)?]))
}

pub(super) fn crew_apart(draw: &mut Draw) -> Option<()> {
    let (need, [(_, one), (_, other)]) = served_crew(draw, true)?;
    let gap = other.start - one.start;
    let by = draw.minutes(60, 400);
    let by = if draw.random.random_bool(0.5) { by } else { -by };
    let slack = draw.minutes(0, 4);
    draw.need(need).gaps = vec![StartGap { from: 0, to: 1, min: gap + by, max: gap + by + slack }];
    Some(())
}

/// People who were at work one after the other are to be so together for a while.
pub(super) fn crew_overlap(draw: &mut Draw) -> Option<()> {
    let (need, _) = served_crew(draw, true)?;
    let share = draw.random.random_range(2..=4);
    let need = draw.need(need);
    let least = Seconds(need.stops[0].service.0 * share / 4);
    need.gaps.clear();
    need.overlaps = vec![Overlap { one: 0, other: 1, least }];
    Some(())
}

/// Two of a kind instead of one.
pub(super) fn crew_of_two(draw: &mut Draw) -> Option<()> {
    let need = for_more(draw)?;
    draw.need(need).roles[0].count = 2;
    Some(())
}

pub(super) fn crew_team(draw: &mut Draw) -> Option<()> {
    let (need, [(one, _), (other, _)]) = served_crew(draw, false)?;
    draw.volunteer(one).teams = vec![TeamId(0)];
    draw.volunteer(other).teams = vec![TeamId(1)];
    draw.need(need).crew.same_team = true;
    Some(())
}

pub(super) fn crew_tally(draw: &mut Draw) -> Option<()> {
    let (need, [(one, _), (other, _)]) = served_crew(draw, false)?;
    let tally = if draw.random.random_bool(0.5) {
        draw.volunteer(one).holds.retain(|held| held.what.skill.0 != 0);
        Tally { quality: Quality::Skill(level(0, 2)), min: 2, max: None }
    } else {
        draw.volunteer(one).teams = vec![TeamId(0)];
        draw.volunteer(other).teams = vec![TeamId(0)];
        Tally { quality: Quality::Team(TeamId(0)), min: 0, max: Some(1) }
    };
    draw.need(need).crew.tallies = vec![tally];
    Some(())
}

/// One more member of a team than goes out should: must, or at a price.
pub(super) fn least_people(draw: &mut Draw) -> Option<()> {
    let out = draw.plan.routes.iter().map(|route| draw.who(route.unit)).collect::<BTreeSet<_>>();
    let count = out.len() as u32 + 1;
    if count as usize > draw.data.volunteers.len() {
        return None;
    }
    for who in &mut draw.data.volunteers {
        who.teams = vec![TeamId(0)];
    }
    let price = draw.random.random_bool(0.3).then(|| draw.random.random_range(1..2000));
    draw.data.teams[0].least_people = Some(LeastPeople { count, price });
    if price.is_some() && !draw.data.objective.uses(Term::Preferences) {
        let last = draw.data.objective.levels.last_mut()?;
        last.push(Weighted { term: Term::Preferences, weight: 1 });
    }
    Some(())
}

pub(super) fn crew_meets(draw: &mut Draw) -> Option<()> {
    let (_, [(one, _), (other, _)]) = served_crew(draw, false)?;
    draw.data.apart = vec![(one, other)];
    Some(())
}

/// People who may go as parties, and one who may not; needs that ask for more of a party than one person holds.
pub(super) fn party(draw: &mut Draw) -> Option<()> {
    let data = &mut draw.data;
    if data.volunteers.len() < 2 {
        return None;
    }
    let first = data.volunteers[0].clone();
    let last = data.volunteers.len() - 1;
    for (v, volunteer) in data.volunteers.iter_mut().enumerate() {
        volunteer.shifts = vec![first.shifts[0].clone()];
        let shift = &mut volunteer.shifts[0];
        (shift.from, shift.to) = (RouteStart::At(first.home), RouteEnd::At(first.home));
        (shift.breaks, shift.carries) = (Vec::new(), Vec::new());
        shift.party = true;
        if v == last {
            shift.end += Seconds(1800);
        }
        (volunteer.per_day, volunteer.per_week) = (Limits::default(), Limits::default());
        (volunteer.rest, volunteer.pace_permille) = (Seconds::ZERO, 1000);
    }
    data.choices.clear();
    for need in &mut data.needs {
        if need.is_ride() || !need.goods.is_empty() {
            return None;
        }
        if draw.random.random_bool(0.6) {
            need.crew.tallies = vec![Tally { quality: Quality::Skill(level(0, 2)), min: 2, max: None }];
        }
    }
    Some(())
}

/// Some needs may be handed to others, for nothing that is short.
pub(super) fn outsourced(draw: &mut Draw) -> Option<()> {
    draw.data.outsourcing = draw.random.random_range(1..9);
    for n in 0..draw.data.needs.len() {
        let free = draw.problem.ways(NeedId::new(n)).is_empty() && !draw.data.needs[n].is_ride();
        let price = draw.random.random_range(1..6);
        draw.data.needs[n].outsource = (free && draw.random.random_bool(0.5)).then_some(price);
    }
    draw.data.needs.iter().any(|need| need.outsource.is_some()).then_some(())
}

pub(super) fn budget(draw: &mut Draw) -> Option<()> {
    if draw.plan.outsourced.is_empty() && (outsourced(draw).is_none() || !draw.settle()) {
        return None;
    }
    let prices = draw.plan.outsourced.iter().filter_map(|need| draw.problem.need(*need).outsource);
    let spent: u32 = prices.sum();
    draw.data.outsourcing = spent.checked_sub(1)?;
    Some(())
}

/// Some served need hangs on one that is left, or that nobody can serve.
pub(super) fn needed(draw: &mut Draw) -> Option<()> {
    let (_, visit) = draw.visit()?;
    let from = draw.left().filter(|_| draw.random.random_bool(0.7)).unwrap_or_else(|| {
        let mut never = draw.data.needs[visit.need.index()].clone();
        never.key = format!("never{}", draw.data.needs.len());
        never.stops[0].windows = vec![Window { from: visit.start, to: visit.start }];
        never.stops[0].service += Seconds(24 * 3600);
        (never.mandatory, never.promise, never.outsource) = (false, None, None);
        never.roles.iter_mut().for_each(|role| role.pin = None);
        draw.data.needs.push(never);
        NeedId::new(draw.data.needs.len() - 1)
    });
    let rule = if draw.random.random_bool(0.5) {
        LinkRule::Together
    } else {
        LinkRule::After { min: Seconds(-3 * 3600), max: None }
    };
    draw.data.links.push(Link { from, to: visit.need, rule });
    Some(())
}

/// Two needs that the plan serves, each by one person at one place, the sooner first.
fn pair(draw: &mut Draw) -> Option<[(VolunteerId, i32, Visit); 2]> {
    let problem = draw.problem.clone();
    let alone = |need: NeedId| problem.need(need).people() == 1 && !problem.need(need).is_ride();
    let visits = draw.plan.visits().filter(|(_, visit)| alone(visit.need));
    let visits = visits.map(|(unit, visit)| (draw.who(unit), problem.unit(unit).day, *visit));
    let visits = visits.collect::<Vec<_>>();
    if visits.len() < 2 {
        return None;
    }
    let one = draw.random.random_range(0..visits.len());
    let other = (one + draw.random.random_range(1..visits.len())) % visits.len();
    let mut pair = [visits[one], visits[other]];
    pair.sort_by_key(|(.., visit)| visit.start);
    Some(pair)
}

pub(super) fn after(draw: &mut Draw) -> Option<()> {
    let [(.., one), (.., other)] = pair(draw)?;
    let gap = other.start - one.end;
    let by = draw.minutes(5, 90);
    let (min, max) = if draw.random.random_bool(0.5) {
        (gap + by, None)
    } else {
        (gap - by - Seconds(7200), Some(gap - by))
    };
    draw.data.links.push(Link { from: one.need, to: other.need, rule: LinkRule::After { min, max } });
    Some(())
}

pub(super) fn persons(draw: &mut Draw) -> Option<()> {
    let [(first, _, one), (second, _, other)] = pair(draw)?;
    let rule = if first == second { LinkRule::DifferentPerson } else { LinkRule::SamePerson { price: None } };
    draw.data.links.push(Link { from: one.need, to: other.need, rule });
    // At a price it is a wish.
    if draw.random.random_bool(0.3)
        && let Some([(.., one), (.., other)]) = pair(draw)
    {
        let rule = LinkRule::SamePerson { price: Some(draw.random.random_range(1..4000)) };
        draw.data.links.push(Link { from: one.need, to: other.need, rule });
    }
    Some(())
}

pub(super) fn same_day(draw: &mut Draw) -> Option<()> {
    for _ in 0..10 {
        let [(_, first, one), (_, second, other)] = pair(draw)?;
        if first != second {
            draw.data.links.push(Link { from: one.need, to: other.need, rule: LinkRule::SameDay });
            return Some(());
        }
    }
    None
}

/// A day more or a day less between two needs than there is.
pub(super) fn days_apart(draw: &mut Draw) -> Option<()> {
    let [(.., one), (.., other)] = pair(draw)?;
    let calendar = draw.problem.calendar();
    let days = (calendar.day(other.start) - calendar.day(one.start)) as i32;
    let (min, max) = if draw.random.random_bool(0.5) { (days + 1, days + 3) } else { (days - 3, days - 1) };
    let rule = LinkRule::DaysApart { min, max, weeks: false };
    draw.data.links.push(Link { from: one.need, to: other.need, rule });
    Some(())
}

/// Whoever serves goes on to another place.
pub(super) fn ride(draw: &mut Draw) -> Option<()> {
    let (_, visit) = draw.plain_visit()?;
    let places = draw.data.places.len();
    let place = PlaceId::new(draw.random.random_range(0..places));
    let (from, later) = (draw.minutes(0, 30), draw.minutes(30, 300));
    let service = draw.minutes(0, 20);
    let need = draw.need(visit.need);
    (need.outsource, need.roles[0].service_by) = (None, Vec::new());
    let windows = vec![Window { from: visit.end + from, to: visit.end + from + later }];
    need.stops.push(Stop { place, windows, service });
    Some(())
}

/// Two rides under way at once, where only the last that got in can get off.
pub(super) fn last_in_first_out(draw: &mut Draw) -> Option<()> {
    if !draw.problem.has_rides() && (ride(draw).is_none() || !draw.settle()) {
        return None;
    }
    for _ in 0..6 {
        ride_beside(draw)?;
        if !draw.settle() {
            return None;
        }
        if draw.plan.routes.iter().any(|route| is_crossed(&draw.problem, route)) {
            draw.data.volunteers.iter_mut().for_each(|who| who.unload = Unload::LastInFirstOut);
            draw.data.vehicles.iter_mut().for_each(|vehicle| vehicle.unload = Unload::LastInFirstOut);
            return Some(());
        }
    }
    None
}

/// The same where every need brings something.
pub(super) fn loads_below_rides(draw: &mut Draw) -> Option<()> {
    for need in draw.data.needs.iter_mut().filter(|need| need.goods.is_empty()) {
        for role in need.roles.iter_mut().filter(|role| role.load.is_empty()) {
            role.load = vec![Load { dimension: DimensionId(0), amount: 1 }];
        }
    }
    let plenty = |load: &mut Load| load.amount += 20;
    draw.data.volunteers.iter_mut().flat_map(|who| &mut who.capacity).for_each(plenty);
    last_in_first_out(draw)
}

/// A break while a ride waits, where nobody may be on board.
pub(super) fn rest_on_a_ride(draw: &mut Draw) -> Option<()> {
    if !draw.problem.has_rides() && (ride(draw).is_none() || !draw.settle()) {
        return None;
    }
    rest_when_empty(draw)
}

/// Another ride begins before one that is there, or while that is under way, and ends while that is under way, or after.
fn ride_beside(draw: &mut Draw) -> Option<()> {
    let (on, off) = draw.plan.routes.iter().find_map(|route| {
        let ride = route.visits.iter().find(|visit| visit.stop > 0)?;
        let on = route.visits.iter().find(|visit| visit.need == ride.need && visit.stop == 0)?;
        Some((on.end, ride.start))
    })?;
    let (_, visit) = draw.plain_visit()?;
    let places = draw.data.places.len();
    let place = PlaceId::new(draw.random.random_range(0..places));
    let before = draw.random.random_bool(0.5);
    let (first, last) = if before { (visit.start.min(on), off) } else { (on, visit.end.max(off)) };
    let (wide, service) = (draw.minutes(20, 240), draw.minutes(0, 5));
    let need = draw.need(visit.need);
    (need.outsource, need.roles[0].service_by) = (None, Vec::new());
    need.stops[0].windows = vec![Window { from: first, to: first + wide }];
    need.stops[0].service = service;
    need.stops.push(Stop { place, windows: vec![Window { from: last, to: last + wide + wide }], service });
    Some(())
}

/// Whether a ride ends below another that began later, or a load is brought from below one.
fn is_crossed(problem: &qise::Problem, route: &Route) -> bool {
    let span = |need: NeedId| {
        let at = |last: bool| {
            let mut of = route.visits.iter().enumerate().filter(|(_, visit)| visit.need == need);
            if last { of.next_back() } else { of.next() }.map(|(at, _)| at)
        };
        at(false).zip(at(true))
    };
    let rides = problem.need_ids().filter(|&need| problem.need(need).is_ride()).filter_map(span);
    let rides = rides.collect::<Vec<_>>();
    let loads = route.visits.iter().enumerate().filter(|(_, visit)| {
        let need = problem.need(visit.need);
        !need.is_ride() && need.roles[usize::from(visit.role)].load.iter().any(|load| load.amount > 0)
    });
    let crossed = |&(on, off): &(usize, usize)| {
        let other =
            |&(later_on, later_off): &(usize, usize)| on < later_on && later_on < off && off < later_off;
        rides.iter().any(other) || loads.clone().any(|(at, _)| on < at && at < off)
    };
    rides.iter().any(crossed)
}

pub(super) fn long_ride(draw: &mut Draw) -> Option<()> {
    if !draw.problem.has_rides() && (ride(draw).is_none() || !draw.settle()) {
        return None;
    }
    let rides = draw.problem.need_ids().filter(|&need| draw.problem.need(need).is_ride()).collect::<Vec<_>>();
    for need in rides {
        let visits = draw.plan.visits().filter(|(_, visit)| visit.need == need).map(|(_, visit)| *visit);
        let visits = visits.collect::<Vec<_>>();
        if let (Some(first), Some(last)) = (visits.first(), visits.last()) {
            let took = last.start - first.end;
            let by = Seconds(draw.random.random_range(1..=(took.0 / 2).max(1)));
            draw.need(need).max_ride = Some((took - by).max(Seconds::ZERO));
            return Some(());
        }
    }
    None
}

/// Two served needs become ways to do one thing, and a third hangs on the one that matters less.
pub(super) fn choice(draw: &mut Draw) -> Option<()> {
    let [(.., one), (.., other)] = pair(draw)?;
    let third = pair(draw)?
        .into_iter()
        .map(|(.., visit)| visit.need)
        .find(|&need| need != one.need && need != other.need)?;
    let (less, more) = (one.need, other.need);
    for way in [less, more] {
        let need = draw.need(way);
        need.outsource = None;
        need.mandatory = false;
        need.roles.iter_mut().for_each(|role| role.pin = None);
    }
    draw.need(less).priority = 1;
    draw.need(more).priority = 8;
    draw.need(third).priority = 7;
    draw.data.choices.push(vec![more, less]);
    draw.data.links.push(Link {
        from: less,
        to: third,
        rule: LinkRule::After { min: Seconds(-90_000), max: None },
    });
    Some(())
}
