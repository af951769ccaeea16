//! What needs have to do with each other: who is not served without whom, and who must, or must not, serve both.

use super::instance::Instance;
use crate::matching::keeps_company;
use crate::model::{LinkRule, NeedId, Problem, SlotId, UnitId, VolunteerId};

/// What a need has to do with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tie {
    pub(super) other: NeedId,
    pub(super) kind: TieKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TieKind {
    /// It is not served without the other.
    Needs,
    /// The other is not served without it.
    NeededBy,
    /// Whoever serves it serves the other too.
    Among,
    /// Whoever serves the other serves it too.
    Contains,
    /// Nobody serves both.
    Different,
    /// Both are served on one day.
    SameDay,
    /// Days are counted between both.
    Days,
    /// And only whole weeks will do.
    Weeks,
    /// One of both is served at most.
    Instead,
    /// Whoever serves it should serve the other too, at a price for each who does not.
    Known(u32),
    /// Whoever serves the other should serve it too.
    Knows(u32),
}

/// The ties of all needs. Empty where no need is linked: then nothing is kept for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    /// Where the ties of each need begin.
    first: Vec<u32>,
    ties: Vec<Tie>,
    /// Whether some needs are to be served on one weekday.
    pub(super) weekly: bool,
}

impl Links {
    pub(super) fn new(problem: &Problem) -> Self {
        let mut ties = Vec::new();
        for link in problem.links() {
            let (from, to) = (link.from, link.to);
            let mut tie = |need, kind, other| ties.push((need, Tie { other, kind }));
            for (needed, need) in link.needed() {
                tie(need, TieKind::Needs, needed);
                tie(needed, TieKind::NeededBy, need);
            }
            let kinds = match link.rule {
                LinkRule::SamePerson { price: None } => (TieKind::Among, TieKind::Contains),
                LinkRule::SamePerson { price: Some(price) } => (TieKind::Known(price), TieKind::Knows(price)),
                LinkRule::DifferentPerson => (TieKind::Different, TieKind::Different),
                LinkRule::SameDay => (TieKind::SameDay, TieKind::SameDay),
                LinkRule::DaysApart { min, max, weeks } => {
                    // Where only one number of weeks will do, the number of days tells all.
                    let (min, max) = days_apart(min, max, weeks);
                    let kind = if weeks && min < max { TieKind::Weeks } else { TieKind::Days };
                    (kind, kind)
                }
                LinkRule::After { .. } | LinkRule::Together => continue,
            };
            tie(to, kinds.0, from);
            tie(from, kinds.1, to);
        }
        for &way in problem.choices().iter().flatten() {
            let others = problem.ways(way).iter().filter(|&&other| other != way);
            ties.extend(others.map(|&other| (way, Tie { other, kind: TieKind::Instead })));
        }
        let mut links = Self::default();
        if ties.is_empty() {
            return links;
        }
        ties.sort_by_key(|&(need, _)| need);
        links.first.resize(problem.needs().len() + 1, 0);
        for &(need, _) in &ties {
            links.first[need.index() + 1] += 1;
        }
        for n in 1..links.first.len() {
            links.first[n] += links.first[n - 1];
        }
        links.weekly = ties.iter().any(|(_, tie)| tie.kind == TieKind::Weeks);
        links.ties = ties.into_iter().map(|(_, tie)| tie).collect();
        links
    }

    /// Whether no need is linked.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.ties.is_empty()
    }

    /// The ties of a need.
    #[inline]
    pub(super) fn of(&self, need: NeedId) -> &[Tie] {
        match self.first.get(need.index()..need.index() + 2) {
            Some(span) => &self.ties[span[0] as usize..span[1] as usize],
            None => &[],
        }
    }

    /// The needs that have a tie of this kind with `need`.
    pub(super) fn others(&self, need: NeedId, kind: TieKind) -> impl Iterator<Item = NeedId> + '_ {
        self.of(need).iter().filter(move |tie| tie.kind == kind).map(|tie| tie.other)
    }
}

/// The fewest and most days that a link leaves between two needs, weeks in full where only these will do.
pub(super) fn days_apart(min: i32, max: i32, weeks: bool) -> (i64, i64) {
    let (min, max) = (i64::from(min), i64::from(max));
    if weeks { (-(-min).div_euclid(7) * 7, max.div_euclid(7) * 7) } else { (min, max) }
}

impl Instance<'_> {
    /// Whether nothing is asked of the people who serve `need` together but that they come in time.
    pub(super) fn is_plain(&self, need: NeedId) -> bool {
        self.links.of(need).is_empty()
            && self.problem.need(need).crew.is_empty()
            && self.problem.apart().is_empty()
            && self.parties.is_empty()
    }

    /// Asks for `slot` those who serve a need that it is to have in common with them, near or not.
    pub(super) fn ask_linked(
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
                let new = own.filter(|&unit| self.admits(slot, unit) && !asked.contains(&unit));
                asked.extend(new.collect::<Vec<_>>());
            }
        }
    }

    /// Whether `unit` may fill `slot` beside the people whom `unit_of` names, as far as one person can tell.
    pub(super) fn goes_with(
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
    pub(super) fn strangeness(
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
    pub(super) fn goes_together(&self, need: NeedId, people: &impl Fn(NeedId) -> Vec<UnitId>) -> bool {
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
        ties && keeps_company(problem, need, &units)
    }
}
