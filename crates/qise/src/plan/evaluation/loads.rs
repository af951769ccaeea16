//! What is on board of a route, stop by stop, against what the person can carry.

use std::collections::BTreeMap;

use super::Judge;
use super::route::known;
use crate::model::{DimensionId, VolunteerId};
use crate::plan::{Route, Rule};
use crate::text;

impl Judge<'_> {
    /// One violation for each dimension of which too much is on board at some time.
    ///
    /// What goes to a single stop is on board from the start of the route to that stop, what a ride carries from its first stop to its
    /// last.
    pub(super) fn loads(&mut self, path: &str, route: &Route, who: VolunteerId) {
        let problem = self.problem;
        let visits = route.visits.iter().filter(|visit| known(problem, visit)).collect::<Vec<_>>();
        let loads = |v: usize| &problem.need(visits[v].need).roles[usize::from(visits[v].role)].load;
        let mut on_board: BTreeMap<DimensionId, i64> = BTreeMap::new();
        let mut most_on_board: BTreeMap<DimensionId, i64> = BTreeMap::new();
        // Only a plan that lists one need a million times could leave the range.
        let add = |on_board: &mut BTreeMap<DimensionId, i64>, dimension, amount: i64| {
            let sum = on_board.entry(dimension).or_default();
            *sum = sum.saturating_add(amount);
            *sum
        };
        for (v, visit) in visits.iter().enumerate() {
            for load in loads(v).iter().filter(|_| !problem.need(visit.need).is_ride()) {
                let sum = add(&mut on_board, load.dimension, load.amount);
                let most = most_on_board.entry(load.dimension).or_default();
                *most = sum.max(*most);
            }
        }
        for (v, visit) in visits.iter().enumerate() {
            let need = problem.need(visit.need);
            let is_last = self.is_last_stop(visit.need, visit);
            for load in loads(v) {
                let change = match (need.is_ride(), Self::is_first_stop(visit), is_last) {
                    (true, true, _) => load.amount,
                    (_, _, true) => -load.amount,
                    _ => 0,
                };
                let sum = add(&mut on_board, load.dimension, change);
                let most = most_on_board.entry(load.dimension).or_default();
                *most = sum.max(*most);
            }
        }
        let capacity = &problem.volunteer(who).capacity;
        for (dimension, sum) in most_on_board {
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
