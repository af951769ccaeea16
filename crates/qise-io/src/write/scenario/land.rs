//! Places and the ways between them.

use qise::model::{AreaId, LatLon, PlaceId, ProfileId, Rounding, TravelMatrix, TravelRule};

use super::{Writer, filled, lasting, text, unless};
use crate::convert::{DETOUR_PERMILLE, bare};
use crate::document as doc;
use crate::read::{Choice, Count, List, Number, Permille, Str};

impl<'p> Writer<'p> {
    pub(super) fn places(self) -> List<doc::Place<'p>> {
        let place = |place: &'p qise::model::Place| doc::Place {
            id: Some(text(&place.key)),
            name: place.name.as_deref().map(Into::into),
            lon: place.at.map(|at| Number(at.lon())),
            lat: place.at.map(|at| Number(at.lat())),
            area: place.area.map(|area| self.area_key(area)),
            setup: lasting(place.setup),
        };
        let ids = (0..self.problem.places().len()).map(PlaceId::new);
        ids.filter(|&id| self.bare(id).is_none()).map(|id| place(self.problem.place(id))).collect()
    }

    /// A place where it is meant: by its id, or by its coordinates where the document gave nothing else.
    pub(super) fn point(self, id: PlaceId) -> doc::Point<'p> {
        let Some(at) = self.bare(id) else { return doc::Point::Place(self.place_key(id)) };
        let name = self.problem.place(id).name.as_deref().map(Into::into);
        doc::Point::At(doc::Coordinates { lon: Some(Number(at.lon())), lat: Some(Number(at.lat())), name })
    }

    /// The coordinates of a place that needs no id: none in a table of ways names it.
    fn bare(self, id: PlaceId) -> Option<LatLon> {
        let at = bare(self.problem.place(id))?;
        let named = self.problem.profiles().iter().any(|profile| match &profile.rule {
            TravelRule::Matrix(matrix) => matrix.places.contains(&id),
            TravelRule::GreatCircle { .. } => false,
        });
        (!named).then_some(at)
    }

    fn area_key(self, id: AreaId) -> Str<'p> {
        text(&self.problem.areas()[id.index()].key)
    }

    pub(super) fn areas(self) -> List<doc::Area<'p>> {
        let corner = |at: &qise::model::LatLon| doc::Coordinates {
            lon: Some(Number(at.lon())),
            lat: Some(Number(at.lat())),
            name: None,
        };
        let area = |area: &'p qise::model::Area| doc::Area {
            id: Some(text(&area.key)),
            name: area.name.as_deref().map(Into::into),
            outline: filled(area.outline.iter().map(corner).collect()),
        };
        self.problem.areas().iter().map(area).collect()
    }

    pub(super) fn profiles(self) -> List<doc::Profile<'p>> {
        let profile = |profile: &'p qise::model::Profile| {
            let mut written = doc::Profile {
                id: Some(text(&profile.key)),
                name: profile.name.as_deref().map(Into::into),
                ..doc::Profile::default()
            };
            match &profile.rule {
                &TravelRule::GreatCircle { metres_per_hour, detour_permille, rounding } => {
                    written.speed_kmh = Some(Permille(metres_per_hour));
                    written.detour = unless(Permille(detour_permille), &Permille(DETOUR_PERMILLE));
                    written.rounding = unless(Choice(rounding), &Choice(Rounding::Up));
                }
                TravelRule::Matrix(matrix) => written.matrix = Some(self.matrix(matrix)),
            }
            written
        };
        self.problem.profiles().iter().map(profile).collect()
    }

    fn matrix(self, matrix: &'p TravelMatrix) -> doc::Matrix<'p> {
        let rows = |table: &[u32]| {
            // A problem's matrices are square; the shortest row keeps an empty one from dividing by nothing.
            let size = matrix.places.len().max(1);
            Some(table.chunks(size).map(|row| doc::Row(row.to_vec())).collect())
        };
        doc::Matrix {
            places: Some(matrix.places.iter().map(|&place| self.place_key(place)).collect()),
            seconds: rows(&matrix.seconds),
            metres: rows(&matrix.metres),
        }
    }

    pub(super) fn slowdowns(self) -> List<doc::Slowdown<'p>> {
        let slowdown = |slow: &'p qise::model::Slowdown| doc::Slowdown {
            areas: filled(slow.areas.iter().map(|&area| self.area_key(area)).collect()),
            profiles: filled(slow.profiles.iter().map(|&profile| self.profile_key(profile)).collect()),
            from: Some(self.when(slow.from)),
            to: Some(self.when(slow.to)),
            factor: Some(Permille(slow.factor_permille)),
            why: None,
        };
        self.problem.slowdowns().iter().map(slowdown).collect()
    }

    pub(super) fn profile_key(self, id: ProfileId) -> Str<'p> {
        text(&self.problem.profiles()[id.index()].key)
    }

    pub(super) fn population(self) -> List<doc::Population<'p>> {
        let people = |people: &qise::model::Population| doc::Population {
            at: Some(self.point(people.place)),
            residents: Some(Count(i64::from(people.residents))),
        };
        self.problem.population().iter().map(people).collect()
    }
}
