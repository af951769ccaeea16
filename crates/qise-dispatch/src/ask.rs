//! Answers to questions. Nothing changes, but that the plan forgets times which have passed.

use qise::model::{NeedId, Time, VolunteerId};
use qise::plan::{Plan, evaluate};
use qise::{Problem, Text};
use qise_io::{PlanNotes, report, write_plan};
use qise_lifecycle::{AssignmentState, LoanState, Moment, NeedNo, NeedState, OfferState, PersonNo};
use serde_json::{Map, Value, json};

use crate::command::Question;
use crate::engine::Engine;
use crate::planning::shifts_of;
use crate::refusal::Refusal;
use crate::rows::SeatAt;

impl Engine {
    /// Answers a question about the state as it is, as data.
    ///
    /// # Errors
    ///
    /// An id that is not known, or a question that makes no sense now.
    pub fn ask(&mut self, question: &Question) -> Result<Value, Refusal> {
        match question {
            Question::Rank { need, best } => {
                let no = self.need(need)?;
                Ok(self.rank(no, *best))
            }
            Question::Explain { need } => self.explaining(need)?.explained(),
            Question::Audit { need } => {
                let no = self.need(need)?;
                Ok(self.audit(no))
            }
            Question::Need { need } => {
                let no = self.need(need)?;
                Ok(self.need_now(no))
            }
            Question::Person { who } => {
                let who = self.person(who)?;
                Ok(self.person_now(who))
            }
            Question::Plan {} => self.plan(),
            Question::Status {} => Ok(self.status()),
        }
    }

    fn zoned(&self, moment: Moment) -> String {
        self.reader.zone().format(Time(moment.0))
    }

    /// Who could serve a need now: offers as `qise rank --json` tells them, and who has declined already.
    fn rank(&mut self, no: NeedNo, best: usize) -> Value {
        let now = self.now;
        let mut offers = Vec::new();
        if let Some(live) = self.side.row(no).live.filter(|_| self.side.freshen(no, now)) {
            let most = best.min(self.side.live.problem().units().len());
            offers = self.side.live.rank(live, most).unwrap_or_default();
            // what hangs on others may have windows that have passed
            offers.retain(|offer| offer.visits().all(|(_, visit)| visit.start.0 >= now.0));
        }
        let declined = self.life.declined(no).map(|(who, reason)| {
            json!({ "who": self.side.key_of(who), "reason": reason.map(qise_lifecycle::DeclineReason::code) })
        });
        let declined = declined.collect::<Value>();
        let offers = report::offers(self.side.live.problem(), self.reader.zone(), &offers);
        // nobody is offered for a need that has ended: its state says so
        let state = self.life.need(no).map(|need| need.state.code());
        json!({ "offers": offers, "declined": declined, "state": state, "as_of": self.seq })
    }

    /// The story of a need: from the journal, as it was then.
    fn audit(&self, no: NeedNo) -> Value {
        let story = self.story(no);
        let step = |step: &crate::story::Step| {
            json!({
                "seq": step.seq,
                "at": self.reader.zone().format(step.at),
                "what": step.code,
                "who": step.who,
                "reason": step.reason,
                "text": step.text.en,
                "text_zh": step.text.zh,
                "public_text": step.public.as_ref().map(|text| &text.en),
                "public_text_zh": step.public.as_ref().map(|text| &text.zh),
            })
        };
        let of_kind = |codes: &[&str]| {
            let of = story.iter().filter(|step| codes.contains(&step.code));
            of.map(|step| json!({ "who": step.who, "at": self.reader.zone().format(step.at), "reason": step.reason }))
                .collect::<Value>()
        };
        json!({
            "need": self.side.row(no).key,
            "asked": of_kind(&["offered"]),
            "declined": of_kind(&["declined", "offer_expired"]),
            "committed": of_kind(&["accepted", "committed"]),
            "went": of_kind(&["arrived"]),
            "story": story.iter().map(step).collect::<Value>(),
        })
    }

    /// How a need stands.
    pub(crate) fn need_now(&self, no: NeedNo) -> Value {
        let row = self.side.row(no);
        let mut told = json!({ "need": row.key, "name": row.input.need.name });
        let Some(need) = self.life.need(no) else {
            told["state"] = Value::Null;
            return told;
        };
        let members = need.members.iter().map(|member| {
            json!({
                "who": self.side.key_of(member.who),
                "role": member.role,
                "state": member.state.code(),
                "start": self.zoned(member.start),
                "committed": self.zoned(member.committed),
                "departed": member.departed.map(|at| self.zoned(at)),
                "arrived": member.arrived.map(|at| self.zoned(at)),
                "stops_done": member.stops_done,
                "overdue": member.overdue,
            })
        });
        let offers = need.open_offers.iter().filter_map(|&no| Some((no, self.life.offer(no)?)));
        let offers = offers.map(|(no, offer)| {
            json!({
                "offer": no.0,
                "who": self.side.key_of(offer.who),
                "role": offer.role,
                "start": self.zoned(offer.start),
                "expires": self.zoned(offer.expires),
            })
        });
        let more = json!({
            "state": need.state.code(),
            "since": self.zoned(need.since),
            "released": self.zoned(need.released),
            "attempt": need.attempt,
            "priority": need.facts.priority,
            "due": need.facts.promise.map(|promise| self.zoned(need.released.after(promise))),
            "deadline": need.facts.deadline.map(|at| self.zoned(at)),
            "missing": self.life.missing(no).map(|(role, count)| json!({ "role": role, "count": count })).collect::<Value>(),
            "members": members.collect::<Value>(),
            "offers": offers.collect::<Value>(),
            "declined": self.life.declined(no).map(|(who, reason)| json!({
                "who": self.side.key_of(who),
                "reason": reason.map(qise_lifecycle::DeclineReason::code),
            })).collect::<Value>(),
            "hold": need.hold.map(|hold| json!({ "reason": hold.reason.code(), "until": self.zoned(hold.until) })),
            "escalated": need.escalated.map(qise_lifecycle::Level::percent),
            "stars": need.stars,
            "loan": need.loan.map(|loan| loan.state.code()),
            "raised_by": need.raised.map(|raised| self.side.key_of(raised.by)),
            "raised_during": need.raised.and_then(|raised| raised.during).map(|no| &self.side.row(no).key),
        });
        if let (Some(told), Value::Object(more)) = (told.as_object_mut(), more) {
            told.extend(more);
        }
        told
    }

    /// Where a person stands: state, route, position, shifts, offers.
    fn person_now(&self, who: PersonNo) -> Value {
        let volunteer = self.side.start.volunteer(VolunteerId(who.0));
        let person = self.life.person(who);
        let mut route: Vec<(NeedNo, SeatAt)> = Vec::new();
        let needs = self.side.rows.iter().filter(|(_, row)| !row.seats.is_empty());
        for (no, row) in needs {
            route.extend(row.seats.iter().filter(|seat| seat.who == who).map(|&seat| (no, seat)));
        }
        route.sort_by_key(|(_, seat)| (seat.start, seat.end));
        let state_at = |no: NeedNo| {
            let need = self.life.need(no)?;
            need.member(who).map(|member| member.state)
        };
        let route = route.iter().map(|&(no, seat)| {
            json!({
                "need": self.side.row(no).key,
                "role": seat.role,
                "stop": seat.stop,
                "start": self.zoned(Moment(seat.start)),
                "end": self.zoned(Moment(seat.end)),
                "state": state_at(no).map(AssignmentState::code),
            })
        });
        let shifts = shifts_of(&self.side, who)
            .map(|(_, shift)| json!({ "start": self.zoned(Moment(shift.start.0)), "end": self.zoned(Moment(shift.end.0)) }));
        let position = self.side.positions.get(&who).map(|position| {
            let at = self.reader.datum().from_wgs84(position.at);
            json!({ "lat": at.lat(), "lon": at.lon(), "since": self.zoned(position.since) })
        });
        json!({
            "who": volunteer.key,
            "name": volunteer.name,
            "state": self.life.person_state(who).code(),
            "at": person.occupied.map(|no| &self.side.row(no).key),
            "offers": person.offers.iter().map(|offer| offer.0).collect::<Vec<_>>(),
            "route": route.collect::<Value>(),
            "shifts": shifts.collect::<Value>(),
            "position": position,
        })
    }

    /// The plan as it is, without entries in reserve, and the problem that it is for.
    pub(crate) fn plan_now(&mut self) -> (Problem, Plan) {
        let (problem, mut plan) = self.side.live.whole();
        let live = &self.side.live;
        plan.unserved.retain(|&need: &NeedId| live.asks_for(need));
        // In the order in which they came: their numbers in the problem tell what was tried besides.
        plan.unserved.sort_by_key(|&need| self.side.rows.of_live(need));
        (problem, plan)
    }

    fn plan(&mut self) -> Result<Value, Refusal> {
        let (problem, plan) = self.plan_now();
        let evaluation = evaluate(&problem, &plan);
        let text = write_plan(&problem, self.reader.zone(), &plan, &evaluation, &PlanNotes::default());
        let told = serde_json::from_str(&text);
        let mut told: Value =
            told.map_err(|error| Refusal::new("internal", Text::same(error.to_string())))?;
        // That of a problem which no document holds; it changes with the clock, and with what was asked.
        if let Some(told) = told.as_object_mut() {
            told.remove("fingerprint");
        }
        Ok(told)
    }

    fn status(&self) -> Value {
        let states =
            NeedState::ALL.iter().map(|&state| (state.code().to_owned(), json!(self.life.count(state))));
        let open_offers = self.life.offers().iter().filter(|offer| offer.state == OfferState::Sent).count();
        let out =
            |need: &&qise_lifecycle::Need| need.loan.is_some_and(|loan| loan.state != LoanState::Returned);
        json!({
            "now": (self.now > Moment::MIN).then(|| self.zoned(self.now)),
            "as_of": self.seq,
            "needs": states.collect::<Map<String, Value>>(),
            "offers": { "made": self.life.offers().len(), "open": open_offers },
            "loans_out": self.life.needs().iter().filter(out).count(),
            "keys": self.known.len(),
            "rebuilds": self.side.live.rebuilds(),
            "next_timer": self.life.next_timer().map(|(due, timer)| json!({ "at": self.zoned(due), "what": timer.code() })),
        })
    }
}
