//! Crews and links for random problems.

#![allow(dead_code)] // not every suite asks for all of it

use qise::Problem;
use qise::model::{
    CrewRules, Limits, Link, LinkRule, Makespan, NeedId, Objective, Overlap, PreviousVisit, Quality,
    Requirement, Role, RouteEnd, RouteStart, Seconds, SkillId, SkillLevel, StartGap, Tally, TeamId, Term,
    Time, VolunteerId, Weighted,
};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// The same problem with crews: every second need asks for two or three people, together or one after the other.
pub(crate) fn with_crews(seed: u64, problem: &Problem) -> Problem {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let mut data = problem.to_data();
    let mut alone = vec![true; data.needs.len()];
    for (need, alone) in data.needs.iter_mut().zip(&mut alone) {
        if random.random_bool(0.5) || need.is_ride() {
            continue;
        }
        *alone = false;
        if random.random_bool(0.3) && need.roles[0].pin.is_none() {
            need.roles[0].count = 2;
        } else {
            let mut second = Role::new(Requirement::default());
            if random.random_bool(0.5) {
                let skill = SkillId(random.random_range(0..4));
                second.requires.all = vec![Quality::Skill(SkillLevel { skill, level: 1 })];
            }
            second.service = random.random_bool(0.5).then(|| Seconds(random.random_range(1..9) * 300));
            need.roles.push(second);
            let min = Seconds(random.random_range(-2..4) * 600);
            let max = min + Seconds(random.random_range(0..4) * 600);
            let how = random.random_range(0..4);
            if how < 2 {
                need.gaps = vec![StartGap { from: 0, to: 1, min, max }];
            } else if how == 2 {
                let ordinary = need.stops[0].service;
                let most = need.roles[1].service.unwrap_or(ordinary).min(ordinary);
                let least = Seconds(most.0 * random.random_range(0..=4) / 4);
                need.overlaps = vec![Overlap { one: 0, other: 1, least }];
            }
            if random.random_bool(0.2) {
                need.roles.push(Role::new(Requirement::default()));
            }
        }
    }
    if let Some(previous) = &mut data.previous {
        // One more of a crew was told to come.
        let crews = previous.assignments.iter().filter(|told| !alone[told.need.index()]);
        let more = crews.map(|told| PreviousVisit {
            volunteer: VolunteerId((told.volunteer.0 + 1) % data.volunteers.len() as u32),
            ..*told
        });
        let more = more.filter(|told| told.volunteer.0 > 0).collect::<Vec<_>>();
        previous.assignments.extend(more);
    }
    Problem::new(data).expect("only what crews cannot have was taken away")
}

/// The same problem with people who may go as parties, needs that ask for more people than they have roles, groups whose last end counts,
/// and needs that may be handed to others.
pub(crate) fn with_parties(seed: u64, problem: &Problem) -> Problem {
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0x22);
    let mut data = problem.to_data();
    let first = data.volunteers[0].clone();
    for (v, volunteer) in data.volunteers.iter_mut().enumerate() {
        // One stays alone, if there are many.
        if v > 3 && random.random_bool(0.3) {
            continue;
        }
        volunteer.shifts.clone_from(&first.shifts);
        for shift in &mut volunteer.shifts {
            if shift.from == RouteStart::Home {
                shift.from = RouteStart::At(first.home);
            }
            if shift.to == RouteEnd::Home {
                shift.to = RouteEnd::At(first.home);
            }
            shift.breaks.clear();
            shift.party = true;
        }
        volunteer.per_day = Limits::default();
        volunteer.pace_permille = 1000;
    }
    let latest = data.volunteers.iter().flat_map(|v| &v.shifts).map(|shift| shift.end).max();
    let from = data.volunteers.iter().flat_map(|v| &v.shifts).map(|shift| shift.start).min();
    let from = from.zip(latest).map_or(Time(0), |(from, _)| from);
    for need in &mut data.needs {
        // Whoever was to come may be on duty at other times now.
        need.roles.iter_mut().for_each(|role| role.pin = None);
        need.outsource = random.random_bool(0.3).then(|| random.random_range(0..4));
        if random.random_bool(0.5) {
            let skill = SkillId(random.random_range(0..4));
            let quality = match random.random_range(0..4) {
                0 => Quality::Team(TeamId(0)),
                _ => Quality::Skill(SkillLevel { skill, level: 1 }),
            };
            let max = random.random_bool(0.2).then_some(3);
            // More people come where less is asked of each.
            need.roles[0].requires = Requirement::default();
            need.crew.tallies = vec![Tally { quality, min: random.random_range(1..3), max }];
        }
    }
    data.outsourcing = random.random_range(0..8);
    data.choices.clear();
    let mut group = |weight| {
        let needs = (0..data.needs.len() as u32).map(NeedId).filter(|_| random.random_bool(0.5));
        Makespan { needs: needs.collect(), from, weight }
    };
    data.makespans = vec![group(28), group(4), group(1)];
    if seed.is_multiple_of(3) {
        let terms = [Term::UnservedMandatory, Term::UnservedPriority, Term::Makespan, Term::TravelTime];
        data.objective = Objective::ordered(&terms);
    } else if let Some(last) = data.objective.levels.last_mut() {
        last.push(Weighted { term: Term::Makespan, weight: 1 });
    }
    Problem::new(data).expect("only what parties cannot have was taken away")
}

/// The same problem with links between its needs, rules for its crews, and people who must not meet.
pub(crate) fn with_links(seed: u64, problem: &Problem) -> Problem {
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0x11);
    let mut data = problem.to_data();
    let needs = data.needs.len() as u32;
    for from in 0..needs {
        for to in from + 1..needs {
            if !random.random_bool(1.5 / f64::from(needs)) {
                continue;
            }
            let min = Seconds(random.random_range(-2..4) * 900);
            let max = random.random_bool(0.5).then(|| min + Seconds(random.random_range(0..8) * 900));
            let days = random.random_range(-1..2);
            let most = days + random.random_range(0..2);
            let rule = match random.random_range(0..7) {
                0 | 1 => LinkRule::After { min, max },
                6 => {
                    LinkRule::DaysApart { min: days, max: most, weeks: days <= 0 && most >= 0 && days < most }
                }
                2 => LinkRule::SamePerson {
                    price: random.random_bool(0.5).then(|| random.random_range(0..2000)),
                },
                3 => LinkRule::DifferentPerson,
                4 => LinkRule::SameDay,
                _ => LinkRule::Together,
            };
            let in_order = matches!(rule, LinkRule::After { .. } | LinkRule::DaysApart { .. });
            let turned = random.random_bool(0.3) && !in_order;
            let (from, to) = if turned { (to, from) } else { (from, to) };
            data.links.push(Link { from: NeedId(from), to: NeedId(to), rule });
            if rule == LinkRule::Together && random.random_bool(0.5) {
                data.links.push(Link {
                    from: NeedId(from),
                    to: NeedId(to),
                    rule: LinkRule::SamePerson { price: None },
                });
            }
        }
    }
    for first in (0..needs.saturating_sub(1)).step_by(2) {
        let ways = [NeedId(first), NeedId(first + 1)];
        let together = |link: &Link| ways.contains(&link.from) && ways.contains(&link.to);
        let comes_first = ways.map(|way| {
            let need = &data.needs[way.index()];
            need.mandatory || need.is_pinned()
        });
        let may = comes_first[0] == comes_first[1] && !data.links.iter().any(together);
        let goes_along = data.volunteers.iter().flat_map(|v| &v.shifts).any(|shift| shift.party);
        if may && !goes_along && random.random_bool(0.3) {
            data.choices.push(ways.to_vec());
        }
    }
    for need in &mut data.needs {
        let people = need.people() as u32;
        if people > 1 && random.random_bool(0.5) {
            let quality = match random.random_range(0..2) {
                0 => Quality::Team(TeamId(0)),
                _ => Quality::Skill(SkillLevel { skill: SkillId(1), level: 2 }),
            };
            let (min, max) = if random.random_bool(0.5) { (1, None) } else { (0, Some(1)) };
            let tallies = vec![Tally { quality, min, max }];
            need.crew = CrewRules { same_team: random.random_bool(0.3), tallies };
        }
    }
    if data.volunteers.len() > 1 && random.random_bool(0.5) {
        data.apart = vec![(VolunteerId(1), VolunteerId(0))];
    }
    Problem::new(data).expect("links between different needs, forward in time")
}
