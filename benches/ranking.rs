//! How long does it take to say who could serve one need, in a plan that stands?
#![allow(clippy::print_stdout)] // criterion tells means; here the slowest one in a hundred counts, and is printed

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use qise::Problem;
use qise::model::NeedId;
use qise::plan::Plan;
use qise::query::PlanQuery;
use std::hint::black_box;

#[path = "support/mod.rs"]
mod support;

/// Questions asked, and how many answers each gets.
const ASKED: usize = 1000;
const BEST: usize = 10;

/// Needs of so many people, spread evenly over all that the plan serves, or over all that it leaves.
fn sample(problem: &Problem, plan: &Plan, people: usize, served: bool) -> Vec<NeedId> {
    let left = |need: &NeedId| plan.unserved.contains(need);
    let asks = |need: &NeedId| problem.need(*need).people() == people && left(need) != served;
    let needs = problem.need_ids().filter(asks).collect::<Vec<_>>();
    let step = (needs.len() / ASKED).max(1);
    needs.into_iter().step_by(step).take(ASKED).collect()
}

/// The time that every question takes, each asked for the first time.
fn times(standing: &mut PlanQuery<'_>, needs: &[NeedId]) -> Vec<Duration> {
    let time = |&need: &NeedId| {
        let begun = Instant::now();
        black_box(standing.rank(need, BEST));
        begun.elapsed()
    };
    let mut times = needs.iter().map(time).collect::<Vec<_>>();
    times.sort_unstable();
    times
}

/// Prints how long questions about needs of one, two and three people take, those that are served and those that are left.
fn print_times(problem: &Problem, plan: &Plan, standing: &mut PlanQuery<'_>) {
    for (people, served) in [1, 2, 3].into_iter().flat_map(|people| [(people, true), (people, false)]) {
        let times = times(standing, &sample(problem, plan, people, served));
        let at =
            |permille: usize| times.get((times.len() * permille / 1000).min(times.len().wrapping_sub(1)));
        if let [Some(half), Some(most), Some(worst)] = [500, 990, 1000].map(at) {
            let state = if served { "served" } else { "left" };
            println!(
                "  {} needs of {people}, {state}: p50 {half:?}, p99 {most:?}, worst {worst:?}",
                times.len()
            );
        }
    }
}

fn ranking(c: &mut Criterion) {
    for (name, league) in [("alone", support::league_of(0)), ("with crews", support::league_of(20))] {
        let solved = support::search(&league, 0, 2);
        let begun = Instant::now();
        let mut standing = PlanQuery::new(&league, &solved.plan);
        println!("{name}: ready in {:?}", begun.elapsed());
        print_times(&league, &solved.plan, &mut standing);
        let needs = sample(&league, &solved.plan, 1, true);
        let mut next = needs.iter().cycle();
        c.bench_function(&format!("ranking/the ten best of 58,000 people for one need, {name}"), |b| {
            b.iter(|| next.next().map(|&need| standing.rank(black_box(need), BEST)));
        });
    }
}

criterion_group!(benches, ranking);
criterion_main!(benches);
