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
        let mut here = None;
        let mut before = Seconds::ZERO;
        let need = problem.slot(first).need;
        // Of a crew everybody has a stop of their own.
        let is_ride = problem.need_of(first).is_ride();
        let stops = problem.slots_of(need).filter(|&slot| is_ride || slot == first);
        for slot in stops {
            let place = problem.place_of(slot);
            let setup_from = |from| problem.setup(from, place);
            let way_from = |from| travel.least_seconds(unit.mode, from, place);
            let metres_from = |from| travel.metres(unit.mode, from, place);
            let (way, setup, metres) = match here {
                Some(here) => (way_from(here), setup_from(here), metres_from(here)),
                None => (
                    unit.least_of_starts(way_from),
                    unit.least_of_starts(setup_from),
                    unit.least_of_starts(metres_from),
                ),
            };
            let service = problem.service(slot, unit.volunteer);
            course.travel += way;
            course.work += way + setup + service;
            course.metres += metres;
            if course.stops > 0 {
                course.ride += way + setup + if course.stops > 1 { before } else { Seconds::ZERO };
            }
            course.stops += 1;
            (here, before) = (Some(place), service);
        }
        if let Some((here, to)) = here.zip(unit.to) {
            let way = travel.least_seconds(unit.mode, here, to);
            course.travel += way;
            course.work += way;
            course.metres += travel.metres(unit.mode, here, to);
        }
        course
    }
}
