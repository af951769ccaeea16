//! Between two stops of a route: where somebody comes from, and what follows.

use super::{Route, head_of, tail_of};
use crate::model::{PlaceId, Seconds, Time};
use crate::solve::instance::Instance;
use crate::solve::instance::leg::Leg;
use crate::solve::instance::slot::FlatUnit;
use crate::solve::state::schedule::segment::Segment;

/// What lies before visit number `at` of a route, or behind its last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gap {
    /// Where the person comes from, and when they are free there at the earliest.
    pub(crate) from: PlaceId,
    pub(crate) free: Time,
    /// Where the next visit is made, and its setup for those who come from elsewhere; `None` behind the last.
    pub(crate) next: Option<(PlaceId, Seconds)>,
    /// When the next visit starts at the latest, or the shift ends.
    pub(crate) latest: Time,
    /// The way from one to the other, and its cost.
    pub(crate) leg: Leg,
    pub(crate) cost: i64,
}

impl Route {
    /// What lies before visit number `at` of the route of `unit`, or behind its last.
    #[inline]
    pub(crate) fn gap(&self, unit: &FlatUnit, at: usize) -> Gap {
        let (from, free) = match at.checked_sub(1) {
            Some(before) => (self.nodes[before].place, self.nodes[before].end),
            None => self.start(unit),
        };
        match self.nodes.get(at) {
            Some(node) => Gap {
                from,
                free,
                next: Some((node.place, node.setup)),
                latest: node.latest,
                leg: node.leg,
                cost: node.cost,
            },
            None => Gap { from, free, next: None, latest: unit.end, leg: self.back, cost: self.back_cost },
        }
    }

    /// Everything up to a gap, and everything from it on, as stretches that can be merged; kept where working time counts.
    #[inline]
    pub(crate) fn stretches(&self, unit: &FlatUnit, at: usize) -> (Segment, Segment) {
        let head = at.checked_sub(1).and_then(|before| self.heads.get(before).copied());
        let tail = self.tails.get(at).copied();
        (head.unwrap_or_else(|| head_of(self.start(unit).1, unit)), tail.unwrap_or_else(|| tail_of(unit)))
    }
}

impl Gap {
    /// Setup at what follows for somebody who comes from a place.
    #[inline]
    pub(crate) fn entry(&self, from: PlaceId) -> Seconds {
        match self.next {
            Some((place, setup)) if place != from => setup,
            _ => Seconds::ZERO,
        }
    }

    /// The way from a place to what follows; none where the route is open and nothing follows.
    #[inline]
    pub(crate) fn way_on(&self, instance: &Instance<'_>, unit: &FlatUnit, from: PlaceId) -> Leg {
        match (self.next, unit.to) {
            (Some((place, _)), _) => instance.way(unit, from, place),
            (None, Some(to)) => instance.way(unit, from, to),
            (None, None) => Leg::default(),
        }
    }

    /// Travel and setup from one to the other, in seconds.
    #[inline]
    pub(crate) fn arc(&self) -> i64 {
        self.leg.seconds + self.entry(self.from).0
    }
}
