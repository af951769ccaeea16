//! A need changes: whoever still fits stays, at the same time if that can be.

use qise::query::KeptRoutes;
use qise_lifecycle::{
    Command as Ask, Conflict, Event, Moment, NeedNo, Outcome as Led, Planning, ReleaseReason,
};
use serde_json::Value;

use crate::engine::{Done, Engine};
use crate::events::{Happened, PlanEvent};
use crate::facts::facts_of;
use crate::planning::{Agreeing, Obstacle, Planner};
use crate::refusal::Refusal;
use crate::rows::SeatAt;

impl Engine {
    pub(crate) fn change_need(&mut self, at: Moment, document: &Value) -> Result<Done, Refusal> {
        let input = self.reader.read(self.side.live.problem(), document.to_string().as_bytes())?;
        let no = self.need(&input.need.key)?;
        if self.side.hangs(no) {
            return Err(Obstacle::Hangs.refusal(|who| self.side.key_of(who)));
        }
        if input == self.side.row(no).input {
            return Err(self.refused(&Conflict::Unchanged { need: no }.into()));
        }
        let Some(need) = self.life.need(no) else { return Err(Refusal::unknown_need(&input.need.key)) };
        let facts = facts_of(self.side.live.problem(), &input.need, need.released);
        let is_for_machines = facts != need.facts;
        // all that could be refused is refused before anything changes
        let mut trial = facts.clone();
        trial.priority ^= u32::from(!is_for_machines);
        let trial = self.life.decide(at, &Ask::ChangeNeed { need: no, facts: trial }, &mut Agreeing);
        trial.map_err(|refusal| self.refused(&refusal))?;

        let former = self.side.row(no).seats.clone();
        let (old, has_left) = (self.side.row(no).input.clone(), need.crew().any(has_left));
        // What is refused leaves all as it was, also what others have fetched or brought in the same routes.
        let kept = if has_left && !self.side.is_split(no) { self.side.live.keep_routes() } else { None };
        let mut happened = Vec::new();
        let mut crew = former.iter().map(|seat| seat.who).collect::<Vec<_>>();
        crew.dedup();
        if !former.is_empty() {
            let unseated = self.unseat(no, &crew);
            happened.push(unseated.ok_or_else(|| Refusal::unknown_need(&input.need.key))?);
        }
        if let Err(faults) = self.side.change(no, input) {
            // As it was: it took these visits before.
            let _ = self.side.seat(no, &former);
            return Err(faults.into());
        }
        happened.push(Happened::Plan(PlanEvent::Rewritten { need: document.clone() }));

        let mut planner = Planner::new(&mut self.side);
        (planner.former, planner.has_left) = (former, has_left);
        if !planner.former.is_empty() {
            planner.ask_former(no, at);
        }
        if has_left && planner.kept().is_none() && !planner.former.is_empty() {
            // Whoever is on the way stays: what they cannot do is not asked of them.
            let former = std::mem::take(&mut planner.former);
            let who = former[0].who;
            let is_as_it_was = self.side.change(no, old).is_ok() && self.is_back(no, &former, kept.as_ref());
            debug_assert!(is_as_it_was, "it took these visits before");
            return Err(Obstacle::Unfit(who).refusal(|who| self.side.key_of(who)));
        }
        let (outcome, events) = if is_for_machines {
            let decision = self.life.decide(at, &Ask::ChangeNeed { need: no, facts }, &mut planner);
            let decision = decision.map_err(|refusal| refusal.code());
            let decision = decision.expect("the trial was not refused");
            (decision.outcome, decision.events)
        } else {
            moved(&self.life, at, no, &mut planner)
        };
        let kept = planner.kept().map(<[_]>::to_vec);
        self.apply(at, events, &mut happened);
        let crew = self.life.need(no).map(|need| need.crew().map(|member| member.who).collect::<Vec<_>>());
        if let (Some(kept), Some(crew)) = (kept, crew)
            && kept.iter().all(|seat| crew.contains(&seat.who))
            && let Ok(seated) = self.seat(no, &kept)
        {
            happened.push(seated);
        }
        Ok(Done { outcome: self.outcome(&outcome), events: happened })
    }
}

impl Engine {
    /// Whether a need that is as it was has its visits again, and all others theirs.
    fn is_back(&mut self, no: NeedNo, former: &[SeatAt], kept: Option<&KeptRoutes>) -> bool {
        let Some(kept) = kept else { return self.side.seat_as(no, former).is_ok() };
        let lost = self.side.lost().into_iter().filter(|&lost| lost != no).collect::<Vec<_>>();
        let told = lost.into_iter().map(|lost| (lost, self.side.row(lost).seats.clone()));
        let visits = [(no, former.to_vec())].into_iter().chain(told).collect();
        self.side.come_back(kept, &visits).is_ok() || self.side.seat_as(no, former).is_ok()
    }
}

/// Whether somebody of a crew has left for it.
fn has_left(member: &qise_lifecycle::Member) -> bool {
    member.state != qise_lifecycle::AssignmentState::Committed
}

/// What happens to those who are committed when a need changes in what the machines do not know: its place, its skills.
fn moved(
    life: &qise_lifecycle::Lifecycle,
    at: Moment,
    no: NeedNo,
    planner: &mut Planner<'_>,
) -> (Led, Vec<Event>) {
    let mut events = Vec::new();
    let mut who = Vec::new();
    let need = life.need(no);
    let committed =
        |member: &&qise_lifecycle::Member| member.state == qise_lifecycle::AssignmentState::Committed;
    for member in need.into_iter().flat_map(|need| need.crew().filter(committed)) {
        match planner.still_fits(at, no, member.role, member.who) {
            Ok(placed) if placed.start != member.start => {
                events.push(Event::Retimed { need: no, who: member.who, start: placed.start });
            }
            Ok(_) => {}
            Err(_) => {
                who.push(member.who);
                let reason = ReleaseReason::NoLongerFits;
                events.push(Event::Released { need: no, who: member.who, reason });
            }
        }
    }
    let missing = need.map_or(0, qise_lifecycle::Need::missing) + who.len() as u16;
    (Led::Released { who, missing }, events)
}
