//! What a depot has now, and what is lent.
//!
//! A problem says how much a depot has *at first*, and a plan takes from that at every call. Whoever counts says what is there
//! *now*: so much was there at first, then, and what the calls have taken and given back that have been made. A call has been made once
//! somebody has left for the visit after it.

use qise::model::{Amount, DepotId, GoodId, Handling, LinkRule, Need, Problem, Time};
use qise::plan::{Call, Route};
use qise::text;
use qise_lifecycle::{AssignmentState, Lending, Moment, PersonNo};

use crate::engine::{Done, Engine};
use crate::events::{Happened, PlanEvent};
use crate::outcome::{Outcome, Stocked};
use crate::refusal::Refusal;

impl Engine {
    pub(crate) fn stock(
        &mut self,
        at: Moment,
        depot: &str,
        good: &str,
        amount: i64,
    ) -> Result<Done, Refusal> {
        let problem = self.side.live.problem();
        let depot_id = problem.depot_id(depot).ok_or_else(|| {
            Refusal::new("unknown_depot", text!("there is no depot {depot:?}", "没有仓储点 {depot:?}"))
        })?;
        let good_id = problem.good_id(good).ok_or_else(|| {
            Refusal::new("unknown_good", text!("there are no goods {good:?}", "没有物资 {good:?}"))
        })?;
        if !(0..=Amount::LIMIT).contains(&amount) {
            let most = Amount::LIMIT;
            let words =
                text!("amount is from 0 to {most}, not {amount}", "amount 应为 0 至 {most}，现为 {amount}");
            return Err(Refusal::new("bad_amount", words));
        }
        // More may have come back than was taken: what is there is counted, not what was.
        let first = (amount + self.drawn(at, depot_id, good_id)).max(0);
        let missing = self.side.live.set_stock(depot_id, good_id, first, Time(at.0))?;
        let (depot, good) = (depot.to_owned(), good.to_owned());
        let event = PlanEvent::Stocked { depot, good, amount: first, after: at.0 };
        Ok(Done {
            outcome: Outcome::Stock { stock: Stocked { missing } },
            events: vec![Happened::Plan(event)],
        })
    }

    /// What calls that have been made have taken from a depot, less what they have given back.
    fn drawn(&mut self, at: Moment, depot: DepotId, good: GoodId) -> i64 {
        let of = |amounts: &[Amount]| {
            amounts.iter().filter(|one| one.good == good).map(|one| one.amount).sum::<i64>()
        };
        let plan = self.side.live.plan();
        let all = plan.routes.iter().flat_map(|route| route.calls.iter().map(move |call| (route, call)));
        let made = all.filter(|(route, call)| call.depot == depot && self.is_made(at, route, call));
        made.map(|(_, call)| of(&call.takes) - of(&call.gives)).sum()
    }

    /// Whether a call has been made: somebody has left for a visit after it, or, where there is none, it is over.
    fn is_made(&self, at: Moment, route: &Route, call: &Call) -> bool {
        let who = PersonNo(self.side.live.problem().unit(route.unit).volunteer.0);
        let has_left = |visit: &qise::plan::Visit| {
            let need = self.side.live.seat_of(visit.need).map_or(visit.need, |(need, _)| need);
            let need = self.side.rows.of_live(need).and_then(|no| self.life.need(no));
            need.and_then(|need| need.member(who)).is_some_and(|member| {
                let is_under_way = member.state.is_occupied() && member.stops_done == visit.stop;
                member.state == AssignmentState::Done || member.stops_done > visit.stop || is_under_way
            })
        };
        let after = route.visits.get(call.before as usize..).unwrap_or_default();
        if after.is_empty() {
            return call.end.0 <= at.0 && route.visits.last().is_none_or(has_left);
        }
        after.iter().any(has_left)
    }
}

/// What a need lends: equipment, which comes back to a depot from wherever it is not left, and is left here. It should be back once
/// the need that fetches it has had its last chance.
pub(crate) fn lending_of(problem: &Problem, need: &Need) -> Option<Lending> {
    let lends = |need: &Need, handling: Handling| {
        let mut goods = need.goods.iter().filter(|supply| supply.handling == handling);
        goods.any(|supply| problem.good(supply.what.good).comes_back)
    };
    if !lends(need, Handling::Deliver) {
        return None;
    }
    let after = problem.links().iter().filter(|link| matches!(link.rule, LinkRule::After { .. }));
    let after = after.filter(|link| problem.need(link.from).key == need.key);
    let fetches = after.map(|link| problem.need(link.to)).filter(|other| lends(other, Handling::Collect));
    let last = fetches.flat_map(|other| &other.stops[0].windows).map(|window| window.to).max();
    Some(Lending { back_by: last.map(|last| Moment(last.0)) })
}
