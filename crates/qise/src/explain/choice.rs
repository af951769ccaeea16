//! Why those serve a need who do: what that adds to the plan, who would be the next best, and by what they differ.
//!
//! Everything is measured in the plan as it stands: what is added is the plan with the need against the plan without it, on both sides, and
//! it is the judge who says what each of these plans is worth. No other plan is searched for.

use std::cmp::{Ordering, Reverse};

use super::reason::{NAMED, TRIED, hardest};
use crate::eligibility::Funnel;
use crate::model::{NeedId, Objective, Problem, Term, Terms, VolunteerId};
use crate::plan::{Plan, Score, evaluate};
use crate::query::{Offer, PlanQuery, Replacement};

/// What decided who serves a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// The objective: others could come, and would be worse.
    Best,
    /// Only the order: others could come, and no level of the objective would change.
    Equal,
    /// Nothing that counts in the plan as it stands: others could come, and would be better.
    Beaten,
    /// It was settled who comes.
    Pinned,
    /// Nobody else could come in any plan: proven.
    Only,
    /// Nobody else was found who could come in the plan as it stands. For a need of one person everybody was asked; of crews those are
    /// looked at who are cheapest for each role, of parties the cheapest.
    Alone,
    /// The plan could not be taken over as it stands, so that there is nothing to compare: it breaks a rule, or a party was not found again.
    Unclear,
}

impl Decision {
    /// All decisions.
    pub const ALL: &'static [Self] =
        &[Self::Best, Self::Equal, Self::Beaten, Self::Pinned, Self::Only, Self::Alone, Self::Unclear];

    /// The name in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Equal => "equal",
            Self::Beaten => "beaten",
            Self::Pinned => "pinned",
            Self::Only => "only",
            Self::Alone => "alone",
            Self::Unclear => "unclear",
        }
    }
}

/// Why those serve a need who do, or why it is handed to others.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choice {
    /// The need; of the ways to do one thing that which is taken.
    pub need: NeedId,
    /// Everybody who comes, in the order of the problem; nobody where it is handed to others.
    pub crew: Vec<VolunteerId>,
    /// Whether it is handed to others, for the price that it states.
    pub outsourced: bool,
    /// What decided.
    pub verdict: Decision,
    /// By how much each term and each level grows by their coming; nothing where that is unclear.
    pub growth: Option<Score>,
    /// Needs that would not be served without it. They are counted with it, on both sides.
    pub hanging: Vec<NeedId>,
    /// The best others that were found.
    pub runner_up: Option<RunnerUp>,
    /// Where no others were found, up to three of the nearest who could come with nothing else to do.
    pub able: Vec<VolunteerId>,
    /// Whom each rule excludes from the role that is hardest to fill; whoever serves it now is among those who are left.
    pub funnel: Funnel,
    /// Whether the plan holds as it is stated. Elsewhere what breaks a rule was left out, and times were set anew, before anything was compared.
    pub as_stated: bool,
}

/// The best others for a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunnerUp {
    /// Who would come and when, and what else would change.
    pub offer: Offer,
    /// Everybody who would come, in the order of the problem.
    pub people: Vec<VolunteerId>,
    /// By how much each term and each level would grow by their coming.
    pub growth: Score,
    /// Their growth less that of those who serve it, which is what the plan with them instead is worth less than this one: above zero they
    /// are worse, below zero better.
    pub difference: Score,
}

impl RunnerUp {
    /// The first level on which they differ from those who serve the need, counted from 0; nothing where they do on none.
    pub fn level(&self) -> Option<usize> {
        self.difference.levels.iter().position(|&difference| difference != 0)
    }

    /// The terms that decided: those of that level in which they differ, the ones that weigh most first.
    pub fn deciding(&self, objective: &Objective) -> Vec<(Term, i64)> {
        let Some(level) = self.level() else { return Vec::new() };
        let terms = objective.levels[level].iter();
        let terms = terms.map(|w| (w.term, w.weight, self.difference.terms.get(w.term)));
        let mut terms = terms.filter(|&(.., difference)| difference != 0).collect::<Vec<_>>();
        let weighed =
            |weight: u32, difference: i64| u128::from(weight) * u128::from(difference.unsigned_abs());
        terms.sort_by_key(|&(_, weight, difference)| Reverse(weighed(weight, difference)));
        terms.into_iter().map(|(term, _, difference)| (term, difference)).collect()
    }
}

/// Why those serve a need who do, in a plan as it stands; nothing where nobody sees to it. Of the ways to do one thing it tells of the
/// one that is taken.
pub fn choice(problem: &Problem, plan: &Plan, need: NeedId) -> Option<Choice> {
    let (need, outsourced) = seen_to(problem, plan, need)?;
    let mut standing = PlanQuery::new(problem, plan);
    let stands = standing.plan();
    let (stated, held) = (evaluate(problem, plan), evaluate(problem, &stands).score);
    let mut choice = Choice {
        need,
        crew: people(problem, plan, need),
        outsourced,
        verdict: Decision::Unclear,
        growth: None,
        hanging: Vec::new(),
        runner_up: None,
        able: Vec::new(),
        funnel: hardest(problem, need).1,
        as_stated: stated.is_valid() && stated.score == held,
    };
    if seen_to(problem, &stands, need) != Some((need, outsourced))
        || people(problem, &stands, need) != choice.crew
    {
        return Some(choice);
    }
    let Replacement { without, hanging, offer } = standing.replacement(need, &choice.crew);
    let without = evaluate(problem, &without).score;
    choice.growth = Some(grown(problem, &without, &held));
    choice.hanging = hanging;
    choice.runner_up = offer.map(|offer| {
        let taken = offer.taken(problem, &stands);
        let people = people(problem, &taken, offer.need);
        let taken = evaluate(problem, &taken).score;
        let (growth, difference) = (grown(problem, &without, &taken), grown(problem, &held, &taken));
        RunnerUp { offer, people, growth, difference }
    });
    choice.verdict = match &choice.runner_up {
        Some(other) => match other.level().map(|level| other.difference.levels[level].cmp(&0)) {
            Some(Ordering::Greater) => Decision::Best,
            Some(Ordering::Less) => Decision::Beaten,
            _ => Decision::Equal,
        },
        None if !outsourced && problem.need(need).roles.iter().all(|role| role.pin.is_some()) => {
            Decision::Pinned
        }
        None => {
            let (others, none) = others(problem, need, &choice.crew);
            choice.able = others;
            if none { Decision::Only } else { Decision::Alone }
        }
    };
    Some(choice)
}

/// Which of the ways to do what a need asks for is taken, and whether it is handed to others; nothing where it is left.
fn seen_to(problem: &Problem, plan: &Plan, need: NeedId) -> Option<(NeedId, bool)> {
    let ways = problem.ways(need);
    let is_way = |other: NeedId| other == need || ways.contains(&other);
    let visited = plan.visits().map(|(_, visit)| visit.need).find(|&other| is_way(other));
    let handed = || plan.outsourced.iter().copied().find(|&other| is_way(other));
    visited.map(|need| (need, false)).or_else(|| handed().map(|need| (need, true)))
}

/// Everybody who comes to a need, in the order of the problem. People whom the problem does not know are passed over.
fn people(problem: &Problem, plan: &Plan, need: NeedId) -> Vec<VolunteerId> {
    let routes = plan.routes.iter().filter(|route| route.visits.iter().any(|visit| visit.need == need));
    let units = routes.flat_map(|route| std::iter::once(&route.unit).chain(&route.company));
    let people = units.filter_map(|unit| problem.units().get(unit.index())).map(|unit| unit.volunteer);
    let mut people = people.collect::<Vec<_>>();
    people.sort_unstable();
    people.dedup();
    people
}

/// By how much everything grows from one plan to another.
fn grown(problem: &Problem, from: &Score, to: &Score) -> Score {
    let mut growth = Terms::default();
    for (term, value) in to.terms.iter() {
        growth.set(term, value.saturating_sub(from.terms.get(term)));
    }
    problem.objective().score(&growth)
}

/// The nearest others who could serve a need with nothing else to do, in whichever way, and whether it is proven that there are none.
fn others(problem: &Problem, need: NeedId, crew: &[VolunteerId]) -> (Vec<VolunteerId>, bool) {
    let mut alone = PlanQuery::new(problem, &Plan::empty(problem));
    let single = [need];
    let ways = if problem.ways(need).is_empty() { &single } else { problem.ways(need) };
    let mut able = Vec::new();
    for &way in ways {
        let units = alone.able(way, TRIED).concat();
        able.extend(units.into_iter().map(|unit| problem.unit(unit).volunteer));
    }
    let mut others = Vec::new();
    for who in able {
        if !crew.contains(&who) && !others.contains(&who) {
            others.push(who);
        }
    }
    // A crew of others needs somebody else whom no rule excludes.
    let own = crew.iter().map(|&who| problem.units_of(who).len()).sum::<usize>();
    let is_own = |unit| crew.contains(&problem.unit(unit).volunteer);
    let nobody_passes = |slot| alone.reaching(slot, own).is_some_and(|units| units.into_iter().all(is_own));
    let none = others.is_empty()
        && problem.travel().least_is_proven()
        && ways.iter().all(|&way| alone.tells_all(way) || problem.slots_of(way).all(nobody_passes));
    others.truncate(NAMED);
    (others, none)
}
