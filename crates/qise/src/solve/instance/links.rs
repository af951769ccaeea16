//! What needs have to do with each other: who is not served without whom, and who must, or must not, serve both.

use crate::base::Csr;
use crate::model::{LinkRule, NeedId, Problem};

/// What a need has to do with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tie {
    pub(crate) other: NeedId,
    pub(crate) kind: TieKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TieKind {
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
pub(crate) struct Links {
    ties: Csr<Tie>,
    /// Whether some needs are to be served on one weekday.
    pub(crate) weekly: bool,
}

impl Links {
    pub(crate) fn new(problem: &Problem) -> Self {
        let mut ties: Vec<(NeedId, Tie)> = Vec::new();
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
        if ties.is_empty() {
            return Self::default();
        }
        let weekly = ties.iter().any(|(_, tie)| tie.kind == TieKind::Weeks);
        let ties = ties.into_iter().map(|(need, tie)| (need.index(), tie)).collect();
        Self { ties: Csr::of_pairs(problem.needs().len(), ties), weekly }
    }

    /// Whether no need is linked.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.ties.has_no_rows()
    }

    /// The ties of a need.
    #[inline]
    pub(crate) fn of(&self, need: NeedId) -> &[Tie] {
        self.ties.row(need.index())
    }

    /// The needs that have a tie of this kind with `need`.
    pub(crate) fn others(&self, need: NeedId, kind: TieKind) -> impl Iterator<Item = NeedId> + '_ {
        self.of(need).iter().filter(move |tie| tie.kind == kind).map(|tie| tie.other)
    }
}

/// The fewest and most days that a link leaves between two needs, weeks in full where only these will do.
pub(crate) fn days_apart(min: i32, max: i32, weeks: bool) -> (i64, i64) {
    let (min, max) = (i64::from(min), i64::from(max));
    if weeks { (-(-min).div_euclid(7) * 7, max.div_euclid(7) * 7) } else { (min, max) }
}
