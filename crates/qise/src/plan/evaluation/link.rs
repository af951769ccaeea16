//! Needs that hang together: both served where one asks for the other, in order, by the same people or others, on one day.

use std::collections::BTreeSet;

use super::judge::{Judge, Seen};
use crate::model::{Link, LinkRule, Rule};
use crate::plan::Detail;

impl Judge<'_> {
    pub(super) fn links(&mut self) {
        let problem = self.problem;
        let visits = std::mem::take(&mut self.visits);
        for link in problem.links() {
            let (from, to) = (&visits[link.from.index()], &visits[link.to.index()]);
            for (needed, need) in link.needed() {
                if let (Some(seen), true) = (visits[need.index()].first(), visits[needed.index()].is_empty())
                {
                    self.broken(seen.need(), Rule::LinkMissing, Detail::Need(needed));
                }
            }
            for seen in to {
                self.linked(link, from, seen);
            }
        }
        self.visits = visits;
    }

    /// Of the ways to do one thing all but the first that is served are too many.
    pub(super) fn choices(&mut self) {
        let problem = self.problem;
        for ways in problem.choices() {
            let visits = ways.iter().filter_map(|way| self.visits[way.index()].first());
            let more = visits.skip(1).map(|seen| (seen.need(), seen.visit.need));
            for (at, need) in more.collect::<Vec<_>>() {
                self.broken(at, Rule::SecondWay, Detail::Need(need));
            }
        }
    }

    /// One violation at most for a visit of the second need.
    fn linked(&mut self, link: &Link, from: &[Seen], seen: &Seen) {
        let problem = self.problem;
        let served = || from.iter().flat_map(|first| first.people(problem)).collect::<BTreeSet<_>>();
        let other = Detail::Need(link.from);
        match link.rule {
            LinkRule::After { min, max } if seen.visit.stop == 0 => {
                // A ride goes before until its last stop is done, and comes after from its first stop on.
                let last = problem.need(link.from).stops.len() - 1;
                let ends = from.iter().filter(|first| usize::from(first.visit.stop) == last);
                let mut gaps = ends.map(|first| seen.visit.start - first.visit.end);
                let wrong = |gap| gap < min || max.is_some_and(|max| gap > max);
                if let Some(gap) = gaps.find(|&gap| wrong(gap)) {
                    let detail = Detail::After { need: link.from, is: gap, min, max };
                    self.broken(seen.start(), Rule::LinkTime, detail);
                }
            }
            LinkRule::DaysApart { min, max, weeks } if seen.visit.stop == 0 => {
                let day = |seen: &Seen| problem.calendar().day(seen.visit.start);
                let firsts = from.iter().filter(|first| first.visit.stop == 0);
                let mut gaps = firsts.map(|first| day(seen) - day(first));
                let (min, max) = (i64::from(min), i64::from(max));
                let wrong = |days: i64| days < min || days > max || weeks && days.rem_euclid(7) != 0;
                if let Some(days) = gaps.find(|&days| wrong(days)) {
                    let detail = Detail::DaysAfter { need: link.from, is: days, min, max, weeks };
                    self.broken(seen.start(), Rule::LinkDays, detail);
                }
            }
            LinkRule::SamePerson { price: None } => {
                if !from.is_empty() && !seen.people(problem).all(|who| served().contains(&who)) {
                    self.broken(seen.need(), Rule::LinkPerson, other);
                }
            }
            LinkRule::DifferentPerson => {
                if seen.people(problem).any(|who| served().contains(&who)) {
                    self.broken(seen.need(), Rule::LinkPerson, other);
                }
            }
            LinkRule::SameDay => {
                let day = |seen: &Seen| problem.unit(seen.unit).day;
                if from.iter().any(|first| day(first) != day(seen)) {
                    self.broken(seen.need(), Rule::LinkDay, other);
                }
            }
            LinkRule::After { .. }
            | LinkRule::DaysApart { .. }
            | LinkRule::Together
            | LinkRule::SamePerson { price: Some(_) } => {}
        }
    }
}
