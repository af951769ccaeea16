//! Needs that are handed to others: those that may be, for no more than may be spent.

use super::judge::Judge;
use crate::model::Rule;
use crate::plan::{Detail, Location, Plan, Quantity};

impl Judge<'_> {
    pub(super) fn outside(&mut self, plan: &Plan) {
        let mut spent = 0_i64;
        for (o, &need) in plan.outsourced.iter().enumerate() {
            let Some(given) = self.problem.needs().get(need.index()) else { continue };
            if let Some(price) = given.outsource {
                spent += i64::from(price);
            } else {
                self.broken(Location::Outsourced(o), Rule::NotOutsourced, Detail::Need(need));
            }
        }
        let most = self.problem.outsourcing();
        if spent > most {
            let (is, limit) = (Quantity::Count(spent), Quantity::Count(most));
            self.broken(Location::OutsourcedList, Rule::OverBudget, Detail::AtMost { is, limit });
        }
    }
}
