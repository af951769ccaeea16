//! Needs that are handed to others: those that may be, for no more than may be spent.

use super::judge::Judge;
use crate::model::Rule;
use crate::plan::Plan;
use crate::{Text, text};

impl Judge<'_> {
    pub(super) fn outside(&mut self, plan: &Plan) {
        let mut spent = 0_i64;
        for (o, &need) in plan.outsourced.iter().enumerate() {
            let Some(given) = self.problem.needs().get(need.index()) else { continue };
            if let Some(price) = given.outsource {
                spent += i64::from(price);
            } else {
                let key = Text::same(given.key.clone());
                self.broken(format!("$.outsourced[{o}]"), Rule::NotOutsourced, key);
            }
        }
        let most = self.problem.outsourcing();
        if spent > most {
            let detail = text!("{spent}, at most {most}", "{spent},最多 {most}");
            self.broken("$.outsourced".into(), Rule::OverBudget, detail);
        }
    }
}
