//! The needs by their ids, and what the plan holds of each.

use qise::model::{NeedId, Unit, VehicleId};
use qise::plan::Visit;
use qise::query::NeedInput;
use qise_lifecycle::{Event, Moment, NeedNo, PersonNo};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Somebody's place in the plan at one stop of a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SeatAt {
    pub(crate) who: PersonNo,
    /// Which of the person's shifts.
    pub(crate) shift: u32,
    /// The vehicle, where it is not the person's own means.
    pub(crate) vehicle: Option<VehicleId>,
    pub(crate) role: u16,
    pub(crate) stop: u16,
    /// When the service starts and ends, in seconds.
    pub(crate) start: i64,
    pub(crate) end: i64,
}

impl SeatAt {
    /// The visit of a unit as a seat.
    pub(crate) fn of(unit: &Unit, visit: &Visit) -> Self {
        Self {
            who: PersonNo(unit.volunteer.0),
            shift: unit.shift,
            vehicle: unit.vehicle,
            role: visit.role,
            stop: visit.stop,
            start: visit.start.0,
            end: visit.end.0,
        }
    }

    /// The order of the seats of a need.
    pub(crate) fn order(&self) -> (u16, u16, PersonNo) {
        (self.role, self.stop, self.who)
    }
}

/// A need as the service knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// Its id in documents.
    pub(crate) key: String,
    /// What it asks for, as it was put; windows are all of them.
    pub(crate) input: NeedInput,
    /// Its entry in the problem, while the plan knows it.
    pub(crate) live: Option<NeedId>,
    /// Who serves it in the plan.
    pub(crate) seats: Vec<SeatAt>,
    /// What has happened to it: at which entry of the journal, and when.
    pub(crate) story: Vec<(u64, Moment, Told)>,
}

/// Something that has happened to a need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Told {
    /// In the machines.
    Event(Event),
    /// Why somebody was asked or sent: what it added to the plan.
    Weighed(Weighed),
    /// What the resident said.
    Said(String),
}

/// What somebody's visit adds to the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Weighed {
    pub(crate) who: PersonNo,
    pub(crate) added_travel_s: i64,
    /// By how much each level of the objective grows.
    pub(crate) levels: Vec<i64>,
}

/// All needs. A row is copied when it changes while a snapshot holds it, so that a snapshot takes all of them in a moment.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    list: Vec<Arc<Row>>,
    by_key: FxHashMap<String, NeedNo>,
    by_live: FxHashMap<NeedId, NeedNo>,
}

impl Rows {
    pub(crate) fn next(&self) -> NeedNo {
        NeedNo(self.list.len() as u32)
    }

    pub(crate) fn find(&self, key: &str) -> Option<NeedNo> {
        self.by_key.get(key).copied()
    }

    pub(crate) fn of_live(&self, live: NeedId) -> Option<NeedNo> {
        self.by_live.get(&live).copied()
    }

    pub(crate) fn get(&self, no: NeedNo) -> &Row {
        &self.list[no.0 as usize]
    }

    pub(crate) fn get_mut(&mut self, no: NeedNo) -> &mut Row {
        Arc::make_mut(&mut self.list[no.0 as usize])
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (NeedNo, &Row)> {
        self.list.iter().enumerate().map(|(no, row)| (NeedNo(no as u32), &**row))
    }

    /// All of them, as they are now.
    pub(crate) fn shared(&self) -> Vec<Arc<Row>> {
        self.list.clone()
    }

    /// The rows of a snapshot; `None` if a need is in them twice.
    pub(crate) fn restored(list: Vec<Row>) -> Option<Self> {
        let numbered = || list.iter().enumerate().map(|(no, row)| (NeedNo(no as u32), row));
        let by_key = numbered().map(|(no, row)| (row.key.clone(), no)).collect::<FxHashMap<_, _>>();
        let by_live = numbered().filter_map(|(no, row)| Some((row.live?, no))).collect::<FxHashMap<_, _>>();
        let live = list.iter().filter(|row| row.live.is_some()).count();
        let is_once = by_key.len() == list.len() && by_live.len() == live;
        is_once.then(|| Self { list: list.into_iter().map(Arc::new).collect(), by_key, by_live })
    }

    pub(crate) fn add(&mut self, key: String, input: NeedInput, live: NeedId) -> NeedNo {
        let no = self.next();
        self.by_key.insert(key.clone(), no);
        self.by_live.insert(live, no);
        let row = Row { key, input, live: Some(live), seats: Vec::new(), story: Vec::new() };
        self.list.push(Arc::new(row));
        no
    }

    /// A need has another entry in the problem from here on, or none.
    pub(crate) fn set_live(&mut self, no: NeedNo, live: Option<NeedId>) {
        if let Some(old) = self.list[no.0 as usize].live {
            self.by_live.remove(&old);
        }
        self.get_mut(no).live = live;
        if let Some(new) = live {
            self.by_live.insert(new, no);
        }
    }
}
