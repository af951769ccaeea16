//! What people must be told because of an entry; it leaves only once the entry is durable.

use qise_journal::Message;
use qise_lifecycle::{Event, ReleaseReason};
use serde_json::json;

use crate::engine::Engine;
use crate::events::{Happened, need_of};
use crate::rows::Told;

/// Whom the dispatchers' notices go to.
pub const DESK: &str = "desk";

/// The notices of what has happened: to volunteers by their ids, and to the [`DESK`].
pub(crate) fn notices(engine: &Engine, events: &[Happened]) -> Vec<Message> {
    let mut messages = Vec::new();
    for event in events {
        let Happened::Life(event) = event else { continue };
        let Some(need) = need_of(event, &engine.life) else { continue };
        let to_person = matches!(
            event,
            Event::Offered { .. }
                | Event::OfferWithdrawn { .. }
                | Event::OfferExpired { .. }
                | Event::Accepted { .. }
                | Event::Committed { .. }
                | Event::Retimed { .. }
                | Event::Released { .. }
                | Event::StoodDown { .. }
        );
        let to_desk = matches!(
            event,
            Event::Escalated { .. }
                | Event::CallBackDue { .. }
                | Event::VisitOverdue { .. }
                | Event::NeedExpired { .. }
                | Event::LoanOverdue { .. }
                // nobody has asked for it: somebody else must be found
                | Event::Released { reason: ReleaseReason::NoLongerFits, .. }
        );
        if !to_person && !to_desk {
            continue;
        }
        let step = engine.step(engine.seq, engine.now, &Told::Event(event.clone()));
        let person = step.who.clone().filter(|_| to_person);
        let desk = to_desk.then(|| DESK.to_owned());
        let offer = match *event {
            Event::Offered { offer, .. } => Some(offer.0),
            _ => None,
        };
        let body = json!({
            "need": engine.side.row(need).key,
            "what": step.code,
            "offer": offer,
            "who": step.who,
            "reason": step.reason,
            "text": step.text.en,
            "text_zh": step.text.zh,
        });
        let body = body.to_string().into_bytes();
        messages.extend(person.into_iter().chain(desk).map(|to| Message { to, body: body.clone() }));
    }
    messages
}
