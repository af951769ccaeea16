//! How long does the cheapest assignment of needs to people take?
//!
//! Problems like those of the published comparison: points in towns of very different size, every need with a random half of its
//! nearest people, cost by distance with some noise, and an unserved price of 20,000 for each level of priority.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use qise::assignment::{AssignOptions, AssignmentProblem, Warm, assign};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use std::hint::black_box;

/// Side of the square, in metres.
const SIDE: f64 = 100_000.0;
/// Cells along one side of the grid in which neighbours are looked up.
const CELLS: usize = 200;

struct Land {
    towns: Vec<(f64, f64, f64)>,
    rng: Pcg64Mcg,
}

impl Land {
    fn new(people: usize) -> Self {
        let mut rng = Pcg64Mcg::seed_from_u64(people as u64);
        let mut total = 0.0;
        let towns = (0..(people as f64).sqrt() as usize).map(|_| {
            total += (1.0 - rng.random::<f64>()).powf(-1.0 / 1.1); // few cities, many hamlets
            (rng.random::<f64>() * SIDE, rng.random::<f64>() * SIDE, total)
        });
        Self { towns: towns.collect(), rng }
    }

    fn points(&mut self, count: usize) -> Vec<(f64, f64)> {
        let total = self.towns.last().map_or(0.0, |town| town.2);
        let point = |_| {
            let drawn = self.rng.random::<f64>() * total;
            let (x, y, _) = self.towns[self.towns.partition_point(|town| town.2 < drawn)];
            let away = 3000.0 * (-2.0 * (1.0 - self.rng.random::<f64>()).ln()).sqrt();
            let angle = std::f64::consts::TAU * self.rng.random::<f64>();
            (x + away * angle.cos(), y + away * angle.sin())
        };
        (0..count).map(point).collect()
    }
}

fn cell(coordinate: f64) -> usize {
    ((coordinate / SIDE * CELLS as f64).max(0.0) as usize).min(CELLS - 1)
}

fn problem(needs: usize, people: usize, choices: usize) -> AssignmentProblem {
    let mut land = Land::new(people);
    let (from, to) = (land.points(people), land.points(needs));
    let mut grid = vec![Vec::new(); CELLS * CELLS];
    for (person, &(x, y)) in from.iter().enumerate() {
        grid[cell(x) * CELLS + cell(y)].push(person as u32);
    }
    let mut problem = AssignmentProblem::new(people).expect("few enough");
    for (x, y) in to {
        let mut near: Vec<(f64, u32)> = Vec::new();
        let mut reach = 1;
        // Rings of cells until there are enough; the corners may miss somebody a little nearer, which is no matter here.
        while near.len() < 2 * choices && reach < CELLS {
            near.clear();
            for cx in cell(x).saturating_sub(reach)..=(cell(x) + reach).min(CELLS - 1) {
                for cy in cell(y).saturating_sub(reach)..=(cell(y) + reach).min(CELLS - 1) {
                    near.extend(grid[cx * CELLS + cy].iter().map(|&person| {
                        let (px, py) = from[person as usize];
                        ((px - x).hypot(py - y), person)
                    }));
                }
            }
            reach += 1;
        }
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        near.truncate(2 * choices);
        let mut pairs = Vec::with_capacity(choices);
        for left in (0..near.len()).rev() {
            if pairs.len() < choices && land.rng.random_range(0..=left) < choices - pairs.len() {
                let (metres, person) = near[left];
                pairs.push((person, ((metres / 10.0) as i64 + land.rng.random_range(0..500)).min(10_000)));
            }
        }
        problem.push_row(20_000 * land.rng.random_range(1..=10), pairs).expect("in range");
    }
    problem
}

fn assignment(c: &mut Criterion) {
    let mut group = c.benchmark_group("assignment");
    group.sample_size(10);
    let sizes = [(1000, 2000, 20), (10_000, 20_000, 30), (10_000, 6000, 30), (100_000, 60_000, 30)];
    for (needs, people, choices) in sizes {
        let problem = problem(needs, people, choices);
        let name = format!("{needs} needs, {people} people, {choices} choices each");
        group.bench_with_input(BenchmarkId::new("cold", &name), &problem, |b, problem| {
            b.iter(|| assign(black_box(problem), &AssignOptions::default()));
        });
        let earlier = assign(&problem, &AssignOptions::default()).expect("valid");
        // A hundredth of the pairs served are forbidden since.
        let served =
            earlier.columns.iter().enumerate().filter_map(|(need, person)| Some((need as u32, (*person)?)));
        let forbidden = served.step_by(100).collect::<Vec<_>>();
        let warm = Some(Warm { prices: &earlier.prices, columns: &earlier.columns });
        let options = AssignOptions { forbidden: &forbidden, warm };
        group.bench_with_input(BenchmarkId::new("warm, 1 % of pairs lost", &name), &problem, |b, problem| {
            b.iter(|| assign(black_box(problem), &options));
        });
    }
    group.finish();
}

criterion_group!(benches, assignment);
criterion_main!(benches);
