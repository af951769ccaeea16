//! Shadow prices: what each slot is worth in the bound on priority, and with that what any shift could win.

use super::lagrangian::LagrangianProblem;
use super::shift_classes::ShiftClasses;
use super::target::BoundTarget;
use super::{Options, Search};
use crate::base::Stop;
use crate::model::{Problem, UnitId};

/// The prices of slots that prove the best bound found on priority: linear programming duals, or prices on the way to them.
#[derive(Clone, Debug, PartialEq)]
pub struct Duals {
    /// By slot, in points of priority.
    prices: Vec<f64>,
}

impl Duals {
    /// The prices for a problem; nothing where it is too large to look at every pair of slot and unit. `options` and `stop` are as for
    /// [`bound`](super::bound()); what is bounded is always priority.
    pub fn new(problem: &Problem, options: &Options, stop: &Stop) -> Option<Self> {
        let staff = ShiftClasses::new(problem)?;
        let spent = || stop.spent();
        let search = Search { problem, staff: Some(&staff), options, spent: &spent };
        let (_, mut prices) = search.priced(&BoundTarget::priority(), None, 1.0);
        prices.resize(problem.slots().len(), 0.0);
        // Nobody can fill some of the slots of a need: all that it is worth hangs on them.
        for need in problem.need_ids() {
            let missing = problem.slots_of(need).filter(|slot| !staff.able[slot.index()]).collect::<Vec<_>>();
            let share = f64::from(problem.need(need).priority) / missing.len().max(1) as f64;
            for slot in missing {
                prices[slot.index()] = share;
            }
        }
        Some(Self { prices })
    }

    /// What one more of each shift could win at these prices, at most, in points of priority: by the unit of a person's own means in
    /// it. `problem` is that of the prices, or one with the same needs and other people, hours or skills.
    ///
    /// A shift is taken as a knapsack of time, which says no less than what its routes could win.
    pub fn of_shifts(&self, problem: &Problem) -> Option<Vec<(UnitId, f64)>> {
        let staff = ShiftClasses::new(problem)?;
        let question = BoundTarget::priority();
        let ground = LagrangianProblem::new(problem, &staff, &question);
        let scale = ground.asked.scale as f64;
        let scaled = self.prices.iter().map(|price| price * scale).collect::<Vec<_>>();
        let values = ground.sack_values(&LagrangianProblem::whole(&scaled));
        let mut of = Vec::with_capacity(problem.units().len());
        for (shift, value) in staff.shifts.iter().zip(values) {
            let Some(able) = shift.units.first() else { continue };
            let worth = -(value as f64) / scale;
            // Those who are alike follow each other.
            of.extend((0..shift.count as u32).map(|more| (UnitId(able.unit.0 + more), worth)));
        }
        Some(of)
    }
}
