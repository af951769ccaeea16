//! Crews and links for random problems.

#![allow(dead_code)] // not every suite asks for all of it

use qise::Problem;
use qise::model::{
    CrewRules, Link, LinkRule, NeedId, PreviousVisit, Quality, Requirement, Role, Seconds, SkillId,
    SkillLevel, StartGap, Tally, TeamId, VolunteerId,
};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// The same problem with crews: every second need asks for two or three people, together or one after the other.
pub(crate) fn with_crews(seed: u64, problem: &Problem) -> Problem {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let mut data = problem.to_data();
    let mut alone = vec![true; data.needs.len()];
    for (need, alone) in data.needs.iter_mut().zip(&mut alone) {
        if random.random_bool(0.5) {
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
            if random.random_bool(0.5) {
                need.gaps = vec![StartGap { from: 0, to: 1, min, max }];
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
            let rule = match random.random_range(0..6) {
                0 | 1 => LinkRule::After { min, max },
                2 => LinkRule::SamePerson,
                3 => LinkRule::DifferentPerson,
                4 => LinkRule::SameDay,
                _ => LinkRule::Together,
            };
            let turned = random.random_bool(0.3) && !matches!(rule, LinkRule::After { .. });
            let (from, to) = if turned { (to, from) } else { (from, to) };
            data.links.push(Link { from: NeedId(from), to: NeedId(to), rule });
            if rule == LinkRule::Together && random.random_bool(0.5) {
                data.links.push(Link { from: NeedId(from), to: NeedId(to), rule: LinkRule::SamePerson });
            }
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
