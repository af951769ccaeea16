//! Asking somebody what it would cost if they came.

use super::index::{Floor, Index};
use crate::model::{Seconds, SlotId, UnitId};
use crate::plan::Term;
use crate::solve::crew::{CrewFinder, CrewInsertion, Offer, places};
use crate::solve::insertion::{Trial, least_cost};
use crate::solve::instance::Instance;
use crate::solve::working::{Placing, WorkingPlan};

/// Seconds that rounding may hide of the time that somebody works.
const ROUNDING: i64 = 4;

/// Buffers for asking.
#[derive(Clone)]
pub(super) struct Asker {
    trial: Trial,
    pub(super) crews: CrewFinder,
    /// Who was asked in the look with this number.
    asked: Vec<u32>,
    look: u32,
}

impl Asker {
    pub(super) fn new(instance: &Instance<'_>) -> Self {
        Self {
            trial: Trial::exact(),
            crews: CrewFinder::default(),
            asked: vec![0; instance.units.len()],
            look: 0,
        }
    }

    /// The cheapest place in the route of a unit for the need of one person that `lead` stands for, if it costs less than `below`. The plan
    /// stays as it is.
    pub(super) fn ask(
        &mut self,
        instance: &Instance<'_>,
        plan: &mut WorkingPlan,
        lead: SlotId,
        unit: UnitId,
        below: i64,
    ) -> Option<CrewInsertion> {
        let (flat, route) = (instance.slot(lead), plan.route(unit));
        if !instance.admits(lead, unit) || route.with.is_some() {
            return None;
        }
        // Where others wait for whom it moves, all that it costs is known once it is done.
        let moves = !instance.crews.is_empty() && (flat.tied || route.meets(instance));
        let single = instance.crew(lead).len() == 1;
        if moves && single && least_cost(instance, plan, lead, unit).is_some_and(|least| least >= below) {
            return None;
        }
        let limit = if moves { i64::MAX } else { below };
        let mut found = if flat.tied {
            let only = |_, units: &mut Vec<UnitId>| units.push(unit);
            self.crews.only = Some(unit);
            self.crews.find(instance, plan, lead, limit, &mut || false, only)?
        } else {
            let found = self.trial.best_in_route(instance, plan, lead, unit, limit, &mut || false)?;
            let placings = vec![Placing { slot: lead, unit, at: found.at as usize }];
            CrewInsertion { cost: found.cost, placings, company: Vec::new() }
        };
        // The best party may be led by somebody else: then it is theirs to offer.
        if found.placings.iter().any(|placing| placing.unit != unit) {
            return None;
        }
        if moves {
            // Undone, not taken out: calls that are of no use beside the new ones would be gone for good.
            let before = plan.cost(instance);
            let outer = plan.begin_inner();
            // What a need left costs is no part of what it costs to serve it.
            let after =
                plan.place_crew(instance, &found).then(|| plan.cost(instance).saturating_add(flat.worth));
            plan.undo_inner(instance, outer);
            found.cost = after?.saturating_sub(before);
        }
        (found.cost < below).then_some(found)
    }

    /// The cheapest people for the need of one person that `lead` stands for.
    pub(super) fn cheapest(
        &mut self,
        instance: &Instance<'_>,
        plan: &mut WorkingPlan,
        index: &Index,
        lead: SlotId,
        most: usize,
    ) -> Vec<CrewInsertion> {
        self.best(instance, index, lead, most, |asker, unit, below| {
            asker.ask(instance, plan, lead, unit, below)
        })
    }

    /// Those who can fill a place in a crew for least, alone.
    pub(super) fn cheapest_for_place(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        index: &Index,
        slot: SlotId,
        most: usize,
    ) -> Vec<UnitId> {
        let found = self.best(instance, index, slot, most, |_, unit, _| {
            if !instance.admits(slot, unit) {
                return None;
            }
            let mut best: Option<CrewInsertion> = None;
            places(instance, plan, slot, unit, &mut |Offer { cost, guest }| {
                if best.as_ref().is_none_or(|best| cost < best.cost) {
                    let placings = vec![Placing { slot, unit, at: guest.at }];
                    best = Some(CrewInsertion { cost, placings, company: Vec::new() });
                }
            });
            best
        });
        found.iter().map(|crew| crew.placings[0].unit).collect()
    }

    /// The cheapest by what `ask` says of each who suits, below some cost, one of each person.
    fn best(
        &mut self,
        instance: &Instance<'_>,
        index: &Index,
        slot: SlotId,
        most: usize,
        mut ask: impl FnMut(&mut Self, UnitId, i64) -> Option<CrewInsertion>,
    ) -> Vec<CrewInsertion> {
        let mut best = Best { most, list: Vec::with_capacity(most + 1) };
        let flat = instance.slot(slot);
        // Whoever is not there when it may start is not asked.
        let soonest = flat.opens() + if flat.has_own_service { Seconds::ZERO } else { flat.service };
        let floor = floor(instance, slot);
        self.look = self.look.wrapping_add(1);
        let ask_next = |unit: UnitId| {
            let owner = instance.unit(unit);
            let asked = std::mem::replace(&mut self.asked[unit.index()], self.look) == self.look;
            if !asked
                && owner.start <= flat.closes()
                && soonest <= owner.end
                && let Some(found) = ask(self, unit, best.bound().saturating_add(1))
            {
                best.add(instance, found);
            }
            best.bound()
        };
        index.walk(instance, slot, floor, ask_next);
        best.list
    }
}

/// The cheapest so far, one of each person.
struct Best {
    most: usize,
    list: Vec<CrewInsertion>,
}

impl Best {
    /// What another may cost at most to be among them.
    fn bound(&self) -> i64 {
        if self.list.len() < self.most {
            i64::MAX
        } else {
            self.list.last().map_or(i64::MIN, |last| last.cost)
        }
    }

    fn add(&mut self, instance: &Instance<'_>, found: CrewInsertion) {
        let who = |crew: &CrewInsertion| instance.unit(crew.placings[0].unit).volunteer;
        if let Some(known) = self.list.iter().position(|other| who(other) == who(&found)) {
            if key(&self.list[known]) <= key(&found) {
                return;
            }
            self.list.remove(known);
        }
        let at = self.list.partition_point(|other| key(other) < key(&found));
        self.list.insert(at, found);
        self.list.truncate(self.most);
    }
}

/// What comes first: the smaller cost, of equals the unit with the smaller number.
pub(super) fn key(crew: &CrewInsertion) -> (i64, UnitId) {
    (crew.cost, crew.placings[0].unit)
}

/// What a place costs at least, detours apart; nothing where that is not known.
fn floor(instance: &Instance<'_>, slot: SlotId) -> Option<Floor> {
    let price = |term: Term| instance.guide.of(term);
    // Somebody who comes may wait less, or serve and work as long as the others at last.
    if [Term::Waiting, Term::Spread].iter().any(|&term| price(term) != 0) || instance.guide.weighs_shares() {
        return None;
    }
    let flat = instance.slot(slot);
    let told = flat.told.iter().map(|before| before.reassign).max().unwrap_or(0);
    let out = -price(Term::Disruption).saturating_mul(told)
        - price(Term::Load).saturating_mul(4).saturating_mul(ROUNDING);
    Some(Floor {
        out,
        idle: out.saturating_add(price(Term::People)),
        service: if flat.has_own_service { Seconds::ZERO } else { flat.service },
        work_price: price(Term::WorkTime),
    })
}
