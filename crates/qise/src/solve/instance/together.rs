//! Who may serve a need beside whom: links between needs, and what is asked of a crew as a whole.

use super::Instance;
use super::links::TieKind;
use crate::eligibility::crew_compatible;
use crate::model::{NeedId, SlotId, UnitId, VolunteerId};

impl Instance<'_> {
    /// Whether nothing is asked of the people who serve `need` together but that they come in time.
    pub(crate) fn is_plain(&self, need: NeedId) -> bool {
        self.links.of(need).is_empty()
            && self.problem.need(need).crew.is_empty()
            && self.problem.apart().is_empty()
            && self.parties.is_empty()
    }

    /// Asks for `slot` those who serve a need that it is to have in common with them, near or not.
    pub(crate) fn ask_linked(
        &self,
        slot: SlotId,
        asked: &mut Vec<UnitId>,
        unit_of: &impl Fn(SlotId) -> Option<UnitId>,
    ) {
        let ties = self.links.of(self.problem.slot(slot).need).iter();
        let in_common = |kind| {
            use TieKind::{Among, Contains, Known, Knows};
            matches!(kind, Among | Contains | Known(_) | Knows(_))
        };
        for tie in ties.filter(|tie| in_common(tie.kind)) {
            for unit in self.problem.slots_of(tie.other).filter_map(unit_of) {
                let own = self.problem.units_of(self.unit(unit).volunteer);
                let new = own.filter(|&unit| self.is_compatible(slot, unit) && !asked.contains(&unit));
                asked.extend(new.collect::<Vec<_>>());
            }
        }
    }

    /// Whether `unit` may fill `slot` beside the people whom `unit_of` names, as far as one person can tell.
    pub(crate) fn goes_with(
        &self,
        slot: SlotId,
        unit: UnitId,
        unit_of: &impl Fn(SlotId) -> Option<UnitId>,
    ) -> bool {
        let need = self.problem.slot(slot).need;
        let who = self.unit(unit).volunteer;
        self.links.of(need).iter().all(|tie| {
            let mut units = self.problem.slots_of(tie.other).filter_map(unit_of).peekable();
            if units.peek().is_none() {
                return true;
            }
            let mut serves = |who: VolunteerId| units.any(|unit| self.unit(unit).volunteer == who);
            match tie.kind {
                TieKind::Among => serves(who),
                TieKind::Contains => self.crew(slot).len() > 1 || serves(who),
                TieKind::Different => !serves(who),
                TieKind::SameDay => {
                    units.all(|other| self.problem.unit(other).day == self.problem.unit(unit).day)
                }
                TieKind::Instead => false,
                _ => true,
            }
        })
    }

    /// What it costs that the person of `unit` serves `slot` although others serve what the same people should.
    pub(crate) fn continuity_cost(
        &self,
        slot: SlotId,
        unit: UnitId,
        unit_of: &impl Fn(SlotId) -> Option<UnitId>,
    ) -> i64 {
        let who = self.unit(unit).volunteer;
        let prices = self.links.of(self.problem.slot(slot).need).iter().map(|tie| {
            let (TieKind::Known(price) | TieKind::Knows(price)) = tie.kind else { return 0 };
            let mut units = self.problem.slots_of(tie.other).filter_map(unit_of).peekable();
            let strange = units.peek().is_some() && units.all(|unit| self.unit(unit).volunteer != who);
            if strange { i64::from(price) } else { 0 }
        });
        prices.sum()
    }

    /// Whether the people whom `people` names may serve `need` together, beside those who serve the needs it is linked with.
    pub(crate) fn goes_together(&self, need: NeedId, people: &impl Fn(NeedId) -> Vec<UnitId>) -> bool {
        let problem = self.problem;
        let units = people(need);
        if units.is_empty() {
            return true;
        }
        let who = |unit: UnitId| self.unit(unit).volunteer;
        let twice = |(k, &unit): (usize, &UnitId)| units[..k].iter().any(|&other| who(other) == who(unit));
        if !self.parties.is_empty() && units.iter().enumerate().any(twice) {
            return false;
        }
        let ties = self.links.of(need).iter().all(|tie| {
            let others = people(tie.other);
            let among = |some: &[UnitId], all: &[UnitId]| {
                some.iter().all(|&one| all.iter().any(|&other| who(one) == who(other)))
            };
            let day = |unit: UnitId| problem.unit(unit).day;
            match tie.kind {
                TieKind::Among => others.is_empty() || among(&units, &others),
                TieKind::Contains => among(&others, &units),
                TieKind::Different => {
                    units.iter().all(|&one| others.iter().all(|&other| who(one) != who(other)))
                }
                TieKind::SameDay => {
                    others.iter().all(|&other| units.iter().all(|&one| day(one) == day(other)))
                }
                TieKind::Instead => others.is_empty(),
                _ => true,
            }
        });
        ties && crew_compatible(problem, need, &units)
    }
}

#[cfg(test)]
mod tests;
