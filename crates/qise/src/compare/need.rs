//! What changes for a need: whether it is served, by whom, with what, when.

use std::collections::BTreeSet;

use crate::base::named_enum;
use crate::model::{NeedId, Problem, Seconds, Time, VehicleId, VolunteerId};
use crate::plan::Plan;

named_enum!(
    /// What changes for a need. Of several things the one that stands first here.
    pub enum Change;

    /// Served now, and not before.
    Won = "won", "won", "新增服务";
    /// No longer served.
    Lost = "lost", "lost", "不再服务";
    /// Handed to others, and nobody's before.
    HandedOver = "handed_over", "handed to others", "改为外包";
    /// Handed to others before, and nobody's now.
    TakenBack = "taken_back", "no longer handed to others", "不再外包";
    /// Done another way, where there are several.
    OtherWay = "other_way", "done another way", "改用另一方式";
    /// Other people come, or in other roles.
    OtherPeople = "other_people", "other people", "换人";
    /// The same people come in another shift or with another vehicle.
    OtherMeans = "other_means", "another shift or vehicle", "换班次或车辆";
    /// The same people come at another time.
    Moved = "moved", "moved in time", "改时间";
);

/// One person's part in a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The need; of several ways to do one thing that which is taken.
    pub need: NeedId,
    /// Which of its roles.
    pub role: u16,
    /// Which of its stops.
    pub stop: u16,
    /// Who comes.
    pub volunteer: VolunteerId,
    /// In which of the person's shifts.
    pub shift: u32,
    /// With which vehicle, where it is not the person's own means.
    pub vehicle: Option<VehicleId>,
    /// Whether the person goes along with a party that somebody else leads.
    pub along: bool,
    /// Start of the service.
    pub start: Time,
    /// End of the service.
    pub end: Time,
}

/// What changes for a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedChange {
    /// The need; of several ways to do one thing the first.
    pub need: NeedId,
    /// What changes.
    pub change: Change,
    /// Who comes in the old plan, and when, by role and stop.
    pub old: Vec<Part>,
    /// Who comes in the new plan.
    pub new: Vec<Part>,
}

impl NeedChange {
    /// By how much the first start moves, later where it is positive; nothing where the need is not served in both plans.
    pub fn moved_by(&self) -> Option<Seconds> {
        let start = |parts: &[Part]| parts.iter().map(|part| part.start).min();
        let (old, new) = (start(&self.old)?, start(&self.new)?);
        Some(Seconds(new.0.saturating_sub(old.0)))
    }

    /// Who comes in one of the plans and not in the other: first those who no longer come, then those who come instead.
    pub fn replaced(&self) -> (Vec<VolunteerId>, Vec<VolunteerId>) {
        let who = |parts: &[Part]| parts.iter().map(|part| part.volunteer).collect::<BTreeSet<_>>();
        let (old, new) = (who(&self.old), who(&self.new));
        (old.difference(&new).copied().collect(), new.difference(&old).copied().collect())
    }
}

/// Everything that changes for the needs of a problem.
pub(super) fn need_changes(problem: &Problem, old: &Plan, new: &Plan) -> Vec<NeedChange> {
    let (mut before, mut after) = (parts(problem, old), parts(problem, new));
    let changed = |need: NeedId| {
        let (old_parts, new_parts) =
            (std::mem::take(&mut before[need.index()]), std::mem::take(&mut after[need.index()]));
        let is_in = |list: &[NeedId]| list.iter().any(|&other| stands_for(problem, other) == Some(need));
        let change = if old_parts.is_empty() || new_parts.is_empty() {
            // Only of needs that are left somewhere is it asked whether they are handed to others.
            match (old_parts.is_empty(), new_parts.is_empty()) {
                (true, false) => Some(Change::Won),
                (false, true) => Some(Change::Lost),
                _ => match (is_in(&old.outsourced), is_in(&new.outsourced)) {
                    (false, true) => Some(Change::HandedOver),
                    (true, false) => Some(Change::TakenBack),
                    _ => None,
                },
            }
        } else {
            between(&old_parts, &new_parts)
        };
        change.map(|change| NeedChange { need, change, old: old_parts, new: new_parts })
    };
    problem.standing().filter_map(changed).collect()
}

/// What changes between two ways in which a need is served.
fn between(old: &[Part], new: &[Part]) -> Option<Change> {
    let ways = |parts: &[Part]| parts.iter().map(|p| p.need).collect::<BTreeSet<_>>();
    let people = |parts: &[Part]| {
        let mut people = parts.iter().map(|p| (p.role, p.stop, p.volunteer, p.along)).collect::<Vec<_>>();
        people.sort_unstable();
        people
    };
    let means = |parts: &[Part]| {
        let mut means = parts.iter().map(|p| (p.volunteer, p.shift, p.vehicle)).collect::<Vec<_>>();
        means.sort_unstable();
        means
    };
    if ways(old) != ways(new) {
        Some(Change::OtherWay)
    } else if people(old) != people(new) {
        Some(Change::OtherPeople)
    } else if means(old) != means(new) {
        Some(Change::OtherMeans)
    } else {
        (old != new).then_some(Change::Moved)
    }
}

/// The need that stands for the ways to do one thing; nothing for a need that the problem does not have.
fn stands_for(problem: &Problem, need: NeedId) -> Option<NeedId> {
    problem.needs().get(need.index()).map(|_| problem.stands_for(need))
}

/// Who comes to each need, listed at the need that stands for it.
fn parts(problem: &Problem, plan: &Plan) -> Vec<Vec<Part>> {
    let mut parts = vec![Vec::new(); problem.needs().len()];
    for route in &plan.routes {
        for (p, unit) in std::iter::once(&route.unit).chain(&route.company).enumerate() {
            let Some(unit) = problem.units().get(unit.index()) else { continue };
            for visit in &route.visits {
                let Some(need) = stands_for(problem, visit.need) else { continue };
                parts[need.index()].push(Part {
                    need: visit.need,
                    role: visit.role,
                    stop: visit.stop,
                    volunteer: unit.volunteer,
                    shift: unit.shift,
                    vehicle: unit.vehicle,
                    along: p > 0,
                    start: visit.start,
                    end: visit.end,
                });
            }
        }
    }
    for parts in &mut parts {
        parts.sort_unstable();
    }
    parts
}
