//! In which order needs are put back.
//!
//! Source: the orders of Christiaens & Vanden Berghe (2020), as cited in [`super::ruin`], with their weights where all needs are worth
//! the same; elsewhere most often what is worth most for the time it takes.

use super::instance::Instance;
use super::random::Random;
use crate::model::SlotId;

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
}

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
        Self { away: ids().map(away).collect(), share: ids().map(share).collect() }
    }

    /// Brings needs into one of the orders.
    pub(super) fn sort(&self, instance: &Instance<'_>, slots: &mut [(u64, SlotId)], random: &mut Random) {
        let order = if instance.all_worth_the_same { draw(&EQUAL, random) } else { draw(&UNEQUAL, random) };
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
            };
        }
        slots.sort_unstable();
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
