//! What one need takes at least, alone: the ways from home by all its stops and back.

use crate::model::{Effort, Metres, Problem, Seconds, SlotId, Unit};

/// What it takes at least to make all stops of a need one after the other, from start to end of a shift, on the quickest roads.
#[derive(Default)]
pub(super) struct Course {
    pub(super) travel: Seconds,
    pub(super) work: Seconds,
    pub(super) metres: Metres,
    /// From the end of the first stop to the start of the last.
    pub(super) ride: Seconds,
    pub(super) stops: u32,
}

impl Course {
    pub(super) fn effort(&self) -> Effort {
        Effort {
            travel: self.travel.0,
            work: self.work.0,
            distance: self.metres.0,
            visits: self.stops.into(),
        }
    }

    pub(super) fn of(problem: &Problem, first: SlotId, unit: &Unit) -> Self {
        let travel = problem.travel();
        let mut course = Self::default();
        let mut here = unit.from;
        let mut before = Seconds::ZERO;
        let need = problem.slot(first).need;
        // Of a crew everybody has a stop of their own.
        let is_ride = problem.need_of(first).is_ride();
        let stops = problem.slots_of(need).filter(|&slot| is_ride || slot == first);
        for slot in stops {
            let place = problem.place_of(slot);
            let setup = if here == place { Seconds::ZERO } else { problem.place(place).setup };
            let way = travel.least_seconds(unit.mode, here, place);
            let service = problem.service(slot, unit.volunteer);
            course.travel += way;
            course.work += way + setup + service;
            course.metres += travel.metres(unit.mode, here, place);
            if course.stops > 0 {
                course.ride += way + setup + if course.stops > 1 { before } else { Seconds::ZERO };
            }
            course.stops += 1;
            (here, before) = (place, service);
        }
        if let Some(to) = unit.to {
            let way = travel.least_seconds(unit.mode, here, to);
            course.travel += way;
            course.work += way;
            course.metres += travel.metres(unit.mode, here, to);
        }
        course
    }
}
