//! Writing scenarios.

mod demand;
mod goods;
mod land;
mod people;
mod together;

use qise::Problem;
use qise::model::{Category, CategoryId, NeedId, PlaceId, Seconds, Time, VolunteerId, Window};

use super::to_text;
use crate::datum::Datum;
use crate::document as doc;
use crate::head;
use crate::read::{Choice, Count, Duration, List, Str, When};
use crate::time::Zone;

/// Writes a problem as a scenario, with its times in `zone` and its coordinates in WGS-84.
///
/// Reading it back gives equal data, of every problem that came from a document: one that has the seven categories first,
/// no place named `anywhere`, times within the calendar, and shifts whose days are the local dates in `zone`.
pub fn write_scenario(problem: &Problem, zone: &Zone) -> String {
    let writer = Writer { problem, zone };
    to_text(&writer.scenario())
}

/// Writes the parts of one problem.
#[derive(Clone, Copy)]
pub(super) struct Writer<'p> {
    pub(super) problem: &'p Problem,
    pub(super) zone: &'p Zone,
}

impl<'p> Writer<'p> {
    fn scenario(self) -> doc::Scenario<'p> {
        let problem = self.problem;
        doc::Scenario {
            format: Some(doc::Scenario::FORMAT.into()),
            version: Some(Count(head::VERSION)),
            name: Some(problem.name().into()),
            note: None,
            time_zone: Some(self.zone.name().into()),
            datum: Some(Choice(Datum::Wgs84)),
            categories: filled(self.categories()),
            skills: filled(self.skills()),
            dimensions: filled(self.dimensions()),
            areas: filled(self.areas()),
            profiles: Some(self.profiles()),
            slowdowns: filled(self.slowdowns()),
            places: filled(self.places()),
            goods: filled(self.goods()),
            depots: filled(self.depots()),
            vehicles: filled(self.vehicles()),
            teams: filled(self.teams()),
            volunteers: Some(
                problem.volunteers().iter().map(|volunteer| self.volunteer(volunteer)).collect(),
            ),
            projects: filled(self.projects()),
            needs: Some(problem.needs().iter().map(|need| self.need(need)).collect()),
            pairs: None,
            links: filled(self.links()),
            choices: filled(self.choices()),
            apart: filled(self.apart()),
            makespans: filled(self.makespans()),
            outsourcing: unless(Count(problem.outsourcing()), &Count(0)),
            population: filled(self.population()),
            objective: Some(self.objective()),
            previous: self.previous(),
        }
    }

    /// The categories that are not as they are built in.
    fn categories(self) -> List<doc::Category<'p>> {
        let built_in = Category::seven_colours();
        let changed = self.problem.categories().iter().filter(|category| !built_in.contains(category));
        changed
            .map(|category| doc::Category {
                id: Some(text(&category.key)),
                name: Some(text(&category.name.en)),
                name_zh: Some(text(&category.name.zh)),
                colour: Some(text(&category.colour)),
            })
            .collect()
    }

    fn objective(self) -> List<List<doc::Weighted>> {
        let term = |weighted: &qise::model::Weighted| doc::Weighted {
            term: Some(Choice(weighted.term)),
            weight: (weighted.weight != 1).then_some(Count(i64::from(weighted.weight))),
        };
        self.problem.objective().levels.iter().map(|level| level.iter().map(term).collect()).collect()
    }

    pub(super) fn when(self, time: Time) -> When<'p> {
        When(self.zone.format(time).into())
    }

    pub(super) fn volunteer_key(self, id: VolunteerId) -> Option<Str<'p>> {
        self.problem.volunteers().get(id.index()).map(|volunteer| text(&volunteer.key))
    }

    pub(super) fn need_key(self, id: NeedId) -> Option<Str<'p>> {
        self.problem.needs().get(id.index()).map(|need| text(&need.key))
    }

    fn windows(self, windows: &[Window]) -> List<doc::Window<'p>> {
        let window = |window: &Window| doc::Window {
            from: Some(self.when(window.from)),
            to: Some(self.when(window.to)),
        };
        windows.iter().map(window).collect()
    }

    fn place_key(self, id: PlaceId) -> Str<'p> {
        text(&self.problem.place(id).key)
    }

    fn category_key(self, id: CategoryId) -> Str<'p> {
        text(&self.problem.categories()[id.index()].key)
    }
}

/// A text of the problem, as it stands.
fn text(words: &str) -> Str<'_> {
    words.into()
}

/// A list, unless it is empty.
fn filled<T>(list: List<T>) -> Option<List<T>> {
    Some(list).filter(|list| !list.0.is_empty())
}

/// A value, unless it is the one that a missing field stands for.
fn unless<T: PartialEq>(value: T, missing: &T) -> Option<T> {
    Some(value).filter(|value| value != missing)
}

/// A duration, unless it is none.
fn lasting(duration: Seconds) -> Option<Duration> {
    unless(Duration(duration), &Duration(Seconds::ZERO))
}
