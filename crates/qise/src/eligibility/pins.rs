//! The last check of a problem: a pinned person must be able to serve the need with nothing else to do, which no plan could mend.

use super::{Exclusion, can_reach};
use crate::model::{Code, Fault, Faults, Previous, Problem, ProblemBuilder, ProblemData, Slot, SlotId};
use crate::text;

impl Problem {
    /// Checks the data and builds a problem of it.
    ///
    /// # Errors
    /// Every fault of the data at once.
    pub fn new(data: ProblemData) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let problem = Self::build(data, &mut faults)?;
        check_pins(&problem, &mut faults);
        faults.into_result().map(|()| problem)
    }

    /// A variant of this problem: the data copied, changed, and checked again.
    ///
    /// # Errors
    /// Every fault of the changed data at once.
    pub fn replace(&self, change: impl FnOnce(&mut ProblemData)) -> Result<Self, Faults> {
        let mut data = self.to_data();
        change(&mut data);
        Self::new(data)
    }

    /// The same problem with another previous plan, or none.
    ///
    /// # Errors
    /// The faults of that plan: unknown ids, a need twice.
    pub fn with_previous(&self, previous: Option<Previous>) -> Result<Self, Faults> {
        self.replace(|data| data.previous = previous)
    }
}

impl ProblemBuilder {
    /// The problem.
    ///
    /// # Errors
    /// Everything that is wrong with the data at once: what was put in, ids of other builders, and all that
    /// [`Problem::new`] finds.
    pub fn build(self) -> Result<Problem, Faults> {
        let (data, mut faults) = self.into_data();
        match Problem::new(data) {
            Ok(problem) => faults.into_result().map(|()| problem),
            Err(more) => {
                more.0.into_iter().for_each(|fault| faults.push(fault));
                Err(faults)
            }
        }
    }
}

/// A pinned person must be able to serve the need with nothing else to do: no plan can mend that.
fn check_pins(problem: &Problem, faults: &mut Faults) {
    for slot in problem.slot_ids() {
        let Some(pin) = problem.role(slot).pin else { continue };
        // A start that was agreed does not override the windows.
        let windows = problem.windows_of(slot);
        let outside = problem.pinned_start(slot).filter(|&start| !windows.iter().any(|w| w.contains(start)));
        if let Some(start) = outside {
            faults.push(
                Fault::new(
                    format!("{}.pinned.start", path_of(problem, slot)),
                    Code::PinImpossible,
                    start.0.to_string(),
                    text!(
                        "a start within the windows of the need, and by its promise where that is hard",
                        "在此需求的时间窗之内（且不晚于硬性承诺）的开始时刻"
                    ),
                )
                .hint(text!(
                    "a pinned start does not override windows: add a window, or change the start",
                    "指定的开始时刻不能突破时间窗：请补充时间窗，或更改开始时刻"
                )),
            );
            continue;
        }
        let mut cuts = problem.units_of(pin.volunteer).map(|unit| can_reach(problem, slot, unit));
        let Some(last) = cuts
            .try_fold(None, |last, cut| match cut {
                Ok(()) => Err(()),
                Err(cut) => Ok(last.max(Some(cut))),
            })
            .ok()
        else {
            continue;
        };
        let found = format!("{:?}", problem.volunteer(pin.volunteer).key);
        let why = last.map_or_else(|| text!("without any shift", "没有班次"), Exclusion::label);
        let (en, zh) = (&why.en, &why.zh);
        let expected =
            text!("a person who can serve this need; this one is {en}", "能承担此需求的人；不符之处：{zh}");
        faults.push(Fault::new(
            format!("{}.pinned.volunteer", path_of(problem, slot)),
            Code::PinImpossible,
            found,
            expected,
        ));
    }
}

/// Where the role of a slot stands: the need itself, or an entry of its roles.
fn path_of(problem: &Problem, slot: SlotId) -> String {
    let Slot { need, role, .. } = problem.slot(slot);
    let path = format!("$.needs[{}]", need.index());
    if problem.need(need).is_crew() { format!("{path}.roles[{role}]") } else { path }
}
