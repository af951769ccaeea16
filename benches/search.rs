//! How many steps of ruin and recreate a second?

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

#[path = "support/mod.rs"]
mod support;

/// Steps of one measurement.
const STEPS: u64 = 2000;

fn search(c: &mut Criterion) {
    let mut group = c.benchmark_group("search");
    group.sample_size(10).throughput(Throughput::Elements(STEPS));
    for (needs, volunteers) in [(100, 1000), (1000, 4000)] {
        let problem = support::region(needs, volunteers, 40);
        for threads in [1, 2] {
            group.bench_function(format!("{needs} needs, {volunteers} people, {threads} thread(s)"), |b| {
                b.iter(|| support::search(black_box(&problem), STEPS, threads));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, search);
criterion_main!(benches);
