//! Whom each rule excluded from a need: the first half of every explanation.

use super::Cut;
use crate::model::{NeedId, Problem, VolunteerId};

/// How many people each rule excluded, in the order of the rules, and how many remain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Funnel {
    /// Everybody.
    pub people: u32,
    cuts: [u32; Cut::COUNT],
    /// Those who could serve the need with nothing else to do.
    pub left: u32,
}

impl Funnel {
    /// How many people fell to `cut`.
    pub fn cut(&self, cut: Cut) -> u32 {
        self.cuts[cut as usize]
    }

    /// The rules that excluded somebody, in order, with their numbers.
    pub fn cuts(&self) -> impl Iterator<Item = (Cut, u32)> + '_ {
        Cut::ALL.iter().map(|&cut| (cut, self.cut(cut))).filter(|&(_, count)| count > 0)
    }
}

/// Asks everybody. A person with several shifts counts where the best of them fell.
pub fn funnel(problem: &Problem, need: NeedId) -> Funnel {
    let people = problem.volunteers().len() as u32;
    let mut funnel = Funnel { people, cuts: [0; Cut::COUNT], left: 0 };
    for volunteer in (0..people).map(VolunteerId) {
        match problem.reaches(need, volunteer) {
            Ok(()) => funnel.left += 1,
            Err(cut) => funnel.cuts[cut as usize] += 1,
        }
    }
    funnel
}
