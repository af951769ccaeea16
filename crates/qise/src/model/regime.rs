//! What occurs in a problem at all, and how large its figures can be.
//!
//! Everything that is found by looking at all needs, people or vehicles stands here, and nowhere else: `problem/regime` finds it. The prices of the search and the
//! parts of it that may be left out are told by this record alone: a problem that changes in small steps keeps them as long as it stays
//! within its regime.

use super::{Seconds, Time};

/// What occurs in a problem at all, and how large its figures can be.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a record of facts")]
pub(crate) struct Regime {
    /// Whether a need asks for several people, or several stops of one.
    pub(crate) crews: bool,
    pub(crate) rides: bool,
    /// Whether some need asks for goods, or somebody has some on board.
    pub(crate) goods: bool,
    pub(crate) links: bool,
    /// Whether people may go as parties.
    pub(crate) parties: bool,
    /// Whether somebody's work or distance is limited, of a day or of a week, or their rest between days.
    pub(crate) work_limited: bool,
    pub(crate) distance_limited: bool,
    pub(crate) rests: bool,
    /// Whether some shift may end late.
    pub(crate) overtime: bool,
    /// Whether some need may be handed to others.
    pub(crate) outsourced: bool,
    /// Whether some vehicle goes so far only.
    pub(crate) vehicle_range: bool,
    /// Needs, slots and people.
    pub(crate) needs: usize,
    pub(crate) slots: usize,
    pub(crate) volunteers: usize,
    /// Teams, and the most to which one person belongs.
    pub(crate) teams: usize,
    pub(crate) teams_of_one: usize,
    /// How many people must go out, over all teams; what one person, and all together, cost at most who go out less than teams wish.
    pub(crate) people_due: i128,
    pub(crate) person_wished: i128,
    pub(crate) all_people_wished: i128,
    /// The most people that one need asks for.
    pub(crate) crew: usize,
    /// The highest priority, and all of them together.
    pub(crate) priority: i64,
    pub(crate) priorities: i128,
    /// Needs with a promise that may be missed, and the first moment that one of these names.
    pub(crate) promised: usize,
    pub(crate) first_promise: Option<Time>,
    /// The shortest service of a slot at an ordinary pace, in seconds.
    pub(crate) shortest_service: i64,
    /// Whether somebody was told of a visit by a previous plan.
    pub(crate) told: bool,
    /// The dearest change of a previous visit; 0 if there is no previous plan.
    pub(crate) change_price: u32,
    /// What the wishes of one need cost at most, and those of all together.
    pub(crate) wishes: i128,
    pub(crate) all_wishes: i128,
    /// The dearest link that asks for the same people, and all of them together.
    pub(crate) acquaintance: i128,
    pub(crate) acquaintances: i128,
    /// The longest unit, and all together; the last end.
    pub(crate) longest_shift: Seconds,
    pub(crate) all_shifts: i128,
    pub(crate) latest: Time,
    /// The most that the load of all people can reach, and the greatest share of offered time, in thousandths.
    pub(crate) load: i128,
    pub(crate) load_share: i128,
    /// What the last ends count at most, weighed, in seconds.
    pub(crate) makespan: i128,
}
