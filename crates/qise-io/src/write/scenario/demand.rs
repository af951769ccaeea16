//! Needs, and the previous plan.

use qise::model::{
    Means, Need, Overlap, Quality, Requirement, Role, Seconds, StartGap, Time, VolunteerId, Window,
};

use super::{Writer, filled, lasting, text, unless};
use crate::document as doc;
use crate::read::{Choice, Count, Duration, List, OneOrMore, Str};

impl<'p> Writer<'p> {
    pub(super) fn projects(self) -> List<doc::Project<'p>> {
        let project = |project: &'p qise::model::Project| doc::Project {
            id: Some(text(&project.key)),
            name: project.name.as_deref().map(Into::into),
            owner: project.owner.as_deref().map(Into::into),
        };
        self.problem.projects().iter().map(project).collect()
    }

    pub(super) fn need(self, need: &'p Need) -> doc::Need<'p> {
        // The first stop, and what one person is asked for, stand with the need itself.
        let stop = &need.stops[0];
        let alone = need.roles.first().filter(|_| !need.is_crew());
        let opens = stop.windows.first().map_or(Time(0), |window| window.from);
        let any_time = [Window { from: opens, to: Time(Time::LIMIT) }];
        let further = |stop: &qise::model::Stop| doc::Stop {
            at: Some(self.point(stop.place)),
            service: Some(Duration(stop.service)),
            windows: (stop.windows != any_time).then(|| self.windows(&stop.windows)),
        };
        doc::Need {
            id: Some(text(&need.key)),
            name: need.name.as_deref().map(Into::into),
            category: need.category.map(|category| self.category_key(category)),
            project: need.project.map(|project| text(&self.problem.projects()[project.index()].key)),
            at: Some(self.point(stop.place)),
            service: Some(Duration(stop.service)),
            load: alone.and_then(|role| self.loads(&role.load)),
            goods: self.supplies(need),
            vehicle: filled(need.vehicles.iter().map(|&means| self.means(means)).collect())
                .map(OneOrMore::More),
            windows: Some(self.windows(&stop.windows)),
            then: filled(need.stops[1..].iter().map(further).collect()),
            max_ride: need.max_ride.map(Duration),
            priority: unless(Count(i64::from(need.priority)), &Count(1)),
            mandatory: unless(need.mandatory, &false),
            promise: need.promise.map(|promise| doc::Promise {
                start_by: promise.start_by.map(|time| self.when(time)),
                finish_by: promise.finish_by.map(|time| self.when(time)),
                hard: unless(promise.hard, &false),
            }),
            requires: alone.and_then(|role| self.requires(&role.requires)),
            prefers: alone.and_then(|role| self.prefers(role)),
            min_home_distance_m: alone.and_then(|role| unless(Count(role.min_home_distance.0), &Count(0))),
            service_by: alone.and_then(|role| self.service_by(role)),
            roles: alone.is_none().then(|| need.roles.iter().map(|role| self.role(role)).collect()),
            gaps: filled(need.gaps.iter().map(gap).collect()),
            overlaps: filled(need.overlaps.iter().map(overlap).collect()),
            crew: self.crew(&need.crew),
            pinned: alone.and_then(|role| self.pinned(role)),
            // What an entry stood for is written out.
            loan: None,
            combine: None,
            recurrence: None,
            session: None,
            outsource: need.outsource.map(|price| Count(i64::from(price))),
            change_price: need.change_price.map(|price| Count(i64::from(price))),
        }
    }

    fn means(self, means: Means) -> Str<'p> {
        match means {
            Means::Vehicle(id) => text(&self.problem.vehicle(id).key),
            Means::Kind(id) => text(&self.problem.profiles()[id.index()].key),
        }
    }

    fn role(self, role: &'p Role) -> doc::Role<'p> {
        doc::Role {
            count: unless(Count(i64::from(role.count)), &Count(1)),
            service: role.service.map(Duration),
            requires: self.requires(&role.requires),
            prefers: self.prefers(role),
            min_home_distance_m: unless(Count(role.min_home_distance.0), &Count(0)),
            service_by: self.service_by(role),
            load: self.loads(&role.load),
            pinned: self.pinned(role),
            optional: None,
        }
    }

    fn pinned(self, role: &Role) -> Option<doc::Pinned<'p>> {
        role.pin.map(|pin| doc::Pinned {
            volunteer: self.volunteer_key(pin.volunteer),
            start: pin.start.map(|start| self.when(start)),
        })
    }

    fn service_by(self, role: &Role) -> Option<List<doc::ServiceBy<'p>>> {
        let own = |&(who, service): &(VolunteerId, Seconds)| doc::ServiceBy {
            volunteer: self.volunteer_key(who),
            service: Some(Duration(service)),
        };
        filled(role.service_by.iter().map(own).collect())
    }

    pub(super) fn requires(self, requires: &Requirement) -> Option<doc::Requires<'p>> {
        if *requires == Requirement::default() {
            return None;
        }
        let qualities =
            |list: &[Quality]| list.iter().map(|&quality| self.quality(quality)).collect::<List<_>>();
        Some(doc::Requires {
            all: filled(qualities(&requires.all)),
            any: filled(requires.any.iter().map(|group| qualities(group)).collect()),
            none: filled(qualities(&requires.none)),
        })
    }

    pub(super) fn quality(self, quality: Quality) -> doc::Quality<'p> {
        let mut written = doc::Quality::default();
        match quality {
            Quality::Skill(what) => {
                written.skill = Some(self.skill_key(what.skill));
                written.level = unless(Count(i64::from(what.level)), &Count(1));
            }
            Quality::Gender(gender) => written.gender = Some(Choice(gender)),
            Quality::Team(team) => written.team = Some(text(&self.problem.teams()[team.index()].key)),
            Quality::Category(id) => written.category = Some(self.category_key(id)),
            Quality::Volunteer(who) => written.volunteer = self.volunteer_key(who),
        }
        written
    }

    fn prefers(self, role: &Role) -> Option<List<doc::Preference<'p>>> {
        let wish = |wish: &qise::model::Preference| {
            let doc::Quality { skill, level, gender, team, category, volunteer } = self.quality(wish.quality);
            let wanted = unless(wish.wanted, &true);
            let price = Some(Count(i64::from(wish.price)));
            doc::Preference { skill, level, gender, team, category, volunteer, wanted, price }
        };
        filled(role.prefers.iter().map(wish).collect())
    }

    pub(in crate::write) fn previous(self) -> Option<doc::Previous<'p>> {
        let previous = self.problem.previous()?;
        let assignment = |visit: &qise::model::PreviousVisit| doc::Assignment {
            need: self.need_key(visit.need),
            volunteer: self.volunteer_key(visit.volunteer),
            start: Some(self.when(visit.start)),
        };
        Some(doc::Previous {
            assignments: Some(previous.assignments.iter().map(assignment).collect()),
            reassign_price: unless(Count(i64::from(previous.reassign_price)), &Count(0)),
            retime_price: unless(Count(i64::from(previous.retime_price)), &Count(0)),
            tolerance: lasting(previous.tolerance),
        })
    }
}

fn gap(gap: &StartGap) -> doc::Gap {
    doc::Gap {
        from: Some(Count(i64::from(gap.from))),
        to: Some(Count(i64::from(gap.to))),
        min_s: Some(Count(gap.min.0)),
        max_s: Some(Count(gap.max.0)),
        either: None,
    }
}

fn overlap(overlap: &Overlap) -> doc::Overlap {
    doc::Overlap {
        one: Some(Count(i64::from(overlap.one))),
        other: Some(Count(i64::from(overlap.other))),
        least_s: Some(Count(overlap.least.0)),
    }
}
