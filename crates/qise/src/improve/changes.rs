//! The changes that an extent stands for.

use super::change::Change;
use super::limits::{ChangeLimits, asked};
use super::newcomer::newcomers;
use crate::model::{Amount, DepotId, Metres, NeedId, PlaceId, Problem, Seconds, VolunteerId};

impl ChangeLimits {
    /// The changes that it stands for.
    pub(super) fn changes(&self, problem: &Problem, need: NeedId) -> Vec<Change> {
        let mut changes = Vec::new();
        if self.sooner > Seconds::ZERO || self.later > Seconds::ZERO {
            changes.push(Change::Window { need, sooner: self.sooner, later: self.later });
        }
        if self.radius > Metres::ZERO {
            let people = (0..problem.volunteers().len()).map(VolunteerId::new);
            let bound = people.filter(|&who| problem.volunteer(who).max_radius.is_some());
            changes.extend(bound.map(|who| Change::Radius { who, by: self.radius }));
        }
        if self.units > 0 {
            let short = asked(problem, need).filter_map(|what| {
                let depot = nearest_depot(problem, need, what)?;
                Some(Change::Stock { depot, good: what.good, amount: self.units.into() })
            });
            changes.extend(short);
        }
        let newcomers = newcomers(problem, need, self);
        changes.extend(newcomers.into_iter().map(|newcomer| Change::Newcomer(Box::new(newcomer))));
        changes
    }
}

/// The depot from which goods come soonest to a need, of those that keep a limited amount of them, else of all.
fn nearest_depot(problem: &Problem, need: NeedId, what: Amount) -> Option<DepotId> {
    let place = problem.need_place(need);
    let depots = problem.depots().iter().enumerate();
    let depots = depots.filter(|(_, depot)| {
        let there = depot.stock(what.good);
        there.is_none_or(|(_, stock)| stock.amount.is_some())
    });
    let mode = problem.units().first()?.mode;
    let way = |from: PlaceId| problem.travel().least_seconds(mode, from, place);
    let nearest = depots.min_by_key(|(d, depot)| (depot.stock(what.good).is_none(), way(depot.place), *d));
    nearest.map(|(d, _)| DepotId::new(d))
}
