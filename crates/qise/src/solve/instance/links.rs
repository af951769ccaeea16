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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Seconds;
    use crate::tests::{built, line, link, need};

    /// Four needs and these links, which are between the first and the second.
    fn linked(rules: &[LinkRule]) -> Links {
        let mut data = line(&[0]);
        for _ in 0..4 {
            need(&mut data, 0, (0, 100), 1);
        }
        data.links = rules.iter().map(|&rule| link(0, 1, rule)).collect();
        Links::new(&built(&data))
    }

    fn ties(links: &Links, need: u32) -> Vec<(u32, TieKind)> {
        links.of(NeedId(need)).iter().map(|tie| (tie.other.0, tie.kind)).collect()
    }

    /// What a rule ties the first need to, and the second.
    fn both(rule: LinkRule) -> (Vec<TieKind>, Vec<TieKind>) {
        let links = linked(&[rule]);
        let kinds = |need: u32, other: u32| {
            let ties = ties(&links, need);
            assert!(ties.iter().all(|&(to, _)| to == other));
            ties.into_iter().map(|(_, kind)| kind).collect()
        };
        (kinds(0, 1), kinds(1, 0))
    }

    #[test]
    fn each_rule_ties_both_needs() {
        use TieKind::*;
        let after = LinkRule::After { min: Seconds(0), max: None };
        assert_eq!(both(after), (vec![NeededBy], vec![Needs]));
        assert_eq!(both(LinkRule::Together), (vec![NeededBy, Needs], vec![Needs, NeededBy]));
        assert_eq!(both(LinkRule::SamePerson { price: None }), (vec![Contains], vec![Among]));
        assert_eq!(both(LinkRule::SamePerson { price: Some(3) }), (vec![Knows(3)], vec![Known(3)]));
        assert_eq!(both(LinkRule::DifferentPerson), (vec![Different], vec![Different]));
        assert_eq!(both(LinkRule::SameDay), (vec![SameDay], vec![SameDay]));
        let days = |min, max, weeks| both(LinkRule::DaysApart { min, max, weeks });
        assert_eq!(days(1, 9, false), (vec![Days], vec![Days]));
        assert_eq!(days(1, 20, true), (vec![Weeks], vec![Weeks]));
        assert_eq!(days(1, 9, true), (vec![Days], vec![Days]), "only one number of weeks will do");
    }

    #[test]
    fn needs_without_links_have_no_ties() {
        assert!(linked(&[]).is_empty());
        let links = linked(&[LinkRule::SameDay, LinkRule::DifferentPerson]);
        assert!(!links.is_empty() && !links.weekly && ties(&links, 2).is_empty());
        assert_eq!(links.others(NeedId(0), TieKind::Different).collect::<Vec<_>>(), [NeedId(1)]);
        assert_eq!(links.others(NeedId(0), TieKind::Needs).count(), 0);
        assert!(linked(&[LinkRule::DaysApart { min: 0, max: 14, weeks: true }]).weekly);
    }

    #[test]
    fn ways_to_do_one_thing_stand_for_each_other() {
        let mut data = line(&[0]);
        for _ in 0..4 {
            need(&mut data, 0, (0, 100), 1);
        }
        data.choices = vec![vec![NeedId(3), NeedId(0), NeedId(1)]];
        let links = Links::new(&built(&data));
        assert_eq!(ties(&links, 0), [(3, TieKind::Instead), (1, TieKind::Instead)]);
        assert!(ties(&links, 2).is_empty());
    }

    #[test]
    fn days_become_whole_weeks_within_the_bounds() {
        assert_eq!(days_apart(-8, 15, true), (-7, 14));
        assert_eq!(days_apart(1, 20, true), (7, 14));
        assert_eq!(days_apart(-20, -7, true), (-14, -7));
        assert_eq!(days_apart(-8, 15, false), (-8, 15));
    }
}
