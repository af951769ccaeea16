//! What is derived from needs and offers, kept up to date so that no event looks at all of them.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::base::{Moment, NeedNo, OfferNo, PersonNo};
use crate::machine::{AssignmentState, NeedState};
use crate::record::{Limits, NOBODY, Need, Offer, Person, put, take};
use crate::timer::{Timer, next_of};

/// What is derived from needs and offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Index {
    /// Those whom something concerns.
    people: FxHashMap<PersonNo, Person>,
    /// How many needs are in each state.
    pub(crate) counts: [u32; NeedState::COUNT],
    /// The needs that still ask for something.
    pub(crate) open: BTreeSet<NeedNo>,
    /// One for each open offer, and the next one of each need.
    pub(crate) timers: BTreeSet<(Moment, Timer)>,
}

impl Index {
    pub(crate) fn person(&self, who: PersonNo) -> &Person {
        self.people.get(&who).unwrap_or(&NOBODY)
    }

    /// Changes what is kept of a person, and forgets a person whom nothing concerns.
    fn update(&mut self, who: PersonNo, change: impl FnOnce(&mut Person)) {
        let person = self.people.entry(who).or_default();
        change(person);
        if person.is_unconcerned() {
            self.people.remove(&who);
        }
    }

    pub(crate) fn add_offer(&mut self, no: OfferNo, offer: &Offer) {
        self.timers.insert((offer.expires, Timer::OfferExpires(no)));
        self.update(offer.who, |person| put(&mut person.offers, no));
    }

    pub(crate) fn end_offer(&mut self, no: OfferNo, offer: &Offer) {
        self.timers.remove(&(offer.expires, Timer::OfferExpires(no)));
        self.update(offer.who, |person| take(&mut person.offers, no));
    }

    /// A member is now in this state.
    pub(crate) fn set_member(&mut self, need: NeedNo, who: PersonNo, state: AssignmentState) {
        self.update(who, |person| {
            if state.is_pending() {
                put(&mut person.needs, need);
            } else {
                take(&mut person.needs, need);
            }
            if state.is_occupied() {
                person.occupied = Some(need);
            } else if person.occupied == Some(need) {
                person.occupied = None;
            }
        });
    }

    pub(crate) fn add_need(&mut self, no: NeedNo, state: NeedState) {
        self.counts[state as usize] += 1;
        if state.is_open() {
            self.open.insert(no);
        }
    }

    pub(crate) fn move_need(&mut self, no: NeedNo, from: NeedState, to: NeedState) {
        self.counts[from as usize] -= 1;
        self.counts[to as usize] += 1;
        match (from.is_open(), to.is_open()) {
            (true, false) => drop(self.open.remove(&no)),
            (false, true) => drop(self.open.insert(no)),
            _ => {}
        }
    }

    pub(crate) fn set_timer(&mut self, no: NeedNo, need: &mut Need, limits: &Limits) {
        let timer = next_of(no, need, limits);
        if timer == need.timer {
            return;
        }
        if let Some(old) = need.timer {
            self.timers.remove(&old);
        }
        self.timers.extend(timer);
        need.timer = timer;
    }
}
