//! What a route carries from its start, against what the person can carry.

use std::collections::BTreeMap;

use super::Judge;
use super::route::known;
use crate::model::{DimensionId, VolunteerId};
use crate::plan::{Route, Rule};
use crate::text;

impl Judge<'_> {
    /// One violation for each dimension of which too much is on board.
    pub(super) fn loads(&mut self, path: &str, route: &Route, who: VolunteerId) {
        let problem = self.problem;
        let mut on_board: BTreeMap<DimensionId, i64> = BTreeMap::new();
        for visit in route.visits.iter().filter(|visit| known(problem, visit)) {
            for load in &problem.need(visit.need).roles[usize::from(visit.role)].load {
                // Only a plan that lists one need a million times could leave the range.
                let sum = on_board.entry(load.dimension).or_default();
                *sum = sum.saturating_add(load.amount);
            }
        }
        let capacity = &problem.volunteer(who).capacity;
        for (dimension, sum) in on_board {
            let own = capacity.iter().find(|load| load.dimension == dimension);
            let most = own.map_or(0, |load| load.amount);
            if sum > most {
                let key = &problem.dimensions()[dimension.index()].key;
                let detail = text!("{key}: {sum}, at most {most}", "{key}:{sum},最多 {most}");
                self.broken(path.to_owned(), Rule::Overload, detail);
            }
        }
    }
}
