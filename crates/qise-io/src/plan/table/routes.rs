//! From the rows of a table to routes: in which order visits are made, and which roles they fill.

use std::collections::{BTreeMap, HashMap};

use qise::Problem;
use qise::model::{NeedId, Time, UnitId};
use qise::plan::{DraftRoute, DraftVisit};

use super::Entry;

/// The visits of one row, and their start.
type Made = (Option<Time>, Vec<DraftVisit>);

/// The routes of all units that some row names.
pub(super) fn routes(problem: &Problem, entries: &[Entry]) -> Vec<DraftRoute> {
    let mut free = Places::new(entries);
    let mut units: BTreeMap<UnitId, Vec<Made>> = BTreeMap::new();
    for entry in entries {
        let need = problem.need(entry.need);
        let role = entry.role.unwrap_or_else(|| free.role(problem, entry));
        let stops = match entry.stop {
            Some(stop) => stop..stop + 1,
            None => 0..need.stops.len() as u16,
        };
        let first = stops.start;
        let visits = stops.map(|stop| {
            let start = entry.start.filter(|_| stop == first);
            DraftVisit { need: entry.need, role, stop, arrival: None, start, end: None }
        });
        units.entry(entry.unit).or_default().push((entry.start, visits.collect()));
    }
    let route = |(unit, mut visits): (UnitId, Vec<Made>)| {
        if visits.iter().all(|(start, _)| start.is_some()) {
            visits.sort_by_key(|&(start, _)| start);
        }
        let visits = visits.into_iter().flat_map(|(_, visits)| visits).collect();
        DraftRoute { visits, ..DraftRoute::new(unit) }
    };
    units.into_iter().map(route).collect()
}

/// How many people each role of each need has already.
struct Places(HashMap<(NeedId, u16), u32>);

impl Places {
    fn new(entries: &[Entry]) -> Self {
        let mut taken = HashMap::new();
        for entry in entries.iter().filter(|entry| entry.stop.unwrap_or(0) == 0) {
            if let Some(role) = entry.role {
                *taken.entry((entry.need, role)).or_default() += 1;
            }
        }
        Self(taken)
    }

    /// The first free role that the person suits, else the first that is free, else the first.
    fn role(&mut self, problem: &Problem, entry: &Entry) -> u16 {
        let roles = &problem.need(entry.need).roles;
        let has = |role: u16| self.0.get(&(entry.need, role)).copied().unwrap_or(0);
        let free = (0..roles.len() as u16).filter(|&role| has(role) < roles[usize::from(role)].count);
        let free = free.collect::<Vec<_>>();
        let suits = |role: &u16| {
            let mut slots = problem.slots_of(entry.need).filter(|&slot| problem.slot(slot).role == *role);
            slots.next().is_some_and(|slot| problem.suits(slot, entry.unit).is_ok())
        };
        let role = free.iter().copied().find(suits).or(free.first().copied()).unwrap_or(0);
        if entry.stop.unwrap_or(0) == 0 {
            *self.0.entry((entry.need, role)).or_default() += 1;
        }
        role
    }
}
