//! The whole state as data, so that opening a journal need not fold all of it.
//!
//! A snapshot is taken in a moment and written down elsewhere. What is derived is derived again; keys of commands are read from the
//! journal, which has them all. One that was made by another release is passed over: then all entries are folded.

use std::sync::Arc;

use qise::query::LiveState;
use qise_io::NeedReader;
use qise_journal::{Journal, Snapshot};
use qise_lifecycle::{Lifecycle, Limits, Moment, PersonNo, Stored};
use serde::{Deserialize, Serialize, Serializer};

use crate::engine::Engine;
use crate::idempotency::KnownKeys;
use crate::plan_side::{PlanSide, Position};
use crate::refusal::Refusal;
use crate::rows::Row;
use crate::service::Start;

/// The version of what snapshots hold.
pub(crate) const FORMAT: u32 = 1;

/// So many keys are read at once.
const PAGE: usize = 4096;

/// The release that writes and reads: what a snapshot holds follows the types of the code.
const MADE_BY: &str = env!("CARGO_PKG_VERSION");

/// The state after an entry, taken in a moment.
#[derive(Serialize)]
pub(crate) struct Taken {
    made_by: &'static str,
    seq: u64,
    now: Moment,
    is_open: bool,
    life: Stored,
    live: LiveState,
    #[serde(serialize_with = "rows")]
    rows: Vec<Arc<Row>>,
    positions: Vec<(PersonNo, Position)>,
}

/// What is read of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    made_by: String,
    seq: u64,
    now: Moment,
    is_open: bool,
    life: Stored,
    live: LiveState,
    rows: Vec<Row>,
    positions: Vec<(PersonNo, Position)>,
}

fn rows<S: Serializer>(rows: &[Arc<Row>], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(rows.iter().map(|row| &**row))
}

impl Taken {
    /// After which entry.
    pub(crate) fn seq(&self) -> u64 {
        self.seq
    }

    /// As it is kept; nothing where it cannot be written, which is no reason to stop.
    pub(crate) fn to_bytes(&self) -> Option<Vec<u8>> {
        serde_json::to_vec(self).ok()
    }
}

impl Engine {
    /// The state as it is. It takes some milliseconds for ten thousand needs.
    pub(crate) fn taken(&mut self) -> Taken {
        let mut positions = self.side.positions.iter().map(|(&who, &at)| (who, at)).collect::<Vec<_>>();
        positions.sort_unstable_by_key(|(who, _)| *who);
        Taken {
            made_by: MADE_BY,
            seq: self.seq,
            now: self.now,
            is_open: self.is_open,
            life: self.life.stored(),
            live: self.side.live.state(&self.side.start),
            rows: self.side.rows.shared(),
            positions,
        }
    }
}

/// The state that the newest snapshot of a journal tells of, if it is of an entry up to `until` and can be used.
///
/// # Errors
///
/// When the journal cannot be read. A snapshot that is damaged, of another release or another chain is none.
pub(crate) fn restored(
    journal: &dyn Journal,
    start: &Start,
    limits: Limits,
    until: u64,
) -> Result<Option<Engine>, Refusal> {
    // Where none is sound there is none.
    let Ok(Some(snapshot)) = journal.latest_snapshot() else { return Ok(None) };
    if snapshot.of.seq > until || snapshot.format != FORMAT {
        return Ok(None);
    }
    let Some(mut engine) = read(&snapshot, start, limits) else { return Ok(None) };
    let mut after = 0;
    loop {
        let page = journal.keys(after, engine.seq, PAGE)?;
        let Some(last) = page.last() else { return Ok(Some(engine)) };
        after = last.seq;
        for known in page {
            let Ok(outcome) = serde_json::from_slice(&known.outcome) else { return Ok(None) };
            engine.known.add(known.key, known.seq, known.payload_hash, outcome);
        }
    }
}

/// The state that a snapshot tells of, without keys.
fn read(snapshot: &Snapshot, start: &Start, limits: Limits) -> Option<Engine> {
    let read = serde_json::from_slice::<Read>(&snapshot.body).ok()?;
    let Read { made_by, seq, now, is_open, life, live, rows, positions } = read;
    let life = Lifecycle::try_from(life).ok()?;
    let is_of_it = made_by == MADE_BY && seq == snapshot.of.seq && *life.limits() == limits;
    if !is_of_it || life.needs().len() > rows.len() {
        return None;
    }
    let problem = &start.scenario.problem;
    let mut side = PlanSide::restored(problem, live, rows, positions)?;
    side.set_now(now);
    Some(Engine {
        side,
        life,
        reader: NeedReader::new(problem, start.scenario.zone.clone(), start.datum),
        now,
        is_open,
        seq,
        known: KnownKeys::default(),
        drafts: Vec::new(),
    })
}
