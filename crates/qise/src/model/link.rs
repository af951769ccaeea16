//! Links between needs: one after the other, the same people, the same day, all or none.

use super::{NeedId, Seconds};

/// What one need has to do with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The need that comes first, where there is an order.
    pub from: NeedId,
    /// The other.
    pub to: NeedId,
    /// How they hang together.
    pub rule: LinkRule,
}

/// How two needs hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRule {
    /// The second is served only where the first is, and every visit of it starts within these bounds after every visit of the first
    /// has ended: no sooner than `min`, less than nothing where they may overlap, and no later than `max`.
    After {
        /// The least time between.
        min: Seconds,
        /// The most time between.
        max: Option<Seconds>,
    },
    /// Where both are served, whoever serves the second serves the first too: always, or for each who does not at a price.
    SamePerson {
        /// What each stranger costs; without a price there is none.
        price: Option<u32>,
    },
    /// Where both are served, nobody serves both.
    DifferentPerson,
    /// Where both are served, they are served in shifts of one day.
    SameDay,
    /// Both are served, or none.
    Together,
}

impl Link {
    /// The needs that this link asks to be served, each with the need that is not served without it.
    pub fn needed(&self) -> impl Iterator<Item = (NeedId, NeedId)> + use<> {
        let forth = (self.from, self.to);
        let back = (self.to, self.from);
        let (forth, back) = match self.rule {
            LinkRule::After { .. } => (Some(forth), None),
            LinkRule::Together => (Some(forth), Some(back)),
            _ => (None, None),
        };
        forth.into_iter().chain(back)
    }
}
