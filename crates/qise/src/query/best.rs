//! The cheapest ways found so far.

use crate::model::UnitId;
use crate::solve::instance::Instance;
use crate::solve::state::CrewInsertion;

/// The cheapest so far, one of each person.
pub(crate) struct Best {
    pub(crate) most: usize,
    pub(crate) list: Vec<CrewInsertion>,
}

impl Best {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, list: Vec::new() }
    }

    /// What another may cost at most to be among them.
    pub(crate) fn bound(&self) -> i64 {
        if self.list.len() < self.most {
            i64::MAX
        } else {
            self.list.last().map_or(i64::MIN, |last| last.cost)
        }
    }

    /// What another must cost less than to be among them.
    pub(crate) fn below(&self) -> i64 {
        self.bound().saturating_add(1)
    }

    pub(crate) fn extend(&mut self, instance: &Instance<'_>, found: Option<CrewInsertion>) {
        if let Some(found) = found {
            self.add(instance, found);
        }
    }

    pub(crate) fn add(&mut self, instance: &Instance<'_>, found: CrewInsertion) {
        let who = |crew: &CrewInsertion| instance.unit(crew.placings[0].unit).volunteer;
        if let Some(known) = self.list.iter().position(|other| who(other) == who(&found)) {
            if key(&self.list[known]) <= key(&found) {
                return;
            }
            self.list.remove(known);
        }
        let at = self.list.partition_point(|other| key(other) < key(&found));
        self.list.insert(at, found);
        self.list.truncate(self.most);
    }
}

/// What comes first: the smaller cost, of equals the unit with the smaller number.
pub(crate) fn key(crew: &CrewInsertion) -> (i64, UnitId) {
    (crew.cost, crew.placings[0].unit)
}
