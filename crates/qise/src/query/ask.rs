//! Asking somebody what it would cost if they came, and who could come for least.
//!
//! Nobody is asked out of turn: first come those whose legs promise least, then what a place in their route costs at least is told, and only
//! those are tried in earnest who could still be cheaper than the best that are known.

use super::best::{Best, key};
use super::frontier::{Frontier, Next};
use super::leg_index::Index;
use super::leg_query::Query;
use super::sync_gain::gain_of;
use crate::base::Spent;
use crate::model::{SlotId, UnitId};
use crate::solve::insertion::cost::has_room;
use crate::solve::insertion::crew::{CrewFinder, asks_sequence};
use crate::solve::insertion::lower_bound::{Gain, RouteSlack, Stretches, has_lower_bound};
use crate::solve::insertion::party::asks_party;
use crate::solve::insertion::places::places;
use crate::solve::insertion::single::PlaceFinder;
use crate::solve::instance::Instance;
use crate::solve::state::independence;
use crate::solve::state::{CrewInsertion, Placing, WorkingPlan};

/// The budget is looked at once for so many who are asked.
const LOOKED_UP: u32 = 64;

/// Places of the same crew that are tried until some hold, where those that were found first do not: the search follows delays, not breaks.
pub(crate) const OF_SAME: usize = 8;

/// A way found to serve a need.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) crew: CrewInsertion,
    /// True if it shifts other routes. Kept only when too few offers avoid it.
    pub(crate) moves: bool,
}

/// Buffers for asking.
#[derive(Clone)]
pub(crate) struct Asker {
    trial: PlaceFinder,
    pub(crate) crews: CrewFinder,
    frontier: Frontier,
    stretches: Stretches,
    positions: Vec<usize>,
    /// Who was asked in the look with this number.
    asked: Vec<u32>,
    look: u32,
}

impl Asker {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        Self {
            trial: PlaceFinder::keeping(),
            crews: CrewFinder::default(),
            frontier: Frontier::default(),
            stretches: Stretches::default(),
            positions: Vec::new(),
            asked: vec![0; instance.units.len()],
            look: 0,
        }
    }

    /// The cheapest place in the route of a unit for the need of one person that `lead` stands for. The plan stays as it is.
    pub(crate) fn ask(
        &mut self,
        instance: &Instance<'_>,
        plan: &mut WorkingPlan,
        lead: SlotId,
        unit: UnitId,
    ) -> Option<Found> {
        if !instance.is_compatible(lead, unit) {
            return None;
        }
        self.trial.know(None, &[]);
        let kept = self.ask_below(instance, plan, lead, unit, i64::MAX);
        if kept.is_some() || !may_move(instance, plan, lead, unit) {
            return kept.map(|crew| Found { crew, moves: false });
        }
        self.ask_to_move(instance, plan, lead, unit).map(|crew| Found { crew, moves: true })
    }

    /// The same of somebody who may serve it, if it costs less than `below`; where the route tells what it costs, only if others keep
    /// their times.
    fn ask_below(
        &mut self,
        instance: &Instance<'_>,
        plan: &mut WorkingPlan,
        lead: SlotId,
        unit: UnitId,
        below: i64,
    ) -> Option<CrewInsertion> {
        let route = plan.route(unit);
        if route.with.is_some() {
            return None;
        }
        let tied = instance.slot(lead).is_dependent;
        let alone = !route.is_synchronised(instance) && !plan.is_followed(instance, unit);
        if !tied && (independence::routes_tell(instance) || alone) {
            let found = self.trial.best_in_route(instance, plan, lead, unit, below, &mut || false)?;
            let placings = vec![Placing { slot: lead, unit, at: found.at as usize }];
            return Some(CrewInsertion { cost: found.cost, placings, company: Vec::new() });
        }
        if tied && !instance.has_synchronisation() {
            return self.find(instance, plan, lead, unit, below);
        }
        self.ask_to_move(instance, plan, lead, unit).filter(|found| found.cost < below)
    }

    fn find(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        lead: SlotId,
        unit: UnitId,
        below: i64,
    ) -> Option<CrewInsertion> {
        let only = |_, units: &mut Vec<UnitId>| units.push(unit);
        self.crews.only = Some(unit);
        let found = self.crews.find(instance, plan, lead, below, &mut || false, only)?;
        // The best party may be led by somebody else: then it is theirs to offer.
        found.placings.iter().all(|placing| placing.unit == unit).then_some(found)
    }

    /// The same where others wait for whom it moves: all that it costs is known once it is done. What the search takes for the
    /// cheapest place is not always that, nor always possible: it follows delays, not breaks, nor days that may start later.
    fn ask_to_move(
        &mut self,
        instance: &Instance<'_>,
        plan: &mut WorkingPlan,
        lead: SlotId,
        unit: UnitId,
    ) -> Option<CrewInsertion> {
        if asks_sequence(instance, lead) || asks_party(instance, lead).is_some() {
            let mut found = self.find(instance, plan, lead, unit, i64::MAX)?;
            found.cost = cost_once_done(instance, plan, lead, &found)?;
            return Some(found);
        }
        if !instance.goes_with(lead, unit, &|slot| plan.unit_of(slot)) {
            return None;
        }
        let mut best: Option<CrewInsertion> = None;
        let mut positions = std::mem::take(&mut self.positions);
        positions.clear();
        places(instance, plan, lead, unit, &mut |offer| positions.push(offer.visit.at));
        for &at in &positions {
            let placings = vec![Placing { slot: lead, unit, at }];
            let mut found = CrewInsertion { cost: 0, placings, company: Vec::new() };
            if let Some(cost) = cost_once_done(instance, plan, lead, &found)
                && best.as_ref().is_none_or(|best| cost < best.cost)
            {
                found.cost = cost;
                best = Some(found);
            }
        }
        self.positions = positions;
        best
    }

    /// Up to `most` crews of different people for the need that `lead` stands for, the cheapest first, at places that hold once they are
    /// taken. Those are asked whom `named` names for each place; up to `of_same` places of the same people are tried.
    pub(crate) fn crews_that_hold(
        &mut self,
        instance: &Instance<'_>,
        plan: &mut WorkingPlan,
        lead: SlotId,
        (most, of_same): (usize, usize),
        named: impl FnMut(SlotId, &mut Vec<UnitId>),
    ) -> Vec<CrewInsertion> {
        let people = |crew: &CrewInsertion| {
            let mut units = crew.placings.iter().map(|placing| placing.unit).collect::<Vec<_>>();
            units.sort_unstable();
            units
        };
        self.crews.only = None;
        let mut crews: Vec<CrewInsertion> = Vec::new();
        for mut crew in self.crews.find_most(instance, plan, lead, (most * of_same, of_same), named) {
            if crews.len() == most {
                break;
            }
            if crews.iter().all(|known| people(known) != people(&crew))
                && let Some(cost) = cost_once_done(instance, plan, lead, &crew)
            {
                crew.cost = cost;
                crews.push(crew);
            }
        }
        crews.sort_by_key(key);
        crews
    }

    /// The cheapest people for the need of one person that `lead` stands for: first those who leave the times of others as they are.
    pub(crate) fn cheapest(
        &mut self,
        instance: &Instance<'_>,
        plan: &mut WorkingPlan,
        index: &Index,
        (lead, most): (SlotId, usize),
        spent: Spent<'_>,
    ) -> Vec<Found> {
        let moves = instance.has_synchronisation()
            && (instance.slot(lead).is_dependent || !independence::routes_tell(instance));
        let gain = moves.then(|| gain_of(instance, plan, &instance.crew(lead).collect::<Vec<_>>()));
        // Of several stops the first alone tells too little.
        let tells = has_lower_bound(instance) && !asks_sequence(instance, lead);
        let mut best = Best::new(most);
        let mut movers = Vec::new();
        let ask = |asker: &mut Self, plan: &mut WorkingPlan, best: &mut Best, unit: UnitId| {
            let found = asker.ask_below(instance, plan, lead, unit, best.below());
            let moves = found.is_none() && may_move(instance, plan, lead, unit);
            best.extend(instance, found);
            moves.then_some(unit)
        };
        self.trial.know(None, &[]);
        for unit in self.begin_look(instance, plan, index, moves) {
            if instance.is_compatible(lead, unit) {
                movers.extend(ask(self, plan, &mut best, unit));
            }
        }
        let query = Query::new(instance, index.times_and_preferences(), lead, gain);
        self.frontier.begin(instance, index, lead, &query);
        let mut named = 0_u32;
        while let Some(next) = self.frontier.next(index, lead, &query, best.bound()) {
            named += 1;
            if named.is_multiple_of(LOOKED_UP) && spent() >= 1.0 {
                break;
            }
            match next {
                Next::Named(unit, known) if self.is_new(unit) && instance.is_compatible(lead, unit) => {
                    let own = |at| if moves { index.sync_gains.at(unit, at) } else { Gain::default() };
                    let by = if moves { &[] } else { index.route_bounds.by(unit) };
                    let least = if tells {
                        let (place, slack) = ((lead, unit), index.route_bounds.slack(unit));
                        let least =
                            self.stretches.lower_bound_in_route(instance, plan, place, slack, by, own);
                        least.map(|least| least.saturating_sub(gain.unwrap_or(0)))
                    } else {
                        Some(known)
                    };
                    match least {
                        Some(least) => self.frontier.put_off(unit, least.max(known)),
                        None if may_move(instance, plan, lead, unit) => movers.push(unit),
                        None => {}
                    }
                }
                Next::Named(..) => {}
                Next::Again(unit) => {
                    self.trial.know(Some(index.route_bounds.slack(unit)), index.route_bounds.by(unit));
                    movers.extend(ask(self, plan, &mut best, unit));
                }
            }
        }
        self.with_movers(instance, plan, lead, best, &movers)
    }

    /// The best, and where they are fewer than wanted, the best of those who move others.
    fn with_movers(
        &mut self,
        instance: &Instance<'_>,
        plan: &mut WorkingPlan,
        lead: SlotId,
        best: Best,
        movers: &[UnitId],
    ) -> Vec<Found> {
        let who = |crew: &CrewInsertion| instance.unit(crew.placings[0].unit).volunteer;
        let mut moved = Best::new(best.most - best.list.len());
        let asked = if moved.most > 0 { movers } else { &[] };
        for &unit in asked {
            let is_known = best.list.iter().any(|crew| who(crew) == instance.unit(unit).volunteer);
            if !is_known && let Some(found) = self.ask_to_move(instance, plan, lead, unit) {
                moved.add(instance, found);
            }
        }
        let kept = best.list.into_iter().map(|crew| Found { crew, moves: false });
        kept.chain(moved.list.into_iter().map(|crew| Found { crew, moves: true })).collect()
    }

    /// Those who can fill a place in a crew for least, as far as that is told without timing anything; of each person the best unit, or
    /// with `all_units` every one: others may be free to meet one of them only, or come with its vehicle.
    pub(crate) fn cheapest_for_place(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        index: &Index,
        (slot, most, all_units): (SlotId, usize, bool),
        spent: Spent<'_>,
    ) -> Vec<UnitId> {
        let mut stretches = std::mem::take(&mut self.stretches);
        let mut least_of = |unit: UnitId| {
            let route = plan.route(unit);
            let suits = |&unit: &UnitId| instance.is_compatible(slot, unit);
            let may = suits(&unit)
                && route.with.is_none()
                && route.company.iter().all(suits)
                && !plan.routes().is_blocked(instance, unit)
                && has_room(instance, route, slot, unit);
            if !may {
                return None;
            }
            let (slack, nothing) = (RouteSlack::new(instance, plan, unit), |_| Gain::default());
            stretches.lower_bound_in_route(instance, plan, (slot, unit), &slack, &[], nothing)
        };
        let at_least = |unit: UnitId, cost: i64| CrewInsertion {
            cost,
            placings: vec![Placing { slot, unit, at: 0 }],
            company: Vec::new(),
        };
        let mut best = Best::new(most);
        for unit in self.begin_look(instance, plan, index, false) {
            if let Some(least) = least_of(unit) {
                best.add(instance, at_least(unit, least));
            }
        }
        let query = Query::new(instance, index.times_and_preferences(), slot, None);
        self.frontier.begin(instance, index, slot, &query);
        let mut named = 0_u32;
        while let Some(next) = self.frontier.next(index, slot, &query, best.bound()) {
            named += 1;
            if named.is_multiple_of(LOOKED_UP) && spent() >= 1.0 {
                break;
            }
            if let Next::Named(unit, _) = next
                && self.is_new(unit)
                && let Some(least) = least_of(unit)
            {
                best.add(instance, at_least(unit, least));
            }
        }
        let mut units = best.list.iter().map(|crew| crew.placings[0].unit).collect::<Vec<_>>();
        for k in 0..if all_units { units.len() } else { 0 } {
            let others = instance.problem.units_of(instance.unit(units[k]).volunteer);
            let best = units[k];
            units.extend(others.filter(|&unit| unit != best && least_of(unit).is_some()));
        }
        self.stretches = stretches;
        units
    }

    /// Begins a look: those of whom the index knows nothing since routes have changed, who are to be asked apart.
    fn begin_look(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        index: &Index,
        moves: bool,
    ) -> Vec<UnitId> {
        self.look = self.look.wrapping_add(1);
        let mut units = Vec::new();
        for changed in plan.trial().changed() {
            let own = instance.problem.units_of(instance.unit(changed).volunteer);
            let others: &[UnitId] = if moves { index.sync_gains.told_by(changed) } else { &[] };
            units.extend(own.chain(others.iter().copied()).filter(|&unit| self.is_new(unit)));
        }
        units
    }

    /// Whether somebody has not been asked in this look; then they have been now.
    fn is_new(&mut self, unit: UnitId) -> bool {
        std::mem::replace(&mut self.asked[unit.index()], self.look) != self.look
    }
}

/// What it costs to serve the need that `lead` stands for like that, told by doing it; `None` where that cannot be.
pub(crate) fn cost_once_done(
    instance: &Instance<'_>,
    plan: &mut WorkingPlan,
    lead: SlotId,
    found: &CrewInsertion,
) -> Option<i64> {
    // Undone, not taken out: calls that are of no use beside the new ones would be gone for good.
    let before = plan.cost(instance);
    let outer = plan.begin_inner();
    // What a need left costs is no part of what it costs to serve it.
    let worth = i128::from(instance.slot(lead).prize);
    let after = plan.place_crew(instance, found).then(|| plan.cost(instance) + worth);
    plan.undo_inner(instance, outer);
    Some(i64::try_from(after? - before).unwrap_or(i64::MAX / 4))
}

/// Whether somebody who has no place that leaves the times of others as they are may have one that does not.
fn may_move(instance: &Instance<'_>, plan: &WorkingPlan, lead: SlotId, unit: UnitId) -> bool {
    !instance.slot(lead).is_dependent
        && independence::routes_tell(instance)
        && (plan.route(unit).is_synchronised(instance) || plan.is_followed(instance, unit))
}
