//! Areas and the ways of moving.

use qise::model::{
    Area, AreaId, Code, PlaceId, Profile, ProfileId, Rounding, Slowdown, Time, TravelMatrix, TravelRule,
};
use qise::{Text, text};

use super::{Converter, LOST, owned, refer};
use crate::document as doc;
use crate::path::Path;
use crate::read::List;

/// The profile that a document without profiles gets.
pub(super) const CAR: &str = "car";
/// Its metres an hour.
const CAR_METRES_PER_HOUR: u32 = 60_000;
/// Detour of a profile that states none, in thousandths.
pub(crate) const DETOUR_PERMILLE: u32 = 1300;

impl<'d> Converter<'d> {
    pub(super) fn land(&mut self) {
        self.places();
        self.areas();
        self.profiles();
        self.slowdowns();
    }

    fn areas(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("areas");
        for (i, area) in self.findings.present(&list, document.areas.as_ref()) {
            let here = list.index(i);
            let corners = here.field("outline");
            let mut outline = Vec::new();
            for (k, corner) in self.findings.present(&corners, area.outline.as_ref()) {
                match self.coordinate(&corners.index(k), corner.lon, corner.lat) {
                    Some(at) => outline.push(at),
                    None => self.findings.drop_element(&corners, k),
                }
            }
            let key = owned(area.id.as_ref()).unwrap_or_default();
            self.data.areas.push(Area { key, name: owned(area.name.as_ref()), outline });
        }
    }

    fn profiles(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("profiles");
        let Some(profiles) = &document.profiles else {
            let rule = TravelRule::GreatCircle {
                metres_per_hour: CAR_METRES_PER_HOUR,
                detour_permille: DETOUR_PERMILLE,
                rounding: Rounding::Up,
            };
            self.data.profiles.push(Profile { key: CAR.into(), name: None, rule });
            return;
        };
        for (i, profile) in self.findings.present(&list, Some(profiles)) {
            let rule = self.rule(&list.index(i), profile);
            let key = owned(profile.id.as_ref()).unwrap_or_default();
            self.data.profiles.push(Profile { key, name: owned(profile.name.as_ref()), rule });
        }
    }

    fn rule(&mut self, here: &Path<'_>, profile: &'d doc::Profile<'d>) -> TravelRule {
        let either = text!("either speed_kmh or matrix", "speed_kmh 与 matrix 二选一");
        let matrix = here.field("matrix");
        if profile.matrix.is_some() {
            let not_with_matrix = [
                ("speed_kmh", profile.speed_kmh.is_some()),
                ("detour", profile.detour.is_some()),
                ("rounding", profile.rounding.is_some()),
            ];
            for (name, given) in not_with_matrix {
                if given {
                    self.findings.fault(
                        &here.field(name),
                        Code::Conflict,
                        "both",
                        either.clone(),
                        Text::default(),
                    );
                }
            }
        } else if profile.speed_kmh.is_none() && !self.findings.broken(&matrix) {
            self.findings.fault(
                &here.field("speed_kmh"),
                Code::MissingField,
                text!("nothing", "空缺"),
                either,
                Text::default(),
            );
        }
        match &profile.matrix {
            Some(given) => TravelRule::Matrix(self.matrix(&matrix, given)),
            None => TravelRule::GreatCircle {
                metres_per_hour: profile.speed_kmh.map_or(CAR_METRES_PER_HOUR, |speed| speed.0),
                detour_permille: profile.detour.map_or(DETOUR_PERMILLE, |detour| detour.0),
                rounding: profile.rounding.map_or(Rounding::Up, |rounding| rounding.0),
            },
        }
    }

    fn matrix(&mut self, here: &Path<'_>, matrix: &'d doc::Matrix<'d>) -> TravelMatrix {
        let list = here.field("places");
        if self.findings.broken_itself(&list) {
            // Nobody knows how large it should be.
            return TravelMatrix { places: Vec::new(), seconds: Vec::new(), metres: Vec::new() };
        }
        let given = matrix.places.as_ref().map_or(&[][..], |places| &places.0);
        // A hole stays in its place as a lost one: rows and columns are counted by these.
        let place =
            |(k, key): (usize, &'d Option<_>)| refer!(self, places as PlaceId, &list.index(k), key.as_ref());
        let places = given.iter().enumerate().map(place).collect::<Vec<_>>();
        let seconds = self.table(&here.field("seconds"), matrix.seconds.as_ref(), places.len());
        let metres = self.table(&here.field("metres"), matrix.metres.as_ref(), places.len());
        TravelMatrix { places, seconds, metres }
    }

    /// The rows of a table one after the other. A table of another shape than its places is a fault.
    fn table(&mut self, here: &Path<'_>, rows: Option<&List<doc::Row>>, size: usize) -> Vec<u32> {
        let rows = rows.map_or(&[][..], |rows| &rows.0);
        if rows.len() != size {
            let (found, expected) = (format!("{} rows", rows.len()), text!("{size} rows", "{size} 行"));
            self.findings.fault(here, Code::MatrixShape, found, expected, Text::default());
        }
        let mut table = Vec::with_capacity(size.saturating_mul(rows.len()));
        for (r, row) in rows.iter().enumerate() {
            let Some(doc::Row(row)) = row else { continue };
            if row.len() != size {
                let (found, expected) =
                    (format!("{} entries", row.len()), text!("{size} entries", "{size} 个数"));
                self.findings.fault(&here.index(r), Code::MatrixShape, found, expected, Text::default());
            }
            table.extend_from_slice(row);
        }
        table
    }

    fn slowdowns(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("slowdowns");
        for (i, slow) in self.findings.present(&list, document.slowdowns.as_ref()) {
            let here = list.index(i);
            let (in_areas, in_profiles) = (here.field("areas"), here.field("profiles"));
            let mut areas = Vec::new();
            for (k, key) in self.findings.present(&in_areas, slow.areas.as_ref()) {
                areas.push(refer!(self, areas as AreaId, &in_areas.index(k), Some(key)));
            }
            let mut profiles = Vec::new();
            for (k, key) in self.findings.present(&in_profiles, slow.profiles.as_ref()) {
                profiles.push(refer!(self, profiles as ProfileId, &in_profiles.index(k), Some(key)));
            }
            // A spell without a readable end is as long as can be, so that its other end is never on the wrong side.
            let from = self.time(&here.field("from"), slow.from.as_ref()).unwrap_or(Time(-Time::LIMIT));
            let to = self.time(&here.field("to"), slow.to.as_ref()).unwrap_or(Time(Time::LIMIT));
            let factor_permille = slow.factor.map_or(1000, |factor| factor.0);
            self.data.slowdowns.push(Slowdown { areas, profiles, from, to, factor_permille });
        }
    }
}
