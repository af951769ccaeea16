//! The rules that a plan can break.

use crate::base::named_enum;

named_enum!(
    /// A rule that a plan can break.
    // Not `non_exhaustive`, as `Family`: every reader answers for all families in a `match`, and for single rules that differ. A new rule
    // of a family that is there has its answers at once.
    pub enum Rule;

    /// A plan of another problem, or of another version of it: its ids mean something else here.
    OtherProblem = "other_problem", "the plan is of another problem", "方案属于另一个问题";
    /// A unit, need, role, stop, depot or kind of goods that does not exist.
    UnknownId = "unknown_id", "no such unit, need, role, stop, place, depot or kind of goods", "不存在的路线主体、需求、角色、停靠点、地点、仓储点或物资";
    /// A time beyond what a problem may state.
    TimeOutOfRange = "time_out_of_range", "a time beyond all limits", "时刻超出允许范围";
    /// Two routes for one shift of one person.
    DuplicateRoute = "duplicate_route", "two routes for one shift of one person", "同一人同一班次有两条路线";
    /// A need served more often than once.
    ServedTwice = "served_twice", "served twice", "重复服务";
    /// Not everybody comes whom a need asks for.
    CrewIncomplete = "crew_incomplete", "somebody is missing from the crew", "人员不齐";
    /// One person fills two places of a crew.
    CrewSamePerson = "crew_same_person", "one person in two places of a crew", "同一人占用两个名额";
    /// People of a crew who do not start when they should, one after the other.
    CrewApart = "crew_apart", "people of a crew start too far apart, or too near", "同组人员开始时间不符";
    /// People of a crew who are not all members of one team.
    CrewTeam = "crew_team", "not all of one team", "不属于同一支队伍";
    /// Too few or too many of a crew hold something.
    CrewTally = "crew_tally", "too few or too many of the crew hold something", "小组中具备某条件的人数不符";
    /// Two people in one crew who must not meet.
    CrewMeets = "crew_meets", "in one crew with somebody they must not meet", "与不宜同组的人同组";
    /// In a party with somebody whose shift is not like theirs, or who may not go with others.
    PartyStranger = "party_stranger", "may not go as one party: their shifts are not alike", "班次不一致，不可同行";
    /// Fewer members of a team go out than must.
    TooFewPeople = "too_few_people", "fewer members of the team go out than must", "队伍出动人数不足";
    /// Handed to others although it may not be.
    NotOutsourced = "not_outsourced", "may not be handed to others", "不可外包";
    /// More spent on needs handed to others than may be.
    OverBudget = "over_budget", "more spent on needs handed to others than may be", "外包费用超出预算";
    /// Served although a need is not that it hangs on.
    LinkMissing = "link_missing", "served without the need it hangs on", "所依赖的需求未被服务";
    /// Too soon or too late after a need that it follows.
    LinkTime = "link_time", "too soon or too late after the need it follows", "与前一需求的间隔不符";
    /// Not by those who serve a linked need, or by those who must not.
    LinkPerson = "link_person", "not by those who serve a linked need, or by them though they must not", "与关联需求的人员要求不符";
    /// Too few or too many days after a linked need, or on another weekday.
    LinkDays = "link_days", "too few or too many days after the need it is linked with", "与关联需求相隔的天数不符";
    /// A linked need is served on another day.
    LinkDay = "link_day", "not on the day of a linked need", "与关联需求不在同一天";
    /// A ride of which a stop is missing, comes before another that it follows, or is made by another person or in another shift.
    RideBroken = "ride_broken", "not all stops in order by one person", "未由同一人按顺序完成全部停靠";
    /// More time between the first stop of a ride and the last than it may take.
    RideTooLong = "ride_too_long", "too long on the way", "途中时间过长";
    /// Two ways to do one thing, both served.
    SecondWay = "second_way", "done already another way", "已用另一种方式完成";
    /// A need neither served nor listed as unserved.
    NotListed = "not_listed", "neither served nor listed as unserved", "既未服务也未列为未满足";
    /// A need served and yet listed as unserved, or listed twice.
    WronglyListed = "wrongly_listed", "listed as unserved although served, or twice", "已服务或重复列为未满足";
    /// Left before the shift starts.
    EarlyDeparture = "early_departure", "leaves before the shift starts", "早于班次开始出发";
    /// Back after the shift ends.
    LateFinish = "late_finish", "back after the shift ends", "晚于班次结束返回";
    /// There sooner than anybody can travel.
    TravelTooShort = "travel_too_short", "there sooner than one can travel", "路途时间不足";
    /// Service starts before the one before has ended.
    Overlap = "overlap", "starts before the visit before it ends", "与上一项服务时间重叠";
    /// Service starts before arrival and setup.
    EarlyStart = "early_start", "starts before arrival and setup", "早于到达和准备完成开始";
    /// Service starts outside every window.
    OutsideWindow = "outside_window", "starts outside every window", "不在任何时间窗内开始";
    /// Service shorter or longer than it takes.
    WrongService = "wrong_service", "not as long as the service takes", "服务时长不符";
    /// A hard promise missed.
    PromiseBroken = "promise_broken", "a hard promise missed", "违反硬性承诺";
    /// A skill missing.
    SkillMissing = "skill_missing", "lacks a skill", "缺少技能";
    /// A skill held at too low a level.
    SkillLevel = "skill_level", "holds a skill at too low a level", "技能等级不足";
    /// A skill that expires before the visit ends.
    SkillExpired = "skill_expired", "holds a skill that has expired", "技能已过期";
    /// A credential missing.
    CredentialMissing = "credential_missing", "lacks a credential", "缺少资质证明";
    /// A credential held at too low a level.
    CredentialLevel = "credential_level", "holds a credential at too low a level", "资质等级不足";
    /// A credential that expires before the visit ends.
    CredentialExpired = "credential_expired", "holds a credential that has expired", "资质已过期";
    /// A language not spoken.
    LanguageMissing = "language_missing", "does not speak the language", "语言不通";
    /// A language spoken at too low a level.
    LanguageLevel = "language_level", "speaks the language at too low a level", "语言水平不足";
    /// A language certificate that expires before the visit ends.
    LanguageExpired = "language_expired", "holds a language certificate that has expired", "语言证书已过期";
    /// Not of the gender asked for.
    WrongGender = "wrong_gender", "not of the gender asked for", "性别不符";
    /// Not of a team, or category of teams, that may serve.
    WrongTeam = "wrong_team", "not of a team that may serve", "不属于可服务的队伍";
    /// Not among the people named.
    WrongPerson = "wrong_person", "not among the people named", "不在指定人员之列";
    /// None of the alternatives of a requirement is met.
    NoAlternative = "no_alternative", "meets none of the alternatives asked for", "不满足任何一个备选条件";
    /// Something that is excluded is true of the person.
    Forbidden = "forbidden", "excluded from this need", "被此需求排除";
    /// Not with a vehicle, or kind of vehicle, that may serve.
    WrongVehicle = "wrong_vehicle", "not with a vehicle that may serve", "所用车辆不可服务此需求";
    /// Lives too near.
    TooNear = "too_near", "lives too near", "住得太近";
    /// Beyond the radius of the person.
    BeyondRadius = "beyond_radius", "beyond the person's radius", "超出服务半径";
    /// More on board at the start of a route than the person can carry.
    Overload = "overload", "more on board than the person can carry", "超出载量";
    /// Not unloaded in the reverse order of loading.
    UnloadOrder = "unload_order", "not unloaded in the reverse order of loading: this is on top", "未按后进先出的顺序卸载，上面还有";
    /// A need served without the goods it asks for on board.
    GoodsMissing = "goods_missing", "the goods asked for are not on board", "未携带所需物资";
    /// Goods that are still on board at the end although they must come back.
    GoodsKept = "goods_kept", "goods that must come back are still on board at the end", "应归还的物资结束时仍在途";
    /// Goods taken from a depot, or given to one, that does not keep such, or less than nothing of them.
    NotKept = "not_kept", "the depot does not keep such goods, or none are on board to be given", "仓储点不存放此类物资，或无可归还";
    /// More taken from a depot than is there.
    OutOfStock = "out_of_stock", "more taken than is there", "取用超过库存";
    /// A call at a depot outside its opening hours.
    DepotClosed = "depot_closed", "the depot is closed", "仓储点未开放";
    /// More calls at depots than the shift allows.
    TooManyCalls = "too_many_calls", "more calls at depots than the shift allows", "停靠仓储点次数过多";
    /// A vehicle that somebody else has at that time.
    VehicleTaken = "vehicle_taken", "somebody else has the vehicle at that time", "车辆同时被他人占用";
    /// A route farther than the vehicle goes.
    BeyondRange = "beyond_range", "farther than the vehicle goes", "超出车辆续航";
    /// More travel in a week than the person gives.
    WeekTravel = "week_travel", "more travel than the person gives in a week", "超出每周路途时限";
    /// More work in a week than the person gives.
    WeekWork = "week_work", "more work than the person gives in a week", "超出每周工作时限";
    /// More distance in a week than the person gives.
    WeekDistance = "week_distance", "more distance than the person gives in a week", "超出每周路程限额";
    /// More visits in a week than the person gives.
    WeekVisits = "week_visits", "more visits than the person gives in a week", "超出每周服务次数";
    /// Too short a rest between two days.
    RestTooShort = "rest_too_short", "too short a rest between two days", "两日之间休息不足";
    /// More travel in a day than the person gives.
    DayTravel = "day_travel", "more travel than the person gives in a day", "超出每日路途时限";
    /// More work in a day than the person gives.
    DayWork = "day_work", "more work than the person gives in a day", "超出每日工作时限";
    /// More distance in a day than the person gives.
    DayDistance = "day_distance", "more distance than the person gives in a day", "超出每日路程限额";
    /// More visits in a day than the person gives.
    DayVisits = "day_visits", "more visits than the person gives in a day", "超出每日服务次数";
    /// A break of the shift that is not taken.
    BreakMissing = "break_missing", "a break of the shift is not taken", "未安排班次内的休息";
    /// A break that overlaps a service, another break, or lies outside the route.
    BreakMisplaced = "break_misplaced", "a break that overlaps something or lies outside the route", "休息与其他安排重叠或在路线之外";
    /// A break at none of the places that the shift names for it.
    BreakElsewhere = "break_elsewhere", "a break at none of its places", "未在指定地点休息";
    /// A break with passengers or goods of a need on board, where there may be none.
    BreakLaden = "break_laden", "a break with passengers or goods of a need on board", "休息时仍载有乘客或需求物资";
    /// A pinned need served by somebody else.
    PinMoved = "pin_moved", "pinned to somebody else", "指定的人员被更换";
    /// A pinned need started at another time.
    PinRetimed = "pin_retimed", "pinned to another time", "指定的时间被更改";
    /// A score, a term of it, or another figure that is stated and is not the plan's.
    WrongScore = "wrong_score", "the stated score or figure is not the plan's", "所述得分或数值与方案不符";
);

named_enum!(
    /// How much of a plan a rule looks at.
    pub enum Scope;
    /// How a plan is written down: no plan is better for breaking it.
    Form = "form", "how a plan is written down", "方案的书写";
    /// One visit and who makes it.
    Pair = "pair", "one visit and who makes it", "单次服务及其人员";
    /// One route.
    Route = "route", "one route", "单条路线";
    /// All that one person does in a day, a week or between two days.
    Day = "day", "all routes of one person", "同一人的全部路线";
    /// Everybody who comes to one need.
    Crew = "crew", "everybody who comes to one need", "同一需求的全部人员";
    /// Several routes.
    Plan = "plan", "several routes", "多条路线";
);

/// What a rule is about: its readers (judge, eligibility, search, bounds, reasons, words) answer for families.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// How a plan is written down.
    Form,
    /// Who may serve a need.
    Who,
    /// When a service may start.
    Moment,
    /// What a route takes, from departure to finish.
    Timing,
    /// Breaks of a shift.
    Break,
    /// What can be carried.
    Load,
    /// Goods, depots and calls there.
    Goods,
    /// What one person, or one vehicle, gives at most.
    Limit,
    /// One person or vehicle in two places.
    Twice,
    /// Needs with several stops.
    Ride,
    /// Everybody who comes to one need.
    Crew,
    /// Needs that are linked, and ways to do one thing.
    Link,
    /// Needs that are handed to others.
    Outside,
}

impl Rule {
    /// What it is about.
    pub fn family(self) -> Family {
        match self {
            Self::OtherProblem
            | Self::UnknownId
            | Self::TimeOutOfRange
            | Self::ServedTwice
            | Self::NotListed
            | Self::WronglyListed
            | Self::WrongScore => Family::Form,
            Self::SkillMissing
            | Self::SkillLevel
            | Self::SkillExpired
            | Self::CredentialMissing
            | Self::CredentialLevel
            | Self::CredentialExpired
            | Self::LanguageMissing
            | Self::LanguageLevel
            | Self::LanguageExpired
            | Self::WrongGender
            | Self::WrongTeam
            | Self::WrongPerson
            | Self::NoAlternative
            | Self::Forbidden
            | Self::WrongVehicle
            | Self::TooNear
            | Self::BeyondRadius
            | Self::PinMoved => Family::Who,
            Self::OutsideWindow | Self::PromiseBroken | Self::PinRetimed => Family::Moment,
            Self::EarlyDeparture
            | Self::LateFinish
            | Self::TravelTooShort
            | Self::Overlap
            | Self::EarlyStart
            | Self::WrongService => Family::Timing,
            Self::BreakMissing | Self::BreakMisplaced | Self::BreakElsewhere | Self::BreakLaden => {
                Family::Break
            }
            Self::Overload | Self::UnloadOrder => Family::Load,
            Self::GoodsMissing
            | Self::GoodsKept
            | Self::NotKept
            | Self::OutOfStock
            | Self::DepotClosed
            | Self::TooManyCalls => Family::Goods,
            Self::BeyondRange
            | Self::WeekTravel
            | Self::WeekWork
            | Self::WeekDistance
            | Self::WeekVisits
            | Self::DayTravel
            | Self::DayWork
            | Self::DayDistance
            | Self::DayVisits
            | Self::RestTooShort => Family::Limit,
            Self::DuplicateRoute | Self::VehicleTaken => Family::Twice,
            Self::RideBroken | Self::RideTooLong => Family::Ride,
            Self::CrewIncomplete
            | Self::CrewSamePerson
            | Self::CrewApart
            | Self::CrewTeam
            | Self::CrewTally
            | Self::CrewMeets
            | Self::PartyStranger
            | Self::TooFewPeople => Family::Crew,
            Self::LinkMissing
            | Self::LinkTime
            | Self::LinkPerson
            | Self::LinkDays
            | Self::LinkDay
            | Self::SecondWay => Family::Link,
            Self::NotOutsourced | Self::OverBudget => Family::Outside,
        }
    }

    /// How much of a plan it looks at.
    pub fn scope(self) -> Scope {
        match self {
            Self::WrongService | Self::NotOutsourced => Scope::Pair,
            Self::BeyondRange | Self::PartyStranger => Scope::Route,
            Self::DuplicateRoute => Scope::Day,
            Self::OutOfStock | Self::VehicleTaken | Self::TooFewPeople => Scope::Plan,
            _ => match self.family() {
                Family::Form => Scope::Form,
                Family::Who | Family::Moment => Scope::Pair,
                Family::Timing | Family::Break | Family::Load | Family::Goods | Family::Ride => Scope::Route,
                Family::Limit => Scope::Day,
                Family::Crew => Scope::Crew,
                Family::Link | Family::Outside | Family::Twice => Scope::Plan,
            },
        }
    }
}
