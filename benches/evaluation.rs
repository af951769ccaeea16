//! How long does the judge take?

use criterion::{Criterion, criterion_group, criterion_main};
use qise::plan::evaluate;
use std::hint::black_box;

#[path = "support/mod.rs"]
mod support;

fn evaluation(c: &mut Criterion) {
    let mut group = c.benchmark_group("evaluation");
    for (needs, volunteers) in [(100, 1000), (1000, 4000)] {
        let problem = support::region(needs, volunteers, 40);
        let plan = support::search(&problem, 0, 1).plan;
        group.bench_function(format!("judge a plan for {needs} needs"), |b| {
            b.iter(|| evaluate(black_box(&problem), black_box(&plan)));
        });
    }
    group.finish();
}

criterion_group!(benches, evaluation);
criterion_main!(benches);
