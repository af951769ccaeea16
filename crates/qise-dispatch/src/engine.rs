//! The one writer: decides commands in order, and holds what follows from them.
//!
//! Single-threaded, deterministic, without a clock and without I/O. What it decides is visible to the next question at once;
//! the entries for the journal wait in [`Engine::take_drafts`].

use qise::Problem;
use qise::model::Time;
use qise::plan::Plan;
use qise_io::NeedReader;
use qise_io::time::{Zone, parse_time};
use qise_journal::{Draft, Hash};
use qise_lifecycle::{
    Command as Ask, DeclineReason, Event, Lifecycle, Limits, Moment, NeedNo, OfferNo, Timer,
};
use serde_json::{Value, json};

use crate::command::Command;
use crate::events::{Happened, PlanEvent, SCHEMA_VERSION, need_of};
use crate::facts::facts_of;
use crate::idempotency::{KnownKeys, payload_hash};
use crate::notices::notices;
use crate::outcome::{Answer, Outcome};
use crate::plan_side::PlanSide;
use crate::refusal::Refusal;
use crate::rows::Told;

/// A command, and who gives it when.
#[derive(Clone, Debug, PartialEq)]
pub struct Submit {
    /// By which a command that comes again is known: it is carried out once.
    pub key: Option<String>,
    /// When it is given. Time never goes back: what comes late counts as of now.
    pub at: Time,
    /// Who gives it, for the journal.
    pub actor: String,
    /// What is asked for.
    pub command: Command,
}

impl Submit {
    /// A command without key and actor.
    pub fn new(at: Time, command: Command) -> Self {
        Self { key: None, at, actor: String::new(), command }
    }

    /// The same with a key.
    #[must_use]
    pub fn keyed(self, key: impl Into<String>) -> Self {
        Self { key: Some(key.into()), ..self }
    }
}

/// The state of the service, and its one writer.
pub struct Engine {
    pub(crate) side: PlanSide,
    pub(crate) life: Lifecycle,
    pub(crate) reader: NeedReader,
    pub(crate) now: Moment,
    /// Whether the needs of the start have been opened: with the first command, which tells the time.
    pub(crate) is_open: bool,
    pub(crate) seq: u64,
    pub(crate) known: KnownKeys,
    pub(crate) drafts: Vec<Draft>,
}

/// What an entry of the journal is about.
pub(crate) struct About {
    pub(crate) key: Option<String>,
    pub(crate) actor: String,
    pub(crate) payload: Hash,
    pub(crate) command: Value,
}

/// What a command has led to: all of it has happened.
pub(crate) struct Done {
    pub(crate) outcome: Outcome,
    pub(crate) events: Vec<Happened>,
}

impl Engine {
    /// The state before the first command.
    ///
    /// # Errors
    ///
    /// What of the problem the machines cannot take.
    pub fn new(problem: &Problem, plan: &Plan, reader: NeedReader, limits: Limits) -> Result<Self, Refusal> {
        for need in problem.standing() {
            let need = problem.need(need);
            facts_of(problem, need, Moment(0)).check().map_err(|fault| {
                let (key, fault) = (&need.key, fault.to_string());
                Refusal::new("start", qise::text!("need {key:?}: {fault}", "需求 {key:?}:{fault}"))
            })?;
        }
        Ok(Self {
            side: PlanSide::new(problem, plan)?,
            life: Lifecycle::new(limits),
            reader,
            now: Moment::MIN,
            is_open: false,
            seq: 0,
            known: KnownKeys::default(),
            drafts: Vec::new(),
        })
    }

    /// The zone of the scenario.
    pub fn zone(&self) -> &Zone {
        self.reader.zone()
    }

    /// The last entry of the journal that is part of the state.
    pub fn as_of(&self) -> u64 {
        self.seq
    }

    /// The time of the last command; nothing before the first.
    pub fn now(&self) -> Option<Time> {
        (self.now > Moment::MIN).then_some(Time(self.now.0))
    }

    /// The entries that were written since the last time, to be appended to the journal in this order.
    pub fn take_drafts(&mut self) -> Vec<Draft> {
        std::mem::take(&mut self.drafts)
    }

    /// Decides a command, after all timers that are due before it, and carries it out.
    ///
    /// # Errors
    ///
    /// Why not. Nothing has changed then, except that timers have fired.
    pub fn submit(&mut self, submit: &Submit) -> Result<Answer, Refusal> {
        self.carry_out(submit, |engine, at| engine.perform(at, &submit.command))
    }

    /// The same, where it is known how the command is carried out.
    pub(crate) fn carry_out(
        &mut self,
        submit: &Submit,
        perform: impl FnOnce(&mut Self, Moment) -> Result<Done, Refusal>,
    ) -> Result<Answer, Refusal> {
        if let Some(old) = self.known_answer(submit)? {
            return Ok(old);
        }
        let at = self.begin(submit)?;
        let before = self.now;
        self.set_now(at);
        let done = match perform(self, at) {
            Ok(done) => done,
            Err(refusal) => {
                if !self.settle_refused(at) {
                    self.now = before;
                    self.side.set_now(before);
                }
                return Err(refusal);
            }
        };
        let written = written(&submit.command);
        let payload = payload_hash(&written);
        let about = About { key: submit.key.clone(), actor: submit.actor.clone(), payload, command: written };
        let outcome = done.outcome.clone();
        self.record(at, about, done);
        Ok(Answer { seq: self.seq, outcome, is_repeated: false })
    }

    /// The answer to a command that was carried out before.
    ///
    /// # Errors
    ///
    /// The key was given to another command.
    pub(crate) fn known_answer(&self, submit: &Submit) -> Result<Option<Answer>, Refusal> {
        let Some(key) = &submit.key else { return Ok(None) };
        self.known.answer(key, payload_hash(&written(&submit.command)))
    }

    /// Fires all timers that are due before a command; when it counts as given.
    ///
    /// # Errors
    ///
    /// What it names is not known.
    pub(crate) fn begin(&mut self, submit: &Submit) -> Result<Moment, Refusal> {
        let at = Moment(submit.at.0).max(self.now);
        self.check_known(&submit.command)?;
        self.open(at);
        self.fire_before(at, &submit.command);
        Ok(at)
    }

    /// Whether everything that a command names is known, and the command is supported: asked before any timer fires.
    fn check_known(&self, command: &Command) -> Result<(), Refusal> {
        use Command as C;
        match command {
            C::Replan { around: Some(need), .. }
            | C::CancelNeed { need, .. }
            | C::Reopen { need, .. }
            | C::Rate { need, .. }
            | C::Hold { need, .. }
            | C::LoanBack { need } => drop(self.need(need)?),
            C::Offer { need, who, .. }
            | C::Withdraw { need, who }
            | C::NoShow { need, who }
            | C::Depart { need, who, .. }
            | C::Arrive { need, who, .. }
            | C::Done { need, who, .. } => {
                self.need(need)?;
                self.person(who)?;
            }
            C::Commit { need, who } => {
                self.need(need)?;
                who.iter().try_for_each(|who| self.person(who).map(drop))?;
            }
            C::Accept { offer } | C::Decline { offer, .. } if self.life.offer(OfferNo(*offer)).is_none() => {
                let words = qise::text!("there is no offer {offer}", "没有编号为 {offer} 的邀约");
                return Err(Refusal::new("unknown_offer", words));
            }
            C::OnDuty { who, .. } | C::OffDuty { who } | C::Position { who, .. } => drop(self.person(who)?),
            C::Raise { by, during, .. } => {
                self.person(by)?;
                during.as_ref().map_or(Ok(()), |need| self.need(need).map(drop))?;
            }
            _ => {}
        }
        Ok(())
    }

    /// The first command opens the needs of the start, at its time.
    fn open(&mut self, at: Moment) {
        if self.is_open {
            return;
        }
        let event = PlanEvent::Opened {};
        let told = self.opened(at);
        let done = Done { outcome: Outcome::noted(), events: vec![Happened::Plan(event)] };
        self.set_now(at);
        self.record(at, About::of_service("open"), done);
        self.remember(at, &told);
    }

    /// Opens the needs of the start: what happens to the machines.
    pub(crate) fn opened(&mut self, at: Moment) -> Vec<Happened> {
        self.is_open = true;
        let mut told = Vec::new();
        let mut happen = |life: &mut Lifecycle, event: Event| {
            // A plan may send more people than a need asks for: who is too many is not committed.
            if life.apply(at, &event).is_ok() {
                told.push(Happened::Life(event));
            }
        };
        for (no, row) in self.side.rows.iter() {
            let facts = facts_of(self.side.live.problem(), &row.input.need, at);
            happen(&mut self.life, Event::NeedAdded { need: no, facts, released: at, raised: None });
        }
        for (no, row) in self.side.rows.iter() {
            for seat in row.seats.iter().filter(|seat| seat.stop == 0) {
                let start = Moment(seat.start);
                happen(&mut self.life, Event::Committed { need: no, who: seat.who, role: seat.role, start });
            }
        }
        told
    }

    /// Time never goes back.
    pub(crate) fn set_now(&mut self, at: Moment) {
        self.now = self.now.max(at);
        self.side.set_now(self.now);
    }

    /// Fires all timers that are due before a command, each as an entry of its own at its time.
    fn fire_before(&mut self, at: Moment, command: &Command) {
        let ask = precedence_of(command);
        while let Some((due, timer)) = self.life.timer_before(at, &ask) {
            self.fire(due, timer);
        }
    }

    fn fire(&mut self, due: Moment, timer: Timer) {
        let events = self.life.fire(timer).expect("it is the next timer");
        let mut happened = self.leave_for(&events);
        for event in events {
            self.life.apply(due, &event).expect("what fires can be applied");
            happened.push(Happened::Life(event));
        }
        self.set_now(due);
        let done = Done { outcome: Outcome::noted(), events: happened };
        self.record(due, About::of_service(timer.code()), done);
    }

    /// A trial that failed leaves all as it was. Where the plan does not take again what others had, it says so in an entry of its own, and
    /// true is told.
    fn settle_refused(&mut self, at: Moment) -> bool {
        let mut done = Done { outcome: Outcome::noted(), events: Vec::new() };
        self.release_lost(at, &mut done.events);
        let is_told = !done.events.is_empty();
        if is_told {
            self.record(at, About::of_service("settle"), done);
        }
        is_told
    }

    /// Writes the entry of what has happened.
    fn record(&mut self, at: Moment, about: About, mut done: Done) {
        self.settle_lost(at, &mut done.events);
        self.seq += 1;
        self.remember(at, &done.events);
        let events = done.events.iter().map(|event| event.to_json(&self.side)).collect::<Value>();
        let outcome = serde_json::to_vec(&done.outcome).unwrap_or_default();
        let notices = notices(self, &done.events);
        if let Some(key) = &about.key {
            self.known.add(key.clone(), self.seq, about.payload, done.outcome);
        }
        self.drafts.push(Draft {
            at: at.0,
            recorded_at: at.0,
            actor: about.actor,
            key: about.key,
            payload_hash: about.payload,
            command: about.command.to_string().into_bytes(),
            outcome,
            events: events.to_string().into_bytes(),
            notices,
            schema_version: SCHEMA_VERSION,
        });
    }

    /// Adds what has happened to the stories of the needs.
    pub(crate) fn remember(&mut self, at: Moment, events: &[Happened]) {
        for event in events {
            let (no, told) = match event {
                Happened::Life(event) => {
                    let Some(no) = need_of(event, &self.life) else { continue };
                    (no, Told::Event(event.clone()))
                }
                Happened::Plan(PlanEvent::Said { need, text }) => {
                    let Some(no) = self.side.rows.find(need) else { continue };
                    (no, Told::Said(text.clone()))
                }
                Happened::Plan(PlanEvent::Weighed { need, who, added_travel_s, levels }) => {
                    let (Some(no), Some(who)) = (self.side.rows.find(need), self.side.person(who)) else {
                        continue;
                    };
                    let (added_travel_s, levels) = (*added_travel_s, levels.clone());
                    (no, Told::Weighed(crate::rows::Weighed { who, added_travel_s, levels }))
                }
                Happened::Plan(_) => continue,
            };
            self.side.rows.get_mut(no).story.push((self.seq, at, told));
        }
    }

    /// The need of an id.
    ///
    /// # Errors
    ///
    /// `unknown_need`.
    pub(crate) fn need(&self, key: &str) -> Result<NeedNo, Refusal> {
        self.side.rows.find(key).ok_or_else(|| Refusal::unknown_need(key))
    }

    /// The person of an id.
    ///
    /// # Errors
    ///
    /// `unknown_person`.
    pub(crate) fn person(&self, key: &str) -> Result<qise_lifecycle::PersonNo, Refusal> {
        self.side.person(key).ok_or_else(|| Refusal::unknown_person(key))
    }

    /// A time of a command.
    ///
    /// # Errors
    ///
    /// `bad_time`.
    pub(crate) fn time(&self, words: &str) -> Result<Time, Refusal> {
        read_time(words, self.reader.zone())
    }
}

/// A command as it is written down.
fn written(command: &Command) -> Value {
    serde_json::to_value(command).unwrap_or_default()
}

/// A time in words: RFC 3339, or local in a zone.
///
/// # Errors
///
/// `bad_time`.
pub(crate) fn read_time(words: &str, zone: &Zone) -> Result<Time, Refusal> {
    parse_time(words, Some(zone)).map_err(|bad| {
        let hint = bad.hint();
        let (en, zh) = (hint.en, hint.zh);
        let words = qise::text!(
            "{words:?} is no time such as \"2026-11-24T09:00:00+08:00\" {en}",
            "{words:?} 不是 \"2026-11-24T09:00:00+08:00\" 之类的时刻 {zh}"
        );
        Refusal::new("bad_time", qise::Text::new(words.en.trim_end(), words.zh.trim_end()))
    })
}

impl About {
    /// An entry that no client has asked for.
    fn of_service(what: &str) -> Self {
        let command = json!({ "service": what });
        Self { key: None, actor: String::new(), payload: payload_hash(&command), command }
    }
}

/// A command of the machines with the same place among those of one moment.
fn precedence_of(command: &Command) -> Ask {
    use Command as C;
    let (need, offer) = (NeedNo(0), OfferNo(0));
    match command {
        C::Accept { .. } | C::Decline { .. } | C::Rate { .. } => {
            Ask::Decline { offer, reason: DeclineReason::Other }
        }
        C::Offer { .. } | C::Commit { .. } | C::Hold { .. } | C::Tick {} | C::Replan { .. } => Ask::Tick,
        _ => Ask::LoanBack { need },
    }
}
