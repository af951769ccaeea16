//! Whether the person suits the need: told from the lists as they stand, without bits or indexes.

use super::judge::Judge;
use crate::model::{
    Means, Metres, PlaceId, Problem, Quality, Rule, SkillKind, SkillLevel, Time, Unit, Volunteer,
    great_circle,
};
use crate::plan::{Detail, Location, Quantity, Visit};

impl Judge<'_> {
    /// What the need at `at` asks of the person of `unit`.
    pub(super) fn suits(&mut self, at: Location, visit: &Visit, unit: &Unit) {
        let problem = self.problem;
        let id = visit.need;
        let role = &problem.need(id).roles[usize::from(visit.role)];
        let volunteer = problem.volunteer(unit.volunteer);

        // What is asked for must count until the visit is over, and what is excluded counts from the beginning of the shift. Of people who
        // may go in parties, both count to the end of the shift.
        let party = problem.shift(unit).party;
        let over = if party { unit.end.max(visit.end) } else { visit.end };
        for &quality in &role.requires.all {
            if let Err(rule) = holds(problem, unit, quality, over) {
                let detail = match expiry(problem, unit, quality) {
                    Some(expires) if is_expiry(rule) => Detail::Expired { quality, expires },
                    _ => Detail::Quality(quality),
                };
                self.broken(at, rule, detail);
            }
        }
        for group in &role.requires.any {
            if !group.iter().any(|&quality| holds(problem, unit, quality, over).is_ok()) {
                self.broken(at, Rule::NoAlternative, Detail::NoneOf(group.clone()));
            }
        }
        let until = if party { unit.end } else { unit.start };
        for &quality in &role.requires.none {
            if holds(problem, unit, quality, until).is_ok() {
                self.broken(at, Rule::Forbidden, Detail::Quality(quality));
            }
        }

        let vehicle = unit.vehicle.map(|vehicle| &problem.vehicles()[vehicle.index()]);
        let profile = vehicle.map_or(volunteer.profile, |vehicle| vehicle.profile);
        let allowed = &problem.need(id).vehicles;
        if !allowed.is_empty()
            && !allowed.contains(&Means::Kind(profile))
            && !unit.vehicle.is_some_and(|vehicle| allowed.contains(&Means::Vehicle(vehicle)))
        {
            let detail = unit.vehicle.map_or(Detail::Profile(profile), Detail::Vehicle);
            self.broken(at, Rule::WrongVehicle, detail);
        }
        let place = problem.stop_place(id, visit.stop);
        let apart = apart(problem, volunteer, place);
        if apart < role.min_home_distance {
            let (is, limit) = (Quantity::Distance(apart), Quantity::Distance(role.min_home_distance));
            self.broken(at, Rule::TooNear, Detail::AtLeast { is, limit });
        }
        if let Some(radius) = volunteer.max_radius {
            let away = problem.travel().profile_metres(volunteer.profile, volunteer.home, place);
            if away > radius {
                let (is, limit) = (Quantity::Distance(away), Quantity::Distance(radius));
                self.broken(at, Rule::BeyondRadius, Detail::AtMost { is, limit });
            }
        }
    }
}

fn is_expiry(rule: Rule) -> bool {
    matches!(rule, Rule::SkillExpired | Rule::CredentialExpired | Rule::LanguageExpired)
}

/// When what the person holds runs out.
fn expiry(problem: &Problem, unit: &Unit, quality: Quality) -> Option<Time> {
    let Quality::Skill(what) = quality else { return None };
    let mut holds = problem.volunteer(unit.volunteer).holds.iter();
    holds.find(|held| held.what.skill == what.skill)?.expires
}

/// Whether a quality is true of the person until a moment of the shift; the rule that is broken when not.
pub(super) fn holds(problem: &Problem, unit: &Unit, quality: Quality, until: Time) -> Result<(), Rule> {
    let volunteer = problem.volunteer(unit.volunteer);
    let (good, rule) = match quality {
        Quality::Skill(what) => return holds_skill(problem, unit, what, until),
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

fn holds_skill(problem: &Problem, unit: &Unit, what: SkillLevel, until: Time) -> Result<(), Rule> {
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
    if held.expires.is_some_and(|expires| expires < until) {
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
