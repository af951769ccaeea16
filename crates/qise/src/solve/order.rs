//! In which order needs are put back.
//!
//! Source: the orders of Christiaens & Vanden Berghe (2020), as cited in [`super::ruin`], with their weights where all needs are worth
//! the same; elsewhere most often what is worth most for the time it takes.

use super::instance::Instance;
use super::links::TieKind;
use super::random::Random;
use crate::model::{Makespan, SlotId};

/// One way to order needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Random,
    /// What is worth most first.
    Worth,
    /// What is worth most for the time it takes first, in broad strokes.
    Density,
    /// The heaviest first.
    Heavy,
    /// Farthest from where people start first.
    Far,
    Close,
    /// The narrowest window first.
    Narrow,
    /// The window that opens first.
    Early,
    /// The window that closes first.
    Urgent,
    /// What counts most of last ends first, of that what most work waits for, and then what asks for most people and time.
    Counting,
    /// What asks for most people and time first.
    Laborious,
}

/// Orders where people go as parties, by weight.
const PARTIES: [(Order, u32); 3] = [(Order::Random, 2), (Order::Counting, 3), (Order::Laborious, 2)];

/// Orders where all needs are worth the same, by weight.
const EQUAL: [(Order, u32); 7] = [
    (Order::Random, 4),
    (Order::Heavy, 4),
    (Order::Far, 2),
    (Order::Close, 1),
    (Order::Narrow, 2),
    (Order::Early, 2),
    (Order::Urgent, 2),
];

/// Where some needs outweigh any number of others, these come in any place in one order of so many.
const ANY_CLASS: u32 = 4;

/// Orders where they are not.
const UNEQUAL: [(Order, u32); 6] = [
    (Order::Random, 1),
    (Order::Worth, 2),
    (Order::Density, 6),
    (Order::Far, 1),
    (Order::Close, 1),
    (Order::Heavy, 1),
];

/// What the orders ask of every need.
#[derive(Debug, Default)]
pub(super) struct Orders {
    /// Seconds from where the nearest person starts.
    away: Vec<u32>,
    /// The largest share of the largest capacity that it takes, in millionths.
    share: Vec<u32>,
    /// Where people go as parties, what waits for it.
    follow: Vec<Follow>,
}

/// What a need holds up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Follow {
    /// How much the last ends count that its end may move, or those of what follows it.
    pub(super) counting: u64,
    /// Seconds from its start to the end of what follows it and counts as much, one after the other.
    pub(super) tail: u64,
    /// The groups whose last ends it may move, or what follows it may.
    pub(super) groups: u8,
    /// For each of these groups the seconds from its start to the end of what follows and is of the group, one after the other.
    pub(super) tails: [u32; Makespan::MOST],
}

impl Orders {
    pub(super) fn new(instance: &Instance<'_>) -> Self {
        let ids = || instance.problem.slot_ids();
        let away = |slot: SlotId| {
            let nearest = instance.candidates.of(slot).first();
            let seconds = nearest.map_or(0, |&unit| {
                instance.leg(unit, instance.unit(unit).from, instance.slot(slot).place).seconds
            });
            u32::try_from(seconds).unwrap_or(u32::MAX)
        };
        let mut largest = vec![1; instance.dimensions];
        for unit in instance.problem.unit_ids() {
            for (most, &capacity) in largest.iter_mut().zip(instance.capacities(unit)) {
                *most = capacity.max(*most);
            }
        }
        let share = |slot: SlotId| {
            let shares =
                instance.loads(slot).iter().zip(&largest).map(|(&load, &most)| load as f64 / most as f64);
            (shares.fold(0.0, f64::max) * 1e6) as u32
        };
        let follow = if instance.parties.is_empty() { Vec::new() } else { follow(instance) };
        Self { away: ids().map(away).collect(), share: ids().map(share).collect(), follow }
    }

    /// What a slot holds up.
    pub(super) fn follow(&self, slot: SlotId) -> Follow {
        self.follow.get(slot.index()).copied().unwrap_or_default()
    }

    /// Brings needs into one of the orders.
    pub(super) fn sort(&self, instance: &Instance<'_>, slots: &mut [(u64, SlotId)], random: &mut Random) {
        let order = if !instance.parties.is_empty() {
            draw(&PARTIES, random)
        } else if instance.all_worth_the_same {
            draw(&EQUAL, random)
        } else {
            draw(&UNEQUAL, random)
        };
        let order = if order == Order::Heavy && instance.dimensions == 0 { Order::Random } else { order };
        for (key, id) in slots.iter_mut() {
            let slot = instance.slot(*id);
            *key = match order {
                Order::Random => u64::from(random.below(1 << 31)),
                Order::Worth => u64::MAX - ((slot.worth as u64) << 1 | u64::from(random.once_in(2))),
                Order::Density => {
                    u64::MAX - (instance.density(*id, 0) * (0.8 + 0.4 * random.unit())).to_bits()
                }
                Order::Heavy => u64::from(u32::MAX - self.share[id.index()]),
                Order::Far => u64::from(u32::MAX - self.away[id.index()]),
                Order::Close => u64::from(self.away[id.index()]),
                Order::Narrow => (slot.closes() - slot.opens()).0 as u64,
                Order::Early => (slot.opens().0 as u64) ^ (1 << 63),
                Order::Urgent => (slot.closes().0 as u64) ^ (1 << 63),
                Order::Counting => {
                    let Follow { counting, tail, .. } = self.follow[id.index()];
                    u64::MAX - (counting.min(u32::MAX.into()) << 32 | tail)
                }
                Order::Laborious => {
                    u64::MAX - (instance.labour(*id) as f64 * (0.8 + 0.4 * random.unit())) as u64
                }
            };
        }
        slots.sort_unstable();
        // What outweighs any number of others is put back before them, mostly.
        if !instance.stakes.before_others().is_empty() && !random.once_in(ANY_CLASS) {
            slots.sort_by_key(|&(_, slot)| instance.stakes.class(slot));
        }
    }
}

/// What every slot holds up, by the links from one need to the next.
fn follow(instance: &Instance<'_>) -> Vec<Follow> {
    let ids = || instance.problem.slot_ids();
    let own = |slot| Follow {
        counting: instance.counting(slot),
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

impl Instance<'_> {
    /// How much the last ends count that the end of a visit may move.
    pub(super) fn counting(&self, slot: SlotId) -> u64 {
        let groups = self.slot(slot).groups;
        let counting = self.makespans.iter().enumerate().filter(|(g, _)| groups & (1 << g) != 0);
        counting.map(|(_, (_, weight))| *weight as u64).sum()
    }

    /// Time of all who serve it together, weighed by what they are worth; in hundredths.
    pub(super) fn labour(&self, slot: SlotId) -> u64 {
        let price = self.parties.price(self.problem.slot(slot).need);
        (price * self.slot(slot).service.0.max(0) as f64 * 100.0).min(f64::from(u32::MAX)) as u64
    }
}

fn draw<const N: usize>(orders: &[(Order, u32); N], random: &mut Random) -> Order {
    let mut draw = random.below(orders.iter().map(|(_, weight)| weight).sum());
    for &(order, weight) in orders {
        if draw < weight {
            return order;
        }
        draw -= weight;
    }
    Order::Random
}
