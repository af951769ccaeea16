//! The objective: no empty level, no term twice in one, and no score beyond exact integers.

use super::Checker;
use crate::model::{Code, Makespan, Term};
use crate::text;

impl Checker<'_> {
    pub(super) fn makespans(&mut self) {
        let data = self.data;
        self.at_most(Makespan::MOST, data.makespans.len(), "$.makespans");
        for (m, group) in data.makespans.iter().enumerate() {
            let path = format!("$.makespans[{m}]");
            self.time(format!("{path}.from"), group.from);
            self.number(format!("{path}.weight"), group.weight.into(), 1, 1_000_000_000);
            for (k, need) in group.needs.iter().enumerate() {
                self.reference(format!("{path}.needs[{k}]"), need.index(), data.needs.len(), "needs");
            }
        }
    }

    pub(super) fn objective(&mut self) {
        let levels = &self.data.objective.levels;
        if levels.is_empty() {
            let expected = text!(
                "at least one level with a term, or no objective at all: then the usual one holds",
                "至少一层、含一项指标；或不写 objective，即采用默认目标"
            );
            self.fault("$.objective", Code::BadObjective, "[]", expected);
        }
        for (l, level) in levels.iter().enumerate() {
            if level.is_empty() {
                let expected = text!(
                    "at least one term: a level without any decides nothing",
                    "至少一项指标：空层级不起任何作用"
                );
                self.fault(format!("$.objective[{l}]"), Code::BadObjective, "[]", expected);
            }
            let mut seen = [false; Term::COUNT];
            for (k, weighted) in level.iter().enumerate() {
                let path = format!("$.objective[{l}][{k}]");
                self.number(format!("{path}.weight"), i64::from(weighted.weight), 1, 1_000_000_000);
                if std::mem::replace(&mut seen[weighted.term as usize], true) {
                    let expected = text!(
                        "each term once in a level: say its weight there",
                        "同一层级中每项指标只写一次：请写明其权重"
                    );
                    self.fault(format!("{path}.term"), Code::BadObjective, weighted.term.as_str(), expected);
                }
            }
        }
    }
}
