//! Who works how much of what they offered, over this plan and the ledger behind it.

use super::{Evenness, Share};
use crate::model::{Ledger, Problem, Seconds, VolunteerId};
use crate::plan::{Plan, worked};

/// The load of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonLoad {
    /// The person.
    pub volunteer: VolunteerId,
    /// What lies behind.
    pub before: Ledger,
    /// Time worked in this plan: between departure and return, breaks off duty apart.
    pub worked: Seconds,
    /// Time offered in this plan: the length of all shifts.
    pub offered: Seconds,
    /// All time worked over all time offered, the ledger included.
    pub share: Share,
}

impl PersonLoad {
    /// What lies behind the person once this plan is done, with `keep_permille` thousandths of what lay behind before: a ledger that
    /// forgets slowly. A thousand keeps everything.
    pub fn ledger(&self, keep_permille: u32) -> Ledger {
        let keep = |time: Seconds| {
            let kept = i128::from(time.0) * i128::from(keep_permille) / 1000;
            i64::try_from(kept).unwrap_or(i64::MAX).min(Seconds::LIMIT.0)
        };
        let sum = |before: Seconds, now: Seconds| {
            Seconds(keep(before).saturating_add(now.0).clamp(0, Seconds::LIMIT.0))
        };
        Ledger {
            worked: sum(self.before.worked, self.worked),
            offered: sum(self.before.offered, self.offered),
        }
    }
}

/// The load of everybody who offered time, in this plan or before.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// The people, in the order of the problem.
    pub people: Vec<PersonLoad>,
    /// How evenly their shares lie. Variance is what [`Term::Load`](crate::model::Term::Load) weighs, in another unit.
    pub evenness: Evenness,
}

impl Load {
    /// Who works the least of what they offered; of several the first.
    pub fn least_used(&self) -> Option<&PersonLoad> {
        self.people.iter().min_by_key(|person| (person.share, person.volunteer))
    }

    /// Who works the most of what they offered; of several the first.
    pub fn most_used(&self) -> Option<&PersonLoad> {
        self.people.iter().min_by_key(|person| (std::cmp::Reverse(person.share), person.volunteer))
    }
}

/// Who works how much of what they offered. Whoever has offered nothing, in this plan or before, does not count.
pub fn load(problem: &Problem, plan: &Plan) -> Load {
    let mut work = vec![0_i64; problem.volunteers().len()];
    for route in plan.routes.iter().filter(|route| !route.visits.is_empty()) {
        let Some(unit) = problem.units().get(route.unit.index()) else { continue };
        if !route.departure.in_limits() || !route.finish.in_limits() {
            continue;
        }
        let time = worked(problem, unit, route).0.max(0);
        let company = route.company.iter().filter_map(|other| problem.units().get(other.index()));
        for person in std::iter::once(unit).chain(company) {
            let sum = &mut work[person.volunteer.index()];
            *sum = sum.saturating_add(time);
        }
    }
    let people = problem.volunteers().iter().zip(work).enumerate().filter_map(|(v, (volunteer, worked))| {
        let before = volunteer.ledger;
        let offered: Seconds = volunteer.shifts.iter().map(|shift| shift.end - shift.start).sum();
        let all = before.worked.0.saturating_add(worked);
        let share = Share::of(all, (before.offered + offered).0)?;
        Some(PersonLoad { volunteer: VolunteerId::new(v), before, worked: Seconds(worked), offered, share })
    });
    let people = people.collect::<Vec<_>>();
    let evenness = Evenness::of(people.iter().map(|person| person.share));
    Load { people, evenness }
}
