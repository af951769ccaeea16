//! Problems that the benches share.
#![allow(dead_code)] // each bench uses its part

use qise::solve::{Options, Solved, solve};
use qise::{Problem, Stop};
use qise_io::generate::{GenerateOptions, generate};

/// A generated region.
pub(crate) fn region(needs: usize, volunteers: usize, teams: usize) -> Problem {
    let options = GenerateOptions { needs, volunteers, teams, ..GenerateOptions::default() };
    Problem::new(generate(&options).expect("sensible options")).expect("generated problems are valid")
}

/// The whole League on a disaster day.
pub(crate) fn league() -> Problem {
    region(10_000, 58_000, 759)
}

/// The League with 5,000 needs, of which so many in a hundred ask for a crew.
pub(crate) fn league_of(crews_percent: u32) -> Problem {
    league_with(5000, crews_percent)
}

/// The League with so many needs, of which so many in a hundred ask for a crew.
pub(crate) fn league_with(needs: usize, crews_percent: u32) -> Problem {
    let options = GenerateOptions {
        needs,
        volunteers: 58_000,
        teams: 759,
        crews_percent,
        ..GenerateOptions::default()
    };
    Problem::new(generate(&options).expect("sensible options")).expect("generated problems are valid")
}

/// A search of so many steps.
pub(crate) fn search(problem: &Problem, iterations: u64, threads: usize) -> Solved {
    let options = Options { threads, ..Options::default() };
    solve(problem, &options, &Stop::iterations(iterations))
}
