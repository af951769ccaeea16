//! How large each term can be, and that no score leaves the range of exact integers.

use super::Problem;
use crate::model::{Code, Fault, Faults, Term};
use crate::text;

/// Scores stay below this, so that sums and differences of two never overflow.
const SCORE_LIMIT: i128 = 1 << 58;

/// What each term can reach at most in any plan of this problem.
pub(crate) fn most(problem: &Problem, term: Term) -> i128 {
    let regime = problem.regime();
    let (needs, visits) = (regime.needs as i128, regime.slots as i128);
    let latest = i128::from(regime.latest.0);
    let tardiness = || regime.first_promise.map_or(0, |first| (latest - i128::from(first.0)).max(0));
    match term {
        Term::UnservedMandatory | Term::Unserved => needs,
        Term::Late => visits,
        Term::UnservedPriority => regime.priorities,
        Term::Tardiness => visits * tardiness(),
        Term::WorstTardiness => tardiness(),
        Term::TravelTime | Term::WorkTime | Term::Waiting | Term::Spread => regime.all_shifts,
        // For each visit at most a call before it and one after it.
        Term::Distance => 2 * (1 + 2 * i128::from(regime.goods)) * visits.max(1) * i128::from(u32::MAX),
        Term::People => regime.volunteers as i128,
        Term::Load => regime.load,
        Term::LoadRange | Term::LoadWorst => regime.load_share,
        Term::Makespan => regime.makespan,
        // Everybody who comes may be a stranger, those who go along in a party too.
        Term::Preferences => regime.all_wishes + regime.volunteers as i128 * regime.acquaintances,
        Term::Disruption => problem.previous().map_or(0, |previous| {
            let dearest = regime.change_price.max(previous.reassign_price).max(previous.retime_price);
            needs * i128::from(dearest)
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
