//! The cheapest ways found so far.

use crate::model::UnitId;
use crate::solve::instance::Instance;
use crate::solve::state::CrewInsertion;

/// The cheapest so far, one of each person.
pub(crate) struct Best {
    pub(crate) most: usize,
    pub(crate) list: Vec<CrewInsertion>,
}

impl Best {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, list: Vec::new() }
    }

    /// What another may cost at most to be among them.
    pub(crate) fn bound(&self) -> i64 {
        if self.list.len() < self.most {
            i64::MAX
        } else {
            self.list.last().map_or(i64::MIN, |last| last.cost)
        }
    }

    /// What another must cost less than to be among them.
    pub(crate) fn below(&self) -> i64 {
        self.bound().saturating_add(1)
    }

    pub(crate) fn extend(&mut self, instance: &Instance<'_>, found: Option<CrewInsertion>) {
        if let Some(found) = found {
            self.add(instance, found);
        }
    }

    pub(crate) fn add(&mut self, instance: &Instance<'_>, found: CrewInsertion) {
        let who = |crew: &CrewInsertion| instance.unit(crew.placings[0].unit).volunteer;
        if let Some(known) = self.list.iter().position(|other| who(other) == who(&found)) {
            if key(&self.list[known]) <= key(&found) {
                return;
            }
            self.list.remove(known);
        }
        let at = self.list.partition_point(|other| key(other) < key(&found));
        self.list.insert(at, found);
        self.list.truncate(self.most);
    }
}

/// What comes first: the smaller cost, of equals the unit with the smaller number.
pub(crate) fn key(crew: &CrewInsertion) -> (i64, UnitId) {
    (crew.cost, crew.placings[0].unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{SlotId, Time};
    use crate::solve::state::Placing;
    use crate::tests::{built, instance, line, person};

    #[test]
    fn the_cheapest_stay_one_of_each_person() {
        let mut data = line(&[0]);
        for _ in 0..4 {
            person(&mut data, 0, (0, 100));
        }
        data.volunteers[0].shifts.push(crate::model::Shift::new(Time(200), Time(300), 0));
        let problem = built(&data);
        let instance = instance(&problem);
        // The first person has units 0 and 1, the others one each.
        let way = |cost, unit| CrewInsertion {
            cost,
            placings: vec![Placing { slot: SlotId(0), unit: UnitId(unit), at: 0 }],
            company: Vec::new(),
        };
        let mut best = Best::new(2);
        let shown = |best: &Best| {
            best.list.iter().map(|crew| (crew.cost, crew.placings[0].unit.0)).collect::<Vec<_>>()
        };
        assert_eq!(best.bound(), i64::MAX);
        best.add(&instance, way(9, 1));
        best.add(&instance, way(9, 0));
        assert_eq!(shown(&best), [(9, 0)], "of equals the smaller number, of one person one");
        best.extend(&instance, None);
        best.add(&instance, way(7, 3));
        assert_eq!((shown(&best), best.bound(), best.below()), (vec![(7, 3), (9, 0)], 9, 10));
        best.add(&instance, way(9, 2));
        assert_eq!(shown(&best), [(7, 3), (9, 0)]);
        best.add(&instance, way(8, 2));
        assert_eq!(shown(&best), [(7, 3), (8, 2)]);
        best.add(&instance, way(6, 1));
        assert_eq!(shown(&best), [(6, 1), (7, 3)]);
        assert_eq!((Best::new(0).bound(), Best::new(0).below()), (i64::MIN, i64::MIN + 1));
    }
}
