//! Finding a place for a need: a look at the routes that pass near it, and at the people who start near it.

use super::insertion::{Insertion, Trial};
use super::instance::Instance;
use super::random::Random;
use super::territory::Territory;
use super::working::WorkingPlan;
use crate::model::{NeedId, UnitId};

/// Routes near a need that are looked at.
const ROUTES: usize = 12;
/// Units starting near a need that are looked at.
const STARTS: usize = 12;
/// Chance that a place is passed over, one in so many (a blink: Christiaens & Vanden Berghe 2020).
const BLINK: u32 = 100;

/// Buffers for finding places.
#[derive(Clone, Debug)]
pub(super) struct Finder {
    trial: Trial,
    /// Who was asked in the look with this number.
    asked: Vec<u32>,
    look: u32,
    /// Places to find before the next blink.
    until_blink: u32,
}

impl Finder {
    pub(super) fn new(instance: &Instance<'_>) -> Self {
        Self { trial: Trial::default(), asked: vec![0; instance.units.len()], look: 0, until_blink: BLINK }
    }

    /// The cheapest place for `need` among the routes and starts near it, but for a blink now and then; it costs less than
    /// `below`.
    pub(super) fn near(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        territory: &Territory,
        need: NeedId,
        below: i64,
        random: &mut Random,
    ) -> Option<Insertion> {
        self.begin_look();
        let mut best: Option<Insertion> = None;
        let mut looked = 0;
        for &other in instance.near.linked(need) {
            let Some(unit) = plan.unit_of(other) else { continue };
            if self.may_ask(instance, territory, need, unit) {
                self.ask(instance, plan, (need, below), unit, random, &mut best);
                looked += 1;
                if looked == ROUTES {
                    break;
                }
            }
        }
        let mut looked = 0;
        for &leader in instance.candidates.of(need) {
            if !territory.holds(leader) && instance.twins.end(leader) == leader.0 + 1 {
                continue;
            }
            let Some(unit) = territory.starter(instance, plan, leader) else { continue };
            if self.may_ask(instance, territory, need, unit) {
                self.ask(instance, plan, (need, below), unit, random, &mut best);
                looked += 1;
                if looked == STARTS {
                    break;
                }
            }
        }
        best
    }

    /// The cheapest place for `need` among all its candidates.
    pub(super) fn anywhere(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        territory: &Territory,
        need: NeedId,
        random: &mut Random,
    ) -> Option<Insertion> {
        self.begin_look();
        let worth = instance.need(need).worth;
        let mut best: Option<Insertion> = None;
        for &leader in instance.candidates.of(need) {
            for unit in instance.twins.run(leader).filter(|&u| plan.route(u).out) {
                if self.may_ask(instance, territory, need, unit) {
                    self.ask(instance, plan, (need, worth), unit, random, &mut best);
                }
            }
            if let Some(unit) = territory.starter(instance, plan, leader)
                && self.may_ask(instance, territory, need, unit)
            {
                self.ask(instance, plan, (need, worth), unit, random, &mut best);
            }
        }
        best
    }

    /// The cheapest place for `need` among the routes that have changed since the trial began.
    pub(super) fn among_changed(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        need: NeedId,
        random: &mut Random,
    ) -> Option<Insertion> {
        let worth = instance.need(need).worth;
        let mut best: Option<Insertion> = None;
        for unit in plan.changed() {
            if instance.admits(need, unit) {
                self.ask(instance, plan, (need, worth), unit, random, &mut best);
            }
        }
        best
    }

    fn begin_look(&mut self) {
        self.look = self.look.wrapping_add(1);
    }

    /// Whether `unit` was not asked in this look yet, and may serve the need.
    #[inline]
    fn may_ask(
        &mut self,
        instance: &Instance<'_>,
        territory: &Territory,
        need: NeedId,
        unit: UnitId,
    ) -> bool {
        let asked = &mut self.asked[unit.index()];
        if *asked == self.look || !territory.holds(unit) {
            return false;
        }
        *asked = self.look;
        instance.admits(need, unit)
    }

    #[inline]
    fn ask(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        (need, below): (NeedId, i64),
        unit: UnitId,
        random: &mut Random,
        best: &mut Option<Insertion>,
    ) {
        let below = best.map_or(below, |b| b.cost);
        let until_blink = &mut self.until_blink;
        let mut blink = || {
            *until_blink -= 1;
            let now = *until_blink == 0;
            if now {
                *until_blink = 1 + random.below(2 * BLINK - 1);
            }
            now
        };
        if let Some(found) = self.trial.best_in_route(instance, plan, need, unit, below, &mut blink) {
            *best = Some(found);
        }
    }
}
