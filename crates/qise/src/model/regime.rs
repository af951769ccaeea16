//! What occurs in a problem at all, and how large its figures can be.
//!
//! Everything that is found by looking at all needs, people or vehicles stands here, and nowhere else. The prices of the search and the
//! parts of it that may be left out are told by this record alone: a problem that changes in small steps keeps them as long as it stays
//! within its regime.

use super::problem::Problem;
use super::{Need, Promise, Role, Seconds, Time, Unit, Volunteer};

/// What occurs in a problem at all, and how large its figures can be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a record of facts")]
pub(crate) struct Regime {
    /// Whether a need asks for several people, or several stops of one.
    pub(crate) crews: bool,
    pub(crate) rides: bool,
    /// Whether some need asks for goods, or somebody has some on board.
    pub(crate) goods: bool,
    pub(crate) links: bool,
    /// Whether somebody's work of a day, their distance of a day, or their work of a week and rest between days is limited.
    pub(crate) day_work: bool,
    pub(crate) day_distance: bool,
    pub(crate) week_or_rest: bool,
    /// Whether some vehicle goes so far only.
    pub(crate) vehicle_range: bool,
    /// Needs, slots and people.
    pub(crate) needs: usize,
    pub(crate) slots: usize,
    pub(crate) volunteers: usize,
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
    /// The dearest change of a previous visit that a need itself sets a price for.
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

impl Regime {
    pub(super) fn new(problem: &Problem) -> Self {
        let (needs, people, units) = (problem.needs(), problem.volunteers(), problem.units());
        let latest = units.iter().map(|unit| unit.end).max().unwrap_or(Time(0));
        let limited = |is: fn(&Volunteer) -> bool| people.iter().any(is);
        let price = |role: &Role| role.prefers.iter().map(|wish| i128::from(wish.price)).sum::<i128>();
        let wishes = |need: &Need| need.roles.iter().map(price).sum::<i128>();
        let roles = || needs.iter().flat_map(|need| &need.roles);
        let acquaintances = || problem.acquaintances().iter().map(|&(.., price)| i128::from(price));
        let makespan = problem
            .makespans()
            .iter()
            .map(|group| i128::from(group.weight) * (i128::from(latest.0) - i128::from(group.from.0)).max(0));
        let services = problem.slot_ids().map(|slot| problem.ordinary_service(slot).0);
        Self {
            crews: needs.iter().any(|need| need.people() > 1),
            rides: problem.has_rides(),
            goods: problem.has_goods(),
            links: !problem.links().is_empty(),
            day_work: limited(|v| v.per_day.work.is_some()),
            day_distance: limited(|v| v.per_day.distance.is_some()),
            week_or_rest: limited(|v| v.week_work.is_some() || v.rest > Seconds::ZERO),
            vehicle_range: problem.vehicles().iter().any(|vehicle| vehicle.range.is_some()),
            needs: needs.len(),
            slots: problem.slots().len(),
            volunteers: people.len(),
            crew: needs.iter().map(Need::people).max().unwrap_or(1),
            priority: needs.iter().map(|need| i64::from(need.priority)).max().unwrap_or(1),
            priorities: needs.iter().map(|need| i128::from(need.priority)).sum(),
            promised: soft_promises(needs).count(),
            first_promise: soft_promises(needs).flat_map(|p| [p.start_by, p.finish_by]).flatten().min(),
            shortest_service: services.min().unwrap_or(0),
            told: problem.previous().is_some_and(|previous| !previous.assignments.is_empty()),
            change_price: needs.iter().filter_map(|need| need.change_price).max().unwrap_or(0),
            wishes: needs.iter().map(wishes).max().unwrap_or(0),
            all_wishes: roles().map(|role| i128::from(role.count) * price(role)).sum(),
            acquaintance: acquaintances().max().unwrap_or(0),
            acquaintances: acquaintances().sum(),
            longest_shift: units.iter().map(Unit::length).max().unwrap_or(Seconds::ZERO),
            all_shifts: units.iter().map(|unit| i128::from(unit.length().0)).sum(),
            latest,
            load: load(problem),
            load_share: load_share(people),
            makespan: makespan.sum(),
        }
    }
}

fn soft_promises(needs: &[Need]) -> impl Iterator<Item = &Promise> {
    needs.iter().filter_map(|need| need.promise.as_ref().filter(|promise| !promise.hard))
}

fn load(problem: &Problem) -> i128 {
    problem.volunteer_ids().zip(problem.volunteers()).fold(0, |sum, (id, volunteer)| {
        let offered: i128 = problem.units_of(id).map(|u| i128::from(problem.unit(u).length().0)).sum();
        let worked = i128::from(volunteer.ledger.worked.0) + offered;
        sum + worked * worked / (offered + i128::from(volunteer.ledger.offered.0)).max(1)
    })
}

fn load_share(people: &[Volunteer]) -> i128 {
    let shares = people.iter().map(|volunteer| {
        let shifts: i128 = volunteer.shifts.iter().map(|s| i128::from((s.end - s.start).0)).sum();
        let offered = shifts + i128::from(volunteer.ledger.offered.0);
        (i128::from(volunteer.ledger.worked.0) + shifts) * 1000 / offered.max(1)
    });
    shares.max().unwrap_or(0)
}
