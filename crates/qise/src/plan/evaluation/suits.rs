//! Whether the person suits the need: told from the lists as they stand, without bits or indexes.

use super::Judge;
use crate::model::{Metres, PlaceId, Problem, Quality, SkillKind, SkillLevel, Unit, Volunteer, great_circle};
use crate::plan::{Rule, Visit};
use crate::{Text, text};

impl Judge<'_> {
    pub(super) fn suits(&mut self, path: &str, visit: &Visit, unit: &Unit) {
        let problem = self.problem;
        let id = visit.need;
        let role = &problem.need(id).roles[usize::from(visit.role)];
        let volunteer = problem.volunteer(unit.volunteer);
        let path = format!("{path}.need");

        for &quality in &role.requires.all {
            if let Err(rule) = holds(problem, unit, quality) {
                self.broken(path.clone(), rule, name(problem, quality));
            }
        }
        for group in &role.requires.any {
            if !group.iter().any(|&quality| holds(problem, unit, quality).is_ok()) {
                let names = group.iter().map(|&q| name(problem, q).en).collect::<Vec<_>>().join(" / ");
                self.broken(path.clone(), Rule::NoAlternative, Text::same(names));
            }
        }
        for &quality in &role.requires.none {
            if holds(problem, unit, quality).is_ok() {
                self.broken(path.clone(), Rule::Forbidden, name(problem, quality));
            }
        }

        let place = problem.stop_place(id, visit.stop);
        let apart = apart(problem, volunteer, place);
        if apart < role.min_home_distance {
            let least = role.min_home_distance;
            self.broken(
                path.clone(),
                Rule::TooNear,
                text!("{apart}, at least {least}", "{apart},至少 {least}"),
            );
        }
        if let Some(radius) = volunteer.max_radius {
            let away = problem.travel().profile_metres(volunteer.profile, volunteer.home, place);
            if away > radius {
                self.broken(
                    path,
                    Rule::BeyondRadius,
                    text!("{away}, at most {radius}", "{away},最多 {radius}"),
                );
            }
        }
    }
}

/// Whether a quality is true of the person in this shift; the rule that is broken when not.
pub(super) fn holds(problem: &Problem, unit: &Unit, quality: Quality) -> Result<(), Rule> {
    let volunteer = problem.volunteer(unit.volunteer);
    let (good, rule) = match quality {
        Quality::Skill(what) => return holds_skill(problem, unit, what),
        Quality::Gender(gender) => (volunteer.gender == Some(gender), Rule::WrongGender),
        Quality::Team(team) => (volunteer.teams.contains(&team), Rule::WrongTeam),
        Quality::Category(category) => {
            let stands_for = |t: &crate::model::TeamId| problem.teams()[t.index()].category == Some(category);
            (volunteer.teams.iter().any(stands_for), Rule::WrongTeam)
        }
        Quality::Volunteer(who) => (unit.volunteer == who, Rule::WrongPerson),
    };
    if good { Ok(()) } else { Err(rule) }
}

fn holds_skill(problem: &Problem, unit: &Unit, what: SkillLevel) -> Result<(), Rule> {
    let (missing, level, expired) = match problem.skills()[what.skill.index()].kind {
        SkillKind::Skill => (Rule::SkillMissing, Rule::SkillLevel, Rule::SkillExpired),
        SkillKind::Credential => (Rule::CredentialMissing, Rule::CredentialLevel, Rule::CredentialExpired),
        SkillKind::Language => (Rule::LanguageMissing, Rule::LanguageLevel, Rule::LanguageExpired),
    };
    let held = problem.volunteer(unit.volunteer).holds.iter().find(|h| h.what.skill == what.skill);
    let held = held.ok_or(missing)?;
    if held.what.level < what.level {
        return Err(level);
    }
    if held.expires.is_some_and(|expires| expires < unit.end) {
        return Err(expired);
    }
    Ok(())
}

/// As the crow flies where both places have coordinates, else by the person's own matrix.
fn apart(problem: &Problem, volunteer: &Volunteer, place: PlaceId) -> Metres {
    match (problem.place(volunteer.home).at, problem.place(place).at) {
        (Some(a), Some(b)) => great_circle(a, b),
        _ => problem.travel().profile_metres(volunteer.profile, volunteer.home, place),
    }
}

pub(super) fn name(problem: &Problem, quality: Quality) -> Text {
    match quality {
        Quality::Skill(what) => {
            let (key, level) = (&problem.skills()[what.skill.index()].key, what.level);
            text!("{key} at level {level}", "{key} {level} 级")
        }
        Quality::Gender(crate::model::Gender::Female) => text!("a woman", "女性"),
        Quality::Gender(crate::model::Gender::Male) => text!("a man", "男性"),
        Quality::Team(team) => {
            let key = &problem.teams()[team.index()].key;
            text!("team {key}", "队伍 {key}")
        }
        Quality::Category(category) => {
            let key = &problem.categories()[category.index()].key;
            text!("a team of category {key}", "{key} 类队伍")
        }
        Quality::Volunteer(who) => Text::same(problem.volunteer(who).key.clone()),
    }
}
