//! How large each term can be, and that no score leaves the range of exact integers.

use super::Problem;
use crate::model::{Code, Fault, Faults, Makespan, Role, Term};
use crate::text;

/// Scores stay below this, so that sums and differences of two never overflow.
const SCORE_LIMIT: i128 = 1 << 58;

/// What each term can reach at most in any plan of this problem.
pub(crate) fn most(problem: &Problem, term: Term) -> i128 {
    let needs = problem.needs();
    let count = needs.len() as i128;
    let visits = problem.slots().len() as i128;
    let shifts: i128 = problem.units().iter().map(|u| i128::from(u.length().0)).sum();
    let latest = problem.units().iter().map(|u| i128::from(u.end.0)).max().unwrap_or(0);
    let tardiness = || {
        let promises = needs.iter().filter_map(|n| n.promise.filter(|p| !p.hard));
        let first = promises.flat_map(|p| [p.start_by, p.finish_by]).flatten().map(|t| i128::from(t.0)).min();
        first.map_or(0, |first| (latest - first).max(0))
    };
    match term {
        Term::UnservedMandatory | Term::Unserved => count,
        Term::Late => visits,
        Term::UnservedPriority => needs.iter().map(|n| i128::from(n.priority)).sum(),
        Term::Tardiness => visits * tardiness(),
        Term::WorstTardiness => tardiness(),
        Term::TravelTime | Term::WorkTime | Term::Waiting | Term::Spread => shifts,
        // For each visit at most a call before it and one after it.
        Term::Distance => {
            2 * (1 + 2 * i128::from(problem.has_goods())) * visits.max(1) * i128::from(u32::MAX)
        }
        Term::People => problem.volunteers().len() as i128,
        Term::Load => problem.volunteers().iter().zip(0..).fold(0, |sum, (volunteer, v)| {
            let units = problem.units_of(crate::model::VolunteerId(v));
            let offered: i128 = units.map(|u| i128::from(problem.unit(u).length().0)).sum();
            let worked = i128::from(volunteer.ledger.worked.0) + offered;
            sum + worked * worked / (offered + i128::from(volunteer.ledger.offered.0)).max(1)
        }),
        Term::LoadRange | Term::LoadWorst => {
            let shares = problem.volunteers().iter().map(|volunteer| {
                let shifts: i128 = volunteer.shifts.iter().map(|s| i128::from((s.end - s.start).0)).sum();
                let offered = shifts + i128::from(volunteer.ledger.offered.0);
                (i128::from(volunteer.ledger.worked.0) + shifts) * 1000 / offered.max(1)
            });
            shares.max().unwrap_or(0)
        }
        Term::Makespan => {
            let group =
                |group: &Makespan| i128::from(group.weight) * (latest - i128::from(group.from.0)).max(0);
            problem.makespans().iter().map(group).sum()
        }
        Term::Preferences => {
            let price = |r: &Role| r.prefers.iter().map(|w| i128::from(w.price)).sum::<i128>();
            let wishes = needs.iter().flat_map(|n| &n.roles).map(|r| i128::from(r.count) * price(r));
            // Everybody who comes may be a stranger, those who go along in a party too.
            let people = problem.volunteers().len() as i128;
            let strangers = problem.acquaintances().iter().map(|&(.., price)| people * i128::from(price));
            wishes.chain(strangers).sum()
        }
        Term::Disruption => problem.previous().map_or(0, |previous| {
            let own = needs.iter().filter_map(|n| n.change_price).max().unwrap_or(0);
            count * i128::from(own.max(previous.reassign_price).max(previous.retime_price))
        }),
    }
}

/// No plan of this problem can score beyond exact integers.
pub(super) fn check_weights(problem: &Problem, faults: &mut Faults) {
    for (l, level) in problem.objective().levels.iter().enumerate() {
        let reach: i128 = level.iter().map(|w| i128::from(w.weight) * most(problem, w.term)).sum();
        if reach > SCORE_LIMIT {
            let expected = text!(
                "weights with which no plan can score beyond 2^58 (this level can reach {reach})",
                "使任何方案的得分不超过 2^58 的权重(本层可达 {reach})"
            );
            let fault = Fault::new(
                format!("$.objective[{l}]"),
                Code::ObjectiveOverflow,
                text!("weights too large", "权重过大"),
                expected,
            );
            faults.push(fault.hint(text!("divide all weights of this level", "请同比缩小本层所有权重")));
        }
    }
}
