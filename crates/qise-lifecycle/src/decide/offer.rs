//! Offers and their answers.

use crate::answer::{Decision, Outcome, Refusal};
use crate::base::{Moment, NeedNo, OfferNo, PersonNo, Seconds};
use crate::event::Event;
use crate::lifecycle::Lifecycle;
use crate::machine::OfferState;
use crate::planning::Planning;
use crate::reason::WithdrawReason;

impl Lifecycle {
    pub(super) fn make_offer<P: Planning>(
        &self,
        at: Moment,
        (need, who, role): (NeedNo, PersonNo, u16),
        expires: Seconds,
        planning: &mut P,
    ) -> Result<Decision, Refusal<P::Obstacle>> {
        let (offer, expires) = (self.next_offer(), at.after(expires));
        self.check(at, &Event::Offered { offer, need, who, role, start: at, expires })?;
        let start = planning.place(at, need, role, who).map_err(Refusal::Obstacle)?.start;
        let events = vec![Event::Offered { offer, need, who, role, start, expires }];
        Ok(Decision { outcome: Outcome::Offered { offer, start, expires }, events })
    }

    pub(super) fn accept<P: Planning>(
        &self,
        at: Moment,
        no: OfferNo,
        planning: &mut P,
    ) -> Result<Decision, Refusal<P::Obstacle>> {
        let offer = *self.known_offer(no)?;
        if offer.state == OfferState::Withdrawn(WithdrawReason::Filled) {
            return Ok(Decision { outcome: Outcome::Filled, events: Vec::new() });
        }
        self.check(at, &Event::Accepted { offer: no, start: offer.start })?;
        let placed = planning.place(at, offer.need, offer.role, offer.who).map_err(Refusal::Obstacle)?;
        let start = placed.start;
        let mut events = vec![Event::Accepted { offer: no, start }];
        let need = &self.needs[offer.need.index()];
        if need.missing_in(offer.role) == 1 {
            events.extend(self.filled(offer.need, offer.role, &[offer.who]));
        }
        let missing = need.missing().saturating_sub(1);
        let waited = Seconds(at.0.saturating_sub(offer.sent.0));
        // Later by no more than the answer took is as it was offered.
        let is_as_offered = (offer.start..=offer.start.after(waited)).contains(&start);
        let outcome = if is_as_offered {
            Outcome::Committed { start, missing }
        } else {
            Outcome::Changed { start, missing }
        };
        Ok(Decision { outcome, events })
    }

    /// The open offers of a role that is now filled, but for those to `takers`.
    pub(super) fn filled(&self, need: NeedNo, role: u16, takers: &[PersonNo]) -> impl Iterator<Item = Event> {
        let open = self.needs[need.index()].open_offers.iter().copied();
        let others = open.filter(move |offer| {
            let offer = &self.offers[offer.index()];
            offer.role == role && !takers.contains(&offer.who)
        });
        others.map(|offer| Event::OfferWithdrawn { offer, reason: WithdrawReason::Filled })
    }
}
