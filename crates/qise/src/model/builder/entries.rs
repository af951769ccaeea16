//! What a builder has so far.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::model::reference::Ref;
use crate::model::{Code, Fault, Faults, ProblemData};
use crate::text;

/// The number of the next builder of this process.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// What a builder has so far.
#[derive(Debug)]
pub(super) struct Entries {
    pub(super) data: ProblemData,
    /// By which references to the entries are known.
    pub(super) number: u32,
    /// What was wrong with what was put in.
    pub(super) faults: Faults,
    /// Shifts, by person and place in the list, whose day is that of their start: the calendar may
    /// come after them.
    pub(super) undated: Vec<(usize, usize)>,
}

impl Entries {
    pub(super) fn new(data: ProblemData) -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self { data, number, faults: Faults::default(), undated: Vec::new() }
    }

    pub(super) fn into_data(mut self) -> (ProblemData, Faults) {
        for (v, s) in self.undated {
            // They may have been taken out by hand.
            if let Some(shift) = self.data.volunteers.get_mut(v).and_then(|who| who.shifts.get_mut(s)) {
                // What lies beyond the limits is found when the problem is checked.
                let day = self.data.calendar.day(shift.start);
                shift.day = day.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
            }
        }
        (self.data, self.faults)
    }

    /// The reference to the last of so many entries.
    pub(super) fn last<I: Copy>(&self, count: usize, id: impl Fn(usize) -> I) -> Ref<I> {
        Ref::new(id(count - 1), self.number)
    }

    /// The id that a reference stands for; a fault if it is one of another builder.
    pub(super) fn own<I: Copy>(&mut self, reference: impl Into<Ref<I>>, path: impl Fn() -> String) -> I {
        let reference = reference.into();
        if reference.is_foreign(self.number) {
            let found = text!("an id that another builder gave", "另一个构建器给出的编号");
            let expected = text!("an id that this builder gave", "本构建器给出的编号");
            self.faults.push(Fault::new(path(), Code::UnknownReference, found, expected));
        }
        reference.id()
    }
}
