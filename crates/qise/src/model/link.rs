//! Links between needs: one after the other, the same people, the same day, all or none.

use super::{Need, NeedId, Seconds};

/// What one need has to do with another.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRule {
    /// The second is served only where the first is, and every visit of it starts within these bounds after every visit of the first
    /// has ended: no sooner than `min`, less than nothing where they may overlap, and no later than `max`. Of a ride the last stop
    /// counts where it is the first need, and the first stop where it is the second.
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
    /// Where both are served, so many days of the calendar lie between the days on which their first visits start: no fewer than `min`
    /// and no more than `max`, less than nothing where the second may be sooner. The first stop of a ride counts, and of a crew everybody.
    DaysApart {
        /// The fewest days from the first to the second.
        min: i32,
        /// The most.
        max: i32,
        /// Whether only whole weeks will do: the same weekday.
        weeks: bool,
    },
    /// Both are served, or none.
    Together,
}

impl LinkRule {
    /// The second starts at any time after the end of the first.
    pub const AFTER: Self = Self::After { min: Seconds::ZERO, max: None };
    /// Whoever serves the second serves the first too.
    pub const SAME_PERSON: Self = Self::SamePerson { price: None };

    /// No link asks for more days between two needs, or for fewer than as many less than nothing.
    pub const MOST_DAYS: i32 = 1_000_000;
}

impl Link {
    /// What one need has to do with another.
    pub fn new(from: impl Into<NeedId>, to: impl Into<NeedId>, rule: LinkRule) -> Self {
        Self { from: from.into(), to: to.into(), rule }
    }

    /// The stops between which the time of a link is reckoned: the last of the first need, the first of the second.
    pub(crate) fn stops(&self, needs: &[Need]) -> (u16, u16) {
        let last = needs[self.from.index()].stops.len().saturating_sub(1);
        (last as u16, 0)
    }

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
