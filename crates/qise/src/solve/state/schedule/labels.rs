//! How the visits of a route are best done, where there is a choice: in which window, near the start told before or not, and
//! after which breaks.
//!
//! Labels ([`super::label`]) run along the route, one for each way to come so far that may still be the best in the end.

use std::borrow::Cow;

use super::breaks::Breaks;
use super::label::{Choice, Effort, FEW, Label};
use super::release::release_of;
use crate::model::{PlaceId, Seconds, SlotId, Term, Time, Window};
use crate::solve::instance::Instance;
use crate::solve::instance::slot::FlatUnit;

/// The choices for a whole route.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choices {
    pub(crate) visits: Vec<Choice>,
    /// Breaks that are over before departure.
    pub(crate) before: usize,
    /// Breaks that are over at the end.
    pub(crate) rests: usize,
    /// The last visit ends no later than this, lest somebody waits for it who could wait behind it for nothing.
    pub(crate) last_end: Time,
    /// Where each break is taken that asks for a place and is taken on the way; empty where no break asks for one.
    pub(crate) places: Vec<Option<PlaceId>>,
    labels: Vec<Label>,
    layer: Vec<Label>,
    /// Labels at one place of a break.
    station: Vec<Label>,
    /// The labels before a break at a place, by number.
    sources: Vec<usize>,
    effort: Effort,
}

impl Choices {
    /// Makes the cheapest choices; false when the visits cannot be done at all.
    pub(crate) fn make(
        &mut self,
        instance: &Instance<'_>,
        unit: &FlatUnit,
        start: (PlaceId, Time),
        visits: &[SlotId],
        breaks: Breaks<'_>,
        releases: &[Time],
    ) -> bool {
        self.visits.clear();
        self.places.clear();
        (self.before, self.rests, self.last_end) = (0, 0, Time::MAX);
        self.effort = Effort::of(visits.len());
        if breaks.list.is_empty() && !visits.iter().any(|&slot| has_choice(instance, unit, slot)) {
            let only = |&slot: &SlotId| {
                let flat = instance.slot(slot);
                let service = instance.service(slot, unit);
                let to = flat.closes_for(service).min(instance.suits_until(unit, slot) - service);
                let window = Window { to, ..flat.window };
                Choice { window, rests: 0 }
            };
            self.visits.extend(visits.iter().map(only));
            return true;
        }
        self.label(instance, unit, start, visits, breaks, releases)
            .is_some_and(|last| self.pick(instance, unit, visits, breaks, last))
    }

    /// Labels every visit; where the labels of the last begin, or nothing when one cannot be reached in time.
    fn label(
        &mut self,
        instance: &Instance<'_>,
        unit: &FlatUnit,
        start: (PlaceId, Time),
        visits: &[SlotId],
        breaks: Breaks<'_>,
        releases: &[Time],
    ) -> Option<usize> {
        let (second, waiting) = (price_of_duty(instance), instance.weights.of(Term::Waiting));
        self.labels.clear();
        // At equal cost rather rest before departure: that is not work.
        for rests in (0..=breaks.list.len()).rev() {
            let over = rests
                .checked_sub(1)
                .map_or(Time::MIN, |last| breaks.list[last].earliest + breaks.list[last].duration);
            let choice = Choice { window: Window { from: Time::MIN, to: Time::MAX }, rests };
            let free = start.1.max(over);
            self.labels.push(Label {
                free,
                busy: Seconds::ZERO,
                latest: unit.end,
                cost: 0,
                choice,
                before: 0,
                here: start.0,
                rests_here: false,
            });
        }
        let (mut here, mut first) = (start.0, 0);
        for (v, &slot) in visits.iter().enumerate() {
            let flat = instance.slot(slot);
            let service = instance.service(slot, unit);
            let (travel, setup) = instance.travel_and_setup(unit, here, slot);
            if breaks.at_places {
                self.add_stations(instance, unit, (v, first, Some(flat.place)), breaks, (waiting, second));
            }
            self.layer.clear();
            let count = self.labels.len();
            for before in first..count {
                let mut from = self.labels[before];
                from.free = instance.leaves(from.free, slot);
                // Behind a break at a place the way is another one.
                let (leg, cost) = if breaks.at_places {
                    let way = instance.way(unit, from.here, flat.place);
                    let setup = if from.here == flat.place { setup } else { flat.setup };
                    (
                        (Seconds(way.seconds), setup),
                        instance.leg_cost(way) - waiting * (way.seconds + setup.0),
                    )
                } else {
                    ((travel, setup), 0)
                };
                for rests in from.choice.rests..=breaks.until(v, from.choice.rests) {
                    let prices = (waiting, second);
                    let taken = &breaks.list[from.choice.rests..rests];
                    if taken.last().is_some_and(|rest| !rest.at.is_empty()) {
                        break;
                    }
                    let Some(on) = from.on(leg, taken, prices) else {
                        break;
                    };
                    let most = self.effort.most_windows();
                    options(instance, unit, slot, (on.free, service, most), &mut |window, price| {
                        let start = on.free.max(window.from).max(release_of(releases, slot));
                        // Beyond the shift nothing is done, and how late it would be is no number to count with.
                        if start > window.to || start > unit.end {
                            return;
                        }
                        let late = flat.tardiness(start, service);
                        let tardy = instance.weights.of(Term::Tardiness) * late
                            + instance.weights.of(Term::Late) * i64::from(late > 0);
                        let kept =
                            if flat.stays { start } else { instance.in_time(slot, service).max(start) };
                        let last = window.to.min(kept);
                        let label = Label {
                            free: start + service,
                            busy: on.busy + service,
                            latest: on.latest.min(last - on.busy),
                            cost: on.cost + cost + price + tardy,
                            choice: Choice { window, rests },
                            before,
                            here: flat.place,
                            rests_here: false,
                        };
                        self.effort.add(&mut self.layer, label, second);
                        if self.layer.len() > self.effort.most_at_once() + breaks.list.len() {
                            self.effort.thin(&mut self.layer, second);
                        }
                    });
                }
            }
            if self.layer.is_empty() {
                return None;
            }
            if self.layer.len() > self.effort.most_labels() {
                self.effort.thin(&mut self.layer, second);
            }
            first = count;
            self.labels.append(&mut self.layer);
            here = flat.place;
        }
        Some(first)
    }

    /// Adds to the labels from number `first` on, which stand before a gap on the way to a place, those
    /// of people who have gone on to the place of a break in it.
    fn add_stations(
        &mut self,
        instance: &Instance<'_>,
        unit: &FlatUnit,
        (gap, first, to): (usize, usize, Option<PlaceId>),
        breaks: Breaks<'_>,
        (waiting, second): (i64, i64),
    ) {
        let (mut layer, mut station) = (std::mem::take(&mut self.layer), std::mem::take(&mut self.station));
        // Whoever has fewer breaks behind them than this takes another one at a place first.
        let mut after = 0;
        for (number, rest) in breaks.list.iter().enumerate().filter(|(_, rest)| !rest.at.is_empty()) {
            let may_take = |over| (after..=number).contains(&over) && number < breaks.until(gap, over);
            let labels = self.labels.iter().enumerate().skip(first);
            self.sources.clear();
            self.sources.extend(labels.filter(|(_, l)| may_take(l.choice.rests)).map(|(at, _)| at));
            layer.clear();
            let places = self.places_tried(instance, unit, (first, to), &rest.at);
            self.effort.go_on(self.sources.len() * places.len());
            for &place in &*places {
                // Only those at one place are ever compared.
                station.clear();
                for &before in &self.sources {
                    let label = self.labels[before];
                    let taken = &breaks.list[label.choice.rests..number];
                    let way = instance.way(unit, label.here, place);
                    let leg = (Seconds(way.seconds), Seconds::ZERO);
                    let Some(mut on) = label.on(leg, taken, (waiting, second)) else { continue };
                    let start = on.free.max(rest.earliest);
                    if start > rest.latest || start > unit.end {
                        continue;
                    }
                    on.rest(rest, (waiting, second));
                    on.free = start + rest.duration;
                    on.cost += instance.leg_cost(way) - waiting * way.seconds;
                    on.choice.rests = number + 1;
                    (on.before, on.here, on.rests_here) = (before, place, true);
                    self.effort.add(&mut station, on, second);
                }
                layer.append(&mut station);
                if layer.len() > self.effort.most_at_once() {
                    self.effort.thin(&mut layer, second);
                }
            }
            if layer.len() > self.effort.most_labels() {
                self.effort.thin(&mut layer, second);
            }
            self.labels.append(&mut layer);
            after = number + 1;
        }
        (self.layer, self.station) = (layer, station);
    }

    /// At which of these places a break is tried: all, or, once the effort is spent, those that lie
    /// nearest to the way from the visit of label number `first` to a place.
    fn places_tried<'a>(
        &self,
        instance: &Instance<'_>,
        unit: &FlatUnit,
        (first, to): (usize, Option<PlaceId>),
        all: &'a [PlaceId],
    ) -> Cow<'a, [PlaceId]> {
        if !self.effort.is_spent() || all.len() <= FEW {
            return Cow::Borrowed(all);
        }
        let seconds = |from, to| instance.way(unit, from, to).seconds;
        let here = self.labels[first].here;
        let detour = |&place: &PlaceId| seconds(here, place) + to.map_or(0, |to| seconds(place, to));
        let mut nearest = all.to_vec();
        nearest.sort_by_cached_key(detour);
        nearest.truncate(FEW);
        Cow::Owned(nearest)
    }

    /// Follows the label that ends best back to the start; false when none comes home in time.
    fn pick(
        &mut self,
        instance: &Instance<'_>,
        unit: &FlatUnit,
        visits: &[SlotId],
        breaks: Breaks<'_>,
        last: usize,
    ) -> bool {
        let waiting = instance.weights.of(Term::Waiting);
        // Behind the last visit nobody waits: a second there is work and nothing else.
        let prices = (0, price_of_duty(instance) - waiting);
        let end = visits.last().map(|&slot| instance.slot(slot).place);
        let back = end.map_or(Seconds::ZERO, |end| instance.back(unit, end));
        // Where a route ends with the last visit nobody goes on for a break.
        if breaks.at_places && unit.to.is_some() {
            self.add_stations(instance, unit, (visits.len(), last, unit.to), breaks, prices);
        }
        let mut best: Option<(i64, Time, usize, usize, Time)> = None;
        for at in last..self.labels.len() {
            let from = self.labels[at];
            let mut visit = from;
            while visit.rests_here {
                visit = self.labels[visit.before];
            }
            let (back, cost) = match unit.to.filter(|_| breaks.at_places) {
                Some(to) => {
                    let way = instance.way(unit, from.here, to);
                    (Seconds(way.seconds), instance.leg_cost(way))
                }
                None => (back, 0),
            };
            for rests in from.choice.rests..=breaks.until(visits.len(), from.choice.rests) {
                let taken = &breaks.list[from.choice.rests..rests];
                if taken.last().is_some_and(|rest| !rest.at.is_empty()) {
                    break;
                }
                let Some(home) = from.on((back, Seconds::ZERO), taken, prices) else {
                    break;
                };
                // Whoever is still out when a break must begin has to take it.
                let rest_later = breaks.list.get(rests).is_none_or(|next| home.free <= next.latest);
                if rest_later && home.free <= unit.end {
                    let late =
                        instance.weights.of(Term::Overtime) * (home.free - unit.overtime_from).0.max(0);
                    // So long from departure to the end of the last visit, where one leaves in time for the breaks behind it.
                    let until_last = visit.busy.max(visit.free - home.latest);
                    let total = home.total(prices.1) + waiting * until_last.0 + cost + late;
                    let found = (total, home.free, at, rests, home.latest + until_last);
                    best = Some(best.map_or(found, |b| b.min(found)));
                }
            }
        }
        let Some((_, _, mut at, rests, last_end)) = best else { return false };
        self.rests = rests;
        if waiting > 0 {
            self.last_end = last_end;
        }
        if breaks.at_places {
            self.places.resize(breaks.list.len(), None);
        }
        while self.visits.len() < visits.len() || self.labels[at].rests_here {
            let label = self.labels[at];
            if label.rests_here {
                self.places[label.choice.rests - 1] = Some(label.here);
            } else {
                self.visits.push(label.choice);
            }
            at = label.before;
        }
        self.visits.reverse();
        self.before = self.labels[at].choice.rests;
        true
    }
}

/// Whether a visit can be done in more ways than one.
fn has_choice(instance: &Instance<'_>, unit: &FlatUnit, slot: SlotId) -> bool {
    instance.slot(slot).several_windows() || previous_start(instance, unit, slot).is_some()
}

/// What another start than `told` costs, and the span of starts that count as told.
fn previous_start(instance: &Instance<'_>, unit: &FlatUnit, slot: SlotId) -> Option<(i64, Window)> {
    let before = instance.slot(slot).previous_of(unit.volunteer)?;
    let price = instance.weights.of(Term::Disruption) * before.retime;
    let tolerance = instance.problem.previous().map_or(Seconds::ZERO, |p| p.tolerance);
    (price > 0).then(|| (price, Window { from: before.start - tolerance, to: before.start + tolerance }))
}

/// The ways to do a visit from `free` on, in so many windows at most: the window it starts in, and what is to pay for it.
fn options(
    instance: &Instance<'_>,
    unit: &FlatUnit,
    slot: SlotId,
    (free, service, most): (Time, Seconds, usize),
    each: &mut impl FnMut(Window, i64),
) {
    let flat = instance.slot(slot);
    let told = previous_start(instance, unit, slot);
    let over = flat.finish_by.min(instance.suits_until(unit, slot));
    let windows =
        if flat.several_windows() { instance.windows_of(slot) } else { std::slice::from_ref(&flat.window) };
    let first = windows.partition_point(|window| window.to < free);
    for &window in windows[first..].iter().take(most) {
        let window = Window { to: window.to.min(over - service), ..window };
        match told {
            Some((price, span)) => {
                each(Window { from: window.from.max(span.from), to: window.to.min(span.to) }, 0);
                each(window, price);
            }
            None => each(window, 0),
        }
    }
}

/// What a second on duty costs; at least something where it counts for more than the cost of the route.
fn price_of_duty(instance: &Instance<'_>) -> i64 {
    let price = instance.weights.of(Term::WorkTime) + instance.weights.of(Term::Waiting);
    price.max(i64::from(instance.features.compress))
}

#[cfg(test)]
mod tests;
