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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{built, instance, line, need, person};

    #[test]
    fn what_is_handed_to_others_is_paid_for_once_and_paid_back() {
        let mut data = line(&[0]);
        person(&mut data, 0, (0, 9));
        for price in [Some(3), Some(4), None] {
            need(&mut data, 0, (0, 9), 1).outsource = price;
        }
        let problem = built(&data);
        let instance = instance(&problem);
        let mut outsourced = Outsourced::new(&instance);
        assert!(outsourced.set(&instance, NeedId(1), true) && !outsourced.set(&instance, NeedId(1), true));
        assert!(outsourced.set(&instance, NeedId(0), true));
        assert_eq!((outsourced.list.as_slice(), outsourced.spent), (&[NeedId(1), NeedId(0)][..], 7));
        assert!(outsourced.set(&instance, NeedId(1), false) && !outsourced.set(&instance, NeedId(1), false));
        assert_eq!((outsourced.list.as_slice(), outsourced.spent), (&[NeedId(0)][..], 3));
    }

    #[test]
    fn nothing_is_kept_where_nobody_else_may_serve() {
        let mut data = line(&[0]);
        need(&mut data, 0, (0, 9), 1);
        let problem = built(&data);
        let instance = instance(&problem);
        assert!(!Outsourced::new(&instance).set(&instance, NeedId(0), true));
    }
}
