//! The people who help, and when they can.

use super::{
    Amount, Gender, Held, Limits, Load, Measure, Metres, PlaceId, ProfileId, Seconds, Span, TeamId, Time,
    Unload,
};

/// A person who helps.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volunteer {
    /// Unique key.
    pub key: String,
    /// Name for people.
    pub name: Option<String>,
    /// The teams this person belongs to.
    pub teams: Vec<TeamId>,
    /// Where this person lives: the radius is measured from here, and shifts start and end here unless they say otherwise.
    pub home: PlaceId,
    /// How this person moves.
    pub profile: ProfileId,
    /// Skills, credentials and languages.
    pub holds: Vec<Held>,
    /// Gender, when known.
    pub gender: Option<Gender>,
    /// When this person is present; in order, apart from each other.
    pub shifts: Vec<Shift>,
    /// Goes no farther from home than this, in travelled metres of the own profile.
    pub max_radius: Option<Metres>,
    /// What this person can carry from the start of a route, of each dimension; nothing of a dimension that is missing.
    pub capacity: Vec<Load>,
    /// In which order what this person carries is unloaded; a vehicle has an order of its own.
    pub unload: Unload,
    /// Limits for each day.
    pub per_day: Limits,
    /// Limits for each week, Monday to Sunday.
    pub per_week: Limits,
    /// At least so long between the last return of one day and the first departure of a later one.
    pub rest: Seconds,
    /// Service times are multiplied by this, in thousandths: 1200 takes a fifth longer. Rounded up.
    pub pace_permille: u32,
    /// What lies behind: for fairness over more than this plan.
    pub ledger: Ledger,
}

impl Volunteer {
    /// A person without teams, skills or limits.
    pub fn new(key: impl Into<String>, home: impl Into<PlaceId>, profile: impl Into<ProfileId>) -> Self {
        Self {
            key: key.into(),
            name: None,
            teams: Vec::new(),
            home: home.into(),
            profile: profile.into(),
            holds: Vec::new(),
            gender: None,
            shifts: Vec::new(),
            max_radius: None,
            capacity: Vec::new(),
            unload: Unload::AnyOrder,
            per_day: Limits::default(),
            per_week: Limits::default(),
            rest: Seconds::ZERO,
            pace_permille: 1000,
            ledger: Ledger::default(),
        }
    }

    /// The limits of a day, or of a week.
    #[inline]
    pub fn limits(&self, span: Span) -> &Limits {
        match span {
            Span::Day => &self.per_day,
            Span::Week => &self.per_week,
        }
    }

    /// The limits of a day, or of a week, to be changed.
    pub(crate) fn limits_mut(&mut self, span: Span) -> &mut Limits {
        match span {
            Span::Day => &mut self.per_day,
            Span::Week => &mut self.per_week,
        }
    }

    /// What one route may take at most, by the limits of its day and of its week.
    pub fn most_of_route(&self, what: Measure) -> Option<i64> {
        Span::ALL.iter().filter_map(|&span| self.limits(span).most(what)).min()
    }

    /// Whether some limit holds for more than one route.
    pub fn has_limits(&self) -> bool {
        self.per_day.are_set() || self.per_week.are_set() || self.rest > Seconds::ZERO
    }

    /// Time offered, before this plan and in it.
    pub(crate) fn offered(&self) -> Seconds {
        self.shifts.iter().map(|shift| shift.end - shift.start).sum::<Seconds>() + self.ledger.offered
    }

    /// Service time at this person's pace, rounded up.
    pub fn paced(&self, ordinary: Seconds) -> Seconds {
        Seconds((ordinary.0 * i64::from(self.pace_permille) + 999) / 1000)
    }
}

/// A span in which a person is present, and so may own a route.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Nobody leaves before this.
    pub start: Time,
    /// Everybody is back, or done where no end place is set, by this, but for overtime.
    pub end: Time,
    /// By how much it may end later, at the price of [`Term::Overtime`](super::Term).
    pub overtime: Seconds,
    /// The day on which its work counts, numbered as the caller likes (days since 1970 in documents).
    pub day: i32,
    /// Where the route starts.
    pub from: RouteStart,
    /// Where the route ends.
    pub to: RouteEnd,
    /// Rests within the shift.
    pub breaks: Vec<Break>,
    /// May go with others whose shifts are alike, as one party that stays together from start to end.
    ///
    /// A party has one route, that of who leads it: the lead's vehicle, capacity and profile. Everybody in it must suit each need that
    /// it serves, and everybody counts where something is asked of a crew together.
    pub party: bool,
    /// What is on board at the start of the route: tools, spare parts.
    pub carries: Vec<Amount>,
    /// Calls at depots on the way, at most.
    pub most_calls: Option<u32>,
}

impl Shift {
    /// When everybody is back at the latest, with all the overtime there may be.
    pub fn latest_end(&self) -> Time {
        self.end + self.overtime
    }

    /// A shift from home to home without breaks.
    pub fn new(start: Time, end: Time, day: i32) -> Self {
        Self {
            start,
            end,
            overtime: Seconds::ZERO,
            day,
            from: RouteStart::Home,
            to: RouteEnd::Home,
            breaks: Vec::new(),
            party: false,
            carries: Vec::new(),
            most_calls: None,
        }
    }
}

/// Where a route starts.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RouteStart {
    /// At home.
    #[default]
    Home,
    /// At another place.
    At(PlaceId),
    /// Where the shift before of this person has ended, wherever that was; at home where they did not go out in it, or where there is none.
    Previous,
}

/// Where a route ends.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RouteEnd {
    /// Back home.
    #[default]
    Home,
    /// At another place.
    At(PlaceId),
    /// With the last visit; the way from there is nobody's business.
    Anywhere,
}

/// A rest that starts within a window. Travel may pause for it, a service may not. No setup is due for it.
///
/// Who has not left yet, or is back already, rests anyway: a break binds only where the route leaves no room for it before
/// departure or after the return.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// It starts no earlier.
    pub earliest: Time,
    /// It starts no later.
    pub latest: Time,
    /// It lasts this long.
    pub duration: Seconds,
    /// Whether it is no time at work: a night out, on a shift of several days.
    pub off_duty: bool,
    /// Whether nothing of a need is on board meanwhile, neither passengers nor goods. What the unit had on board when it set out does not
    /// count.
    pub only_when_empty: bool,
    /// It is taken at one of these places, and the way there and on from there is travelled; anywhere on the way when empty. Nobody is sent
    /// out for a break alone.
    pub at: Vec<PlaceId>,
}

impl Break {
    /// A rest on duty that starts within a window.
    pub fn new(earliest: Time, latest: Time, duration: Seconds) -> Self {
        Self { earliest, latest, duration, off_duty: false, only_when_empty: false, at: Vec::new() }
    }
}

/// Work that lies behind a person.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Time worked before this plan.
    pub worked: Seconds,
    /// Time offered before this plan.
    pub offered: Seconds,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rule;

    #[test]
    fn each_limit_is_lifted_by_itself_and_has_a_rule_of_its_own() {
        let mut who = Volunteer::new("v", PlaceId(0), ProfileId(0));
        let mut rules = Vec::new();
        for &span in Span::ALL {
            *who.limits_mut(span) = Limits {
                travel: Some(Seconds(1)),
                work: Some(Seconds(2)),
                distance: Some(Metres(3)),
                visits: Some(4),
            };
            for &what in Measure::ALL {
                assert!(who.has_limits());
                assert_eq!(who.limits(span).most(what), Some(what as i64 + 1));
                assert_eq!(who.most_of_route(what), Some(what as i64 + 1));
                who.limits_mut(span).lift(what);
                assert_eq!(who.limits(span).most(what), None);
                let rule = Rule::of_limit(span, what);
                assert_eq!(rule.as_str(), format!("{span}_{what}"));
                rules.push(rule);
            }
            assert!(!who.limits(span).are_set());
        }
        rules.sort_unstable();
        rules.dedup();
        assert_eq!(rules.len(), Span::COUNT * Measure::COUNT);
    }
}
