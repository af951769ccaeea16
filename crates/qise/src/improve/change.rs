//! One change of what is asked for or offered, and a problem with it.

use crate::model::{
    Depot, DepotId, GoodId, Held, Metres, Need, NeedId, Problem, ProblemData, Seconds, SkillLevel, Stock,
    Volunteer, VolunteerId, Window,
};

/// A change of what a need asks for, or of what there is to serve it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Every window of a need opens sooner and closes later, and what was firmly promised may come later as well.
    Window {
        /// The need.
        need: NeedId,
        /// So much sooner.
        sooner: Seconds,
        /// So much later.
        later: Seconds,
    },
    /// Somebody goes farther from home than they offered.
    Radius {
        /// Who.
        who: VolunteerId,
        /// So much farther.
        by: Metres,
    },
    /// Somebody is on duty for longer, in every shift that leaves room for it.
    Hours {
        /// Who.
        who: VolunteerId,
        /// So much sooner.
        sooner: Seconds,
        /// So much later.
        later: Seconds,
    },
    /// Somebody learns something.
    Skill {
        /// Who.
        who: VolunteerId,
        /// What.
        what: SkillLevel,
    },
    /// Somebody joins.
    Newcomer(Box<Volunteer>),
    /// A depot has more of something from the start.
    Stock {
        /// Where.
        depot: DepotId,
        /// What.
        good: GoodId,
        /// How much more.
        amount: i64,
    },
}

/// The problem with changes; nothing where they do not go together with it, such as a window beyond all times.
pub(super) fn with(problem: &Problem, changes: &[Change]) -> Option<Problem> {
    let change = |data: &mut ProblemData| changes.iter().for_each(|change| make(change, data));
    problem.replace(change).ok()
}

/// The problem in which a need comes before all others.
pub(super) fn before_all(problem: &Problem, need: NeedId) -> Option<Problem> {
    problem.replace(|data| data.needs[need.index()].mandatory = true).ok()
}

fn make(change: &Change, data: &mut ProblemData) {
    match change {
        &Change::Window { need, sooner, later } => widen(&mut data.needs[need.index()], sooner, later),
        &Change::Radius { who, by } => {
            if let Some(radius) = &mut data.volunteers[who.index()].max_radius {
                *radius += by;
            }
        }
        &Change::Hours { who, sooner, later } => lengthen(&mut data.volunteers[who.index()], sooner, later),
        &Change::Skill { who, what } => {
            let holds = &mut data.volunteers[who.index()].holds;
            holds.retain(|held| held.what.skill != what.skill);
            holds.push(Held { what, expires: None });
        }
        Change::Newcomer(newcomer) => data.volunteers.push((**newcomer).clone()),
        &Change::Stock { depot, good, amount } => store(&mut data.depots[depot.index()], good, amount),
    }
}

fn widen(need: &mut Need, sooner: Seconds, later: Seconds) {
    for stop in &mut need.stops {
        let mut wider: Vec<Window> = Vec::with_capacity(stop.windows.len());
        for window in &stop.windows {
            let window = Window { from: window.from - sooner, to: window.to + later };
            match wider.last_mut() {
                // Windows must stay apart from each other.
                Some(last) if window.from <= last.to => last.to = last.to.max(window.to),
                _ => wider.push(window),
            }
        }
        stop.windows = wider;
    }
    if let Some(promise) = need.promise.as_mut().filter(|promise| promise.hard) {
        promise.start_by = promise.start_by.map(|by| by + later);
        promise.finish_by = promise.finish_by.map(|by| by + later);
    }
}

/// Shifts must stay apart from each other.
fn lengthen(volunteer: &mut Volunteer, sooner: Seconds, later: Seconds) {
    for s in 0..volunteer.shifts.len() {
        let before = s.checked_sub(1).map(|before| volunteer.shifts[before].latest_end() + Seconds::MINUTE);
        let start = volunteer.shifts[s].start;
        let opens = before.map_or(start - sooner, |before| (start - sooner).max(before)).min(start);
        let (end, overtime) = (volunteer.shifts[s].end, volunteer.shifts[s].overtime);
        let after = volunteer.shifts.get(s + 1).map(|after| after.start - Seconds::MINUTE - overtime);
        let closes = after.map_or(end + later, |after| (end + later).min(after)).max(end);
        (volunteer.shifts[s].start, volunteer.shifts[s].end) = (opens, closes);
    }
}

fn store(depot: &mut Depot, good: GoodId, amount: i64) {
    match depot.stocks.iter_mut().find(|stock| stock.good == good) {
        Some(stock) => stock.amount = stock.amount.map(|there| there.saturating_add(amount)),
        None => depot.stocks.push(Stock { good, amount: Some(amount), restocks: Vec::new() }),
    }
}
