//! What is known about where each need fits: the cheapest place in each candidate's route, kept until that route changes.
//!
//! A step changes a few routes; for all others the answer of an earlier step still holds. This is what makes large problems
//! quick: the work of a step grows with what it changes, not with the number of routes.

use super::insertion::{Insertion, Trial};
use super::instance::Instance;
use super::random::Random;
use super::working::WorkingPlan;
use crate::model::NeedId;

/// Chance that a route is passed over without a look, one in so many (a blink: Christiaens & Vanden Berghe 2020).
const BLINK: u32 = 100;

/// The cheapest known place of each need in the route of each of its candidates.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    known: Vec<Known>,
    trial: Trial,
    /// Routes to look at before the next blink.
    until_blink: u32,
}

/// What was found in one route at one version.
#[derive(Clone, Copy, Debug)]
struct Known {
    cost: i64,
    version: u32,
    at: u32,
}

impl Known {
    /// The cost of having found no place.
    const NOWHERE: i64 = i64::MAX;
    /// Nothing is known: versions begin at 0 and this one is never reached.
    const NOTHING: Self = Self { cost: Self::NOWHERE, version: u32::MAX, at: 0 };
}

impl Places {
    pub(super) fn new(instance: &Instance<'_>) -> Self {
        let known = vec![Known::NOTHING; instance.candidates.len()];
        Self { known, trial: Trial::default(), until_blink: BLINK }
    }

    /// The same memory, with nothing known.
    pub(super) fn forget(mut self) -> Self {
        self.known.fill(Known::NOTHING);
        self
    }

    /// The cheapest place for `need` among its candidates, but for a blink now and then.
    pub(super) fn best(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        need: NeedId,
        random: &mut Random,
    ) -> Option<Insertion> {
        let mut best: Option<Insertion> = None;
        for entry in instance.candidates.range(need) {
            let unit = instance.candidates.unit(entry);
            let version = plan.route(unit).version;
            if self.known[entry].version != version {
                let found = self.trial.best_in_route(instance, plan, need, unit);
                self.known[entry] = match found {
                    Some(found) => Known { cost: found.cost, version, at: found.at },
                    None => Known { cost: Known::NOWHERE, version, at: 0 },
                };
            }
            let known = self.known[entry];
            if known.cost < best.map_or(Known::NOWHERE, |b| b.cost) {
                self.until_blink -= 1;
                if self.until_blink == 0 {
                    self.until_blink = 1 + random.below(2 * BLINK - 1);
                    continue;
                }
                best = Some(Insertion { cost: known.cost, unit, at: known.at });
            }
        }
        best
    }
}
