//! How long does the first complete plan take?

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

#[path = "support/mod.rs"]
mod support;

fn construct(c: &mut Criterion) {
    let mut group = c.benchmark_group("construct");
    group.sample_size(10);
    for (needs, volunteers, teams) in [(100, 1000, 30), (1000, 4000, 60), (10_000, 58_000, 759)] {
        let problem = support::region(needs, volunteers, teams);
        group.bench_function(format!("first plan for {needs} needs, {volunteers} people"), |b| {
            b.iter(|| support::search(black_box(&problem), 0, 2));
        });
    }
    group.finish();
}

criterion_group!(benches, construct);
criterion_main!(benches);
