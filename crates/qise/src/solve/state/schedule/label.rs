//! One way to have come so far on a route.
//!
//! A label is exact in constant space: everybody on a fixed sequence with fixed windows is on duty for `max(busy, now - latest)` by the
//! moment `now`, as follows from the forward slacks of M. W. P. Savelsbergh (1992), The vehicle routing problem with time windows:
//! minimizing route duration, ORSA Journal on Computing 4(2).

use super::breaks::{Taken, Way};
use crate::model::{Break, PlaceId, Seconds, Time, Window};

/// More labels are not kept at one visit, nor behind one break at a place. Up to so many the choices
/// are the cheapest there are, as long as [`MOST_COMPARED`] is enough for the route.
pub(super) const MOST_LABELS: usize = 256;
/// Once it is not, no more are kept than this, and no more places tried for a break.
pub(super) const FEW: usize = 8;
/// So many labels are compared for each visit of a route, in a fifth of a millisecond. A day of forty
/// visits with two windows each and two breaks at five places each asks for less than a third of it.
pub(super) const MOST_COMPARED: usize = 50_000;
/// To go on to the place of a break takes as long as so many comparisons.
const GOING_ON: usize = 16;

/// How much has been done to label one route, and how much may be before less is tried: nothing that a
/// problem may state takes long.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Effort {
    /// So many labels have been compared.
    pub(super) compared: usize,
    most: usize,
}

impl Effort {
    /// Nothing yet, on a route of so many visits.
    pub(super) fn of(visits: usize) -> Self {
        Self { compared: 0, most: MOST_COMPARED * visits }
    }

    /// Whether only a few labels are kept from now on.
    pub(super) fn is_spent(self) -> bool {
        self.compared >= self.most
    }

    /// So many labels go on to places of breaks.
    pub(super) fn go_on(&mut self, labels: usize) {
        self.compared += GOING_ON * labels;
    }

    /// So many labels are kept at one visit.
    pub(super) fn most_labels(self) -> usize {
        if self.is_spent() { FEW } else { MOST_LABELS }
    }

    /// Of the windows of a visit so many are tried from where somebody is, the next ones.
    pub(super) fn most_windows(self) -> usize {
        2 * self.most_labels()
    }

    /// So many labels may come together before it is looked which of them to keep.
    pub(super) fn most_at_once(self) -> usize {
        4 * self.most_labels()
    }

    /// Adds a label, unless another is as good; those that it makes needless go.
    pub(super) fn add(&mut self, layer: &mut Vec<Label>, label: Label, second: i64) {
        let better = layer.iter().position(|l| l.is_as_good_as(&label, second));
        self.compared += better.unwrap_or(2 * layer.len()) + 1;
        if better.is_none() {
            layer.retain(|l| !label.is_as_good_as(l, second));
            layer.push(label);
        }
    }

    /// Leaves the cheapest labels, and those that keep most time, without which the rest of the route may be impossible.
    pub(super) fn thin(self, layer: &mut Vec<Label>, second: i64) {
        layer.sort_by_key(|l| (l.choice.rests, l.free, l.cost));
        let mut last = None;
        let mut soonest = Vec::new();
        layer.retain(|l| {
            let first = last != Some(l.choice.rests);
            last = Some(l.choice.rests);
            if first {
                soonest.push(*l);
            }
            !first
        });
        layer.sort_by_key(|l| (l.total(second), l.free));
        layer.truncate(self.most_labels());
        layer.extend(soonest);
    }
}

/// How one visit is done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    /// It starts in this window.
    pub(crate) window: Window,
    /// So many breaks are over by then, or before departure.
    pub(crate) rests: usize,
}

/// One way to have come so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    /// The earliest moment at which the visit is over.
    pub(super) free: Time,
    /// The least time from departure to then.
    pub(super) busy: Seconds,
    /// The latest departure.
    pub(super) latest: Time,
    /// Cost so far, but for the time on duty.
    pub(super) cost: i64,
    pub(super) choice: Choice,
    pub(super) before: usize,
    /// Where somebody is then.
    pub(super) here: PlaceId,
    /// Whether that is the place of a break, the last of those that are over.
    pub(super) rests_here: bool,
}

impl Label {
    /// On the way from here, with breaks that ask for no place; nothing when it is too late for one of them.
    pub(super) fn on(
        self,
        (travel, setup): (Seconds, Seconds),
        breaks: &[Break],
        prices: (i64, i64),
    ) -> Option<Self> {
        let way = Way::with(self.free, Taken { breaks, stations: &[], travel }, None)?;
        let mut on = self;
        for rest in breaks {
            on.rest(rest, prices);
        }
        on.free = way.ready(setup);
        on.busy += travel + setup;
        Some(on)
    }

    /// Takes a break; when it is over is for the way to say.
    pub(super) fn rest(&mut self, rest: &Break, (waiting, second): (i64, i64)) {
        self.latest = self.latest.min(rest.latest - self.busy);
        self.busy += rest.duration;
        // It is no waiting, and off duty no work either.
        self.cost -= if rest.off_duty { second } else { waiting } * rest.duration.0;
    }

    /// What it costs to have come so far.
    pub(super) fn total(&self, second: i64) -> i64 {
        self.cost + second * self.busy.max(self.free - self.latest).0
    }

    /// Whether nothing that can follow is cheaper after the other.
    pub(super) fn is_as_good_as(&self, other: &Self, second: i64) -> bool {
        (self.choice.rests, self.here) == (other.choice.rests, other.here)
            && self.free <= other.free
            && self.cost - other.cost <= second * (other.busy - self.busy).0
            && self.cost - other.cost <= second * (self.latest - other.latest).0
    }
}
