//! How long does a plan that lives take for what happens, and for a ranking right after?
#![allow(clippy::print_stdout)] // criterion tells means; here the slowest of many counts, and is printed

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use qise::Problem;
use qise::model::{LatLon, NeedId, Place, Seconds, VolunteerId};
use qise::query::{LivePlan, NeedInput};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

#[path = "support/mod.rs"]
mod support;

/// Things that happen, unless `QISE_LIVE_EVENTS` says otherwise.
const EVENTS: usize = 20_000;
const BEST: usize = 10;

/// A need like another, up to some kilometres from it.
fn another(problem: &Problem, random: &mut Pcg64Mcg, of: NeedId, key: String) -> NeedInput {
    let mut need = problem.need(of).clone();
    need.key = key;
    let at = need.stops.iter().map(|stop| {
        let at = problem.place(stop.place).at?;
        let off = |random: &mut Pcg64Mcg| random.random_range(-0.05..0.05);
        Some(Place::new("new", LatLon::new(at.lat() + off(random), at.lon() + off(random))?))
    });
    let at = at.collect();
    NeedInput { need, at }
}

struct World {
    live: LivePlan,
    random: Pcg64Mcg,
    /// The needs of the problem as it came: patterns for others.
    patterns: Problem,
    asked: Vec<NeedId>,
    committed: Vec<NeedId>,
    step: usize,
}

impl World {
    fn people(&self) -> usize {
        self.patterns.volunteers().len()
    }

    /// Something happens: what, how long it took, and the need to ask about afterwards.
    fn step(&mut self) -> (&'static str, Duration, NeedId) {
        self.step += 1;
        let pattern = NeedId::new(self.random.random_range(0..self.patterns.needs().len()));
        let place = self.random.random_range(0..self.asked.len());
        let need = self.asked[place];
        let who = VolunteerId::new(self.random.random_range(0..self.people()));
        let live = &mut self.live;
        match self.random.random_range(0..100) {
            0..30 => {
                let input = another(&self.patterns, &mut self.random, pattern, format!("new {}", self.step));
                let begun = Instant::now();
                let id = live.add_need(input).expect("it is like another");
                let took = begun.elapsed();
                self.asked.push(id);
                ("add", took, id)
            }
            30..35 if !self.committed.contains(&need) => {
                let key = live.problem().need(need).key.clone();
                let input = another(&self.patterns, &mut self.random, pattern, key);
                let begun = Instant::now();
                let id = live.change_need(need, input).expect("it is like another");
                let took = begun.elapsed();
                self.asked[place] = id;
                ("change", took, id)
            }
            35..55 if self.asked.len() > 1000 => {
                self.asked.swap_remove(place);
                self.committed.retain(|&other| other != need);
                let begun = Instant::now();
                live.cancel_need(need).expect("it is known");
                let took = begun.elapsed();
                ("cancel", took, self.asked[self.random.random_range(0..self.asked.len())])
            }
            55..75 => {
                live.withdraw(need);
                let offers = live.rank(need, 1).expect("it is known");
                let Some(offer) = offers.first() else { return ("nobody", Duration::ZERO, need) };
                let units = offer.units();
                let begun = Instant::now();
                let done = live.commit(need, &units);
                let took = begun.elapsed();
                if done.is_ok() {
                    self.committed.push(need);
                }
                (if done.is_ok() { "commit" } else { "refused" }, took, need)
            }
            75..80 if !self.committed.is_empty() => {
                let at = self.random.random_range(0..self.committed.len());
                let need = self.committed.swap_remove(at);
                let begun = Instant::now();
                live.withdraw(need);
                ("withdraw", begun.elapsed(), need)
            }
            80..90 => {
                let mut shift = live.problem().volunteer(who).shifts[0].clone();
                shift.end = shift.end - Seconds::minutes(self.random.random_range(1..30));
                let shift =
                    Some(shift).filter(|shift| shift.start < shift.end && self.random.random_bool(0.9));
                let begun = Instant::now();
                live.change_shift(who, 0, shift).expect("it is like another");
                ("duty", begun.elapsed(), need)
            }
            _ => {
                if live.problem().volunteer(who).shifts[0].end
                    <= live.problem().volunteer(who).shifts[0].start
                {
                    return ("off duty", Duration::ZERO, need);
                }
                let home = live.problem().volunteer(who).home;
                let at = live.problem().place(home).at.expect("homes have places");
                let at =
                    LatLon::new(at.lat() + self.random.random_range(-0.05..0.05), at.lon()).expect("near");
                let begun = Instant::now();
                live.set_position(who, 0, at).expect("they are known");
                ("position", begun.elapsed(), need)
            }
        }
    }
}

fn told(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |permille: usize| times[(times.len() * permille / 1000).min(times.len() - 1)];
    println!("  {name}: {} times, p50 {:?}, p99 {:?}, worst {:?}", times.len(), at(500), at(990), at(1000));
}

fn live(c: &mut Criterion) {
    let league = support::league_with(10_000, 20);
    let solved = support::search(&league, 0, 2);
    let begun = Instant::now();
    let live = LivePlan::new(&league, &solved.plan);
    println!("ready in {:?}", begun.elapsed());
    let asked = league.need_ids().collect();
    let mut world = World {
        live,
        random: Pcg64Mcg::seed_from_u64(1),
        patterns: league.clone(),
        asked,
        committed: Vec::new(),
        step: 0,
    };
    let events = std::env::var("QISE_LIVE_EVENTS").map_or(EVENTS, |n| n.parse().expect("a number"));
    let (mut times, mut ranks) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
    for _ in 0..events {
        let (what, took, need) = world.step();
        times.entry(what).or_default().push(took);
        let people = world.live.problem().need(need).people();
        let begun = Instant::now();
        world.live.rank(need, BEST);
        ranks.entry(people).or_default().push(begun.elapsed());
    }
    for (what, times) in &mut times {
        told(what, times);
    }
    for (people, times) in &mut ranks {
        told(&format!("ranking right after, needs of {people}"), times);
    }
    println!("  built anew {} times", world.live.rebuilds());
    c.bench_function("live/something happens, and a ranking right after", |b| {
        b.iter(|| {
            let (_, _, need) = world.step();
            world.live.rank(need, BEST)
        });
    });
}

criterion_group!(benches, live);
criterion_main!(benches);
