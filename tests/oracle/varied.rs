//! Small problems in which everything occurs now and then.

use qise::Problem;

use crate::support::{Mix, problem};

/// Six needs and five people; the same for the same seed.
pub(crate) fn varied(seed: u64) -> Problem {
    let mut mix = Mix::all(6, 5);
    mix.tight = seed.is_multiple_of(3);
    mix.odd_travel = seed.is_multiple_of(5);
    mix.loads = seed.is_multiple_of(2);
    problem(seed, mix)
}
