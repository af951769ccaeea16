//! The state from its journal: the start is the first entry, and whatever follows is folded in order. The planner is asked nothing.

use qise::model::{LatLon, Shift, Time};
use qise::plan::evaluate;
use qise_io::datum::Datum;
use qise_io::{NeedReader, PlanNotes, read_plan, read_scenario, write_plan, write_scenario};
use qise_journal::{Draft, Entry, Journal, entries};
use qise_lifecycle::{Limits, Moment, NeedNo};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::engine::Engine;
use crate::events::{self, Happened, PlanEvent, SCHEMA_VERSION, Unknown};
use crate::follow::has_begun;
use crate::outcome::Outcome;
use crate::refusal::Refusal;
use crate::service::Start;
use crate::snapshot;

/// What the first entry of a journal says: everything that the others build on.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Begin {
    service: String,
    datum: String,
    limits: Limits,
    /// A scenario document, as text.
    scenario: String,
    /// A plan document, as text.
    plan: String,
}

/// The first entry of a new journal.
pub(crate) fn first_entry(start: &Start, limits: Limits) -> Draft {
    let Start { scenario, plan, datum } = start;
    let evaluation = evaluate(&scenario.problem, plan);
    let begin = Begin {
        service: "begin".into(),
        datum: datum.as_str().into(),
        limits,
        scenario: write_scenario(&scenario.problem, &scenario.zone),
        plan: write_plan(&scenario.problem, &scenario.zone, plan, &evaluation, &PlanNotes::default()),
    };
    let command = serde_json::to_vec(&begin).unwrap_or_default();
    Draft {
        at: 0,
        recorded_at: 0,
        actor: String::new(),
        key: None,
        payload_hash: qise_journal::Hash::of(&command),
        command,
        outcome: serde_json::to_vec(&Outcome::noted()).unwrap_or_default(),
        events: b"[]".to_vec(),
        notices: Vec::new(),
        schema_version: SCHEMA_VERSION,
    }
}

/// The start that the first entry of a journal tells of.
///
/// # Errors
///
/// `foreign_entry` where it tells of none.
pub(crate) fn read_first(entry: &Entry) -> Result<(Start, Limits), Refusal> {
    let begin = serde_json::from_slice::<Begin>(&entry.command)
        .map_err(|error| broken(entry.seq, &Unknown(error.to_string())))?;
    let scenario = read_scenario(begin.scenario.as_bytes())?;
    let plan = read_plan(&scenario.problem, &scenario.zone, begin.plan.as_bytes())?.plan;
    let datum = Datum::ALL.iter().copied().find(|datum| datum.as_str() == begin.datum).unwrap_or_default();
    Ok((Start { scenario, plan, datum }, begin.limits))
}

/// The state after the first entry.
///
/// # Errors
///
/// What of the start the machines cannot take.
pub(crate) fn begin(start: &Start, limits: Limits) -> Result<Engine, Refusal> {
    let reader = NeedReader::new(&start.scenario.problem, start.scenario.zone.clone(), start.datum);
    let mut engine = Engine::new(&start.scenario.problem, &start.plan, reader, limits)?;
    engine.seq = 1;
    Ok(engine)
}

/// The state after the entry `until` of a journal, to be asked; nothing where the journal is empty.
///
/// It begins with the newest snapshot that is not beyond, if it fits; else with the first entry.
///
/// # Errors
///
/// What of the journal cannot be read or does not fit, and `other_scenario`.
pub fn replayed(journal: &dyn Journal, start: Option<&Start>, until: u64) -> Result<Option<Engine>, Refusal> {
    let Some(first) = entries(journal, 0, until.min(1)).next().transpose()? else { return Ok(None) };
    let (own, limits) = read_first(&first)?;
    if start.is_some_and(|start| !is_same(start, &own)) {
        return Err(other_scenario());
    }
    let follow = |mut engine: Engine| {
        for entry in entries(journal, engine.seq, until) {
            engine.fold(&entry?)?;
        }
        Ok::<_, Refusal>(engine)
    };
    if let Some(engine) = snapshot::restored(journal, &own, limits, until)?
        && let Ok(engine) = follow(engine)
    {
        return Ok(Some(engine));
    }
    follow(begin(&own, limits)?).map(Some)
}

/// An entry does not fit the state.
fn broken(seq: u64, why: &Unknown) -> Refusal {
    let why = &why.0;
    let text = qise::text!(
        "entry {seq} does not fit what was before: {why}",
        "第 {seq} 条记录与之前的内容不符：{why}"
    );
    Refusal::new("foreign_entry", text)
}

impl Engine {
    /// Folds the next entry of the journal.
    ///
    /// # Errors
    ///
    /// `foreign_entry` where it does not fit the state; the state is then of no use.
    pub(crate) fn fold(&mut self, entry: &Entry) -> Result<(), Refusal> {
        if entry.schema_version > SCHEMA_VERSION {
            let (seq, version) = (entry.seq, entry.schema_version);
            let text = qise::text!(
                "entry {seq} is of version {version}; {SCHEMA_VERSION} is the newest known here",
                "第 {seq} 条记录的版本为 {version}；本版本最高只能读取 {SCHEMA_VERSION}"
            );
            return Err(Refusal::new("newer_format", text));
        }
        self.fold_entry(entry).map_err(|why| broken(entry.seq, &why))
    }

    fn fold_entry(&mut self, entry: &Entry) -> Result<(), Unknown> {
        let bad = |error: serde_json::Error| Unknown(error.to_string());
        let at = Moment(entry.at);
        self.seq = entry.seq;
        let events = serde_json::from_slice::<Vec<Value>>(&entry.events).map_err(bad)?;
        let mut happened = Vec::with_capacity(events.len());
        for event in events {
            let event = Happened::from_json(event, &self.side)?;
            match &event {
                Happened::Life(event) => {
                    self.life.apply(at, event).map_err(|conflict| Unknown(conflict.to_string()))?;
                }
                Happened::Plan(PlanEvent::Opened {}) => happened.extend(self.opened(at)),
                Happened::Plan(event) => self.fold_plan(at, event)?,
            }
            happened.push(event);
        }
        // What was lost on the way is told by the events.
        let _ = self.side.lost();
        self.set_now(at);
        self.remember(at, &happened);
        if let Some(key) = &entry.key {
            let outcome = serde_json::from_slice(&entry.outcome).map_err(bad)?;
            self.known.add(key.clone(), entry.seq, entry.payload_hash, outcome);
        }
        Ok(())
    }

    fn fold_plan(&mut self, at: Moment, event: &PlanEvent) -> Result<(), Unknown> {
        let of_faults = |faults: qise::Faults| Unknown(faults.to_string());
        let diverged = |_| Unknown("the plan does not take this visit".into());
        let read = |engine: &Self, need: &Value| {
            let text = need.to_string();
            engine.reader.read(engine.side.live.problem(), text.as_bytes()).map_err(of_faults)
        };
        match event {
            PlanEvent::Asked { need } => {
                let input = read(self, need)?;
                self.side.add(input).map(drop).map_err(of_faults)
            }
            PlanEvent::Rewritten { need } => {
                let input = read(self, need)?;
                let no = events::need(&self.side, &input.need.key)?;
                self.side.change(no, input).map_err(of_faults)
            }
            PlanEvent::Seated { need, seats } => {
                let no = events::need(&self.side, need)?;
                let seats = events::read_seats(&self.side, seats)?;
                self.side.seat(no, &seats).map_err(diverged)
            }
            PlanEvent::Moved { visits } => {
                let visit = |visits: &events::VisitsWritten| {
                    let no = events::need(&self.side, &visits.need)?;
                    Ok((no, events::read_seats(&self.side, &visits.seats)?))
                };
                let moves = visits.iter().map(visit).collect::<Result<Vec<_>, Unknown>>()?;
                let life = &self.life;
                self.side.move_visits(&moves, |no| has_begun(life, no)).map_err(diverged)
            }
            PlanEvent::Unseated { need, who } => {
                let no = events::need(&self.side, need)?;
                let who =
                    who.iter().map(|who| events::person(&self.side, who)).collect::<Result<Vec<_>, _>>()?;
                self.side.unseat(no, &who).map_err(diverged)
            }
            PlanEvent::Vacated { need } => {
                let no = events::need(&self.side, need)?;
                self.side.vacate(no);
                Ok(())
            }
            PlanEvent::Renewed { need } => {
                let no = events::need(&self.side, need)?;
                self.side.renew(no).map_err(of_faults)
            }
            PlanEvent::OnDuty { who, start, end, day, at: there } => {
                let who = events::person(&self.side, who)?;
                let shift = Shift::new(Time(*start), Time(*end), *day);
                let there = there.map(|(lat, lon)| coordinate(lat, lon)).transpose()?;
                self.side.on_duty(who, shift, there, at).map_err(of_faults)
            }
            PlanEvent::OffDuty { who, shifts } => {
                let who = events::person(&self.side, who)?;
                let life = &self.life;
                let is_open = |no: NeedNo| life.need(no).is_some_and(|need| need.state.is_open());
                self.side.off_duty(who, shifts, at, is_open).map_err(of_faults)
            }
            PlanEvent::Position { who, lat, lon, shift } => {
                let who = events::person(&self.side, who)?;
                self.side.position(who, coordinate(*lat, *lon)?, at, *shift).map_err(of_faults)
            }
            PlanEvent::Stocked { depot, good, amount, after } => {
                let problem = self.side.live.problem();
                let unknown = || Unknown(format!("there is no depot {depot:?} or no goods {good:?}"));
                let (depot, good) = problem.depot_id(depot).zip(problem.good_id(good)).ok_or_else(unknown)?;
                self.side.live.set_stock(depot, good, *amount, Time(*after)).map(drop).map_err(of_faults)
            }
            PlanEvent::Opened {} | PlanEvent::Said { .. } | PlanEvent::Weighed { .. } => Ok(()),
        }
    }
}

fn coordinate(lat: f64, lon: f64) -> Result<LatLon, Unknown> {
    LatLon::new(lat, lon).ok_or_else(|| Unknown(format!("{lat}, {lon} is not on the globe")))
}

/// Whether two starts are of the same scenario.
pub(crate) fn is_same(one: &Start, other: &Start) -> bool {
    qise_io::fingerprint(&one.scenario.problem) == qise_io::fingerprint(&other.scenario.problem)
}

/// The refusal where a journal was begun with another scenario.
pub(crate) fn other_scenario() -> Refusal {
    let text = qise::text!("the journal was begun with another scenario", "该日志是以另一个场景开始的");
    Refusal::new("other_scenario", text)
}

/// The refusal where a new journal has nothing to begin with.
pub(crate) fn no_start() -> Refusal {
    let text = qise::text!(
        "the journal is empty: a scenario is needed to begin with",
        "日志为空：需要一个场景才能开始"
    );
    Refusal::new("no_start", text)
}
