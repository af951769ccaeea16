//! Every way into the engine with one problem: what comes out is judged, and held against every plan there is.

use std::panic::{AssertUnwindSafe, catch_unwind};

use qise::explain::{Depth, Verdict, choice, reasons};
use qise::improve::{self, Improver};
use qise::model::{NeedId, Objective, Rule, Term, Terms};
use qise::plan::{Plan, evaluate};
use qise::solve::{Options, Solved, solve};
use qise::{Problem, Stop};
use qise_io::words;

use super::draw::{Draw, serves_first};
use super::every_plan::better;
use crate::ranking::agree;

/// Something that a way into the engine got wrong.
#[derive(Debug)]
pub(super) struct Failure {
    /// Which way in.
    pub(super) entry: &'static str,
    pub(super) words: String,
}

/// Steps of search, and how many plans are judged against what it finds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    pub(super) steps: u64,
    pub(super) judged: usize,
}

fn found(problem: &Problem, steps: u64, warm: Option<Plan>) -> Solved {
    let options = Options { warm, ..Options::default() };
    solve(problem, &options, &Stop::iterations(steps))
}

/// What was found from nothing, whether all plans were held against it, and whatever went wrong.
pub(super) fn entries(draw: &Draw, effort: Effort) -> (Solved, bool, Vec<Failure>) {
    let problem = &draw.problem;
    let mut failures = Vec::new();
    let cold = found(problem, effort.steps, None);
    let mut done = false;
    let mut tried = |entry, what: &mut dyn FnMut() -> Result<(), String>| {
        let outcome = catch_unwind(AssertUnwindSafe(what)).unwrap_or_else(|panic| {
            let words = panic.downcast_ref::<String>().cloned();
            Err(words
                .or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()))
                .unwrap_or_default())
        });
        failures.extend(outcome.err().map(|words| Failure { entry, words }));
    };
    tried("solve", &mut || valid(problem, &cold.plan));
    let against = if serves_first(problem.objective()) {
        "solve against every plan"
    } else {
        "solve where needs are weighed"
    };
    tried(against, &mut || {
        let (better, all) = better(problem, &cold.evaluation.score, effort.judged);
        done = all;
        better.map_or(Ok(()), |plan| {
            let (levels, possible) = (&cold.evaluation.score.levels, evaluate(problem, &plan).score.levels);
            let terms = problem.objective().levels.iter().map(|level| {
                level
                    .iter()
                    .map(|of| format!("{} {}", of.weight, of.term.as_str()))
                    .collect::<Vec<_>>()
                    .join(" + ")
            });
            let terms = terms.collect::<Vec<_>>().join("; ");
            Err(format!("[{terms}] {levels:?} found, {possible:?} possible: {plan:?}"))
        })
    });
    let few = found(problem, 3, None);
    tried("solve for a few steps", &mut || {
        valid(problem, &found(problem, 0, None).plan)?;
        valid(problem, &few.plan)
    });
    tried("solve on", &mut || warm(draw, &few, &cold));
    for plan in [&few.plan, &cold.plan].into_iter().filter(|plan| evaluate(problem, plan).is_valid()) {
        tried("rank", &mut || {
            agree(problem, plan, problem.need_ids());
            Ok(())
        });
        tried("explain", &mut || explained(problem, plan, effort));
        tried("choice", &mut || chosen(problem, plan));
    }
    tried("improve", &mut || improved(problem, &few.plan));
    (cold, done, failures)
}

fn valid(problem: &Problem, plan: &Plan) -> Result<(), String> {
    let judged = evaluate(problem, plan);
    let words = |violation| words::Finding::new(problem, violation).message().en;
    // Not every way in can send out as many as must go: that is held against every plan.
    let mut broken = judged.violations.iter().filter(|violation| violation.rule != Rule::TooFewPeople);
    broken.next().map_or(Ok(()), |violation| Err(format!("{}: {plan:?}", words(violation))))
}

/// From plans that were found before, with a person less, and from such as the problem no longer allows.
fn warm(draw: &Draw, few: &Solved, cold: &Solved) -> Result<(), String> {
    let problem = &draw.problem;
    let on = found(problem, 20, Some(few.plan.clone()));
    valid(problem, &on.plan)?;
    if few.evaluation.is_valid() && few.evaluation.score.better_than(&on.evaluation.score) {
        return Err("worse than the plan to start from".into());
    }
    let mut fewer = cold.plan.clone();
    if let Some(route) = fewer.routes.pop() {
        let more = route.visits.iter().map(|visit| problem.stands_for(visit.need));
        fewer.unserved.extend(more);
        fewer.unserved.sort_unstable();
        fewer.unserved.dedup();
    }
    valid(problem, &found(problem, 20, Some(fewer)).plan)?;
    let units = problem.units().len();
    let known = |plan: &Plan| plan.routes.iter().all(|route| route.unit.index() < units);
    for (_, plan) in draw.earlier.iter().filter(|(_, plan)| known(plan)) {
        valid(problem, &found(problem, 5, Some(plan.clone())).plan)?;
        valid(problem, &found(problem, 0, Some(plan.clone())).plan)?;
    }
    Ok(())
}

/// Whether some plan serves all of these needs, as far as is found.
fn can_serve(problem: &Problem, needs: &[NeedId], effort: Effort) -> bool {
    let asked = problem.replace(|data| {
        for (n, need) in data.needs.iter_mut().enumerate() {
            need.priority = needs.contains(&NeedId::new(n)).into();
            need.outsource = None;
        }
        data.objective = Objective::ordered(&[Term::UnservedPriority]);
    });
    let asked = asked.expect("other priorities are as valid");
    let all = |plan: &Plan| needs.iter().all(|&need| plan.served_needs().contains(&need));
    let mut terms = Terms::default();
    terms.set(Term::UnservedPriority, 1);
    let one_left = asked.objective().score(&terms);
    all(&found(&asked, effort.steps / 4, None).plan)
        || better(&asked, &one_left, effort.judged / 4).0.is_some_and(|plan| all(&plan))
}

fn explained(problem: &Problem, plan: &Plan, effort: Effort) -> Result<(), String> {
    for reason in reasons(problem, plan, Depth::Proven, &Stop::never()) {
        let key = &problem.need(reason.need).key;
        if reason.verdict == Verdict::Impossible && can_serve(problem, &[reason.need], effort) {
            return Err(format!("{key} is called impossible: {}", words::reason(problem, &reason).en));
        }
        if let Some(room) = &reason.room {
            let taken = room.taken(problem, plan);
            valid(problem, &taken)?;
            let kept = |need: &NeedId| room.displaces.contains(need) || taken.served_needs().contains(need);
            if !taken.served_needs().contains(&reason.need) || !plan.served_needs().iter().all(kept) {
                return Err(format!("the room for {key} is none"));
            }
        } else if reason.verdict == Verdict::Open {
            return Err(format!("{key} is open, and there is no room"));
        }
        if let Some(crowd) = &reason.crowd
            && can_serve(problem, &crowd.needs, effort)
        {
            return Err(format!("{key} crowds nobody out: {:?}", crowd.needs));
        }
    }
    Ok(())
}

/// What the next best for each need would be is a plan that may be.
fn chosen(problem: &Problem, plan: &Plan) -> Result<(), String> {
    for need in plan.served_needs() {
        let Some(told) = choice(problem, plan, need) else { continue };
        if let Some(other) = &told.runner_up {
            valid(problem, &other.offer.taken(problem, plan))?;
        }
    }
    Ok(())
}

fn improved(problem: &Problem, plan: &Plan) -> Result<(), String> {
    let options = improve::Options { steps: 30, ..improve::Options::default() };
    let never = Stop::never();
    let improver = Improver::new(problem, plan, options, &never);
    for outcome in improver.remedies(&improver.plan().unserved) {
        for remedy in &outcome.remedies {
            valid(&remedy.problem, &remedy.plan)?;
            if !remedy.plan.served_needs().contains(&outcome.need) {
                return Err(format!("no remedy for {}", problem.need(outcome.need).key));
            }
        }
    }
    Ok(())
}
