//! What the machines have to know of a need.

use qise::model::{Need, Problem, Time};
use qise_lifecycle::{Facts, Moment, Seconds};

use crate::stock::lending_of;

/// What the machine of a need has to know, of one that was released at a moment.
///
/// Due is what was promised; a need without a whole crew expires with its last window, or with a hard promise.
pub(crate) fn facts_of(problem: &Problem, need: &Need, released: Moment) -> Facts {
    let first = need.stops.first();
    let last = first.and_then(|stop| stop.windows.iter().map(|window| window.to).max());
    let promise = need.promise.as_ref();
    let due = promise.and_then(|promise| promise.start_by.into_iter().chain(promise.finish_by).min());
    let hard = promise.filter(|promise| promise.hard).and_then(|promise| promise.start_by);
    let deadline = last.map(|last| hard.map_or(last, |hard| hard.min(last)));
    Facts {
        places: need.roles.iter().map(|role| u16::try_from(role.count).unwrap_or(u16::MAX)).collect(),
        stops: need.stops.len() as u16,
        priority: need.priority,
        // what was due before it was released is due at once
        promise: due.map(|due: Time| Seconds(due.0.saturating_sub(released.0).max(1))),
        deadline: deadline.map(|deadline| Moment(deadline.0)),
        lends: lending_of(problem, need),
    }
}
