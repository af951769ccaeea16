//! Cases by number: how many, which, how fast, and what becomes of one that fails or never ends.

use std::cell::Cell;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

/// A case that takes longer than this hangs.
const PATIENCE: Duration = Duration::from_mins(2);

/// A number from the environment.
fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name}: no number")))
}

/// Keeps the document of a case that runs alone, for whoever looks into it.
pub(crate) fn keep(document: &[u8]) {
    if variable("QISE_FUZZ_CASE").is_some() {
        let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/fuzz-case.json");
        std::fs::write(file, document).expect("writable");
        let _ = writeln!(std::io::stderr(), "the document is in {file}");
    }
}

/// Runs `case` for `base` random streams, or as many times that as the environment says.
///
/// `case` says what came of it; how often each came is printed after a long run, so that one sees what was tried.
pub(crate) fn for_each_case(test: &str, base: u64, mut case: impl FnMut(&mut Pcg64Mcg) -> &'static str) {
    let (more, one) = (variable("QISE_FUZZ"), variable("QISE_FUZZ_CASE"));
    let range = one.map_or(0..base * more.unwrap_or(1), |one| one..one + 1);
    let cases = range.end - range.start;
    let begun = Instant::now();
    let (mut slowest, mut outcomes) = ((Duration::ZERO, 0), Vec::<(&str, u64)>::new());
    let watch = Watch::new(test);
    for number in range {
        watch.begin(number);
        let start = Instant::now();
        let outcome = case(&mut Pcg64Mcg::seed_from_u64(number));
        slowest = slowest.max((start.elapsed(), number));
        match outcomes.iter_mut().find(|(name, _)| *name == outcome) {
            Some((_, count)) => *count += 1,
            None => outcomes.push((outcome, 1)),
        }
    }
    drop(watch);
    if more.is_some() {
        outcomes.sort_unstable();
        let seconds = begun.elapsed().as_secs_f64();
        let mut words = format!("{test}: {cases} cases in {seconds:.0} s ({:.0}/s)", cases as f64 / seconds);
        for (name, count) in outcomes {
            let _ = write!(words, ", {count} {name}");
        }
        let (slowest, number) = (slowest.0.as_millis(), slowest.1);
        let _ = writeln!(std::io::stderr(), "{words}; the slowest took {slowest} ms (case {number})");
    }
}

/// Names the case that panics, and ends the process when one hangs.
struct Watch {
    test: String,
    number: Cell<u64>,
    begin: Sender<u64>,
}

impl Watch {
    fn new(test: &str) -> Self {
        let (begin, begun) = channel();
        let name = test.to_owned();
        std::thread::spawn(move || {
            let mut current = 0;
            loop {
                match begun.recv_timeout(PATIENCE) {
                    Ok(number) => current = number,
                    Err(RecvTimeoutError::Disconnected) => return,
                    Err(RecvTimeoutError::Timeout) => {
                        let _ = writeln!(std::io::stderr(), "{name}: case {current} hangs");
                        std::process::abort();
                    }
                }
            }
        });
        Self { test: test.to_owned(), number: Cell::new(0), begin }
    }

    fn begin(&self, number: u64) {
        self.number.set(number);
        let _ = self.begin.send(number);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let number = self.number.get();
            let _ = writeln!(std::io::stderr(), "{}: case {number} failed", self.test);
        }
    }
}
