//! What the orders in which needs are put back ask of every need.

use crate::model::SlotId;
use crate::solve::instance::Instance;
use crate::solve::instance::links::TieKind;
use crate::solve::instance::recreate_keys::{Follow, RecreateKeys};

impl RecreateKeys {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let ids = || instance.problem.slot_ids();
        let away = |slot: SlotId| {
            let nearest = instance.proximity.candidates.of(slot).first();
            let seconds = nearest.map_or(0, |&unit| {
                instance.leg(unit, instance.unit(unit).usual_start.0, instance.slot(slot).place).seconds
            });
            u32::try_from(seconds).unwrap_or(u32::MAX)
        };
        let mut largest = vec![1; instance.loads.dimensions];
        for unit in instance.problem.unit_ids() {
            for (most, &capacity) in largest.iter_mut().zip(instance.loads.capacities(unit)) {
                *most = capacity.max(*most);
            }
        }
        let share = |slot: SlotId| {
            let shares =
                instance.loads.of(slot).iter().zip(&largest).map(|(&load, &most)| load as f64 / most as f64);
            (shares.fold(0.0, f64::max) * 1e6) as u32
        };
        let follow = if instance.parties.is_empty() { Vec::new() } else { follow(instance) };
        Self { away: ids().map(away).collect(), share: ids().map(share).collect(), follow }
    }
}

/// What every slot holds up, by the links from one need to the next.
fn follow(instance: &Instance<'_>) -> Vec<Follow> {
    let ids = || instance.problem.slot_ids();
    let own = |slot| Follow {
        counting: instance.makespans.weight_of(instance.slot(slot).groups),
        tail: instance.slot(slot).service.0 as u64,
        groups: instance.slot(slot).groups,
        tails: std::array::from_fn(|g| {
            let own = instance.slot(slot).groups & (1 << g) != 0;
            if own { u32::try_from(instance.slot(slot).service.0).unwrap_or(u32::MAX) } else { 0 }
        }),
    };
    let mut follow = ids().map(own).collect::<Vec<_>>();
    // As often as needs can follow each other; links in a circle end with it.
    for _ in 0..instance.problem.needs().len() {
        let mut changed = false;
        for slot in ids() {
            let need = instance.problem.slot(slot).need;
            let mut best = own(slot);
            for other in instance.links.others(need, TieKind::NeededBy) {
                let next = follow[instance.problem.first_slot(other).index()];
                best.counting = best.counting.max(next.counting);
                best.groups |= next.groups;
                for (tail, next) in best.tails.iter_mut().zip(next.tails).filter(|(_, next)| *next > 0) {
                    *tail = (*tail).max(next.saturating_add(own(slot).tail as u32));
                }
            }
            for other in instance.links.others(need, TieKind::NeededBy) {
                let next = follow[instance.problem.first_slot(other).index()];
                if next.counting >= best.counting {
                    best.tail = best.tail.max(next.tail + own(slot).tail);
                }
            }
            best.tail = best.tail.min(u64::from(u32::MAX) >> 1);
            if best != follow[slot.index()] {
                follow[slot.index()] = best;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    follow
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ProblemData;
    use crate::model::{LinkRule, Makespan, NeedId, Seconds, Term, Time};
    use crate::tests::{built, good, instance, line, link, load, need, person, weighing};

    /// Three needs that follow each other, of 10, 20 and 30 seconds, and one beside them, of 5.
    fn chain(party: bool) -> ProblemData {
        let mut data = line(&[0, 10, 25]);
        data.objective = weighing(&[(Term::Unserved, 1_000_000), (Term::Makespan, 1)]);
        good(&mut data, false);
        for home in [0, 2] {
            let somebody = person(&mut data, home, (0, 1000));
            somebody.shifts[0].party = party;
            somebody.capacity = load(8);
        }
        for service in [10, 20, 30, 5] {
            need(&mut data, 1, (0, 900), service);
        }
        data.needs[1].roles[0].load = load(2);
        let after = LinkRule::After { min: Seconds(0), max: None };
        data.links = vec![link(0, 1, after), link(1, 2, after)];
        let group = |needs: &[u32], weight| Makespan {
            needs: needs.iter().copied().map(NeedId).collect(),
            from: Time(0),
            weight,
        };
        data.makespans = vec![group(&[2], 9), group(&[0, 3], 4)];
        data
    }

    #[test]
    fn how_far_the_nearest_is_and_which_share_of_what_one_carries_is_taken() {
        let problem = built(&chain(false));
        let instance = instance(&problem);
        assert_eq!(instance.proximity.recreate_keys.away, [10; 4]);
        assert_eq!(instance.proximity.recreate_keys.share, [0, 250_000, 0, 0]);
        assert_eq!(
            instance.proximity.recreate_keys.follow(SlotId(0)),
            Follow::default(),
            "where nobody goes in a party"
        );
    }

    #[test]
    fn a_need_holds_up_what_follows_it() {
        let problem = built(&chain(true));
        let instance = instance(&problem);
        let follow = [0, 1, 2, 3].map(|slot| instance.proximity.recreate_keys.follow(SlotId(slot)));
        assert_eq!(
            follow.map(|f| (f.counting, f.tail, f.groups)),
            [(9, 60, 0b11), (9, 50, 0b01), (9, 30, 0b01), (4, 5, 0b10)]
        );
        assert_eq!(follow.map(|f| (f.tails[0], f.tails[1])), [(60, 10), (50, 0), (30, 0), (0, 5)]);
    }
}
