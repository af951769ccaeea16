//! Random draws that are the same on every machine and under every release of the random-number libraries.
//!
//! Only the raw 64-bit stream comes from a library, since that one is fixed by the definition of the generator. Everything
//! made from it is made here, from integer arithmetic, the four basic float operations, square roots and `libm`.

use rand::Rng;
use rand_pcg::Pcg64Mcg;

/// What a stream of draws is for. Each kind of thing draws from a stream of its own, so that asking for more needs leaves
/// the volunteers as they were, and longer lists begin like shorter ones.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stream {
    Land = 1,
    Teams = 2,
    Volunteers = 3,
    Needs = 4,
    Crews = 5,
    Rides = 6,
    Seats = 7,
    Supplies = 8,
    Depots = 9,
    Kilograms = 10,
    Vehicles = 11,
    Extras = 12,
}

/// A stream of random draws.
#[derive(Debug)]
pub(super) struct Draw(Pcg64Mcg);

impl Draw {
    pub(super) fn new(seed: u64, stream: Stream) -> Self {
        let (high, low) = (mix(seed), mix(seed ^ mix(stream as u64)));
        Self(Pcg64Mcg::new((u128::from(high) << 64) | u128::from(low)))
    }

    /// A number from 0 to 1, without 1.
    pub(super) fn fraction(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with this probability.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.fraction() < probability
    }

    /// A position in a list of `count` entries; 0 for an empty list.
    pub(super) fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.0.next_u64()) * count as u128) >> 64) as usize
    }

    /// A whole number from `low` to `high`, both included; `low` if they are the wrong way round.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }

    /// A multiple of `step` from `low` to `high`, all three of them whole.
    pub(super) fn stepped(&mut self, low: i64, high: i64, step: i64) -> i64 {
        low + step * self.between(0, (high - low) / step)
    }

    /// An exponential draw: most are small, a few are many times the mean.
    pub(super) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * libm::log(1.0 - self.fraction())
    }

    /// A Pareto draw, heavy in the tail: `least` or more, cut at `most`.
    pub(super) fn pareto(&mut self, least: f64, exponent: f64, most: f64) -> f64 {
        (least * libm::pow(1.0 - self.fraction(), -1.0 / exponent)).min(most)
    }

    /// One entry of a list that is not empty.
    pub(super) fn pick<'a, T>(&mut self, entries: &'a [T]) -> &'a T {
        &entries[self.below(entries.len())]
    }
}

/// The finaliser of `SplitMix64` (Steele, Lea, Flood 2014): one-to-one, and near seeds come out far apart.
fn mix(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A list from which entries are drawn by weight.
#[derive(Debug)]
pub(super) struct Weighted {
    /// Sum of the weights up to and with each entry.
    sums: Vec<f64>,
}

impl Weighted {
    pub(super) fn new(weights: impl IntoIterator<Item = f64>) -> Self {
        let mut sum = 0.0;
        let sums = weights.into_iter().map(|weight| {
            sum += weight;
            sum
        });
        Self { sums: sums.collect() }
    }

    /// The position of one entry; 0 for an empty list.
    pub(super) fn draw(&self, draw: &mut Draw) -> usize {
        let point = draw.fraction() * self.sums.last().copied().unwrap_or(0.0);
        self.sums.partition_point(|&sum| sum <= point).min(self.sums.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_in_range_and_fill_it() {
        let mut draw = Draw::new(1, Stream::Land);
        let mut seen = [0_u32; 7];
        for _ in 0..7000 {
            assert!((0.0..1.0).contains(&draw.fraction()));
            seen[draw.below(7)] += 1;
            assert!((-3..=5).contains(&draw.between(-3, 5)));
            assert!([10, 15, 20].contains(&draw.stepped(10, 20, 5)));
            assert!((40.0..=400.0).contains(&draw.pareto(40.0, 1.2, 400.0)));
            assert!(draw.exponential(5.0) >= 0.0);
        }
        assert!(seen.iter().all(|&n| n > 850), "{seen:?}");
        assert_eq!(draw.below(0), 0);
        assert_eq!(draw.between(4, 3), 4);
    }

    #[test]
    fn weights_are_kept() {
        let mut draw = Draw::new(1, Stream::Needs);
        let weighted = Weighted::new([1.0, 0.0, 3.0]);
        let mut seen = [0_u32; 3];
        for _ in 0..4000 {
            seen[weighted.draw(&mut draw)] += 1;
        }
        assert_eq!(seen[1], 0);
        assert!((900..1100).contains(&seen[0]), "{seen:?}");
        assert_eq!(Weighted::new([]).draw(&mut draw), 0);
    }

    #[test]
    fn streams_and_seeds_differ() {
        let first = |seed, stream| Draw::new(seed, stream).0.next_u64();
        let all = [
            first(0, Stream::Land),
            first(0, Stream::Teams),
            first(0, Stream::Needs),
            first(1, Stream::Land),
            first(u64::MAX, Stream::Land),
        ];
        for (i, a) in all.iter().enumerate() {
            assert!(!all[..i].contains(a));
        }
    }
}
