//! Random numbers that are the same on every machine.

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// A seeded stream.
#[derive(Clone, Debug)]
pub(crate) struct Random(Pcg64Mcg);

impl Random {
    /// The stream number `stream` of a seed.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        Self(Pcg64Mcg::seed_from_u64(seed ^ stream.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }

    /// A number below `count`, which must not be 0.
    #[inline]
    pub(crate) fn below(&mut self, count: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(count)) >> 32) as u32
    }

    /// A number in `[0, 1)`.
    #[inline]
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True once in `one_in` draws.
    #[inline]
    pub(crate) fn once_in(&mut self, one_in: u32) -> bool {
        self.below(one_in) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(mut random: Random) -> Vec<u32> {
        (0..20).map(|_| random.below(1000)).collect()
    }

    #[test]
    fn a_stream_is_the_same_every_time_and_differs_from_others() {
        assert_eq!(drawn(Random::new(7, 3)), drawn(Random::new(7, 3)));
        assert_ne!(drawn(Random::new(7, 3)), drawn(Random::new(7, 4)));
        assert_ne!(drawn(Random::new(7, 3)), drawn(Random::new(8, 3)));
    }

    #[test]
    fn numbers_lie_below_their_count_and_come_about_as_often() {
        let mut random = Random::new(1, 0);
        let mut seen = [0_u32; 6];
        (0..6000).for_each(|_| seen[random.below(6) as usize] += 1);
        assert!(seen.iter().all(|&times| (850..1150).contains(&times)), "{seen:?}");
        let units = (0..6000).map(|_| random.unit()).collect::<Vec<_>>();
        assert!(units.iter().all(|unit| (0.0..1.0).contains(unit)));
        let below = units.iter().filter(|&&unit| unit < 0.25).count();
        assert!((1350..1650).contains(&below), "{below}");
        let hits = (0..6000).filter(|_| random.once_in(3)).count();
        assert!((1850..2150).contains(&hits), "{hits}");
    }
}
