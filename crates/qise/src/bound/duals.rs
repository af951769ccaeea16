//! Shadow prices: what each slot is worth in the bound on priority, and with that what any shift could win.

use super::lagrangian::LagrangianProblem;
use super::shift_classes::ShiftClasses;
use super::target::BoundTarget;
use super::{Options, Search};
use crate::base::Stop;
use crate::model::{IdenticalUnits, Problem, UnitId};

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
        let identical = IdenticalUnits::new(problem);
        let mut of = Vec::with_capacity(problem.units().len());
        for (shift, value) in staff.shifts.iter().zip(values) {
            let Some(able) = shift.units.first() else { continue };
            let worth = -(value as f64) / scale;
            // Those who are alike follow each other.
            let alike = identical.class_from(able.unit).take(shift.count as usize);
            of.extend(alike.map(|unit| (unit, worth)));
        }
        Some(of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ProblemData;
    use crate::model::{Held, Quality, Skill, SkillId, SkillKind, SkillLevel};
    use crate::tests::{built, line, need, person};

    const NURSE: SkillLevel = SkillLevel { skill: SkillId(0), level: 1 };

    /// Two people alike, needs that fill two shifts and one more, and a need for two nurses, whom there are none of.
    fn short() -> ProblemData {
        let mut data = line(&[0]);
        data.skills = vec![Skill { key: "nurse".into(), name: None, kind: SkillKind::Skill, levels: 1 }];
        for _ in 0..2 {
            person(&mut data, 0, (0, 100));
        }
        for _ in 0..3 {
            need(&mut data, 0, (0, 100), 100).priority = 5;
        }
        let nurses = need(&mut data, 0, (0, 100), 100);
        (nurses.priority, nurses.roles[0].count) = (8, 2);
        nurses.roles[0].requires.all = vec![Quality::Skill(NURSE)];
        data
    }

    #[test]
    fn a_shift_is_worth_what_it_could_win_beyond_what_others_do() {
        let mut data = short();
        let problem = built(&data);
        let options = Options { rounds: Some(100), ..Options::default() };
        let duals = Duals::new(&problem, &options, &crate::Stop::never()).unwrap();
        assert_eq!(duals.prices.len(), 5);
        let prices = duals.prices.iter().map(|price| (price * 100.0).round() as i64).collect::<Vec<_>>();
        assert_eq!(prices[3..], [400, 400], "each of two nurses is worth half of the need");
        assert!(
            prices[..3].iter().all(|&price| (480..=500).contains(&price)),
            "one of three is left: {prices:?}"
        );
        let nurse = person(&mut data, 0, (0, 100));
        nurse.holds = vec![Held { what: NURSE, expires: None }];
        nurse.shifts[0].end = crate::model::Time(100);
        let shifts = duals.of_shifts(&built(&data)).unwrap();
        assert_eq!(shifts.iter().map(|(unit, _)| unit.0).collect::<Vec<_>>(), [0, 1, 2]);
        assert!(shifts.iter().all(|(_, worth)| (4.8..=5.01).contains(worth)), "{shifts:?}");
        data.volunteers[2].shifts[0].end = crate::model::Time(90);
        assert_eq!(duals.of_shifts(&built(&data)).unwrap().len(), 2, "who could do nothing is not told");
    }
}
