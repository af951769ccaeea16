//! The quantities of a plan that an objective weighs.

use std::collections::BTreeMap;

use super::regime::Regime;
use crate::base::named_enum;

named_enum!(
    /// A quantity of a plan that can be made small.
    #[non_exhaustive]
    pub enum Term;

    /// Number of mandatory or pinned needs that nobody serves.
    UnservedMandatory = "unserved_mandatory", "mandatory needs unserved", "未满足的必办需求";
    /// Sum of the priorities of the needs that nobody serves.
    UnservedPriority = "unserved_priority", "priority unserved", "未满足需求的优先级之和";
    /// Number of needs that nobody serves.
    Unserved = "unserved", "needs unserved", "未满足的需求数";
    /// Seconds by which soft promises are missed, summed.
    Tardiness = "tardiness", "lateness against promises (s)", "承诺超时合计（秒）";
    /// Seconds by which the worst-kept soft promise is missed.
    WorstTardiness = "worst_tardiness", "worst lateness (s)", "最大超时（秒）";
    /// Number of soft promises missed.
    Late = "late", "promises missed", "未兑现的承诺数";
    /// Seconds on the way.
    TravelTime = "travel_time", "travel time (s)", "路途时间（秒）";
    /// Metres on the way.
    Distance = "distance", "distance (m)", "路程（米）";
    /// Seconds between departure and return, summed over the routes.
    WorkTime = "work_time", "working time (s)", "工作时间（秒）";
    /// Seconds that people are out after their shifts have ended.
    Overtime = "overtime", "overtime (s)", "加班（秒）";
    /// Seconds spent waiting at doors.
    Waiting = "waiting", "waiting (s)", "等待（秒）";
    /// Number of people who are sent out.
    People = "people", "people sent out", "出动人数";
    /// Number of teams of which somebody is sent out.
    Teams = "teams", "teams that go out", "出动队伍数";
    /// Number of people missing from teams of which more must go out. It comes before every level, whether an objective names it or not.
    PeopleShort = "people_short", "people missing from teams", "队伍缺少的出动人数";
    /// Unevenness of load: over all people, the growth of (time worked)² / (time offered) in seconds, the ledger
    /// included. Least when everybody works the same share of what they offered, since a square is convex.
    ///
    /// Where all offered the same, it is the variance of what they work of it, but for what cannot be changed.
    Load = "load", "unevenness of load (s)", "负荷不均（秒）";
    /// Of what everybody works of the time that they offered, in thousandths rounded down, the greatest less the least, the ledger
    /// included. Whoever has offered nothing does not count.
    LoadRange = "load_range", "range of load (per mille of what is offered)", "负荷极差（占所提供时间，千分比）";
    /// The greatest of these shares: the load of who is worst off.
    LoadWorst = "load_worst", "greatest load (per mille of what is offered)", "最高负荷（占所提供时间，千分比）";
    /// Seconds of service of the person on duty who serves longest, less those of the one who serves shortest.
    Spread = "spread", "longest less shortest service time (s)", "服务时长最多与最少之差（秒）";
    /// When groups of needs are done: Σ weight · (end of the last that is served − from), in seconds, over the
    /// [makespans](super::Makespan) of the problem; nothing for a group of which none is.
    Makespan = "makespan", "last ends, weighted (s)", "各组完工时刻加权之和（秒）";
    /// Sum of the prices of wishes that are not met.
    Preferences = "preferences", "wishes not met (price)", "未满足的偏好（价）";
    /// Sum of the prices of changes against the previous plan.
    Disruption = "disruption", "changes against the previous plan (price)", "对原计划的变动（价）";
);

impl Term {
    /// What it can reach at most in any plan.
    pub(crate) fn most(self, regime: &Regime) -> i128 {
        let (needs, visits) = (regime.needs as i128, regime.slots as i128);
        let people = regime.volunteers as i128;
        match self {
            Self::UnservedMandatory | Self::Unserved => needs,
            Self::Late => visits,
            Self::UnservedPriority => regime.priorities,
            Self::Tardiness => visits * worst_lateness(regime),
            Self::WorstTardiness => worst_lateness(regime),
            Self::Overtime if !regime.overtime => 0,
            Self::TravelTime | Self::WorkTime | Self::Overtime | Self::Waiting | Self::Spread => {
                regime.all_shifts
            }
            // For each visit at most a call before it and one after it.
            Self::Distance => 2 * (1 + 2 * i128::from(regime.goods)) * visits.max(1) * i128::from(u32::MAX),
            Self::People => people,
            Self::Teams => regime.teams as i128,
            Self::PeopleShort => regime.people_due,
            Self::Load => regime.load,
            Self::LoadRange | Self::LoadWorst => regime.load_share,
            Self::Makespan => regime.makespan,
            // Everybody who comes may be a stranger, those who go along in a party too.
            Self::Preferences => regime.all_wishes + people * regime.acquaintances + regime.all_people_wished,
            Self::Disruption => needs * i128::from(regime.change_price),
        }
    }

    /// About the most that one insertion, with all who come, can change it.
    pub(crate) fn most_of_insertion(self, regime: &Regime) -> i128 {
        let crew = regime.crew as i128;
        let longest_shift = i128::from(regime.longest_shift.0);
        match self {
            // Whoever comes later than before may be late, or come at another time than was told.
            Self::Tardiness => lateness(regime),
            Self::WorstTardiness => worst_lateness(regime),
            Self::Late => delayed(regime, regime.promised),
            Self::Disruption => {
                let price = i128::from(regime.change_price);
                crew * price + if price > 0 { delayed(regime, regime.needs) * price } else { 0 }
            }
            Self::UnservedMandatory | Self::Unserved => 1,
            Self::UnservedPriority => regime.priority.into(),
            Self::People => crew,
            Self::Teams => (crew * regime.teams_of_one as i128).min(regime.teams as i128),
            Self::PeopleShort => (crew * regime.teams_of_one as i128).min(regime.people_due),
            Self::Overtime if !regime.overtime => 0,
            Self::TravelTime
            | Self::WorkTime
            | Self::Overtime
            | Self::Waiting
            | Self::Spread
            | Self::Load => crew * longest_shift,
            // A whole shift, for who offers nothing else; and overtime.
            Self::LoadRange | Self::LoadWorst if regime.overtime => crew * regime.load_share.max(1000),
            Self::LoadRange | Self::LoadWorst => crew * 1000,
            Self::Makespan => crew * regime.makespan,
            // faster than any volunteer drives: 40 m/s
            Self::Distance => crew * 40 * longest_shift.min(i128::from(u32::MAX)),
            Self::Preferences => crew * (regime.wishes + regime.acquaintance + regime.person_wished),
        }
    }

    /// The most that one route, one person or one need adds to it.
    pub(crate) fn most_of_route(self, regime: &Regime) -> i128 {
        match self {
            Self::UnservedMandatory
            | Self::Unserved
            | Self::UnservedPriority
            | Self::People
            | Self::Teams
            | Self::PeopleShort
            | Self::Overtime => self.most_of_insertion(regime),
            Self::TravelTime | Self::WorkTime | Self::Waiting => regime.longest_shift.0.into(),
            Self::Tardiness => lateness(regime).max(worst_lateness(regime)),
            _ => self.most(regime),
        }
    }
}

/// Of so many visits about as many as one insertion can delay: those of a route, or all where people wait for each other.
fn delayed(regime: &Regime, visits: usize) -> i128 {
    let shortest = i128::from(regime.shortest_service.max(1));
    let meets = regime.crews || regime.links;
    let on_route = if meets { i128::MAX } else { i128::from(regime.longest_shift.0) / shortest + 1 };
    on_route.min(visits as i128)
}

/// The worst that a visit can be late.
fn worst_lateness(regime: &Regime) -> i128 {
    regime.first_promise.map_or(0, |first| i128::from((regime.latest - first).0.max(0)))
}

/// About the most by which one insertion makes others late, and its own visit.
fn lateness(regime: &Regime) -> i128 {
    let worst = worst_lateness(regime);
    // Its own visit may come as late as any; others are delayed within their shifts.
    worst + delayed(regime, regime.promised) * worst.min(regime.longest_shift.0.into())
}

/// One value for each [`Term`].
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "BTreeMap<Term, i64>", from = "BTreeMap<Term, i64>"))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms([i64; Term::COUNT]);

impl Terms {
    /// The value of `term`.
    pub fn get(&self, term: Term) -> i64 {
        self.0[term as usize]
    }

    /// Adds to the value of `term`; stops at the ends of the range, which no valid plan reaches.
    pub fn add(&mut self, term: Term, amount: i64) {
        let value = &mut self.0[term as usize];
        *value = value.saturating_add(amount);
    }

    /// Sets the value of `term`.
    pub fn set(&mut self, term: Term, value: i64) {
        self.0[term as usize] = value;
    }

    /// All terms with their values.
    pub fn iter(&self) -> impl Iterator<Item = (Term, i64)> + '_ {
        Term::ALL.iter().map(|&t| (t, self.get(t)))
    }
}

impl From<Terms> for BTreeMap<Term, i64> {
    fn from(terms: Terms) -> Self {
        terms.iter().collect()
    }
}

/// Terms that are not listed are 0.
impl From<BTreeMap<Term, i64>> for Terms {
    fn from(values: BTreeMap<Term, i64>) -> Self {
        let mut terms = Self::default();
        for (term, value) in values {
            terms.set(term, value);
        }
        terms
    }
}
