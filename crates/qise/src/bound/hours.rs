//! Hours of service against hours on duty, all people together: for problems too large to look at every pair of slot and unit.

use std::collections::BTreeMap;

use super::target::{BoundTarget, Item, fill};
use crate::model::{Problem, Seconds, SlotId, VolunteerId};

/// What the hours of all shifts prove.
#[derive(Clone, Copy, Debug)]
pub(super) struct ByHours {
    /// The least value of the question, unscaled.
    pub(super) least: i64,
    /// What a second is worth where there are too few of them.
    pub(super) second: f64,
}

/// The least value of a question by the hours of all shifts.
pub(super) fn least(problem: &Problem, question: &BoundTarget) -> ByHours {
    let asked = question.asked(problem, 0, &vec![true; problem.slots().len()]);
    let mut shifts: BTreeMap<(VolunteerId, u32), Seconds> = BTreeMap::new();
    for unit in problem.units() {
        let longest = shifts.entry((unit.volunteer, unit.shift)).or_default();
        *longest = unit.length().max(*longest);
    }
    let room = shifts.values().fold(0_i64, |sum, length| sum.saturating_add(length.0));
    let quickest = problem.volunteers().iter().map(|volunteer| volunteer.pace_permille).min().unwrap_or(1000);
    let mut items = Vec::new();
    let mut all = 0_i128;
    for (number, group) in asked.groups.iter().enumerate() {
        let Some(leave) = group.leave else { continue };
        all += i128::from(leave);
        let done = group.ways.iter().map(|way| {
            ((way.first..way.end).map(|slot| brief(problem, quickest, SlotId(slot))).sum::<i64>(), way.extra)
        });
        // What is handed to others takes nobody's time.
        let done = done.chain(group.outsource().map(|(_, extra)| (0, extra)));
        let least = done.reduce(|a, b| (a.0.min(b.0), a.1.min(b.1)));
        if let Some((uses, extra)) = least.filter(|&(_, extra)| extra < leave) {
            items.push(Item { group: number, won: leave - extra, uses });
        }
    }
    let worth = items.iter().map(|item| (item.group, item.won as f64 / item.uses.max(1) as f64));
    let worth = worth.collect::<BTreeMap<_, _>>();
    let (won, shares) = fill(items, room);
    let scale = asked.scale;
    let left = (all - won).max(0);
    let least = left / i128::from(scale) + i128::from(left % i128::from(scale) > 0);
    let last = shares.last().filter(|(_, share)| *share < 1.0);
    let second = last.map_or(0.0, |(group, _)| worth[group] / scale as f64);
    ByHours { least: i64::try_from(least).unwrap_or(i64::MAX), second }
}

/// How long a service takes whoever is quickest.
pub(super) fn brief(problem: &Problem, quickest: u32, slot: SlotId) -> i64 {
    let ordinary = problem.ordinary_service(slot).0 * i64::from(quickest) / 1000;
    problem.role(slot).service_by.iter().map(|&(_, service)| service.0).fold(ordinary, i64::min)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ProblemData;
    use crate::model::{Shift, Time};
    use crate::tests::{built, line, need, person};

    /// Two people with 100 and twice 30 seconds on duty; needs of 50 and 120 seconds and priorities 5 and 6.
    fn two() -> ProblemData {
        let mut data = line(&[0]);
        person(&mut data, 0, (0, 100));
        person(&mut data, 0, (0, 30)).shifts.push(Shift::new(Time(50), Time(80), 0));
        for (service, priority) in [(50, 5), (120, 6)] {
            need(&mut data, 0, (0, 90), service).priority = priority;
        }
        data
    }

    fn least(data: &ProblemData) -> ByHours {
        super::least(&built(data), &BoundTarget::priority())
    }

    #[test]
    fn what_hours_are_too_few_for_is_left() {
        let mut data = two();
        // 50 of 160 seconds are worth most by the second; of the other 110 of 120 are served: 0.5 is left, so 1.
        let found = least(&data);
        assert_eq!(found.least, 1);
        assert!((found.second - 6.0 / 120.0).abs() < 1e-9);
        data.volunteers[0].shifts[0].end = Time(110);
        let found = least(&data);
        assert_eq!((found.least, found.second), (0, 0.0), "there is time for all");
        data.volunteers.clear();
        assert_eq!(least(&data).least, 11);
    }

    #[test]
    fn services_count_at_the_quickest_pace() {
        let mut data = two();
        data.volunteers[1].pace_permille = 500;
        assert_eq!(least(&data).least, 0);
        let problem = built(&data);
        assert_eq!(brief(&problem, 500, SlotId(1)), 60);
        data.needs[1].roles[0].service_by = vec![(VolunteerId(0), Seconds(7))];
        assert_eq!(brief(&built(&data), 500, SlotId(1)), 7);
    }

    #[test]
    fn what_is_handed_to_others_takes_no_time() {
        let mut data = two();
        data.outsourcing = 3;
        data.needs[1].outsource = Some(3);
        assert_eq!(least(&data).least, 0);
        data.needs[1].outsource = Some(4);
        assert_eq!(least(&data).least, 1);
    }
}
