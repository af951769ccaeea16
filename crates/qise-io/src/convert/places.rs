//! Coordinates, and the places that are given by nothing else.

use std::collections::{HashMap, HashSet};

use qise::model::{AreaId, Code, LatLon, Place, PlaceId, Seconds};
use qise::{Text, text};

use super::{Converter, LOST, owned, refer};
use crate::datum::Datum;
use crate::document::{self as doc, ANYWHERE, PREVIOUS};
use crate::path::Path;
use crate::read::{Number, quoted};

/// How keys begin of places that are given by bare coordinates: in short, and exactly.
fn keys_of(at: LatLon) -> [String; 2] {
    let (lat, lon) = (at.lat(), at.lon());
    [format!("@{lat:.5},{lon:.5}"), format!("@{lat},{lon}")]
}

/// The coordinates of a place that has nothing else: such a place stands in a document wherever it is meant, and has no id there.
pub(crate) fn bare(place: &Place) -> Option<LatLon> {
    let at = place.at.filter(|_| place.area.is_none() && place.setup == Seconds::ZERO)?;
    let named = place.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
    let is_it = |begin: String| {
        let more = place.key.strip_prefix(&begin).and_then(|rest| rest.strip_prefix(&named));
        more.is_some_and(|more| more.is_empty() || more.starts_with(" #"))
    };
    (place.key.starts_with('@') && keys_of(at).into_iter().any(is_it)).then_some(at)
}

/// The places that documents give by bare coordinates; equal ones are one place.
#[derive(Debug, Default)]
pub(super) struct Places<'d> {
    known: HashMap<(u64, u64, Option<&'d str>), PlaceId>,
    keys: HashSet<String>,
    /// For keys that nothing else can tell apart.
    next: usize,
    /// Whether the document gives any coordinate.
    any: bool,
}

impl<'d> Converter<'d> {
    /// The places that have an id of their own. They come first in the data, in the order of the document.
    pub(super) fn places(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("places");
        for (i, place) in self.findings.present(&list, document.places.as_ref()) {
            let here = list.index(i);
            if let Some(id) = place.id.as_ref().filter(|id| [ANYWHERE, PREVIOUS].contains(&&*id.0)) {
                let expected = if id.0 == ANYWHERE {
                    text!(
                        "another id: this word ends a route anywhere",
                        "其他编号：此词表示路线可在任意处结束"
                    )
                } else {
                    text!(
                        "another id: this word starts a route where the shift before ended",
                        "其他编号：此词表示路线从上一班次的终点出发"
                    )
                };
                self.findings.fault(
                    &here.field("id"),
                    Code::Conflict,
                    quoted(&id.0),
                    expected,
                    Text::default(),
                );
            }
            let at = self.place_coordinate(&here, place);
            let area =
                place.area.as_ref().map(|key| refer!(self, areas as AreaId, &here.field("area"), Some(key)));
            self.data.places.push(Place {
                key: owned(place.id.as_ref()).unwrap_or_default(),
                name: owned(place.name.as_ref()),
                at,
                area,
                setup: place.setup.map_or(Seconds::ZERO, |setup| setup.0),
            });
        }
    }

    fn place_coordinate(&mut self, here: &Path<'_>, place: &doc::Place<'_>) -> Option<LatLon> {
        let (lon, lat) = (here.field("lon"), here.field("lat"));
        match (place.lon, place.lat) {
            (None, None) if !self.findings.broken(&lon) && !self.findings.broken(&lat) => None,
            (Some(_), None) if !self.findings.broken(&lat) => self.half_a_coordinate(&lon),
            (None, Some(_)) if !self.findings.broken(&lon) => self.half_a_coordinate(&lat),
            // A faulty coordinate counts as one, so that nobody misses it a second time.
            (x, y) => self.coordinate(here, x, y).or_else(|| LatLon::new(0.0, 0.0)),
        }
    }

    fn half_a_coordinate(&mut self, given: &Path<'_>) -> Option<LatLon> {
        let expected = text!("both lon and lat, or neither", "同时给出 lon 与 lat，或都不给");
        self.findings.fault(
            given,
            Code::Conflict,
            text!("one of the two", "只有其一"),
            expected,
            Text::default(),
        );
        LatLon::new(0.0, 0.0)
    }

    /// A coordinate of the document in WGS-84; nothing when it is missing or not on the globe, which is a fault.
    pub(super) fn coordinate(
        &mut self,
        here: &Path<'_>,
        lon: Option<Number>,
        lat: Option<Number>,
    ) -> Option<LatLon> {
        self.places.any = true;
        for (name, value, other, limit) in [("lon", lon, lat, 180.0), ("lat", lat, lon, 90.0)] {
            let Some(Number(value)) = value.filter(|value| value.0.abs() > limit) else { continue };
            let expected = text!("degrees from -{limit} to {limit}", "-{limit} 至 {limit} 度");
            let swapped =
                limit < 100.0 && value.abs() <= 180.0 && other.is_some_and(|other| other.0.abs() <= 90.0);
            let hint = if swapped {
                text!("lon and lat may be swapped", "lon 与 lat 可能写反了")
            } else {
                Text::default()
            };
            self.findings.fault(&here.field(name), Code::BadCoordinate, format!("{value:?}"), expected, hint);
        }
        // Adding zero makes -0 and 0 the same point.
        let at = LatLon::new(lat?.0 + 0.0, lon?.0 + 0.0)?;
        Some(self.datum.unwrap_or(Datum::Wgs84).to_wgs84(at))
    }

    /// A point: a place by its id, or one made from coordinates; the lost one when it leads nowhere.
    pub(super) fn point(&mut self, here: &Path<'_>, point: Option<&'d doc::Point<'d>>) -> PlaceId {
        match point {
            None => PlaceId(LOST),
            Some(doc::Point::Place(key)) => refer!(self, places as PlaceId, here, Some(key)),
            Some(doc::Point::At(given)) => {
                let Some(at) = self.coordinate(here, given.lon, given.lat) else { return PlaceId(LOST) };
                self.place_at(at, given)
            }
        }
    }

    fn place_at(&mut self, at: LatLon, given: &'d doc::Coordinates<'d>) -> PlaceId {
        let name = given.name.as_ref().map(|name| name.0.as_ref());
        let known = (at.lat().to_bits(), at.lon().to_bits(), name);
        if let Some(&place) = self.places.known.get(&known) {
            return place;
        }
        let place = PlaceId::new(self.first_place + self.data.places.len());
        self.places.known.insert(known, place);
        let key = self.free_key(at, name);
        let name = name.map(str::to_owned);
        self.data.places.push(Place { key, name, at: Some(at), area: None, setup: Seconds::ZERO });
        place
    }

    /// A key that says where the place is, and that nothing else has. It is made of WGS-84, in which documents are written, so that a
    /// problem that is written and read again has the same.
    fn free_key(&mut self, at: LatLon, name: Option<&str>) -> String {
        let [short, exact] = keys_of(at);
        let named = name.map_or_else(String::new, |name| format!(" {name}"));
        let mut key = format!("{short}{named}");
        if self.is_taken(&key) {
            key = format!("{exact}{named}");
        }
        while self.is_taken(&key) {
            self.places.next += 1;
            key = format!("{exact}{named} #{}", self.places.next);
        }
        self.places.keys.insert(key.clone());
        key
    }

    fn is_taken(&self, key: &str) -> bool {
        self.indexes.places.get(key).is_some() || self.places.keys.contains(key)
    }

    /// Where there are coordinates, their datum must be stated.
    pub(super) fn datum_is_stated(&mut self) {
        let root = Path::Root;
        let here = root.field("datum");
        if self.places.any && self.datum.is_none() {
            let expected =
                text!("\"WGS-84\", \"GCJ-02\" or \"BD-09\"", "\"WGS-84\"、\"GCJ-02\" 或 \"BD-09\"");
            let hint = text!(
                "WGS-84 is what satellite receivers give; Chinese maps mostly give GCJ-02, Baidu BD-09",
                "卫星定位设备给出 WGS-84；国内地图多为 GCJ-02，百度地图为 BD-09"
            );
            self.findings.fault(&here, Code::MissingField, text!("nothing", "空缺"), expected, hint);
        }
    }
}
