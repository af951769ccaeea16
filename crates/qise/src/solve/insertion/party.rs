//! A place for a need that a party serves: with a party that can, with one that others join, or with a new one.

use super::places::{Offer, places};
use super::propagation::DelayPropagation;
use crate::model::{NeedId, Seconds, SlotId, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::party_pools::Pool;
use crate::solve::state::{CrewInsertion, Placing, WorkingPlan};

/// Parties of a day that others are asked to join, those that lack least.
const JOINED: usize = 3;
/// People who are asked to go alone, those who are worth least.
const LEADS: usize = 6;
/// Days on which there is a place that are compared.
const DAYS: u32 = 4;

/// Buffers for finding places with parties.
#[derive(Clone, Debug, Default)]
pub(crate) struct PartyFinder {
    propagation: DelayPropagation,
    offers: Vec<Offer>,
    idle: Vec<UnitId>,
    /// Parties of one day that lack somebody, with what they lack.
    lacking: Vec<(f64, UnitId)>,
    lack: Vec<i32>,
    /// How scarce it is, of what is lacking still.
    wanted: Vec<u16>,
    joining: Vec<UnitId>,
    best: Option<Best>,
    /// Places found so far.
    found: u32,
    /// How much a place that ends later counts as wasted, against the time of those who serve.
    pub(crate) patience: Patience,
    /// The share of a new member's free time that counts as wasted.
    pub(crate) idle_price: f64,
}

/// Whether the earliest place is taken, or the one that wastes least.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Patience {
    /// The earliest day, and there what wastes least.
    #[default]
    None,
    /// Waste and lateness are weighed.
    Some(f64),
}

#[derive(Clone, Debug)]
struct Best {
    cost: i64,
    /// Time of people, by what they are worth, that is better spent elsewhere.
    waste: f64,
    placing: Placing,
    company: Vec<UnitId>,
}

/// The need that `lead` stands for, where a party may serve it.
#[inline]
pub(crate) fn asks_party(instance: &Instance<'_>, lead: SlotId) -> Option<NeedId> {
    if instance.parties.is_empty() {
        return None;
    }
    let need = instance.problem.slot(lead).need;
    (instance.problem.slots_of(need).len() == 1).then_some(need)
}

impl PartyFinder {
    /// The cheapest place for a need, if it costs less than `below`; of those that cost the same the one that wastes least.
    pub(crate) fn find(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        (slot, need): (SlotId, NeedId),
        below: i64,
        blink: &mut impl FnMut() -> bool,
    ) -> Option<CrewInsertion> {
        self.best = None;
        self.found = 0;
        let mut days = 0;
        let flat = instance.slot(slot);
        let soonest = soonest(instance, plan, slot);
        let price = instance.weights.of(crate::model::Term::Makespan);
        let ends = plan.terms().last_ends.times();
        for pool in instance.parties.pools() {
            let start = pool.start.max(soonest);
            let service = pool.least_service(instance, slot);
            if start + service > pool.end {
                continue;
            }
            let least =
                price.saturating_mul(ends.growth(&instance.makespans.counted, flat.groups, start + service));
            if least >= below || self.best.as_ref().is_some_and(|best| least > best.cost) {
                // Later days end later.
                break;
            }
            if self.patience == Patience::None && self.best.as_ref().is_some_and(|best| best.cost <= least) {
                break;
            }
            let found = self.found;
            self.day(instance, plan, (slot, need), pool, below, blink);
            days += u32::from(self.found > found);
            if days == DAYS {
                break;
            }
        }
        let best = self.best.take()?;
        Some(CrewInsertion { cost: best.cost, placings: vec![best.placing], company: best.company })
    }

    /// The places of one day.
    fn day(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        (slot, need): (SlotId, NeedId),
        pool: &Pool,
        below: i64,
        blink: &mut impl FnMut() -> bool,
    ) {
        let asked = instance.parties.asked(need);
        self.idle.clear();
        self.lacking.clear();
        for &unit in &pool.units {
            let route = plan.route(unit);
            if !route.out {
                if instance.is_compatible(slot, unit) {
                    self.idle.push(unit);
                }
                continue;
            }
            if route.with.is_some() || !instance.is_compatible(slot, unit) {
                continue;
            }
            let service = instance.service(slot, instance.unit(unit));
            if Seconds(route.totals.service) + service > pool.end - pool.start {
                continue;
            }
            if blink() {
                continue;
            }
            let lack = self.lacks(instance, asked, unit, &route.company);
            if lack == 0.0 {
                self.offer(instance, plan, (slot, need), unit, pool, below);
            } else {
                self.lacking.push((lack, unit));
            }
        }
        self.lacking.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for k in 0..self.lacking.len().min(JOINED) {
            let unit = self.lacking[k].1;
            self.lacks(instance, asked, unit, &plan.route(unit).company);
            let visits = &plan.route(unit).visits;
            if self.join(instance, |other| visits.iter().all(|&visit| instance.is_compatible(visit, other))) {
                self.offer(instance, plan, (slot, need), unit, pool, below);
            }
        }
        self.lack.clear();
        self.lack.extend(asked.iter().map(|&asked| i32::from(asked)));
        if !blink() && self.join(instance, |_| true) {
            let lead = self.joining.pop();
            if let Some(lead) = lead {
                self.offer(instance, plan, (slot, need), lead, pool, below);
            }
            // A need that asks for nothing asks for one person, and those who bring most may have no
            // time for it: others lead in turn.
            if lead.is_none() || self.best.is_none() {
                for lead in self.cheapest(instance) {
                    self.lacks(instance, asked, lead, &[]);
                    if self.join(instance, |other| other != lead) {
                        self.offer(instance, plan, (slot, need), lead, pool, below);
                    }
                }
            }
        }
        self.joining.clear();
    }

    /// Those who are worth least, of equals the first.
    fn cheapest(&self, instance: &Instance<'_>) -> Vec<UnitId> {
        let value = |unit: &UnitId| instance.parties.value(*unit);
        let equals = |a: &mut UnitId, b: &mut UnitId| {
            instance.units.identical.representative(*a) == instance.units.identical.representative(*b)
        };
        let mut idle = self.idle.clone();
        idle.dedup_by(equals);
        idle.sort_by(|a, b| value(a).total_cmp(&value(b)).then(a.cmp(b)));
        idle.truncate(LEADS);
        idle
    }

    /// What a party lacks for what is asked, and how scarce it is; nobody joins yet.
    fn lacks(&mut self, instance: &Instance<'_>, asked: &[u16], lead: UnitId, company: &[UnitId]) -> f64 {
        let parties = &instance.parties;
        self.joining.clear();
        self.lack.clear();
        self.lack.extend(asked.iter().zip(parties.held(lead)).map(|(&a, &h)| i32::from(a) - i32::from(h)));
        for &unit in company {
            self.lack.iter_mut().zip(parties.held(unit)).for_each(|(lack, &h)| *lack -= i32::from(h));
        }
        let scarce = self.lack.iter().zip(parties.scarcity());
        scarce.filter(|(lack, _)| **lack > 0).map(|(&lack, &s)| f64::from(lack) * f64::from(s)).sum()
    }

    /// Chooses idle people who bring what is lacking, those first who bring most for what they are worth; false where nobody does.
    fn join(&mut self, instance: &Instance<'_>, may: impl Fn(UnitId) -> bool) -> bool {
        let parties = &instance.parties;
        self.joining.clear();
        while self.lack.iter().any(|&lack| lack > 0) {
            self.wanted.clear();
            let wanted = self.lack.iter().zip(parties.scarcity());
            self.wanted.extend(wanted.map(|(&lack, &scarcity)| if lack > 0 { scarcity } else { 0 }));
            let brings = |unit: UnitId| {
                let useful = parties.held(unit).iter().zip(&self.wanted);
                let useful = useful.map(|(&held, &wanted)| u32::from(held) * u32::from(wanted)).sum::<u32>();
                f64::from(useful) / parties.value(unit)
            };
            let free = self.idle.iter().copied().filter(|unit| !self.joining.contains(unit) && may(*unit));
            let best =
                free.map(|unit| (brings(unit), unit)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            let Some((_, unit)) = best.filter(|(brings, _)| *brings > 0.0) else { return false };
            self.joining.push(unit);
            self.lack.iter_mut().zip(parties.held(unit)).for_each(|(lack, &h)| *lack -= i32::from(h));
        }
        // Whom those who came later make superfluous stays at home.
        let mut k = 0;
        while k < self.joining.len() {
            let held = parties.held(self.joining[k]);
            if self.joining.len() > 1
                && self.lack.iter().zip(held).all(|(&lack, &h)| lack + i32::from(h) <= 0)
            {
                self.lack.iter_mut().zip(held).for_each(|(lack, &h)| *lack += i32::from(h));
                self.joining.remove(k);
            } else {
                k += 1;
            }
        }
        true
    }

    /// Weighs the places in the route of a party that those who join now would enable.
    fn offer(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        (slot, need): (SlotId, NeedId),
        lead: UnitId,
        pool: &Pool,
        below: i64,
    ) {
        let parties = &instance.parties;
        let company = &plan.route(lead).company;
        if !parties.only_counts && !self.goes_together(instance, plan, need, lead) {
            return;
        }
        let service = instance.service(slot, instance.unit(lead)).0 as f64;
        let free = (pool.end - pool.start).0 as f64 - service;
        let worth = |units: &[UnitId]| units.iter().map(|&unit| parties.value(unit)).sum::<f64>();
        let is_new = !plan.route(lead).out;
        let new = worth(&self.joining) + if is_new { parties.value(lead) } else { 0.0 };
        let old = if is_new { 0.0 } else { worth(company) + parties.value(lead) };
        let waste = (old + new) * service + new * free * self.idle_price;
        self.offers.clear();
        let mut offers = std::mem::take(&mut self.offers);
        places(instance, plan, slot, lead, &mut |offer| offers.push(offer));
        for offer in &offers {
            let most = self.best.as_ref().map_or(below, |best| below.min(best.cost.saturating_add(1)));
            if offer.cost >= most {
                continue;
            }
            let Some(cost) = self.propagation.cost(instance, plan, &[offer.visit], most) else { continue };
            self.found += 1;
            let end = (pool.start - instance.parties.pools()[0].start).0 as f64;
            let waste = match self.patience {
                Patience::None => waste + end * 1e6,
                Patience::Some(late) => waste + end * late * (old + new),
            };
            let better = |best: &Best| cost < best.cost || waste < best.waste;
            if self.best.as_ref().is_none_or(better) {
                let placing = Placing { slot, unit: lead, at: offer.visit.at };
                self.best = Some(Best { cost, waste, placing, company: self.joining.clone() });
            }
        }
        self.offers = offers;
    }

    /// Whether those who would be of the party then may serve together all that it serves, where more than numbers count.
    fn goes_together(&self, instance: &Instance<'_>, plan: &WorkingPlan, need: NeedId, lead: UnitId) -> bool {
        let route = plan.route(lead);
        let served = route.visits.iter().map(|&visit| instance.problem.slot(visit).need).collect::<Vec<_>>();
        let people = |other: NeedId| {
            let mut all = if other == need {
                std::iter::once(lead).chain(route.company.iter().copied()).collect()
            } else {
                plan.people_of(instance, other)
            };
            if other == need || served.contains(&other) {
                all.extend(&self.joining);
            }
            all
        };
        std::iter::once(need).chain(served.iter().copied()).all(|one| instance.goes_together(one, &people))
    }
}

impl Pool {
    /// The least time that anybody of the pool takes for a visit.
    fn least_service(&self, instance: &Instance<'_>, slot: SlotId) -> Seconds {
        let service = |unit: UnitId| instance.service(slot, instance.unit(unit));
        if instance.slot(slot).has_own_service {
            self.units.iter().map(|&unit| service(unit)).min().unwrap_or(Seconds(0))
        } else {
            service(self.quickest)
        }
    }
}

/// The most time that anybody of a party takes for a visit.
fn longest(instance: &Instance<'_>, slot: SlotId) -> Seconds {
    let units = instance.parties.pools().iter().flat_map(|pool| &pool.units);
    units.map(|&unit| instance.service(slot, instance.unit(unit))).max().unwrap_or(Seconds(0))
}

/// The first moment at which those let it start for whom it waits.
fn soonest(instance: &Instance<'_>, plan: &WorkingPlan, slot: SlotId) -> Time {
    let mut soonest = instance.slot(slot).opens();
    for partner in instance.precedence.predecessors(slot) {
        if let Some(unit) = plan.unit_of(partner.slot) {
            let service = instance.service(partner.slot, instance.unit(unit));
            let (calendar, start) = (instance.problem.calendar(), plan.start(instance, partner.slot));
            soonest = soonest.max(partner.until(calendar, start, || service, || longest(instance, slot)));
        }
    }
    soonest
}
