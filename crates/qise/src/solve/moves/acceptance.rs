//! How a search goes from free to strict: its temperature, and the price of the needs left.
//!
//! Where not all can be served, the search starts with a price of needs left that effort can match, and ends with the price of the objective:
//! routes that travel little serve more in the end. Levels above that of the needs left stay strict.

use crate::model::Term;
use crate::solve::instance::Instance;
use crate::solve::instance::slot::FlatSlot;
use crate::solve::state::WorkingPlan;

/// The first temperature, as a share of what a visit costs in effort.
const HOTTEST: f64 = 1.0;
/// The last temperature, likewise.
const COLDEST: f64 = 0.01;
/// Both are that much lower where a visit brings no more than it costs.
const LEAST_GAIN: f64 = 0.4;
/// It is that much hotter where last ends count.
const MAKESPAN: f64 = 3.0;
/// The price of an average need left at first, in what a visit costs in effort.
const SOFTEST: f64 = 10.0;
/// From this share of the budget on the price of needs left is what the objective says.
const STRICT_FROM: f64 = 0.95;
/// Softened only where at least one need is left for so many served.
const CONTESTED: usize = 50;

/// What a visit costs in effort, on average; people apart.
pub(crate) fn effort(instance: &Instance<'_>, plan: &WorkingPlan) -> f64 {
    let served = instance.slots.len() - plan.unserved().len();
    let price = |term: Term, value: i64| i128::from(instance.weights.of(term)) * i128::from(value);
    let left =
        plan.unserved_needs(instance.problem).map(|n| i128::from(instance.slot(n).prize)).sum::<i128>();
    let people = price(Term::People, plan.terms().get(Term::People));
    // The time that services take is no effort that another order could spare.
    let service = instance.problem.unit_ids().map(|unit| plan.route(unit).totals.service).sum::<i64>();
    let apart = left + people + price(Term::WorkTime, service);
    (plan.cost(instance) - apart).max(1) as f64 / served.max(1) as f64
}

/// What a served visit brings beyond its effort, on average.
fn gain(instance: &Instance<'_>, plan: &WorkingPlan) -> f64 {
    let served = instance.problem.slot_ids().filter(|&n| plan.unit_of(n).is_some());
    let (sum, count) =
        served.fold((0.0, 0), |(sum, count), n| (sum + instance.slot(n).prize as f64, count + 1));
    sum / f64::from(count.max(1)) - effort(instance, plan)
}

/// The temperature over time: from hot to cold by equal factors, once or several times.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cooling {
    hottest: f64,
    coldest: f64,
    cycles: u32,
}

impl Cooling {
    /// From a temperature that moves visits about to one that only polishes, `cycles` times.
    pub(crate) fn new(instance: &Instance<'_>, start: &WorkingPlan, cycles: u32) -> Self {
        let effort = effort(instance, start);
        // Where a visit brings little more than it costs, a search too hot gives all of them up and finds no way back.
        let mut effort = effort * (gain(instance, start) / effort).clamp(LEAST_GAIN, 1.0);
        if !instance.makespans.is_empty() {
            // One visit moves the end of a whole group.
            effort *= MAKESPAN;
        }
        Self { hottest: (effort * HOTTEST).max(2e-3), coldest: (effort * COLDEST).max(1e-3), cycles }
    }

    /// The same temperature throughout.
    pub(crate) fn steady(temperature: f64) -> Self {
        let temperature = temperature.max(1e-3);
        Self { hottest: temperature, coldest: temperature, cycles: 1 }
    }

    /// The temperature when `share` of the budget is spent, in units of the weighted cost.
    pub(crate) fn at(self, share: f64) -> f64 {
        let cycles = share.clamp(0.0, 0.999_999) * f64::from(self.cycles);
        self.hottest * libm::pow(self.coldest / self.hottest, cycles - libm::floor(cycles))
    }
}

/// A price of needs left that is lower at first than the objective says.
///
/// An objective that puts needs above effort would have the search take any detour for the least need, and never give one
/// up again. At a price that effort can match it finds plans that serve many needs with little travel; what that spares is
/// time, and in the end time serves more needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Softening {
    soft: f64,
    strict: f64,
}

impl Softening {
    /// Nothing where the price is the same throughout: when everybody can be served, and when a plan is so small that the search
    /// cools down many times.
    pub(crate) fn new(instance: &Instance<'_>, start: &WorkingPlan, cycles: u32) -> Option<Self> {
        let (term, strict) = instance.weights.price_of_unserved()?;
        let contested = start.unserved_needs(instance.problem);
        let contested = contested.filter(|&n| !instance.proximity.candidates.of(n).is_empty()).count();
        let served = instance.slots.len() - start.unserved().len();
        if contested * CONTESTED < served || served == 0 || cycles > 1 {
            return None;
        }
        let units = |slot: &FlatSlot| if term == Term::Unserved { 1 } else { slot.priority };
        let all: i64 = instance.slots.iter().map(units).sum();
        let average = all as f64 / instance.slots.len() as f64;
        let soft = (effort(instance, start) * SOFTEST / average.max(1e-9)).max(1.0);
        (soft < strict as f64).then_some(Self { soft, strict: strict as f64 })
    }

    /// The price of a unit when `share` of the budget is spent.
    pub(crate) fn price(self, share: f64) -> f64 {
        if share < STRICT_FROM { self.soft } else { self.strict }
    }
}

#[cfg(test)]
mod tests;
