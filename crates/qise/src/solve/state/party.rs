//! People who join a party and leave it again: a party has one route, that of its lead, and who goes along has none.
//!
//! Whoever goes along is sent home as soon as no visit asks for what they bring. Counts that a need asks of its crew are met by everybody who
//! comes.

use super::WorkingPlan;
use super::placing::CrewInsertion;
use super::route::RouteTotals;
use crate::model::{NeedId, SlotId, UnitId};
use crate::solve::instance::Instance;

impl WorkingPlan {
    /// Serves a need by the places that were found for it; false, and nothing has changed, when that cannot be after all.
    pub(crate) fn place_crew(&mut self, instance: &Instance<'_>, crew: &CrewInsertion) -> bool {
        let Some(lead) = crew.placings.first().map(|placing| placing.unit) else { return false };
        if crew.company.is_empty() {
            return self.place(instance, &crew.placings);
        }
        self.saved.save(&self.routes, lead);
        for &unit in &crew.company {
            self.saved.save(&self.routes, unit);
            self.routes[unit.index()].with = Some(lead);
        }
        self.routes[lead.index()].company.extend(&crew.company);
        self.place_company(instance, &crew.placings, &crew.company)
    }

    /// Everybody who comes to a need.
    pub(crate) fn people_of(&self, instance: &Instance<'_>, need: NeedId) -> Vec<UnitId> {
        let leads = instance.problem.slots_of(need).filter_map(|slot| self.unit_of(slot));
        leads.flat_map(|lead| std::iter::once(lead).chain(self.route(lead).company.iter().copied())).collect()
    }
}

/// Sends home whom no visit of a party asks for any more; another leads it where the lead goes. Whatever of the route changes hands
/// is told to `cuts`.
pub(crate) fn release(
    plan: &mut WorkingPlan,
    instance: &Instance<'_>,
    lead: UnitId,
    cuts: &mut Vec<(UnitId, usize)>,
) {
    let route = &plan.routes[lead.index()];
    if route.company.is_empty() {
        return;
    }
    let parties = &instance.parties;
    let need = |slot| instance.problem.slot(slot).need;
    let mut spare = parties.held(lead).iter().map(|&h| i32::from(h)).collect::<Vec<_>>();
    for &unit in &route.company {
        spare.iter_mut().zip(parties.held(unit)).for_each(|(spare, &h)| *spare += i32::from(h));
    }
    for (q, spare) in spare.iter_mut().enumerate() {
        let asked = route.visits.iter().map(|&slot| parties.asked(need(slot))[q]).max().unwrap_or(0);
        *spare -= i32::from(asked);
    }
    let mut people = route.company.clone();
    people.push(lead);
    people.sort_by(|&a, &b| parties.value(b).total_cmp(&parties.value(a)).then(a.cmp(&b)));
    let mut going = Vec::new();
    for &unit in &people {
        let held = parties.held(unit);
        let all = going.len() + 1 == people.len() && !route.visits.is_empty();
        let leads_alone = unit == lead
            && !route.visits.is_empty()
            && !people.iter().any(|&other| !going.contains(&other) && may_lead(plan, instance, lead, other));
        if all || leads_alone || !spare.iter().zip(held).all(|(&spare, &h)| spare >= i32::from(h)) {
            continue;
        }
        let rest = people.iter().copied().filter(|other| *other != unit && !going.contains(other));
        if !parties.only_counts && !may_do_without(plan, instance, lead, &rest.collect::<Vec<_>>()) {
            continue;
        }
        spare.iter_mut().zip(held).for_each(|(spare, &h)| *spare -= i32::from(h));
        going.push(unit);
    }
    people.retain(|unit| !going.contains(unit));
    for &unit in &going {
        leave(plan, unit);
    }
    let next = people.iter().copied().find(|&unit| unit == lead);
    let next = next.or_else(|| people.iter().copied().find(|&unit| may_lead(plan, instance, lead, unit)));
    if let Some(next) = next {
        people.retain(|&unit| unit != next);
        make_lead(plan, lead, next, people);
        if next != lead {
            cuts.push((next, 0));
        }
    } else {
        plan.routes[lead.index()].company.clear();
    }
}

/// Whether another may lead a party with no visit at another time for it: all drive alike, and none serves at a pace of their own.
fn may_lead(plan: &WorkingPlan, instance: &Instance<'_>, lead: UnitId, other: UnitId) -> bool {
    let own = |&slot: &SlotId| instance.slot(slot).has_own_service;
    other != lead
        && instance.unit(other).mode == instance.unit(lead).mode
        && instance.loads.capacities(other) == instance.loads.capacities(lead)
        && !plan.route(lead).visits.iter().any(own)
}

/// Whether these people alone may serve everything on a route, where more than numbers count.
fn may_do_without(plan: &WorkingPlan, instance: &Instance<'_>, lead: UnitId, people: &[UnitId]) -> bool {
    let route = &plan.routes[lead.index()];
    let goes = |unit: &UnitId| (*unit == lead || route.company.contains(unit)) && !people.contains(unit);
    route.visits.iter().all(|&slot| {
        instance.goes_together(instance.problem.slot(slot).need, &|other| {
            let mut all = plan.people_of(instance, other);
            all.retain(|unit| !goes(unit));
            all
        })
    })
}

/// Sends home who came last to a party.
pub(super) fn part(plan: &mut WorkingPlan, lead: UnitId, company: &[UnitId]) {
    let all = &mut plan.routes[lead.index()].company;
    all.truncate(all.len() - company.len());
    for &unit in company {
        leave(plan, unit);
    }
}

fn leave(plan: &mut WorkingPlan, unit: UnitId) {
    let route = &mut plan.routes[unit.index()];
    route.with = None;
    if route.visits.is_empty() {
        (route.totals, route.out) = (RouteTotals::default(), false);
    }
}

/// Makes `next` the lead of a party with these people.
fn make_lead(plan: &mut WorkingPlan, before: UnitId, next: UnitId, company: Vec<UnitId>) {
    for &unit in &company {
        plan.routes[unit.index()].with = Some(next);
    }
    if before == next {
        plan.routes[next.index()].company = company;
        return;
    }
    let visits = std::mem::take(&mut plan.routes[before.index()].visits);
    plan.routes[before.index()].company.clear();
    let route = &mut plan.routes[next.index()];
    (route.visits, route.company, route.with) = (visits, company, None);
    plan.number_from(next, 0);
}

#[cfg(test)]
mod tests;
