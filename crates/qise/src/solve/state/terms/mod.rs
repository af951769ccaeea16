//! What counts of a plan, kept up to date change by change: one file for each term that no single route tells.
//!
//! What a route adds by itself stands in [`super::route::totals`]. A term that hangs on several routes has a tracker here: what it
//! would grow by, taking note of a change, and going back.

pub(crate) mod completion_times;
pub(crate) mod continuity;
pub(crate) mod counts;
pub(crate) mod least_people;
pub(crate) mod load;
pub(crate) mod load_share;
pub(crate) mod makespan;
pub(crate) mod spread;
pub(crate) mod teams;
pub(crate) mod worst_lateness;

use super::route::RouteTotals;
use super::routes::Routes;
use crate::model::{NeedId, Seconds, Term, Terms, UnitId, VolunteerId};
use crate::solve::instance::Instance;
use crate::solve::instance::slot::FlatSlot;
use least_people::{TeamsDue, add_all_missing};
use load_share::Shares;
use makespan::LastEnds;
use spread::ServiceTimes;
use teams::Teams;
use worst_lateness::WorstLateness;

/// The terms of a plan. Those that the weights do not count may not be kept up to date.
#[derive(Clone, Debug)]
pub(crate) struct PlanTerms {
    terms: Terms,
    worst: WorstLateness,
    service_times: ServiceTimes,
    shares: Shares,
    teams: Teams,
    due: TeamsDue,
    pub(crate) last_ends: LastEnds,
}

/// What a trial goes back to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SavedTerms {
    terms: Terms,
    guidance: i64,
}

impl PlanTerms {
    /// Those of the plan in which nobody moves.
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let mut terms = idle_terms(instance);
        let mut shares = Shares::default();
        if instance.weights.weighs_shares() {
            shares = Shares::new(instance.problem);
            set_shares(&mut terms, &shares);
        }
        Self {
            terms,
            worst: WorstLateness::default(),
            service_times: ServiceTimes::new(instance.problem),
            shares,
            teams: Teams::new(instance),
            due: TeamsDue::new(instance),
            last_ends: LastEnds::new(instance),
        }
    }

    pub(crate) fn all(&self) -> &Terms {
        &self.terms
    }

    #[inline]
    pub(crate) fn get(&self, term: Term) -> i64 {
        self.terms.get(term)
    }

    /// Takes note that the route of a unit has changed. `load`: that of its person with a route that takes so much work.
    pub(crate) fn replace_route(
        &mut self,
        instance: &Instance<'_>,
        unit: UnitId,
        (before, after): (&RouteTotals, &RouteTotals),
        load: impl Fn(i64) -> i64,
    ) {
        before.add_to(&mut self.terms, -1);
        after.add_to(&mut self.terms, 1);
        if instance.weights.of(Term::Load) != 0 {
            self.terms.add(Term::Load, load(after.work) - load(before.work));
        }
        if let Some(last) = self.replace_tracked(instance, unit, before, after) {
            self.terms.set(Term::Makespan, last);
        }
        if instance.weights.of(Term::Spread) != 0 {
            self.terms.set(Term::Spread, self.service_times.spread());
        }
        if instance.weights.weighs_shares() {
            set_shares(&mut self.terms, &self.shares);
        }
        let more = after.completion_guidance.wrapping_sub(before.completion_guidance);
        self.last_ends.guidance = self.last_ends.guidance.wrapping_add(more);
    }

    /// Takes back what was noted of a route, before [`PlanTerms::restore`] brings the terms themselves back.
    pub(crate) fn undo_route(
        &mut self,
        instance: &Instance<'_>,
        unit: UnitId,
        now: &RouteTotals,
        then: &RouteTotals,
    ) {
        self.replace_tracked(instance, unit, now, then);
    }

    /// What is kept of single routes; what the last ends count then, if any may have moved.
    fn replace_tracked(
        &mut self,
        instance: &Instance<'_>,
        unit: UnitId,
        before: &RouteTotals,
        after: &RouteTotals,
    ) -> Option<i64> {
        let who = instance.unit(unit).volunteer;
        if instance.weights.of(Term::Spread) != 0 {
            self.service_times.add(who, after.service - before.service);
        }
        if instance.weights.weighs_shares() {
            self.shares.add(who, after.work - before.work);
        }
        if before.worst != after.worst {
            let worst = self.worst.replace(before.worst, after.worst);
            self.terms.set(Term::WorstTardiness, worst);
        }
        self.last_ends.replace(instance, &before.completion_times, &after.completion_times)
    }

    /// Takes note that somebody offers more or less time than before.
    pub(crate) fn note_offered(&mut self, instance: &Instance<'_>, who: VolunteerId) {
        if instance.weights.weighs_shares() {
            self.shares.set_offered(who, instance.problem.volunteer(who).offered());
            set_shares(&mut self.terms, &self.shares);
        }
    }

    /// Takes note that a unit has a route, or has one no more. `besides`: whether its person has another.
    pub(crate) fn note_out(
        &mut self,
        instance: &Instance<'_>,
        unit: UnitId,
        goes: bool,
        besides: impl FnOnce() -> bool,
    ) {
        self.teams.note(instance, unit, goes);
        self.terms.set(Term::Teams, self.teams.out());
        if (instance.features.counts_people || self.due.are_counted()) && !besides() {
            self.terms.add(Term::People, if goes { 1 } else { -1 });
            let change = self.due.note(instance, unit, goes);
            for term in [Term::Preferences, Term::PeopleShort] {
                self.terms.add(term, change.get(term));
            }
        }
    }

    /// Takes note that a need is left (1), or is so no more (-1).
    pub(crate) fn count_unserved(&mut self, lead: &FlatSlot, sign: i64) {
        self.terms.add(Term::Unserved, sign);
        self.terms.add(Term::UnservedPriority, sign * lead.priority);
        self.terms.add(Term::UnservedMandatory, sign * i64::from(lead.comes_first));
    }

    /// Counts the needs left anew, after the priorities of the search have changed.
    pub(crate) fn set_unserved_priority(&mut self, left: i64) {
        self.terms.set(Term::UnservedPriority, left);
    }

    pub(crate) fn save(&self) -> SavedTerms {
        SavedTerms { terms: self.terms, guidance: self.last_ends.guidance }
    }

    pub(crate) fn restore(&mut self, saved: SavedTerms) {
        (self.terms, self.last_ends.guidance) = (saved.terms, saved.guidance);
    }

    /// The worst lateness of all routes.
    pub(crate) fn worst(&self) -> i64 {
        self.terms.get(Term::WorstTardiness)
    }

    /// What a route costs with these totals, as far as its own changes can move the cost of the plan.
    pub(crate) fn cost_of_route(
        &self,
        instance: &Instance<'_>,
        routes: &Routes,
        unit: UnitId,
        totals: &RouteTotals,
    ) -> i64 {
        let mut cost = totals.cost(instance);
        let load = instance.weights.of(Term::Load);
        if load != 0 {
            cost += load * routes.load_with(instance, unit, totals.work);
        }
        if instance.weights.weighs_shares() {
            let more = totals.work - routes[unit.index()].totals.work;
            cost = cost.saturating_add(self.cost_of_shares(instance, unit, more));
        }
        cost + instance.weights.of(Term::WorstTardiness) * totals.worst.max(self.worst())
    }

    /// What it costs to send out the person of `unit`, if nobody has yet.
    #[inline]
    pub(crate) fn cost_of_going(&self, instance: &Instance<'_>, routes: &Routes, unit: UnitId) -> i64 {
        let price = instance.weights.of(Term::People);
        let goes = || {
            let who = instance.unit(unit).volunteer;
            routes[unit.index()].out || routes.goes_out_besides(instance, who, unit)
        };
        let alone = if price == 0 || goes() { 0 } else { price };
        let team = instance.weights.of(Term::Teams);
        let team = if team == 0 || routes[unit.index()].out {
            0
        } else {
            team * self.teams.more_with(instance, unit)
        };
        if self.due.are_counted() && !goes() {
            return alone.saturating_add(team).saturating_add(self.gain_for_team(instance, unit));
        }
        alone + team
    }

    /// What is gained, as less than nothing, for teams of which more should go out.
    fn gain_for_team(&self, instance: &Instance<'_>, unit: UnitId) -> i64 {
        let change = self.due.change_with(instance, unit);
        let cost = |term: Term| instance.weights.of(term).saturating_mul(change.get(term));
        cost(Term::Preferences).saturating_add(cost(Term::PeopleShort)).max(i64::MIN / 4)
    }

    /// By how much every term grows when one more need is served by a route that then has these totals; but for terms that no single
    /// route tells: the last ends, how far service times and shares lie apart.
    pub(crate) fn growth(
        &self,
        instance: &Instance<'_>,
        routes: &Routes,
        (unit, totals): (UnitId, &RouteTotals),
        lead: &FlatSlot,
    ) -> Terms {
        let route = &routes[unit.index()];
        let mut growth = Terms::default();
        route.totals.add_to(&mut growth, -1);
        totals.add_to(&mut growth, 1);
        let load = |work| routes.load_with(instance, unit, work);
        growth.add(Term::Load, load(totals.work) - load(route.totals.work));
        let goes = route.out || routes.goes_out_besides(instance, instance.unit(unit).volunteer, unit);
        growth.add(Term::People, i64::from(!goes));
        if !goes {
            let change = self.due.change_with(instance, unit);
            change.iter().for_each(|(term, more)| growth.add(term, more));
        }
        growth.add(Term::Teams, if route.out { 0 } else { self.teams.more_with(instance, unit) });
        growth.add(Term::WorstTardiness, (totals.worst - self.worst()).max(0));
        growth.add(Term::Unserved, -1);
        growth.add(Term::UnservedPriority, -lead.priority);
        growth.add(Term::UnservedMandatory, -i64::from(lead.comes_first));
        growth
    }

    /// How much farther the service times lie apart when the person of `unit` serves so much longer.
    pub(crate) fn spread_growth(&self, instance: &Instance<'_>, unit: UnitId, service: Seconds) -> i64 {
        self.service_times.spread_with(instance.unit(unit).volunteer, service.0)
            - self.terms.get(Term::Spread)
    }

    /// What the greatest share of offered time and the range of shares cost where the person of `unit` works so much longer.
    pub(crate) fn cost_of_shares(&self, instance: &Instance<'_>, unit: UnitId, more: i64) -> i64 {
        let (most, range) = self.shares.with(instance.unit(unit).volunteer, more);
        let price = |term: Term, value: i64| instance.weights.of(term).saturating_mul(value);
        price(Term::LoadWorst, most).saturating_add(price(Term::LoadRange, range)).min(i64::MAX / 4)
    }

    /// The most that can be gained in the range of shares where the person of `unit` works longer.
    pub(crate) fn relief(&self, instance: &Instance<'_>, unit: UnitId) -> i64 {
        let relief = self.shares.relief(instance.unit(unit).volunteer);
        instance.weights.of(Term::LoadRange).saturating_mul(relief).min(i64::MAX / 4)
    }
}

fn set_shares(terms: &mut Terms, shares: &Shares) {
    let (most, range) = shares.most_and_range();
    terms.set(Term::LoadWorst, most);
    terms.set(Term::LoadRange, range);
}

/// The terms of the plan in which nobody moves, shares apart.
fn idle_terms(instance: &Instance<'_>) -> Terms {
    let problem = instance.problem;
    let mut terms = Terms::default();
    add_all_missing(instance, &mut terms);
    for (id, need) in problem.need_ids().zip(problem.needs()).filter(|(_, need)| !need.is_vacant()) {
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
    // Against the previous plan as if every need had changed hands.
    for slot in &instance.slots {
        let told = slot.previous.iter().filter(|_| slot.leads);
        terms.add(Term::Disruption, told.map(|before| before.reassign).sum());
    }
    terms
}
