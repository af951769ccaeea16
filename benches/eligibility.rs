//! How long does it take to know who could serve what?

use criterion::{Criterion, criterion_group, criterion_main};
use qise::eligibility::{can_reach, candidates, funnel};
use qise::model::{SlotId, UnitId};
use std::hint::black_box;

#[path = "support/mod.rs"]
mod support;

fn eligibility(c: &mut Criterion) {
    let league = support::league();
    let mut group = c.benchmark_group("eligibility");
    group.sample_size(10);
    group.bench_function("candidates of 10,000 needs among 58,000 people", |b| {
        b.iter(|| candidates(black_box(&league), 64));
    });
    group.bench_function("funnel of one need among 58,000 people", |b| {
        b.iter(|| funnel(black_box(&league), SlotId(17)));
    });
    group.bench_function("reach of one pair", |b| {
        b.iter(|| can_reach(black_box(&league), SlotId(17), UnitId(4711)));
    });
    group.finish();
}

criterion_group!(benches, eligibility);
criterion_main!(benches);
