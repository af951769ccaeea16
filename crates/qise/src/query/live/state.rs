//! A plan that lives, as data: what differs from the problem that it began with. Restored, it answers as the one it was taken from.
//!
//! Ids are part of it, those of entries in reserve too, as they break ties: whatever is asked later is answered the same.

use super::crew::{Crew, Held};
use super::plan::{Asked, LivePlan, Parts, keys_of};
use super::reserve::Reserve;
use super::seat::Seat;
use crate::model::problem::regime::Used;
use crate::model::problem::restored::Changed;
use crate::model::{Fingerprint, Need, NeedId, Problem, SlotId, Time, UnitId};
use crate::plan::Plan;
use crate::solve::instance::present::Present;
use crate::solve::state::export::to_unmarked_plan;
use rustc_hash::FxHashMap;

/// A plan that lives, as data that can be kept and restored. What it holds is its own affair, and another release may not know it.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[derive(Clone, Debug, PartialEq)]
pub struct LiveState {
    /// The problem that it began with.
    start: Fingerprint,
    changed: Changed,
    reserve: Reserve,
    plan: Plan,
    /// The slots of each route, calls at depots included: which of them a call fills the plan does not tell. Empty where people go as parties.
    routes: Vec<(UnitId, Vec<u32>)>,
    /// When needs may be served whose times are settled.
    asked: Vec<(NeedId, Asked)>,
    crews: Vec<CrewState>,
    rebuilds: u64,
    now: Time,
}

/// A crew of which some have their places, as data.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[derive(Clone, Debug, PartialEq)]
struct CrewState {
    need: NeedId,
    asked: Need,
    held: Vec<HeldState>,
}

/// A place in a crew, as data.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct HeldState {
    visit: NeedId,
    unit: UnitId,
    role: u16,
    stop: u16,
    start: Time,
    end: Time,
}

impl LivePlan {
    /// The plan as data, of one that began with the problem `start`. It takes some milliseconds for ten thousand needs, so that it can
    /// be taken between two changes.
    pub fn state(&mut self, start: &Problem) -> LiveState {
        let plan = self.unmarked_plan();
        let held = |held: &Held| {
            let Seat { unit, role, stop, start, end } = held.seat;
            HeldState { visit: held.visit, unit, role, stop, start, end }
        };
        let crews = self.crews.iter().map(|(&need, crew)| CrewState {
            need,
            asked: crew.asked.clone(),
            held: crew.held.iter().map(held).collect(),
        });
        let mut crews = crews.collect::<Vec<_>>();
        crews.sort_unstable_by_key(|crew| crew.need);
        let number =
            |(unit, slots): (UnitId, Vec<SlotId>)| (unit, slots.into_iter().map(|slot| slot.0).collect());
        let routes = self.slots_of_routes().unwrap_or_default().into_iter().map(number).collect();
        let mut asked = self.asked.iter().map(|(&id, own)| (id, own.clone())).collect::<Vec<_>>();
        asked.sort_unstable_by_key(|(id, _)| *id);
        LiveState {
            start: start.fingerprint(),
            changed: Changed::between(start, &self.problem),
            reserve: self.reserve.clone(),
            plan,
            routes,
            asked,
            crews,
            rebuilds: self.rebuilds,
            now: self.now(),
        }
    }

    /// The plan whose [`LivePlan::state`] that was, with the same problem `start`; `None` if it cannot be of it.
    pub fn restored(start: &Problem, state: LiveState) -> Option<Self> {
        if state.start != start.fingerprint() {
            return None;
        }
        let LiveState { start: _, changed, reserve, plan, routes, asked, crews, rebuilds, now } = state;
        let routes = routes.into_iter().map(|(unit, slots)| (unit, slots.into_iter().map(SlotId).collect()));
        let routes = routes.collect::<Vec<_>>();
        let problem = changed.of(start)?;
        let present = Present { now, settled: asked.iter().map(|&(need, _)| need).collect() };
        let crews = crews.into_iter().map(|CrewState { need, asked, held }| {
            let held = held.into_iter().map(|HeldState { visit, unit, role, stop, start, end }| Held {
                seat: Seat { unit, role, stop, start, end },
                visit,
            });
            (need, Crew { asked, held: held.collect() })
        });
        let crews = crews.collect::<FxHashMap<_, _>>();
        let places =
            crews.iter().flat_map(|(&need, crew)| crew.held.iter().map(move |held| (held.visit, need)));
        let mut live = Self {
            keys: keys_of(&problem),
            used: Used::by(&problem),
            places: places.collect(),
            parts: Some(Parts::of(
                &problem,
                &plan,
                Some(&routes).filter(|r| !r.is_empty()).map(Vec::as_slice),
                present,
            )),
            problem,
            reserve,
            asked: asked.into_iter().collect(),
            crews,
            rebuilds,
            lost: Vec::new(),
        };
        // What cannot be taken over as it was is of another problem.
        (live.unmarked_plan() == plan).then_some(live)
    }

    fn unmarked_plan(&mut self) -> Plan {
        self.ask(|query| to_unmarked_plan(&query.plan, &query.instance))
    }
}

#[cfg(test)]
mod tests;
