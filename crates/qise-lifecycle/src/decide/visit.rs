//! What members tell from the way.

use crate::answer::Decision;
use crate::base::{Moment, NeedNo, PersonNo};
use crate::check::{check_member, check_stop, is_last_stop};
use crate::conflict::Conflict;
use crate::event::{Event, EventKind};
use crate::lifecycle::Lifecycle;

impl Lifecycle {
    /// A stop is done: the visit too, if it was the last one.
    pub(super) fn done(
        &self,
        at: Moment,
        no: NeedNo,
        who: PersonNo,
        stop: u16,
    ) -> Result<Decision, Conflict> {
        let need = self.known(no)?;
        self.step(no, EventKind::Done)?;
        check_stop(no, check_member(no, need, who, EventKind::Done)?, stop)?;
        let is_last = is_last_stop(need, stop);
        self.noted(
            at,
            if is_last { Event::Done { need: no, who } } else { Event::StopDone { need: no, who, stop } },
        )
    }
}
