//! Finding a plan: parallel insertion, then rounds of ruin and recreate on parts of the plan, then a last look at everybody
//! who is idle.

#[cfg(debug_assertions)]
pub(crate) mod check;
pub(crate) mod handle;
pub(crate) mod insertion;
pub(crate) mod instance;
pub(crate) mod moves;
pub(crate) mod options;
pub(crate) mod phases;
#[cfg(debug_assertions)]
mod rules;
pub(crate) mod state;

use crate::base::{Spent, Stop, Threads};
use crate::model::Problem;
use crate::plan::{Evaluation, Plan, evaluate};
use crate::solve::state::export;

pub use handle::{Handle, spawn};
use instance::Instance;
pub use moves::Move;
pub use moves::counts::{MoveCount, MoveCounts};
use options::{JUST_BEFORE, Settings};
pub use options::{Options, Progress, Solved, Statistics};
use phases::{annealing, construct, fleet_minimisation, list_search, warm_start};
use state::WorkingPlan;

/// Searches for a good plan.
///
/// Anytime: whenever `stop` says so, the best plan so far is returned. If there was time for a first complete plan, no need
/// is left that somebody idle could serve. With [`Stop::iterations`] and no limit of time, the same problem, options and
/// seed give the same plan on any number of threads. Why needs are left is told by [`crate::explain::reasons`].
///
/// ```
/// # use qise::model::{Seconds, Time, TravelRule, Window};
/// # let mut b = qise::Problem::builder("example");
/// # let car = b.profile("car", TravelRule::great_circle(35_000, 1300));
/// # let (home, door) = (b.place("home", 38.83, 105.66), b.place("door", 38.84, 105.70));
/// # let bat = b.volunteer("bat", home, car).shift(Time(0), Time(20_000)).id();
/// # let visit = b.need("visit", door, Window::new(Time(0), Time(9000)), Seconds::minutes(30)).id();
/// # let problem = b.build()?;
/// use qise::solve::{Options, solve};
/// use qise::Stop;
///
/// // Ten seconds or 1000 steps, whichever comes first.
/// let stop = Stop::after(10.0) | Stop::iterations(1000);
/// let solved = solve(&problem, &Options { seed: 3, ..Options::default() }, &stop);
/// assert_eq!(solved.plan.served(), 1);
/// # Ok::<(), qise::Faults>(())
/// ```
pub fn solve(problem: &Problem, options: &Options, stop: &Stop) -> Solved {
    solve_with(problem, options, stop, &mut |_| {})
}

/// Searches like [`solve()`], and tells `listen`, in the calling thread, whenever a step of the search has ended: how far it has come, and on
/// request its best plan so far.
pub fn solve_with(
    problem: &Problem,
    options: &Options,
    stop: &Stop,
    listen: &mut dyn FnMut(&Progress<'_>),
) -> Solved {
    search(problem, options, stop.most_iterations(), &|| stop.spent(), listen)
}

/// The same for as many steps, and a part of a budget.
pub(crate) fn search(
    problem: &Problem,
    options: &Options,
    iterations: Option<u64>,
    spent: Spent<'_>,
    listen: &mut dyn FnMut(&Progress<'_>),
) -> Solved {
    if options.warm.as_ref().is_some_and(|warm| !warm.is_of(problem)) {
        // Its ids mean something else here: read as they stand they would make any plan at all.
        let cold = Options { warm: None, ..options.clone() };
        let mut solved = search(problem, &cold, iterations, spent, listen);
        solved.statistics.foreign_warm = true;
        return solved;
    }
    let settings = &Settings {
        seed: options.seed,
        threads: options.threads,
        iterations,
        is_warm: options.warm.is_some(),
    };
    let threads = Threads::new(options.threads);
    let first = || match spent() {
        share if options.complete_first && share.is_finite() => share.min(JUST_BEFORE),
        share => share,
    };
    // The plan to start from is judged meanwhile.
    let (prepared, warm) = threads.install(|| {
        let judge = || options.warm.as_ref().map(|warm| (warm, evaluate(problem, warm)));
        rayon::join(|| Instance::new(problem, &|| first() >= 1.0), judge)
    });
    let Some(mut instance) = prepared else {
        // No time to begin: the plan to start from, if it holds, is better than none.
        return finish(problem, warm, Plan::empty(problem), Statistics::default());
    };
    let mut plan = WorkingPlan::new(&instance);
    if let Some((warm, judged)) = &warm {
        warm_start::start_from(&instance, &mut plan, (warm, judged.is_valid()), &first);
    }
    let modest = first_plan(&mut instance, &mut plan, options.warm.is_none(), &first, &threads);
    // As long as the first completion and a look at its plan took, so long may the last take: that share of the budget is kept.
    let before = spent();
    threads.install(|| construct::complete(&instance, &mut plan, &first));
    let complete = first() < 1.0;
    evaluate(problem, &export::to_plan(&plan, &instance));
    // `max` also turns what is no number, infinity less infinity, into none.
    let reserve = ((spent() - before) * 1.5).max(0.0);
    let (mut steps, mut moves) = (0, MoveCounts::default());
    if !problem.slots().is_empty() && !problem.units().is_empty() {
        let spent_all_but = || spent() + reserve;
        (plan, steps) = improve(&mut instance, plan, settings, &spent_all_but, listen, &threads, &mut moves);
        if spent() < 1.0 {
            let searched = plan.clone();
            threads.install(|| construct::complete(&instance, &mut plan, spent));
            keep_better(problem, &mut plan, Some(searched));
        }
    }
    keep_better(problem, &mut plan, modest);
    if instance.features.weighs_unserved {
        keep_better(problem, &mut plan, Some(WorkingPlan::new(&instance)));
    }
    if instance.has_synchronisation() && spent() < 1.0 {
        // Where people meet, starts that were pushed may come sooner once the plan is made anew.
        let mut anew = WorkingPlan::new(&instance);
        warm_start::start_from(&instance, &mut anew, (&export::to_plan(&plan, &instance), true), spent);
        if !plan.score(problem).better_than(&anew.score(problem)) {
            plan = anew;
        }
    }
    let found = export::to_plan(&plan, &instance);
    let statistics = Statistics {
        iterations: steps,
        candidates: instance.proximity.candidates.len(),
        foreign_warm: false,
        complete,
        moves,
    };
    finish(problem, warm, found, statistics)
}

/// Serves what it can in a plan; the plan of needs that each pay alone, where effort is weighed against needs left.
fn first_plan(
    instance: &mut Instance<'_>,
    plan: &mut WorkingPlan,
    is_cold: bool,
    spent: Spent<'_>,
    threads: &Threads,
) -> Option<WorkingPlan> {
    let exact = instance.weights.clone();
    let mut modest = None;
    if is_cold && let Some(weights) = exact.coverage_first(instance.problem) {
        // The first visit far away costs more than one need is worth, the tenth near it little: the search begins with many,
        // and where it had no time to give up what does not pay, the plan of needs that each pay alone is kept.
        let mut alone = plan.clone();
        threads.install(|| construct::construct(instance, &mut alone, spent));
        modest = Some(alone);
        instance.set_weights(weights);
        threads.install(|| construct::construct(instance, plan, spent));
        instance.set_weights(exact);
    }
    threads.install(|| construct::construct(instance, plan, spent));
    modest
}

/// The phases that improve a plan, one after the other; the best plan, and the steps that they took.
fn improve(
    instance: &mut Instance<'_>,
    plan: WorkingPlan,
    settings: &Settings,
    spent: Spent<'_>,
    listen: &mut dyn FnMut(&Progress<'_>),
    threads: &Threads,
    moves: &mut MoveCounts,
) -> (WorkingPlan, u64) {
    let (plan, listed) = list_search::improve(instance, plan, settings, spent, listen, threads);
    let (plan, hunted) = fleet_minimisation::reduce(instance, plan, settings, spent, listen, threads, moves);
    annealing::anneal(instance, plan, listed + hunted, settings, spent, listen, threads, moves)
}

/// Goes back to another plan where that is better by the exact levels: prices of places may mislead.
fn keep_better(problem: &Problem, plan: &mut WorkingPlan, other: Option<WorkingPlan>) {
    if let Some(other) = other.filter(|other| other.score(problem).better_than(&plan.score(problem))) {
        *plan = other;
    }
}

/// Judges the plan, and keeps the warm plan where the search could not match it.
fn finish(
    problem: &Problem,
    warm: Option<(&Plan, Evaluation)>,
    found: Plan,
    statistics: Statistics,
) -> Solved {
    let evaluation = evaluate(problem, &found);
    match warm {
        Some((warm, judged)) if judged.is_valid() && judged.score.better_than(&evaluation.score) => {
            Solved { plan: warm.clone(), evaluation: judged, statistics }
        }
        _ => Solved { plan: found, evaluation, statistics },
    }
}
