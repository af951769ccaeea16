//! The plan under construction: routes, the needs that nobody serves yet, and the terms, kept up to date change by change.

pub(crate) mod blocked;
pub(crate) mod crews;
pub(crate) mod depot_stock;
pub(crate) mod depot_visits;
pub(crate) mod export;
pub(crate) mod handing_out;
pub(crate) mod independence;
pub(crate) mod limits;
pub(crate) mod outsourced;
pub(crate) mod party;
pub(crate) mod placing;
pub(crate) mod retiming;
pub(crate) mod rides;
pub(crate) mod route;
pub(crate) mod routes;
pub(crate) mod schedule;
pub(crate) mod spot;
pub(crate) mod sync_starts;
pub(crate) mod tail_exchange;
pub(crate) mod terms;
pub(crate) mod transaction;

use std::collections::BTreeMap;

use super::instance::Instance;
use super::instance::weights::Measure;
use super::state::schedule::timing::Timing;
use super::state::terms::load_share::Shares;
use super::state::terms::spread::ServiceTimes;
use crate::base::IdSet;
use crate::model::{NeedId, Problem, Seconds, SlotId, Term, Terms, Time, UnitId, VolunteerId};
use crate::plan::Score;
use depot_stock::DepotStock;
pub(crate) use depot_stock::StockChange;
pub(crate) use independence::meets_as_before;
use outsourced::Outsourced;
pub(crate) use placing::{CrewInsertion, Placing};
use route::{Route, RouteTotals};
use routes::Routes;
use spot::{RouteBefore, Spot};
use sync_starts::SyncStarts;
pub(crate) use tail_exchange::TailCut;

/// The plan under construction. Every state of it is valid.
#[derive(Clone, Debug)]
pub(crate) struct WorkingPlan {
    routes: Routes,
    spots: Vec<Spot>,
    unserved: IdSet<SlotId>,
    terms: Terms,
    /// Number of routes for each worst lateness above zero.
    worst: BTreeMap<i64, u32>,
    /// Routes as they were when the current trial began; the first `saved_count` count, the rest are buffers.
    saved: Vec<(UnitId, Route)>,
    saved_count: usize,
    /// Buffers of a trial within another.
    inner_buffers: Vec<(UnitId, Route)>,
    is_saved: Vec<bool>,
    saved_terms: Terms,
    /// For each representative a unit of its class before which all are out.
    idle_from: Vec<u32>,
    timing: Timing,
    sync_starts: SyncStarts,
    service_times: ServiceTimes,
    shares: Shares,
    /// Of each group whose last end counts the last ends of the routes, with their number.
    completion_times: Vec<BTreeMap<i64, u32>>,
    outsourced: Outsourced,
    depot_stock: DepotStock,
    /// The sum of [`RouteTotals::completion_guidance`], and what it was when the trial began.
    completion_guidance: i64,
    saved_guidance: i64,
}

impl WorkingPlan {
    /// The plan in which nobody moves.
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let problem = instance.problem;
        let slots = instance.slots.len();
        let units = problem.units().len();
        let mut terms = Terms::default();
        for (id, need) in problem.need_ids().zip(problem.needs()) {
            terms.add(Term::Unserved, 1);
            terms.add(Term::UnservedPriority, i64::from(need.priority));
            terms.add(Term::UnservedMandatory, i64::from(problem.comes_first(id)));
        }
        // Ways to do one thing count once, as much as the dearest.
        for ways in problem.choices() {
            let priority = |way: &NeedId| i64::from(problem.need(*way).priority);
            let all = ways.iter().map(priority).sum::<i64>();
            let too_many = ways.len() as i64 - 1;
            terms.add(Term::Unserved, -too_many);
            terms.add(Term::UnservedPriority, ways.iter().map(priority).max().unwrap_or(0) - all);
            terms.add(Term::UnservedMandatory, -too_many * i64::from(problem.comes_first(ways[0])));
        }
        for slot in &instance.slots {
            let told = slot.previous.iter().filter(|_| slot.leads);
            terms.add(Term::Disruption, told.map(|before| before.reassign).sum());
        }
        let mut shares = Shares::default();
        if instance.weights.weighs_shares() {
            shares = Shares::new(instance.problem);
            let (most, range) = shares.most_and_range();
            terms.set(Term::LoadWorst, most);
            terms.set(Term::LoadRange, range);
        }
        Self {
            routes: Routes::new(instance),
            spots: vec![Spot::NOWHERE; slots],
            unserved: IdSet::of(instance.leaders(), slots),
            terms,
            worst: BTreeMap::new(),
            saved: Vec::new(),
            saved_count: 0,
            inner_buffers: Vec::new(),
            is_saved: vec![false; units],
            saved_terms: terms,
            idle_from: (0..units as u32).collect(),
            timing: Timing::default(),
            service_times: ServiceTimes::new(instance.problem),
            shares,
            sync_starts: SyncStarts::new(instance),
            completion_times: vec![BTreeMap::new(); instance.makespans.len()],
            outsourced: Outsourced::new(instance),
            depot_stock: DepotStock::new(instance),
            completion_guidance: 0,
            saved_guidance: 0,
        }
    }

    #[inline]
    pub(crate) fn route(&self, unit: UnitId) -> &Route {
        &self.routes[unit.index()]
    }

    #[inline]
    pub(crate) fn unit_of(&self, slot: SlotId) -> Option<UnitId> {
        let unit = self.spots[slot.index()].unit;
        (unit != Spot::NOWHERE.unit).then_some(unit)
    }

    /// Where in its route a need is served; 0 when it is not.
    #[inline]
    pub(crate) fn position(&self, slot: SlotId) -> usize {
        self.spots[slot.index()].at as usize
    }

    /// When a slot that is filled starts at the earliest.
    #[inline]
    pub(crate) fn start(&self, instance: &Instance<'_>, slot: SlotId) -> Time {
        let Spot { unit, at } = self.spots[slot.index()];
        let service = instance.service(slot, instance.unit(unit));
        self.route(unit).nodes[at as usize].end - service
    }

    /// The needs that nobody serves.
    pub(crate) fn unserved(&self) -> &[SlotId] {
        self.unserved.list()
    }

    /// The needs that somebody should serve: of the ways to do one thing the first, where none is taken.
    pub(crate) fn unserved_needs(&self, problem: &Problem) -> impl Iterator<Item = SlotId> {
        self.unserved().iter().copied().filter(|&lead| {
            let ways = problem.ways(problem.slot(lead).need);
            let taken = |&way: &NeedId| self.unit_of(problem.first_slot(way)).is_some();
            ways.is_empty() || problem.first_slot(ways[0]) == lead && !ways.iter().any(taken)
        })
    }

    /// Cost in the currency of insertions.
    pub(crate) fn cost(&self, instance: &Instance<'_>) -> i128 {
        let cost = instance.weights.cost(&self.terms)
            + i128::from(self.completion_guidance(instance, instance.completion_guidance));
        let strangers = i128::from(self.continuity_penalty(instance.problem));
        cost + i128::from(instance.weights.of(Term::Preferences)) * strangers
    }

    /// What the search compares of the plan.
    pub(crate) fn measure(&self, instance: &Instance<'_>) -> Measure {
        let mut measure = Measure::default();
        self.measure_into(instance, &mut measure);
        measure
    }

    /// The same into a buffer.
    pub(crate) fn measure_into(&self, instance: &Instance<'_>, measure: &mut Measure) {
        let pull = self.completion_guidance(instance, instance.completion_guidance);
        instance.weights.measure(&self.terms(instance.problem), pull, measure);
    }

    pub(crate) fn score(&self, problem: &Problem) -> Score {
        problem.objective().score(&self.terms(problem))
    }

    /// All terms that the objective uses; others may not be kept up to date.
    pub(crate) fn terms(&self, problem: &Problem) -> Terms {
        let mut terms = self.terms;
        terms.add(Term::Preferences, self.continuity_penalty(problem));
        terms
    }

    /// By how much every term grows when one more need is served by a route that then has these totals; but for terms that no single route
    /// tells: the last ends, how far service times and shares lie apart.
    pub(crate) fn growth(
        &self,
        instance: &Instance<'_>,
        unit: UnitId,
        totals: &RouteTotals,
        slot: SlotId,
    ) -> Terms {
        let (flat, route) = (instance.slot(slot), self.route(unit));
        let mut growth = Terms::default();
        route.totals.add_to(&mut growth, -1);
        totals.add_to(&mut growth, 1);
        growth.add(
            Term::Load,
            self.load_with(instance, unit, totals.work) - self.load_with(instance, unit, route.totals.work),
        );
        let goes = route.out || self.goes_out_besides(instance, instance.unit(unit).volunteer, unit);
        growth.add(Term::People, i64::from(!goes));
        growth.add(Term::WorstTardiness, (totals.worst - self.worst()).max(0));
        growth.add(Term::Unserved, -1);
        growth.add(Term::UnservedPriority, -flat.priority);
        growth.add(Term::UnservedMandatory, -i64::from(flat.comes_first));
        growth
    }

    /// How many people are out.
    pub(crate) fn people(&self) -> i64 {
        self.terms.get(Term::People)
    }

    /// Counts the needs left anew, after the priorities of the search have changed.
    pub(crate) fn recount(&mut self, instance: &Instance<'_>) {
        let left = self.unserved().iter().map(|&n| instance.slot(n).priority).sum();
        self.terms.set(Term::UnservedPriority, left);
    }

    /// The worst lateness of all routes.
    pub(crate) fn worst(&self) -> i64 {
        self.terms.get(Term::WorstTardiness)
    }

    /// How much farther the service times lie apart when the person of `unit` serves so much longer.
    pub(crate) fn spread_growth(&self, instance: &Instance<'_>, unit: UnitId, service: Seconds) -> i64 {
        self.service_times.spread_with(instance.unit(unit).volunteer, service.0)
            - self.terms.get(Term::Spread)
    }

    /// What the greatest share of offered time and the range of shares cost where the route of `unit` takes `work`.
    pub(crate) fn cost_of_shares(&self, instance: &Instance<'_>, unit: UnitId, work: i64) -> i64 {
        let more = work - self.route(unit).totals.work;
        let (most, range) = self.shares.with(instance.unit(unit).volunteer, more);
        let price = |term: Term, value: i64| instance.weights.of(term).saturating_mul(value);
        price(Term::LoadWorst, most).saturating_add(price(Term::LoadRange, range)).min(i64::MAX / 4)
    }

    /// The most that can be gained in the range of shares where the person of `unit` works longer.
    pub(crate) fn relief(&self, instance: &Instance<'_>, unit: UnitId) -> i64 {
        let relief = self.shares.relief(instance.unit(unit).volunteer);
        instance.weights.of(Term::LoadRange).saturating_mul(relief).min(i64::MAX / 4)
    }

    /// The first idle unit of a class.
    #[inline]
    pub(crate) fn idle_of_class(&self, instance: &Instance<'_>, leader: UnitId) -> Option<UnitId> {
        let from = self.idle_from[leader.index()].max(leader.0);
        let mut run = (from..instance.identical.end(leader)).map(UnitId);
        run.find(|&unit| !self.route(unit).out)
    }

    /// Whether `volunteer` has a route besides that of `unit`.
    pub(crate) fn goes_out_besides(
        &self,
        instance: &Instance<'_>,
        volunteer: VolunteerId,
        unit: UnitId,
    ) -> bool {
        instance.problem.units_of(volunteer).any(|u| u != unit && self.route(u).out)
    }

    /// Working time of `volunteer` on all routes but that of `unit`.
    fn work_besides(&self, instance: &Instance<'_>, volunteer: VolunteerId, unit: UnitId) -> i64 {
        instance.problem.units_of(volunteer).filter(|&u| u != unit).map(|u| self.route(u).totals.work).sum()
    }

    /// What the person of `unit` has worked, with all that the plan has for them.
    pub(crate) fn worked(&self, instance: &Instance<'_>, unit: UnitId) -> i64 {
        let owner = instance.unit(unit);
        owner.worked + self.work_besides(instance, owner.volunteer, unit) + self.route(unit).totals.work
    }

    /// Load of the person of `unit` when its route takes `work`.
    pub(crate) fn load_with(&self, instance: &Instance<'_>, unit: UnitId, work: i64) -> i64 {
        let volunteer = instance.unit(unit).volunteer;
        let past = instance.unit(unit).worked;
        let offered = instance.unit(unit).offered;
        let now = past + self.work_besides(instance, volunteer, unit) + work;
        // (now² − past²) / offered, in a form that fits 64 bits unless somebody works for centuries
        match (now - past).checked_mul(now + past) {
            Some(growth) => growth / offered,
            None => i64::try_from(i128::from(now - past) * i128::from(now + past) / i128::from(offered))
                .unwrap_or(i64::MAX),
        }
    }

    /// Puts a visit into a route where it was found to fit; false where it does not after all, because somebody would wait for
    /// it who cannot.
    pub(crate) fn insert(&mut self, instance: &Instance<'_>, slot: SlotId, unit: UnitId, at: usize) -> bool {
        if !instance.precedence.is_empty() {
            return self.place(instance, &[Placing { slot, unit, at }]);
        }
        debug_assert!(!instance.is_ride(slot), "a ride is put in as a whole");
        let before = self.begin_change(unit);
        self.routes[unit.index()].visits.insert(at, slot);
        // Only what depots have can be found short once the change is made.
        let good = self.refresh(instance, unit);
        debug_assert!(
            good || !instance.depot_calls.is_empty(),
            "a change that was judged possible can be timed"
        );
        if !good {
            self.routes[unit.index()].visits.remove(at);
            self.refresh(instance, unit);
            return false;
        }
        self.end_change(instance, unit, &before);
        if !self.depot_stock.are_good() {
            let before = self.begin_change(unit);
            self.routes[unit.index()].visits.remove(at);
            self.refresh(instance, unit);
            self.end_change(instance, unit, &before);
            return false;
        }
        self.note_taken(instance, slot);
        self.number_from(unit, at);
        true
    }

    /// Takes the visits at `positions` (ascending) out of a route.
    ///
    /// Where roads or setups make the rest of the route impossible without them (a detour by way of them was quicker), the
    /// visits that follow are taken out too, until the rest is possible. Of a crew all visits go, in whichever route they are;
    /// `removed` grows by the slots that stand for the needs.
    pub(crate) fn take_out(
        &mut self,
        instance: &Instance<'_>,
        unit: UnitId,
        positions: &[usize],
        removed: &mut Vec<SlotId>,
    ) {
        let Some(&first) = positions.first() else { return };
        if !instance.precedence.is_empty() {
            return self.take_out_crews(instance, unit, positions, removed);
        }
        let before = self.begin_change(unit);
        let visits = &mut self.routes[unit.index()].visits;
        let mut gone = Vec::with_capacity(positions.len());
        for &at in positions.iter().rev() {
            gone.push(visits.remove(at));
        }
        self.take_rest_of_rides(instance, unit, &mut gone);
        self.drop_idle_calls(instance, unit, &mut gone);
        while !(self.refresh(instance, unit) && self.keeps_limits(instance, unit)) {
            let Route { visits, unsupplied, .. } = &mut self.routes[unit.index()];
            let at = unsupplied.unwrap_or(first).min(visits.len() - 1);
            gone.push(visits.remove(at));
            self.take_rest_of_rides(instance, unit, &mut gone);
            self.drop_idle_calls(instance, unit, &mut gone);
        }
        self.end_change(instance, unit, &before);
        for &slot in &gone {
            self.note_unserved(instance, slot);
        }
        removed.extend(gone.into_iter().filter(|&slot| instance.slot(slot).leads));
        self.number_from(unit, 0);
        self.relieve_depot_stock(instance, removed);
    }

    /// Replaces the whole sequence of a route, if it can be timed and keeps the limits of the day.
    pub(crate) fn try_route(&mut self, instance: &Instance<'_>, unit: UnitId, visits: &[SlotId]) -> bool {
        if !visits.is_empty() && self.is_blocked(instance, unit) {
            return false;
        }
        let before = self.begin_change(unit);
        let old = std::mem::replace(&mut self.routes[unit.index()].visits, visits.to_vec());
        self.drop_idle_calls(instance, unit, &mut Vec::new());
        if !(self.refresh(instance, unit) && self.keeps_limits(instance, unit)) {
            self.routes[unit.index()].visits = old;
            let good = self.refresh(instance, unit);
            debug_assert!(good, "a route that was possible stays so");
            return false;
        }
        self.end_change(instance, unit, &before);
        if !self.depot_stock.are_good() {
            let before = self.begin_change(unit);
            self.routes[unit.index()].visits = old;
            let good = self.refresh(instance, unit);
            debug_assert!(good, "a route that was possible stays so");
            self.end_change(instance, unit, &before);
            return false;
        }
        for slot in old {
            self.note_unserved(instance, slot);
        }
        for &slot in visits {
            self.note_taken(instance, slot);
        }
        self.number_from(unit, 0);
        true
    }

    fn refresh(&mut self, instance: &Instance<'_>, unit: UnitId) -> bool {
        if let Some(lead) = self.route(unit).with {
            self.follow_lead(unit, lead);
            return true;
        }
        let route = &mut self.routes[unit.index()];
        let good = route.refresh(instance, unit, &mut self.timing, &self.sync_starts.release);
        if !instance.parties.is_empty() {
            let people = std::iter::once(unit).chain(route.company.iter().copied());
            let worth = people.map(|unit| instance.parties.value(unit)).sum::<f64>();
            let labour = (worth * route.totals.service as f64 * instance.parties.wage) as i64;
            route.totals.completion_guidance = route.totals.completion_guidance.wrapping_add(labour);
        }
        good
    }

    fn begin_change(&mut self, unit: UnitId) -> RouteBefore {
        self.save(unit);
        let route = &mut self.routes[unit.index()];
        RouteBefore {
            totals: route.totals,
            out: route.out,
            stock_changes: std::mem::take(&mut route.stock_changes),
        }
    }

    /// Leaves what the terms count of a route as it was before a change that is given up.
    fn count_as(&mut self, unit: UnitId, before: RouteBefore) {
        let route = &mut self.routes[unit.index()];
        (route.totals, route.out, route.stock_changes) = (before.totals, before.out, before.stock_changes);
    }

    /// Brings the terms up to date with a route that has changed.
    fn end_change(&mut self, instance: &Instance<'_>, unit: UnitId, before: &RouteBefore) {
        self.depot_stock.set(instance, unit, &before.stock_changes, &self.routes[unit.index()].stock_changes);
        let &RouteBefore { totals: before, out: was_out, .. } = before;
        let (after, is_out) = (self.route(unit).totals, self.route(unit).out);
        before.add_to(&mut self.terms, -1);
        after.add_to(&mut self.terms, 1);
        if instance.weights.of(Term::Load) != 0 {
            let growth =
                self.load_with(instance, unit, after.work) - self.load_with(instance, unit, before.work);
            self.terms.add(Term::Load, growth);
        }
        if instance.weights.of(Term::Spread) != 0 {
            self.service_times.add(instance.unit(unit).volunteer, after.service - before.service);
            self.terms.set(Term::Spread, self.service_times.spread());
        }
        if instance.weights.weighs_shares() {
            self.shares.add(instance.unit(unit).volunteer, after.work - before.work);
            let (most, range) = self.shares.most_and_range();
            self.terms.set(Term::LoadWorst, most);
            self.terms.set(Term::LoadRange, range);
        }
        if was_out != is_out {
            let volunteer = instance.unit(unit).volunteer;
            if instance.counts_people && !self.goes_out_besides(instance, volunteer, unit) {
                self.terms.add(Term::People, if is_out { 1 } else { -1 });
            }
            self.note_idle(instance, unit, !is_out);
        }
        self.move_worst(before.worst, after.worst);
        self.move_completion_times(instance, &before.completion_times, &after.completion_times);
        self.completion_guidance = self
            .completion_guidance
            .wrapping_add(after.completion_guidance.wrapping_sub(before.completion_guidance));
    }

    fn note_idle(&mut self, instance: &Instance<'_>, unit: UnitId, idle: bool) {
        let from = &mut self.idle_from[instance.identical.representative(unit).index()];
        if idle {
            *from = (*from).min(unit.0);
        } else if *from == unit.0 {
            *from += 1;
        }
    }

    fn move_worst(&mut self, from: i64, to: i64) {
        if from == to {
            return;
        }
        if from > 0
            && let Some(count) = self.worst.get_mut(&from)
        {
            *count -= 1;
            if *count == 0 {
                self.worst.remove(&from);
            }
        }
        if to > 0 {
            *self.worst.entry(to).or_default() += 1;
        }
        self.terms.set(Term::WorstTardiness, self.worst.last_key_value().map_or(0, |(&worst, _)| worst));
    }

    fn note_served(&mut self, instance: &Instance<'_>, slot: SlotId) {
        if self.unserved.remove(slot) {
            self.count_unserved(instance, slot, -1);
        }
    }

    fn note_unserved(&mut self, instance: &Instance<'_>, slot: SlotId) {
        self.spots[slot.index()] = Spot::NOWHERE;
        if instance.slot(slot).leads && self.unserved.add(slot) {
            self.count_unserved(instance, slot, 1);
        }
    }

    fn count_unserved(&mut self, instance: &Instance<'_>, id: SlotId, sign: i64) {
        let flat = instance.slot(id);
        self.terms.add(Term::Unserved, sign);
        self.terms.add(Term::UnservedPriority, sign * flat.priority);
        self.terms.add(Term::UnservedMandatory, sign * i64::from(flat.comes_first));
    }

    fn number_from(&mut self, unit: UnitId, first: usize) {
        for (at, &slot) in self.routes[unit.index()].visits.iter().enumerate().skip(first) {
            self.spots[slot.index()] = Spot { unit, at: at as u32 };
        }
    }

    /// Takes over the routes of `units` from `other`, whose routes of all other units serve none of the same needs.
    pub(crate) fn follow(&mut self, instance: &Instance<'_>, other: &Self, units: &[UnitId]) {
        let mut befores = Vec::with_capacity(units.len());
        for &unit in units {
            let route = &mut self.routes[unit.index()];
            let entries = std::mem::take(&mut route.stock_changes);
            befores.push(RouteBefore { totals: route.totals, out: route.out, stock_changes: entries });
            for slot in std::mem::take(&mut route.visits) {
                self.note_unserved(instance, slot);
            }
        }
        for (&unit, before) in units.iter().zip(befores) {
            self.routes[unit.index()].clone_from(other.route(unit));
            self.sync_starts.follow(&other.sync_starts, &other.route(unit).visits);
            for v in 0..self.routes[unit.index()].visits.len() {
                let slot = self.routes[unit.index()].visits[v];
                self.note_served(instance, slot);
            }
            self.end_change(instance, unit, &before);
            self.number_from(unit, 0);
        }
        self.follow_outsourced(instance, other);
    }
}
