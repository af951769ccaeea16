//! Finds the regime of a problem: the one place that looks at all needs, people and vehicles for it.

use std::sync::Arc;

use super::Problem;
use crate::model::regime::Regime;
use crate::model::{Measure, Need, Promise, Role, Seconds, Shift, TeamId, Time, Unit, Volunteer};

impl Problem {
    /// What occurs at all, and how large figures can be. Found once.
    pub(crate) fn regime(&self) -> &Regime {
        self.regime.get_or_init(|| Arc::new(regime(self)))
    }
}

/// What of a regime is used up, of the sums that grow need by need and shift by shift.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Used {
    priorities: i128,
    promised: i64,
    wishes: i128,
    shifts: i128,
}

impl Used {
    /// By all needs and shifts of a problem.
    pub(crate) fn by(problem: &Problem) -> Self {
        let mut used = Self::default();
        problem.needs().iter().for_each(|need| used.count_need(need, 1));
        problem.volunteers().iter().flat_map(|who| &who.shifts).for_each(|shift| used.count_shift(shift, 1));
        used
    }

    /// Counts a need (1), or counts it no more (-1).
    pub(crate) fn count_need(&mut self, need: &Need, sign: i64) {
        self.priorities += i128::from(sign) * i128::from(need.priority);
        self.promised += sign * soft_promises(std::slice::from_ref(need)).count() as i64;
        let wishes = need.roles.iter().map(|role| i128::from(role.count) * wish_price(role)).sum::<i128>();
        self.wishes += i128::from(sign) * wishes;
    }

    /// Counts a shift (1), or counts it no more (-1).
    pub(crate) fn count_shift(&mut self, shift: &Shift, sign: i64) {
        self.shifts += i128::from(sign) * i128::from((shift.latest_end() - shift.start).0.max(0));
    }
}

impl Regime {
    /// Whether a need can come into a problem without going beyond what its regime declares. It has no links.
    pub(crate) fn admits(&self, need: &Need, used: &Used) -> bool {
        let mut sum = *used;
        sum.count_need(need, 1);
        let promises = || soft_promises(std::slice::from_ref(need));
        let moments = promises().flat_map(|promise| [promise.start_by, promise.finish_by]).flatten();
        let services = need.roles.iter().flat_map(|role| {
            let service = role.service;
            need.stops.iter().map(move |stop| service.unwrap_or(stop.service).0)
        });
        (self.crews || need.people() == 1 && need.crew.is_empty() && need.max_ride.is_none())
            && need.people() <= self.crew
            && (self.rides || !need.is_ride())
            && (self.goods || need.goods.is_empty())
            && (self.outsourced || need.outsource.is_none())
            && (!self.parties || need.crew.is_empty())
            && i64::from(need.priority) <= self.priority
            && need.change_price.is_none_or(|price| price <= self.change_price)
            && need.roles.iter().map(wish_price).sum::<i128>() <= self.wishes
            && services.min().is_none_or(|service| service >= self.shortest_service)
            && (promises().next().is_none() || self.promised > 0)
            && moments.min().is_none_or(|first| self.first_promise.is_some_and(|known| known <= first))
            && sum.priorities <= self.priorities
            && sum.promised <= self.promised as i64
            && sum.wishes <= self.all_wishes
    }

    /// Whether somebody may be given a shift without going beyond what the regime declares.
    pub(crate) fn admits_shift(&self, shift: &Shift, used: &Used) -> bool {
        let mut sum = *used;
        sum.count_shift(shift, 1);
        (self.overtime || shift.overtime == Seconds::ZERO)
            && (self.goods || shift.carries.is_empty())
            && shift.latest_end() - shift.start <= self.longest_shift
            && shift.latest_end() <= self.latest
            && sum.shifts <= self.all_shifts
    }
}

fn wish_price(role: &Role) -> i128 {
    role.prefers.iter().map(|wish| i128::from(wish.price)).sum()
}

fn regime(problem: &Problem) -> Regime {
    let (needs, people, units) = (problem.needs(), problem.volunteers(), problem.units());
    let latest = units.iter().map(|unit| unit.end).max().unwrap_or(Time(0));
    let limited = |is: fn(&Volunteer) -> bool| people.iter().any(is);
    let wishes = |need: &Need| need.roles.iter().map(wish_price).sum::<i128>();
    let least = || {
        let least = problem.teams().iter().filter_map(|team| team.least_people);
        least.map(|least| (i128::from(least.count), least.price.map(i128::from)))
    };
    let wished = |team: TeamId| {
        let least = problem.teams()[team.index()].least_people;
        least.and_then(|least| least.price).map_or(0, i128::from)
    };
    let roles = || needs.iter().flat_map(|need| &need.roles);
    let acquaintances = || problem.acquaintances().iter().map(|&(.., price)| i128::from(price));
    let makespan = problem
        .makespans()
        .iter()
        .map(|group| i128::from(group.weight) * (i128::from(latest.0) - i128::from(group.from.0)).max(0));
    let asked = problem.slot_ids().filter(|&slot| !problem.need_of(slot).is_vacant());
    let services = asked.map(|slot| problem.ordinary_service(slot).0);
    Regime {
        crews: needs.iter().any(|need| need.people() > 1),
        rides: problem.has_rides(),
        goods: problem.has_goods(),
        links: !problem.links().is_empty(),
        parties: units.iter().any(|unit| unit.pool.is_some()),
        work_limited: limited(|v| v.most_of_route(Measure::Work).is_some()),
        distance_limited: limited(|v| v.most_of_route(Measure::Distance).is_some()),
        rests: limited(|v| v.rest > Seconds::ZERO),
        overtime: units.iter().any(|unit| unit.overtime_from < unit.end),
        outsourced: needs.iter().any(|need| need.outsource.is_some()),
        vehicle_range: problem.vehicles().iter().any(|vehicle| vehicle.range.is_some()),
        needs: needs.len(),
        slots: problem.slots().len(),
        volunteers: people.len(),
        teams: problem.teams().len(),
        teams_of_one: people.iter().map(|who| who.teams.len()).max().unwrap_or(0),
        people_due: least().filter(|(_, price)| price.is_none()).map(|(count, _)| count).sum(),
        person_wished: people
            .iter()
            .map(|who| who.teams.iter().map(|team| wished(*team)).sum())
            .max()
            .unwrap_or(0),
        all_people_wished: least().map(|(count, price)| count * price.unwrap_or(0)).sum(),
        crew: needs.iter().map(Need::people).max().unwrap_or(1),
        priority: needs.iter().map(|need| i64::from(need.priority)).max().unwrap_or(1),
        priorities: needs.iter().map(|need| i128::from(need.priority)).sum(),
        promised: soft_promises(needs).count(),
        first_promise: soft_promises(needs).flat_map(|p| [p.start_by, p.finish_by]).flatten().min(),
        shortest_service: services.min().unwrap_or(0),
        told: problem.previous().is_some_and(|previous| !previous.assignments.is_empty()),
        change_price: change_price(problem),
        wishes: needs.iter().map(wishes).max().unwrap_or(0),
        all_wishes: roles().map(|role| i128::from(role.count) * wish_price(role)).sum(),
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

fn soft_promises(needs: &[Need]) -> impl Iterator<Item = &Promise> {
    needs.iter().filter_map(|need| need.promise.as_ref().filter(|promise| !promise.hard))
}

fn load(problem: &Problem) -> i128 {
    problem.volunteer_ids().zip(problem.volunteers()).fold(0, |sum, (id, volunteer)| {
        let over_units = |of: fn(&Unit) -> Seconds| -> i128 {
            problem.units_of(id).map(|unit| i128::from(of(problem.unit(unit)).0)).sum()
        };
        // Overtime is worked, and not offered.
        let offered = over_units(|unit| unit.duty_end() - unit.start);
        let worked = i128::from(volunteer.ledger.worked.0) + over_units(Unit::length);
        sum + worked * worked / (offered + i128::from(volunteer.ledger.offered.0)).max(1)
    })
}

fn load_share(people: &[Volunteer]) -> i128 {
    let shares = people.iter().map(|volunteer| {
        let shifts: i128 = volunteer.shifts.iter().map(|s| i128::from((s.end - s.start).0)).sum();
        let overtime: i128 = volunteer.shifts.iter().map(|s| i128::from(s.overtime.0)).sum();
        let offered = shifts + i128::from(volunteer.ledger.offered.0);
        (i128::from(volunteer.ledger.worked.0) + shifts + overtime) * 1000 / offered.max(1)
    });
    shares.max().unwrap_or(0)
}

fn change_price(problem: &Problem) -> u32 {
    let own = problem.needs().iter().filter_map(|need| need.change_price).max().unwrap_or(0);
    problem.previous().map_or(0, |previous| own.max(previous.reassign_price).max(previous.retime_price))
}
