//! In which order needs are put back.
//!
//! Source: the orders of Christiaens & Vanden Berghe (2020), as cited in [`super::string_removal`], with their weights where all needs are worth
//! the same; elsewhere most often what is worth most for the time it takes.

use crate::base::Random;
use crate::model::SlotId;
use crate::solve::instance::Instance;
use crate::solve::instance::recreate_keys::{Follow, RecreateKeys};

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

impl RecreateKeys {
    /// Brings needs into one of the orders.
    pub(crate) fn sort(&self, instance: &Instance<'_>, slots: &mut [(u64, SlotId)], random: &mut Random) {
        let order = if !instance.parties.is_empty() {
            draw(&PARTIES, random)
        } else if instance.stakes.all_prizes_equal {
            draw(&EQUAL, random)
        } else {
            draw(&UNEQUAL, random)
        };
        let order =
            if order == Order::Heavy && instance.loads.dimensions == 0 { Order::Random } else { order };
        for (key, id) in slots.iter_mut() {
            let slot = instance.slot(*id);
            *key = match order {
                Order::Random => u64::from(random.below(1 << 31)),
                Order::Worth => u64::MAX - ((slot.prize as u64) << 1 | u64::from(random.once_in(2))),
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
                    u64::MAX
                        - (instance
                            .parties
                            .labour(instance.problem.slot(*id).need, instance.slot(*id).service)
                            as f64
                            * (0.8 + 0.4 * random.unit())) as u64
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
