//! Folds what happens to offers and members.

use crate::base::{Moment, NeedNo, OfferNo, PersonNo};
use crate::event::{Event, EventKind};
use crate::lifecycle::Lifecycle;
use crate::record::{Asked, Member, Offer, put, take};

impl Lifecycle {
    pub(super) fn add_offer(&mut self, no: OfferNo, offer: Offer) {
        self.index.add_offer(no, &offer);
        put(&mut self.needs[offer.need.index()].open_offers, no);
        self.offers.push(offer);
    }

    pub(super) fn end_offer(&mut self, at: Moment, no: OfferNo, event: &Event) {
        let offer = &mut self.offers[no.index()];
        if let Some(state) = offer.state.after(event) {
            (offer.state, offer.since) = (state, at);
        }
        self.index.end_offer(no, offer);
        take(&mut self.needs[offer.need.index()].open_offers, no);
    }

    pub(super) fn remember_asked(&mut self, no: NeedNo, offer: OfferNo) {
        let who = self.offers[offer.index()].who;
        let asked = &mut self.needs[no.index()].asked;
        asked.retain(|asked| asked.who != who);
        asked.push(Asked { who, offer });
    }

    pub(super) fn join(&mut self, at: Moment, no: NeedNo, who: PersonNo, role: u16, start: Moment) {
        let member = Member::new(who, role, start, at);
        let members = &mut self.needs[no.index()].members;
        members.retain(|former| former.who != who);
        members.push(member);
        self.index.set_member(no, who, member.state);
    }

    pub(super) fn change_member(&mut self, no: NeedNo, who: PersonNo, change: impl FnOnce(&mut Member)) {
        if let Some(member) = self.needs[no.index()].members.iter_mut().find(|member| member.who == who) {
            change(member);
        }
    }

    pub(super) fn move_member(&mut self, at: Moment, no: NeedNo, who: PersonNo, event: EventKind) {
        let mut moved = None;
        self.change_member(no, who, |member| {
            moved = member.state.after(event);
            if let Some(state) = moved {
                member.enter(state, at);
            }
        });
        if let Some(state) = moved {
            self.index.set_member(no, who, state);
        }
    }
}
