//! The service: many threads ask, one decides, and a journal remembers.

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use qise::Problem;
use qise::model::Time;
use qise::plan::Plan;
use qise::{Stop, text};
use qise_io::Scenario;
use qise_io::datum::Datum;
use qise_io::time::Zone;
use qise_journal::{Committer, Journal, JournalError, Outbox, Settings as Commits};
use qise_lifecycle::Limits;
use serde_json::{Value, json};

use crate::command::{Command, Question};
use crate::engine::{Engine, Submit};
use crate::export::{self, Table};
use crate::keeper::Keeper;
use crate::outcome::Answer;
use crate::refusal::Refusal;
use crate::replan::{Prepared, Revision};
use crate::replay::{self, replayed};

/// What a new journal begins with.
#[derive(Clone, Debug)]
pub struct Start {
    /// The scenario.
    pub scenario: Scenario,
    /// The plan that holds already.
    pub plan: Plan,
    /// The datum of coordinates in commands.
    pub datum: Datum,
}

impl Start {
    /// A scenario that nobody has planned.
    pub fn new(scenario: Scenario, datum: Datum) -> Self {
        let plan = Plan::empty(&scenario.problem);
        Self { scenario, plan, datum }
    }
}

/// What is called after each sync, with the entries that it made durable.
type OnDurable = Box<dyn FnMut(RangeInclusive<u64>) + Send>;

/// How a service works.
pub struct Settings {
    limits: Limits,
    snapshot_every: u64,
    on_durable: Option<OnDurable>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { limits: Limits::default(), snapshot_every: 10_000, on_durable: None }
    }
}

impl Settings {
    /// How long things may take. Only a new journal takes them; an old one keeps its own.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// After how many entries the state is kept, so that opening the journal folds no more than about so many: 10,000 unless told. 0:
    /// never, not when it is closed either.
    #[must_use]
    pub fn snapshot_every(self, entries: u64) -> Self {
        Self { snapshot_every: entries, ..self }
    }

    /// Calls a function on the journal's thread after each sync, with the entries that became durable. It must not wait for the
    /// service.
    #[must_use]
    pub fn on_durable(self, call: impl FnMut(RangeInclusive<u64>) + Send + 'static) -> Self {
        Self { on_durable: Some(Box::new(call)), ..self }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("limits", &self.limits)
            .field("snapshot_every", &self.snapshot_every)
            .finish_non_exhaustive()
    }
}

/// The live service. It may be shared between threads by reference.
///
/// ```
/// use qise::model::Time;
/// use qise_dispatch::{Command, Dispatch, Outcome, Settings, Start, Submit};
/// use qise_io::datum::Datum;
/// use qise_journal::MemoryJournal;
///
/// let scenario = qise_io::read_scenario(br#"{
///     "format": "qise/scenario", "version": 1, "name": "nobody has called yet",
///     "time_zone": "Asia/Shanghai", "datum": "WGS-84",
///     "volunteers": [{
///         "id": "bat", "home": {"lon": 105.66488, "lat": 38.83305},
///         "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T18:00"}]
///     }],
///     "needs": []
/// }"#)?;
/// let at = |clock: &str| qise_io::time::parse_time(clock, Some(&scenario.zone)).expect("a time");
/// let (call, offer, answer) = (at("2026-11-24T09:00"), at("2026-11-24T09:02"), at("2026-11-24T09:05"));
/// let start = Start::new(scenario.clone(), Datum::Wgs84);
/// let live = Dispatch::open(MemoryJournal::default(), Some(start), Settings::default())?;
///
/// let water = serde_json::json!({
///     "id": "water-77", "at": {"lat": 38.85, "lon": 105.70}, "service": "PT20M",
///     "windows": [{"from": "2026-11-24T09:00", "to": "2026-11-24T17:00"}]
/// });
/// live.submit(&Submit::new(call, Command::AddNeed { need: water }).keyed("call-4711"))?;
/// let (need, who) = ("water-77".to_owned(), "bat".to_owned());
/// let asked = Command::Offer { need, who, role: 0, expires_s: 600 };
/// let asked = live.submit(&Submit::new(offer, asked).keyed("o-1"))?;
/// let taken = Command::Accept { offer: asked.outcome.offer().expect("an offer is out") };
/// let taken = live.submit(&Submit::new(answer, taken).keyed("a-1"))?;
/// assert!(matches!(taken.outcome, Outcome::Committed { .. } | Outcome::Changed { .. }));
/// live.wait_durable(taken.seq, std::time::Duration::from_secs(5))?;
/// live.close()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Dispatch {
    shared: Arc<Shared>,
}

struct Shared {
    engine: Mutex<Engine>,
    /// It goes before the committer, which it uses.
    keeper: Mutex<Keeper>,
    committer: Arc<Committer>,
    /// Whether something was decided that is not in the journal.
    is_ahead: AtomicBool,
    /// Whether no more is taken.
    is_closed: AtomicBool,
}

/// Asks about the state as it is. It may go to another thread.
///
/// It has no replica of its own yet: a question waits for the command that is being decided, and that for the question.
#[derive(Clone)]
pub struct Reader {
    shared: Arc<Shared>,
}

impl Dispatch {
    /// Opens a journal: a new one begins with `start`, an old one is replayed from its own. Where both are given they must be of
    /// the same scenario.
    ///
    /// The state is that of the newest snapshot, if it fits, and what follows from the entries after it.
    ///
    /// # Errors
    ///
    /// What of the journal cannot be read or does not fit; `no_start` and `other_scenario`.
    pub fn open(
        journal: impl Journal + 'static,
        start: Option<Start>,
        settings: Settings,
    ) -> Result<Self, Refusal> {
        Self::open_with(journal, start, settings, |journal, commits| Committer::start(journal, commits), true)
    }

    fn open_with<J: Journal + 'static>(
        journal: J,
        start: Option<Start>,
        settings: Settings,
        committer: impl FnOnce(J, Commits) -> Result<Committer, JournalError>,
        is_beside: bool,
    ) -> Result<Self, Refusal> {
        let engine = replayed(&journal, start.as_ref(), u64::MAX)?;
        let last = journal.latest_snapshot().ok().flatten().map_or(0, |snapshot| snapshot.of.seq);
        let mut commits = Commits::default();
        if let Some(call) = settings.on_durable {
            commits = commits.on_durable(call);
        }
        let committer = Arc::new(committer(journal, commits)?);
        let engine = if let Some(engine) = engine {
            engine
        } else {
            let start = start.ok_or_else(replay::no_start)?;
            let engine = replay::begin(&start, settings.limits)?;
            let seq = committer.append(replay::first_entry(&start, settings.limits))?;
            while !committer.wait_durable(seq, Duration::from_mins(1))? {}
            engine
        };
        let keeper = Mutex::new(Keeper::new(settings.snapshot_every, last, is_beside));
        let engine = Mutex::new(engine);
        let (is_ahead, is_closed) = (AtomicBool::new(false), AtomicBool::new(false));
        Ok(Self { shared: Arc::new(Shared { engine, keeper, committer, is_ahead, is_closed }) })
    }

    /// Decides a command. What it led to is visible at once, and durable once [`Dispatch::durable`] has come to its number.
    ///
    /// A command to replan takes as long as it says, and other threads go on meanwhile.
    ///
    /// # Errors
    ///
    /// Why it is refused, or that the journal has failed: then the service must be opened anew.
    pub fn submit(&self, submit: &Submit) -> Result<Answer, Refusal> {
        if let Command::Replan { .. } = &submit.command {
            return self.replan(submit);
        }
        self.decide(|engine| engine.submit(submit))
    }

    /// Takes down what the search for a new plan has to know. [`Dispatch::submit`] does this, searches and merges; whoever wants to say
    /// where and for how long the search runs does so step by step.
    ///
    /// # Errors
    ///
    /// As [`Engine::prepare`].
    pub fn prepare(&self, submit: &Submit) -> Result<Prepared, Refusal> {
        self.decide(|engine| engine.prepare(submit))
    }

    /// Takes over what of a revision still stands.
    ///
    /// # Errors
    ///
    /// As [`Engine::merge`].
    pub fn merge(&self, submit: &Submit, revision: &Revision) -> Result<Answer, Refusal> {
        self.decide(|engine| engine.merge(submit, revision))
    }

    /// Makes the plan anew. The caller waits for the search; nobody else does.
    fn replan(&self, submit: &Submit) -> Result<Answer, Refusal> {
        match self.prepare(submit)? {
            Prepared::Known(answer) => Ok(answer),
            Prepared::Search(replan) => {
                let stop = Stop::after(replan.limit_s());
                self.merge(submit, &replan.search(&stop))
            }
        }
    }

    /// Lets the engine decide, and hands what it has written to the journal.
    fn decide<T>(&self, decide: impl FnOnce(&mut Engine) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let mut engine = self.shared.lock()?;
        if self.shared.is_closed.load(Ordering::Acquire) {
            return Err(JournalError::Closed.into());
        }
        // Nobody decides on what will never be durable.
        if self.shared.is_ahead.load(Ordering::Acquire) {
            return Err(ahead());
        }
        let answer = decide(&mut engine);
        for draft in engine.take_drafts() {
            self.shared
                .committer
                .append(draft)
                .inspect_err(|_| self.shared.is_ahead.store(true, Ordering::Release))?;
        }
        self.shared.keeper().follow(&mut engine, &self.shared.committer);
        answer
    }

    /// Decides a command and waits until it is durable.
    ///
    /// # Errors
    ///
    /// As [`Dispatch::submit`].
    pub fn submit_durable(&self, submit: &Submit) -> Result<Answer, Refusal> {
        let answer = self.submit(submit)?;
        while !self.wait_durable(answer.seq, Duration::from_mins(1))? {}
        Ok(answer)
    }

    /// Time has come: timers that are due fire, in order.
    ///
    /// # Errors
    ///
    /// As [`Dispatch::submit`].
    pub fn tick(&self, at: Time) -> Result<Answer, Refusal> {
        self.submit(&Submit::new(at, Command::Tick {}))
    }

    /// Asks about the state as it is.
    pub fn reader(&self) -> Reader {
        Reader { shared: Arc::clone(&self.shared) }
    }

    /// The zone of the scenario.
    ///
    /// # Errors
    ///
    /// `broken`: the service has to be opened anew.
    pub fn zone(&self) -> Result<Zone, Refusal> {
        Ok(self.shared.lock()?.zone().clone())
    }

    /// The last entry that is durable.
    pub fn durable(&self) -> u64 {
        self.shared.committer.durable()
    }

    /// Waits until an entry is durable: false when that takes longer than `timeout`.
    ///
    /// # Errors
    ///
    /// When it will never be.
    pub fn wait_durable(&self, seq: u64, timeout: Duration) -> Result<bool, Refusal> {
        Ok(self.shared.committer.wait_durable(seq, timeout)?)
    }

    /// Hands out what people must be told, once it is durable, until it is marked as delivered.
    pub fn outbox(&self) -> Outbox {
        self.shared.committer.outbox()
    }

    /// The tables of [`export`](fn@crate::export): `events`, `needs` and `assignments`, of the state as it is.
    ///
    /// Needs and assignments are of one moment, and events go as far as these. The journal is read on its own thread: what is decided
    /// meanwhile becomes durable later.
    ///
    /// # Errors
    ///
    /// `broken`, `closed`, and what of the journal cannot be read.
    pub fn tables(&self) -> Result<[Table; 3], Refusal> {
        let (zone, until, [needs, assignments]) = {
            let engine = self.shared.lock()?;
            (engine.zone().clone(), engine.as_of(), engine.tables())
        };
        // The lock is released: whoever holds it may wait for that thread.
        let events = self.shared.committer.ask(move |journal| export::events(journal, &zone, until))??;
        Ok([events, needs, assignments])
    }

    /// Takes no more, and writes what waits, and the state as it is, so that it is opened soon.
    ///
    /// # Errors
    ///
    /// When not everything that was decided is in the journal.
    pub fn close(&self) -> Result<(), Refusal> {
        let engine = self.shared.lock();
        self.shared.is_closed.store(true, Ordering::Release);
        if let Ok(mut engine) = engine
            && !self.shared.is_ahead.load(Ordering::Acquire)
        {
            self.shared.keeper().finish(&mut engine, &self.shared.committer);
        }
        Ok(self.shared.committer.close()?)
    }
}

#[cfg(feature = "testing")]
impl Dispatch {
    /// As [`Dispatch::open`], but nothing is written until [`Dispatch::step`] is called, or somebody waits for it. All that happens
    /// follows from the order of the calls.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn open_by_hand(
        journal: impl Journal + 'static,
        start: Option<Start>,
        settings: Settings,
    ) -> Result<Self, Refusal> {
        Self::open_with(
            journal,
            start,
            settings,
            |journal, commits| Committer::by_hand(journal, commits),
            false,
        )
    }

    /// Writes one batch of entries, or does one other thing that waits.
    pub fn step(&self) {
        self.shared.committer.step();
    }
}

impl Reader {
    /// Answers a question as data.
    ///
    /// # Errors
    ///
    /// As [`Engine::ask`], and `broken`.
    pub fn ask(&self, question: &Question) -> Result<Value, Refusal> {
        if let Question::Explain { need } = question {
            let explanation = self.shared.lock()?.explaining(need)?;
            // The lock is released: nobody waits for an explanation.
            return explanation.explained();
        }
        let mut answer = self.shared.lock()?.ask(question)?;
        if let (Question::Status {}, Some(status)) = (question, answer.as_object_mut()) {
            status.insert("durable".into(), json!(self.shared.committer.durable()));
            status.insert("memory".into(), json!(memory()));
        }
        Ok(answer)
    }

    /// The problem and the plan as they are, for whoever goes on with them. The problem has entries in reserve, which nobody asks for.
    ///
    /// # Errors
    ///
    /// `broken`: the service has to be opened anew.
    pub fn standing(&self) -> Result<(Problem, Plan), Refusal> {
        Ok(self.shared.lock()?.plan_now())
    }

    /// The last entry that the answers tell of.
    ///
    /// # Errors
    ///
    /// `broken`: the service has to be opened anew.
    pub fn as_of(&self) -> Result<u64, Refusal> {
        Ok(self.shared.lock()?.as_of())
    }
}

impl Shared {
    /// It is only held for a moment, or while the service closes.
    fn keeper(&self) -> MutexGuard<'_, Keeper> {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A panic while something was decided leaves the state half changed: then nobody goes on.
    fn lock(&self) -> Result<MutexGuard<'_, Engine>, Refusal> {
        self.engine.lock().map_err(|_| {
            Refusal::new(
                "broken",
                text!("a mistake of the service: open it anew", "服务内部出错：请重新打开"),
            )
        })
    }
}

/// What was decided last is not in the journal.
fn ahead() -> Refusal {
    let words = text!("the journal has failed: open the service anew", "日志写入失败：请重新打开服务");
    Refusal::new("journal_failed", words)
}

impl fmt::Debug for Dispatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dispatch").field("durable", &self.durable()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}

/// The memory of the process in bytes, where the system tells.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes = line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?;
    Some(kilobytes * 1024)
}
