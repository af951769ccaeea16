//! For tests: a disk that fails by a seed, and a journal on it.
//!
//! Together with [`Committer::by_hand`](crate::Committer::by_hand), everything that happens follows
//! from one number, so a failure found once can be looked at again.

mod codec;
mod disk;
mod faulty;

pub use disk::{Disk, Faults};
pub use faulty::{FaultyJournal, Flaw};

/// Random numbers that follow from a seed: `SplitMix64`.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Numbers that follow from `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is at least 1. The slight bias does not matter to tests.
    pub fn below(&mut self, end: usize) -> usize {
        (self.roll() % end as u64) as usize
    }

    /// True `per_thousand` times in a thousand.
    pub fn chance(&mut self, per_thousand: u32) -> bool {
        self.below(1000) < per_thousand as usize
    }
}
