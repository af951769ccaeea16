//! Ranking: the cheapest ways to serve a need, by different people, and the best needs for somebody.
//!
//! For a need of one person those come first who leave the times of others as they are. Then the order is that of the growth of the
//! objective, level by level; of equals, the unit with the smaller number comes first. Crews are ordered likewise, by the first of
//! their units. Who is among the answers is told by the levels folded as in the search.
//!
//! Insertions that keep every synchronised visit at its current start are tried first, since their cost depends on one route only. Offers
//! that shift other routes are returned only if fewer people are found than are asked for.

use super::ask::{Found, OF_SAME, cost_once_done};
use super::best::key;
use super::{Offer, PlanQuery};
use crate::model::{NeedId, SlotId, Term, UnitId};
use crate::solve::insertion::crew::asks_sequence;
use crate::solve::insertion::party::asks_party;
use crate::solve::instance::links::TieKind;
use crate::solve::state::CrewInsertion;

/// People asked for each place in a crew, beyond as many as crews are wanted.
const ASKED: usize = 20;

impl PlanQuery<'_> {
    /// Up to `most` ways to serve a need, those who leave others their times first, then the cheapest, each by another person or crew. A need that the plan serves is asked
    /// about as if it did not: whoever serves it is then among the answers.
    ///
    /// For a need of one person these are the cheapest of all who leave the times of others as they are, and where they are fewer, the
    /// cheapest of those who do not; crews are put together of those who are cheapest for each role. Nothing where nobody can come without giving up something else, or where the need hangs on another that is not served.
    ///
    /// None for a need that the problem does not have. No more are told than there are people, however many are asked for.
    pub fn rank(&mut self, need: NeedId, most: usize) -> Option<Vec<Offer>> {
        if !self.knows(need) {
            return None;
        }
        let mut offers = self.offers_of(need, most, Self::likely);
        if offers.is_empty() && most > 0 && !self.is_for_one(need) {
            offers = self.offers_of(need, most, Self::cheapest);
        }
        // Prices fold levels as far as integers go: where they reach no farther, the levels themselves decide.
        let objective = self.instance.problem.objective();
        offers.sort_by_cached_key(|offer| {
            let first = offer.visits().next().map(|(unit, _)| unit);
            let short = offer.growth.get(Term::PeopleShort);
            (offer.moves_others, short, objective.score(&offer.growth).levels, first)
        });
        Some(offers)
    }

    /// What the people or crews who are found for a need would change.
    fn offers_of(
        &mut self,
        need: NeedId,
        most: usize,
        find: impl Fn(&mut Self, NeedId, usize) -> Vec<Found>,
    ) -> Vec<Offer> {
        self.plan.begin();
        let lifted = self.without(need);
        let found = if self.is_unserved(need) { Vec::new() } else { find(self, need, most) };
        self.offers(need, &lifted, &found)
    }

    /// As [`PlanQuery::cheapest`], but crews may be among it that do not hold.
    fn likely(&mut self, need: NeedId, most: usize) -> Vec<Found> {
        let most = most.min(self.instance.units.len());
        if most == 0 || self.is_for_one(need) || asks_party(&self.instance, self.lead(need)).is_some() {
            return self.cheapest(need, most);
        }
        let crews = self.likely_crews(self.lead(need), most).into_iter();
        crews.map(|crew| Found { crew, moves: false }).collect()
    }

    /// Up to `most` people or crews who could serve a need, the cheapest first, whatever it hangs on.
    pub(crate) fn able(&mut self, need: NeedId, most: usize) -> Vec<Vec<UnitId>> {
        self.plan.begin();
        let found = self.cheapest(need, most);
        self.plan.undo(&self.instance);
        let units = |Found { crew, .. }: &Found| {
            let mut units =
                crew.placings.iter().map(|p| p.unit).chain(crew.company.iter().copied()).collect::<Vec<_>>();
            units.sort_unstable();
            units.dedup();
            units
        };
        found.iter().map(units).collect()
    }

    /// The cheapest places for a need, one of each person or crew, within a trial.
    pub(crate) fn cheapest(&mut self, need: NeedId, most: usize) -> Vec<Found> {
        let lead = self.lead(need);
        let most = most.min(self.instance.units.len());
        if most == 0 {
            Vec::new()
        } else if self.is_for_one(need) {
            let Self { instance, plan, index, asker, stop, .. } = self;
            asker.cheapest(instance, plan, index, (lead, most), &|| stop.spent())
        } else {
            let crews = self.cheapest_crews(lead, most).into_iter();
            crews.map(|crew| Found { crew, moves: false }).collect()
        }
    }

    /// What it would take if somebody with this route came; nothing where they cannot, where the need takes several people, or where the
    /// problem does not have such a need or unit.
    pub fn offer(&mut self, need: NeedId, unit: UnitId) -> Option<Offer> {
        if !self.knows(need) || unit.index() >= self.instance.units.len() {
            return None;
        }
        let lead = self.lead(need);
        self.plan.begin();
        let lifted = self.without(need);
        let found = if self.is_unserved(need) || !self.is_for_one(need) {
            None
        } else {
            self.asker.ask(&self.instance, &mut self.plan, lead, unit)
        };
        self.offers(need, &lifted, found.as_slice()).pop()
    }

    /// Up to `most` needs of one person that nobody serves and somebody with one of these routes could, the best first: those whose
    /// priority is worth most beyond what it costs to come. None where the problem does not have one of the units.
    pub fn needs_for(&mut self, units: &[UnitId], most: usize) -> Option<Vec<Offer>> {
        if units.iter().any(|unit| unit.index() >= self.instance.units.len()) {
            return None;
        }
        let problem = self.instance.problem;
        let is_left = |need: NeedId| {
            let taken = |&way: &NeedId| self.plan.unit_of(problem.first_slot(way)).is_some();
            let lead = problem.first_slot(need);
            self.plan.is_unserved(lead) && !problem.ways(need).iter().any(taken)
        };
        let mut found = Vec::new();
        let left =
            problem.need_ids().filter(|&need| is_left(need) && self.is_for_one(need)).collect::<Vec<_>>();
        for need in left.into_iter().filter(|&need| !self.is_unserved(need)).collect::<Vec<_>>() {
            let lead = problem.first_slot(need);
            if self.is_over() {
                break;
            }
            let Self { instance, plan, asker, .. } = self;
            let offers = units.iter().filter_map(|&unit| asker.ask(instance, plan, lead, unit));
            if let Some(best) = offers.min_by_key(|found| (found.moves, key(&found.crew))) {
                found.push((best.crew.cost.saturating_sub(instance.slot(lead).prize), need, best));
            }
        }
        found.sort_by_key(|&(cost, need, _)| (cost, need));
        found.truncate(most);
        let mut offers = Vec::new();
        for (_, need, best) in &found {
            self.plan.begin();
            offers.extend(self.offers(*need, &[], std::slice::from_ref(best)));
        }
        Some(offers)
    }

    pub(crate) fn lead(&self, need: NeedId) -> SlotId {
        self.instance.problem.first_slot(need)
    }

    /// Whether one person serves it all.
    pub(crate) fn is_for_one(&self, need: NeedId) -> bool {
        self.instance.problem.need(need).people() == 1 || asks_sequence(&self.instance, self.lead(need))
    }

    /// Takes a need out of the plan, or whatever is done in its stead, with what is not served without it; the units whose routes that
    /// changes.
    pub(crate) fn without(&mut self, need: NeedId) -> Vec<UnitId> {
        let problem = self.instance.problem;
        for way in problem.ways(need).iter().copied().chain(std::iter::once(need)) {
            let lead = problem.first_slot(way);
            if self.plan.outsourced().list.contains(&way) {
                self.plan.take_back(&self.instance, lead);
            }
            if let Some(unit) = self.plan.unit_of(lead) {
                let at = self.plan.position(lead);
                self.plan.take_out(&self.instance, unit, &[at], &mut Vec::new());
            }
        }
        self.plan.trial().changed().collect()
    }

    /// Whether a need hangs on another that is not served.
    pub(crate) fn is_unserved(&self, need: NeedId) -> bool {
        let served = |other: NeedId| self.plan.unit_of(self.lead(other)).is_some();
        self.instance.links.others(need, TieKind::Needs).any(|other| !served(other))
    }

    /// Crews of those who are cheapest for each role alone, at places that hold once they are taken. Where there are none, others are
    /// looked for longer: at other places, in other shifts, with other vehicles.
    pub(crate) fn cheapest_crews(&mut self, lead: SlotId, most: usize) -> Vec<CrewInsertion> {
        let Self { instance, plan, asker, stop, .. } = self;
        if asks_party(instance, lead).is_some() {
            // Who is asked to go along hangs on who goes already.
            let nobody = |_, _: &mut Vec<UnitId>| {};
            let mut over = || stop.is_over();
            asker.crews.only = None;
            let found = asker.crews.find(instance, plan, lead, i64::MAX, &mut over, nobody);
            return found.into_iter().collect();
        }
        let mut found = self.likely_crews(lead, most);
        found.retain_mut(|crew| {
            let cost = cost_once_done(&self.instance, &mut self.plan, lead, crew);
            crew.cost = cost.unwrap_or(crew.cost);
            cost.is_some()
        });
        if found.is_empty() {
            let named = self.cheapest_for_places(lead, most, true);
            let Self { instance, plan, asker, .. } = self;
            found = asker.crews_that_hold(instance, plan, lead, (most, OF_SAME), named);
        }
        found.sort_by_key(key);
        found
    }

    /// Crews of those who are cheapest for each role alone, each at the places that are cheapest as far as delays tell: some may not hold.
    fn likely_crews(&mut self, lead: SlotId, most: usize) -> Vec<CrewInsertion> {
        let named = self.cheapest_for_places(lead, most, false);
        let Self { instance, plan, asker, .. } = self;
        asker.crews.only = None;
        asker.crews.find_most(instance, plan, lead, (most, 1), named)
    }

    /// Names for each place in a crew those who can fill it for least.
    fn cheapest_for_places(
        &mut self,
        lead: SlotId,
        most: usize,
        all_units: bool,
    ) -> impl Fn(SlotId, &mut Vec<UnitId>) + use<> {
        let Self { instance, plan, index, asker, stop, .. } = self;
        let mut lists = Vec::<(SlotId, Vec<UnitId>)>::new();
        for slot in instance.crew(lead) {
            // The places of one role ask for the same people.
            let of = |slot: SlotId| (instance.problem.slot(slot).role, instance.problem.slot(slot).stop);
            let known = lists.iter().find(|&&(other, _)| of(other) == of(slot)).map(|(_, list)| list.clone());
            let list = known.unwrap_or_else(|| {
                let asked = (slot, most + ASKED, all_units);
                asker.cheapest_for_place(instance, plan, index, asked, &|| stop.spent())
            });
            lists.push((slot, list));
        }
        move |slot: SlotId, units: &mut Vec<UnitId>| {
            let list = lists.iter().find(|(other, _)| *other == slot);
            units.extend(list.into_iter().flat_map(|(_, list)| list));
        }
    }
}

#[cfg(test)]
mod tests;
