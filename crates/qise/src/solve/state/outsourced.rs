//! Needs handed to others: they are neither served nor left, for a price that a budget bounds.

use crate::model::NeedId;
use crate::solve::instance::Instance;

/// Which needs are handed to others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outsourced {
    /// By need; empty where none may be.
    pub(crate) is_out: Vec<bool>,
    pub(crate) list: Vec<NeedId>,
    pub(crate) spent: i64,
    /// What has changed since the trial began.
    pub(crate) log: Vec<NeedId>,
}

impl Outsourced {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let may = instance.problem.needs().iter().any(|need| need.outsource.is_some());
        let count = if may { instance.problem.needs().len() } else { 0 };
        Self { is_out: vec![false; count], ..Self::default() }
    }

    /// What may still be spent on needs that are handed to others.
    pub(crate) fn budget(&self, instance: &Instance<'_>) -> i64 {
        instance.problem.outsourcing() - self.spent
    }

    pub(crate) fn set(&mut self, instance: &Instance<'_>, need: NeedId, out: bool) -> bool {
        let Some(is_out) = self.is_out.get_mut(need.index()).filter(|is_out| **is_out != out) else {
            return false;
        };
        *is_out = out;
        let price = instance.problem.need(need).outsource.map_or(0, i64::from);
        if out {
            self.list.push(need);
            self.spent += price;
        } else {
            self.list.retain(|&other| other != need);
            self.spent -= price;
        }
        true
    }
}
