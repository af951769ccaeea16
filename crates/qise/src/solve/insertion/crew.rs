//! Places for a whole crew: for each of its slots a list, and the cheapest set of places that different people can take
//! at the same time.

use super::party::{PartyFinder, asks_party};
use super::places::{Offer, places};
use super::propagation::{CandidateVisit, DelayPropagation};
use super::sequence::SequenceFinder;
use crate::model::{SlotId, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::state::{CrewInsertion, Placing, WorkingPlan};

/// Places looked at for each slot, the cheapest as far as is known at once.
const PLACES: usize = 40;
/// Of these, places remembered once all they move is told.
const KEPT: usize = 20;
/// Places of the first slot that are combined with those of the others.
const ROOTS: usize = 16;
/// Combinations whose times are followed in full.
const PROBES: u32 = 300;

/// Buffers for finding places for crews.
#[derive(Clone, Debug, Default)]
pub(crate) struct CrewFinder {
    propagation: DelayPropagation,
    pub(crate) party: PartyFinder,
    sequence: SequenceFinder,
    /// The only one who is asked, not those either whom linked needs suggest.
    pub(crate) only: Option<UnitId>,
    /// Who is asked for several stops.
    asked: Vec<UnitId>,
    lists: Vec<Vec<Offer>>,
    chosen: Vec<CandidateVisit>,
    /// The cheapest crews so far, the cheapest first.
    best: Vec<(i64, Vec<CandidateVisit>)>,
    /// How many of them are asked for, and how many of the same people.
    most: usize,
    of_same: usize,
    probes: u32,
}

impl CrewFinder {
    /// The cheapest places found for the crew that `lead` stands for, if they cost less than `below`. `units` names whom to ask
    /// for a slot, `blink` may pass over a place.
    pub(crate) fn find(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        lead: SlotId,
        below: i64,
        blink: &mut impl FnMut() -> bool,
        units: impl FnMut(SlotId, &mut Vec<UnitId>),
    ) -> Option<CrewInsertion> {
        if asks_sequence(instance, lead) {
            return self.find_sequence(instance, plan, lead, below, blink, units);
        }
        let mut below = below;
        let mut party = None;
        if let Some(asked) = asks_party(instance, lead) {
            party = self.party.find(instance, plan, (lead, asked), below, blink);
            if instance.parties.are_all() {
                return party;
            }
            // Whoever goes with nobody may do it for less.
            below = party.as_ref().map_or(below, |found| found.cost);
        }
        (self.most, self.of_same) = (1, 1);
        self.find_people(instance, plan, lead, below, blink, units);
        self.cheapest().next().or(party)
    }

    /// Up to `most` crews for the need that `lead` stands for, the cheapest found first, each of whom takes the visit alone: no parties,
    /// no rides, no goods. Up to `of_same` are of the same people at different places.
    pub(crate) fn find_most(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        lead: SlotId,
        (most, of_same): (usize, usize),
        units: impl FnMut(SlotId, &mut Vec<UnitId>),
    ) -> Vec<CrewInsertion> {
        (self.most, self.of_same) = (most, of_same);
        self.find_people(instance, plan, lead, i64::MAX, &mut || false, units);
        self.cheapest().collect()
    }

    /// The crews found last, the cheapest first.
    fn cheapest(&self) -> impl Iterator<Item = CrewInsertion> + '_ {
        let placing = |g: &CandidateVisit| Placing { slot: g.slot, unit: g.unit, at: g.at };
        self.best.iter().map(move |(cost, candidates)| {
            let mut candidates = candidates.clone();
            candidates.sort_unstable_by_key(|g| (g.unit, g.at, g.slot));
            let placings = candidates.iter().map(placing).collect();
            CrewInsertion { cost: *cost, placings, company: Vec::new() }
        })
    }

    /// The cheapest places for all stops of a ride, or for a need and its calls, in the route of one who is named.
    fn find_sequence(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        lead: SlotId,
        below: i64,
        blink: &mut impl FnMut() -> bool,
        mut units: impl FnMut(SlotId, &mut Vec<UnitId>),
    ) -> Option<CrewInsertion> {
        let mut asked = std::mem::take(&mut self.asked);
        asked.clear();
        units(lead, &mut asked);
        let need = instance.problem.slot(lead).need;
        if !instance.is_plain(need) {
            instance.ask_linked(lead, &mut asked, &|slot| plan.unit_of(slot));
            asked.retain(|&unit| {
                let wanted = self.only.is_none_or(|only| only == unit);
                let people = |other| if other == need { vec![unit] } else { plan.people_of(instance, other) };
                wanted && instance.goes_together(need, &people)
            });
        }
        let found = self.sequence.find(instance, plan, lead, below, blink, &asked);
        self.asked = asked;
        found
    }

    /// The cheapest places that are cheap enough, each for one who is named, into `self.best`.
    fn find_people(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        lead: SlotId,
        below: i64,
        blink: &mut impl FnMut() -> bool,
        mut units: impl FnMut(SlotId, &mut Vec<UnitId>),
    ) {
        self.best.clear();
        let slots = instance.crew(lead);
        self.lists.resize(slots.len().max(self.lists.len()), Vec::new());
        let people = slots.len();
        let mut asked = Vec::new();
        let mut count = 0;
        let mut before = None;
        for slot in slots {
            let list = &mut self.lists[count];
            list.clear();
            // Slots of one role ask the same people.
            let role = Some(instance.problem.slot(slot));
            let is_twin = role == before;
            before = role;
            if !is_twin {
                asked.clear();
                units(slot, &mut asked);
                instance.ask_linked(slot, &mut asked, &|slot| plan.unit_of(slot));
                asked.retain(|&unit| {
                    self.only.is_none_or(|only| only == unit)
                        && instance.goes_with(slot, unit, &|slot| plan.unit_of(slot))
                });
                add_idle_of_class(instance, plan, people, &mut asked);
            }
            let linked = meeting_span(instance, plan, slot);
            for &unit in &asked {
                let (from, to) = linked(unit);
                places(instance, plan, slot, unit, &mut |offer| {
                    let in_time = offer.visit.start.max(from) <= offer.visit.latest.min(to);
                    if in_time && offer.cost < below && !blink() {
                        list.push(offer);
                    }
                });
            }
            keep_best(&mut self.propagation, instance, plan, list, below);
            if list.is_empty() {
                return;
            }
            count += 1;
        }
        // The slot with the fewest places is settled first.
        self.lists[..count].sort_by_key(|list| (list.len().min(ROOTS), list[0].visit.slot));
        self.chosen.clear();
        self.probes = 0;
        self.choose(instance, plan, count, 0, below);
    }

    /// Keeps those chosen among the cheapest crews; what another one must cost less than from now on.
    fn keep(&mut self, cost: i64, below: i64) -> i64 {
        if self.most > 1 {
            let people = |candidates: &[CandidateVisit]| {
                let mut units = candidates.iter().map(|g| g.unit).collect::<Vec<_>>();
                units.sort_unstable();
                units
            };
            let chosen = people(&self.chosen);
            let mut same = (0..self.best.len()).filter(|&k| people(&self.best[k].1) == chosen);
            match same.nth(self.of_same - 1) {
                Some(known) if self.best[known].0 <= cost => return below,
                Some(known) => drop(self.best.remove(known)),
                None => {}
            }
        }
        let at = self.best.partition_point(|(other, _)| *other <= cost);
        self.best.insert(at, (cost, self.chosen.clone()));
        self.best.truncate(self.most);
        if self.best.len() == self.most { self.best[self.most - 1].0 } else { below }
    }

    /// Whether those chosen may serve together.
    fn go_together(&self, instance: &Instance<'_>, plan: &WorkingPlan) -> bool {
        let need = instance.problem.slot(self.chosen[0].slot).need;
        instance.is_plain(need) || {
            let company = |unit| std::iter::once(unit).chain(plan.route(unit).company.iter().copied());
            instance.goes_together(need, &|other| {
                if other == need {
                    self.chosen.iter().flat_map(|candidate| company(candidate.unit)).collect()
                } else {
                    plan.people_of(instance, other)
                }
            })
        }
    }

    /// Goes through the places of slot number `depth`, cheapest first; what another set must cost less than to be kept.
    fn choose(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        count: usize,
        so_far: i64,
        mut below: i64,
    ) -> i64 {
        let depth = self.chosen.len();
        if depth == count {
            self.probes += 1;
            if !self.go_together(instance, plan) {
                return below;
            }
            return match self.propagation.cost(instance, plan, &self.chosen, below) {
                Some(cost) => self.keep(cost, below),
                None => below,
            };
        }
        let rest = self.lists[depth + 1..count].iter().map(|list| list[0].cost).fold(0, i64::saturating_add);
        let most = if depth == 0 { ROOTS } else { PLACES };
        for k in 0..self.lists[depth].len().min(most) {
            let Offer { cost, visit: candidate } = self.lists[depth][k];
            if so_far.saturating_add(cost).saturating_add(rest) >= below || self.probes >= PROBES {
                break;
            }
            if self.chosen.iter().all(|other| meet(instance, other, &candidate)) {
                self.chosen.push(candidate);
                below = self.choose(instance, plan, count, so_far.saturating_add(cost), below);
                self.chosen.pop();
            }
        }
        below
    }
}

/// Between which moments somebody may start to be in time for those in the plan who are linked with a slot, as far as these could wait.
/// Only the cheapest places are followed in full: on the many days of a long plan none of those might be on the right one.
fn meeting_span<'i>(
    instance: &'i Instance<'_>,
    plan: &'i WorkingPlan,
    slot: SlotId,
) -> impl Fn(UnitId) -> (Time, Time) {
    let calendar = instance.problem.calendar();
    let tied = !instance.links.of(instance.problem.slot(slot).need).is_empty();
    move |unit| {
        let mut span = (Time::MIN, Time::MAX);
        if !tied {
            return span;
        }
        let service = |slot, unit| instance.service(slot, instance.unit(unit));
        for partner in instance.precedence.predecessors(slot) {
            if let Some(other) = plan.unit_of(partner.slot) {
                let start = plan.start(instance, partner.slot);
                let awaited = || service(partner.slot, other);
                span.0 = span.0.max(partner.until(calendar, start, awaited, || service(slot, unit)));
            }
        }
        for partner in instance.precedence.successors(slot) {
            let node = |other: UnitId| plan.route(other).nodes.get(plan.position(partner.slot));
            if let Some((other, node)) =
                plan.unit_of(partner.slot).and_then(|other| Some((other, node(other)?)))
            {
                let waiting = || service(partner.slot, other);
                span.1 = span.1.min(partner.latest(calendar, node.latest, || service(slot, unit), waiting));
            }
        }
        span
    }
}

/// Whether a need takes several stops of one route: those of a ride, or calls at depots beside its own.
pub(crate) fn asks_sequence(instance: &Instance<'_>, lead: SlotId) -> bool {
    instance.problem.need_of(lead).is_ride() || !instance.depot_calls.asks(lead).is_empty()
}

/// Keeps the cheapest places, the cheapest first, with what follows on their routes and for those who wait told.
fn keep_best(
    propagation: &mut DelayPropagation,
    instance: &Instance<'_>,
    plan: &WorkingPlan,
    list: &mut Vec<Offer>,
    below: i64,
) {
    let order = |offer: &Offer| (offer.cost, offer.visit.unit, offer.visit.at);
    if list.len() > PLACES {
        list.select_nth_unstable_by_key(PLACES, order);
        list.truncate(PLACES);
    }
    list.sort_unstable_by_key(order);
    let mut best: Vec<Offer> = Vec::with_capacity(KEPT + 1);
    let mut most = below;
    for &Offer { cost, visit: candidate } in list.iter() {
        // What is known so far is the least that a place costs: none that follows is among the best.
        if cost >= most {
            break;
        }
        let Some(cost) = propagation.cost(instance, plan, &[candidate], most) else { continue };
        let offer = Offer { cost, visit: candidate };
        best.insert(best.partition_point(|other| order(other) < order(&offer)), offer);
        if best.len() >= KEPT {
            best.truncate(KEPT);
            most = best[KEPT - 1].cost;
        }
    }
    *list = best;
}

/// Of people who are each other's equals one idle is asked for all; a crew may need as many as it has slots.
fn add_idle_of_class(instance: &Instance<'_>, plan: &WorkingPlan, people: usize, asked: &mut Vec<UnitId>) {
    for k in 0..asked.len() {
        let unit = asked[k];
        if !plan.route(unit).out {
            let others = instance.units.identical.class_from(unit).skip(1);
            let idle = others.filter(|&other| !plan.route(other).out && !asked.contains(&other));
            let idle = idle.take(people - 1).collect::<Vec<_>>();
            asked.extend(idle);
        }
    }
}

/// Whether two different people can be there, each in good time for the other.
fn meet(instance: &Instance<'_>, a: &CandidateVisit, b: &CandidateVisit) -> bool {
    let in_time = |first: &CandidateVisit, second: &CandidateVisit| {
        let waits = instance.waits_until((first.slot, first.unit), first.start, (second.slot, second.unit));
        waits.is_none_or(|until| until <= second.latest)
    };
    let exclusive = || instance.units.exclusive.of(a.unit).contains(&b.unit);
    instance.unit(a.unit).volunteer != instance.unit(b.unit).volunteer
        && !exclusive()
        && in_time(a, b)
        && in_time(b, a)
}

#[cfg(test)]
mod tests;
