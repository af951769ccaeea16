//! A rule that one way into the engine honours and another forgets: small problems in which every field occurs and binds, put through
//! all of them.
//!
//! A sample runs with the other tests. `QISE_CASES=2000 QISE_SEED=1 cargo test --release --test oracle all_rules -- --nocapture` runs as many
//! as are wanted; `QISE_CASE=1000017` runs one of them and prints its problem.

mod bound;
mod draw;
mod entries;
mod every_plan;
mod features;
mod readers;
mod sketch;

use std::collections::BTreeMap;

use qise::model::{Rule, Term};
use qise::plan::Plan;

use bound::{better_but_broken, can_bind};
use draw::draw;
use entries::{Effort, Failure, entries};
use features::FEATURES;
use readers::{Seen, readers};

/// Of so many cases each rule binds at least so often.
const BINDS: (u64, u64) = (20, 2000);

/// Ways in whose failures are known, and in how many of a thousand cases at most. Visits that others wait for start as early as they can,
/// also where a later start spares time at work; and parties of few people are not always the best.
const KNOWN: &[(&str, usize)] = &[("solve against every plan", 25), ("solve where needs are weighed", 10)];

fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|words| words.parse().ok())
}

/// What came of one case.
struct Case {
    seed: u64,
    names: Vec<&'static str>,
    bound: std::collections::BTreeSet<Rule>,
    /// Whether every plan was held against what was found.
    all: bool,
    found: Plan,
    counts: Vec<Term>,
    /// What was seen of what is said of the rules.
    seen: Seen,
    failures: Vec<Failure>,
}

fn case(seed: u64, effort: Effort) -> Case {
    let drawn = draw(seed);
    let (found, all, mut failures) = entries(&drawn, effort);
    let score = &found.evaluation.score;
    let (bound, broken) = better_but_broken(&drawn, &found.plan, score);
    let (seen, more) = readers(&drawn.problem, &found.plan, &broken);
    failures.extend(more);
    let counts = drawn.problem.objective().levels.iter().flatten().map(|weighted| weighted.term);
    let counts = counts.filter(|&term| score.terms.get(term) > 0).collect();
    Case { seed, names: drawn.names, bound, all, found: found.plan, counts, seen, failures }
}

#[test]
fn every_rule_binds_and_every_way_in_honours_it() {
    if let Some(seed) = asked("QISE_CASE") {
        return one(seed);
    }
    let cases = asked("QISE_CASES").unwrap_or(2 * FEATURES.len() as u64);
    let first = asked("QISE_SEED").unwrap_or(1) * 1_000_000;
    let many = cases >= 500;
    let effort =
        if many { Effort { steps: 4000, judged: 20_000 } } else { Effort { steps: 400, judged: 3000 } };
    let cases = run(first..first + cases, effort);
    tell(&cases);
    let failures = cases.iter().flat_map(|case| {
        case.failures.iter().filter(|failure| !is_known(&cases, failure)).map(|failure| {
            let words = short(&failure.words);
            format!("case {} {:?}, {}: {words}", case.seed, case.names, failure.entry)
        })
    });
    let failures = failures.collect::<Vec<_>>();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
    let seen = seen(&cases);
    let many = seen.excluded.len() > 20 && seen.kept.len() > 10 && seen.relaxed.len() > 10;
    assert!(
        many || cases.len() < FEATURES.len(),
        "hardly anything was held against what is said of the rules: {seen:?}"
    );
    let least = BINDS.0 * cases.len() as u64 / BINDS.1;
    let rare = Rule::ALL.iter().filter(|rule| can_bind(**rule) && times(&cases, **rule) < least);
    let rare = rare.map(|rule| rule.as_str()).collect::<Vec<_>>();
    assert!(rare.is_empty(), "these rules bind less than {least} times: {rare:?}");
}

/// Whether a failure is of a kind that is being mended, and no more frequent than it was.
fn is_known(cases: &[Case], failure: &Failure) -> bool {
    let alike = cases.iter().flat_map(|case| &case.failures).filter(|other| other.entry == failure.entry);
    let most = KNOWN.iter().find(|(entry, _)| *entry == failure.entry).map_or(0, |(_, most)| *most);
    alike.count() * 1000 <= most * cases.len()
}

/// One case alone, with its problem.
#[allow(clippy::print_stdout)] // it is asked for
fn one(seed: u64) {
    let drawn = draw(seed);
    println!("{:#?}\n{:?}", drawn.problem.to_data(), drawn.names);
    let effort = Effort { steps: asked("QISE_STEPS").unwrap_or(1000), judged: 20_000 };
    let case = case(seed, effort);
    println!("bound: {:?}\nfound: {:?}", case.bound, case.found);
    assert!(case.failures.is_empty(), "{:#?}", case.failures);
}

/// The cases in their order, on as many threads as are asked for.
fn run(seeds: std::ops::Range<u64>, effort: Effort) -> Vec<Case> {
    let threads = asked("QISE_THREADS").unwrap_or(1).max(1);
    let part = |thread: u64| {
        let own = seeds.clone().filter(move |seed| seed % threads == thread);
        own.map(|seed| case(seed, effort)).collect::<Vec<_>>()
    };
    let mut cases = std::thread::scope(|scope| {
        let work = (0..threads).map(|thread| scope.spawn(move || part(thread))).collect::<Vec<_>>();
        work.into_iter().flat_map(|work| work.join().expect("a thread that ends")).collect::<Vec<_>>()
    });
    cases.sort_by_key(|case| case.seed);
    cases
}

fn seen(cases: &[Case]) -> Seen {
    let mut seen = Seen::default();
    for case in cases {
        seen.add(&case.seen);
    }
    seen
}

fn times(cases: &[Case], rule: Rule) -> u64 {
    cases.iter().filter(|case| case.bound.contains(&rule)).count() as u64
}

/// How often each rule bound, each feature was there, and each term counted.
#[allow(clippy::print_stdout)] // the counts are asked for
fn tell(cases: &[Case]) {
    let all = cases.iter().filter(|case| case.all).count();
    let left = cases.iter().map(|case| case.found.unserved.len()).sum::<usize>();
    println!("{} cases, every plan tried of {all}, {left} needs left", cases.len());
    for &rule in Rule::ALL.iter().filter(|rule| can_bind(**rule)) {
        println!("  {:20} bound {:5} times", rule.as_str(), times(cases, rule));
    }
    let mut features: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut terms: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases {
        for name in &case.names {
            let rule = FEATURES.iter().find(|(other, ..)| other == name).map(|(.., rule)| rule);
            let (there, binds) = features.entry(name).or_default();
            *there += 1;
            *binds += usize::from(rule.is_some_and(|rule| case.bound.contains(rule)));
        }
        case.counts.iter().for_each(|term| *terms.entry(term.as_str()).or_default() += 1);
    }
    println!(
        "features, and how often their rules bound where they were: {features:?}\nterms that cost something: {terms:?}"
    );
    println!("of single rules: {:?}", seen(cases));
    let mut entries: BTreeMap<&str, usize> = BTreeMap::new();
    cases.iter().flat_map(|case| &case.failures).for_each(|f| *entries.entry(f.entry).or_default() += 1);
    println!("failures: {entries:?}");
    for (case, failure) in cases.iter().flat_map(|case| case.failures.iter().map(move |f| (case, f))) {
        println!("case {} {:?}, {}: {}", case.seed, case.names, failure.entry, short(&failure.words));
    }
}

fn short(words: &str) -> String {
    words.chars().take(600).collect()
}
