//! Needs that hang together: both served where one asks for the other, in order, by the same people or others, on one day.

use std::collections::BTreeSet;

use super::judge::{Judge, Seen};
use crate::model::{Link, LinkRule, Rule};
use crate::{Text, text};

impl Judge<'_> {
    pub(super) fn links(&mut self) {
        let problem = self.problem;
        let visits = std::mem::take(&mut self.visits);
        for link in problem.links() {
            let (from, to) = (&visits[link.from.index()], &visits[link.to.index()]);
            for (needed, need) in link.needed() {
                if let (Some(seen), true) = (visits[need.index()].first(), visits[needed.index()].is_empty())
                {
                    let key = Text::same(problem.need(needed).key.clone());
                    self.broken(format!("{}.need", seen.path), Rule::LinkMissing, key);
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
            let paths = visits.skip(1).map(|seen| (format!("{}.need", seen.path), seen.visit.need));
            for (path, need) in paths.collect::<Vec<_>>() {
                self.broken(path, Rule::SecondWay, Text::same(problem.need(need).key.clone()));
            }
        }
    }

    /// One violation at most for a visit of the second need.
    fn linked(&mut self, link: &Link, from: &[Seen], seen: &Seen) {
        let problem = self.problem;
        let served = || from.iter().flat_map(|first| first.people(problem)).collect::<BTreeSet<_>>();
        let key = Text::same(problem.need(link.from).key.clone());
        match link.rule {
            LinkRule::After { min, max } if seen.visit.stop == 0 => {
                // A ride goes before until its last stop is done, and comes after from its first stop on.
                let last = problem.need(link.from).stops.len() - 1;
                let ends = from.iter().filter(|first| usize::from(first.visit.stop) == last);
                let mut gaps = ends.map(|first| seen.visit.start - first.visit.end);
                let wrong = |gap| gap < min || max.is_some_and(|max| gap > max);
                if let Some(gap) = gaps.find(|&gap| wrong(gap)) {
                    let key = key.en;
                    let detail = text!("{gap} after {key}", "在 {key} 之后 {gap}");
                    self.broken(format!("{}.start", seen.path), Rule::LinkTime, detail);
                }
            }
            LinkRule::DaysApart { min, max, weeks } if seen.visit.stop == 0 => {
                let day = |seen: &Seen| problem.calendar().day(seen.visit.start);
                let firsts = from.iter().filter(|first| first.visit.stop == 0);
                let mut gaps = firsts.map(|first| day(seen) - day(first));
                let wrong =
                    |days: i64| days < min.into() || days > max.into() || weeks && days.rem_euclid(7) != 0;
                if let Some(days) = gaps.find(|&days| wrong(days)) {
                    let key = key.en;
                    let detail = text!("{days} days after {key}", "在 {key} 之后 {days} 天");
                    self.broken(format!("{}.start", seen.path), Rule::LinkDays, detail);
                }
            }
            LinkRule::SamePerson { price: None } => {
                if !from.is_empty() && !seen.people(problem).all(|who| served().contains(&who)) {
                    self.broken(format!("{}.need", seen.path), Rule::LinkPerson, key);
                }
            }
            LinkRule::DifferentPerson => {
                if seen.people(problem).any(|who| served().contains(&who)) {
                    self.broken(format!("{}.need", seen.path), Rule::LinkPerson, key);
                }
            }
            LinkRule::SameDay => {
                let day = |seen: &Seen| problem.unit(seen.unit).day;
                if from.iter().any(|first| day(first) != day(seen)) {
                    self.broken(format!("{}.need", seen.path), Rule::LinkDay, key);
                }
            }
            LinkRule::After { .. }
            | LinkRule::DaysApart { .. }
            | LinkRule::Together
            | LinkRule::SamePerson { price: Some(_) } => {}
        }
    }
}
