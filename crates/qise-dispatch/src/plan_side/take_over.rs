//! What a plan holds at first.

use qise::model::{NeedId, StartGap, Time, Window};
use qise::plan::Plan;
use qise::query::{LivePlan, NeedInput};
use qise::{Faults, Problem};
use qise_lifecycle::NeedNo;
use rustc_hash::{FxHashMap, FxHashSet};

use super::PlanSide;
use crate::rows::{Rows, SeatAt};

impl PlanSide {
    /// Takes over a problem and a plan. Whoever serves in the plan does so at exactly these times.
    pub(crate) fn new(start: &Problem, plan: &Plan) -> Result<Self, Faults> {
        let mut live = LivePlan::new(start, plan);
        if !plan.routes.is_empty() {
            // what of the plan breaks a rule is left out before times are settled
            let kept = live.plan();
            let stops = start.needs().iter().map(|need| need.stops.len());
            let times = settled_windows(stops, &kept);
            let settled = start.replace(|data| {
                for (need, windows) in times {
                    for (stop, window) in data.needs[need].stops.iter_mut().zip(windows) {
                        if let Some(window) = window {
                            stop.windows = vec![window];
                        }
                    }
                    let own = &mut data.needs[need];
                    if !own.gaps.is_empty() || !own.overlaps.is_empty() {
                        let starts = starts_of_roles(own.roles.len(), need, &kept);
                        own.gaps = starts.map_or_else(|| own.gaps.clone(), |starts| StartGap::exact(&starts));
                    }
                }
            })?;
            let (kept, _) = kept.carried(live.problem(), &settled);
            live = LivePlan::new(&settled, &kept);
        }
        let taken = live.plan();
        let mut side = Self {
            live,
            start: start.clone(),
            rows: Rows::default(),
            hangs: hanging(start),
            positions: FxHashMap::default(),
            now: Time::MIN,
            visits: FxHashMap::default(),
            still_lost: Vec::new(),
        };
        for need in start.standing() {
            let given = start.need(need).clone();
            side.rows.add(given.key.clone(), NeedInput::from(given), need);
        }
        side.take_over(&taken);
        for need in taken.routes.iter().flat_map(|route| &route.visits).map(|visit| visit.need) {
            side.live.agree(need);
        }
        Ok(side)
    }

    /// Notes who serves what in a plan.
    pub(super) fn take_over(&mut self, plan: &Plan) {
        let problem = self.live.problem().clone();
        for route in &plan.routes {
            let unit = problem.unit(route.unit);
            for visit in &route.visits {
                let stands_for = self.start.stands_for(visit.need);
                let Some(no) = self.rows.of_live(stands_for).or_else(|| self.rows.of_live(visit.need)) else {
                    continue;
                };
                if stands_for != visit.need {
                    self.rows.set_live(no, Some(visit.need));
                }
                let seat = SeatAt::of(unit, visit);
                self.count(&seat, 1);
                self.rows.get_mut(no).seats.push(seat);
            }
        }
        for no in (0..self.rows.next().0).map(NeedNo) {
            self.rows.get_mut(no).seats.sort_by_key(SeatAt::order);
        }
    }
}

/// The times at which a plan serves needs, stop by stop.
fn settled_windows(stops: impl Iterator<Item = usize>, plan: &Plan) -> Vec<(usize, Vec<Option<Window>>)> {
    let mut all = stops.map(|count| vec![None::<Window>; count]).collect::<Vec<_>>();
    for visit in plan.routes.iter().flat_map(|route| &route.visits) {
        let own = all.get_mut(visit.need.index()).and_then(|stops| stops.get_mut(usize::from(visit.stop)));
        if let Some(own) = own {
            let (from, to) = own.map_or((visit.start, visit.start), |own| {
                (own.from.min(visit.start), own.to.max(visit.start))
            });
            *own = Some(Window { from, to });
        }
    }
    let mut settled = all.into_iter().enumerate().collect::<Vec<_>>();
    settled.retain(|(_, windows)| windows.iter().any(Option::is_some));
    settled
}

/// The needs of a problem that something else speaks of.
pub(super) fn hanging(problem: &Problem) -> FxHashSet<NeedId> {
    let links = problem.links().iter().flat_map(|link| [link.from, link.to]);
    let ways = problem.choices().iter().flatten().copied();
    let groups = problem.makespans().iter().flat_map(|group| group.needs.iter().copied());
    let told = problem.need_ids().filter(|&need| !problem.told(need).is_empty());
    links.chain(ways).chain(groups).chain(told).collect()
}

/// When each role of a need starts in a plan; `None` if somebody is missing.
fn starts_of_roles(roles: usize, need: usize, plan: &Plan) -> Option<Vec<Time>> {
    let visits = plan.routes.iter().flat_map(|route| &route.visits);
    let visits = visits.filter(|visit| visit.need.index() == need && visit.stop == 0).collect::<Vec<_>>();
    let start = |role: usize| visits.iter().find(|visit| usize::from(visit.role) == role);
    (0..roles).map(|role| Some(start(role)?.start)).collect()
}
