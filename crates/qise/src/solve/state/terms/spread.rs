//! How long each person serves, and how far the longest and the shortest lie apart.

use super::counts::Counts;
use crate::model::{Problem, VolunteerId};

/// Service time of everybody who has a shift.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServiceTimes {
    of: Vec<i64>,
    /// How many serve so long.
    counts: Counts,
}

impl ServiceTimes {
    pub(crate) fn new(problem: &Problem) -> Self {
        let on_duty = problem.volunteers().iter().filter(|v| !v.shifts.is_empty()).count() as u32;
        let mut counts = Counts::default();
        counts.add(0, on_duty);
        Self { of: vec![0; problem.volunteers().len()], counts }
    }

    /// Somebody serves so much longer.
    pub(crate) fn add(&mut self, who: VolunteerId, more: i64) {
        if more != 0 {
            let of = &mut self.of[who.index()];
            self.counts.replace(*of, *of + more);
            *of += more;
        }
    }

    /// The longest less the shortest.
    pub(crate) fn spread(&self) -> i64 {
        self.counts.least().zip(self.counts.greatest()).map_or(0, |(least, most)| most - least)
    }

    /// The same if somebody served so much longer.
    pub(crate) fn spread_with(&self, who: VolunteerId, more: i64) -> i64 {
        let of = self.of[who.index()];
        let (least, most) = self.counts.ends_with(of, of + more);
        most - least
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Random;
    use crate::tests::{built, line, person};

    fn people(count: usize) -> Problem {
        let mut data = line(&[0]);
        for _ in 0..count {
            person(&mut data, 0, (0, 100));
        }
        // Whoever has no shift does not count.
        person(&mut data, 0, (0, 100)).shifts.clear();
        built(&data)
    }

    /// Against the longest and the shortest of all, again and again.
    #[test]
    fn the_spread_is_that_of_the_people_on_duty() {
        let problem = people(4);
        let mut random = Random::new(1, 0);
        let mut kept = ServiceTimes::new(&problem);
        let mut times = [0_i64; 4];
        for _ in 0..2000 {
            let who = random.below(4) as usize;
            let more = i64::from(random.below(7)) - times[who].min(3);
            let range = |times: &[i64; 4]| times.iter().max().unwrap() - times.iter().min().unwrap();
            let mut then = times;
            then[who] += more;
            assert_eq!(kept.spread_with(VolunteerId(who as u32), more), range(&then), "{times:?}");
            kept.add(VolunteerId(who as u32), more);
            times = then;
            assert_eq!(kept.spread(), range(&times), "{times:?}");
        }
    }

    #[test]
    fn where_nobody_is_on_duty_nothing_lies_apart() {
        assert_eq!(ServiceTimes::new(&people(0)).spread(), 0);
    }
}
