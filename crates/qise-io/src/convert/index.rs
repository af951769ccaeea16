//! From text keys to dense numbers.

use std::borrow::Cow;
use std::collections::HashMap;

use qise::model::Code;
use qise::{Problem, text};

use super::findings::present;
use super::land::CAR;
use super::{Findings, bare};
use crate::document as doc;
use crate::path::Path;
use crate::read::{List, Str, quoted};

/// Where each key of one list stands.
///
/// Keys come from outside, so the map hashes with a random seed; nothing ever depends on its order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index<'d> {
    list: &'static str,
    numbers: HashMap<Cow<'d, str>, u32>,
    order: Vec<Cow<'d, str>>,
    incomplete: bool,
}

impl<'d> Index<'d> {
    /// An index of keys that are known to be good.
    pub(crate) fn of(list: &'static str, keys: impl Iterator<Item = &'d str>) -> Self {
        Self::of_all(list, keys.map(Cow::Borrowed))
    }

    /// The same of keys that may be its own.
    fn of_all(list: &'static str, keys: impl Iterator<Item = Cow<'d, str>>) -> Self {
        let mut index = Self { list, ..Self::default() };
        for key in keys {
            index.numbers.insert(key.clone(), index.order.len() as u32);
            index.order.push(key);
        }
        index
    }

    /// The index of a list of the document, whose elements are numbered as they are in the data; notes keys that stand
    /// there twice.
    fn new<T>(
        list: &'static str,
        items: Option<&'d List<T>>,
        id: impl Fn(&'d T) -> Option<&'d Str<'d>>,
        findings: &mut Findings,
    ) -> Self {
        let root = Path::Root;
        let here = root.field(list);
        let mut index =
            Self { list, incomplete: is_incomplete(&here, items, &id, findings), ..Self::default() };
        let mut first: HashMap<&str, usize> = HashMap::new();
        for (number, (i, item)) in present(items).enumerate() {
            let Some(key) = id(item).map(|id| id.0.as_ref()) else { continue };
            if let Some(&before) = first.get(key) {
                if !key.is_empty() {
                    let expected = text!(
                        "a key of its own; $.{list}[{before}] has this one",
                        "不重复的编号；$.{list}[{before}] 已用此编号"
                    );
                    let path = here.index(i);
                    findings.fault(
                        &path.field("id"),
                        Code::DuplicateKey,
                        quoted(key),
                        expected,
                        qise::Text::default(),
                    );
                }
                continue;
            }
            first.insert(key, i);
            index.numbers.insert(key.into(), number as u32);
            index.order.push(key.into());
        }
        index
    }

    /// Notes the number of a key that does not stand in the document as such.
    pub(super) fn add(&mut self, key: String, number: u32) {
        self.numbers.entry(key.into()).or_insert(number);
    }

    /// The number of a key.
    pub(crate) fn get(&self, key: &str) -> Option<u32> {
        self.numbers.get(key).copied()
    }

    /// The name of the list.
    pub(super) fn list(&self) -> &'static str {
        self.list
    }

    /// All keys, in the order of the document.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> + '_ {
        self.order.iter().map(AsRef::as_ref)
    }

    /// Whether the list may hold keys that are not known here.
    pub(super) fn is_incomplete(&self) -> bool {
        self.incomplete
    }

    /// The same index, of a list that may hold more.
    pub(super) fn or_more(mut self, incomplete: bool) -> Self {
        self.incomplete = incomplete;
        self
    }
}

/// Whether a list of the document could not be read in full: not at all, not every element, or not every id. A list that
/// stands there twice was read once.
pub(super) fn is_incomplete<'d, T>(
    here: &Path<'_>,
    items: Option<&'d List<T>>,
    id: impl Fn(&'d T) -> Option<&'d Str<'d>>,
    findings: &Findings,
) -> bool {
    findings.broken_itself(here)
        || items.is_some_and(|items| items.0.iter().any(|item| item.as_ref().and_then(&id).is_none()))
}

/// The indexes of all lists that others refer to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Indexes<'d> {
    pub(super) places: Index<'d>,
    pub(super) areas: Index<'d>,
    pub(super) profiles: Index<'d>,
    pub(super) skills: Index<'d>,
    pub(super) dimensions: Index<'d>,
    pub(super) goods: Index<'d>,
    pub(super) categories: Index<'d>,
    pub(super) teams: Index<'d>,
    pub(super) projects: Index<'d>,
    pub(super) vehicles: Index<'d>,
    pub(super) volunteers: Index<'d>,
    pub(super) needs: Index<'d>,
}

impl<'d> Indexes<'d> {
    /// All but the categories, which have their own way of counting.
    pub(super) fn new(document: &'d doc::Scenario<'d>, findings: &mut Findings) -> Self {
        Self {
            places: Index::new("places", document.places.as_ref(), |x| x.id.as_ref(), findings),
            areas: Index::new("areas", document.areas.as_ref(), |x| x.id.as_ref(), findings),
            profiles: match &document.profiles {
                None if !findings.broken(&Path::Root.field("profiles")) => {
                    Index::of("profiles", [CAR].into_iter())
                }
                given => Index::new("profiles", given.as_ref(), |x| x.id.as_ref(), findings),
            },
            skills: Index::new("skills", document.skills.as_ref(), |x| x.id.as_ref(), findings),
            dimensions: Index::new("dimensions", document.dimensions.as_ref(), |x| x.id.as_ref(), findings),
            goods: Index::new("goods", document.goods.as_ref(), |x| x.id.as_ref(), findings),
            categories: Index::default(),
            teams: Index::new("teams", document.teams.as_ref(), |x| x.id.as_ref(), findings),
            projects: Index::new("projects", document.projects.as_ref(), |x| x.id.as_ref(), findings),
            vehicles: Index::new("vehicles", document.vehicles.as_ref(), |x| x.id.as_ref(), findings),
            volunteers: Index::new("volunteers", document.volunteers.as_ref(), |x| x.id.as_ref(), findings),
            needs: Index::new("needs", document.needs.as_ref(), |x| x.id.as_ref(), findings),
        }
    }
}

impl Indexes<'static> {
    /// Those of a problem, for what comes in later. Of places only those that have a key of their own.
    pub(crate) fn of_problem(problem: &Problem) -> Self {
        fn of<T>(list: &'static str, all: &[T], key: impl Fn(&T) -> &String) -> Index<'static> {
            Index::of_all(list, all.iter().map(|one| Cow::Owned(key(one).clone())))
        }
        let mut places = Index { list: "places", ..Index::default() };
        for (number, place) in problem.places().iter().enumerate() {
            if bare(place).is_none() {
                places.numbers.insert(Cow::Owned(place.key.clone()), number as u32);
                places.order.push(Cow::Owned(place.key.clone()));
            }
        }
        Self {
            places,
            areas: of("areas", problem.areas(), |x| &x.key),
            profiles: of("profiles", problem.profiles(), |x| &x.key),
            skills: of("skills", problem.skills(), |x| &x.key),
            dimensions: of("dimensions", problem.dimensions(), |x| &x.key),
            goods: of("goods", problem.goods(), |x| &x.key),
            categories: of("categories", problem.categories(), |x| &x.key),
            teams: of("teams", problem.teams(), |x| &x.key),
            projects: of("projects", problem.projects(), |x| &x.key),
            vehicles: of("vehicles", problem.vehicles(), |x| &x.key),
            volunteers: of("volunteers", problem.volunteers(), |x| &x.key),
            needs: Index::default(),
        }
    }
}
