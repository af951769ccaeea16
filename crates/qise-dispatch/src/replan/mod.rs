//! The plan is made anew with few changes, beside the service.
//!
//! 1. [`Engine::prepare`] takes down what the search has to know: the problem, the plan, and where needs and people stand.
//! 2. [`Replan::search`] looks for a better plan, without the engine, which goes on deciding. What it finds falls apart into
//!    components: routes and needs that hang together by a crew, by goods or by a vehicle.
//! 3. [`Engine::merge`] takes over each component of which nothing has changed meanwhile, and which makes the plan that stands by
//!    then better by the exact score, with the price of changes; the others are dropped whole. What is taken over is one entry of
//!    the journal, so that a replay searches nothing.
//!
//! What may change: needs that lack people, where nobody is being asked, get some, who are committed without an offer, as
//! by `commit`; nobody who has declined the need or has left its crew. Whoever is committed and has not left may be replaced or come
//! at another time where the scenario, or the need, puts a price on that and the objective counts it. Without a price they stay, and
//! whoever has left, is there or is done stays in any case, as does what hangs on other needs.
//!
//! A *change* is a visit somebody was told of, which they make no more, or at another time. Visits to needs that nobody
//! served are none.

mod component;
mod merge;
mod part;
mod search;
mod view;

use qise::model::{NeedId, Window};
use qise::plan::Plan;
use qise::text;
use qise_lifecycle::{AssignmentState, Moment, NeedNo, NeedState, PersonNo};

use crate::command::Command;
use crate::engine::{Engine, Submit};
use crate::outcome::Answer;
use crate::refusal::Refusal;
use component::Component;
use view::View;

/// A search may take so many seconds at most.
const LONGEST_S: f64 = 3600.0;

/// What a search beside the service has to know, as it was when it was asked for.
pub struct Replan {
    view: View,
    plan: Plan,
    needs: Vec<Known>,
    /// The need near which things may change; `None`: anywhere.
    around: Option<NeedId>,
    /// Nothing new begins before: the search takes until then.
    from: Moment,
    limit_s: f64,
}

/// What a search has found, to be merged into what has happened meanwhile.
pub struct Revision {
    view: View,
    /// The best for each change first.
    components: Vec<Component>,
}

/// What becomes of a command that asks for a new plan.
pub enum Prepared {
    /// It was carried out before.
    Known(Answer),
    /// The search may begin.
    Search(Box<Replan>),
}

/// A need that a search may change.
struct Known {
    no: NeedNo,
    live: NeedId,
    /// When it may be served from now on, stop by stop.
    windows: Vec<Vec<Window>>,
    /// Whoever declined it, or left its crew.
    barred: Vec<PersonNo>,
    /// What it costs to send somebody else, or at another time; `None`: nobody serves it yet.
    prices: Option<Prices>,
}

/// What changes of a visit cost that somebody was told of. What costs nothing is not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Prices {
    reassign: u32,
    retime: u32,
    /// A start may move by so many seconds for nothing.
    tolerance: i64,
}

impl Engine {
    /// Takes down what a search has to know, once all timers have fired that are due before the command.
    ///
    /// # Errors
    ///
    /// Why the command is refused, or that it asks for something else than a new plan.
    pub fn prepare(&mut self, submit: &Submit) -> Result<Prepared, Refusal> {
        if let Some(answer) = self.known_answer(submit)? {
            return Ok(Prepared::Known(answer));
        }
        let at = self.begin(submit)?;
        self.snapshot(at, &submit.command).map(|replan| Prepared::Search(Box::new(replan)))
    }

    /// Takes over what of a revision still stands. The command is the one that the search was prepared for.
    ///
    /// # Errors
    ///
    /// Why the command is refused.
    pub fn merge(&mut self, submit: &Submit, revision: &Revision) -> Result<Answer, Refusal> {
        let (_, most, _) = asked(&submit.command)?;
        self.carry_out(submit, |engine, at| Ok(engine.take_over(at, revision, most)))
    }

    /// The same at once, with a search in between.
    pub(crate) fn replan(&mut self, at: Moment, command: &Command) -> Result<crate::engine::Done, Refusal> {
        let (limit_s, most, _) = asked(command)?;
        let revision = self.snapshot(at, command)?.search(&qise::Stop::after(limit_s));
        Ok(self.take_over(at, &revision, most))
    }

    fn snapshot(&mut self, at: Moment, command: &Command) -> Result<Replan, Refusal> {
        let (limit_s, _, around) = asked(command)?;
        let around = match around {
            Some(key) => {
                let live = self.side.row(self.need(key)?).live;
                Some(live.ok_or_else(|| {
                    Refusal::new("past", text!("the need {key:?} has ended", "需求 {key:?} 已结束"))
                })?)
            }
            None => None,
        };
        let from = Moment(at.0.saturating_add(limit_s.ceil() as i64));
        let needs =
            self.side.rows.iter().map(|(no, _)| no).filter_map(|no| self.known_of(no, from)).collect();
        let view = View::of(&self.side, &self.life);
        Ok(Replan { view, plan: self.side.live.plan(), needs, around, from, limit_s })
    }

    /// What may change of a need, if anything may.
    fn known_of(&self, no: NeedNo, from: Moment) -> Option<Known> {
        let (row, need) = (self.side.row(no), self.life.need(no)?);
        let live = row.live.filter(|_| !self.side.hangs(no))?;
        let problem = self.side.live.problem();
        let mut windows = row.input.need.stops.iter().map(|stop| stop.windows.clone()).collect::<Vec<_>>();
        let prices = match need.state {
            NeedState::Queued if self.side.live.asks_for(live) => {
                if !row.seats.is_empty() {
                    // The others come when those do who have their places.
                    windows = problem.need(live).stops.iter().map(|stop| stop.windows.clone()).collect();
                }
                None
            }
            NeedState::Staffed => {
                let is_told = |state| state == AssignmentState::Committed;
                let stay = !need.crew().all(|member| is_told(member.state))
                    || row.seats.iter().any(|seat| seat.start < from.0);
                Some(Prices::of(problem, live).filter(|_| !stay)?)
            }
            _ => return None,
        };
        for window in &mut windows[0] {
            window.from = window.from.max(qise::model::Time(from.0));
        }
        windows[0].retain(|window| window.from <= window.to);
        if windows[0].is_empty() {
            return None;
        }
        let left = need.members.iter().filter(|member| !member.state.holds_place()).map(|member| member.who);
        let barred = self.life.declined(no).map(|(who, _)| who).chain(left).collect();
        Some(Known { no, live, windows, barred, prices })
    }
}

/// The seconds of the search, the most changes, and the need around which.
///
/// # Errors
///
/// `bad_limit`.
fn asked(command: &Command) -> Result<(f64, u32, Option<&str>), Refusal> {
    let Command::Replan { limit_s, most_changes, around } = command else {
        return Err(Refusal::new("conflict", text!("no new plan is asked for", "并未要求重新规划")));
    };
    if *limit_s > 0.0 && *limit_s <= LONGEST_S {
        return Ok((*limit_s, *most_changes, around.as_deref()));
    }
    let words = text!(
        "limit_s is more than 0 and at most {LONGEST_S} seconds, not {limit_s}",
        "limit_s 应大于 0 且不超过 {LONGEST_S} 秒，现为 {limit_s}"
    );
    Err(Refusal::new("bad_limit", words))
}
