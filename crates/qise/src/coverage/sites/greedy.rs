//! One site after the other, always the one that gains most.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::cover::Cover;

/// What was chosen one after the other, and a bound on every choice.
#[derive(Debug)]
pub(super) struct Greedy {
    pub(super) chosen: Vec<usize>,
    pub(super) gain: i64,
    /// No choice of so many sites gains more.
    pub(super) bound: i64,
}

/// Chooses up to `count` sites; of equals the first.
///
/// What a site gains never grows when others are chosen before it, so only sites whose old gain is still the largest are asked again
/// (Minoux 1978). For any set of sites S, no choice of n gains more than S does and the n largest gains beyond S
/// together (Nemhauser and Wolsey 1981): the least such sum is the bound.
pub(super) fn greedy(cover: &Cover, count: usize) -> Greedy {
    let mut gained = vec![false; cover.weights.len()];
    let worth = |candidate: usize, gained: &[bool]| cover.worth(candidate, gained);
    let mut heap = (0..cover.lists.len()).map(|c| (worth(c, &gained), Reverse(c))).collect::<BinaryHeap<_>>();
    let mut found = Greedy { chosen: Vec::new(), gain: 0, bound: bound(cover, count, 0, &gained) };
    while found.chosen.len() < count {
        let Some((_, Reverse(candidate))) = heap.pop() else { break };
        let now = (worth(candidate, &gained), Reverse(candidate));
        if heap.peek().is_some_and(|next| *next > now) {
            heap.push(now);
            continue;
        }
        if now.0 == 0 {
            break;
        }
        found.gain += cover.take(candidate, &mut gained);
        found.chosen.push(candidate);
        found.bound = found.bound.min(bound(cover, count, found.gain, &gained));
    }
    found
}

/// What is gained already, and the `count` largest gains beyond it.
fn bound(cover: &Cover, count: usize, gain: i64, gained: &[bool]) -> i64 {
    let mut worths = (0..cover.lists.len()).map(|c| cover.worth(c, gained)).collect::<Vec<_>>();
    worths.sort_unstable_by_key(|&worth| Reverse(worth));
    let all = cover.weights.iter().sum::<i64>();
    worths.iter().take(count).fold(gain, |sum, &worth| sum.saturating_add(worth)).min(all)
}
