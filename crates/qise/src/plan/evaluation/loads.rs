//! What a route carries from its start, against what the person can carry.

use super::Judge;
use super::route::known;
use crate::model::{DimensionId, VolunteerId};
use crate::plan::{Route, Rule};
use crate::text;

impl Judge<'_> {
    /// One violation for each dimension of which too much is on board.
    pub(super) fn loads(&mut self, path: &str, route: &Route, who: VolunteerId) {
        let problem = self.problem;
        let mut on_board = vec![0_i64; problem.dimensions().len()];
        for visit in route.visits.iter().filter(|visit| known(problem, visit)) {
            for load in &problem.need(visit.need).stops[0].load {
                // Only a plan that lists one need a million times could leave the range.
                let sum = &mut on_board[load.dimension.index()];
                *sum = sum.saturating_add(load.amount);
            }
        }
        let capacity = &problem.volunteer(who).capacity;
        for (d, (dimension, sum)) in problem.dimensions().iter().zip(on_board).enumerate() {
            let own = capacity.iter().find(|load| load.dimension == DimensionId::new(d));
            let most = own.map_or(0, |load| load.amount);
            if sum > most {
                let key = &dimension.key;
                let detail = text!("{key}: {sum}, at most {most}", "{key}:{sum},最多 {most}");
                self.broken(path.to_owned(), Rule::Overload, detail);
            }
        }
    }
}
