//! People who could join: made to fill the roles of a need.

use super::limits::{ChangeLimits, nearest_home};
use crate::eligibility::can_reach;
use crate::model::{
    Handling, Held, Load, Metres, NO_WAY, Need, NeedId, Problem, Quality, Requirement, Seconds, Shift,
    SlotId, Time, UnitId, Volunteer,
};

/// Time left over on either side of the way there and home.
const SLACK: Seconds = Seconds(900);
/// The same where goods are to be fetched or brought back.
const ERRAND: Seconds = Seconds(3 * 3600);
/// Shifts start and end at multiples of this.
pub(super) const GRID: i64 = 300;

/// The people who join in an extent: each suits as many of the roles as one person can, the first the role that fewest could fill.
pub(super) fn newcomers(problem: &Problem, need: NeedId, extent: &ChangeLimits) -> Vec<Volunteer> {
    let mut slots = problem.slots_of(need).filter(|&slot| problem.slot(slot).stop == 0).collect::<Vec<_>>();
    slots.dedup_by_key(|slot| problem.slot(*slot).role);
    if extent.people == 0 {
        return Vec::new();
    }
    let able = |slot: SlotId| problem.unit_ids().filter(|&unit| problem.suits(slot, unit).is_ok()).count();
    if slots.len() > 1 {
        slots.sort_by_cached_key(|&slot| (able(slot), slot));
    }
    let one = |number: usize| {
        let first = number % slots.len().max(1);
        let roles = slots[first..].iter().chain(&slots[..first]).copied();
        newcomer(problem, need, roles, extent, number)
    };
    (0..extent.people as usize).filter_map(one).collect()
}

/// Somebody who lives near and is on duty as long as the need may take. They can do what the first role asks, and what others ask
/// as far as one person can; nothing where nobody new could fill the first.
fn newcomer(
    problem: &Problem,
    need: NeedId,
    mut roles: impl Iterator<Item = SlotId>,
    extent: &ChangeLimits,
    number: usize,
) -> Option<Volunteer> {
    let asked = problem.need(need);
    let apart = asked.roles.iter().map(|role| role.min_home_distance).max().unwrap_or(Metres::ZERO);
    let (like, way) = nearest_home(problem, problem.need_place(need), apart)?;
    let model = problem.volunteer(problem.unit(like).volunteer);
    let blank = Volunteer::new(free_key(problem, number), model.home, model.profile);
    let mut person = able_to(problem, &blank, &problem.role(roles.next()?).requires)?;
    for role in roles {
        if let Some(more) = able_to(problem, &person, &problem.role(role).requires) {
            person = more;
        }
    }
    for tally in asked.crew.tallies.iter().filter(|tally| tally.min > 0) {
        let _ = gain(problem, &mut person, tally.quality);
    }
    if asked.crew.same_team && person.teams.is_empty() {
        person.teams.clone_from(&model.teams);
    }
    person.capacity = room_for(asked);
    person.shifts = vec![shift(problem, asked, like, way, extent)?];
    Some(person)
}

/// Whether those who join in a changed problem could fill, each alone, whatever role of a need anybody who joins ever could.
pub(super) fn knows_all_newcomers(problem: &Problem, changed: &Problem, need: NeedId, people: u32) -> bool {
    let known = problem.volunteers().len();
    let joined = changed.unit_ids().filter(|&unit| changed.unit(unit).volunteer.index() >= known);
    let joined = joined.collect::<Vec<_>>();
    changed.slots_of(need).all(|slot| {
        let role = changed.role(slot);
        let asked = &role.requires;
        let by_name = |list: &[Quality]| list.iter().any(|quality| matches!(quality, Quality::Volunteer(_)));
        let only_by_name =
            |list: &Vec<Quality>| list.iter().all(|quality| matches!(quality, Quality::Volunteer(_)));
        // Nobody who is new is ever one of those who are named.
        role.pin.is_some()
            || by_name(&asked.all)
            || asked.any.iter().any(only_by_name)
            || joined.len() >= people as usize
                && joined.iter().all(|&unit| can_reach(changed, slot, unit).is_ok())
    })
}

/// A key that nobody has; another for each number.
pub(super) fn free_key(problem: &Problem, number: usize) -> String {
    let is_free = |key: &String| problem.volunteers().iter().all(|volunteer| volunteer.key != *key);
    (1..).map(|n| format!("new-{n}")).filter(is_free).nth(number).unwrap_or_default()
}

/// The same person with what a requirement asks for; nothing where nobody new, or not this one, could meet it.
pub(super) fn able_to(problem: &Problem, person: &Volunteer, asked: &Requirement) -> Option<Volunteer> {
    let mut able = person.clone();
    for &quality in &asked.all {
        gain(problem, &mut able, quality)?;
    }
    for list in &asked.any {
        let gained = list.iter().filter(|quality| !asked.none.contains(quality)).find_map(|&quality| {
            let mut with = able.clone();
            gain(problem, &mut with, quality).map(|()| with)
        });
        able = gained?;
    }
    let forbidden = asked.none.iter().any(|&quality| is(problem, &able, quality));
    (!forbidden).then_some(able)
}

/// Makes a quality true of a person; nothing where that cannot be.
fn gain(problem: &Problem, person: &mut Volunteer, quality: Quality) -> Option<()> {
    if is(problem, person, quality) {
        return Some(());
    }
    match quality {
        Quality::Skill(what) => {
            person.holds.retain(|held| held.what.skill != what.skill);
            person.holds.push(Held { what, expires: None });
        }
        Quality::Gender(gender) if person.gender.is_none() => person.gender = Some(gender),
        Quality::Team(team) => person.teams.push(team),
        Quality::Category(category) => {
            let mut teams = problem.teams().iter().zip(0..);
            let (_, team) = teams.find(|(team, _)| team.category == Some(category))?;
            person.teams.push(crate::model::TeamId(team));
        }
        Quality::Gender(_) | Quality::Volunteer(_) => return None,
    }
    Some(())
}

/// Whether a quality is true of a person who is new.
fn is(problem: &Problem, person: &Volunteer, quality: Quality) -> bool {
    match quality {
        Quality::Skill(asked) => {
            let enough = |held: &Held| held.what.skill == asked.skill && held.what.level >= asked.level;
            person.holds.iter().any(enough)
        }
        Quality::Gender(gender) => person.gender == Some(gender),
        Quality::Team(team) => person.teams.contains(&team),
        Quality::Category(category) => {
            person.teams.iter().any(|team| problem.teams()[team.index()].category == Some(category))
        }
        Quality::Volunteer(_) => false,
    }
}

/// Room for what the crew brings, all of it.
fn room_for(need: &Need) -> Vec<Load> {
    let mut room: Vec<Load> = Vec::new();
    for load in need.roles.iter().flat_map(|role| &role.load) {
        match room.iter_mut().find(|known| known.dimension == load.dimension) {
            Some(known) => known.amount = known.amount.max(load.amount),
            None => room.push(*load),
        }
    }
    room
}

/// A shift that is long enough for the way there, the service in the first of the windows, and the way home.
fn shift(problem: &Problem, need: &Need, like: UnitId, way: Seconds, extent: &ChangeLimits) -> Option<Shift> {
    let unit = problem.unit(like);
    let travel = problem.travel();
    let first = need.stops.first()?;
    let opens = first.windows.first()?.from - extent.sooner;
    let mut place = first.place;
    let mut latest = first.windows.first()?.to + extent.later + longest_service(need, 0);
    for (s, stop) in need.stops.iter().enumerate().skip(1) {
        let there = latest + travel.least_seconds(unit.mode, place, stop.place);
        let closes = stop.windows.last()?.to + extent.later;
        latest = there.min(closes).max(stop.windows.first()?.from) + longest_service(need, s);
        place = stop.place;
    }
    let home = problem.volunteer(unit.volunteer).home;
    let back = travel.least_seconds(unit.mode, place, home);
    if way >= NO_WAY || back >= NO_WAY {
        return None;
    }
    let fetches = need.goods.iter().any(|supply| supply.handling != Handling::Collect);
    let brings = need.goods.iter().any(|supply| supply.handling != Handling::Deliver);
    let setup = problem.place(first.place).setup;
    let start = opens - way - setup - if fetches { ERRAND } else { SLACK };
    let end = latest + back + if brings { ERRAND } else { SLACK };
    let start = Time(start.0.div_euclid(GRID) * GRID);
    let end = Time((end.0 + GRID - 1).div_euclid(GRID) * GRID);
    // Days are numbered as the caller likes: as that of the shift that starts nearest to this one.
    let shifts = problem.volunteers().iter().flat_map(|volunteer| &volunteer.shifts);
    let nearest = shifts.min_by_key(|shift| ((shift.start - start).0.abs(), shift.day))?;
    let days = ((start - nearest.start).0 as f64 / 86_400.0).round() as i32;
    let day = nearest.day.saturating_add(days);
    Some(Shift::new(start, end, day))
}

fn longest_service(need: &Need, stop: usize) -> Seconds {
    let own = need.roles.iter().filter_map(|role| role.service);
    own.chain([need.stops[stop].service]).max().unwrap_or(Seconds::ZERO)
}
