//! One need that comes into a problem that stands.

use std::borrow::Cow;

use qise::model::{Code, Fault, PlaceId};
use qise::query::NeedInput;
use qise::{Faults, Problem, ProblemData, Text, text};

use super::findings::present;
use super::merge::merge_one;
use super::places::Places;
use super::shorthand::Expansion;
use super::{Converter, Findings, Indexes};
use crate::datum::Datum;
use crate::document as doc;
use crate::path::Path;
use crate::time::Zone;

/// What a need is read against.
pub(crate) struct OneNeed<'r> {
    /// The problem as it is now.
    pub(crate) problem: &'r Problem,
    /// The keys of the problem as it was when it was read.
    pub(crate) indexes: &'r Indexes<'static>,
    /// The zone of times without an offset.
    pub(crate) zone: &'r Zone,
    /// The datum of coordinates.
    pub(crate) datum: Datum,
}

/// The need that a record stands for.
///
/// # Errors
/// Everything that is wrong with it at once, by paths from `$`, the need itself.
pub(crate) fn one_need(
    of: &OneNeed<'_>,
    given: &doc::Need<'_>,
    structure: Vec<Fault>,
) -> Result<NeedInput, Faults> {
    let document = doc::Scenario::default();
    let first_place = of.problem.places().len();
    let mut converter = Converter {
        document: &document,
        zone: Some(of.zone.clone()),
        datum: Some(of.datum),
        indexes: Cow::Borrowed(of.indexes),
        first_place,
        places: Places::default(),
        data: ProblemData::new(""),
        findings: Findings::new(structure),
        expansion: Expansion::default(),
    };
    converter.refuse_shorthand(given);
    let mut need = converter.need(&Path::Root, given);
    let places = converter.data.places;
    let mut at = Vec::new();
    for stop in &mut need.stops {
        let own = stop.place.index().checked_sub(first_place).and_then(|own| places.get(own)).cloned();
        if own.is_some() {
            stop.place = PlaceId(0);
        }
        at.push(own);
    }
    if at.iter().all(Option::is_none) {
        at.clear();
    }
    let input = NeedInput { need, at };
    let core = input.check(of.problem);
    match core {
        Ok(()) if converter.findings.faults.is_empty() => Ok(input),
        core => Err(merge_one(converter.findings, core.err().unwrap_or_default(), of.zone)),
    }
}

impl<'d> Converter<'d> {
    /// What stands for several needs, or for several ways to serve one, does not come in one by one.
    fn refuse_shorthand(&mut self, given: &'d doc::Need<'d>) {
        let here = Path::Root;
        let whole = [
            ("recurrence", given.recurrence.is_some()),
            ("session", given.session.is_some()),
            ("loan", given.loan.is_some()),
            ("combine", given.combine.is_some()),
        ];
        for (name, _) in whole.into_iter().filter(|(_, stated)| *stated) {
            self.unsupported(&here.field(name), name);
        }
        let list = here.field("roles");
        for (r, role) in present(given.roles.as_ref()) {
            if role.optional.is_some() {
                self.unsupported(&list.index(r).field("optional"), "optional");
            }
        }
        let list = here.field("gaps");
        for (g, gap) in present(given.gaps.as_ref()) {
            if gap.either == Some(true) {
                self.unsupported(&list.index(g).field("either"), "either");
            }
        }
        let list = here.field("goods");
        for (g, supply) in present(given.goods.as_ref()) {
            for (name, stated) in [("or", supply.or.is_some()), ("least", supply.least.is_some())] {
                if stated {
                    self.unsupported(&list.index(g).field(name), name);
                }
            }
        }
    }

    fn unsupported(&mut self, path: &Path<'_>, name: &str) {
        let expected = text!(
            "one need with one way to serve it, in this release",
            "此版本只接受一项只有一种服务方式的需求"
        );
        let hint = text!("add each need by itself, without {name:?}", "请逐项添加需求，不写 {name:?}");
        self.findings.fault(path, Code::Unsupported, Text::same(name), expected, hint);
    }
}
