//! Which requirements somebody may meet, as bits.

/// Bits of requirements, one for each or for a few of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks([u64; WORDS]);

/// One of the bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    word: usize,
    bit: u64,
}

/// Marks are as long as this. A region asks for some hundred requirements.
const WORDS: usize = 4;

impl Marks {
    pub(crate) fn set(&mut self, mark: Mark) {
        self.0[mark.word] |= mark.bit;
    }

    #[inline]
    pub(crate) fn has(&self, mark: Mark) -> bool {
        self.0[mark.word] & mark.bit != 0
    }

    /// What one of both has.
    pub(crate) fn join(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own |= other);
        self
    }
}

impl Mark {
    /// The bit of one of so many requirements, ordered by how many people suit them. Where there are too many, neighbours share one; the
    /// last, which everybody suits, has its own.
    pub(crate) fn of(at: usize, count: usize) -> Self {
        let last = WORDS * u64::BITS as usize - 1;
        let number = if at + 1 == count {
            last
        } else if count <= last {
            at
        } else {
            at * last / count
        };
        Self { word: number / u64::BITS as usize, bit: 1 << (number % u64::BITS as usize) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_requirements_have_a_bit_each_and_the_last_of_many_too() {
        for count in [1, 2, 256, 257, 1000] {
            let marks = (0..count).map(|at| Mark::of(at, count)).collect::<Vec<_>>();
            for (at, &mark) in marks.iter().enumerate() {
                let mut own = Marks::default();
                own.set(mark);
                let also = marks.iter().filter(|&&other| own.has(other)).count();
                let most = if at + 1 == count { 1 } else { count.div_ceil(255) };
                assert!(also <= most, "{at} of {count}: {also}");
                assert!(Marks::default().join(&own).has(mark));
            }
        }
    }
}
