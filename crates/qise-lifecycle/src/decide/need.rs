//! Needs that come, change, wait, end and come again.

use crate::answer::{Decision, Outcome, Refusal};
use crate::base::{Moment, NeedNo, PersonNo};
use crate::check::{check_future, check_stops};
use crate::conflict::Conflict;
use crate::event::{Event, EventKind};
use crate::lifecycle::Lifecycle;
use crate::machine::AssignmentState;
use crate::planning::Planning;
use crate::reason::{CancelReason, HoldReason, ReleaseReason, WithdrawReason};
use crate::record::{Facts, Hold, Need, Raised};

impl Lifecycle {
    pub(super) fn add_need(
        &self,
        at: Moment,
        need: NeedNo,
        facts: &Facts,
        released: Moment,
        raised: Option<Raised>,
    ) -> Result<Decision, Conflict> {
        if let Some(Raised { by, during: Some(visit) }) = raised {
            let member = self.known(visit)?.member(by);
            member
                .filter(|member| member.state.has_begun())
                .ok_or(Conflict::NotConcerned { need: visit, who: by })?;
        }
        let decision = self.noted(at, Event::NeedAdded { need, facts: facts.clone(), released, raised })?;
        facts.deadline.map_or(Ok(()), |deadline| check_future(at, deadline))?;
        Ok(decision)
    }

    pub(super) fn change_need<P: Planning>(
        &self,
        at: Moment,
        no: NeedNo,
        facts: &Facts,
        planning: &mut P,
    ) -> Result<Decision, Refusal<P::Obstacle>> {
        let need = self.known(no)?;
        self.step(no, EventKind::NeedChanged)?;
        if *facts == need.facts {
            return Err(Conflict::Unchanged { need: no }.into());
        }
        facts.check().map_err(|fault| Conflict::Facts { need: no, fault })?;
        check_stops(no, need, facts)?;
        if let Some(deadline) = facts.deadline.filter(|_| facts.deadline != need.facts.deadline) {
            check_future(at, deadline)?;
        }

        let mut released = Vec::new();
        let mut retimed = Vec::new();
        for member in need.members_in(AssignmentState::Committed) {
            match planning.still_fits(at, no, member.role, member.who) {
                Err(_) => released.push((member.who, ReleaseReason::NoLongerFits)),
                Ok(placed) if placed.start != member.start => retimed.push((member.who, placed.start)),
                Ok(_) => {}
            }
        }
        let roles = need.facts.places.len().max(facts.places.len()) as u16;
        for role in 0..roles {
            drop_surplus(no, need, role, facts.places_of(role), &mut released)?;
        }
        let is_released = |who: PersonNo| released.iter().any(|&(other, _)| other == who);
        let taken =
            |role| need.crew().filter(|member| member.role == role && !is_released(member.who)).count();

        let mut events: Vec<Event> =
            released.iter().map(|&(who, reason)| Event::Released { need: no, who, reason }).collect();
        for &offer in &need.open_offers {
            let role = self.offers[offer.index()].role;
            let places = facts.places_of(role);
            if taken(role) >= usize::from(places) {
                let reason = if places == 0 { WithdrawReason::Revoked } else { WithdrawReason::Filled };
                events.push(Event::OfferWithdrawn { offer, reason });
            }
        }
        events.push(Event::NeedChanged { need: no, facts: facts.clone() });
        retimed.retain(|&(who, _)| !is_released(who));
        events.extend(retimed.iter().map(|&(who, start)| Event::Retimed { need: no, who, start }));
        let held: usize = (0..roles).map(taken).sum();
        let outcome = Outcome::Released {
            who: released.iter().map(|&(who, _)| who).collect(),
            missing: (facts.people() - held) as u16,
        };
        Ok(Decision { outcome, events })
    }

    pub(super) fn cancel_need(
        &self,
        at: Moment,
        need: NeedNo,
        reason: CancelReason,
    ) -> Result<Decision, Conflict> {
        let end = if reason.is_rejection() {
            Event::NeedRejected { need, reason }
        } else {
            Event::NeedCancelled { need, reason }
        };
        self.check(at, &end)?;
        let events = self.ending(need, end, WithdrawReason::Cancelled);
        Ok(Decision { outcome: Outcome::Noted, events })
    }

    pub(super) fn hold(
        &self,
        at: Moment,
        no: NeedNo,
        reason: HoldReason,
        until: Moment,
    ) -> Result<Decision, Conflict> {
        let mut decision = self.noted(at, Event::NeedHeld { need: no, reason, until })?;
        let need = self.known(no)?;
        if need.hold == Some(Hold { reason, until }) {
            return Err(Conflict::Unchanged { need: no });
        }
        let reason = WithdrawReason::Revoked;
        decision.events.extend(need.open_offers.iter().map(|&offer| Event::OfferWithdrawn { offer, reason }));
        Ok(decision)
    }

    pub(super) fn rate(&self, at: Moment, need: NeedNo, stars: u8) -> Result<Decision, Conflict> {
        let mut decision = self.noted(at, Event::NeedRated { need, stars })?;
        if stars <= self.limits.low_stars {
            decision.events.push(Event::CallBackDue { need });
        }
        Ok(decision)
    }
}

/// Releases members of a role who have not left, the last one first, until so many are left.
fn drop_surplus(
    no: NeedNo,
    need: &Need,
    role: u16,
    places: u16,
    released: &mut Vec<(PersonNo, ReleaseReason)>,
) -> Result<(), Conflict> {
    let is_kept = |who: PersonNo, released: &[(PersonNo, ReleaseReason)]| {
        !released.iter().any(|&(other, _)| other == who)
    };
    let kept = need.crew().filter(|member| member.role == role && is_kept(member.who, released)).count();
    let mut surplus = kept.saturating_sub(usize::from(places));
    for member in need.members.iter().rev() {
        if surplus > 0
            && member.role == role
            && member.state == AssignmentState::Committed
            && is_kept(member.who, released)
        {
            released.push((member.who, ReleaseReason::PlaceDropped));
            surplus -= 1;
        }
    }
    if surplus > 0 { Err(Conflict::PlacesTaken { need: no, role }) } else { Ok(()) }
}
