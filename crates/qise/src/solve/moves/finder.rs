//! Finding a place for a need: a look at the routes that pass near it, and at the people who start near it.
//!
//! A step costs what it changes: a removed need is tried in the routes of the needs near it and of the people who start near it; a need that
//! was left before, only where a route has just changed.

use super::subproblem::Subproblem;
use crate::base::Random;
use crate::model::{SlotId, UnitId};
use crate::solve::insertion::crew::CrewFinder;
use crate::solve::insertion::party::Patience;
use crate::solve::insertion::single::{Insertion, PlaceFinder};
use crate::solve::instance::Instance;
use crate::solve::state::{CrewInsertion, WorkingPlan};

/// Routes near a need that are looked at.
const ROUTES: usize = 12;
/// Units starting near a need that are looked at.
const STARTS: usize = 12;
/// Chance that a place is passed over, one in so many (a blink: Christiaens & Vanden Berghe 2020).
const BLINK: u32 = 100;

/// Looks for places for a crew that pass over one place in [`SHAKE`], one in so many.
const SHAKEN: u32 = 4;
const SHAKE: u32 = 3;
/// So do repairs of plans of no more needs than that: the cheapest places of few needs are always the same.
pub(crate) const FEW: usize = 40;

/// Buffers for finding places.
#[derive(Clone, Debug)]
pub(crate) struct Finder {
    trial: PlaceFinder,
    crew: CrewFinder,
    /// Who was asked in the look with this number.
    asked: Vec<u32>,
    look: u32,
    /// Places to find before the next blink.
    until_blink: u32,
    /// Whether many places are passed over in this repair.
    shaken: bool,
}

impl Finder {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        Self {
            trial: PlaceFinder::default(),
            crew: CrewFinder::default(),
            asked: vec![0; instance.units.len()],
            look: 0,
            until_blink: BLINK,
            shaken: false,
        }
    }

    /// Begins a repair.
    pub(crate) fn begin(&mut self, subproblem: &Subproblem, random: &mut Random) {
        self.shaken = subproblem.slots().len() <= FEW && random.once_in(SHAKEN);
    }

    /// The cheapest place for `need` among the routes and starts near it, but for a blink now and then; it costs less than
    /// `below`.
    pub(crate) fn near(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        subproblem: &Subproblem,
        slot: SlotId,
        below: i64,
        random: &mut Random,
    ) -> Option<Insertion> {
        let mut best: Option<Insertion> = None;
        self.near_units(instance, plan, subproblem, slot, |finder, unit| {
            finder.ask(instance, plan, (slot, below), unit, random, &mut best);
        });
        best
    }

    /// The units whose routes pass near a slot, and those who start near it.
    pub(crate) fn name_near(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        subproblem: &Subproblem,
        slot: SlotId,
        units: &mut Vec<UnitId>,
    ) {
        self.near_units(instance, plan, subproblem, slot, |_, unit| units.push(unit));
    }

    /// Names the units whose routes pass near a slot, and those who start near it.
    #[inline]
    fn near_units(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        subproblem: &Subproblem,
        slot: SlotId,
        mut each: impl FnMut(&mut Self, UnitId),
    ) {
        self.begin_look();
        let mut looked = 0;
        for &other in instance.proximity.neighbours.by_proximity(slot) {
            let Some(unit) = plan.unit_of(other) else { continue };
            if self.may_ask(instance, subproblem, slot, unit) {
                each(self, unit);
                looked += 1;
                if looked == ROUTES {
                    break;
                }
            }
        }
        let mut looked = 0;
        for &leader in instance.proximity.candidates.of(slot) {
            if !subproblem.contains(leader) && instance.units.identical.is_alone(leader) {
                continue;
            }
            let Some(unit) = subproblem.starter(instance, plan, leader) else { continue };
            if self.may_ask(instance, subproblem, slot, unit) {
                each(self, unit);
                looked += 1;
                if looked == STARTS {
                    break;
                }
            }
        }
    }

    /// The cheapest places below a cost for the crew that `lead` stands for, among the routes and starts near it, or among all candidates.
    pub(crate) fn crew(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        subproblem: &Subproblem,
        (lead, below): (SlotId, i64),
        everywhere: bool,
        random: &mut Random,
    ) -> Option<CrewInsertion> {
        let mut crew = std::mem::take(&mut self.crew);
        let mut blinks = self.until_blink;
        if !instance.parties.is_empty() {
            crew.party.idle_price = random.unit() * random.unit() * 0.3;
            crew.party.patience = match random.below(4) {
                0 => Patience::Some(0.0),
                1 => Patience::Some(0.2),
                _ => Patience::None,
            };
        }
        // The cheapest crew takes the people whom another needs: now and then many places are passed over.
        let shaken = random.once_in(SHAKEN);
        let mut blink = || if shaken { random.once_in(SHAKE) } else { count_down(&mut blinks, random) };
        let found = crew.find(instance, plan, lead, below, &mut blink, |slot, units| {
            if everywhere {
                self.all_units(instance, plan, subproblem, slot, |_, unit| units.push(unit));
            } else {
                self.near_units(instance, plan, subproblem, slot, |_, unit| units.push(unit));
            }
        });
        self.until_blink = blinks;
        self.crew = crew;
        found
    }

    fn all_units(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        subproblem: &Subproblem,
        slot: SlotId,
        mut each: impl FnMut(&mut Self, UnitId),
    ) {
        self.begin_look();
        for &leader in instance.proximity.candidates.of(slot) {
            for unit in instance.units.identical.class(leader).filter(|&u| plan.route(u).out) {
                if self.may_ask(instance, subproblem, slot, unit) {
                    each(self, unit);
                }
            }
            if let Some(unit) = subproblem.starter(instance, plan, leader)
                && self.may_ask(instance, subproblem, slot, unit)
            {
                each(self, unit);
            }
        }
    }

    /// The cheapest place for `need` among all its candidates.
    pub(crate) fn anywhere(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        subproblem: &Subproblem,
        slot: SlotId,
        random: &mut Random,
    ) -> Option<Insertion> {
        let worth = instance.slot(slot).prize;
        let mut best: Option<Insertion> = None;
        self.all_units(instance, plan, subproblem, slot, |finder, unit| {
            finder.ask(instance, plan, (slot, worth), unit, random, &mut best);
        });
        best
    }

    /// The cheapest place for `need` among the routes that have changed since the trial began.
    pub(crate) fn among_changed(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        slot: SlotId,
        random: &mut Random,
    ) -> Option<Insertion> {
        let worth = instance.slot(slot).prize;
        let mut best: Option<Insertion> = None;
        for unit in plan.trial().changed() {
            if instance.is_compatible(slot, unit) {
                self.ask(instance, plan, (slot, worth), unit, random, &mut best);
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
        subproblem: &Subproblem,
        slot: SlotId,
        unit: UnitId,
    ) -> bool {
        let asked = &mut self.asked[unit.index()];
        if *asked == self.look || !subproblem.contains(unit) {
            return false;
        }
        *asked = self.look;
        instance.is_compatible(slot, unit)
    }

    #[inline]
    fn ask(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        (slot, below): (SlotId, i64),
        unit: UnitId,
        random: &mut Random,
        best: &mut Option<Insertion>,
    ) {
        let below = best.map_or(below, |b| b.cost);
        let (until_blink, shaken) = (&mut self.until_blink, self.shaken);
        let mut blink = || if shaken { random.once_in(SHAKE) } else { count_down(until_blink, random) };
        if let Some(found) = self.trial.best_in_route(instance, plan, slot, unit, below, &mut blink) {
            *best = Some(found);
        }
    }
}

/// Whether a place is passed over now.
#[inline]
fn count_down(until_blink: &mut u32, random: &mut Random) -> bool {
    *until_blink -= 1;
    let now = *until_blink == 0;
    if now {
        *until_blink = 1 + random.below(2 * BLINK - 1);
    }
    now
}
