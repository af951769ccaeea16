//! Finds the regime of a problem: the one place that looks at all needs, people and vehicles for it.

use std::sync::Arc;

use super::Problem;
use crate::model::regime::Regime;
use crate::model::{Measure, Need, Promise, Role, Seconds, TeamId, Time, Unit, Volunteer};

impl Problem {
    /// What occurs at all, and how large figures can be. Found once.
    pub(crate) fn regime(&self) -> &Regime {
        self.regime.get_or_init(|| Arc::new(regime(self)))
    }
}

fn regime(problem: &Problem) -> Regime {
    let (needs, people, units) = (problem.needs(), problem.volunteers(), problem.units());
    let latest = units.iter().map(|unit| unit.end).max().unwrap_or(Time(0));
    let limited = |is: fn(&Volunteer) -> bool| people.iter().any(is);
    let price = |role: &Role| role.prefers.iter().map(|wish| i128::from(wish.price)).sum::<i128>();
    let wishes = |need: &Need| need.roles.iter().map(price).sum::<i128>();
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
    let services = problem.slot_ids().map(|slot| problem.ordinary_service(slot).0);
    Regime {
        crews: needs.iter().any(|need| need.people() > 1),
        rides: problem.has_rides(),
        goods: problem.has_goods(),
        links: !problem.links().is_empty(),
        work_limited: limited(|v| v.most_of_route(Measure::Work).is_some()),
        distance_limited: limited(|v| v.most_of_route(Measure::Distance).is_some()),
        rests: limited(|v| v.rest > Seconds::ZERO),
        overtime: units.iter().any(|unit| unit.overtime_from < unit.end),
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
