//! How long does it take to say who could serve one need, in a plan that stands?
#![allow(clippy::print_stdout)] // criterion tells means; here the slowest one in a hundred counts, and is printed

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use qise::Problem;
use qise::model::NeedId;
use qise::solve::Standing;
use std::hint::black_box;

#[path = "support/mod.rs"]
mod support;

/// Questions asked, and how many answers each gets.
const ASKED: usize = 1000;
const BEST: usize = 10;

/// Needs spread evenly over all, of so many people.
fn sample(problem: &Problem, people: usize) -> Vec<NeedId> {
    let needs = problem.need_ids().filter(|&need| problem.need(need).people() == people).collect::<Vec<_>>();
    let step = (needs.len() / ASKED).max(1);
    needs.into_iter().step_by(step).take(ASKED).collect()
}

/// The time that every question takes, each asked for the first time.
fn times(standing: &mut Standing<'_>, needs: &[NeedId]) -> Vec<Duration> {
    let mut times = needs.iter().map(|&need| {
        let begun = Instant::now();
        black_box(standing.rank(need, BEST));
        begun.elapsed()
    });
    let mut times = times.by_ref().collect::<Vec<_>>();
    times.sort_unstable();
    times
}

fn ranking(c: &mut Criterion) {
    let league = support::league_with_crews();
    let solved = support::search(&league, 0, 2);
    let begun = Instant::now();
    let mut standing = Standing::new(&league, &solved.plan);
    println!("ready in {:?}", begun.elapsed());
    for people in [1, 2, 3] {
        let needs = sample(&league, people);
        let times = times(&mut standing, &needs);
        let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
        println!(
            "{} needs of {people}: p50 {:?}, p99 {:?}, worst {:?}",
            times.len(),
            at(50),
            at(99),
            at(100).max(*times.last().unwrap_or(&Duration::ZERO))
        );
    }
    let mut group = c.benchmark_group("ranking");
    let needs = sample(&league, 1);
    let mut next = needs.iter().cycle();
    group.bench_function("the ten best of 58,000 people for one need", |b| {
        b.iter(|| next.next().map(|&need| standing.rank(black_box(need), BEST)));
    });
    group.finish();
}

criterion_group!(benches, ranking);
criterion_main!(benches);
