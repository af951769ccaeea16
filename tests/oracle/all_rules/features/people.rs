//! Who may come: pins, skills, wishes that are rules, dignity, radius.

use qise::model::{
    Gender, Metres, NeedId, Pin, Quality, Requirement, Seconds, TeamId, UnitId, VolunteerId, Window,
};
use qise::plan::Visit;
use rand::RngExt;

use super::super::draw::{Draw, level};

pub(super) fn pinned_person(draw: &mut Draw) -> Option<()> {
    let (unit, visit) = draw.visit()?;
    let volunteer = draw.other(draw.who(unit))?;
    draw.need(visit.need).roles[usize::from(visit.role)].pin = Some(Pin { volunteer, start: None });
    Some(())
}

pub(super) fn pinned_start(draw: &mut Draw) -> Option<()> {
    let (unit, visit) = draw.visit()?;
    let by = Seconds(60 * draw.random.random_range(-60..=60));
    let (volunteer, start) = (draw.who(unit), Some(visit.start + by));
    let wide = Window { from: visit.start - Seconds(3600), to: visit.start + Seconds(3600) };
    let need = draw.need(visit.need);
    need.stops[0].windows = vec![wide];
    need.roles[usize::from(visit.role)].pin = Some(Pin { volunteer, start });
    Some(())
}

/// A visit, who makes it, and its role, of which more is asked.
fn asked(draw: &mut Draw) -> Option<(VolunteerId, Visit)> {
    let (unit, visit) = draw.visit()?;
    Some((draw.who(unit), visit))
}

fn requires<'d>(draw: &'d mut Draw, visit: &Visit) -> &'d mut Requirement {
    &mut draw.need(visit.need).roles[usize::from(visit.role)].requires
}

pub(super) fn missing(draw: &mut Draw, skill: u32) -> Option<()> {
    let (who, visit) = asked(draw)?;
    requires(draw, &visit).all.push(Quality::Skill(level(skill, 1)));
    draw.volunteer(who).holds.retain(|held| held.what.skill.0 != skill);
    Some(())
}

pub(super) fn too_low(draw: &mut Draw, skill: u32) -> Option<()> {
    let (who, visit) = asked(draw)?;
    requires(draw, &visit).all.push(Quality::Skill(level(skill, 3)));
    for (v, volunteer) in draw.data.volunteers.iter_mut().enumerate() {
        for held in volunteer.holds.iter_mut().filter(|held| held.what.skill.0 == skill) {
            held.what.level = if v == who.index() { 2 } else { 3 };
        }
    }
    Some(())
}

/// It no longer counts when the visit begins.
pub(super) fn expired(draw: &mut Draw, skill: u32) -> Option<()> {
    let (who, visit) = asked(draw)?;
    let by = draw.minutes(0, 300);
    requires(draw, &visit).all.push(Quality::Skill(level(skill, 2)));
    let of = |held: &&mut qise::model::Held| held.what.skill.0 == skill;
    for held in draw.volunteer(who).holds.iter_mut().filter(of) {
        held.expires = Some(visit.start - by);
    }
    Some(())
}

pub(super) fn gender(draw: &mut Draw) -> Option<()> {
    let (who, visit) = asked(draw)?;
    let other = match draw.volunteer(who).gender? {
        Gender::Female => Gender::Male,
        Gender::Male => Gender::Female,
    };
    requires(draw, &visit).all.push(Quality::Gender(other));
    Some(())
}

pub(super) fn team(draw: &mut Draw) -> Option<()> {
    let (who, visit) = asked(draw)?;
    let of = draw.volunteer(who).teams.clone();
    let other = (0..2).map(TeamId).find(|team| !of.contains(team))?;
    let by_category = draw.random.random_bool(0.4);
    let quality =
        if by_category { Quality::Category(qise::model::CategoryId(other.0)) } else { Quality::Team(other) };
    requires(draw, &visit).all.push(quality);
    Some(())
}

pub(super) fn person(draw: &mut Draw) -> Option<()> {
    let (who, visit) = asked(draw)?;
    let other = draw.other(who)?;
    requires(draw, &visit).all.push(Quality::Volunteer(other));
    Some(())
}

pub(super) fn alternatives(draw: &mut Draw) -> Option<()> {
    let (who, visit) = asked(draw)?;
    let other = draw.other(who)?;
    draw.volunteer(who).holds.retain(|held| held.what.skill.0 != 0);
    let any = vec![Quality::Volunteer(other), Quality::Skill(level(0, 2))];
    requires(draw, &visit).any.push(any);
    Some(())
}

pub(super) fn forbidden(draw: &mut Draw) -> Option<()> {
    let (who, visit) = asked(draw)?;
    requires(draw, &visit).none.push(Quality::Volunteer(who));
    Some(())
}

fn from_home(draw: &Draw, unit: UnitId, need: NeedId) -> Metres {
    let who = draw.who(unit);
    draw.problem.from_home(who, draw.problem.need_place(need))
}

pub(super) fn too_near(draw: &mut Draw) -> Option<()> {
    let (unit, visit) = draw.visit()?;
    let home = from_home(draw, unit, visit.need);
    let by = Metres(draw.random.random_range(1..2000));
    draw.need(visit.need).roles[usize::from(visit.role)].min_home_distance = home + by;
    Some(())
}

pub(super) fn radius(draw: &mut Draw) -> Option<()> {
    let (unit, visit) = draw.visit()?;
    let place = draw.problem.stop_place(visit.need, visit.stop);
    let unit = draw.problem.unit(unit);
    let (mode, who) = (unit.mode, unit.volunteer);
    let home = draw.problem.volunteer(who).home;
    let far = draw.problem.travel().metres(mode, home, place);
    draw.volunteer(who).max_radius = Some((far - Metres(1)).max(Metres::ZERO));
    Some(())
}
