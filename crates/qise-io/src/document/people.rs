//! People and their teams.

use qise::model::{Gender, SkillKind, Unload};

use super::{Amount, Length, Load, Point, Price};
use crate::read::{Choice, Count, Duration, List, Permille, Str, When, Whole};

record! {
    /// A skill, credential or language that people hold at a level.
    Skill<'a> {
        /// Unique id.
        required id: Str<'a>,
        /// Name for people.
        default name: Str<'a>,
        /// What kind of thing it is; it changes only the words of explanations. "skill" when missing.
        default kind: Choice<SkillKind>,
        /// Levels run from 1 to this number; 1 when missing.
        default levels: Count<1, 100>,
    }
}

record! {
    /// In what loads are counted: kilograms, bales, seats.
    Dimension<'a> {
        /// Unique id.
        required id: Str<'a>,
        /// Name for people.
        default name: Str<'a>,
    }
}

record! {
    /// A standing organisation of volunteers.
    Team<'a> {
        /// Unique id.
        required id: Str<'a>,
        /// Name for people.
        default name: Str<'a>,
        /// What it stands for.
        default category: Str<'a>,
        /// Where it has its seat.
        default base: Point<'a>,
        /// Ids of its volunteers. Membership may be said here, at the volunteer, or at both.
        default members: List<Str<'a>>,
        /// So many of its members go out at least; any number when missing.
        default least_people: LeastPeople,
    }
}

record! {
    /// The least number of members of a team who go out, each in one shift or more.
    LeastPeople {
        /// How many.
        required count: Count<1, 1_000_000>,
        /// What each who is missing costs, in the term `preferences`. Without a price nobody may be missing: that comes before every level of
        /// the objective.
        default price: Price,
    }
}

record! {
    /// A person who helps.
    Volunteer<'a> {
        /// Unique id.
        required id: Str<'a>,
        /// Name for people.
        default name: Str<'a>,
        /// Ids of the teams this person belongs to.
        default teams: List<Str<'a>>,
        /// Where this person lives: shifts start and end here unless they say otherwise.
        required home: Point<'a>,
        /// How this person moves; the first profile when missing.
        default profile: Str<'a>,
        /// As far as wishes of residents ask for it.
        default gender: Choice<Gender>,
        /// Skills, credentials and languages.
        default skills: List<Held<'a>>,
        /// When this person is present; in order of time, apart from each other.
        required shifts: List<Shift<'a>>,
        /// Goes no farther from home than this, in travelled metres.
        default max_radius_m: Length,
        /// What this person can carry from the start of a route; nothing of a dimension that is not listed.
        default capacity: List<Load<'a>>,
        /// In which order what they carry is unloaded, rides and goods; in any order when missing.
        default unload: Choice<Unload>,
        /// Limits for each day.
        default per_day: Limits,
        /// Limits for each week, Monday to Sunday.
        default per_week: Limits,
        /// At least so long between the last return of one day and the first departure of a later one; no time when missing.
        default rest: Duration,
        /// Service times are multiplied by this; 1 when missing.
        default pace: Permille<1, 100_000>,
        /// Work that lies behind, for fairness over more than this plan.
        default ledger: Ledger,
    }
}

record! {
    /// A skill that a person holds.
    Held<'a> {
        /// The id of the skill.
        required skill: Str<'a>,
        /// From 1 to the levels of the skill; 1 when missing.
        default level: Whole,
        /// From then on it no longer counts: a visit that asks for it must end by then, whatever the shift. A date means the end of that
        /// day. Wishes, what a crew asks of its people together, and shifts that may go in a party ask for it to the end of the shift.
        default expires: When<'a>,
    }
}

record! {
    /// A span in which a person is present. It counts wholly on the day on which it starts: limits of a day, days of work and links on one
    /// day take a night shift for a part of the day before. A shift without visits moves nobody: its person stays wherever they are.
    Shift<'a> {
        /// Nobody leaves before this.
        required start: When<'a>,
        /// Everybody is back by this, but for overtime.
        required end: When<'a>,
        /// How much later it may end; not at all when missing.
        default overtime: Overtime,
        /// Where the route starts; the home when missing. "previous": where this person's shift before ended, or at home where they did not go
        /// out in it.
        default from: Point<'a>,
        /// Where the route ends; the home when missing. "anywhere": with the last visit.
        default to: Point<'a>,
        /// Rests within the shift. One need not be taken where the route begins after it could, or ends before it must.
        default breaks: List<Break<'a>>,
        /// May go with others whose shifts have the same times, start and end, as one party that stays together; false when missing.
        default party: bool,
        /// Goods on board at the start of the route: tools, spare parts.
        default carries: List<Amount<'a>>,
        /// Calls at depots on the way, at most; as many as it takes when missing.
        default most_calls: Count<0, { u32::MAX as i64 }>,
    }
}

record! {
    /// How much later a shift may end, at the price of the term `overtime`. Limits of a day and a week count it.
    Overtime {
        /// No longer than this.
        required most: Duration,
    }
}

record! {
    /// A rest that starts within a window.
    Break<'a> {
        /// It starts no earlier.
        required earliest: When<'a>,
        /// It starts no later.
        required latest: When<'a>,
        /// It lasts this long.
        required duration: Duration,
        /// It is no time at work: a night out, on a shift of several days. False when missing.
        default off_duty: bool,
        /// True: nothing of a need is on board meanwhile, neither passengers nor goods. What was on board at the start of the route does not
        /// count. False when missing.
        default only_when_empty: bool,
        /// The places at one of which it is taken; anywhere on the way when missing. The way there and on counts, and nobody is sent out
        /// for a break alone.
        default at: List<Point<'a>>,
    }
}

record! {
    /// What a person does at most in one day, or in one week, over all shifts of it. Each limit may be missing.
    Limits {
        /// Time on the way.
        default travel: Duration,
        /// Time between departure and return, breaks included but for those off duty.
        default work: Duration,
        /// Distance on the way, in metres.
        default distance_m: Length,
        /// Number of visits.
        default visits: Count<0, { u32::MAX as i64 }>,
    }
}

record! {
    /// Work that lies behind a person.
    Ledger {
        /// Time worked before this plan; none when missing.
        default worked: Duration,
        /// Time offered before this plan; none when missing.
        default offered: Duration,
    }
}
