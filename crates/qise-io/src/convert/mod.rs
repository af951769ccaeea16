//! From a scenario as it stands in its document to the data of a problem.
//!
//! Whatever is wrong is noted, and the rest goes on with a harmless value in its place, so that one pass finds everything.
//! What such a value would make the core complain about is left out again in `merge`.

mod findings;
mod gaps;
mod goods;
mod index;
mod land;
mod merge;
mod needs;
mod one;
mod people;
mod places;
mod rest;
mod shorthand;
mod supplies;
mod together;

pub(crate) use findings::{Findings, LOST};
pub(crate) use index::{Index, Indexes};
pub(crate) use land::DETOUR_PERMILLE;
pub(crate) use merge::{in_order, merge};
pub(crate) use one::{OneNeed, one_need};
pub(crate) use places::bare;

use places::Places;
use std::borrow::Cow;

use qise::ProblemData;
use qise::model::{Code, Fault, Time};
use qise::text;
use shorthand::Expansion;

use crate::datum::Datum;
use crate::document as doc;
use crate::path::Path;
use crate::read::{Str, When, quoted};
use crate::time::{Zone, zone_names};

/// The data of a scenario, with what was found on the way to it.
pub(crate) struct Draft {
    pub(crate) data: ProblemData,
    pub(crate) zone: Zone,
    pub(crate) findings: Findings,
}

/// Works out what a scenario means. `structure`: the faults of its structure.
pub(crate) fn convert(document: &doc::Scenario<'_>, structure: Vec<Fault>) -> Draft {
    let mut findings = Findings::new(structure);
    let zone = zone_of(document.time_zone.as_ref(), &mut findings);
    let indexes = Indexes::new(document, &mut findings);
    let data = ProblemData::new(document.name.as_ref().map_or("", |name| &name.0));
    let datum = document.datum.map(|datum| datum.0);
    let mut converter = Converter {
        document,
        zone,
        datum,
        indexes: Cow::Owned(indexes),
        first_place: 0,
        places: Places::default(),
        data,
        findings,
        expansion: Expansion::default(),
    };
    converter.land();
    converter.people();
    converter.goods();
    converter.needs();
    converter.pairs();
    converter.expand();
    converter.apart();
    converter.links();
    converter.choices();
    converter.add_expansion();
    converter.makespans();
    converter.population();
    converter.objective();
    converter.previous();
    converter.datum_is_stated();
    Draft {
        data: converter.data,
        zone: converter.zone.unwrap_or_else(Zone::utc),
        findings: converter.findings,
    }
}

/// The zone of a document; nothing when it states none. One that cannot be read counts as UTC, so that the times that rely
/// on it are no faults of their own.
pub(crate) fn zone_of(name: Option<&Str<'_>>, findings: &mut Findings) -> Option<Zone> {
    let root = Path::Root;
    let here = root.field("time_zone");
    let Some(name) = name else {
        return findings.broken(&here).then(Zone::utc);
    };
    Some(Zone::parse(&name.0).unwrap_or_else(|| {
        let names = zone_names().collect::<Vec<_>>();
        let hint = findings.suggest.hint(&name.0, names.iter().map(String::as_str));
        let expected = text!(
            "a time zone such as \"Asia/Shanghai\", or an offset such as \"+08:00\"",
            "\"Asia/Shanghai\" 之类的时区，或 \"+08:00\" 之类的时差"
        );
        findings.fault(&here, Code::UnknownValue, quoted(&name.0), expected, hint);
        Zone::utc()
    }))
}

struct Converter<'d> {
    document: &'d doc::Scenario<'d>,
    /// Nothing when the document states none.
    zone: Option<Zone>,
    /// Nothing when the document states none.
    datum: Option<Datum>,
    indexes: Cow<'d, Indexes<'d>>,
    /// So many places are known that are not in the data.
    first_place: usize,
    places: Places<'d>,
    data: ProblemData,
    findings: Findings,
    expansion: Expansion,
}

impl Converter<'_> {
    fn time(&mut self, path: &Path<'_>, when: Option<&When<'_>>) -> Option<Time> {
        self.findings.time(self.zone.as_ref(), path, when)
    }
}

/// A reference by key, as a typed id; the lost one when it leads nowhere.
macro_rules! refer {
    ($converter:expr, $list:ident as $id:ident, $path:expr, $key:expr) => {
        $id($converter.findings.refer(&$converter.indexes.$list, $path, $key).unwrap_or(LOST))
    };
}
use refer;

/// The text of an optional name.
fn owned(name: Option<&Str<'_>>) -> Option<String> {
    name.map(|name| name.0.clone().into_owned())
}
