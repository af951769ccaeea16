//! The people who come to one need together: all of them, all different, each in time for the others.

use std::collections::BTreeSet;

use super::judge::{Judge, Seen};
use super::route::in_range;
use super::suits::holds;
use super::totals::short_teams;
use crate::model::{Need, Rule, Seconds, TeamId, UnitId, VolunteerId};
use crate::plan::{Detail, Location, Plan};

impl Judge<'_> {
    /// Of each team so many members go out as must.
    pub(super) fn teams(&mut self, plan: &Plan) {
        let problem = self.problem;
        let routes = plan.routes.iter().filter(|route| !route.visits.is_empty() && in_range(route));
        let units = routes.flat_map(|route| std::iter::once(&route.unit).chain(&route.company));
        let people = units.filter_map(|unit| problem.units().get(unit.index())).map(|unit| unit.volunteer);
        for (team, short, price) in short_teams(problem, people.collect::<BTreeSet<_>>().into_iter()) {
            let least = problem.teams()[team.index()].least_people.map_or(0, |least| least.count.into());
            if price.is_none() {
                let detail = Detail::Members { team, is: least - short, least };
                self.broken(Location::Routes, Rule::TooFewPeople, detail);
            }
        }
    }

    /// One violation for each role that is not filled, each person who comes twice, and each who is not there in time.
    pub(super) fn crews(&mut self) {
        for (need, visits) in self.problem.needs().iter().zip(std::mem::take(&mut self.visits)) {
            if let Some(first) = visits.first().filter(|_| need.people() > 1) {
                self.complete(need, first, &visits);
                self.apart(need, &visits);
            }
            if need.people() > 1 || visits.iter().any(|seen| !seen.company.is_empty()) {
                self.different(&visits);
            }
            self.company(need, &visits);
            self.visits.push(visits);
        }
    }

    fn complete(&mut self, need: &Need, first: &Seen, visits: &[Seen]) {
        for (r, role) in need.roles.iter().enumerate() {
            let filled = visits.iter().filter(|seen| usize::from(seen.visit.role) == r).count();
            if filled < role.count as usize {
                let detail = Detail::Role { role: r, is: filled, due: role.count as usize };
                self.broken(first.need(), Rule::CrewIncomplete, detail);
            }
        }
    }

    /// Nobody comes twice.
    fn different(&mut self, visits: &[Seen]) {
        let problem = self.problem;
        for (k, seen) in visits.iter().enumerate() {
            let before = || visits[..k].iter().flat_map(|other| other.people(problem));
            let twice = seen.people(problem).find(|&who| before().any(|other| other == who));
            if let Some(who) = twice {
                self.broken(seen.need(), Rule::CrewSamePerson, Detail::Volunteer(who));
            }
        }
    }

    /// What must be true of the people together; nothing is asked of nobody.
    fn company(&mut self, need: &Need, visits: &[Seen]) {
        let problem = self.problem;
        let Some(first) = visits.first() else { return };
        let at = first.need();
        let units =
            visits.iter().flat_map(|seen| std::iter::once(seen.unit).chain(seen.company.iter().copied()));
        let units = units.collect::<Vec<_>>();
        let who = |unit: UnitId| problem.volunteer(problem.unit(unit).volunteer);
        let shared = |team: &TeamId| units.iter().all(|&unit| who(unit).teams.contains(team));
        if need.crew.same_team && !who(first.unit).teams.iter().any(shared) {
            let people = units.iter().map(|&unit| problem.unit(unit).volunteer).collect();
            self.broken(at, Rule::CrewTeam, Detail::Volunteers(people));
        }
        for tally in &need.crew.tallies {
            let holds = |unit: &&UnitId| {
                let unit = problem.unit(**unit);
                holds(problem, unit, tally.quality, unit.end).is_ok()
            };
            let held = units.iter().filter(holds).count();
            let (min, max) = (tally.min as usize, tally.max.map(|max| max as usize));
            if held < min || max.is_some_and(|max| held > max) {
                let detail = Detail::Tally { quality: tally.quality, is: held, min, max };
                self.broken(at, Rule::CrewTally, detail);
            }
        }
        for (k, seen) in visits.iter().enumerate() {
            let mut before = visits[..k].iter().flat_map(|other| other.people(problem)).collect::<Vec<_>>();
            let mut met = None;
            for who in seen.people(problem) {
                let apart = |&other: &VolunteerId| {
                    problem.apart().iter().any(|&pair| pair == (other, who) || pair == (who, other))
                };
                met = met.or(before.iter().copied().find(apart));
                before.push(who);
            }
            if let Some(other) = met {
                self.broken(seen.need(), Rule::CrewMeets, Detail::Volunteer(other));
            }
        }
    }

    /// Starts against the gaps between roles; those of one role, and of roles without a gap, start together.
    fn apart(&mut self, need: &Need, visits: &[Seen]) {
        for (k, later) in visits.iter().enumerate() {
            for sooner in &visits[..k] {
                let roles = [sooner.visit.role, later.visit.role];
                for overlap in &need.overlaps {
                    let (one, other) = (overlap.one, overlap.other);
                    let least = overlap.least;
                    let both =
                        sooner.visit.end.min(later.visit.end) - sooner.visit.start.max(later.visit.start);
                    if ([one, other] == roles || [other, one] == roles) && both < least {
                        let detail = Detail::Overlap { is: both, least };
                        self.broken(later.start(), Rule::CrewApart, detail);
                    }
                }
                // Those of one role are told once.
                let ways = if sooner.visit.role == later.visit.role { 1 } else { 2 };
                for (from, to) in [(sooner, later), (later, sooner)].into_iter().take(ways) {
                    for (min, max) in gaps(need, from.visit.role, to.visit.role) {
                        let gap = to.visit.start - from.visit.start;
                        if gap < min || gap > max {
                            let detail = Detail::Gap { is: gap, min, max };
                            self.broken(later.start(), Rule::CrewApart, detail);
                        }
                    }
                }
            }
        }
    }
}

/// What lies at least and at most between the starts of two roles; each pair is told once.
fn gaps(need: &Need, from: u16, to: u16) -> Vec<(Seconds, Seconds)> {
    let together = (Seconds::ZERO, Seconds::ZERO);
    let with_first = |role: u16| {
        need.gaps.iter().all(|gap| gap.to != role)
            && need.overlaps.iter().all(|overlap| overlap.other != role)
    };
    let stated =
        need.gaps.iter().filter(|gap| gap.from == from && gap.to == to).map(|gap| (gap.min, gap.max));
    let mut gaps = stated.collect::<Vec<_>>();
    if from == to || from == 0 && with_first(to) {
        gaps.push(together);
    }
    gaps
}
