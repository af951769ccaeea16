//! By what a plan knows its problem.

use super::Problem;
use crate::model::fingerprint::Fnv;
use crate::model::{Fingerprint, Unit};

impl Problem {
    /// What the ids of this problem mean, as one number: a plan carries that of its problem. Reckoned when it is first asked for.
    pub fn fingerprint(&self) -> Fingerprint {
        *self.fingerprint.get_or_init(|| fingerprint(self))
    }
}

fn fingerprint(problem: &Problem) -> Fingerprint {
    let mut hash = Fnv::default();
    hash.count(problem.needs().len());
    for need in problem.needs() {
        hash.text(&need.key);
        hash.count(need.roles.len());
        hash.count(need.stops.len());
    }
    let people = problem.volunteers().iter().map(|volunteer| &volunteer.key);
    hash.texts(people.collect());
    hash.texts(problem.vehicles().iter().map(|vehicle| &vehicle.key).collect());
    hash.texts(problem.depots().iter().map(|depot| &depot.key).collect());
    hash.texts(problem.goods().iter().map(|good| &good.key).collect());
    hash.count(problem.units().len());
    for Unit { volunteer, shift, vehicle, day, .. } in problem.units() {
        hash.number(volunteer.0.into());
        hash.number((*shift).into());
        hash.number(vehicle.map_or(u64::MAX, |vehicle| vehicle.0.into()));
        hash.bytes(&day.to_le_bytes());
    }
    hash.fingerprint()
}
