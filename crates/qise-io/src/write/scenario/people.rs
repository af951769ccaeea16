//! People and their teams.

use qise::model::{
    Ledger, Limits, Load, ProfileId, RouteEnd, RouteStart, Shift, SkillId, SkillKind, Unload, Volunteer,
};

use super::{Writer, filled, lasting, text, unless};
use crate::document::{self as doc, ANYWHERE, PREVIOUS};
use crate::read::{Choice, Count, Duration, List, Permille, Str};

impl<'p> Writer<'p> {
    pub(super) fn skills(self) -> List<doc::Skill<'p>> {
        let skill = |skill: &'p qise::model::Skill| doc::Skill {
            id: Some(text(&skill.key)),
            name: skill.name.as_deref().map(Into::into),
            kind: unless(Choice(skill.kind), &Choice(SkillKind::Skill)),
            levels: unless(Count(i64::from(skill.levels)), &Count(1)),
        };
        self.problem.skills().iter().map(skill).collect()
    }

    pub(super) fn dimensions(self) -> List<doc::Dimension<'p>> {
        let dimension = |dimension: &'p qise::model::Dimension| doc::Dimension {
            id: Some(text(&dimension.key)),
            name: dimension.name.as_deref().map(Into::into),
        };
        self.problem.dimensions().iter().map(dimension).collect()
    }

    /// Amounts of dimensions; nothing when there are none.
    pub(super) fn loads(self, loads: &[Load]) -> Option<List<doc::Load<'p>>> {
        let load = |load: &Load| doc::Load {
            dimension: Some(text(&self.problem.dimensions()[load.dimension.index()].key)),
            amount: Some(Count(load.amount)),
        };
        filled(loads.iter().map(load).collect())
    }

    pub(super) fn skill_key(self, id: SkillId) -> Str<'p> {
        text(&self.problem.skills()[id.index()].key)
    }

    pub(super) fn teams(self) -> List<doc::Team<'p>> {
        let team = |team: &'p qise::model::Team| doc::Team {
            id: Some(text(&team.key)),
            name: team.name.as_deref().map(Into::into),
            category: team.category.map(|category| self.category_key(category)),
            base: team.base.map(|base| self.point(base)),
            members: None,
            least_people: team.least_people.map(|least| doc::LeastPeople {
                count: Some(Count(least.count.into())),
                price: least.price.map(|price| Count(price.into())),
            }),
        };
        self.problem.teams().iter().map(team).collect()
    }

    pub(super) fn volunteer(self, volunteer: &'p Volunteer) -> doc::Volunteer<'p> {
        let team = |id: &qise::model::TeamId| text(&self.problem.teams()[id.index()].key);
        let held = |held: &qise::model::Held| doc::Held {
            skill: Some(self.skill_key(held.what.skill)),
            level: unless(Count(i64::from(held.what.level)), &Count(1)),
            expires: held.expires.map(|expires| self.when(expires)),
        };
        doc::Volunteer {
            id: Some(text(&volunteer.key)),
            name: volunteer.name.as_deref().map(Into::into),
            teams: filled(volunteer.teams.iter().map(team).collect()),
            home: Some(self.point(volunteer.home)),
            profile: unless(volunteer.profile, &ProfileId(0)).map(|profile| self.profile_key(profile)),
            gender: volunteer.gender.map(Choice),
            skills: filled(volunteer.holds.iter().map(held).collect()),
            shifts: Some(volunteer.shifts.iter().map(|shift| self.shift(shift)).collect()),
            max_radius_m: volunteer.max_radius.map(|radius| Count(radius.0)),
            capacity: self.loads(&volunteer.capacity),
            unload: unless(volunteer.unload, &Unload::AnyOrder).map(Choice),
            per_day: unless(volunteer.per_day, &Limits::default()).map(limits),
            per_week: unless(volunteer.per_week, &Limits::default()).map(limits),
            rest: lasting(volunteer.rest),
            pace: unless(Permille(volunteer.pace_permille), &Permille(1000)),
            ledger: unless(volunteer.ledger, &Ledger::default()).map(|ledger| doc::Ledger {
                worked: lasting(ledger.worked),
                offered: lasting(ledger.offered),
            }),
        }
    }

    fn shift(self, shift: &Shift) -> doc::Shift<'p> {
        let place = |id| self.point(id);
        let rest = |rest: &qise::model::Break| doc::Break {
            earliest: Some(self.when(rest.earliest)),
            latest: Some(self.when(rest.latest)),
            duration: Some(Duration(rest.duration)),
            off_duty: unless(rest.off_duty, &false),
            only_when_empty: unless(rest.only_when_empty, &false),
            at: filled(rest.at.iter().map(|&at| place(at)).collect()),
        };
        doc::Shift {
            start: Some(self.when(shift.start)),
            end: Some(self.when(shift.end)),
            overtime: lasting(shift.overtime).map(|most| doc::Overtime { most: Some(most) }),
            from: match shift.from {
                RouteStart::Home => None,
                RouteStart::At(from) => Some(place(from)),
                RouteStart::Previous => Some(doc::Point::Place(PREVIOUS.into())),
            },
            to: match shift.to {
                RouteEnd::Home => None,
                RouteEnd::At(to) => Some(place(to)),
                RouteEnd::Anywhere => Some(doc::Point::Place(ANYWHERE.into())),
            },
            breaks: filled(shift.breaks.iter().map(rest).collect()),
            party: unless(shift.party, &false),
            carries: self.amounts(&shift.carries),
            most_calls: shift.most_calls.map(|most| Count(i64::from(most))),
        }
    }
}

fn limits(limits: Limits) -> doc::Limits {
    doc::Limits {
        travel: limits.travel.map(Duration),
        work: limits.work.map(Duration),
        distance_m: limits.distance.map(|distance| Count(distance.0)),
        visits: limits.visits.map(|visits| Count(i64::from(visits))),
    }
}
