//! What changes together, or not at all.

use std::cmp::Ordering;

use qise::model::{Objective, Term};
use qise::plan::Score;
use qise_lifecycle::{Lifecycle, Moment, NeedNo};

use super::Prices;
use super::view::{RouteKey, View};
use crate::rows::SeatAt;

/// What becomes of one need.
pub(super) struct Move {
    pub(super) no: NeedNo,
    /// Who serves it now; all of them go.
    pub(super) gone: Vec<SeatAt>,
    /// Who serves it then.
    pub(super) come: Vec<SeatAt>,
    pub(super) prices: Option<Prices>,
}

/// What changes together, or not at all.
pub(super) struct Component {
    pub(super) moves: Vec<Move>,
    /// All routes that change.
    pub(super) routes: Vec<RouteKey>,
    /// By how much each level of the objective falls.
    pub(super) gain: Vec<i64>,
    /// When the first leaves who is not on the way yet.
    pub(super) leaves: Option<i64>,
    pub(super) uses_goods: bool,
}

/// The visit of one person who was told of it.
pub(super) enum Fate {
    /// As it was.
    Stays,
    /// At another time.
    Retimed(SeatAt),
    /// Not theirs any more, or in another role.
    Leaves,
}

impl Move {
    /// What becomes of somebody's place in the crew.
    pub(super) fn fate(&self, seat: &SeatAt) -> Fate {
        let is_same =
            |other: &&SeatAt| (other.who, other.role, other.stop) == (seat.who, seat.role, seat.stop);
        match self.come.iter().find(is_same) {
            None => Fate::Leaves,
            Some(other) if other.start != seat.start => Fate::Retimed(*other),
            Some(_) => Fate::Stays,
        }
    }

    /// The places of the crew, by the first stop of each, as they are now.
    pub(super) fn told(&self) -> impl Iterator<Item = &SeatAt> {
        self.gone.iter().filter(|seat| seat.stop == 0)
    }

    /// Who takes a place that they did not have.
    pub(super) fn newcomers(&self) -> impl Iterator<Item = &SeatAt> {
        let had = |seat: &SeatAt| self.told().any(|old| (old.who, old.role) == (seat.who, seat.role));
        self.come.iter().filter(move |seat| seat.stop == 0 && !had(seat))
    }

    /// What the changes cost.
    fn price(&self) -> i64 {
        let Some(prices) = self.prices else { return 0 };
        let price = |seat: &SeatAt| match self.fate(seat) {
            Fate::Stays => 0,
            Fate::Retimed(new) if (new.start - seat.start).abs() <= prices.tolerance => 0,
            Fate::Retimed(_) => prices.retime,
            // in another role they still come
            Fate::Leaves if self.come.iter().any(|new| new.who == seat.who) => 0,
            Fate::Leaves => prices.reassign,
        };
        self.told().map(|seat| i64::from(price(seat))).sum()
    }
}

impl Component {
    /// How many visits change that somebody was told of.
    pub(super) fn changes(&self) -> u32 {
        let told = self.moves.iter().flat_map(|one| one.told().map(move |seat| one.fate(seat)));
        told.filter(|fate| !matches!(fate, Fate::Stays)).count() as u32
    }

    /// Whether all that it touches is as it was, and it can still be done in time.
    pub(super) fn stands(&self, then: &View, now: &View, life: &Lifecycle, at: Moment) -> bool {
        let is_ahead = |seat: &SeatAt| {
            seat.start >= at.0 && now.busy_until(seat.who, life).is_none_or(|until| until <= seat.start)
        };
        self.leaves.is_none_or(|leaves| leaves >= at.0)
            && self.moves.iter().all(|one| then.has_same_need(now, one.no) && one.come.iter().all(is_ahead))
            && self.routes.iter().all(|&key| then.has_same_route(now, key))
            && (!self.uses_goods || then.problem.depots() == now.problem.depots())
    }

    /// A score with the price of the changes.
    pub(super) fn with_price(&self, mut score: Score, objective: &Objective) -> Score {
        let price = self.moves.iter().map(Move::price).sum::<i64>();
        for (value, level) in score.levels.iter_mut().zip(&objective.levels) {
            let weight =
                level.iter().filter(|own| own.term == Term::Disruption).map(|own| i64::from(own.weight));
            *value = value.saturating_add(price.saturating_mul(weight.sum()));
        }
        score
    }
}

/// The best for each change first: level by level. What changes nothing that somebody was told of comes before.
pub(super) fn by_gain(one: &Component, other: &Component) -> Ordering {
    let (own, its) = (i128::from(one.changes()), i128::from(other.changes()));
    let by_levels = || {
        let pairs = one.gain.iter().zip(&other.gain);
        let share = |gain: i64, changes: i128| i128::from(gain) * changes.max(1);
        pairs.map(|(&a, &b)| share(b, own).cmp(&share(a, its))).find(|order| order.is_ne())
    };
    let first = |component: &Component| component.moves.first().map(|one| one.no);
    (own > 0)
        .cmp(&(its > 0))
        .then_with(|| by_levels().unwrap_or(Ordering::Equal))
        .then_with(|| first(one).cmp(&first(other)))
}
