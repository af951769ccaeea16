//! What residents ask for, and what was promised already.

use qise::model::Gender;

use super::{Crew, Length, Loan, Point, Price, Supply};
use crate::read::{Choice, Count, Duration, List, OneOrMore, Str, When, Whole};

/// Days between two needs, before or after.
pub(crate) type Days = Count<-1_000_000, 1_000_000>;
/// Seconds between two starts, before or after.
pub(crate) type Seconds32 = Count<-4_294_967_295, 4_294_967_295>;

record! {
    /// What the office groups needs by: a programme, a grant, a campaign.
    Project<'a> {
        /// Unique id.
        required id: Str<'a>,
        /// Name for people.
        default name: Str<'a>,
        /// Who answers for it, in words.
        default owner: Str<'a>,
    }
}

record! {
    /// What a resident asks for: somebody who does something somewhere, in time.
    Need<'a> {
        /// Unique id.
        required id: Str<'a>,
        /// Name for people.
        default name: Str<'a>,
        /// The kind of service; a label for reports. Who may serve is said by "requires".
        default category: Str<'a>,
        /// The id of the project that it belongs to; a label for reports.
        default project: Str<'a>,
        /// Where.
        required at: Point<'a>,
        /// How long the service takes a person of ordinary pace.
        required service: Duration,
        /// What is brought from the start of the route, whatever it is; nothing when missing.
        default load: List<Load<'a>>,
        /// Goods that whoever serves brings, has at hand or fetches, each kind once; none when missing.
        default goods: List<Supply<'a>>,
        /// What is delivered is only lent, and fetched again.
        default loan: Loan<'a>,
        /// When the service may start; at least one window, in order, apart from each other.
        required windows: List<Window<'a>>,
        /// A ride: where the person who serves goes on to with what is on board, one stop after the other. The load of a ride is on board
        /// from the first stop to the last. No ride when missing.
        default then: List<Stop<'a>>,
        /// Only with "then": no longer passes between the end of the first stop and the start of the last.
        default max_ride: Duration,
        /// How much it matters that this need is served, against other needs; 1 when missing. Serving a need of priority 0 gains nothing
        /// in an objective that counts left needs by priority alone, as that does which is used when none is stated.
        default priority: Count<0, 1_000_000_000>,
        /// Comes before every priority; false when missing.
        default mandatory: bool,
        /// By when somebody has promised to be there or to be done.
        default promise: Promise<'a>,
        /// Who may serve; everybody when missing.
        default requires: Requires<'a>,
        /// Who should rather serve, or rather not.
        default prefers: List<Preference<'a>>,
        /// Dignity: nobody who lives nearer than this, as the crow flies, in metres.
        default min_home_distance_m: Length,
        /// Service times of certain people, instead of "service".
        default service_by: List<ServiceBy<'a>>,
        /// A crew instead of one person: who is asked for, in place of the wishes of the need itself. All people are
        /// different, and either all of them come or none.
        default roles: List<Role<'a>>,
        /// When roles start, where they do not all start together.
        default gaps: List<Gap>,
        /// Roles whose services overlap; the second of them need not start with the first role.
        default overlaps: List<Overlap>,
        /// What must be true of the crew together.
        default crew: Crew<'a>,
        /// An assignment that is settled already.
        default pinned: Pinned<'a>,
        /// Price of a change against the previous plan, instead of that plan's own price.
        default change_price: Price,
        /// Roles that one person may fill together, beside different people: another way to serve the need.
        default combine: List<Combine>,
        /// It comes again every so many days, as needs of their own: the first keeps the id, the next are "id#2", "id#3"…
        default recurrence: Recurrence,
        /// Every window is to be covered, as a need of its own, by helpers for its participants: the first keeps the id, the next are
        /// "id#2", "id#3"…
        default session: Session,
        /// What it costs to hand it to others; it may not be when missing. What is handed to others counts neither as served nor as left.
        default outsource: Price,
        /// Ids of the vehicles that may serve it, or of profiles: then whatever moves so, vehicles and people by their own means. An id that
        /// both have means the vehicle. Anything when missing.
        default vehicle: OneOrMore<Str<'a>>,
    }
}

record! {
    /// A further stop of a ride.
    Stop<'a> {
        /// Where.
        required at: Point<'a>,
        /// How long the service there takes a person of ordinary pace.
        required service: Duration,
        /// When the service may start; any time after the first window of the need opens when missing.
        default windows: List<Window<'a>>,
    }
}

record! {
    /// One place, or several alike, in the crew of a need.
    Role<'a> {
        /// How many people; 1 when missing. They start together.
        default count: Count<1, 1000>,
        /// How long the service takes a person of ordinary pace, where that differs from the need's.
        default service: Duration,
        /// Who may fill it; everybody when missing.
        default requires: Requires<'a>,
        /// Who should rather fill it, or rather not.
        default prefers: List<Preference<'a>>,
        /// Dignity: nobody who lives nearer than this, as the crow flies, in metres.
        default min_home_distance_m: Length,
        /// Service times of certain people, instead of "service".
        default service_by: List<ServiceBy<'a>>,
        /// What each person brings from the start of the route; nothing when missing.
        default load: List<Load<'a>>,
        /// Who fills it is settled already; only where one person does. To settle several people of a crew, write a role for each.
        default pinned: Pinned<'a>,
        /// The need may be served without this role: another way to serve it. So much is added to its priority where the role is
        /// filled.
        default optional: Count<0, 1_000_000_000>,
    }
}

record! {
    /// Roles that one person may fill together, who then must meet what each of them asks.
    Combine {
        /// Two or more roles for one person each, counted from 0.
        required roles: List<Count<0, 65535>>,
        /// How long the service takes one person who fills them all; as long as the longest of theirs when missing.
        default service: Duration,
    }
}

record! {
    /// Visits at regular intervals: windows and promise move along by whole days of the calendar of `time_zone`, so that nine o'clock stays
    /// nine o'clock where clocks change.
    ///
    /// The interval is held whatever the windows are: between the days on which two successive visits start lie `every_days` days,
    /// `tolerance_days` more or less, measured against the visit before. Where visits in between are left out, the days and the tolerance
    /// between those before and after count as often as there are intervals; with more than seven left out in a row only windows count.
    Recurrence {
        /// How often in all, the first time included.
        required times: Count<2, 400>,
        /// Days from one to the next.
        required every_days: Count<1, 400>,
        /// So many days sooner or later will do, but for the first: than the windows moved along say, and than the interval since the
        /// visit before says. None when missing, and then the days between are exactly `every_days`; always less than half of the
        /// interval.
        default tolerance_days: Count<0, 200>,
        /// True: all visits are on one weekday, so that the days between are whole weeks, within the tolerance. It does not matter when
        /// false or missing.
        default same_weekday: bool,
        /// The price of another visitor than the time before; it does not matter who comes when missing.
        default same_visitor: Price,
    }
}

record! {
    /// People who take part in something at fixed times, and the helpers that they need.
    Session {
        /// How many take part.
        required participants: Count<1, 1_000_000>,
        /// How many of them one helper looks after; the first role counts as many people as it takes.
        required per_helper: Count<1, 1_000_000>,
        /// True: all windows are covered, or none. False, or missing: each counts for itself.
        default whole: bool,
    }
}

record! {
    /// When one role starts after another. A role that no gap names as "to" starts together with the first.
    Gap {
        /// The role that starts first, counted from 0.
        required from: Count<0, 65535>,
        /// The role that follows, counted from 0.
        required to: Count<0, 65535>,
        /// It starts no sooner than so many seconds after the first; less than 0 where it may be before it.
        required min_s: Seconds32,
        /// It starts no later than so many seconds after the first.
        required max_s: Seconds32,
        /// The other order will do as well, with the same times between: another way to serve the need. False when missing.
        default either: bool,
    }
}

record! {
    /// Two roles whose people are at work together for a while.
    Overlap {
        /// One role, counted from 0.
        required one: Count<0, 65535>,
        /// The other, counted from 0.
        required other: Count<0, 65535>,
        /// From the later start to the sooner end at least so many seconds.
        required least_s: Seconds32,
    }
}

record! {
    /// An amount of one dimension.
    Load<'a> {
        /// The id of the dimension.
        required dimension: Str<'a>,
        /// How much of it.
        required amount: Count<0, { qise::model::Load::LIMIT }>,
    }
}

record! {
    /// A span of time; both ends belong to it.
    Window<'a> {
        /// The first moment.
        required from: When<'a>,
        /// The last moment.
        required to: When<'a>,
    }
}

record! {
    /// A promised time: that of the start, that of the end, or both.
    Promise<'a> {
        /// The service starts by then.
        default start_by: When<'a>,
        /// The service ends by then.
        default finish_by: When<'a>,
        /// True: not served rather than late. False, or missing: lateness counts in the objective.
        default hard: bool,
    }
}

record! {
    /// What is asked of the person who serves.
    Requires<'a> {
        /// All of these must be true.
        default all: List<Quality<'a>>,
        /// Of each of these lists at least one must be true.
        default any: List<List<Quality<'a>>>,
        /// None of these may be true. What runs out in a shift counts as true in all of it.
        default none: List<Quality<'a>>,
    }
}

record! {
    /// Something that is true of a person or not: exactly one of skill, gender, team, category and volunteer.
    Quality<'a> {
        /// Holds the skill of this id.
        default skill: Str<'a>,
        /// At this level or higher; 1 when missing. Only with skill.
        default level: Whole,
        /// Is of this gender.
        default gender: Choice<Gender>,
        /// Is a member of the team of this id.
        default team: Str<'a>,
        /// Is a member of a team of this category.
        default category: Str<'a>,
        /// Is this person.
        default volunteer: Str<'a>,
    }
}

record! {
    /// A wish that may be broken at a price: exactly one of skill, gender, team, category and volunteer.
    Preference<'a> {
        /// Holds the skill of this id.
        default skill: Str<'a>,
        /// At this level or higher; 1 when missing. Only with skill.
        default level: Whole,
        /// Is of this gender.
        default gender: Choice<Gender>,
        /// Is a member of the team of this id.
        default team: Str<'a>,
        /// Is a member of a team of this category.
        default category: Str<'a>,
        /// Is this person.
        default volunteer: Str<'a>,
        /// True, or missing: wished. False: better not.
        default wanted: bool,
        /// The price of breaking it.
        required price: Price,
    }
}

record! {
    /// The service time of one person.
    ServiceBy<'a> {
        /// The id of the volunteer.
        required volunteer: Str<'a>,
        /// How long the service takes this person.
        required service: Duration,
    }
}

record! {
    /// An assignment that is settled.
    Pinned<'a> {
        /// The id of the volunteer who goes.
        required volunteer: Str<'a>,
        /// The start that was agreed, when one was. It does not override the windows of the need: it must lie in one of them.
        default start: When<'a>,
    }
}

/// What a pair says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PairRule {
    /// Never.
    Forbidden,
    /// Rather.
    Preferred,
    /// Rather not.
    Avoided,
}

record! {
    /// A need, and a person or team that must not, should rather or should rather not serve it.
    Pair<'a> {
        /// The id of the need.
        required need: Str<'a>,
        /// The id of the volunteer; either this or team.
        default volunteer: Str<'a>,
        /// The id of the team; either this or volunteer.
        default team: Str<'a>,
        /// What holds between them.
        required rule: Choice<PairRule>,
        /// The price of breaking it; not with "forbidden", which has none.
        default price: Price,
    }
}

record! {
    /// The plan that people were told already.
    Previous<'a> {
        /// Who was to serve what, and when; each need at most once.
        required assignments: List<Assignment<'a>>,
        /// Price of another person, or of nobody; 0 when missing.
        default reassign_price: Price,
        /// Price of a start that moved by more than the tolerance; 0 when missing.
        default retime_price: Price,
        /// A start may move by this much for nothing; not at all when missing.
        default tolerance: Duration,
    }
}

record! {
    /// One assignment of the previous plan.
    Assignment<'a> {
        /// The id of the need.
        required need: Str<'a>,
        /// The id of the volunteer.
        required volunteer: Str<'a>,
        /// When the service was to start.
        required start: When<'a>,
    }
}
