//! The legs of everybody, and of those who suit a requirement.

use super::leg::{Leg, legs};
use super::leg_tree::{Prices, SplitWeights, Tree};
use super::preferences::Preferences;
use super::route_bounds::RouteBounds;
use super::sync_gain::SyncGains;
use crate::base::{Csr, Spent};
use crate::model::signature::CompiledRequirement;
use crate::model::{Problem, SlotId, Time, UnitId};
use crate::solve::insertion::lower_bound::Stretches;
use crate::solve::instance::Instance;
use crate::solve::state::WorkingPlan;
use rustc_hash::FxHashMap;

/// Those who suit one requirement, names apart.
pub(crate) struct Group {
    /// Those of whom distance does not tell what a detour costs: they are all asked.
    pub(crate) apart: Vec<UnitId>,
    pub(crate) tree: Tree,
    /// Legs of runs with a smaller number are in it.
    pub(crate) since: u32,
}

impl Group {
    pub(crate) fn new(all: &Everybody, recipe: &Recipe) -> Self {
        let mut legs = Vec::new();
        let mut apart = Vec::new();
        for &unit in recipe.rows.iter().flat_map(|&row| &all.by_signature[row as usize].0) {
            match all.of(unit) {
                Some(known) => legs.extend_from_slice(known),
                None => apart.push(unit),
            }
        }
        let weights = SplitWeights::new(&recipe.prices, &legs);
        Self { apart, tree: Tree::new(legs, &weights), since: 1 }
    }
}

/// A requirement as it is asked.
pub(crate) struct Asked {
    /// Signatures that suit it.
    pub(crate) rows: Vec<u32>,
    /// How many legs those have who hold one of them.
    pub(crate) legs: usize,
    /// By whom it is asked.
    pub(crate) slots: Vec<SlotId>,
}

impl Asked {
    pub(crate) fn new(problem: &Problem, all: &Everybody, part: &CompiledRequirement) -> Self {
        let rows = (0..problem.signature_count() as u32).filter(|&row| part.may_suit(problem.signature(row)));
        let rows = rows.collect::<Vec<_>>();
        let legs = rows.iter().map(|&row| all.by_signature[row as usize].1).sum();
        Self { rows, legs, slots: Vec::new() }
    }
}

/// Of what a group is made.
pub(crate) struct Recipe {
    /// Signatures that suit it.
    pub(crate) rows: Vec<u32>,
    pub(crate) prices: Prices,
}

/// The legs of everybody.
#[derive(Default)]
pub(crate) struct Everybody {
    legs: Csr<Leg>,
    /// Whether distance tells what a detour from the legs of a unit costs.
    is_known: Vec<bool>,
    /// The units with a signature, and how many legs they have.
    by_signature: Vec<(Vec<UnitId>, usize)>,
}

impl Everybody {
    pub(crate) fn new(
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        (gains, kept, wishes): (&SyncGains, &RouteBounds, &Preferences),
        origin: Time,
        spent: Spent<'_>,
    ) -> Self {
        let problem = instance.problem;
        let by_signature = vec![(Vec::new(), 0); problem.signature_count()];
        let mut all = Self { by_signature, ..Self::default() };
        let mut stretches = Stretches::default();
        let mut own = Vec::new();
        for unit in problem.unit_ids() {
            // Whoever is not looked at has no legs, and is not asked apart.
            if unit.0.is_multiple_of(1024) && spent() >= 1.0 {
                break;
            }
            own.clear();
            let of = (unit, wishes.met_by(problem, unit), origin);
            let route = (gains, kept.slack(unit), kept.by(unit));
            let known = legs(instance, plan, route, &mut stretches, of, |leg| own.push(leg));
            all.push(problem.unit(unit).signature, known.map(|()| own.as_slice()));
        }
        all
    }

    /// How many legs there are.
    pub(crate) fn len(&self) -> usize {
        self.legs.items().len()
    }

    fn of(&self, unit: UnitId) -> Option<&[Leg]> {
        self.is_known[unit.index()].then(|| self.legs.row(unit.index()))
    }

    fn push(&mut self, row: u32, known: Option<&[Leg]>) {
        let unit = UnitId::new(self.is_known.len());
        self.is_known.push(known.is_some());
        self.legs.push(known.unwrap_or_default().iter().copied());
        let (units, count) = &mut self.by_signature[row as usize];
        units.push(unit);
        *count += known.map_or(0, <[Leg]>::len);
    }

    /// The same after some routes have changed.
    pub(crate) fn after(&self, changes: &Changes) -> Self {
        let by_signature = vec![(Vec::new(), 0); self.by_signature.len()];
        let mut all = Self { by_signature, ..Self::default() };
        let mut rows = vec![0; self.is_known.len()];
        for ((units, _), row) in self.by_signature.iter().zip(0..) {
            for unit in units {
                rows[unit.index()] = row;
            }
        }
        let last = changes.units.iter().map(|change| (change.unit, change)).collect::<FxHashMap<_, _>>();
        for (unit, row) in (0..rows.len()).map(UnitId::new).zip(rows) {
            match last.get(&unit) {
                Some(Change { row, legs, .. }) => {
                    let legs = legs.clone().map(|span| &changes.legs[span]);
                    all.push(*row, legs);
                }
                None => all.push(row, self.of(unit)),
            }
        }
        all
    }
}

/// Routes that have changed, in the order in which they did.
#[derive(Default)]
pub(crate) struct Changes {
    units: Vec<Change>,
    legs: Vec<Leg>,
}

struct Change {
    unit: UnitId,
    /// The signature of who has the route.
    row: u32,
    legs: Option<std::ops::Range<usize>>,
}

impl Changes {
    /// The legs of a unit are these from here on; `None` if distance does not tell what a detour costs.
    pub(crate) fn note(&mut self, (unit, row): (UnitId, u32), legs: Option<&[Leg]>) {
        let first = self.legs.len();
        self.legs.extend_from_slice(legs.unwrap_or_default());
        let legs = legs.map(|_| first..self.legs.len());
        self.units.push(Change { unit, row, legs });
    }
}
